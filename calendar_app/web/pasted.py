"""A pasted line as the add-event form that it fills: "HLPF, 11-20 July 2027, New York"."""

from typing import Any

from calendar_app import imports
from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.web import current
from calendar_app.web.form import Sheet, page, shown

# More than any event's line has; the rest of an e-mail belongs to the import.
_LONGEST = 2000


def filled(line: str, source: str, sheet: Sheet) -> str:
    """The form with what a line says of an event, shown as it will read if nothing is missing."""
    given, problems = _read(line)
    given = {"source": source, **given}
    if problems:
        return page(given, sheet, problems=problems)
    try:
        return page(given, sheet, preview=shown(given, sheet))
    except ProblemsError as error:
        return page(given, sheet, problems=error.problems)


def _read(line: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The fields of the form that a line fills, and what of it could not be read."""
    try:
        rows = imports.read_lines(line[:_LONGEST], series=current.listing().series).rows
    except CalendarError as error:
        return {}, (Problem(field="title", error=error),)
    if not rows:
        return {}, (Problem(field="title", error=CalendarError("required")),)
    if len(rows) > 1:
        return dict(rows[0].fields), (Problem(field="title", error=CalendarError("line-several")),)
    return dict(rows[0].fields), rows[0].problems
