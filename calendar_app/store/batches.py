"""Batches: imports and changes of many events at once, and how far each was undone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_app.errors import NotFoundError
from calendar_app.store.connection import Change, Store, insert, moment_of, rows, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What undoing left as it was: the fields of an event that were changed again since, none for a whole event."""

    event: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch. `kind` is "import" or "bulk", `name` that of the file or of what was done.

    `undoing` is the number of the last revision undone, None before undoing began, `why` the reason for that, and
    `undone` (UTC) when it came to its end.
    """

    id: int
    kind: str
    origin: str
    name: str
    at: datetime
    actor: str
    reason: str
    undoing: int | None
    why: str
    kept: tuple[Kept, ...]
    undone: datetime | None
    undone_by: str


def add(change: Change, *, kind: str, origin: str = "", name: str = "") -> int:
    """Begins a batch; gives its number."""
    row = {
        "kind": kind,
        "origin": origin,
        "name": name,
        "at": text_of(change.now),
        "actor": change.actor,
        "reason": change.reason,
    }
    return insert(change.db, "batches", [row])


def by_id(store: Store, number: int) -> Batch:
    """The batch of that number.

    Raises:
        NotFoundError: there is none.
    """
    found = rows(store.db, "SELECT * FROM batches WHERE id = ?", [number])
    if not found:
        raise NotFoundError("batch-unknown")
    return _batch(found[0])


def newest(store: Store, kind: str, *, most: int) -> list[Batch]:
    """The batches of a kind, the newest first."""
    found = rows(store.db, "SELECT * FROM batches WHERE kind = ? ORDER BY id DESC LIMIT ?", [kind, most])
    return list(map(_batch, found))


def has_later(store: Store, batch: Batch) -> bool:
    """Whether a later import of the same origin still stands."""
    sql = "SELECT EXISTS (SELECT 1 FROM batches WHERE origin = ? AND origin <> '' AND id > ? AND undone IS NULL)"
    return bool(store.db.conn.execute(sql, [batch.origin, batch.id]).fetchone()[0])


def is_being_undone(store: Store, origin: str) -> bool:
    """Whether undoing an import of that origin has begun and not come to its end."""
    sql = "SELECT EXISTS (SELECT 1 FROM batches WHERE origin = ? AND undoing IS NOT NULL AND undone IS NULL)"
    return bool(store.db.conn.execute(sql, [origin]).fetchone()[0])


def tally(store: Store, number: int) -> dict[str, int]:
    """How many revisions of a batch added an event, changed one, were undone, and are left to undo."""
    sql = """
        SELECT count(*) FILTER (WHERE before IS NULL) AS added, count(*) FILTER (WHERE before IS NOT NULL) AS changed,
            count(*) FILTER (WHERE r.id >= coalesce(b.undoing, r.id + 1)) AS undone
        FROM batches b JOIN revisions r ON r.batch = b.id WHERE b.id = ? AND r.action <> 'undone'
    """
    return rows(store.db, sql, [number])[0]


def begin_undoing(change: Change, number: int) -> None:
    """Notes that a batch is being undone, for the reason of the change."""
    sql = """
        UPDATE batches SET why = ?, undoing = (SELECT coalesce(max(id), 0) + 1 FROM revisions WHERE batch = batches.id)
        WHERE id = ?
    """
    change.db.conn.execute(sql, [change.reason, number])


def keep_undoing(change: Change, number: int, *, undoing: int, kept: Sequence[Kept]) -> None:
    """Notes how far a batch is undone, and all that was left as it was."""
    told = json.dumps([[each.event, list(each.fields)] for each in kept])
    change.db.conn.execute("UPDATE batches SET undoing = ?, kept = ? WHERE id = ?", [undoing, told, number])


def finish(change: Change, number: int) -> None:
    """Notes that a batch is undone."""
    sql = "UPDATE batches SET undone = ?, undone_by = ? WHERE id = ?"
    change.db.conn.execute(sql, [text_of(change.now), change.actor, number])


def _batch(row: Mapping[str, Any]) -> Batch:
    return Batch(
        **{name: row[name] for name in ("id", "kind", "origin", "name", "actor", "reason", "undoing", "why")},
        at=moment_of(row["at"]),
        kept=tuple(Kept(event=event, fields=tuple(names)) for event, names in json.loads(row["kept"])),
        undone=moment_of(row["undone"]) if row["undone"] else None,
        undone_by=row["undone_by"] or "",
    )
