"""Clashes: pairs of events that meet in time, how sure that is, and pairs with too little time to travel between.

Certain: the days of both are known and settled, and they share some. Possible: they may share some, but of one only the
month or year is known, it is expected only, no source was read for its dates, or another source's dates would meet.
Travel: too few free days lie between (`journeys`).

What is off, or withdrawn, meets nothing; the events into which one was split do not meet each other, nor does a side
event meet the event at which it is held.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from calendar_app.events import Claim, Event, Series
from calendar_app.overlap.journeys import MOST_FREE_DAYS, Journey, hurried
from calendar_app.spans import Precision, Span


class Finding(enum.StrEnum):
    """How two events meet."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    TRAVEL = "travel"


class Why(enum.StrEnum):
    """Why it is not certain when an event is."""

    YEAR = "year"
    MONTH = "month"
    UNVERIFIED = "unverified"
    EXPECTED = "expected"
    RIVAL = "rival"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What keeps the time of an event from being certain; `claim` is the other source's where the two meet by it."""

    event: Event
    why: Why
    claim: Claim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two events that meet; `one` begins first, or is the longer.

    `shared` are the days that both have, or would have if what is doubted is so; None where that is not known by
    days, or only the hours meet. `hours` says whether the hours meet, None where one of them has none. `journey` is
    the way for which too little time is left.
    """

    one: Event
    other: Event
    finding: Finding
    shared: Span | None = None
    hours: bool | None = None
    doubts: tuple[Doubt, ...] = ()
    journey: Journey | None = None

    @property
    def inner(self) -> Event | None:
        """The one that lies wholly inside the other, if one does; neither if both have the same days."""
        spans = [(event, event.span) for event in (self.other, self.one)]
        inside = [event for event, span in spans if self.shared and _days(span) == _days(self.shared)]
        return inside[0] if len(inside) == 1 else None

    @property
    def same_days(self) -> bool:
        """Whether both have the same days, from the first to the last."""
        return self.shared is not None and _days(self.one.span) == _days(self.other.span) == _days(self.shared)

    def beside(self, event: Event) -> Event:
        """The other of the two."""
        return self.other if event.uid == self.one.uid else self.one


def among(events: Iterable[Event], series: Mapping[str, Series], *, most: int | None = None) -> list[Clash]:
    """Every pair of these events that meets, in the order of time; not more than `most`, those that end it first."""
    return _clashes(events, series, lambda _one, _other: True, most=most)


def across(
    events: Iterable[Event], others: Iterable[Event], series: Mapping[str, Series], *, most: int | None = None
) -> list[Clash]:
    """Every pair that meets of one of these events and one of the others, in the order of time."""
    events, others = list(events), list(others)
    left, right = {event.uid for event in events}, {event.uid for event in others}

    def crosses(one: Event, other: Event) -> bool:
        return (one.uid in left and other.uid in right) or (one.uid in right and other.uid in left)

    return _clashes([*events, *others], series, crosses, most=most)


def meet(one: Event, other: Event, series: Mapping[str, Series]) -> Clash | None:
    """How two events meet, in whichever order they are given; None if they don't."""
    one, other = sorted((one, other), key=_order)
    if not _held(one) or not _held(other) or _belong_together(one, other):
        return None
    found = _together(one, other)
    if found and found.hours is not False:
        return found
    return _travel(one, other, series) or found or _by_claim(one, other) or _by_claim(other, one)


def _clashes(
    events: Iterable[Event],
    series: Mapping[str, Series],
    crosses: Callable[[Event, Event], bool],
    *,
    most: int | None,
) -> list[Clash]:
    found = (clash for pair in _near(events) if crosses(*pair) and (clash := meet(*pair, series)))
    return sorted(islice(found, most), key=lambda clash: (_order(clash.one), _order(clash.other)))


