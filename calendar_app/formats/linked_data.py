"""An event as linked data (schema.org, JSON-LD), for programs that read pages: only what is known, never a guess."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from calendar_app.events import Event, Part, Series, convener_of
from calendar_app.spans import Precision, Span
from calendar_app.texts import Texts
from calendar_app.topics import Confidence, Mode, Status

_SCHEMA = "https://schema.org"
_STATUS = {Status.CANCELLED: "EventCancelled", Status.POSTPONED: "EventPostponed"}
_ATTENDANCE = {Mode.IN_PERSON: "Offline", Mode.ONLINE: "Online", Mode.HYBRID: "Mixed"}
Thing = dict[str, Any]


def told(event: Event) -> bool:
    """Whether an event is told as a fact: its days are known, a source was read for them, and it is not only expected.

    schema.org has no way to say of a date that it is a guess, or of an event that it is only expected.
    """
    return event.span.precision is Precision.DAY and not event.unverified and not event.expected


def of(
    event: Event,
    series: Series | None,
    texts: Texts,
    *,
    page: str,
    picture: str,
    series_page: str = "",
    forum: tuple[Event, str] | None = None,
    side_events: Sequence[tuple[Event, str]] = (),
) -> Thing:
    """An event as a schema.org Event; the addresses of its page, its picture and its series' page are absolute.

    `forum` is the public event at which a side event is held, `side_events` are those that are held at this one, each
    with the address of its page.
    """
    above = _beside(*forum, texts) if forum else None
    thing = {
        "@context": _SCHEMA,
        "@type": "Event",
        "identifier": event.uid,
        "name": event.title,
        **_days(event.span),
        **_status(event),
        "eventAttendanceMode": f"{_SCHEMA}/{_ATTENDANCE[event.mode]}EventAttendanceMode",
        "location": list(_locations(event, texts)),
        "url": page,
        "sameAs": event.url,
        "image": picture,
        "description": event.description,
        "organizer": _typed("Organization", name=convener_of(event, series)),
        "superEvent": _typed("EventSeries", name=series.name, url=series_page) if series else above,
        "subEvent": [
            *(_part(part) for part in event.parts if part.span.precision is Precision.DAY),
            *(found for each in side_events if (found := _beside(*each, texts))),
        ],
    }
    return {name: value for name, value in thing.items() if value}


def _days(span: Span) -> Thing:
    """Dates, the last one inclusive; of a timed span moments by the venue's clock, each with its offset from UTC."""
    return {"startDate": _start(span), "endDate": _moment(span.end_utc, span.zone) or span.last.isoformat()}


def _start(span: Span) -> str:
    return _moment(span.start_utc, span.zone) or span.first.isoformat()


def _moment(at: datetime | None, zone: str | None) -> str:
    return at.astimezone(ZoneInfo(zone or "UTC")).isoformat() if at else ""


def _status(event: Event) -> Thing:
    """What became of it, with the first days that it was planned for before, where days they were."""
    now = _start(event.span)
    days = [plan for plan in event.plans if plan.span.precision is Precision.DAY and plan.confidence != Confidence.LOW]
    before = list(dict.fromkeys(start for plan in days if (start := _start(plan.span)) != now))
    before += [now] if event.status is Status.POSTPONED else []
    moved = "EventRescheduled" if before else "EventScheduled"
    status = f"{_SCHEMA}/{_STATUS.get(event.status, moved)}"
    return {"eventStatus": status, "previousStartDate": before[0] if len(before) == 1 else before}


def _locations(event: Event, texts: Texts) -> Iterator[Thing]:
    country = texts.country(event.country, on=event.span.first)
    if event.mode is not Mode.ONLINE and (event.venue or event.city or event.country):
        address = _typed("PostalAddress", addressLocality=event.city, addressCountry=event.country)
        yield {"@type": "Place", "name": event.venue or event.city or country} | (
            {"address": address} if address else {}
        )
    if event.mode is not Mode.IN_PERSON:
        yield _typed("VirtualLocation", url=event.webcast_url or event.url) or {"@type": "VirtualLocation"}


def _part(part: Part) -> Thing:
    place = _typed("Place", name=part.venue)
    thing = {"@type": "Event", "name": part.title, **_days(part.span), "location": place, "url": part.url}
    return {name: value for name, value in thing.items() if value}


def _beside(event: Event, page: str, texts: Texts) -> Thing | None:
    """Another event as far as this one's page tells of it; None where it is not told as a fact."""
    if not told(event):
        return None
    thing = {
        "@type": "Event",
        "name": event.title,
        **_days(event.span),
        "eventStatus": _status(event)["eventStatus"],
        "location": list(_locations(event, texts)),
        "url": page,
    }
    return {name: value for name, value in thing.items() if value}


def _typed(kind: str, **told: Any) -> Thing | None:
    """A thing of a kind with what is known of it; None if nothing is."""
    known = {name: value for name, value in told.items() if value}
    return {"@type": kind, **known} if known else None
