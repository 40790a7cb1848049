"""The deadlines and parts of a form's two fields, one a line; and which of an event's own each of them is."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from calendar_app import places, spans
from calendar_app.errors import CalendarError, Problem
from calendar_app.events import Deadline, Event, Part
from calendar_app.fields import line
from calendar_app.pieces.lines import read_deadline, read_part, write
from calendar_app.spans import Span, sort_key

FIELDS = ("deadlines", "parts")
MOST_LINES = 40
T = TypeVar("T", Deadline, Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What the lines say, in their order, each without a uid; and every problem, with the number of its line."""

    deadlines: tuple[Deadline, ...]
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]


def read(given: Mapping[str, Any], event: Span | None) -> Pieces:
    """The deadlines and parts of a form's fields; `event` is the span they belong to, None if it can't be read.

    Times are read by the clock of the field `timezone`.
    """
    zone = line(given.get("timezone"))
    known = zone in spans.ZONES
    deadlines, late = _lines(given, "deadlines", partial(read_deadline, event=event))
    # Without a zone the times are still checked, by a clock that skips no hour.
    parts, wrong = _lines(given, "parts", partial(read_part, event=event, zone=zone if known else "UTC"))
    timed = [number for number, part in parts.items() if part.span.timed]
    zoneless = [_zoneless(given, timed[0])] if timed and not known else []
    return Pieces(
        deadlines=tuple(deadlines.values()),
        parts=tuple(parts.values()),
        problems=(*zoneless, *late, *wrong),
    )


def fields_of(event: Event) -> dict[str, str]:
    """The two fields as an event would have filled them."""
    return {name: "\n".join(map(write, getattr(event, name))) for name in FIELDS}


def tidy(name: str, text: str) -> list[str]:
    """The lines of a field as they would be written, sorted; a line that can't be read as it was typed."""
    return sorted(_tidied(name, typed) for typed in map(line, _split(text)) if typed)


def apply(event: Event, given: Mapping[str, Any], *, mint: Callable[[], str]) -> Event:
    """The event with the deadlines and parts of a valid form; of a field that is not given at all it keeps its own.

    What is recognisably the same keeps its uid: a deadline of the same kind, a part of the same title or on the
    same dates. What is new gets one of `mint`. The order of lines says nothing.
    """
    found = read(given, event.span)
    deadlines, parts = event.deadlines, event.parts
    if "deadlines" in given:
        known = _known(deadlines, found.deadlines, (_whole, _kind), mint)
        deadlines = _sorted(known, deadlines, key=lambda each: (each.day, each.kind))
    if "parts" in given:
        known_parts = _known(parts, found.parts, (_whole, _title, _span), mint)
        parts = _sorted(known_parts, parts, key=lambda each: (sort_key(each.span), each.title, each.venue, each.url))
    return replace(event, deadlines=deadlines, parts=parts)


def _lines(given: Mapping[str, Any], field: str, read_line: Callable[[str], T]) -> tuple[dict[int, T], list[Problem]]:
    """What the lines of a field say, by their numbers, and their problems."""
    lines = [(number, typed) for number, typed in enumerate(map(line, _split(given.get(field))), start=1) if typed]
    if len(lines) > MOST_LINES:
        error = CalendarError("lines-long", most=MOST_LINES, count=len(lines))
        return {}, [Problem(field=field, error=error)]
    found: dict[int, T] = {}
    problems = []
    for number, typed in lines:
        try:
            piece = read_line(typed)
            _refuse_twice(piece, found)
            found[number] = piece
        except CalendarError as error:
            problems.append(Problem(field=field, error=error, line=number))
    return found, problems


def _split(text: object) -> list[str]:
    return re.split(r"\r\n|\r|\n", text) if isinstance(text, str) else []


def _refuse_twice(piece: T, found: Mapping[int, T]) -> None:
    for number, other in found.items():
        if other == piece:
            raise CalendarError("line-twice", first=number)


def _zoneless(given: Mapping[str, Any], number: int) -> Problem:
    city = places.find_city(line(given.get("city")), line(given.get("country")).upper())
    example = city.zone if city else "Europe/Zurich"
    return Problem(field="timezone", error=CalendarError("part-zone", line=number, example=example))


def _tidied(name: str, typed: str) -> str:
    try:
        return write(read_deadline(typed) if name == "deadlines" else read_part(typed))
    except CalendarError:
        return typed


def _whole(piece: T) -> object:
    return replace(piece, uid="")


def _kind(deadline: Deadline) -> object:
    return deadline.kind


def _title(part: Part) -> object:
    return part.title.casefold()


def _span(part: Part) -> object:
    return part.span


def _known(
    old: Sequence[T], new: Sequence[T], signs: Sequence[Callable[[T], object]], mint: Callable[[], str]
) -> list[T]:
    """The new ones, each with the uid of the old one that it is by the first sign they share."""
    left, uids = dict(enumerate(old)), dict[int, str]()
    for sign in signs:
        for place, piece in enumerate(new):
            same = [at for at, each in left.items() if place not in uids and sign(each) == sign(piece)]
            if same:
                uids[place] = left.pop(same[0]).uid
    return [replace(piece, uid=uids.get(place) or mint()) for place, piece in enumerate(new)]


def _sorted(new: Sequence[T], old: tuple[T, ...], *, key: Callable[[T], Any]) -> tuple[T, ...]:
    return old if set(new) == set(old) else tuple(sorted(new, key=key))
