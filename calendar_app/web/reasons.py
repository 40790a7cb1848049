"""Why a row of an import comes to what it does, in words."""

from collections.abc import Iterable

from calendar_app.errors import CalendarError
from calendar_app.events import Event
from calendar_app.messages import LABELS
from calendar_app.store.staged_rows import Staged
from calendar_app.texts import Texts
from calendar_app.topics import Status

# Attributes of an event whose field in the form has another name.
_FIELDS = {"span": "dates", "roles": "role"}


def of(row: Staged, event: Event | None, texts: Texts) -> list[str]:
    """The sentences that tell what becomes of a row and why; `event` is the one that it names."""
    told = {"new": _new, "changed": _changed, "same": _same}.get(row.verdict)
    if told:
        said = told(row, event, texts)
    elif row.verdict == "problem":
        said = [_problem(each.field, each.error, texts) for each in row.problems]
    elif row.verdict == "conflict":
        said = [texts.error(CalendarError("staged-changed"))]
    else:
        said = [texts.gettext("The file names it no more. It stays in the calendar.")]
    return [*said, *map(texts.error, row.notes)]


def column(field: str, texts: Texts) -> str:
    """What a column of a table that holds a field is called."""
    return texts.label("column", field) if field in LABELS["column"] else texts.field(field)


def field_of(name: str) -> str:
    """The field of the form that holds an attribute of an event."""
    return _FIELDS.get(name, name)


def names(fields: Iterable[str], texts: Texts) -> str:
    """What fields of an event are called, joined."""
    return texts.all_of(texts.field(field) for field in map(field_of, fields) if field in LABELS["field"])


def _new(row: Staged, event: Event | None, texts: Texts) -> list[str]:
    if event is None:
        return [texts.gettext("It is not in the calendar yet.")]
    if event.status is Status.WITHDRAWN:
        return [texts.gettext("It was imported before and that was undone. It comes back."), *_kept(row, texts)]
    told = {"title": event.title, "dates": texts.span(event.span)}
    if row.joined:
        return [texts.gettext("It tells of {title}, {dates}, which stays as it is.").format_map(told)]
    return [texts.gettext("It may be {title}, {dates}, which is in the calendar.").format_map(told)]


def _changed(row: Staged, _event: Event | None, texts: Texts) -> list[str]:
    return [texts.gettext("Taken from the file: {fields}.").format(fields=names(row.taken, texts)), *_kept(row, texts)]


def _same(row: Staged, event: Event | None, texts: Texts) -> list[str]:
    if event is not None and event.status is Status.WITHDRAWN:
        return [texts.gettext("It was withdrawn here, and stays so.")]
    if row.joined:
        told = texts.gettext("It is in the calendar from elsewhere, and stays as it is.")
        others = texts.gettext("The file says otherwise of: {fields}.").format(fields=names(row.kept, texts))
        return [told, others] if row.kept else [told]
    return _kept(row, texts) or [texts.gettext("The file says nothing new.")]


def _kept(row: Staged, texts: Texts) -> list[str]:
    """That an editor's word stands where the file now says something else."""
    if not row.kept:
        return []
    return [texts.gettext("An editor’s word stands in: {fields}.").format(fields=names(row.kept, texts))]


def _problem(field: str, error: CalendarError, texts: Texts) -> str:
    words = texts.error(error)
    return words if field == "form" else f"{texts.field(field)}: {words}"
