"""The form by which the period of a report is chosen: what it offers, what was typed, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import request

from calendar_app import reporting
from calendar_app.errors import CalendarError
from calendar_app.events import Event
from calendar_app.report import periods
from calendar_app.report.facts import Period
from calendar_app.store import site_map
from calendar_app.web import current

_FIELDS = ("from", "to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What may be chosen. `typed` are the values of the fields by their names; `problems` the words at each.

    `since` and `until` are the slugs of the sessions chosen. A field of days that is in `unread` holds no day.
    `undated` is the session that was chosen and has no days on record.
    """

    years: tuple[int, ...]
    sessions: tuple[Event, ...]
    year: int | None = None
    since: str = ""
    until: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    undated: Event | None = None


def of(period: Period, sessions: Sequence[Event]) -> Choices:
    """The choices around a period, which is filled in."""
    since, until = _around(period, sessions)
    return Choices(
        years=_years(period.first.year),
        sessions=tuple(sessions),
        year=period.first.year,
        since=since,
        until=until,
        typed={"from": period.first.isoformat(), "to": period.last.isoformat()},
    )


def refused(error: CalendarError) -> Choices:
    """The choices around the last full year with what was typed, and what is wrong at its field."""
    last_year = periods.calendar_year(current.today().year - 1)
    sessions = reporting.sessions(current.store(), near=last_year)
    given = {name: request.args.get(name, "").strip() for name in ("year", *_FIELDS)}
    by_slug = {event.slug: event for event in sessions}
    chosen = {name: by_slug.get(given[name]) for name in _FIELDS}
    typed = _days(given, chosen)
    # The address may lack what the form has a field for.
    told = CalendarError("required") if error.message == "report-open" else error
    since, until = _around(last_year, sessions)
    years = _years(last_year.first.year)
    return Choices(
        years=years,
        sessions=tuple(sessions),
        year=int(given["year"]) if given["year"] in set(map(str, years)) else last_year.year,
        since=given["from"] if chosen["from"] else since,
        until=given["to"] if chosen["to"] else until,
        typed=typed,
        problems={_field(error, chosen): current.texts().error(told)},
        undated=next((event for event in chosen.values() if event and event.span.days is None), None),
        unread=tuple(name for name in _FIELDS if typed[name] and not _is_day(typed[name])),
    )


def _years(also: int) -> tuple[int, ...]:
    """The years of the record, and one more, the newest first."""
    return tuple(sorted({*site_map.years(current.store()), also}, reverse=True))


def _around(period: Period, sessions: Sequence[Event]) -> tuple[str, str]:
    """The sessions that are offered with a period: those between which it lies, else the first two that fit best."""
    if period.since and period.until:
        return period.since.slug, period.until.slug
    dated = [event.slug for event in sessions if event.span.days and event.span.first <= period.last]
    after = [event.slug for event in sessions if event.span.days and event.span.first > period.last]
    both = [*dated[-1:], *after[:1]] if after else dated[-2:]
    return (both[0], both[-1]) if len(both) == 2 else ("", "")


def _field(error: CalendarError, chosen: dict[str, Event | None]) -> str:
    """The field at which a problem is told: the year, a day, or the second session of Council."""
    name = str(error.data.get("name", ""))
    if name == "year":
        return name
    if error.message == "report-no-days":
        return next((name for name in _FIELDS if (event := chosen[name]) and event.span.days is None), "from")
    if all(chosen.values()):
        return "council-to"
    return name if name in _FIELDS else "to"


def _days(given: dict[str, str], chosen: dict[str, Event | None]) -> dict[str, str]:
    """What the fields of days hold: what was typed there, or the day next to a session that was chosen instead."""
    typed = {name: given[name] if chosen[name] is None else "" for name in _FIELDS}
    since, until = chosen["from"], chosen["to"]
    if since and since.span.days:
        typed["from"] = periods.day_after(since).isoformat()
    if until and until.span.days:
        typed["to"] = periods.day_before(until).isoformat()
    return typed


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
