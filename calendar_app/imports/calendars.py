"""The rows of an ics file: one an event, one an occurrence of what recurs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from calendar_app import spans
from calendar_app.errors import CalendarError, Problem
from calendar_app.imports import components, grouping, ics, keys, recurrence, telling, when, zones
from calendar_app.imports.components import Components
from calendar_app.imports.decoding import decode
from calendar_app.imports.entries import Entry, Moment
from calendar_app.imports.grouping import Event
from calendar_app.imports.limits import MOST_OCCURRENCES, MOST_ROWS
from calendar_app.imports.model import Reading, Row
from calendar_app.imports.recurrence import Occurrences
from calendar_app.imports.rules import Budget
from calendar_app.imports.telling import Told


@dataclass(slots=True, kw_only=True)
class _Limits:
    """The window and the work that a file may make; how many events were not followed to their end, or lie outside."""

    window: tuple[date, date]
    budget: Budget = field(default_factory=Budget)
    capped: int = 0
    refused: int = 0
    outside: int = 0


def read(data: bytes, *, window: tuple[date, date]) -> Reading:
    """The events of an ics file; of what recurs, the occurrences that touch the window, both its days included.

    Raises:
        CalendarError: no calendar, or one beyond the limits of an import.
    """
    text, notes = decode(data)
    found = components.find(text)
    events, aside = grouping.events(ics.read(found))
    limits = _Limits(window=window)
    found_rows = (row for event in events for row in _rows(event, limits))
    rows = list(_keyed(islice(found_rows, MOST_ROWS + 1)))
    return Reading(
        rows=tuple(rows[:MOST_ROWS]),
        notes=(*notes, *_left(found), *aside, *_missed(limits, len(rows))),
        title=_said(found, "NAME", "X-WR-CALNAME"),
        origin=_said(found, "UID", "X-WR-RELCALID", "NAME", "X-WR-CALNAME"),
        complete=not (found.cut or limits.capped or limits.refused or len(rows) > MOST_ROWS),
    )


def _left(found: Components) -> Iterator[CalendarError]:
    if found.cut:
        yield CalendarError("import-file-cut")
    if found.others:
        yield CalendarError("import-others", count=found.others)
    if not found.events:
        yield CalendarError("import-none")


def _missed(limits: _Limits, count: int) -> Iterator[CalendarError]:
    if limits.outside:
        first, last = limits.window
        yield CalendarError("import-outside", count=limits.outside, first=first, last=last)
    if limits.capped:
        yield CalendarError("import-occurrences-cut", count=limits.capped, most=MOST_OCCURRENCES)
    if count > MOST_ROWS:
        yield CalendarError("import-rows-cut", most=MOST_ROWS)


def _said(found: Components, *names: str) -> str:
    """The first of these properties that a calendar of the file has, as one line."""
    told = (calendar.get(name, "") for name in names for calendar in found.calendars)
    return keys.short(" ".join(next(filter(None, told), "").split()))


def _keyed(rows: Iterable[tuple[Row, str]]) -> Iterator[Row]:
    """The rows in their order, each with a key that no other has; what has no UID is known by its title and year."""
    taken: set[str] = set()
    for row, year in rows:
        key = row.key or keys.made("", str(row.fields.get("title", "")), year, taken)
        taken.add(key)
        yield replace(row, key=key)


def _rows(event: Event, limits: _Limits) -> Iterator[tuple[Row, str]]:
    """The rows of one event, or of its occurrences and then those that were changed, each with its year."""
    entry, found = event.entry, _occurrences(event.entry, limits)
    times = found.times if isinstance(found, Occurrences) else ()
    start = entry.start if entry else None
    changed = {
        recurrence.name(each.recurrence, start, times): each for each in event.changes if each.recurrence is not None
    }
    if isinstance(found, CalendarError) and entry:
        entry = replace(entry, problems=(*entry.problems, Problem(field="dates", error=found)))
    if entry:
        told = telling.tell(entry)
        for name, at in times or (() if isinstance(found, Occurrences) else (("", None),)):
            if name not in changed:
                yield _row(entry, told, replace(start, at=at) if start and at else start, key=_key(event.uid, name))
    for name, each in changed.items():
        if not isinstance(found, Occurrences) or name in dict(times) or _touches(each, limits.window):
            yield _row(each, telling.tell(each), each.start, key=_key(event.uid, name))


def _occurrences(entry: Entry | None, limits: _Limits) -> Occurrences | CalendarError | None:
    """The occurrences of an event, or why they can't be told; None of an event that does not recur."""
    if entry is None or entry.start is None or not recurrence.recurs(entry):
        return None
    try:
        found = recurrence.expand(
            entry, entry.start, length=when.length(entry), window=limits.window, budget=limits.budget
        )
    except CalendarError as error:
        limits.refused += 1
        return error
    limits.capped += found.capped
    limits.outside += not found.times
    return found


def _touches(entry: Entry, window: tuple[date, date]) -> bool:
    """Whether an occurrence that was changed takes place in the window."""
    return entry.start is not None and window[0] <= entry.start.at.date() <= window[1]


def _key(uid: str, name: str) -> str:
    return keys.short(f"{uid}/{name}" if uid and name else uid)


def _row(entry: Entry, told: Told, start: Moment | None, *, key: str) -> tuple[Row, str]:
    # By no zone's clock and at no place that is known, a time is by the clock of its calendar.
    clock = zones.find(entry.calendar.get("X-WR-TIMEZONE", ""), {}, {}) if start and not start.zone else ""
    moments = when.tell(start, when.length(entry), zone=told.zone or clock) if start else when.When()
    dates = {"dates": spans.write(told.vague)} if told.vague else moments.fields
    problems = {problem.field: problem for problem in (*moments.problems, *entry.problems)}
    row = Row(
        key=key,
        place=entry.place,
        fields={**told.fields, **dates},
        problems=tuple(problems.values()),
        notes=(*told.notes, *moments.notes),
    )
    return row, moments.year
