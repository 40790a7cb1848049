"""The pieces of a line without its dates: the place, the hours, how people take part, the series, else the title."""

import re
from dataclasses import dataclass, replace
from itertools import islice

from calendar_app.fields import line
from calendar_app.imports import locations
from calendar_app.imports.limits import MOST_PIECES
from calendar_app.imports.series import Names
from calendar_app.topics import Mode

DATES, LINK = "\n", "\t"  # what stands in the line for what was taken out
_SEPARATOR = re.compile(r"(?:\s*[,;|\t\n]|:(?=\s))+\s*(?:(?:in|at|à)\s+)?|\s+[-–—]\s+|\s+in\s+|\s*[()]\s*")
_HOURS = re.compile(r"([0-9]{1,2}:[0-9]{2})\s*(?:[-–—]|to)\s*([0-9]{1,2}:[0-9]{2})")
_WEEKDAYS = re.compile(r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: *(?:[-–—]|to) *)?){1,2}", re.IGNORECASE)
_ENDS = " .,;:|-–—"
_LONGEST_CITY = 4  # words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """One piece, and where it stands in the line."""

    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """The fields of a place, its zone, and the pieces that tell it."""

    fields: dict[str, str]
    zone: str
    pieces: tuple[_Piece, ...]


def read(text: str, names: Names) -> tuple[str, dict[str, str]]:
    """The title, and the fields of the place, mode, hours and series that a line tells."""
    pieces = _split(text)
    modes = {mode for piece in pieces if (mode := locations.mode_of(piece.text))}
    bare = [piece for piece in pieces if not locations.mode_of(piece.text) and not _HOURS.fullmatch(piece.text)]
    place = _place(bare, names)
    rest = [piece for piece in bare if piece not in place.pieces]
    venue = _venue(text, rest, place)
    title = _joined(text, pieces, [piece for piece in rest if piece not in venue])
    series = names.find(title) or next(filter(None, (names.find(piece.text) for piece in rest)), "")
    told = {**place.fields, "series": series, "venue": ", ".join(piece.text for piece in venue)}
    if modes:
        both = Mode.HYBRID in modes or "city" in told
        told["mode"] = str(Mode.HYBRID if both else Mode.ONLINE)
    return title, told | _hours(pieces, place.zone)


def _split(text: str) -> list[_Piece]:
    found, begin = [], 0
    for separator in (*islice(_SEPARATOR.finditer(text), MOST_PIECES), None):
        end = separator.start() if separator else len(text)
        told = line(text[begin:end].strip(_ENDS))
        if told and not _WEEKDAYS.fullmatch(told):
            found.append(_Piece(begin=begin, end=end, text=told))
        begin = separator.end() if separator else end
    return found


def _place(pieces: list[_Piece], names: Names) -> _Place:
    """The place that the pieces tell: the last country with its city, or else the last city that is known."""
    for at in range(len(pieces) - 1, -1, -1):
        if code := locations.country_code(pieces[at].text):
            around = [*pieces[:at][::-1], *pieces[at + 1 :]]
            found = _known(around, code) or _unknown(pieces, at, code, names)
            fields = found.fields if found else {"country": code}
            return _Place(
                fields=fields, zone=found.zone if found else "", pieces=(*(found.pieces if found else ()), pieces[at])
            )
    return _known(pieces[::-1], "") or _Place(fields={}, zone="", pieces=())


def _known(pieces: list[_Piece], code: str) -> _Place | None:
    """The first of the pieces that is a city of the calendar, perhaps "and online"."""
    for piece in pieces:
        both = locations.with_online(piece.text)
        if city := locations.known_city(both or piece.text, code):
            fields = {"city": city.name, "country": city.country} | ({"mode": str(Mode.HYBRID)} if both else {})
            return _Place(fields=fields, zone=city.zone, pieces=(piece,))
    return None


def _unknown(pieces: list[_Piece], at: int, code: str, names: Names) -> _Place | None:
    """The piece before a country as its city, if it looks like one and another is left for the title."""
    before = pieces[at - 1] if at else None
    if before is None or len(pieces) < 3 or names.find(before.text):
        return None
    words = before.text.split()
    if len(words) > _LONGEST_CITY or not words[0][0].isupper() or any(map(str.isdigit, before.text)):
        return None
    return _Place(fields={"city": before.text, "country": code}, zone="", pieces=(before,))


def _venue(text: str, rest: list[_Piece], place: _Place) -> list[_Piece]:
    """The pieces between the dates and the city, where the title stands before the dates."""
    dates = text.find(DATES)
    if dates < 0 or not place.pieces or not any(piece.end <= dates for piece in rest):
        return []
    city = min(piece.begin for piece in place.pieces)
    return [piece for piece in rest if dates <= piece.begin < city]


def _joined(text: str, pieces: list[_Piece], kept: list[_Piece]) -> str:
    """The pieces of the title as they stand in the line, those with something between them joined by commas."""
    runs: list[_Piece] = []
    for piece in kept:
        before = pieces.index(piece) - 1
        joins = runs and before >= 0 and pieces[before].end == runs[-1].end
        if joins and not {DATES, LINK} & set(text[runs[-1].end : piece.begin]):
            runs[-1] = replace(runs[-1], end=piece.end)
        else:
            runs.append(piece)
    told = (line(text[run.begin : run.end].strip(_ENDS)) for run in runs)
    return ", ".join(f"{title})" if title.count("(") > title.count(")") else title for title in told)


def _hours(pieces: list[_Piece], zone: str) -> dict[str, str]:
    """The hours of an event by the clock of its city."""
    found = next(filter(None, (_HOURS.fullmatch(piece.text) for piece in pieces)), None)
    return {"start_time": found[1], "end_time": found[2], "timezone": zone} if found else {}
