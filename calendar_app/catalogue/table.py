"""Reading a shipped CSV file: RFC 4180, every problem told by file, line and field."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import TypeVar

from calendar_app.errors import CalendarError, Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its cells by column, stripped, and where it stands. `line` counts from 1, the header's."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(slots=True)
class Problems:
    """What is wrong with the rows read so far."""

    found: list[Problem] = field(default_factory=list)

    def add(self, row: Row, column: str, error: CalendarError) -> None:
        """Notes what is wrong with one cell."""
        self.found.append(Problem(file=row.file, line=row.line, field=column, error=error))

    def checked(self, row: Row, column: str, read: Callable[[str], T], *, default: T) -> T:
        """What `read` makes of a cell; the default, and a problem, where it refuses."""
        try:
            return read(row[column])
        except CalendarError as error:
            self.add(row, column, error)
        except (ValueError, KeyError):
            self.add(row, column, CalendarError("cell-value", value=row[column]))
        return default


def read(folder: Traversable, name: str, columns: Sequence[str], problems: Problems) -> Iterator[Row]:
    """The rows of a file that have the right number of cells; the others, and what is no CSV, become problems."""
    line = 0
    try:
        text = folder.joinpath(name).read_text(encoding="utf-8")
        reader = csv.reader(text.splitlines(keepends=True), strict=True)
        if next(reader, []) != list(columns):
            row = Row(file=name, line=1, cells={})
            problems.add(row, "header", CalendarError("file-header", expected=", ".join(columns)))
            return
        for cells in reader:
            line = reader.line_num
            row = Row(file=name, line=line, cells=dict(zip(columns, map(str.strip, cells), strict=False)))
            if len(cells) == len(columns):
                yield row
            else:
                problems.add(row, "row", CalendarError("row-cells", count=len(cells), expected=len(columns)))
    except (OSError, UnicodeDecodeError):
        problems.add(Row(file=name, line=1, cells={}), "file", CalendarError("file-unreadable", name=name))
    except csv.Error:
        # A quote that is never closed, or stands inside a cell: nothing after the last good row can be told apart.
        problems.add(Row(file=name, line=line + 1, cells={}), "row", CalendarError("file-unreadable", name=name))
