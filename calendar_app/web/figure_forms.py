"""The forms of figures at the desk: one for each figure, one for another year of each subject, one for a new one."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, zip_longest

from flask import request

from calendar_app.desk import figures
from calendar_app.errors import Problem
from calendar_app.events import Series
from calendar_app.report import figure_words
from calendar_app.report.facts import Figure
from calendar_app.texts import Texts
from calendar_app.web.form import told

# The key of the form for a figure of any subject and measure.
NEW = "new"
_KEY = re.compile("[a-z0-9-]{1,80}")
_MOST_ROWS = 50
_ROW = ("measure", "value", "unit", "seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A number to fill in, and what it measures. `seen` is the mark of the figure that is there, "" for none."""

    measure: str = ""
    value: str = ""
    unit: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form by its key. `problems` are words by field; those of a row by its field and number, "value-0"."""

    key: str
    subject: str = ""
    year: str = ""
    source: str = ""
    reason: str = ""
    rows: tuple[Row, ...] = (Row(),)
    problems: Mapping[str, str] = field(default_factory=dict)
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The figures of one measure, each with the form that corrects it."""

    name: str
    figures: tuple[tuple[Figure, Sheet], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What figures are about, its measures, and the form for another year of them."""

    key: str
    name: str
    measures: tuple[Measured, ...]
    another: Sheet


def subjects(found: Sequence[Figure], names: Mapping[str, str], *, today: date, typed: Sheet | None) -> list[Subject]:
    """All figures by subject and measure, in the order in which they came; `typed` takes the place of its form."""
    known = dict.fromkeys(figure.subject for figure in found)
    return [_subject(key, [each for each in found if each.subject == key], names, today, typed) for key in known]


def names(known: Sequence[str], directory: Mapping[str, Series], texts: Texts) -> dict[str, str]:
    """What subjects are called, by their keys."""
    return {key: figure_words.subject(key, directory, texts) for key in known}


def sent() -> Sheet:
    """The form that was sent, with what was typed."""
    columns = [request.form.getlist(name)[:_MOST_ROWS] for name in _ROW]
    rows = [Row(**dict(zip(_ROW, cells, strict=True))) for cells in zip_longest(*columns, fillvalue="")]
    key = request.form.get("key", "")
    return Sheet(
        key=key if _KEY.fullmatch(key) else NEW,
        subject=request.form.get("subject", ""),
        year=request.form.get("year", ""),
        source=request.form.get("source", ""),
        reason=request.form.get("reason", ""),
        rows=tuple(rows) or (Row(),),
        open=True,
    )


def filled(sheet: Sheet) -> list[tuple[int, Row]]:
    """The rows to be kept with their numbers: of several those that have a value."""
    rows = list(enumerate(sheet.rows))
    return rows if len(rows) == 1 else [(number, row) for number, row in rows if row.value.strip()]


def given(sheet: Sheet) -> list[dict[str, str]]:
    """The figures of a form as the desk takes them."""
    shared = {"subject": sheet.subject, "year": sheet.year, "source": sheet.source}
    return [shared | {name: getattr(row, name) for name in _ROW} for _, row in filled(sheet)]


def flawed(sheet: Sheet, problems: Sequence[Problem]) -> Sheet:
    """The form with what is wrong with it, each at its field."""
    numbers = [number for number, _ in filled(sheet)]
    found: dict[str, Problem] = {}
    for each in problems:
        row = numbers[each.line - 1] if 0 < each.line <= len(numbers) else 0
        name = f"{each.field}-{row}" if each.field in _ROW else each.field
        found.setdefault(name, replace(each, field=name, line=0))
    return replace(sheet, problems=told(list(found.values())))


def renewed(sheet: Sheet, stands: Mapping[figures.Identity, Figure]) -> Sheet:
    """The form as if it had been begun with the figures that stand now."""
    year = sheet.year.strip().lower()
    rows = [
        replace(row, seen=figures.mark(stands.get(figures.Identity(sheet.subject, year, row.measure.strip()))))
        for row in sheet.rows
    ]
    return replace(sheet, rows=tuple(rows))


def key_of(figure: Figure) -> str:
    """The key of the form that corrects a figure."""
    return "f" + hashlib.sha256("\n".join(figures.identity(figure)).encode()).hexdigest()[:12]


def _subject(key: str, found: list[Figure], names: Mapping[str, str], today: date, typed: Sheet | None) -> Subject:
    measures = dict.fromkeys(figure.measure for figure in found)
    by_measure = {
        name: list(its)
        for name, its in groupby(sorted(found, key=lambda each: each.measure), lambda each: each.measure)
    }
    return Subject(
        key=key,
        name=names.get(key, key),
        measures=tuple(
            Measured(name=name, figures=tuple((each, _or(typed, _one(each))) for each in by_measure[name]))
            for name in measures
        ),
        another=_or(typed, _another(key, [by_measure[name][-1] for name in measures], found, today)),
    )


def _or(typed: Sheet | None, sheet: Sheet) -> Sheet:
    return typed if typed and typed.key == sheet.key else sheet


def _one(figure: Figure) -> Sheet:
    value, seen = figure_words.number(figure.value), figures.mark(figure)
    row = Row(measure=figure.measure, value=value, unit=figure.unit, seen=seen)
    return Sheet(key=key_of(figure), subject=figure.subject, year=figure.year, source=figure.source, rows=(row,))


def _another(key: str, last: Sequence[Figure], found: Sequence[Figure], today: date) -> Sheet:
    """An empty number for each measure of a subject, of the last full year or the one after its last."""
    years = [int(figure.year) + 1 for figure in found if figure.year.isdecimal()]
    # What follows a comma is told of one number: "percent, about".
    rows = [Row(measure=figure.measure, unit=figure.unit.partition(",")[0]) for figure in last]
    return Sheet(key=f"year-{key}", subject=key, year=str(max([today.year - 1, *years])), rows=tuple(rows))
