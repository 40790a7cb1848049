"""Imports that wait: what was read from a file, until an editor has it applied or drops it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from calendar_app.errors import CalendarError, NotFoundError
from calendar_app.store import refusals
from calendar_app.store.connection import Change, Store, insert, moment_of, rows, text_of

_PLAIN = ("form", "origin", "name", "source", "source_url")
WAITING = ("mapping", "checking", "ready", "applying")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What is known of a whole import before its rows are looked at.

    `origin` is what its events are known by, `source` and `source_url` what is named as the source of those that name
    none. Where it is not `complete`, an event that is missing may still stand in the source.
    """

    form: str
    origin: str
    name: str
    source: str
    source_url: str = ""
    complete: bool = True
    columns: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[CalendarError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Heading):
    """An import that waits, or what became of it. `batch` is the number of what it wrote, None where that is nothing.

    `mapping` gives the field that each column is, by the column's place; only of a table.
    """

    id: int
    state: str
    created: datetime
    actor: str
    batch: int | None = None


def add(change: Change, heading: Heading) -> int:
    """Keeps what is known of a whole import; gives its number. A table waits for its columns to be mapped."""
    row = {
        **{name: getattr(heading, name) for name in _PLAIN},
        "state": "mapping" if heading.form == "table" else "checking",
        "complete": int(heading.complete),
        "created": text_of(change.now),
        "actor": change.actor,
        "columns": json.dumps(heading.columns),
        "mapping": json.dumps(dict(heading.mapping)),
        "notes": json.dumps(list(map(refusals.of_error, heading.notes))),
    }
    return insert(change.db, "staged_imports", [row])


def by_id(store: Store, number: int) -> Import:
    """The import of that number.

    Raises:
        NotFoundError: there is none.
    """
    found = rows(store.db, "SELECT * FROM staged_imports WHERE id = ?", [number])
    if not found:
        raise NotFoundError("staged-unknown")
    return _import(found[0])


def waiting(store: Store) -> list[Import]:
    """The imports that are not applied or dropped, the newest first."""
    marks = ", ".join("?" * len(WAITING))
    sql = f"SELECT * FROM staged_imports WHERE state IN ({marks}) ORDER BY id DESC"
    return list(map(_import, rows(store.db, sql, WAITING)))


def of_batch(store: Store, batch: int) -> Import | None:
    """The import that a batch was written by."""
    found = rows(store.db, "SELECT * FROM staged_imports WHERE batch = ?", [batch])
    return _import(found[0]) if found else None


def update(change: Change, number: int, **columns: Any) -> None:
    """Sets columns of an import: its `state`, `batch` or `mapping`."""
    if "mapping" in columns:
        columns["mapping"] = json.dumps(columns["mapping"])
    pairs = ", ".join(f"{name} = ?" for name in columns)
    change.db.conn.execute(f"UPDATE staged_imports SET {pairs} WHERE id = ?", [*columns.values(), number])


def left_behind(store: Store, *, before: datetime) -> list[Import]:
    """The imports that have waited since before a moment."""
    return [each for each in waiting(store) if each.created < before]


def _import(row: Mapping[str, Any]) -> Import:
    plain = {name: row[name] for name in (*_PLAIN, "id", "state", "actor")}
    return Import(
        **plain,
        complete=bool(row["complete"]),
        created=moment_of(row["created"]),
        columns=tuple(json.loads(row["columns"])),
        mapping=json.loads(row["mapping"]),
        notes=tuple(map(refusals.to_error, json.loads(row["notes"]))),
        batch=row["batch"],
    )
