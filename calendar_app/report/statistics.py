"""Statistics: how many events of a period there are, by what, and how much is on record of what ITU did there."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from calendar_app import places
from calendar_app.engagement import Engagement
from calendar_app.events import Event, Series, roles_of
from calendar_app.report.facts import Period
from calendar_app.spans import Precision
from calendar_app.topics import SDGS, Activity, Kind, Role

_Directory = Mapping[str, Series]
# What events are counted by; an event counts once under each value that it has.
_VALUES: Mapping[str, Callable[[Event, Series | None], Iterable[str]]] = {
    "role": roles_of,
    "sdg": lambda event, _: map(str, event.sdgs),
    "theme": lambda event, _: event.themes,
    "region": lambda event, _: filter(None, [places.region(event.country)]),
}
# The order of values that have one of their own; the others are sorted.
_ORDER = {"role": list(map(str, Role)), "sdg": list(map(str, SDGS))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The numbers of a period. ITU's side events and what is off are apart from `events` and the parts of these.

    `told` are the events of which it is on record what ITU did there, `of_series` the others of whose series as a
    whole it is.
    `stated` are statements of side events that have no entry of their own; `partners` and `beside` are counted once
    each, `beside` those in side events.
    """

    events: int
    with_role: int
    told: int
    of_series: int
    unverified: int
    undated: int
    off: int
    side_events: int
    stated: int
    partners: int
    beside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """The events of a goal by the columns of a table, those that may lie in any of them, and all, each once."""

    number: int
    cells: tuple[int, ...]
    undated: int
    total: int


def counted(events: Iterable[Event]) -> list[Event]:
    """The events that are counted: not what is off, and not ITU's side events, which are counted by themselves."""
    return [event for event in events if not event.off and event.kind is not Kind.SIDE_EVENT]


def happened(events: Iterable[Event], done: Iterable[Engagement]) -> list[Engagement]:
    """The statements to be told of these events: not those of nothing but what is off.

    What was told of a series as a whole is told in any case.
    """
    held = {event.uid for event in events if not event.off}
    return [each for each in done if each.series or not held.isdisjoint(each.events)]


def told(events: Iterable[Event], done: Iterable[Engagement]) -> frozenset[str]:
    """The uids of the events at which it is on record what ITU did.

    These are the ones that a statement names, and those at which ITU held a side event. What a statement tells of a
    series as a whole is told of no event of it.
    """
    forums = (event.held_at for event in events if event.kind is Kind.SIDE_EVENT and not event.off)
    return frozenset(filter(None, forums)) | {uid for each in done for uid in each.events}


def by(events: Iterable[Event], series: _Directory, what: str) -> dict[str, int]:
    """How many of the counted events there are of each role, sdg, theme or region."""
    found: Counter[str] = Counter()
    for event in counted(events):
        found.update(set(map(str, _VALUES[what](event, series.get(event.series)))))
    return {value: found[value] for value in ordered(found, what)}


def ordered(values: Iterable[str], what: str) -> list[str]:
    """Roles, goals, themes or regions in the order of their vocabulary."""
    order = _ORDER.get(what, [])
    return sorted(values, key=lambda value: (_place(value, order), value))


def totals(events: Sequence[Event], series: _Directory, done: Sequence[Engagement]) -> Totals:
    """The numbers of events, and of what ITU did."""
    done = happened(events, done)
    at, held = told(events, done), counted(events)
    in_series = {key for each in done for key in each.series}
    beside = [each for each in done if each.activity is Activity.SIDE_EVENT]
    entries = {event.uid for event in events if event.kind is Kind.SIDE_EVENT and not event.off}
    return Totals(
        events=len(held),
        with_role=sum(bool(roles_of(event, series.get(event.series))) for event in held),
        told=sum(event.uid in at for event in held),
        of_series=sum(event.uid not in at and event.series in in_series for event in held),
        unverified=sum(event.unverified for event in held),
        undated=sum(event.span.precision is not Precision.DAY for event in held),
        off=sum(event.off and event.kind is not Kind.SIDE_EVENT for event in events),
        side_events=sum(not event.off and event.kind is Kind.SIDE_EVENT for event in events),
        stated=sum(not entries & set(each.events) for each in beside),
        partners=len({key for each in done for key in each.partners}),
        beside=len({key for each in beside for key in each.partners}),
    )


def coverage(events: Iterable[Event], columns: Sequence[Period]) -> list[Goal]:
    """The goals by months or years; an event counts in each in which it may lie.

    One of which only the year is known lies in no month, and is counted apart.
    """
    found = counted(events)
    return [_goal(number, [event for event in found if number in event.sdgs], columns) for number in SDGS]


def _goal(number: int, events: Sequence[Event], columns: Sequence[Period]) -> Goal:
    known = [event for event in events if _is_known(event, columns)]
    return Goal(
        number=number,
        cells=tuple(sum(event.span.overlaps(each.first, each.last) for event in known) for each in columns),
        undated=len(events) - len(known),
        total=len(events),
    )


def _is_known(event: Event, columns: Sequence[Period]) -> bool:
    """Whether it is known in which of these columns an event lies."""
    return event.span.precision is not Precision.YEAR or any(each.year for each in columns)


def _place(value: str, order: Sequence[str]) -> int:
    return order.index(value) if value in order else len(order)
