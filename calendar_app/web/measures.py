"""Measures: the figures that reports to Council tell, such as rates of acceptance, each over its years."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from calendar_app.events import Series
from calendar_app.plots import bars
from calendar_app.report.facts import Figure, SectionKey
from calendar_app.texts import Texts

_PERCENT, _ABOUT, _BEFORE = "percent", "about", "before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A figure in words: its year ("before 2016"), itself ("about 50 %") and its source."""

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
        if (year := _year(figure.year)) is not None and year[0] in years:
            found.setdefault((figure.subject, figure.measure), []).append(figure)
    return [_measure(subject, name, told, texts, series) for (subject, name), told in found.items()]


def is_percent(figure: Figure) -> bool:
    """Whether a figure is a share of a hundred."""
    return figure.unit.split(",")[0].strip() == _PERCENT


def _measure(subject: str, name: str, figures: list[Figure], texts: Texts, series: Mapping[str, Series]) -> Measure:
    ordered = sorted(figures, key=lambda figure: _year(figure.year) or (0, 0))
    return Measure(
        subject=_subject(subject, texts, series),
        name=name,
        values=tuple(Value(year=each.year, told=_told(each, texts), source=each.source) for each in ordered),
        drawing=_drawing(ordered, texts) if len(ordered) > 1 else None,
    )


def _subject(subject: str, texts: Texts, series: Mapping[str, Series]) -> str:
    if subject in series:
        return series[subject].short_name
    return texts.gettext("2030 Agenda") if subject == SectionKey.AGENDA else subject


def _drawing(figures: Sequence[Figure], texts: Texts) -> bars.Line:
    """The line of a measure; "before 2016" stands a year before it, its line in dashes."""
    placed = [(_year(figure.year) or (0, 0), figure) for figure in figures]
    values = [(year - 1 + whole, each.year, each.value, _short(each, texts)) for (year, whole), each in placed]
    full = 100.0 if all(map(is_percent, figures)) else max(*(figure.value for figure in figures), 1.0)
    return bars.line(values, full=full, loose=not placed[0][0][1])


def _year(text: str) -> tuple[int, int] | None:
    """The year that a figure is of, and 1, or 0 if it is of a time before it; None if it names no year."""
    found = re.search(r"\b(?:1[0-9]{3}|2[0-9]{3})\b", text)
    return (int(found[0]), int(not text.startswith(_BEFORE))) if found else None


def _short(figure: Figure, texts: Texts) -> str:
    told = f"{figure.value:g} %" if is_percent(figure) else f"{figure.value:g}"
    about = _ABOUT in [part.strip() for part in figure.unit.split(",")]
    return texts.gettext("about {value}").format(value=told) if about else told


def _told(figure: Figure, texts: Texts) -> str:
    rest = [part.strip() for part in figure.unit.split(",")]
    beside = ", ".join(part for part in rest if part not in {_PERCENT, _ABOUT, "count", ""})
    return f"{_short(figure, texts)} ({beside})" if beside else _short(figure, texts)
