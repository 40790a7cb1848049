"""A figure in words: value, year and subject, alike wherever it is told."""

import pytest

from calendar_app import texts
from calendar_app.events import Series
from calendar_app.report import figure_words
from calendar_app.report.facts import Figure, SectionKey
from calendar_app.topics import Kind

EN = texts.of("en")
CEB = Series(key="ceb", short_name="CEB", name="Chief Executives Board", kind=Kind.INTER_AGENCY_MECHANISM)


def figure(value: float = 1, unit: str = "", year: str = "2016") -> Figure:
    return Figure(subject="jiu", year=year, measure="rate", value=value, unit=unit, source="Report")


@pytest.mark.parametrize(
    ("value", "unit", "told", "short"),
    [
        (86, "percent, about, December 2016", "about 86% (December 2016)", "about 86%"),
        (86.5, "percent", "86.5%", "86.5%"),
        (17, "count", "17", "17"),
        (1234567, "", "1234567", "1234567"),
        (2.25, "million CHF, about", "about 2.25 million CHF", "about 2.25 million CHF"),
        (3, "count, of 4", "3 (of 4)", "3"),
    ],
)
def test_value_is_told_with_its_unit_and_notes(value: float, unit: str, told: str, short: str):
    found = figure(value, unit)
    assert (figure_words.value(found, EN), figure_words.short(found, EN)) == (told, short)
    assert figure_words.is_percent(found) is unit.startswith("percent")


@pytest.mark.parametrize(
    ("words", "year", "years"),
    [
        ("2016", 2016.0, [2016]),
        ("before 2016", 2015.5, [2016]),
        ("until 2015", 2015.0, [2015]),
        ("2015-2016", 2016.0, [2016]),
        ("some day", None, []),
    ],
)
def test_year_is_a_number_that_sorts(words: str, year: float | None, years: list[int]):
    found = figure(year=words)
    assert figure_words.year(found) == year
    assert [each for each in range(2014, 2018) if figure_words.told_in(found, [each])] == years


def test_subject_is_a_series_or_a_section_by_its_short_name_else_as_it_is():
    named = [figure_words.subject(key, {"ceb": CEB}, EN) for key in ("ceb", "2030-agenda", "symbol", "other")]
    assert named == ["CEB", "2030 Agenda", "symbol", "other"]
    assert all(figure_words.subject(key, {}, EN) != key for key in SectionKey)
