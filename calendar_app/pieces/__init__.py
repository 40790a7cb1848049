"""Pieces of an event that editors type, one a line: its deadlines and its parts."""

from calendar_app.pieces.form import FIELDS, MOST_LINES, Pieces, apply, fields_of, read, tidy
from calendar_app.pieces.lines import FARTHEST, read_deadline, read_part, write

__all__ = [
    "FARTHEST",
    "FIELDS",
    "MOST_LINES",
    "Pieces",
    "apply",
    "fields_of",
    "read",
    "read_deadline",
    "read_part",
    "tidy",
    "write",
]
