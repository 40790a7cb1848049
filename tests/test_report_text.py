"""The report as plain text: a whole document, its lines, its tables, and what can't stand in it."""

import pytest

from calendar_app import texts
from calendar_app.formats import columns, report_text
from calendar_app.report.model import Report, Source
from tests.conftest import BASE
from tests.reported import EMPTY, SMALL, of, paragraph, table
from tests.test_ical import GOLDEN

ENGLISH = texts.of("en")


def text(report: Report) -> str:
    return report_text.render(report, ENGLISH, base=BASE).decode()


def body(report: Report) -> list[str]:
    """The lines of the only section, after its title."""
    lines = text(report).splitlines()
    return lines[lines.index("1     2030 Agenda") + 2 :]


def test_report_is_written_whole():
    assert text(SMALL) == (GOLDEN / "report.txt").read_text("utf-8")


def test_report_of_nothing_says_what_was_not_given_and_asks_for_nothing():
    assert text(EMPTY).splitlines() == [
        *("Agenda item: not given", "Document: not given", "Date: not given", "Period: 2016", ""),
        *("ITU’s relations with the United Nations system", "=" * 46, "", "____________"),
    ]


def test_section_without_anything_says_so():
    assert body(of()) == ["", "1.1   Nothing is on record for this section."]


def test_lines_are_no_longer_than_78_columns_but_for_an_address():
    address = f"https://example.org/{'x' * 90}"
    source = Source(words="A long source " * 12, address=address)
    words = paragraph("Word " * 60, "会議" * 40, " ", "ع" * 100, " ", "é" * 40, sources=(source,))
    report = of(words, sources=(source,), title="A very long title " * 30, agenda_item="Item " * 40)
    assert [line for line in text(report).splitlines() if columns.width(line) > 78] == [f"      {address}"]


def test_numbers_stand_under_each_other_and_words_are_wrapped_in_their_column():
    counted = table(("Industry, innovation and infrastructure " * 2, "7"), ("x", "10"), head=("Goal", "n"), numeric=1)
    assert body(of(counted)) == [
        *("", "Table 1. What was counted", ""),
        "Goal                                                                         n",
        "--------------------------------------------------------------------------  --",
        "Industry, innovation and infrastructure Industry, innovation and             7",
        "infrastructure",
        "",
        "x                                                                           10",
    ]


def test_table_that_has_no_room_is_told_row_by_row_without_its_empty_cells():
    wide = table(("a" * 40, "b" * 40, ""), ("c", "", "d"), head=("First", "Second", "Third"), note="A note.")
    assert body(of(wide))[3:] == [
        *(f"First: {'a' * 40}", f"Second: {'b' * 40}", "", "First: c", "Third: d", "", "A note."),
    ]


def test_goals_by_month_keep_a_line_for_each_goal():
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "None given")
    goals = table(
        ("SDG 9 Industry, Innovation and Infrastructure", *"1234567890123"), head=("Goal", *months), numeric=1
    )
    assert body(of(goals))[3:] == [
        "Goal                     Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec  None",
        "                                                                         given",
        "------------------------ --- --- --- --- --- --- --- --- --- --- --- --- -----",
        "SDG 9 Industry,            1   2   3   4   5   6   7   8   9   0   1   2     3",
        "Innovation and",
        "Infrastructure",
    ]


def test_what_a_terminal_would_obey_and_lines_of_their_own_are_taken_out():
    hostile = paragraph("a\x1b[2J\x07b\x00\ud800\u2028c\r\n\n2    Forged section\td")
    assert body(of(hostile)) == ["", "1.1   a[2Jbc 2 Forged section d"]


@pytest.mark.parametrize("words", ["שלום עולם", "مرحبا بالعالم 2016"])
def test_words_from_right_to_left_stay_in_the_order_in_which_they_are_read(words):
    assert body(of(paragraph(f"The {words} forum."))) == ["", f"1.1   The {words} forum."]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "https://a b", "data:text/html,x", "x"])
def test_source_with_an_address_that_is_none_is_told_without_it(address):
    source = Source(words="A source", address=address)
    assert text(of(sources=(source,))).splitlines()[-1] == "[1]   A source"
