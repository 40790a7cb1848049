"""The events of an ics (RFC 5545) as entries; beside the writer of calendars the only user of icalendar.

icalendar is given one event at a time, and no names of zones: it would keep what a file says of them.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from icalendar import Component, Event
from icalendar.prop import vBroken, vDDDLists, vDDDTypes, vRecur
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calendar_app.errors import CalendarError, Problem
from calendar_app.fields import line
from calendar_app.imports import zones
from calendar_app.imports.components import Block, Components
from calendar_app.imports.entries import Entry, Moment

# The field at which a property that can't be read is told; of the others it is a note.
_FIELDS = {
    **dict.fromkeys(("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE"), "dates"),
    "SUMMARY": "title",
}
_ZONE = re.compile(";TZID=", re.IGNORECASE)
# What icalendar raises for lines that it can't take at all.
_UNREADABLE = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


def read(found: Components) -> Iterator[Entry]:
    """Each event of a file; what can't be read of one is a problem or a note of its own."""
    for block in found.events:
        yield _entry(block, found.zones)


def _entry(block: Block, located: Mapping[str, str]) -> Entry:
    vevent, broken = _parsed(block)
    words = {name: line(_text(vevent, name)) for name in ("UID", "SUMMARY", "URL", "STATUS", "CLASS", "REFID")}
    related = _first(vevent, "RELATED-TO")
    return Entry(
        place=block.place,
        calendar=block.calendar,
        uid=words["UID"],
        sequence=_number(_first(vevent, "SEQUENCE")),
        start=_moment(_first(vevent, "DTSTART"), located),
        end=_moment(_first(vevent, "DTEND"), located),
        length=_length(_first(vevent, "DURATION")),
        recurrence=_moment(_first(vevent, "RECURRENCE-ID"), located),
        rules=tuple(_rule(rule) for rule in _all(vevent, "RRULE") if isinstance(rule, vRecur)),
        added=_moments(vevent, "RDATE", located),
        excluded=_moments(vevent, "EXDATE", located),
        title=words["SUMMARY"],
        description=_text(vevent, "DESCRIPTION"),
        location=_text(vevent, "LOCATION"),
        url=words["URL"],
        status=words["STATUS"].upper(),
        categories=tuple(line(str(name)) for group in _all(vevent, "CATEGORIES") for name in group.cats),
        private=words["CLASS"].upper() in {"PRIVATE", "CONFIDENTIAL"},
        series=words["REFID"],
        within=related is not None and _parameter(related, "RELTYPE").upper() in {"", "PARENT"},
        problems=tuple(_problems(vevent, block, broken)),
        notes=tuple(_notes(vevent, block, broken)),
    )


def _parsed(block: Block) -> tuple[Component, list[str | None]]:
    """The event, and the properties of it that are broken; None is a line that is no property at all."""
    lines = [_ZONE.sub(";X-ZONE=", each, count=1) for each in block.lines]
    try:
        vevent = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]).encode())
    except _UNREADABLE:
        return Event(), [*_FIELDS]
    if not isinstance(vevent, Event):
        return Event(), [*_FIELDS]
    return vevent, [name for name, _ in vevent.errors]


def _problems(vevent: Component, block: Block, broken: list[str | None]) -> Iterator[Problem]:
    names = dict.fromkeys((*broken, *block.left, *(["EXRULE"] if "EXRULE" in vevent else [])))
    for name, field in _FIELDS.items():
        if name in names:
            yield Problem(field=field, error=CalendarError("import-property", name=name))
    if block.cut:
        yield Problem(field="form", error=CalendarError("import-cut"))


def _notes(vevent: Component, block: Block, broken: list[str | None]) -> Iterator[CalendarError]:
    for name in sorted({name for name in (*broken, *block.left) if name} - set(_FIELDS)):
        yield CalendarError("import-property-left", name=name)
    if unread := block.unread + broken.count(None):
        yield CalendarError("import-lines-left", count=unread)
    changed = _first(vevent, "RECURRENCE-ID")
    if changed is not None and _parameter(changed, "RANGE"):
        yield CalendarError("import-range")


def _all(vevent: Component, name: str) -> list[Any]:
    """The values of a property that could be read, in their order."""
    found = vevent.get(name, [])
    return [each for each in (found if isinstance(found, list) else [found]) if not isinstance(each, vBroken)]


def _first(vevent: Component, name: str) -> Any:
    return next(iter(_all(vevent, name)), None)


def _text(vevent: Component, name: str) -> str:
    found = _first(vevent, name)
    return "" if found is None else str(found)


def _parameter(value: Any, name: str) -> str:
    found = value.params.get(name, "")
    return found if isinstance(found, str) else ""


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int) else 0


def _length(value: Any) -> timedelta | None:
    length = value.dt if isinstance(value, vDDDTypes) else None
    return length if isinstance(length, timedelta) else None


def _rule(rule: vRecur) -> dict[str, list[object]]:
    """The parts of a recurrence rule by name in capitals, each a list."""
    said = {str(part).upper(): list(values) for part, values in rule.items()}
    if "UNTIL" in said:
        said["UNTIL"] = [_at(until, "", {}) for until in said["UNTIL"]]
    return said


def _moments(vevent: Component, name: str, located: Mapping[str, str]) -> tuple[Moment, ...]:
    """The moments of lists of dates; of a period, its start."""
    lists = [each for each in _all(vevent, name) if isinstance(each, vDDDLists)]
    zones_of = [(each.dt, _parameter(dates, "X-ZONE")) for dates in lists for each in dates.dts]
    found = (_at(value[0] if isinstance(value, tuple) else value, zone, located) for value, zone in zones_of)
    return tuple(moment for moment in found if moment)


def _moment(value: Any, located: Mapping[str, str]) -> Moment | None:
    return _at(value.dt, _parameter(value, "X-ZONE"), located) if isinstance(value, vDDDTypes) else None


def _at(value: object, zone: str, located: Mapping[str, str]) -> Moment | None:
    if not isinstance(value, date):
        return None
    if not isinstance(value, datetime):
        return Moment(at=datetime.combine(value, time.min))
    if value.tzinfo:
        return Moment(at=_in_utc(value), timed=True, zone="UTC")
    known = zones.find(zone, located, WINDOWS_TO_OLSON) if zone else ""
    return Moment(at=value, timed=True, zone=known, unknown="" if known else line(zone)[:60])


def _in_utc(value: datetime) -> datetime:
    return value.astimezone(UTC).replace(tzinfo=None)
