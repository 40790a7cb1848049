"""Content lines and components read from any bytes, with every fault of their form (RFC 5545 §3.1, §3.3, §3.6).

Reads independently of `ical`, which writes, and of the library that writes there: a linter that shares
either shares its mistakes.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

FILE = "file"  # no component is named in small letters
_MOST_OCTETS = 75
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BREAK = re.compile(rb"\r\n|\r|\n")
_FOLD = (b" ", b"\t")
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_INVISIBLE = re.compile("[\u0085\u2028\u2029\ufeff]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_ESCAPED = re.compile(r"\\(.)")
_TEXT = re.compile(r"(?:[^\\]|\\[\\;,nN])*")
_PIECE = re.compile(r"(?:^|,)((?:[^\\,]|\\.|\\$)*)")
_CLOCK = re.compile(r"T([01][0-9]|2[0-3])[0-5][0-9]([0-5][0-9]|60)Z?")
_POSITION = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?);([+-]?[0-9]+(?:\.[0-9]+)?)")
_TIME = r"T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
_DURATION = re.compile(rf"([+-]?)P(?:[0-9]+W|[0-9]+D(?:{_TIME})?|{_TIME})")
# The letters of RFC 3986 §2, of an address with a host.
_HTTP = re.compile(r"https?://(?![/?#:])(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A rule that is broken, at which line of the file (from 1), and by what."""

    rule: str
    line: int
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentLine:
    """A property, BEGIN or END, unfolded: names in capitals, parameters and value as written."""

    number: int
    name: str
    parameters: Mapping[str, str]
    value: str

    @property
    def kind(self) -> str:
        """The value's type if the line names it; else ""."""
        return self.parameters.get("VALUE", "").strip('"').upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A component from its first line to its last, its name in capitals. The file as a whole is one: `FILE`."""

    name: str
    parent: str
    line: int
    end: int
    properties: Sequence[ContentLine]
    children: Sequence[str]

    def all(self, name: str) -> list[ContentLine]:
        """The lines of a property, in their order."""
        return [line for line in self.properties if line.name == name]

    def first(self, name: str) -> ContentLine | None:
        """The first line of a property, if there is one."""
        return next((line for line in self.properties if line.name == name), None)

    def value(self, name: str) -> str:
        """The value of the first line of a property; "" if there is none."""
        return next((line.value for line in self.properties if line.name == name), "")


class _Open(NamedTuple):
    """A component that has begun."""

    name: str
    line: int
    properties: list[ContentLine]
    children: list[str]


def read(body: bytes) -> tuple[list[ContentLine], list[Fault]]:
    """The content lines that can be read, and what is wrong with these bytes as lines."""
    faults: list[Fault] = []
    if body.startswith(_BYTE_ORDER_MARK):
        faults.append(Fault(rule="byte-order-mark", line=1))
        body = body.removeprefix(_BYTE_ORDER_MARK)
    physical = _physical(body, faults)
    for number, octets in enumerate(physical, 1):
        if len(octets) > _MOST_OCTETS:
            faults.append(Fault(rule="line-length", line=number, detail=f"{len(octets)} octets"))
        if octets.startswith(_FOLD) and 0x80 <= (octets[1:2] or b" ")[0] < 0xC0:
            faults.append(Fault(rule="fold", line=number))
    texts = [(number, _decoded(number, octets, faults)) for number, octets in _unfolded(physical)]
    lines = [_parsed(number, text, faults) for number, text in texts]
    return [line for line in lines if line], faults


def _physical(body: bytes, faults: list[Fault]) -> list[bytes]:
    """The lines as they stand. A lone CR or LF ends one too, so that one such fault hides no other."""
    lines, start = [], 0
    for found in _BREAK.finditer(body):
        lines.append(body[start : found.start()])
        start = found.end()
        if found[0] != b"\r\n":
            faults.append(Fault(rule="line-break", line=len(lines)))
    if start < len(body):
        lines.append(body[start:])
        faults.append(Fault(rule="last-line", line=len(lines)))
    return lines


def _unfolded(physical: Sequence[bytes]) -> list[tuple[int, bytes]]:
    found: list[tuple[int, list[bytes]]] = []
    for number, octets in enumerate(physical, 1):
        if found and octets.startswith(_FOLD):
            found[-1][1].append(octets[1:])
        else:
            found.append((number, [octets]))
    return [(number, b"".join(pieces)) for number, pieces in found]


def _decoded(number: int, octets: bytes, faults: list[Fault]) -> str:
    """A line's text without control characters, each of which is one fault and not one of the grammar too."""
    try:
        text = octets.decode()
    except UnicodeDecodeError:
        faults.append(Fault(rule="utf-8", line=number))
        text = octets.decode(errors="replace")
    for rule, letters in (("control", _CONTROLS), ("invisible", _INVISIBLE)):
        if found := letters.search(text):
            faults.append(Fault(rule=rule, line=number, detail=f"U+{ord(found[0]):04X}"))
    return _CONTROLS.sub("", text)


