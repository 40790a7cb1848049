"""What is wrong with a calendar: RFC 5545, 7986 and 9253, and the rules of this house, each by its clause.

Independent of `ical`, which writes calendars, and of the library that it writes them with.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter

from calendar_app.formats import content_lines
from calendar_app.formats.content_lines import FILE, Component, ContentLine, Fault
from calendar_app.formats.lint_rules import COLORS, KINDS, REFUSED, RULES, Finding, Kind, finding

__all__ = ["RULES", "Finding", "check"]

_TEXTS = "COMMENT CONTACT DESCRIPTION LOCATION NAME PRODID REFID RELATED-TO SUMMARY TZID UID X-WR-CALDESC X-WR-CALNAME"


def _like(pattern: str) -> Callable[[ContentLine], bool]:
    """A check that a whole value is like a pattern; capitals mean nothing (RFC 5545 §2)."""
    whole = re.compile(pattern, re.IGNORECASE | re.ASCII)
    return lambda line: whole.fullmatch(line.value) is not None


def _is_instant(line: ContentLine) -> bool:
    return line.value.endswith("Z") and content_lines.is_date_time(line.value) and "TZID" not in line.parameters


def _is_typed_address(line: ContentLine) -> bool:
    return content_lines.is_http(line.value) and line.kind == "URI"


def _is_refresh(line: ContentLine) -> bool:
    return content_lines.sign(line.value) > 0 and line.kind == "DURATION"


def _is_related(line: ContentLine) -> bool:
    """Whether LINKREL is there: a registered name, or a URI, and that alone in quotes (RFC 9253 §6.1)."""
    relation = line.parameters.get("LINKREL", "")
    return re.fullmatch(r'[A-Za-z0-9-]+|"[A-Za-z][A-Za-z0-9+.-]*:[^"]+"', relation) is not None


# A rule, the properties whose value it is about, and whether a value keeps it.
_VALUES: Sequence[tuple[str, str, Callable[[ContentLine], bool]]] = (
    ("version", "VERSION", _like(r"2\.0")),
    ("product", "PRODID", _like(r".*\S.*")),
    ("scale", "CALSCALE", _like("GREGORIAN")),
    ("refresh-interval", "REFRESH-INTERVAL", _is_refresh),
    ("published-ttl", "X-PUBLISHED-TTL", lambda line: content_lines.sign(line.value) > 0),
    ("source", "SOURCE", _is_typed_address),
    ("color", "COLOR", lambda line: line.value.lower() in COLORS),
    ("uid", "UID", _like("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")),
    ("created", "CREATED", _is_instant),
    ("stamp", "DTSTAMP", _is_instant),
    ("last-modified", "LAST-MODIFIED", _is_instant),
    ("sequence", "SEQUENCE", _like("[0-9]{1,9}")),
    ("status", "STATUS", _like("TENTATIVE|CONFIRMED|CANCELLED")),
    ("transparency", "TRANSP", _like("OPAQUE|TRANSPARENT")),
    ("priority", "PRIORITY", _like("[0-9]")),
    ("busy", "X-MICROSOFT-CDO-BUSYSTATUS", _like("FREE|TENTATIVE|BUSY|OOF")),
    ("escape", f"{_TEXTS} CATEGORIES RESOURCES", lambda line: content_lines.is_escaped(line.value)),
    ("bare", _TEXTS, lambda line: not content_lines.bare(line.value, ";,")),
    ("bare", "CATEGORIES RESOURCES", lambda line: not content_lines.bare(line.value, ";")),
    ("category-comma", "CATEGORIES", _like(r"([^\\]|\\[^,]|\\$)*")),
    ("geo", "GEO", lambda line: content_lines.is_position(line.value)),
    ("url", "URL TZURL", lambda line: content_lines.is_http(line.value)),
    ("concept", "CONCEPT", lambda line: content_lines.is_http(line.value)),
    ("link", "LINK", lambda line: _is_typed_address(line) and _is_related(line)),
    ("refid", "REFID", _like(r".*\S.*")),
    ("conference", "CONFERENCE", _is_typed_address),
    ("related", "RELATED-TO", _like(r".*\S.*")),
    ("alarm-action", "ACTION", _like("DISPLAY")),
    ("alarm-trigger", "TRIGGER", lambda line: content_lines.sign(line.value) < 0),
    ("zone-id", "TZID", _like(r".*\S.*")),
    ("offset", "TZOFFSETFROM TZOFFSETTO", _like(r"(?!-0000)[+-]([01][0-9]|2[0-3])[0-5][0-9]([0-5][0-9])?")),
)
_CHECKS: dict[str, list[tuple[str, Callable[[ContentLine], bool]]]] = defaultdict(list)
for _rule, _names, _keeps in _VALUES:
    for _name in _names.split():
        _CHECKS[_name].append((_rule, _keeps))


def check(body: bytes) -> list[Finding]:
    """All that is wrong with a calendar, in the order of its lines; of any bytes at all."""
    lines, faults = content_lines.read(body)
    found, nested = content_lines.components(lines)
    faults += nested
    faults += _file(found)
    for component in found:
        faults += _component(component)
    events = sorted((each.line, each.end, each.value("UID")) for each in found if each.name == "VEVENT")
    faults.sort(key=lambda fault: (fault.line, fault.rule, fault.detail))
    return [finding(fault, uid=_uid_at(fault.line, events)) for fault in faults]


def _uid_at(line: int, events: Sequence[tuple[int, int, str]]) -> str:
    """The UID of the event, told by first line, last line and UID, that a line is in; "" if it is in none."""
    begun = bisect_right(events, line, key=itemgetter(0))
    _, last, uid = events[begun - 1] if begun else (0, 0, "")
    return uid if line <= last else ""


def _fault(rule: str, line: ContentLine) -> Fault:
    return Fault(rule=rule, line=line.number, detail=f"{line.name}:{line.value}"[:60])


def _file(found: Sequence[Component]) -> Iterator[Fault]:
    """What is wrong with the whole: not one calendar, something beside it, two events with one UID."""
    calendars = [each for each in found if (each.name, each.parent) == ("VCALENDAR", FILE)]
    if not calendars:
        yield Fault(rule="one-calendar", line=1, detail="there is none")
    yield from (Fault(rule="one-calendar", line=each.line, detail="one more") for each in calendars[1:])
    yield from (_fault("one-calendar", line) for line in found[-1].properties)
    seen: set[str] = set()
    for each in found:
        for line in each.all("UID") if each.name == "VEVENT" else ():
            if line.value in seen:
                yield _fault("uid-unique", line)
            seen.add(line.value)


def _component(component: Component) -> Iterator[Fault]:
    """What is wrong with a component: its place, its properties, then what these say together."""
    kind = KINDS.get(component.name)
    if kind is None:
        if component.name != FILE and not component.name.startswith("X-"):
            yield Fault(rule="component", line=component.line, detail=component.name[:40])
        return
    if component.parent != kind.within:
        yield Fault(rule="placement", line=component.line, detail=component.name)
    yield from _counts(component, kind)
    for line in component.properties:
        if not kind.has(line.name) and not line.name.startswith("X-"):
            yield _fault(REFUSED.get(line.name, "property"), line)
        yield from (_fault(rule, line) for rule, keeps in _CHECKS.get(line.name, ()) if not keeps(line))
    if together := _TOGETHER.get(component.name):
        yield from together(component)


def _counts(component: Component, kind: Kind) -> Iterator[Fault]:
    for name, rule in kind.once.items():
        if component.first(name) is None:
            yield Fault(rule=rule, line=component.line, detail=f"no {name}")
        yield from (Fault(rule=rule, line=line.number, detail=f"{name} again") for line in component.all(name)[1:])
    for name in sorted(kind.most):
        yield from (Fault(rule=kind.twice, line=line.number, detail=name) for line in component.all(name)[1:])


def _calendar(calendar: Component) -> Iterator[Fault]:
    if not calendar.children:
        yield Fault(rule="calendar-empty", line=calendar.line)
    name = calendar.first("NAME")
    if name and not calendar.first("UID"):
        yield _fault("calendar-uid", name)
    for rule, one, other in (
        ("name-agrees", "NAME", "X-WR-CALNAME"),
        ("description-agrees", "DESCRIPTION", "X-WR-CALDESC"),
    ):
        line = calendar.first(other) or calendar.first(one)
        if line and calendar.value(one) != calendar.value(other):
            yield _fault(rule, line)


def _event(event: Component) -> Iterator[Fault]:
    yield from _times(event)
    yield from _days(event)
    yield from _busy(event)
    yield from _words(event)
    stamp, modified = event.first("DTSTAMP"), event.first("LAST-MODIFIED")
    if stamp and modified and _is_instant(stamp) and _is_instant(modified) and stamp.value != modified.value:
        yield _fault("stamps-agree", modified)
    for line in event.all("CATEGORIES"):
        told = [content_lines.plain(piece).strip() for piece in content_lines.pieces(line.value)]
        if "" in told or len(set(told)) < len(told):
            yield _fault("category", line)


def _times(event: Component) -> Iterator[Fault]:
    start, end = event.first("DTSTART"), event.first("DTEND")
    wrong = [(rule, line) for line in (start, end) if line and (rule := _broken_by(line))]
    yield from (_fault(rule, line) for rule, line in wrong)
    if end and (duration := event.first("DURATION")):
        yield _fault("duration", duration)
    if wrong or not start or not end:
        return
    if len(start.value) != len(end.value):
        yield _fault("end-type", end)
    elif end.value <= start.value:
        # Both are dates or both are in UTC, so that the later one is the greater text.
        yield _fault("end-later", end)


def _broken_by(line: ContentLine) -> str:
    """The rule that a DTSTART or DTEND breaks; "" if it breaks none."""
    if line.kind == "DATE":
        return "" if content_lines.is_date(line.value) and "TZID" not in line.parameters else "date"
    if content_lines.is_date(line.value):
        return "date-marked"
    if line.kind not in {"", "DATE-TIME"} or not content_lines.is_date_time(line.value):
        return "date-time"
    return "" if _is_instant(line) else "utc"


def _days(event: Component) -> Iterator[Fault]:
    start = event.first("DTSTART")
    marks = event.all("X-MICROSOFT-CDO-ALLDAYEVENT")
    if start and [line.value.upper() for line in marks] != ([] if "T" in start.value else ["TRUE"]):
        yield _fault("all-day", [start, *marks][-1])


def _busy(event: Component) -> Iterator[Fault]:
    busy = event.first("X-MICROSOFT-CDO-BUSYSTATUS")
    transparency = (event.value("TRANSP") or "OPAQUE").upper()
    if busy and {"OPAQUE": True, "TRANSPARENT": False}.get(transparency) is (busy.value.upper() == "FREE"):
        yield _fault("busy-agrees", busy)


def _words(event: Component) -> Iterator[Fault]:
    description, url = event.first("DESCRIPTION"), event.first("URL")
    tombstone = event.value("STATUS").upper() == "CANCELLED" and not description and not url
    for name in ("SUMMARY",) if tombstone else ("SUMMARY", "DESCRIPTION", "URL"):
        if not event.first(name):
            yield Fault(rule="told", line=event.line, detail=f"no {name}")
    if description and url and content_lines.plain(description.value).split("\n")[-1] != url.value:
        yield _fault("last-words", description)


def _zone(zone: Component) -> Iterator[Fault]:
    if not {"STANDARD", "DAYLIGHT"}.intersection(zone.children):
        yield Fault(rule="zone-rules", line=zone.line)


def _zone_rule(rule: Component) -> Iterator[Fault]:
    for line in rule.all("DTSTART"):
        if "TZID" in line.parameters or line.value.endswith("Z") or not content_lines.is_date_time(line.value):
            yield _fault("zone-start", line)


# What the properties of a component say together.
_TOGETHER: Mapping[str, Callable[[Component], Iterator[Fault]]] = {
    "VCALENDAR": _calendar,
    "VEVENT": _event,
    "VTIMEZONE": _zone,
    "STANDARD": _zone_rule,
    "DAYLIGHT": _zone_rule,
}
