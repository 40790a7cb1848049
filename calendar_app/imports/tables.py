"""The cells of a table (CSV, TSV, with semicolons), whatever spreadsheet wrote it."""

import csv
import io

from calendar_app.errors import CalendarError
from calendar_app.imports.decoding import decode
from calendar_app.imports.limits import MOST_COLUMNS, MOST_ROWS
from calendar_app.imports.model import Table

_SEPARATORS = "\t;,|"
_MARK = "sep="  # the first line by which Excel is told the separator
_Rows = list[tuple[int, tuple[str, ...]]]


def read(data: bytes) -> Table:
    """The header of a table and its rows, each cell without the spaces around it; rows that are empty are left out.

    Raises:
        CalendarError: no text or no header, a quotation mark without its second, or more than an import takes.
    """
    text, notes = decode(data)
    first, _, rest = text.partition("\n")
    marked = first.lower().startswith(_MARK) and len(first) == len(_MARK) + 1
    rows = _rows(rest, first[-1], before=1) if marked else _rows(text, separator_of(header(text)), before=0)
    if not rows:
        raise CalendarError("import-header")
    columns = _trimmed(rows[0][1], 0)
    if len(columns) > MOST_COLUMNS:
        raise CalendarError("import-columns", most=MOST_COLUMNS)
    if len(rows) - 1 > MOST_ROWS:
        raise CalendarError("import-rows", most=MOST_ROWS)
    cells = tuple((line, _trimmed(cells, len(columns))) for line, cells in rows[1:])
    return Table(columns=columns, rows=cells, notes=notes)


def header(text: str) -> str:
    """The first line that is not empty."""
    return next((line for line in text.split("\n") if line.strip()), "")


def separator_of(line: str) -> str:
    """The sign that stands most often between the cells of a header, outside quotation marks; a comma if none does."""
    bare = "".join(line.split('"')[::2])
    best = max(_SEPARATORS, key=bare.count)
    return best if best in bare else ","


def _rows(text: str, separator: str, *, before: int) -> _Rows:
    """The rows that hold something, each with the line it begins on; `before` them stand so many lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows, begins, lasted = _Rows(), before + 1, 0
    while len(rows) <= MOST_ROWS + 1:
        try:
            cells = next(reader, None)
        except csv.Error:  # the cell is longer than any is
            raise CalendarError("import-quote", line=begins) from None
        if cells is None:
            break
        if any(map(str.strip, cells)):
            rows.append((begins, tuple(cell.strip() for cell in cells)))
        lasted, begins = before + reader.line_num - begins, before + reader.line_num + 1
    # A last row of several lines, and a quotation mark without its second: it took in what follows.
    if rows and lasted and text.count('"') % 2:
        raise CalendarError("import-quote", line=rows[-1][0])
    return rows


def _trimmed(cells: tuple[str, ...], least: int) -> tuple[str, ...]:
    """A row without the empty cells at its end, but as long as its header."""
    # In one step: a row may be a million empty cells.
    filled = next((number for number in range(len(cells), 0, -1) if cells[number - 1]), 0)
    return cells[: max(least, filled)]
