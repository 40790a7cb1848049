"""Events that people write a line each: "HLPF, 11-20 July 2027, New York"."""

import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from calendar_app import spans
from calendar_app.errors import CalendarError, Problem
from calendar_app.events import Series
from calendar_app.fields import line
from calendar_app.imports import dated, keys, pieces, plain
from calendar_app.imports.dated import Dates
from calendar_app.imports.decoding import checked
from calendar_app.imports.limits import LONGEST_LINE, MOST_ROWS
from calendar_app.imports.model import Reading, Row
from calendar_app.imports.series import Names

_BULLET = re.compile(r"\s*(?:[-–—*•·▪◦‣●o]|\(?[0-9]{1,3}[.)])\s+")
_SPACES = re.compile(r"[^\S\t]+")
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?)]}'”’"
# What leads to a date: "from 5 to 9 July 2027".
_LEAD = re.compile(r"(?:^|[\s,;:–-]+)(?:from|on|in|du|le|en)\s*$", re.IGNORECASE)


def read(text: str, *, series: Mapping[str, Series]) -> Reading:
    """The events of a text, one a line; empty lines and those that begin with # are none.

    Raises:
        CalendarError: too large, too many lines, or characters that no text has.
    """
    names, taken, rows = Names(series), set[str](), list[Row]()
    for place, told in enumerate(checked(text).split("\n"), start=1):
        bare = _unmarked(told)
        if bare.startswith("#") or not any(map(str.isalnum, bare)):
            continue
        if len(rows) == MOST_ROWS:
            raise CalendarError("import-rows", most=MOST_ROWS)
        rows.append(_row(place, bare, names, taken))
        taken.add(rows[-1].key)
    return Reading(rows=tuple(rows), notes=() if rows else (CalendarError("import-none"),))


def _row(place: int, told: str, names: Names, taken: Collection[str]) -> Row:
    if len(told) > LONGEST_LINE:
        problem = Problem(field="form", error=CalendarError("import-line", most=LONGEST_LINE))
        title = plain.name(line(told))
        return Row(key=keys.made("", title, "", taken), place=place, fields={"title": title}, problems=(problem,))
    links = [link for found in _LINK.findall(told) if (link := plain.usable_link(found.rstrip(_AFTER_LINK)))]
    bare = _LINK.sub(pieces.LINK, told)
    found = dated.find(bare)
    title, fields = pieces.read(_without(bare, found) if found else bare, names)
    dates, problems = _dates(bare, found)
    fields = {"title": title, "dates": dates, **fields, **_linked(links)}
    year = str(found.span.first.year) if found and found.span else ""
    return Row(
        key=keys.made(str(fields.get("series", "")), title, year, taken),
        place=place,
        fields={name: value for name, value in fields.items() if value},
        problems=problems,
    )


def _unmarked(told: str) -> str:
    """A line without what marks it as one of a list, its spaces single; tabs part it."""
    told, begin = _SPACES.sub(" ", told), 0
    while mark := _BULLET.match(told, begin):
        begin = mark.end()
    return told[begin:].strip()


def _without(text: str, found: Dates) -> str:
    """The line without its dates and the words that lead to them."""
    return f"{_LEAD.sub('', text[: found.begin])}{pieces.DATES}{text[found.end :]}"


def _dates(text: str, found: Dates | None) -> tuple[str, tuple[Problem, ...]]:
    """The dates as the form takes them, or as they stand in the line, with the problem."""
    if found and found.span:
        return spans.write(found.span), ()
    error = found.error if found else None
    problem = Problem(field="dates", error=error or CalendarError("import-dates-none"))
    return line(text[found.begin : found.end]) if found else "", (problem,)


def _linked(links: list[str]) -> dict[str, Any]:
    """The first link is the event's page, and the last is where it was read."""
    if not links:
        return {}
    host = str(urlsplit(links[-1]).hostname or "").removeprefix("www.")
    return {"url": links[0], "source": host, "source_url": links[-1]}
