"""Reading: a file or a pasted text as what it says, whatever its form."""

from dataclasses import replace
from datetime import date

from calendar_app import imports
from calendar_app.imports import Form, Reading, Table
from calendar_app.imports.decoding import decode
from calendar_app.store import Store, series

# What recurs is followed from the beginning of the last year to the end of the one after the next.
_YEARS = (-1, 2)


def read(store: Store, name: str, data: bytes, *, today: date) -> tuple[Form, Reading | Table]:
    """The form of a source and what it says; `name` is that of its file, "" for none.

    Raises:
        CalendarError: it can't be read, or is beyond the limits of an import.
    """
    form = imports.sniff(name, data)
    if form == "ics":
        return form, imports.read_ics(data, window=_window(today))
    if form == "table":
        return form, imports.read_table(data)
    text, notes = decode(data)
    told = imports.read_lines(text, series=series.directory(store))
    return form, replace(told, notes=(*notes, *told.notes))


def _window(today: date) -> tuple[date, date]:
    before, after = _YEARS
    return date(today.year + before, 1, 1), date(today.year + after, 12, 31)
