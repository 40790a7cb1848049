"""The components of an ics as their lines, found before any line is read: how deep, how many, how long.

Each event is then read by itself, so that one that is broken spoils no other, and time zones, whose rules
a reader would have to work through, are never read at all.
"""

import re
from dataclasses import dataclass, field

from calendar_app.errors import CalendarError
from calendar_app.imports.limits import DEEPEST, LONGEST_PROPERTY, MOST_PROPERTIES, MOST_ROWS

# What is read of an event; the rest (attendees, attachments, alarms) never comes any further.
READ = frozenset(
    (
        *("UID", "SEQUENCE", "RECURRENCE-ID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE"),
        *("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS", "CATEGORIES", "CLASS"),
        *("RELATED-TO", "REFID"),
    )
)
_LINE = re.compile(r"([A-Za-z0-9-]+)([;:])")
_BESIDE = {"VCALENDAR", "VEVENT", "VTIMEZONE", "VALARM", "STANDARD", "DAYLIGHT"}
_ESCAPED = re.compile(r"\\(.)")


@dataclass(slots=True, kw_only=True)
class Block:
    """The lines of one component. `place` counts the events of the file from 1; `cut` misses its end.

    `left` names properties that were too long or too many, `unread` counts lines that are no property.
    """

    name: str
    calendar: dict[str, str]
    place: int = 0
    lines: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unread: int = 0
    cut: bool = True


@dataclass(slots=True, kw_only=True)
class Components:
    """The events of a file, what its calendars say of themselves, where its zones lie, what else there is."""

    events: list[Block] = field(default_factory=list)
    calendars: list[dict[str, str]] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)
    others: int = 0
    cut: bool = False


def find(text: str) -> Components:
    """The components of an ics whose lines end in a line feed.

    Raises:
        CalendarError: no calendar, or one that is nested too deep or holds too many events.
    """
    found, stack = Components(), list[Block]()
    for line in re.sub("\n[ \t]", "", text).split("\n"):
        word, _, name = line.partition(":")
        if word.upper() == "BEGIN":
            stack.append(_begun(name.strip().upper(), found, stack))
        elif word.upper() == "END":
            _end(name.strip().upper(), found, stack)
        elif stack and line.strip():
            _add(line, stack[-1], found)
    found.cut = bool(stack)
    if not found.calendars:
        raise CalendarError("import-ics-none")
    return found


def _begun(name: str, found: Components, stack: list[Block]) -> Block:
    if len(stack) >= DEEPEST:
        raise CalendarError("import-nesting", most=DEEPEST)
    if name == "VCALENDAR" or (name == "VEVENT" and not found.calendars):
        found.calendars.append({})
    block = Block(name=name[:40], calendar=found.calendars[-1] if found.calendars else {})
    if name == "VEVENT":
        found.events.append(block)
        block.place = len(found.events)
        if block.place > MOST_ROWS:
            raise CalendarError("import-rows", most=MOST_ROWS)
    elif name not in _BESIDE and (not stack or stack[-1].name == "VCALENDAR"):
        found.others += 1
    return block


def _end(name: str, found: Components, stack: list[Block]) -> None:
    """Ends the component of this name and what was left open inside it; an end without a beginning says nothing."""
    if name not in {block.name for block in stack}:
        return
    while stack:
        block = stack.pop()
        if block.name == name:
            block.cut = False
            return


def _add(line: str, block: Block, found: Components) -> None:
    match = _LINE.match(line)
    if not match:
        block.unread += 1
        return
    name = match[1].upper()
    if block.name == "VCALENDAR":
        block.calendar.setdefault(name, value(line))
    elif block.name == "VTIMEZONE" and name in {"TZID", "X-LIC-LOCATION"}:
        block.lines.append(value(line))
        if len(block.lines) == 2:
            found.zones |= {block.lines[0]: block.lines[1], block.lines[1]: block.lines[0]}
    elif block.name == "VEVENT" and name in READ:
        if len(line) > LONGEST_PROPERTY or len(block.lines) >= MOST_PROPERTIES:
            block.left.append(name)
        else:
            block.lines.append(line)


def value(line: str) -> str:
    """The text of a property without what escapes it (RFC 5545 §3.3.11)."""
    text = line.partition(":")[2]
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()
