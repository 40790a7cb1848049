"""Sheets: what a year takes of them, all rows on one while they are legible, else by kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from calendar_app.plots.planner.axis import BOTTOM, HEIGHT, TOP, Axis
from calendar_app.plots.planner.entries import Entry
from calendar_app.plots.planner.rows import Row, arrange
from calendar_app.texts import Texts
from calendar_app.topics import Kind

MOST_LINES = 40
_TALLEST = 42.0  # of a line; a sheet of few lines is shorter than A3
_FEWEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of a year's drawing, the `number`th of `of`.

    `kinds` is empty where it holds every kind. `undrawn` are the events of which only the year is known.
    """

    axis: Axis
    rows: tuple[Row, ...]
    number: int = 1
    of: int = 1
    kinds: tuple[Kind, ...] = ()
    undrawn: tuple[Entry, ...] = ()

    @property
    def line(self) -> float:
        """The height of a line."""
        return min(_TALLEST, (BOTTOM - TOP) / max(_FEWEST, _lines(self.rows)))

    @property
    def bottom(self) -> float:
        """Where the rows end."""
        return round(TOP + self.line * max(_FEWEST, _lines(self.rows)), 1)

    @property
    def height(self) -> int:
        """The sheet's own height, A3 at the most."""
        return round(self.bottom) + HEIGHT - BOTTOM


def sheets(entries: Iterable[Entry], axis: Axis, texts: Texts, *, today: date) -> list[Sheet]:
    """The sheets of a year; one at least. `today` is UTC."""
    entries = list(entries)
    rows = [part for row in arrange(entries, axis, texts, today=today) for part in _parts(row)]
    undrawn = tuple(sorted((entry for entry in entries if not entry.drawn), key=lambda entry: entry.order))
    if _lines(rows) <= MOST_LINES:
        return [Sheet(axis=axis, rows=tuple(rows), undrawn=undrawn)]
    pages = _packed(rows)
    found = [
        Sheet(axis=axis, rows=tuple(page), number=number, of=len(pages), kinds=_kinds(page))
        for number, page in enumerate(pages, start=1)
    ]
    return [*found[:-1], replace(found[-1], undrawn=undrawn)]


def _parts(row: Row) -> list[Row]:
    """A row in pieces that each fit on a sheet."""
    starts = range(0, len(row.lines), MOST_LINES)
    return [replace(row, lines=row.lines[start : start + MOST_LINES]) for start in starts]


def _packed(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows by sheet, kinds kept together as far as they fit, the staircase kept on each sheet."""
    places = {row: place for place, row in enumerate(rows)}
    kinds = list(Kind)
    pages: list[list[Row]] = [[]]
    for _, group in groupby(sorted(rows, key=lambda row: kinds.index(row.kind)), key=lambda row: row.kind):
        together = list(group)
        # A kind that is broken in any case goes on where the last one ended.
        if _lines(together) <= MOST_LINES < _lines(pages[-1]) + _lines(together):
            pages.append([])
        for row in together:
            if _lines(pages[-1]) + len(row.lines) > MOST_LINES:
                pages.append([])
            pages[-1].append(row)
    return [sorted(page, key=places.__getitem__) for page in pages]


def _kinds(rows: Sequence[Row]) -> tuple[Kind, ...]:
    held = {row.kind for row in rows}
    return tuple(kind for kind in Kind if kind in held)


def _lines(rows: Sequence[Row]) -> int:
    return sum(len(row.lines) for row in rows)
