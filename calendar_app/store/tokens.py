"""Tokens of the API, kept as hashes; each is of one account, with a scope and an expiry."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from calendar_app.errors import BusyError
from calendar_app.store.accounts import Account
from calendar_app.store.connection import Change, Store, insert, moment_of, rows, text_of

# Each includes those before it.
SCOPES = ("read", "propose", "edit")
_NOTED_EVERY = timedelta(hours=1)
_SELECT = """
SELECT t.id, t.name, t.scope, t.created, t.expires, t.used,
    a.id AS account, a.email, a.role, a.password_hash, a.closed
FROM tokens t JOIN accounts a ON a.id = t.account
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What may be done by whom until when. Moments are UTC; `used` is the last use, give or take an hour."""

    id: int
    account: Account
    name: str
    scope: str
    created: datetime
    expires: datetime
    used: datetime | None

    def allows(self, scope: str) -> bool:
        """Whether its scope is at least this one."""
        return SCOPES.index(scope) <= SCOPES.index(self.scope)


def add(change: Change, account: int, *, token_hash: str, name: str, scope: str, expires: datetime) -> int:
    """Keeps a token; gives its number."""
    row = {
        "account": account,
        "hash": token_hash,
        "name": name,
        "scope": scope,
        "created": text_of(change.now),
        "expires": text_of(expires),
    }
    return insert(change.db, "tokens", [row])


def by_hash(store: Store, token_hash: str, *, now: datetime) -> Token | None:
    """The token of that hash, unless it has expired."""
    return _one(store, "WHERE t.hash = ? AND t.expires > ?", token_hash, text_of(now))


def by_id(store: Store, number: int) -> Token | None:
    """The token of that number, expired or not."""
    return _one(store, "WHERE t.id = ?", number)


def of_account(store: Store, account: int) -> list[Token]:
    """The tokens of an account, expired ones too, the newest first."""
    return [_token(row) for row in rows(store.db, f"{_SELECT} WHERE t.account = ? ORDER BY t.id DESC", [account])]


def every(store: Store) -> list[Token]:
    """The tokens of all accounts by their e-mails, each account's newest first."""
    return [_token(row) for row in rows(store.db, f"{_SELECT} ORDER BY a.email, t.id DESC")]


def remove(change: Change, number: int) -> None:
    """Ends a token."""
    change.db.conn.execute("DELETE FROM tokens WHERE id = ?", [number])


def note_use(store: Store, token: Token, *, now: datetime) -> None:
    """Notes that a token is used, once an hour. A database that is busy or full is not waited for, nor told of."""
    if token.used is not None and now - token.used < _NOTED_EVERY:
        return
    connection = store.db.conn
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        with suppress(BusyError, sqlite3.OperationalError), store.change(now, actor="tokens") as change:
            change.db.conn.execute("UPDATE tokens SET used = ? WHERE id = ?", [text_of(change.now), token.id])
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def _one(store: Store, where: str, *values: Any) -> Token | None:
    return next((_token(row) for row in rows(store.db, f"{_SELECT} {where}", values)), None)


def _token(row: dict[str, Any]) -> Token:
    account = Account(
        id=row["account"],
        email=row["email"],
        role=row["role"],
        password_hash=row["password_hash"],
        closed=bool(row["closed"]),
    )
    return Token(
        id=row["id"],
        account=account,
        name=row["name"],
        scope=row["scope"],
        created=moment_of(row["created"]),
        expires=moment_of(row["expires"]),
        used=moment_of(row["used"]) if row["used"] else None,
    )
