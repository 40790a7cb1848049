"""Revisions: what was changed, when, by whom and why."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from calendar_app.events import Event
from calendar_app.store import records
from calendar_app.store.connection import Store, moment_of, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One recorded change of an event; `before` is None where it was added. `at` is UTC.

    `source` is where a change of state was read; that of the dates is the event's own.
    """

    at: datetime
    actor: str
    action: str
    reason: str
    before: Event | None
    after: Event
    source: str = ""
    source_url: str = ""
    id: int = field(default=0, compare=False)
    batch: int | None = field(default=None, compare=False)


def of_event(store: Store, uid: str) -> list[Revision]:
    """The revisions of an event, the newest first."""
    found = rows(store.db, "SELECT * FROM revisions WHERE event = ? ORDER BY id DESC", [uid])
    return [_revision(row) for row in found]


def of_batch(store: Store, batch: int, *, before: int | None = None, most: int) -> list[Revision]:
    """The revisions that a batch wrote, not those that undid it, the newest first; only those before one of them."""
    sql = """
        SELECT * FROM revisions WHERE batch = ? AND action <> 'undone' AND id < coalesce(?, id + 1)
        ORDER BY id DESC LIMIT ?
    """
    return [_revision(row) for row in rows(store.db, sql, [batch, before, most])]


def public(store: Store, uid: str) -> list[Revision]:
    """The revisions of an event that anyone may read, the newest first: from the one that made it public on."""
    # What stood before is as private as the revisions that made it so.
    return [
        revision if revision.before is None or revision.before.published else replace(revision, before=None)
        for revision in of_event(store, uid)
        if revision.after.published
    ]


def of_ids(store: Store, ids: Sequence[int]) -> list[Revision]:
    """The revisions of these numbers, in the order in which they are given."""
    sql = "SELECT r.* FROM json_each(?) n CROSS JOIN revisions r ON r.id = n.value ORDER BY n.key"
    return [_revision(row) for row in rows(store.db, sql, [json.dumps(ids)])]


def _revision(row: Mapping[str, Any]) -> Revision:
    return Revision(
        at=moment_of(row["at"]),
        actor=row["actor"],
        action=row["action"],
        reason=row["reason"],
        before=records.to_event(json.loads(row["before"])) if row["before"] else None,
        after=records.to_event(json.loads(row["after"])),
        source=row["source"],
        source_url=row["source_url"],
        id=row["id"],
        batch=row["batch"],
    )
