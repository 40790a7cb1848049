"""Foreign calendars, tables and texts, read into rows that the validator takes; pure functions."""

from calendar_app.imports.calendars import read as read_ics
from calendar_app.imports.columns import FIELDS, guess_mapping
from calendar_app.imports.limits import LARGEST, MOST_ROWS
from calendar_app.imports.lines import read as read_lines
from calendar_app.imports.mapping import map_rows
from calendar_app.imports.model import Reading, Row, Table
from calendar_app.imports.sniffing import Form, sniff
from calendar_app.imports.tables import read as read_table

__all__ = [
    "FIELDS",
    "LARGEST",
    "MOST_ROWS",
    "Form",
    "Reading",
    "Row",
    "Table",
    "guess_mapping",
    "map_rows",
    "read_ics",
    "read_lines",
    "read_table",
    "sniff",
]
