"""What form a foreign source has, by its name and its beginning."""

from typing import Literal

from calendar_app.errors import CalendarError
from calendar_app.imports.columns import guess_mapping
from calendar_app.imports.decoding import decode
from calendar_app.imports.tables import header, separator_of

Form = Literal["ics", "table", "lines"]
_ENDINGS: dict[str, Form] = {
    "ics": "ics",
    "ical": "ics",
    "ifb": "ics",
    "icalendar": "ics",
    "csv": "table",
    "tsv": "table",
    "tab": "table",
}


def sniff(name: str, data: bytes) -> Form:
    """The form of a source, from its beginning and, where that says nothing, from the ending of its name ("" if none).

    A table is known by a header that names two fields.
    """
    try:
        first = header(decode(data)[0])
    except CalendarError:
        first = ""  # the reader of that form says what is wrong
    if first.strip().upper().startswith("BEGIN:"):
        return "ics"
    if form := _ENDINGS.get(name.rpartition(".")[2].lower()):
        return form
    columns = first.split(separator_of(first))
    known = {field for field in guess_mapping([cell.strip(' "') for cell in columns]).values() if field}
    return "table" if len(known) >= 2 and known & {"title", "dates", "start"} else "lines"
