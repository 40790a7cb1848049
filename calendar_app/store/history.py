"""Revisions: what was changed, when, by whom and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from calendar_app.events import Event
from calendar_app.selection import Selection
from calendar_app.store import records, search
from calendar_app.store.connection import Store, moment_of, rows

# What anyone may read of the events that are public now: how each came, and what it was since. Of one that is
# withdrawn now, that it was, and no more. A name elsewhere that an event uses ("renamed") is no change of the event,
# and one new release could fill the list with it.
_VISIBLE = """
    r.action <> 'renamed' AND json_extract(r.after, '$.published')
    AND CASE WHEN json_extract(r.after, '$.status') = 'withdrawn'
        THEN json_extract(r.before, '$.published') AND json_extract(r.before, '$.status') <> 'withdrawn'
        ELSE e.status <> 'withdrawn' END
"""


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


def newest(store: Store, selection: Selection, *, most: int) -> list[Revision]:
    """The newest revisions, at most so many, that anyone may read of the events that the selection holds now.

    Of one moment, such as the loading of the catalogue, those of the events that lie furthest ahead come first.
    """
    numbers = json.dumps([version.id for version in search.versions(store, selection)])
    sql = f"""
        SELECT r.* FROM events e JOIN revisions r ON r.event = e.uid
        WHERE e.id IN (SELECT value FROM json_each(?)) AND {_VISIBLE}
        ORDER BY r.at DESC, e.sort DESC, e.title DESC, e.uid DESC LIMIT ?
    """
    return [_revision(row) for row in rows(store.db, sql, [numbers, most])]


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
