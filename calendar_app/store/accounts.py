"""Accounts, their sessions, set-up links and failed sign-ins; secrets are kept as hashes only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_app.store.connection import Change, Store, insert, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Someone who may sign in. `role` is submitter, editor or admin."""

    id: int
    email: str
    role: str
    password_hash: str

    @property
    def edits(self) -> bool:
        """Whether the desk is open to them."""
        return self.role in {"editor", "admin"}


def add(change: Change, *, email: str, role: str, password_hash: str) -> int:
    """Makes an account; gives its number, or 0 if the e-mail has one already."""
    if _accounts(change.db.conn, "email = ?", email):
        return 0
    row = {"email": email, "role": role, "password_hash": password_hash, "created": text_of(change.now)}
    return insert(change.db, "accounts", [row])


def any_there(store: Store) -> bool:
    """Whether anyone has an account."""
    return bool(store.db.conn.execute("SELECT EXISTS (SELECT 1 FROM accounts)").fetchone()[0])


def by_email(store: Store, email: str) -> Account | None:
    """The account of an e-mail address, in whatever case."""
    return next(iter(_accounts(store.db.conn, "email = ?", email)), None)


def rehash(change: Change, account: int, password_hash: str) -> None:
    """Keeps a hash made with newer parameters."""
    change.db.conn.execute("UPDATE accounts SET password_hash = ? WHERE id = ?", [password_hash, account])


def start_session(change: Change, account: int, *, token_hash: str, expires: datetime) -> None:
    """Opens a session, and clears away those that have expired."""
    change.db.conn.execute("DELETE FROM sessions WHERE expires <= ?", [text_of(change.now)])
    row = {
        "hash": token_hash,
        "account": account,
        "created": text_of(change.now),
        "expires": text_of(expires),
    }
    insert(change.db, "sessions", [row])


def by_session(store: Store, token_hash: str, *, now: datetime) -> Account | None:
    """Whose session it is, if it is open."""
    where = "id = (SELECT account FROM sessions WHERE hash = ? AND expires > ?)"
    return next(iter(_accounts(store.db.conn, where, token_hash, text_of(now))), None)


def end_session(change: Change, token_hash: str) -> None:
    """Closes a session."""
    change.db.conn.execute("DELETE FROM sessions WHERE hash = ?", [token_hash])


def add_setup_link(change: Change, *, token_hash: str, expires: datetime) -> None:
    """Makes the one set-up link that holds; earlier ones no longer do."""
    change.db.conn.execute("DELETE FROM setup_links")
    row = {"hash": token_hash, "created": text_of(change.now), "expires": text_of(expires)}
    insert(change.db, "setup_links", [row])


def setup_link_holds(store: Store, token_hash: str, *, now: datetime) -> bool:
    """Whether a set-up link is the one made last, unused and not too old."""
    sql = "SELECT EXISTS (SELECT 1 FROM setup_links WHERE hash = ? AND expires > ?)"
    return bool(store.db.conn.execute(sql, [token_hash, text_of(now)]).fetchone()[0])


def use_setup_link(change: Change, token_hash: str) -> bool:
    """Takes the link out of use; False if it does not hold."""
    sql = "DELETE FROM setup_links WHERE hash = ? AND expires > ?"
    return change.db.conn.execute(sql, [token_hash, text_of(change.now)]).rowcount == 1


def failures(store: Store, subject: str, *, since: datetime, until: datetime) -> int:
    """How often signing in has failed for a subject; what a clock that ran ahead dated later is not counted."""
    sql = "SELECT count(*) FROM sign_in_failures WHERE subject = ? AND at > ? AND at <= ?"
    return int(store.db.conn.execute(sql, [subject, text_of(since), text_of(until)]).fetchone()[0])


def add_failure(change: Change, subjects: list[str], *, forget: datetime) -> None:
    """Notes a failed sign-in for each subject, and forgets those before a moment."""
    change.db.conn.execute("DELETE FROM sign_in_failures WHERE at <= ?", [text_of(forget)])
    insert(
        change.db,
        "sign_in_failures",
        [{"subject": subject, "at": text_of(change.now)} for subject in subjects],
    )


def _accounts(connection: Any, where: str, *values: Any) -> list[Account]:
    cursor = connection.execute(f"SELECT id, email, role, password_hash FROM accounts WHERE {where}", values)
    return [
        Account(id=number, email=email, role=role, password_hash=password_hash)
        for number, email, role, password_hash in cursor
    ]