def _parsed(number: int, text: str, faults: list[Fault]) -> ContentLine | None:
    name = _NAME.match(text)
    if name is None or text[name.end() : name.end() + 1] not in {";", ":"}:
        faults.append(Fault(rule="content-line", line=number, detail=text[:40]))
        return None
    parameters: dict[str, str] = {}
    end, repeated = name.end(), False
    while found := _PARAMETER.match(text, end):
        repeated |= found[1].upper() in parameters
        parameters.setdefault(found[1].upper(), found[2])
        end = found.end()
    if repeated or text[end : end + 1] != ":":
        faults.append(Fault(rule="parameter", line=number, detail=text[:40]))
    if text[end : end + 1] != ":":
        return None
    return ContentLine(number=number, name=name[0].upper(), parameters=parameters, value=text[end + 1 :])


def components(lines: Sequence[ContentLine]) -> tuple[list[Component], list[Fault]]:
    """Every component, inner ones before their outer ones and the file itself last; and what is nested wrongly."""
    found: list[Component] = []
    faults: list[Fault] = []
    stack = [_Open(FILE, 1, [], [])]
    for line in lines:
        name = line.value.upper()
        if line.name == "BEGIN":
            stack[-1].children.append(name)
            stack.append(_Open(name, line.number, [], []))
        elif line.name == "END":
            if name != stack[-1].name:
                faults.append(Fault(rule="nesting", line=line.number, detail=f"END:{name[:40]}"))
            found += _closed(stack, name, line.number)
        else:
            stack[-1].properties.append(line)
    faults += [Fault(rule="nesting", line=each.line, detail=f"BEGIN:{each.name[:40]}") for each in stack[1:]]
    found += _closed(stack, FILE, lines[-1].number if lines else 1)
    return found, faults


def _closed(stack: list[_Open], name: str, end: int) -> Iterator[Component]:
    """The component of this name that is open, with those within that have no end; none if none is open."""
    if name not in [each.name for each in stack]:
        return
    ended = ""
    while ended != name:
        ended, line, properties, children = stack.pop()
        parent = stack[-1].name if stack else ""
        yield Component(name=ended, parent=parent, line=line, end=end, properties=properties, children=children)


def plain(value: str) -> str:
    """A TEXT value as it is read (RFC 5545 §3.3.11)."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def pieces(value: str) -> list[str]:
    """The values of a list (RFC 5545 §3.1.1), still escaped."""
    return _PIECE.findall(value)


def is_escaped(value: str) -> bool:
    """Whether a backslash stands before nothing but what TEXT has it for."""
    return _TEXT.fullmatch(value) is not None


def bare(value: str, letters: str) -> bool:
    """Whether one of these letters stands in a value without a backslash."""
    return any(letter in letters for letter in _ESCAPED.sub("", value))


def is_date(value: str) -> bool:
    """Whether a value is a DATE (RFC 5545 §3.3.4) that there is."""
    if re.fullmatch(r"[0-9]{8}", value) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_date_time(value: str) -> bool:
    """Whether a value is a DATE-TIME (RFC 5545 §3.3.5) that there is, in UTC or, without Z, local."""
    return is_date(value[:8]) and _CLOCK.fullmatch(value[8:]) is not None


def sign(value: str) -> int:
    """1 for a positive DURATION (RFC 5545 §3.3.6), -1 for a negative one; 0 for nothing, and for what is none."""
    found = _DURATION.fullmatch(value)
    if found is None or not re.search(r"[1-9]", value):
        return 0
    return -1 if found[1] == "-" else 1


def is_http(value: str) -> bool:
    """Whether a value is a URI (RFC 5545 §3.3.13) of the web."""
    return _HTTP.fullmatch(value) is not None


def is_position(value: str) -> bool:
    """Whether a value is two FLOATs (RFC 5545 §3.3.7), degrees of latitude and of longitude."""
    found = _POSITION.fullmatch(value)
    return found is not None and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180
