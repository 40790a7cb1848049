"""What a foreign source says, before anything is compared with the calendar: rows of fields, problems and notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calendar_app.errors import CalendarError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One event of a foreign source.

    `key` is its identity there, the same when the source is read again. `place` counts from 1: the line of a table or
    text, the number of the event in an ics. `fields` are what `submissions.validate` takes, empty ones left out.
    `problems` could not be read, each at its field, so that the row can't be imported; `notes` say what was left out
    or read in a certain way.
    """

    key: str
    place: int
    fields: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    notes: tuple[CalendarError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from a source.

    `title` is what the source calls itself and `origin` a text by which it is known again; each "" if it tells none.
    Where it is not `complete`, an event that is missing here may still stand in the source.
    """

    rows: tuple[Row, ...]
    notes: tuple[CalendarError, ...] = ()
    title: str = ""
    origin: str = ""
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cells of a table: its header, and each row with the line that it begins on, counted from 1."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    notes: tuple[CalendarError, ...] = ()
