"""Span and its precision; the strict parser and writer of "18-22 April 2016"."""

from calendar_app.spans.span import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_QUOTE,
    MONTHS,
    ZONES,
    Precision,
    SortKey,
    Span,
    from_iso,
    months,
    sort_key,
    to_iso,
    unit,
    with_times,
    write,
)
from calendar_app.spans.text import LONGEST_TEXT, parse

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "LONGEST_QUOTE",
    "LONGEST_TEXT",
    "MONTHS",
    "ZONES",
    "Precision",
    "SortKey",
    "Span",
    "from_iso",
    "months",
    "parse",
    "sort_key",
    "to_iso",
    "unit",
    "with_times",
    "write",
]
