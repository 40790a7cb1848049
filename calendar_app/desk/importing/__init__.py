"""Importing: a file that was read waits row by row, is compared with the record, and is written as it is ticked."""

from calendar_app.desk.importing.applying import apply, apply_on
from calendar_app.desk.importing.checking import check_on, choose, choose_all, join_all, look_again, preview
from calendar_app.desk.importing.reading import read
from calendar_app.desk.importing.receiving import drop, heading, map_columns, mapped, rows_of, stage

__all__ = [
    "apply",
    "apply_on",
    "check_on",
    "choose",
    "choose_all",
    "drop",
    "heading",
    "join_all",
    "look_again",
    "map_columns",
    "mapped",
    "preview",
    "read",
    "rows_of",
    "stage",
]
