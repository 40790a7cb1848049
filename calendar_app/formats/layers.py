"""What a feed tells of an event: the event itself, its parts and its last days, each an item with a uid of its own."""

from dataclasses import dataclass, replace
from enum import StrEnum

from calendar_app.events import Deadline, Event, Part
from calendar_app.formats.feed import Context
from calendar_app.options import Cancelled, Deadlines, Options, Undated
from calendar_app.spans import Precision, Span
from calendar_app.topics import Confidence, Mode, Status


class Layer(StrEnum):
    """What an item is."""

    EVENT = "event"
    PART = "part"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to tell. A part or a deadline is told as an event of its own, `part_of` the one it belongs to."""

    layer: Layer
    event: Event


def items(event: Event, context: Context) -> list[Item]:
    """The items of an event in the layers that the options ask for, in a fixed order."""
    options, found = context.options, list[Item]()
    if options.deadlines is not Deadlines.ONLY:
        found.append(Item(layer=Layer.EVENT, event=event))
        parts = event.parts if options.parts else ()
        found += [Item(layer=Layer.PART, event=_part(event, part, context)) for part in parts]
    if options.deadlines is not Deadlines.NONE:
        found += [Item(layer=Layer.DEADLINE, event=_deadline(event, last, context)) for last in event.deadlines]
    return found


def refused(event: Event, options: Options, *, calendar: bool) -> str:
    """Why a format has no place for an item: "gone", "off", "undated", "omitted"; "" if it has.

    A `calendar` keeps what it showed and is now withdrawn as a tombstone, and by itself shows nothing longer
    than one month without days, which would fill its weeks; every other format tells whatever there is.
    """
    if event.status is Status.WITHDRAWN:
        shown = calendar and options.cancelled is not Cancelled.HIDE and not _vague(event, options, calendar=calendar)
        return "" if shown else "gone"
    if options.cancelled is Cancelled.HIDE and event.off:
        return "off"
    return _vague(event, options, calendar=calendar)


def _vague(event: Event, options: Options, *, calendar: bool) -> str:
    """Why an event without settled days has no place; "" if it has, or if its days are known."""
    if event.span.precision is Precision.DAY:
        return ""
    if options.undated is Undated.OMIT:
        return "omitted"
    unasked = calendar and options.undated is Undated.MONTH and not event.span.single_month
    return "undated" if unasked else ""


def _part(event: Event, part: Part, context: Context) -> Event:
    title = context.texts.gettext("{part}: {event}").format(part=part.title, event=event.title)
    return replace(
        _bare(event, part.uid), title=title, span=part.span, venue=part.venue or event.venue, url=part.url or event.url
    )


def _deadline(event: Event, deadline: Deadline, context: Context) -> Event:
    kind = context.texts.label("deadline", deadline.kind)
    title = context.texts.gettext("{deadline}: {event}").format(deadline=kind, event=event.title)
    day = Span(first=deadline.day, last=deadline.day, precision=Precision.DAY)
    # What is vague about the event is not about its last day.
    return replace(
        _bare(event, deadline.uid),
        title=title,
        span=day,
        status=Status.CONFIRMED if event.expected else event.status,
        confidence=Confidence.MEDIUM,
        mode=Mode.IN_PERSON,
        city="",
        country="",
        venue="",
        webcast_url="",
    )


def _bare(event: Event, uid: str) -> Event:
    """The event without what is told of it alone: its history, its text, the source of its dates."""
    return replace(
        event,
        uid=uid,
        part_of=event.uid,
        held_at="",
        forum="",
        plans=(),
        claims=(),
        deadlines=(),
        parts=(),
        description="",
        source="",
        source_url="",
        source_date="",
    )
