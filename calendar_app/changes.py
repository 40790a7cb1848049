"""News: what a revision of an event brings, for anyone to read."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum

from calendar_app.events import Event, Plan
from calendar_app.spans import Precision, Span
from calendar_app.topics import Confidence, Mode, Status


class What(StrEnum):
    """What happened to an event, the weightiest first.

    SHARPENED and BLURRED are dates that became more or less exact without contradicting what was said; MOVED
    are dates that do. PLACED is a place that was not known; RESITED is another one.
    """

    WITHDRAWN = "withdrawn"
    ADDED = "added"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"
    REINSTATED = "reinstated"
    MOVED = "moved"
    RESITED = "re-sited"
    MODE = "mode"
    SHARPENED = "sharpened"
    BLURRED = "blurred"
    TIMED = "timed"
    PLACED = "placed"
    CONFIRMED = "confirmed"
    EXPECTED = "expected"
    VERIFIED = "verified"
    DOUBTED = "doubted"
    RENAMED = "renamed"
    EDITED = "edited"


# The fields that each tells by itself, and those that go along with it: other dates have another source, and what was
# adopted becomes a claim beside them.
_DATES = frozenset(
    {"span", "plans", "claims", "source", "source_url", "source_date", "notes", "confidence", "timezone"}
)
_PLACE = frozenset({"city", "country", "venue", "timezone", "plans"})
_TELLS = {
    **dict.fromkeys((What.MOVED, What.SHARPENED, What.BLURRED, What.TIMED), _DATES),
    **dict.fromkeys((What.RESITED, What.PLACED), _PLACE),
    What.MODE: _PLACE | {"mode"},
    **dict.fromkeys((What.VERIFIED, What.DOUBTED), _DATES - {"span", "plans", "timezone"}),
    What.RENAMED: frozenset({"title"}),
}
_BOOKKEEPING = frozenset({"uid", "slug", "stamp", "sequence", "published", "status"})
_FIELDS = tuple(field.name for field in fields(Event) if field.compare and field.name not in _BOOKKEEPING)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new in a revision; never who made it.

    `before` is None where nothing of the event was public then. `what` is empty where a reader sees no
    difference. `fields` are the fields of the event that differ beside those that `what` tells of. `source` is where
    a change of state was read.
    """

    before: Event | None
    after: Event
    what: tuple[What, ...]
    fields: tuple[str, ...] = ()
    reason: str = ""
    source: str = ""
    source_url: str = ""

    @property
    def at(self) -> datetime:
        """When it was recorded (UTC)."""
        return self.after.stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A move that was announced before the event was recorded: the plan that was given up, and what came after it.

    `announced` is when, as exactly as it is known ("2020-03"), "" where it is not. `verified` says that a source was
    read for the plan.
    """

    news: News
    announced: str
    source_url: str
    verified: bool


def announcement(event: Event, number: int) -> Announcement:
    """The move by which an event gave up one of its earlier plans, by the place of that plan among them."""
    plan, later = event.plans[number], event.plans[number + 1 :]
    # Plans tell no mode: one with a city was no meeting that is online alone.
    mode = Mode.IN_PERSON if plan.city and event.mode is Mode.ONLINE else event.mode
    before = _planned(event, plan, number, mode)
    after = _planned(event, later[0], number + 1, mode) if later else event
    told = between(before, after, reason=plan.reason)
    return Announcement(
        news=told,
        announced=plan.announced,
        source_url=plan.source_url,
        verified=plan.confidence is not Confidence.LOW,
    )


def _planned(event: Event, plan: Plan, number: int, mode: Mode) -> Event:
    """The event as it was under one of its earlier plans, which tell no venue."""
    venue = event.venue if (plan.city, plan.country) == (event.city, event.country) else ""
    where = replace(event, city=plan.city, country=plan.country, venue=venue)
    return replace(where, span=plan.span, mode=mode, plans=event.plans[:number])


def between(before: Event | None, after: Event, *, reason: str = "", source: str = "", source_url: str = "") -> News:
    """What a reader is told of a revision, from the event before (None if it is new) and after it."""
    was_public = before is not None and before.public
    why = News(before=None, after=after, what=(), reason=reason, source=source, source_url=source_url)
    if before is None or not was_public or not after.public:
        return replace(why, before=before if was_public else None, what=_coming(before, after))
    found = {_status(before, after), _dates(before.span, after.span), _place(before, after)}
    found |= {_confidence(before, after), What.RENAMED if before.title != after.title else None}
    found |= {What.MODE if before.mode is not after.mode else None}
    told = frozenset[str]().union(*(_TELLS.get(each, frozenset()) for each in found if each))
    others = tuple(name for name in _FIELDS if name not in told and getattr(before, name) != getattr(after, name))
    found |= {What.EDITED if others else None}
    what = tuple(each for each in What if each in found)
    return replace(why, before=before, what=what, fields=others)


def _coming(before: Event | None, after: Event) -> tuple[What, ...]:
    """What it is that an event comes, comes back or goes."""
    if after.public:
        gone = before is not None and before.published and before.status is Status.WITHDRAWN
        return (What.REINSTATED,) if gone else (What.ADDED,)
    return (What.WITHDRAWN,) if before is not None and before.public else ()


def _status(before: Event, after: Event) -> What | None:
    if before.status is after.status:
        return None
    if after.status is Status.CANCELLED:
        return What.CANCELLED
    if after.status is Status.POSTPONED:
        return What.POSTPONED
    if before.off:
        return What.REINSTATED
    return What.CONFIRMED if after.status is Status.CONFIRMED else What.EXPECTED


def _dates(before: Span, after: Span) -> What | None:
    if before == after:
        return None
    if (before.first, before.last, before.precision) == (after.first, after.last, after.precision):
        return What.TIMED
    if before.precision is not Precision.DAY and _within(after, before):
        return What.SHARPENED
    if after.precision is not Precision.DAY and _within(before, after):
        return What.BLURRED
    return What.MOVED


def _within(inner: Span, outer: Span) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def _place(before: Event, after: Event) -> What | None:
    was, now = (before.city, before.country), (after.city, after.country)
    # What goes online has no city any more, which its mode tells.
    if was == now or (before.mode is not after.mode and (_online(before) or _online(after))):
        return None
    return What.PLACED if all(old in {"", new} for old, new in zip(was, now, strict=True)) else What.RESITED


def _online(event: Event) -> bool:
    return event.mode is Mode.ONLINE and not event.city


def _confidence(before: Event, after: Event) -> What | None:
    if before.unverified == after.unverified:
        return None
    return What.DOUBTED if after.unverified else What.VERIFIED
