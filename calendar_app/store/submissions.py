"""The queue: proposals that wait, each version of their texts, and what became of them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from calendar_app.errors import NotFoundError
from calendar_app.store.connection import Change, Store, insert, moment_of, rows, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A proposal as it was typed. `event` is the uid that it became; `email` is kept only while it waits.

    `about` is the uid of the event that a change is proposed to, "" for a new event; `base` is that event's SEQUENCE
    and `seen` its fields, both as the proposer saw them. `version` rises when the proposer amends the text.
    """

    id: int
    received: datetime
    state: str
    fields: dict[str, Any]
    email: str
    event: str
    decided: datetime | None
    decided_by: str
    reason: str
    about: str = ""
    base: int | None = None
    seen: dict[str, Any] = field(default_factory=dict)
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One version of what a proposal says; `at` (UTC) is when it was sent."""

    version: int
    at: datetime
    fields: dict[str, Any]


def add(
    change: Change,
    fields: dict[str, Any],
    *,
    email: str,
    token_hash: str,
    about: str = "",
    base: int | None = None,
    seen: dict[str, Any] | None = None,
) -> int:
    """Puts a proposal in the queue; gives its number. A change names the event it is `about`, and what was seen."""
    row = {
        "token_hash": token_hash,
        "received": text_of(change.now),
        "state": "pending",
        "fields": _json(fields),
        "email": email,
        "about": about or None,
        "base": base,
        "seen": None if seen is None else _json(seen),
    }
    number = insert(change.db, "submissions", [row])
    _keep(change, number, 1, fields, at=text_of(change.now))
    return number


def amend(change: Change, found: Submission, fields: dict[str, Any]) -> int:
    """Gives a proposal another text, the ones before kept; gives the number of its new version."""
    version = found.version + 1
    # A proposal of an earlier release has its first text in the queue alone.
    _keep(change, found.id, found.version, found.fields, at=text_of(found.received))
    _keep(change, found.id, version, fields, at=text_of(change.now))
    change.db.conn.execute(
        "UPDATE submissions SET fields = ?, version = ? WHERE id = ?", [_json(fields), version, found.id]
    )
    return version


def texts(store: Store, number: int) -> list[Text]:
    """Every version of what a proposal says, the newest first; none of one that an earlier release took."""
    sql = "SELECT version, at, fields FROM submission_texts WHERE submission = ? ORDER BY version DESC"
    return [
        Text(version=row["version"], at=moment_of(row["at"]), fields=json.loads(row["fields"]))
        for row in rows(store.db, sql, [number])
    ]


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


def count_pending(store: Store) -> int:
    """How many proposals wait."""
    return int(store.db.conn.execute("SELECT count(*) FROM submissions WHERE state = 'pending'").fetchone()[0])


def count_pending_of(store: Store, email: str) -> int:
    """How many proposals wait in the name of someone, whatever the case of their e-mail."""
    sql = "SELECT count(*) FROM submissions WHERE state = 'pending' AND lower(email) = lower(?)"
    return int(store.db.conn.execute(sql, [email]).fetchone()[0])


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


def _keep(change: Change, number: int, version: int, fields: dict[str, Any], *, at: str) -> None:
    change.db.conn.execute(
        "INSERT OR IGNORE INTO submission_texts (submission, version, at, fields) VALUES (?, ?, ?, ?)",
        [number, version, at, _json(fields)],
    )


def _json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False)


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
        about=row["about"] or "",
        base=row["base"],
        seen=json.loads(row["seen"]) if row["seen"] else {},
        version=row["version"],
    )
