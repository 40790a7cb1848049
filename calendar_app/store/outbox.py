"""The outbox: mail that waits to be sent, written with the change that it tells of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_app.store.connection import Change, Store, insert, moment_of, rows, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that waits. `data` is what its words need; moments are UTC. `attempts` have been begun so far."""

    id: int
    created: datetime
    kind: str
    recipient: str
    data: Mapping[str, str]
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """How many messages wait, how many of them have failed before, and what the last of these failed for."""

    waiting: int
    failed: int
    problem: str


def add(change: Change, *, kind: str, recipient: str, data: Mapping[str, str]) -> None:
    """Puts a message into the outbox, due at once.

    `data` may hold the token of a private link, which is kept nowhere else in clear: the row goes once it is sent.
    """
    row = {
        "created": text_of(change.now),
        "kind": kind,
        "recipient": recipient,
        "data": json.dumps(data, ensure_ascii=False),
        "due": text_of(change.now),
    }
    insert(change.db, "outbox", [row])


def claim(change: Change, *, until: datetime) -> Waiting | None:
    """The message that has been due longest, begun once more and not due again until then; None if none is due."""
    sql = """
        UPDATE outbox SET attempts = attempts + 1, due = ?
        WHERE id = (SELECT id FROM outbox WHERE due <= ? ORDER BY due, id LIMIT 1) RETURNING *
    """
    found = rows(change.db, sql, [text_of(until), text_of(change.now)])
    return _waiting(found[0]) if found else None


def postpone(change: Change, number: int, *, until: datetime, problem: str) -> None:
    """Keeps why a message could not be sent, and when it is tried again."""
    sql = "UPDATE outbox SET due = ?, problem = ? WHERE id = ?"
    change.db.conn.execute(sql, [text_of(until), problem, number])


def remove(change: Change, number: int) -> None:
    """Forgets a message, its recipient and its link."""
    change.db.conn.execute("DELETE FROM outbox WHERE id = ?", [number])


def any_due(store: Store, *, now: datetime) -> bool:
    """Whether there is a message to send."""
    sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE due <= ?)"
    return bool(store.db.conn.execute(sql, [text_of(now)]).fetchone()[0])


def state(store: Store) -> State:
    """How the outbox stands."""
    sql = """
        SELECT count(*) AS waiting, count(nullif(problem, '')) AS failed,
            coalesce((SELECT problem FROM outbox WHERE problem <> '' ORDER BY attempts DESC, id DESC LIMIT 1), '')
            AS problem
        FROM outbox
    """
    return State(**rows(store.db, sql)[0])


def _waiting(row: Mapping[str, Any]) -> Waiting:
    return Waiting(
        id=row["id"],
        created=moment_of(row["created"]),
        kind=row["kind"],
        recipient=row["recipient"],
        data=json.loads(row["data"]),
        attempts=row["attempts"],
    )
