"""JSON: what changed in a selection, each change with what was before, and moves that were announced earlier."""

import json
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from calendar_app import addresses
from calendar_app.changes import Announcement, News, What
from calendar_app.events import Event
from calendar_app.formats import json_objects, news, telling
from calendar_app.formats.feed import Context, Feed

Object = dict[str, Any]


def document(
    feed: Feed,
    told: Sequence[News],
    earlier: Sequence[Announcement],
    context: Context,
    *,
    since: date | None,
    what: str,
    more: bool,
) -> bytes:
    """The object that holds these changes, the newest first, and says what it is.

    `since` is the first day (UTC) and `what` the kind of change that they were asked for by; `more` says that there
    are older ones.
    """
    head: Object = {
        "name": feed.name,
        "description": feed.description,
        "address": feed.address,
        "page": feed.page,
        "updated": telling.moment(feed.changed),
        "since": since.isoformat() if since else None,
        "what": what or None,
        "count": len(told),
        "more": more,
    }
    changes = _rows(_change(each, context) for each in told)
    moves = _rows(_move(each, context) for each in earlier)
    return _bytes(head).removesuffix(b"}") + b', "changes": [' + changes + b'], "announced": [' + moves + b"]}\n"


def _rows(objects: Any) -> bytes:
    rows = b",\n".join(map(_bytes, objects))
    return b"\n" + rows + b"\n" if rows else b""


def _change(told: News, context: Context) -> Object:
    """A recorded change; its id is the revision's for good. Of a withdrawn event it tells that it was, and no more."""
    event, gone = told.after, What.WITHDRAWN in told.what
    return {
        "id": uuid.uuid5(uuid.UUID(event.uid), str(event.sequence)).urn,
        "recorded": telling.moment(told.at),
        **_told(told, context),
        "also": [] if gone else news.names(told, context),
        "source": None if gone or not told.source else {"text": told.source, "url": told.source_url or None},
    }


def _move(each: Announcement, context: Context) -> Object:
    """A move of an event that was recorded after it; the day, month or year of its announcement, if that is known."""
    return {
        "announced": each.announced or None,
        **_told(each.news, context),
        "source_url": each.source_url or None,
        "unverified": not each.verified,
    }


def _told(told: News, context: Context) -> Object:
    event, gone = told.after, What.WITHDRAWN in told.what
    named = {"uid": event.uid, "slug": event.slug, "page": context.base + addresses.event(event.slug)}
    return {
        "what": list(told.what),
        "headline": news.headline(told, context),
        "event": None if gone else named,
        "before": _state(told.before, context) if told.before and not gone else None,
        "after": None if gone else _state(event, context),
        "reason": "" if gone else told.reason,
    }


def _state(event: Event, context: Context) -> Object:
    return {
        "title": event.title,
        "status": event.status,
        "unverified": event.unverified,
        "dates": json_objects.of_span(event.span, context),
        "city": event.city or None,
        "country": event.country or None,
        "venue": event.venue or None,
        "mode": event.mode,
    }


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
