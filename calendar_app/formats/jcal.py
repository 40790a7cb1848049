"""jCal (RFC 7265): the same calendar as iCalendar's, from the same objects, in JSON."""

import json
from collections.abc import Sequence
from typing import Any

from calendar_app.formats import ical
from calendar_app.formats.feed import Context, Feed
from calendar_app.formats.layers import Item

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def entry(item: Item, context: Context) -> bytes:
    """The component of an item (RFC 7265 §3.3)."""
    return _bytes(_standard(ical.component(item, context).to_jcal()))


def document(feed: Feed, entries: Sequence[bytes]) -> bytes:
    """The calendar that holds these components (RFC 7265 §3.2)."""
    name, properties, components = _standard(ical.calendar(feed, empty=not entries).to_jcal())
    inner = [*map(_bytes, components), *entries]
    return b"[" + _bytes(name) + b"," + _bytes(properties) + b",[\n" + b",\n".join(inner) + b"\n]]\n"


def _standard(component: list[Any]) -> list[Any]:
    name, properties, components = component
    return [name, [_property(*each) for each in properties], [_standard(each) for each in components]]


def _property(name: str, parameters: dict[str, str], kind: str, *values: Any) -> list[Any]:
    """A property; of what no standard gives a type (X-...), as it stands in iCalendar (RFC 7265 §5.1).

    icalendar says "text" or "duration" where it made the value itself; a reader that goes by the RFC would then
    write `X-WR-CALNAME;VALUE=TEXT`, which the programs that made these names up don't know.
    """
    if not name.startswith("x-"):
        return [name, parameters, kind, *values]
    escaped = [value.translate(_ESCAPES) if kind == "text" else value for value in values]
    return [name, parameters, "unknown", *escaped]


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
