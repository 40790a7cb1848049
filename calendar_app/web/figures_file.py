"""The figures as one table: a line for each number, by what it counts, of what, and in which year."""

from collections.abc import Iterable, Iterator, Mapping

from calendar_app.formats import csv_rows
from calendar_app.report import figure_words
from calendar_app.report.facts import Figure
from calendar_app.store.yearly import Counted
from calendar_app.topics import SDGS, THEMES, Role
from calendar_app.web.counted import by_region

COLUMNS = ("subject", "dimension", "value", "year", "count")
_Line = tuple[str, str, str, str, str]
# Of what is counted, under which name it stands in the table.
_EVENTS = {
    "events": "in the calendar",
    "with_role": "role recorded",
    "own_role": "role recorded for the event itself",
    "told": "what ITU did recorded",
    "sourced": "source named",
    "unverified": "dates unverified",
    "without_goal": "no goal given",
    "without_country": "no country given",
    "off": "cancelled or postponed",
}
_STATEMENTS = {
    "statements": ("statements", "what ITU did"),
    "side_events": ("statements", "side events without an entry"),
    "partners": ("partners", "all"),
    "side_event_partners": ("partners", "of side events"),
}


def table(counted: Counted, figures: Iterable[Figure]) -> bytes:
    """The table as CSV. A value that no year has has no lines; figures of reports stand last, with their measure."""
    return csv_rows.table(COLUMNS, [*_of_years(counted), *_of_facets(counted), *_of_reports(counted, figures)])


def _of_years(counted: Counted) -> Iterator[_Line]:
    for year, held in counted.events.items():
        for name, words in _EVENTS.items():
            yield "events", words, "", str(year), str(getattr(held, name))
        yield "side events", "with an entry", "", str(year), str(held.side_events)
        for name, (subject, words) in _STATEMENTS.items():
            yield subject, words, "", str(year), str(getattr(counted.statements[year], name))


def _of_facets(counted: Counted) -> Iterator[_Line]:
    order = {"role": list(map(str, Role)), "sdg": list(map(str, SDGS)), "theme": list(THEMES)}
    for facet, values in {**order, "country": sorted(counted.values["country"])}.items():
        for value in values:
            yield from _lines(facet, value, counted.values[facet].get(value, {}), counted)
    for region, numbers in by_region(counted).items():
        yield from _lines("region", region, numbers, counted)


def _of_reports(counted: Counted, figures: Iterable[Figure]) -> Iterator[_Line]:
    for figure in figures:
        if figure_words.told_in(figure, counted.events):
            yield figure.subject, figure.measure, figure.unit, figure.year, figure_words.number(figure.value)


def _lines(dimension: str, value: str, numbers: Mapping[int, int], counted: Counted) -> Iterator[_Line]:
    if any(numbers.values()):
        for year in counted.events:
            yield "events", dimension, value, str(year), str(numbers.get(year, 0))
