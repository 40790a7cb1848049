"""JSON: every event as the API gives it, with all that is known of it."""

import json
from collections.abc import Sequence
from typing import Any

from calendar_app import addresses, spans
from calendar_app.events import Claim, Event, Plan, convener_of, roles_of
from calendar_app.formats import telling
from calendar_app.formats.feed import Context, Feed
from calendar_app.formats.layers import Item, Layer
from calendar_app.spans import Span

Object = dict[str, Any]


def entry(item: Item, context: Context) -> bytes:
    """An item as a JSON object on a line."""
    return _bytes(of_event(item.event, context, layer=item.layer))


def document(feed: Feed, entries: Sequence[bytes]) -> bytes:
    """The object that holds these, and says what it is."""
    told = {
        "name": feed.name,
        "description": telling.calendar(feed, empty=not entries),
        "address": feed.address,
        "page": feed.page,
        "updated": telling.moment(feed.changed),
        "count": len(entries),
    }
    return _bytes(told).removesuffix(b"}") + b', "events": [\n' + b",\n".join(entries) + b"\n]}\n"


def of_event(event: Event, context: Context, *, layer: Layer = Layer.EVENT) -> Object:
    """An event as JSON values; dates only as exact as they are known ("2016-11"), moments in UTC."""
    series = context.series.get(event.series)
    page = context.base + addresses.event(event.slug)
    return {
        "uid": event.uid,
        "slug": event.slug,
        "layer": layer,
        "part_of": event.part_of or None,
        "held_at": event.held_at if event.forum else None,
        "title": event.title,
        "status": event.status,
        "unverified": event.unverified,
        "dates": of_span(event.span, context),
        "place": _place(event, context),
        "mode": event.mode,
        "series": event.series or None,
        "kind": event.kind,
        "convener": convener_of(event, series) or None,
        "roles": list(roles_of(event, series)),
        "themes": list(event.themes),
        "sdgs": list(event.sdgs),
        "description": event.description,
        "url": event.url or None,
        "registration_url": event.registration_url or None,
        "webcast_url": event.webcast_url or None,
        "source": {"text": event.source, "url": event.source_url or None, "date": event.source_date or None},
        "plans": [_dated(plan, context) | {"reason": plan.reason} for plan in event.plans],
        "claims": [_dated(claim, context) | {"source": claim.source} for claim in event.claims],
        "deadlines": [{"uid": last.uid, "kind": last.kind, "day": last.day.isoformat()} for last in event.deadlines],
        "parts": [
            {
                "uid": part.uid,
                "title": part.title,
                "venue": part.venue or None,
                "url": part.url or None,
                "dates": of_span(part.span, context),
            }
            for part in event.parts
        ],
        "page": page,
        "ics": context.base + addresses.event_file(event.slug),
        "sequence": event.sequence,
        "updated": telling.moment(event.stamp),
    }


def of_span(span: Span, context: Context) -> Object:
    """A span: its text, first and last day (inclusive) as exact as known, and its times with their zone."""
    first, last = spans.to_iso(span)
    told: Object = {"text": context.texts.span_honest(span), "first": first, "last": last, "precision": span.precision}
    if span.start_time and span.end_time and span.start_utc and span.end_utc:
        told |= {
            "start": span.start_time.isoformat("minutes"),
            "end": span.end_time.isoformat("minutes"),
            "timezone": span.zone,
            "start_utc": telling.moment(span.start_utc),
            "end_utc": telling.moment(span.end_utc),
        }
    return told


def _place(event: Event, context: Context) -> Object:
    latitude, longitude = telling.coordinates(event) or (None, None)
    return {
        "city": event.city or None,
        "country": event.country or None,
        "country_name": context.texts.country(event.country, on=event.span.first) or None,
        "venue": event.venue or None,
        "latitude": latitude,
        "longitude": longitude,
    }


def _dated(part: Plan | Claim, context: Context) -> Object:
    return {"dates": of_span(part.span, context), "city": part.city or None, "country": part.country or None}


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
