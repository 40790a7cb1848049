import string
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import spelling

WORDS = ("climate", "change", "geneva", "hlpf", "igf", "cybersecurity", "security", "cyber", "forum", "information")
LETTERS = st.text(string.ascii_lowercase, min_size=1, max_size=12)


def nearest(word: str) -> list[str]:
    return [other for other in WORDS if spelling.near(word, other)]


def corrected(text: str) -> list[str]:
    ways = spelling.corrections(text.split(), WORDS.__contains__, nearest)
    return [" ".join(way) for way in ways]


@pytest.mark.parametrize(
    ("first", "second", "slips"),
    [
        ("", "", 0),
        ("", "ab", 2),
        ("geneva", "geneva", 0),
        ("genva", "geneva", 1),
        ("genevva", "geneva", 1),
        ("ganeva", "geneva", 1),
        ("hlfp", "hlpf", 1),
        ("abc", "ca", 3),
        ("forum", "quorum", 2),
    ],
)
def test_slips_are_letters_left_out_added_taken_for_another_or_swapped(first, second, slips):
    assert spelling.slips(first, second) == spelling.slips(second, first) == slips


@given(first=LETTERS, second=LETTERS)
def test_words_one_slip_apart_share_a_cut(first, second):
    if spelling.slips(first, second) == 1:
        assert spelling.cuts(first) & spelling.cuts(second)


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("genva", "geneva", True),
        ("geneva", "geneva", False),
        ("ifg", "igf", True),
        ("igx", "igf", False),
        ("ig", "igf", False),
        ("informtoin", "information", True),
        ("gnvea", "geneva", False),
        ("cop30", "cop31", False),
        ("x" * 25, "x" * 24, False),
    ],
)
def test_near_is_one_slip_and_two_in_a_long_word(word, other, near):
    assert spelling.near(word, other) is near


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("climate change", []),
        ("climat change", ["climate change"]),
        ("climat chnge", ["climate change"]),
        ("genva", ["geneva"]),
        ("hlfp forum", ["hlpf forum"]),
        ("climatechange", ["climate change"]),
        ("cyber securty", ["cyber security", "cybersecurity"]),
        ("cyb ersecurity", ["cybersecurity"]),
        ("xyzzy", []),
        ("xyzzy climat", []),
        ("", []),
    ],
)
def test_only_unknown_words_are_written_anew(typed, offered):
    assert corrected(typed) == offered


def test_work_for_words_that_mean_nothing_is_bounded():
    asked: list[str] = []

    def near_many(word: str) -> Sequence[str]:
        asked.append(word)
        return WORDS[:4]

    def known(word: str) -> bool:
        return word in WORDS

    ways = list(spelling.corrections(["zzzz", "zzzy", "zzzx", "forum"], known, near_many))
    assert len(ways) == len(set(ways)) == spelling.MOST_TRIES
    asked.clear()
    assert list(spelling.corrections(["zzzz"] * 30, known, near_many)) == []
    assert asked == []
