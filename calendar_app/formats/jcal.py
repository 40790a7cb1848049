"""jCal (RFC 7265): the same calendar as iCalendar's, from the same objects, in JSON."""

import json
from collections.abc import Sequence
from typing import Any

from calendar_app.formats import ical
from calendar_app.formats.feed import Context, Feed
from calendar_app.formats.layers import Item


def entry(item: Item, context: Context) -> bytes:
    """The component of an item (RFC 7265 §3.3)."""
    return _bytes(ical.component(item, context).to_jcal())


def document(feed: Feed, entries: Sequence[bytes]) -> bytes:
    """The calendar that holds these components (RFC 7265 §3.2)."""
    name, properties, components = ical.calendar(feed, empty=not entries).to_jcal()
    inner = [*map(_bytes, components), *entries]
    return b"[" + _bytes(name) + b"," + _bytes(properties) + b",[\n" + b",\n".join(inner) + b"\n]]\n"


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
