"""A record of any size, the same every time: the catalogue's events, over more or fewer years."""

import re
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from calendar_app import catalogue
from calendar_app.events import Event
from calendar_app.spans import Precision, Span
from calendar_app.store import Store, events, series

NOW = datetime(2026, 11, 24, tzinfo=UTC)
_NAMESPACE = uuid.UUID("5d3a3f0a-93c0-4a53-8f57-9a1f7c0e3b11")
# The catalogue's own length, 2015 to 2028, in years and, so that days of the week stay, in whole weeks.
_YEARS, _WEEKS = 14, timedelta(weeks=731)
# How many such lengths the calendar has room for after the catalogue's own and before it: its years are 1900 to 2199.
_AFTER, _BEFORE = 12, 8
_SHIFTS = [shift for shift in range(-_BEFORE, _AFTER + 1) if shift]


def store(folder: Path, count: int) -> Store:
    """A database with this many events, spread like today's: as many a year, over more years.

    The catalogue's own years hold the catalogue's events and no others, whatever the count. The other years fill up
    with its like, all of them evenly; from some 8,400 events on each is as full as today's, and then fuller.
    """
    made = Store(folder / f"{count}.db")
    made.migrate()
    facts = catalogue.parse()
    with made.change(NOW, actor="benchmark") as change:
        series.put_vocabulary(change)
        series.put(change, facts.series)
        for number in range(count):
            rounds, place = divmod(number, len(facts.events))
            events.save(change, _again(facts.events[place], rounds), action="added")
    return made


def _again(event: Event, rounds: int) -> Event:
    """The event, or its like in another stretch of years."""
    if not rounds:
        return replace(event, part_of="", parts=())
    shift = _SHIFTS[rounds % len(_SHIFTS)]
    name = f"{event.slug}-round-{rounds}"
    return replace(
        event,
        uid=str(uuid.uuid5(_NAMESPACE, name)),
        slug=name,
        title=re.sub(r"\b(?:19|20|21)\d\d\b", lambda year: str(int(year[0]) + _YEARS * shift), event.title),
        span=_shifted(event.span, shift),
        part_of="",
        plans=(),
        parts=(),
        deadlines=(),
    )


def _shifted(span: Span, shift: int) -> Span:
    """The span so many lengths of the catalogue later: days by whole weeks, months and years by whole years."""
    if span.precision is Precision.DAY:
        return Span(first=span.first + _WEEKS * shift, last=span.last + _WEEKS * shift, precision=Precision.DAY)
    first, after = (_later(day, _YEARS * shift) for day in (span.first, span.last + timedelta(1)))
    return Span(first=first, last=after - timedelta(1), precision=span.precision)


def _later(day: date, years: int) -> date:
    return day.replace(year=day.year + years)
