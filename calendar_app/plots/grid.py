"""A month as weeks of days, and in each week the runs of its events, laid in lanes so that none covers another."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from calendar_app.events import Event, Series
from calendar_app.spans import sort_key

# The busiest week that the Council report tells, 23 to 29 May 2016, has six; with them a month still fits a screen.
MOST_LANES = 6
WEEK = 7
# What a title says first or last of its edition: "(PP-26)", "COP 22" at the end; "CSW69:" at the beginning.
_EDITION = re.compile(r"\(([A-Z]\S*[0-9])\)$|\b([A-Z]{3,} [0-9]{1,3})$|^([A-Z][A-Z0-9 -]{1,11}):")
_SHORT = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """So many columns of a lane: a run of an event's days, or one day without any.

    `before` and `after` tell whether the event has days outside this week on that side.
    """

    columns: int = 1
    event: Event | None = None
    label: str = ""
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Monday to Sunday. Each lane fills the seven columns; `hidden` counts, by day, the events that found no lane."""

    days: tuple[date, ...]
    lanes: tuple[tuple[Cell, ...], ...]
    hidden: tuple[int, ...]

    @property
    def number(self) -> int:
        """The number of the week (ISO 8601)."""
        return self.days[0].isocalendar().week

    @property
    def crowded(self) -> bool:
        """Whether some event found no lane."""
        return any(self.hidden)


def of(first: date, last: date, events: Iterable[Event], series: Mapping[str, Series]) -> tuple[Week, ...]:
    """The weeks that hold these days, first and last inclusive, with the events whose days are known in them.

    Days of the first and last week outside the period are there too, with the runs that go on into them.
    """
    known = sorted((event for event in events if event.span.days), key=_place)
    labels = _labels(known, series)
    monday = first - timedelta(first.weekday())
    mondays = [monday + timedelta(days) for days in range(0, (last - monday).days + 1, WEEK)]
    return tuple(_week(monday, known, labels) for monday in mondays)


def short(event: Event, series: Series | None) -> str:
    """What an event is called in little room: its edition's own acronym, a short title, or its series' short name."""
    edition = _EDITION.search(event.title)
    if edition:
        return str(next(filter(None, edition.groups())))
    return event.title if series is None or len(event.title) <= _SHORT else series.short_name


def _labels(events: Sequence[Event], series: Mapping[str, Series]) -> dict[str, str]:
    """By uid what each event is called; in full where two would be called the same."""
    named = {event.uid: short(event, series.get(event.series)) for event in events}
    times = Counter(named.values())
    return {event.uid: named[event.uid] if times[named[event.uid]] == 1 else event.title for event in events}


def _place(event: Event) -> tuple[object, ...]:
    """By first day, the longest first, so that what goes on over weeks stays on top."""
    span = event.span
    return (span.first, -span.last.toordinal(), sort_key(span), event.title, event.uid)


def _week(monday: date, events: Sequence[Event], labels: Mapping[str, str]) -> Week:
    days = tuple(monday + timedelta(number) for number in range(WEEK))
    lanes: list[list[Event]] = []
    hidden = [0] * WEEK
    for event in events:
        if not event.span.overlaps(days[0], days[-1]):
            continue
        lane = next((lane for lane in lanes if lane[-1].span.last < event.span.first), None)
        if lane is not None:
            lane.append(event)
        elif len(lanes) < MOST_LANES:
            lanes.append([event])
        else:
            for column in _columns(event, days):
                hidden[column] += 1
    cells = tuple(tuple(_cells(lane, days, labels)) for lane in lanes)
    return Week(days=days, lanes=cells, hidden=tuple(hidden))


def _columns(event: Event, days: Sequence[date]) -> range:
    """The columns of a week that an event has days in."""
    start = max(event.span.first, days[0])
    end = min(event.span.last, days[-1])
    return range((start - days[0]).days, (end - days[0]).days + 1)


def _cells(lane: Sequence[Event], days: Sequence[date], labels: Mapping[str, str]) -> Iterable[Cell]:
    free = 0
    for event in lane:
        columns = _columns(event, days)
        yield from [Cell()] * (columns.start - free)
        yield Cell(
            columns=len(columns),
            event=event,
            label=labels[event.uid],
            before=event.span.first < days[0],
            after=event.span.last > days[-1],
        )
        free = columns.stop
    yield from [Cell()] * (WEEK - free)
