"""Reads calendars on stdin (a JSON list of base64), prints what libical makes of their events as JSON.

The library's file name is the one argument.
"""

import base64
import json
import sys
from collections.abc import Iterator
from ctypes import CDLL, Structure, c_char_p, c_double, c_int, c_void_p

libical = CDLL(sys.argv[1])


class Time(Structure):
    """icaltimetype of libical 3."""

    _fields_ = [
        *((name, c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "is_daylight")),
        ("zone", c_void_p),
    ]


class Geo(Structure):
    """icalgeotype of libical 3."""

    _fields_ = [("lat", c_double), ("lon", c_double)]


def function(name: str, gives: type, *takes: type):
    found = getattr(libical, name)
    found.restype, found.argtypes = gives, takes
    return found


parse = function("icalparser_parse_string", c_void_p, c_char_p)
kind_of = function("icalcomponent_string_to_kind", c_int, c_char_p)
property_of = function("icalproperty_string_to_kind", c_int, c_char_p)
name_of = function("icalcomponent_isa", c_int, c_void_p)
first_component = function("icalcomponent_get_first_component", c_void_p, c_void_p, c_int)
next_component = function("icalcomponent_get_next_component", c_void_p, c_void_p, c_int)
first_property = function("icalcomponent_get_first_property", c_void_p, c_void_p, c_int)
next_property = function("icalcomponent_get_next_property", c_void_p, c_void_p, c_int)
starts = function("icalcomponent_get_dtstart", Time, c_void_p)
ends = function("icalcomponent_get_dtend", Time, c_void_p)
written_time = function("icaltime_as_ical_string", c_char_p, Time)
written = function("icalproperty_get_value_as_string", c_char_p, c_void_p)
value_of = function("icalproperty_get_value", c_void_p, c_void_p)
text_of = function("icalvalue_get_text", c_char_p, c_void_p)
geo_of = function("icalproperty_get_geo", Geo, c_void_p)
free = function("icalcomponent_free", None, c_void_p)

VCALENDAR, VEVENT, ANY = kind_of(b"VCALENDAR"), kind_of(b"VEVENT"), 1

# Version 3 knows nothing of RFC 9253 (libical/libical#762, version 4): it passes over these, and notes that it did.
UNKNOWN = {f"Parse error in property name: {name}" for name in ("CONCEPT", "LINK", "REFID")}


def components(parent: int, kind: int) -> Iterator[int]:
    found = first_component(parent, kind)
    while found:
        yield found
        found = next_component(parent, kind)


def properties(event: int, name: bytes) -> list[int]:
    kind, found = property_of(name), []
    each = first_property(event, kind)
    while each:
        found.append(each)
        each = next_property(event, kind)
    return found


def texts(event: int, name: bytes) -> list[str]:
    return [text_of(value_of(each)).decode() for each in properties(event, name)]


def plain(event: int, name: bytes) -> str | None:
    """A value that is no text: an address, a word of a closed list, a number."""
    found = properties(event, name)
    return written(found[0]).decode() if found else None


def errors(component: int) -> list[str]:
    """What libical could not read, in its own words, which it leaves behind as properties."""
    found = [written(each).decode() for each in properties(component, b"X-LIC-ERROR")]
    inner = [error for each in components(component, ANY) for error in errors(each)]
    return [each for each in found if each not in UNKNOWN] + inner


def iso(time: Time) -> str:
    day = f"{time.year:04}-{time.month:02}-{time.day:02}"
    if time.is_date:
        return day
    assert written_time(time).endswith(b"Z"), "a time of day that is not in UTC"
    return f"{day}T{time.hour:02}:{time.minute:02}:{time.second:02}Z"


def told(event: int) -> dict:
    start, sequence, geo = starts(event), plain(event, b"SEQUENCE"), properties(event, b"GEO")
    return {
        "uid": texts(event, b"UID")[0],
        "summary": next(iter(texts(event, b"SUMMARY")), None),
        "start": iso(start),
        "end": iso(ends(event)),  # exclusive; of its own making where the event gives none
        "allday": bool(start.is_date),
        "categories": texts(event, b"CATEGORIES"),
        "status": plain(event, b"STATUS"),
        "sequence": None if sequence is None else int(sequence),
        "location": next(iter(texts(event, b"LOCATION")), None),
        "description": next(iter(texts(event, b"DESCRIPTION")), None),
        "url": plain(event, b"URL"),
        "geo": [geo_of(geo[0]).lat, geo_of(geo[0]).lon] if geo else None,
        "related_to": next(iter(texts(event, b"RELATED-TO")), None),
    }


def events(ics: str) -> list[dict]:
    root = parse(base64.b64decode(ics))
    assert root, "libical found nothing in it"
    # Several calendars in one file come under a root of libical's own.
    calendars = [root] if name_of(root) == VCALENDAR else list(components(root, VCALENDAR))
    assert not errors(root), errors(root)
    assert calendars, "libical found no calendar in it"
    found = [told(event) for calendar in calendars for event in components(calendar, VEVENT)]
    free(root)
    return found


json.dump([events(ics) for ics in json.load(sys.stdin)], sys.stdout)
