"""Measures: the figures that reports to Council tell, such as rates of acceptance, each over its years."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from calendar_app.events import Series
from calendar_app.plots import bars
from calendar_app.report import figure_words
from calendar_app.report.facts import Figure
from calendar_app.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A figure in words: its year ("before 2016"), itself ("about 50%") and its source."""

    year: str
    told: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What one measure of a subject was over the years; drawn if there are two of them."""

    subject: str
    name: str
    values: tuple[Value, ...]
    drawing: bars.Line | None = None


def of(figures: Iterable[Figure], years: Sequence[int], texts: Texts, series: Mapping[str, Series]) -> list[Measure]:
    """The measures that are told of these years, in the order of the record."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        if figure_words.told_in(figure, years):
            found.setdefault((figure.subject, figure.measure), []).append(figure)
    return [_measure(subject, name, told, texts, series) for (subject, name), told in found.items()]


def _measure(subject: str, name: str, figures: list[Figure], texts: Texts, series: Mapping[str, Series]) -> Measure:
    ordered = sorted(figures, key=_year)
    return Measure(
        subject=figure_words.subject(subject, series, texts),
        name=name,
        values=tuple(
            Value(year=each.year, told=figure_words.value(each, texts), source=each.source) for each in ordered
        ),
        drawing=_drawing(ordered, texts) if len(ordered) > 1 else None,
    )


def _drawing(figures: Sequence[Figure], texts: Texts) -> bars.Line:
    """The line of a measure; "before 2016" stands a year before it, its line in dashes."""
    values = [(floor(_year(each)), each.year, each.value, figure_words.short(each, texts)) for each in figures]
    full = 100.0 if all(map(figure_words.is_percent, figures)) else max(*(figure.value for figure in figures), 1.0)
    return bars.line(values, full=full, loose=not _year(figures[0]).is_integer())


def _year(figure: Figure) -> float:
    """The year of a figure that names one."""
    return figure_words.year(figure) or 0.0
