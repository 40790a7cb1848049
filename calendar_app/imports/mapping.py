"""The rows of a table whose columns were mapped to fields."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from calendar_app import spans
from calendar_app.errors import CalendarError, Problem
from calendar_app.events import Series
from calendar_app.fields import line
from calendar_app.imports import cells, keys, locations
from calendar_app.imports.columns import FIELDS, PSEUDO
from calendar_app.imports.limits import LONGEST_CELL
from calendar_app.imports.model import Row
from calendar_app.imports.series import Names


def map_rows(
    rows: Iterable[tuple[int, tuple[str, ...]]],
    mapping: Mapping[str, str],
    *,
    columns: int,
    series: Mapping[str, Series],
    taken: Collection[str] = (),
) -> tuple[Row, ...]:
    """The rows of a table or of a piece of it, its columns (by number from 0, as text) taken for fields as mapped.

    `columns` is how many its header has; `taken` are the keys of the pieces that were read before.
    """
    names, used = Names(series), set(taken)
    found = []
    for place, told in rows:
        row = _row(place, told, mapping, columns=columns, names=names, taken=used)
        used.add(row.key)
        found.append(row)
    return tuple(found)


def _row(
    place: int, told: tuple[str, ...], mapping: Mapping[str, str], *, columns: int, names: Names, taken: Collection[str]
) -> Row:
    problems = []
    if len(told) != columns:
        problems.append(Problem(field="form", error=CalendarError("row-cells", count=len(told), expected=columns)))
    elif any(len(cell) > LONGEST_CELL for cell in told):
        problems.append(Problem(field="form", error=CalendarError("import-cell", most=LONGEST_CELL)))
    said = {mapping.get(str(number), ""): cell[:LONGEST_CELL] for number, cell in enumerate(told) if cell}
    fields: dict[str, Any] = {
        name: cells.value(name, cell, names) for name, cell in said.items() if name in FIELDS and name not in PSEUDO
    }
    fields |= _place(said, fields)
    dates, year = _dates(said, problems)
    key = line(said.get("key", ""))
    made = keys.free(keys.short(key), taken) if key else ""
    return Row(
        key=made or keys.made(str(fields.get("series", "")), str(fields.get("title", "")), year, taken),
        place=place,
        fields={name: text for name, text in {**fields, "dates": dates}.items() if text},
        problems=tuple(problems),
        notes=tuple(CalendarError("import-hour", time=time) for time in _hours(said)),
    )


def _dates(said: Mapping[str, str], problems: list[Problem]) -> tuple[str, str]:
    """The dates as the form takes them, or as they stand there with a problem, and their year."""
    dates, start, end = (said.get(name, "") for name in ("dates", "start", "end"))
    if not (dates or start or end):
        return "", ""
    try:
        span = cells.span(dates) if dates else cells.joined(start, end)
    except CalendarError as error:
        problems.append(Problem(field="dates", error=error))
        return line(dates or " - ".join(filter(None, (start, end)))), ""
    return spans.write(span), str(span.first.year)


def _hours(said: Mapping[str, str]) -> list[str]:
    """The times beside the days, which are left out: whose clock they are by is not known."""
    times = (cells.hour(said.get(name, "")) for name in ("dates", "start", "end"))
    return list(dict.fromkeys(filter(None, times)))


def _place(said: Mapping[str, str], fields: Mapping[str, Any]) -> dict[str, str]:
    """The place of a cell that tells city and country in one; a column of its own goes before it."""
    city = said.get("city", "")
    whole = said.get("location") or (city if city and not said.get("country") else "")
    if not whole:
        return {}
    place = locations.find(whole, cities=True).fields()
    if whole == city:
        # A city that the calendar does not know is one all the same.
        return {"city": "", **place} if place.get("city") or place.get("mode") else {"city": line(city)}
    return {name: text for name, text in place.items() if not fields.get(name)}
