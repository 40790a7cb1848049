"""The schemas of what is sent: the validator's own model, with what its checks say beyond it."""

from collections.abc import Mapping
from typing import Any

from calendar_app import places, spans
from calendar_app.fields import Fields
from calendar_app.topics import SDGS, SERIES_KINDS, THEMES, Kind, Mode, Role, Status

Schema = dict[str, Any]

# At least one character that is seen, and that no cleaning takes away.
_SEEN = r"[^\s\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]"
_LINK: Schema = {
    "format": "link",
    "description": "an http or https address; empty for none",
    "examples": ["https://www.un.org/"],
}
_TIME: Schema = {
    "format": "clock-time",
    "description": "by the clock of `timezone`, of a one-day event; both times and the zone, or none",
}
_DATES = (
    "18-22 April 2016, 30 October - 4 November 2027, November 2027, 2028 or 2027-07-06; only as exact as they are"
    " known. A change of dates names its `source`."
)


def _choice(values: Any) -> list[str]:
    """The values of a vocabulary, and nothing."""
    return [*map(str, values), ""]


# What the checks of a field say of it, in the words of JSON Schema as far as it has them.
_SAID: Mapping[str, Schema] = {
    # No pattern: what a letter is in every script, the regular expressions of JSON Schema can't say alike everywhere.
    "title": {
        "format": "event-title",
        "description": "with a letter or a figure in it",
        "examples": ["World Telecommunication Policy Forum"],
    },
    "dates": {"format": "event-dates", "description": _DATES, "examples": ["18-22 April 2033"]},
    "source": {
        "pattern": _SEEN,
        "description": "where the dates were read: a link or a document",
        "examples": ["Note verbale of 3 March 2032"],
    },
    "series": {"format": "series-key", "description": "a key of `/api/v1/series`; empty for none"},
    "kind": {"enum": _choice(SERIES_KINDS), "description": "empty for the series’ own"},
    "start_time": {**_TIME, "examples": ["09:00"]},
    "end_time": {**_TIME, "examples": ["17:30"]},
    "timezone": {"enum": _choice(sorted(spans.ZONES)), "description": "of the IANA time zone database"},
    "city": {"examples": ["Geneva"]},
    "country": {"enum": _choice(sorted(places.countries())), "description": "ISO 3166-1 alpha-2", "examples": ["CH"]},
    "mode": {"enum": _choice(Mode), "description": "empty for in-person; an event online has no city"},
    "url": _LINK,
    "registration_url": _LINK,
    "webcast_url": _LINK,
    "description": {"description": "plain text"},
    "convener": {"description": "empty for the series’ own"},
    "themes": {"items": {"enum": list(THEMES)}, "description": "none of a new event: those of its series"},
    "sdgs": {"items": {"enum": list(map(str, SDGS))}, "description": "none of a new event: those of its series"},
    "source_url": _LINK,
    "submitter_email": {"format": "mail-address", "description": "seen by editors alone, until they have decided"},
    "status": {
        "enum": _choice(status for status in Status if status is not Status.WITHDRAWN),
        "description": "scope edit alone; empty for confirmed",
    },
    "role": {"items": {"enum": list(map(str, Role))}, "description": "ITU’s; scope edit alone"},
    "deadlines": {
        "format": "deadline-lines",
        "description": "scope edit alone; one a line, such as registration: 30 September 2027",
    },
    "parts": {
        "format": "part-lines",
        "description": "scope edit alone; one a line, such as 6 July 2027, 13:15-14:30: Opening @ Room XX",
    },
}


def _create() -> Schema:
    found = Fields.model_json_schema()
    properties = {name: _told(name, said) for name, said in found["properties"].items()}
    return {
        **found,
        "title": "NewEvent",
        "description": "A new event, in the fields of the add-event form.",
        "properties": properties,
        "not": {"required": ["mode", "city"], "properties": {"mode": {"const": "online"}, "city": {"pattern": _SEEN}}},
    }


def _told(name: str, found: Schema) -> Schema:
    said = dict(_SAID.get(name, {}))
    items = said.pop("items", None)
    kept = {key: value for key, value in found.items() if key != "title"}
    if items:
        kept["items"] = {"type": "string", **items}
    if "enum" in said:
        kept.pop("maxLength")
    return {**kept, **said}


def _change() -> Schema:
    found = _create()
    required = found["required"]
    properties = {
        name: said if name in required else {**said, "type": [said["type"], "null"]}
        for name, said in found["properties"].items()
        if name != "submitter_email"
    }
    # A side event of ITU's says so, and stays one.
    properties["kind"]["enum"] = _choice(Kind)
    for said in properties.values():
        said.pop("default", None)
        if "enum" in said:
            said["enum"] = [*said["enum"], None]
    properties |= {
        "reason": {"type": ["string", "null"], "maxLength": 500, "description": "why; it stays in the history"},
        "moved": {
            "type": ["boolean", "null"],
            "description": "true where the event was to be then and there and now is not: what stood is kept as an"
            " earlier plan. Otherwise the change puts right what was wrong.",
        },
    }
    return {
        "title": "EventChange",
        "description": "A merge patch (RFC 7396) of an event’s `fields`: only what changes; null or empty takes away.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


CREATE: Schema = _create()
CHANGE: Schema = _change()
# What `fields` of an event holds: all that a change may say of it, and nothing left out.
FIELDS: Schema = {
    "title": "EventFields",
    "description": "An event in the fields of the form; a change is a merge patch of them.",
    "type": "object",
    "additionalProperties": False,
    "required": [name for name in CREATE["properties"] if name != "submitter_email"],
    "properties": {
        name: {key: value for key, value in said.items() if key in {"type", "items", "enum", "description"}}
        | ({"enum": _choice(Kind)} if name == "kind" else {})
        for name, said in CREATE["properties"].items()
        if name != "submitter_email"
    },
}
