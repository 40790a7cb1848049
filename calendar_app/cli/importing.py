"""calendar-app import: a file is imported without asking, and what came of each row is printed."""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from calendar_app import imports, open_store, texts
from calendar_app.desk import importing
from calendar_app.errors import NotFoundError
from calendar_app.events import Event
from calendar_app.imports import Reading, Table
from calendar_app.settings import Settings
from calendar_app.store import Store, events, staged_rows, staging
from calendar_app.store.staged_rows import VERDICTS, Staged
from calendar_app.store.staging import Heading
from calendar_app.web import reasons
from calendar_app.web.clock import system

_ACTOR = "calendar-app import"
_BAD = {"problem", "conflict"}
_LEFT_OUT = "left out"


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Puts the command beside the others."""
    words = "import a calendar (.ics), a table (.csv, .tsv) or a text with an event a line; twice changes nothing"
    command = commands.add_parser("import", help=words, description=words)
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--dry-run", action="store_true", help="only print what would be done")
    command.add_argument("--source", default="", metavar="TEXT", help="the source of the dates (default: the file)")
    command.add_argument("--source-url", default="", metavar="URL", help="a link to the source")
    command.add_argument("--origin", default="", metavar="NAME", help="what the file is known by when it is read again")
    told = "what a column of a table holds, by its header or its number from 1; the others are guessed"
    command.add_argument("--map", action="append", default=[], type=_pair, metavar="COLUMN=FIELD", help=told)
    command.set_defaults(run=run)


def run(given: argparse.Namespace, config: Settings) -> int:
    """Imports a file; gives the exit status: 1 if a row had a problem."""
    with given.file.open("rb") as file:
        data = file.read(imports.LARGEST + 1)
    name, own = given.file.name, {"source": given.source, "source_url": given.source_url, "origin": given.origin}
    with closing(open_store(config)) as store:
        form, read = importing.read(store, name, data, today=system().date())
        told = importing.heading(read, form=form, name=name, **own)
        if isinstance(read, Table):
            told = replace(told, mapping=_mapping(read.columns, dict(given.map)))
        rows = (_preview if given.dry_run else _import)(store, read, told)
        _print(store, told, rows)
    return int(any(row.verdict in _BAD for row in rows))


def _pair(text: str) -> tuple[str, str]:
    column, _, field = text.rpartition("=")
    if not column or field not in imports.FIELDS:
        raise argparse.ArgumentTypeError(f"{text!r} is not COLUMN=FIELD with one of {', '.join(imports.FIELDS)}")
    return column.casefold(), field


def _mapping(columns: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """The field of each column by its number from 0, as it is given, else as its header says."""
    named = {column.casefold(): str(number) for number, column in reversed(list(enumerate(columns)))}
    numbered = {str(number + 1): str(number) for number in range(len(columns))}
    unknown = [column for column in given if column not in named and column not in numbered]
    if unknown:
        raise ValueError(f"there is no column {unknown[0]!r} in the file")
    told = {named.get(column) or numbered[column]: field for column, field in given.items()}
    guessed = imports.guess_mapping(columns)
    return told | {
        number: field
        for number, field in guessed.items()
        if field and number not in told and field not in told.values()
    }


def _preview(store: Store, read: Reading | Table, told: Heading) -> list[Staged]:
    reading = importing.mapped(store, read, told.mapping) if isinstance(read, Table) else read
    return importing.preview(store, reading, told, now=system())


def _import(store: Store, read: Reading | Table, told: Heading) -> list[Staged]:
    """The rows as they were written, or not."""
    number = importing.stage(store, read, told, actor=_ACTOR, now=system())
    try:
        if isinstance(read, Table):
            importing.map_columns(store, number, told.mapping, actor=_ACTOR, now=system())
        while staging.by_id(store, number).state == "checking":
            importing.check_on(store, number, actor=_ACTOR, now=system())
        rows = staged_rows.page(store, number, most=-1)
        importing.apply(store, number, actor=_ACTOR, now=system())
        while staging.by_id(store, number).state == "applying":
            importing.apply_on(store, number, actor=_ACTOR, now=system())
        return staged_rows.page(store, number, most=-1) or rows
    finally:
        # What someone changed in these seconds, or what failed, waits for nobody here.
        if staging.by_id(store, number).state in staging.WAITING:
            importing.drop(store, number, actor=_ACTOR, now=system())


def _print(store: Store, told: Heading, rows: Sequence[Staged]) -> None:
    words = texts.of("en")
    for note in told.notes:
        print(words.error(note))
    for row in rows:
        event = _event(store, row.event)
        title = row.fields.get("title") or (event.title if event else "")
        print(f"{row.place or '':>5} {_outcome(row):9} {title}: {' '.join(reasons.of(row, event, words))}")
    counted = Counter(map(_outcome, rows))
    for outcome in (*VERDICTS, _LEFT_OUT):
        if counted[outcome]:
            print(f"{counted[outcome]:6} {outcome}")


def _outcome(row: Staged) -> str:
    """The verdict on a row; one that likely repeats an event is left out, since nobody is asked."""
    return _LEFT_OUT if row.verdict == "new" and not row.ticked else row.verdict


def _event(store: Store, uid: str) -> Event | None:
    try:
        return events.by_uid(store, uid) if uid else None
    except NotFoundError:
        return None
