from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app.marking import marked

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


def hits(text: str, sought: str) -> list[str]:
    return [piece for piece, hit in marked(text, sought) if hit]


def test_words_are_marked_where_they_stand():
    assert marked("UN Climate Change Conference 2016", "climate change") == [
        ("UN ", False),
        ("Climate", True),
        (" ", False),
        ("Change", True),
        (" Conference 2016", False),
    ]


def test_text_without_the_words_is_one_piece():
    assert marked("Habitat III", "quito") == [("Habitat III", False)]
    assert marked("Habitat III", "") == [("Habitat III", False)]
    assert marked("", "quito") == []


def test_case_and_diacritics_are_ignored_and_kept():
    assert marked("à Genève, Suisse", "geneve") == [("à ", False), ("Genève", True), (", Suisse", False)]
    assert hits("GENE\u0300VE", "Genève") == ["GENE\u0300VE"]
    assert hits("Gene\u0300ve\u0301 ", "geneve") == ["Gene\u0300ve\u0301"]
    assert hits("İstanbul", "istanbul") == ["İstanbul"]
    assert hits("Straße", "strasse") == ["Straße"]
    assert hits("Lillestrøm", "LILLESTROM") == ["Lillestrøm"]


def test_one_letter_that_is_many_is_marked_whole():
    assert hits("the ﬁnal Ⅲ", "final iii") == ["ﬁnal", "Ⅲ"]


def test_letters_and_figures_are_marked_apart_and_together():
    assert marked("COP30: Belém", "cop 30") == [("COP30", True), (": Belém", False)]
    assert hits("COP 30", "cop30") == ["COP 30"]
    assert hits("COP-30", "cop30") == ["COP-30"]
    assert hits("COP30", "30") == ["30"]
    assert hits("COP 301", "cop30") == []


def test_word_is_marked_whole_or_not_at_all():
    assert hits("Councils of the Council", "council") == ["Council"]
    assert hits("high-level", "level") == ["level"]
    assert hits("High Level and high-level", "high-level") == ["High Level", "high-level"]
    assert hits("level high", "high-level") == []


def test_scripts_without_spaces_are_marked_inside_a_text():
    assert hits("世界首脑会议2027", "首脑") == ["首脑"]
    assert hits("第5届首脑会议", "第 5届") == ["第5届"]
    assert hits("القمة العالمية", "العالم") == ["العالم"]


def test_markup_is_only_text():
    assert marked("<b>a & b</b>", "b") == [
        ("<", False),
        ("b", True),
        (">a & ", False),
        ("b", True),
        ("</", False),
        ("b", True),
        (">", False),
    ]
    assert hits("a.c abc", ".*") == []


@settings(deadline=None, max_examples=300)
@given(text=TEXT, sought=TEXT)
def test_pieces_are_the_text(text, sought):
    pieces = marked(text, sought)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    assert all(one != two for (_, one), (_, two) in pairwise(pieces))