def _near(events: Iterable[Event]) -> Iterator[tuple[Event, Event]]:
    """The pairs whose times, with a journey's free days between, may touch: each event beside those that still run."""
    distinct = {event.uid: event for event in events}
    ordered = sorted((_reach(event), _order(event), event) for event in distinct.values() if _held(event))
    running: list[tuple[date, Event]] = []
    for (first, last), _, event in ordered:
        running = [(end, earlier) for end, earlier in running if end >= first]
        yield from ((earlier, event) for _, earlier in running)
        running.append((last + timedelta(MOST_FREE_DAYS), event))


def _reach(event: Event) -> tuple[date, date]:
    """From the first to the last day that it may be by any of its sources."""
    spans = [event.span, *(claim.span for claim in event.claims if claim.span.precision is not Precision.YEAR)]
    return min(span.first for span in spans), max(span.last for span in spans)


def _order(event: Event) -> tuple[date, int, str, str, str]:
    span = event.span
    return span.first, -span.last.toordinal(), f"{span.start_time or ''}", event.title, event.uid


def _held(event: Event) -> bool:
    return event.public and not event.off


def _belong_together(one: Event, other: Event) -> bool:
    """Whether they came of one event that was split, or one is a side event that is held at the other."""
    return (one.part_of or one.uid) == (other.part_of or other.uid) or any(
        side.held_at and side.held_at in {forum.uid, forum.part_of} for side, forum in ((one, other), (other, one))
    )


def _together(one: Event, other: Event) -> Clash | None:
    """How they meet by the days and hours that the calendar carries."""
    hours, shared = _hours(one.span, other.span), _shared(one.span, other.span)
    if not (hours or shared or (hours is None and one.span.overlaps(other.span.first, other.span.last))):
        return None
    doubts = (*_doubts(one), *_doubts(other))
    finding = Finding.POSSIBLE if doubts else Finding.CERTAIN
    return Clash(one=one, other=other, finding=finding, shared=shared, hours=hours, doubts=doubts)


def _by_claim(event: Event, beside: Event) -> Clash | None:
    """How they would meet if another source's dates of the event were right."""
    for claim in event.claims:
        if claim.span.precision is not Precision.YEAR and claim.span.overlaps(beside.span.first, beside.span.last):
            one, other = sorted((event, beside), key=_order)
            return Clash(
                one=one,
                other=other,
                finding=Finding.POSSIBLE,
                shared=_shared(claim.span, beside.span),
                doubts=(Doubt(event=event, why=Why.RIVAL, claim=claim), *_doubts(beside)),
            )
    return None


def _travel(one: Event, other: Event, series: Mapping[str, Series]) -> Clash | None:
    """The journey from one to the other, if too few free days are left for it."""
    journey = hurried(one, other, series)
    if journey is None:
        return None
    doubts = (*_doubts(one), *_doubts(other))
    return Clash(one=one, other=other, finding=Finding.TRAVEL, doubts=doubts, journey=journey)


def _doubts(event: Event) -> tuple[Doubt, ...]:
    """The weightiest doubt about the time of an event, if there is one."""
    holds = {
        Why.YEAR: event.span.precision is Precision.YEAR,
        Why.MONTH: event.span.precision is Precision.MONTH,
        Why.UNVERIFIED: event.unverified,
        Why.EXPECTED: event.expected,
    }
    return tuple(Doubt(event=event, why=why) for why, so in holds.items() if so)[:1]


def _hours(one: Span, other: Span) -> bool | None:
    """Whether the hours of two spans meet; None if one has none."""
    bounds = one.start_utc, one.end_utc, other.start_utc, other.end_utc
    start, end, beside, until = bounds
    if start is None or end is None or beside is None or until is None:
        return None
    return start < until and beside < end


def _shared(one: Span, other: Span) -> Span | None:
    """The days that both have, if the days of both are known and there are any."""
    if not one.precision is other.precision is Precision.DAY or not one.overlaps(other.first, other.last):
        return None
    return Span(first=max(one.first, other.first), last=min(one.last, other.last), precision=Precision.DAY)


def _days(span: Span) -> tuple[date, date] | None:
    return (span.first, span.last) if span.precision is Precision.DAY else None
