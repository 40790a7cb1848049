"""Answers that were given to requests with a key, kept for a day, so that a repeated request changes nothing twice."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from calendar_app.store.connection import Change, insert, moment_of, rows, text_of

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it was given at a moment (UTC). `request` is a hash of what was asked; nothing in it is secret."""

    request: str
    at: datetime
    status: int
    headers: Mapping[str, str]
    body: Mapping[str, Any]


def find(change: Change, *, owner: str, key: str) -> Kept | None:
    """The answer that an owner's key was given, unless it is too old."""
    sql = "SELECT request, at, status, headers, body FROM idempotency WHERE owner = ? AND key = ? AND at > ?"
    found = rows(change.db, sql, [owner, key, text_of(change.now - KEPT)])
    return next(map(_kept, found), None)


def keep(change: Change, answer: Kept, *, owner: str, key: str) -> None:
    """Keeps an answer under an owner's key, and drops those that are too old."""
    change.db.conn.execute("DELETE FROM idempotency WHERE at <= ?", [text_of(change.now - KEPT)])
    row = {
        "owner": owner,
        "key": key,
        "request": answer.request,
        "at": text_of(answer.at),
        "status": answer.status,
        "headers": json.dumps(dict(answer.headers)),
        "body": json.dumps(answer.body, ensure_ascii=False),
    }
    insert(change.db, "idempotency", [row])


def _kept(row: dict[str, Any]) -> Kept:
    return Kept(
        request=row["request"],
        at=moment_of(row["at"]),
        status=row["status"],
        headers=json.loads(row["headers"]),
        body=json.loads(row["body"]),
    )
