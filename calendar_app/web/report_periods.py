"""The period that a report is asked for: a calendar year, the time from one Council to the next, or any days."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl

from flask import abort, redirect

from calendar_app import reporting, selection
from calendar_app.errors import SelectionError
from calendar_app.events import Event
from calendar_app.report import periods
from calendar_app.report.facts import Period
from calendar_app.selection import Selection
from calendar_app.spans import FIRST_YEAR, LAST_YEAR
from calendar_app.web import current, query, views

NAMES = ("year", "from", "to")
# A report is written every year; from one Plenipotentiary Conference to the next are four.
MOST_YEARS = 5


def asked(at: Callable[[str], str]) -> tuple[Period, list[Event]]:
    """The period that the address names, and the sessions of Council near it.

    `at` gives the address of what is asked for, from its query.

    Without a period it leads to the last full year (302, since that is another one next year), and whatever else names
    one to its days (303).

    Raises:
        CalendarError: it names none, or one that is too long.
    """
    sent = query.pairs()
    given = _given(sent)
    if not given:
        abort(redirect(at(periods.calendar_year(current.today().year - 1).query), code=302))
    period = _read(given)
    first, last = period.first, period.last
    if (last.year - first.year, last.month, last.day) >= (MOST_YEARS, first.month, first.day):
        raise SelectionError("report-long", most=MOST_YEARS)
    if selection.query(sent) != period.query:
        abort(redirect(at(period.query), code=303))
    sessions = reporting.sessions(current.store(), near=period)
    return named(period, sessions), sessions


def carried(query: str) -> Period | None:
    """The period whose query a form carries along; None for any other text."""
    given = dict(parse_qsl(query[:60]))
    try:
        period = Period(first=date.fromisoformat(given["from"]), last=date.fromisoformat(given["to"]))
    except (KeyError, ValueError):
        return None
    return period if period.query == query else None


def named(period: Period, sessions: Sequence[Event]) -> Period:
    """The period with the sessions of Council between which it lies, if it begins and ends with some."""
    dated = [event for event in sessions if event.span.days is not None]
    since = [event for event in dated if periods.day_after(event) == period.first]
    until = [event for event in dated if periods.day_before(event) == period.last]
    return replace(period, since=since[-1], until=until[0]) if since and until else period


def _given(sent: Sequence[tuple[str, str]]) -> dict[str, str]:
    """What was sent of our names, without what is empty.

    Raises:
        SelectionError: another name, or one name with two values.
    """
    given: dict[str, str] = {}
    others = [(name, value) for name, value in sent if name not in NAMES]
    # What mail programs append is passed over there; what would select events means nothing to a report.
    if selection.parse(others, views.known()) != Selection():
        raise SelectionError("select-name", name=others[0][0][:60])
    for name, value in sent:
        if name in NAMES and (text := value.strip()) and given.setdefault(name, text) != text:
            raise SelectionError("select-twice", name=name)
    return given


def _read(given: dict[str, str]) -> Period:
    year = given.get("year")
    if year is None:
        return reporting.read(current.store(), given.get("from", ""), given.get("to", ""))
    if len(given) > 1:
        raise SelectionError("report-either", name="year")
    if not re.fullmatch("[0-9]{4}", year) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise SelectionError("select-value", name="year", value=year[:60])
    return periods.calendar_year(int(year))
