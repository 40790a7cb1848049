"""The queue: proposals that wait, and what became of them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_app.errors import NotFoundError
from calendar_app.store.connection import Change, Store, insert, moment_of, rows, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A proposal as it was typed. `event` is the uid that it became; `email` is kept only while it waits."""

    id: int
    received: datetime
    state: str
    fields: dict[str, Any]
    email: str
    event: str
    decided: datetime | None
    decided_by: str
    reason: str


def add(change: Change, fields: dict[str, Any], *, email: str, token_hash: str) -> int:
    """Puts a proposal in the queue; gives its number."""
    row = {
        "token_hash": token_hash,
        "received": text_of(change.now),
        "state": "pending",
        "fields": json.dumps(fields, ensure_ascii=False),
        "email": email,
    }
    return insert(change.db, "submissions", [row])


def by_id(store: Store, number: int) -> Submission:
    """The proposal of that number.

    Raises:
        NotFoundError: there is none.
    """
    return _one(rows(store.db, "SELECT * FROM submissions WHERE id = ?", [number]))


def by_token(store: Store, token_hash: str) -> Submission:
    """The proposal of a private link.

    Raises:
        NotFoundError: there is none.
    """
    return _one(rows(store.db, "SELECT * FROM submissions WHERE token_hash = ?", [token_hash]))


def pending(store: Store) -> list[Submission]:
    """What waits, the oldest first."""
    return list(map(_submission, rows(store.db, "SELECT * FROM submissions WHERE state = 'pending' ORDER BY id")))


def decided(store: Store, *, most: int) -> list[Submission]:
    """What was decided, the newest first."""
    sql = "SELECT * FROM submissions WHERE state <> 'pending' ORDER BY decided DESC, id DESC LIMIT ?"
    return list(map(_submission, rows(store.db, sql, [most])))


def decide(change: Change, number: int, *, state: str, event: str | None) -> bool:
    """Marks a proposal as approved or rejected, and forgets its e-mail; False if it was decided before."""
    done = change.db.conn.execute(
        "UPDATE submissions SET state = ?, event = ?, decided = ?, decided_by = ?, reason = ?, email = ''"
        " WHERE id = ? AND state = 'pending'",
        [state, event, text_of(change.now), change.actor, change.reason, number],
    )
    return done.rowcount == 1


def _one(found: list[dict[str, Any]]) -> Submission:
    if not found:
        raise NotFoundError("submission-unknown")
    return _submission(found[0])


def _submission(row: dict[str, Any]) -> Submission:
    return Submission(
        id=row["id"],
        received=moment_of(row["received"]),
        state=row["state"],
        fields=json.loads(row["fields"]),
        email=row["email"],
        event=row["event"] or "",
        decided=moment_of(row["decided"]) if row["decided"] else None,
        decided_by=row["decided_by"] or "",
        reason=row["reason"],
    )
