"""Receiving: a file that was read becomes an import that waits, and a table one whose columns are mapped."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic_core import PydanticCustomError

from calendar_app import addresses, imports
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.fields import LONGEST_LINK, LONGEST_NAME, line, link
from calendar_app.imports import Reading, Table
from calendar_app.store import Change, Store, journal, series, staged_rows, staging
from calendar_app.store.staged_rows import Staged
from calendar_app.store.staging import Heading, Import

# Origins of files never meet that of the catalogue.
_OWN = "import:"
_KEPT_FOR = timedelta(days=7)
# Nothing was written yet.
_UNAPPLIED = ("mapping", "checking", "ready")


def heading(
    read: Reading | Table, *, form: str, origin: str = "", name: str, source: str = "", source_url: str = ""
) -> Heading:
    """What is known of a file before its rows are looked at; `form` is ics, table or lines, `name` the file's own.

    Its events are known by what the file says of itself, else by the `origin` that is given, else by its name. Where
    no `source` is given, the file's own title is named, else its name.

    Raises:
        ProblemsError: no source, a text that is too long, or a link that is none.
    """
    problems: list[Problem] = []
    given_origin, given_source = _text("origin", origin, problems), _text("source", source, problems)
    address = _link(source_url, problems)
    own, title = ("", "") if isinstance(read, Table) else (line(read.origin), line(read.title))
    called = (title or line(name))[:LONGEST_NAME]
    named = given_source or called or address
    if not named:
        problems.append(Problem(field="source", error=CalendarError("source-required")))
    if problems:
        raise ProblemsError(problems)
    return Heading(
        form=form,
        origin=_OWN + (own or given_origin or line(name) or named),
        name=called or named,
        source=named,
        source_url=address,
        # A text holds what someone had at hand, not all that there is.
        complete=form != "lines" and (isinstance(read, Table) or read.complete),
        columns=read.columns if isinstance(read, Table) else (),
        notes=read.notes,
    )


def rows_of(read: Reading | Table) -> list[Staged]:
    """The rows of a file as they wait; those of a table as its cells."""
    if isinstance(read, Table):
        cells = enumerate(read.rows)
        return [Staged(position=number, place=place, cells=each, fields={}) for number, (place, each) in cells]
    first: dict[str, int] = {}
    found = []
    for number, row in enumerate(read.rows):
        problems = row.problems
        if row.key in first:
            error = CalendarError("staged-twice", place=first[row.key])
            problems = (*problems, Problem(field="form", error=error))
        elif row.key:
            first[row.key] = row.place
        staged = Staged(position=number, place=row.place, key=row.key, fields=row.fields, notes=row.notes)
        found.append(replace(staged, problems=problems))
    return found


def stage(store: Store, read: Reading | Table, told: Heading, *, actor: str, now: datetime) -> int:
    """Keeps what was read until it is applied or dropped; gives its number. Nothing of it is public.

    What has waited for a week is thrown away.
    """
    old = staging.left_behind(store, before=now - _KEPT_FOR)
    with store.change(now, actor=actor) as change:
        for each in old:
            let_go(change, each)
        number = staging.add(change, told)
        staged_rows.put(change, number, rows_of(read))
    return number


def mapped(store: Store, table: Table, mapping: Mapping[str, str]) -> Reading:
    """What a table says, each column (by its number from 0, as text) as the field that it is said to be.

    Raises:
        ProblemsError: no title or no dates, or a field that two columns are said to be.
    """
    _check_mapping(mapping)
    directory = series.directory(store)
    return Reading(rows=imports.map_rows(table.rows, mapping, columns=len(table.columns), series=directory))


def map_columns(store: Store, number: int, mapping: Mapping[str, str], *, actor: str, now: datetime) -> None:
    """Reads the cells of a table that waits anew, each column as the field that it is said to be.

    Raises:
        ProblemsError: no title or no dates, or a field that two columns are said to be.
        ConflictError: it is being applied, or no longer there.
    """
    found = in_state(store, number, *_UNAPPLIED)
    cells = [(row.place, row.cells) for row in staged_rows.page(store, number, most=-1) if row.cells is not None]
    rows = rows_of(mapped(store, Table(columns=found.columns, rows=tuple(cells)), mapping))
    staged = [replace(row, cells=each) for row, (_, each) in zip(rows, cells, strict=True)]
    with store.change(now, actor=actor) as change:
        in_state(store, number, *_UNAPPLIED)
        staged_rows.clear(change, number)
        staged_rows.put(change, number, staged)
        staging.update(change, number, state="checking", mapping=dict(mapping))


def _check_mapping(told: Mapping[str, str]) -> None:
    given = list(told.values())
    problems = [
        Problem(field=f"column-{column}", error=CalendarError("staged-column"))
        for column, field in told.items()
        if field not in imports.FIELDS or given.count(field) > 1
    ]
    if "title" not in given or not {"dates", "start"} & set(given):
        problems.append(Problem(field="columns", error=CalendarError("staged-columns")))
    if problems:
        raise ProblemsError(problems)


def drop(store: Store, number: int, *, actor: str, now: datetime) -> None:
    """Throws an import away; what of it was written stays, and can be undone.

    Raises:
        ConflictError: it was applied or dropped already.
    """
    with store.change(now, actor=actor) as change:
        let_go(change, in_state(store, number, *staging.WAITING))


def let_go(change: Change, found: Import) -> None:
    """Throws an import away, in a change that is open."""
    staged_rows.clear(change, found.id)
    staging.update(change, found.id, state="dropped")
    journal.add(change, action="import-dropped", subject=addresses.desk_import(found.id), detail=found.name)


def in_state(store: Store, number: int, *states: str) -> Import:
    """The import of that number, in one of these states.

    Raises:
        ConflictError: it is in another.
    """
    found = staging.by_id(store, number)
    if found.state not in states:
        raise ConflictError("staged-state")
    return found


def _text(field: str, text: str, problems: list[Problem]) -> str:
    told = line(text)
    if len(told) > LONGEST_NAME:
        error = CalendarError("text-long", most=LONGEST_NAME, count=len(told))
        problems.append(Problem(field=field, error=error))
    return told


def _link(text: str, problems: list[Problem]) -> str:
    address = line(text)
    try:
        if len(address) > LONGEST_LINK:
            raise PydanticCustomError("text-long", "", {"most": LONGEST_LINK, "count": len(address)})
        return link(address)
    except PydanticCustomError as error:
        problems.append(Problem(field="source_url", error=CalendarError(error.type, **(error.context or {}))))
        return ""
