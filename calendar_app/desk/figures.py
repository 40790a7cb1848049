"""Figures that reports tell, such as rates of a year: put down with their source, corrected, or taken out."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import datetime
from typing import NamedTuple

from calendar_app import addresses
from calendar_app.desk.saving import line_of, reason_of
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.report import figure_words
from calendar_app.report.facts import Figure, SectionKey
from calendar_app.store import Store, journal, series
from calendar_app.store import figures as kept

# How many characters each takes.
FIELDS = {"subject": 60, "year": 20, "measure": 200, "value": 20, "unit": 60, "source": 500}
_NEEDED = frozenset({"subject", "year", "measure", "value", "source"})
# "2017", and for what was so until then "before 2016".
_YEAR = re.compile("(?:before )?(?:19|20|21)[0-9]{2}")
# A comma before three figures may part thousands.
_VALUE = re.compile(r"(-?[0-9]{1,12}(?:\.[0-9]{1,6}|,(?:[0-9]{1,2}|[0-9]{4,6}))?) ?(%?)")


class Identity(NamedTuple):
    """What tells a figure from every other one."""

    subject: str
    year: str
    measure: str


def identity(figure: Figure) -> Identity:
    """What tells this figure from the others."""
    return Identity(figure.subject, figure.year, figure.measure)


def subjects(store: Store) -> tuple[str, ...]:
    """What a figure may be about: those that have some, the sections of a report, and the series."""
    known = [figure.subject for figure in kept.standing(store)]
    return tuple(dict.fromkeys([*known, *SectionKey, *series.directory(store)]))


def mark(figure: Figure | None) -> str:
    """A short text that differs from one figure to another; "" for none."""
    return hashlib.sha256(repr(astuple(figure)).encode()).hexdigest()[:16] if figure else ""


def put(
    store: Store, given: Sequence[Mapping[str, str]], *, reason: str = "", actor: str, now: datetime
) -> tuple[Figure, ...]:
    """Keeps figures, each in place of the one of its subject, year and measure; gives those that are new.

    `given` are the FIELDS of each, and `seen`: the mark of the figure that the editor began with.

    Raises:
        ProblemsError: every problem of the fields; `line` counts the figures from 1.
        ConflictError: someone put one of them down meanwhile.
    """
    told = _read(store, given, reason)
    with store.change(now, actor=actor, reason=reason_of(reason)) as change:
        stands = {identity(each): each for each in kept.standing(store)}
        new = [(figure, seen) for figure, seen in told if stands.get(identity(figure)) != figure]
        if any(mark(stands.get(identity(figure))) != seen for figure, seen in new):
            raise ConflictError("figure-changed")
        for figure, _ in new:
            kept.put(change, figure)
            journal.add(change, action="figure-put", subject=addresses.DESK_FIGURES, detail=_words(figure))
        return tuple(figure for figure, _ in new)


def take_out(store: Store, which: Identity, *, seen: str, reason: str, actor: str, now: datetime) -> None:
    """Has reports no longer tell a figure; its history stays.

    Raises:
        ProblemsError: no reason, or one too long.
        ConflictError: there is no such figure, or someone changed it meanwhile.
    """
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        figure = next((each for each in kept.standing(store) if identity(each) == which), None)
        if figure is None:
            raise ConflictError("figure-unknown")
        if mark(figure) != seen:
            raise ConflictError("figure-changed")
        kept.put(change, figure, removed=True)
        journal.add(change, action="figure-taken-out", subject=addresses.DESK_FIGURES, detail=_words(figure))


def _read(store: Store, given: Sequence[Mapping[str, str]], reason: str) -> list[tuple[Figure, str]]:
    """The figures with the marks that were seen; every problem of them, each with the number of its figure."""
    problems: list[Problem] = []
    known = frozenset(subjects(store))
    told = [(_figure(each, known, number, problems), each.get("seen", "")) for number, each in enumerate(given, 1)]
    if not told:
        problems.append(Problem(field="value", error=CalendarError("figure-none"), line=1))
    try:
        reason_of(reason)
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return [(figure, seen) for figure, seen in told if figure]


def _figure(given: Mapping[str, str], known: frozenset[str], number: int, problems: list[Problem]) -> Figure | None:
    found: list[Problem] = []
    told = {name: line_of(given, name, found, most=most, needed=name in _NEEDED) for name, most in FIELDS.items()}
    told["year"] = told["year"].lower()
    if told["subject"] and told["subject"] not in known:
        found.append(Problem(field="subject", error=CalendarError("choice-unknown", value=told["subject"])))
    if told["year"] and not _YEAR.fullmatch(told["year"]):
        found.append(Problem(field="year", error=CalendarError("figure-year", value=told["year"])))
    value = _VALUE.fullmatch(told["value"])
    if told["value"] and not value:
        message = "figure-value-of" if told["measure"] else "figure-value"
        found.append(Problem(field="value", error=CalendarError(message, value=told["value"], of=told["measure"])))
    if value and value[2]:
        told["unit"] = told["unit"] or "percent"
        if not told["unit"].startswith("percent"):
            found.append(Problem(field="unit", error=CalendarError("figure-percent", unit=told["unit"])))
    problems += (Problem(field=each.field, error=each.error, line=number) for each in found)
    if found or not value:
        return None
    del told["value"]
    return Figure(value=float(value[1].replace(",", ".")), **told)


def _words(figure: Figure) -> str:
    value = f"{figure_words.number(figure.value)} {figure.unit}".rstrip()
    return f"{figure.subject}, {figure.year}, {figure.measure}: {value}"
