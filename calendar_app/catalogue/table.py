"""Reading a shipped CSV file: RFC 4180, every problem told by file, line and field."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import TypeVar

from calendar_app.errors import CalendarError, Problem

T = TypeVar("T")

COLUMNS = {
    "series.csv": "key,short_name,full_name,kind,convener,usual_cadence,usual_months,usual_place,itu_role,sdgs,themes,"
    "official_url,seed_quote,source",
    "events.csv": "key,series_key,title,start,end,date_precision,status,city,country,venue,timezone,online,url,sdgs,"
    "themes,itu_participation,in_seed,source_url,source_date,confidence,notes",
    "moves.csv": "event_key,step,old_start,old_end,old_date_precision,old_city,old_country,announced,reason,confidence,"
    "source_url",
    "claims.csv": "event_key,start,end,date_precision,city,country,source,source_url,source_date,confidence,notes",
    "engagements.csv": "subject,key,year,activity,detail,partners,shared_with",
    "figures.csv": "subject,year,measure,value,unit,source",
    "report.csv": "subject,key,section,order,report_name,report_place",
    "cities.csv": "city,country,latitude,longitude,timezone",
    "country_names.csv": "country,name,until",
    "aliases.csv": "city,country,alias",
    "regions.csv": "country,region",
    "partners.csv": "key,name,kind,aliases,url",
    "pillars.csv": "key,pillar_of",
    "parts.csv": "key,event_key,title,start,end,date_precision",
    "themes.csv": "slug,name,category,description,sdgs",
    "sdgs.csv": "number,short_title,goal_text,color",
}

# Files of our own, which a folder of facts from elsewhere need not have.
OPTIONAL = frozenset({"aliases.csv", "parts.csv", "partners.csv", "pillars.csv", "regions.csv"})


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


def read(folder: Traversable, name: str, problems: Problems) -> Iterator[Row]:
    """The rows of a file that have the right number of cells; the others, and what is no CSV, become problems."""
    columns, line = COLUMNS[name].split(","), 0
    if name in OPTIONAL and not folder.joinpath(name).is_file():
        return
    try:
        text = folder.joinpath(name).read_text(encoding="utf-8")
        reader = csv.reader(text.splitlines(keepends=True), strict=True)
        if next(reader, []) != columns:
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


def read_unique(folder: Traversable, name: str, keys: Sequence[str], problems: Problems) -> list[Row]:
    """The rows of a file whose key, of one column or several, is whole and their own; the others become problems."""
    rows, seen = [], set[tuple[str, ...]]()
    for row in read(folder, name, problems):
        key = tuple(row[column] for column in keys)
        if key in seen or not all(key):
            problems.add(row, keys[-1], CalendarError("cell-twice", value=" ".join(key)))
        else:
            rows.append(row)
        seen.add(key)
    return rows
