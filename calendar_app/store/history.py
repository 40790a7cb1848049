"""Revisions: what was changed, when, by whom and why."""

import json
from dataclasses import dataclass
from datetime import datetime

from calendar_app.events import Event
from calendar_app.store import records
from calendar_app.store.connection import Store, moment_of, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One recorded change of an event; `before` is None where it was added. `at` is UTC."""

    at: datetime
    actor: str
    action: str
    reason: str
    before: Event | None
    after: Event


def of_event(store: Store, uid: str) -> list[Revision]:
    """The revisions of an event, the newest first."""
    found = rows(store.db, "SELECT * FROM revisions WHERE event = ? ORDER BY id DESC", [uid])
    return [
        Revision(
            at=moment_of(row["at"]),
            actor=row["actor"],
            action=row["action"],
            reason=row["reason"],
            before=records.to_event(json.loads(row["before"])) if row["before"] else None,
            after=records.to_event(json.loads(row["after"])),
        )
        for row in found
    ]
