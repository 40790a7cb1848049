"""Accounts, their sessions, set-up links and failed sign-ins; secrets are kept as hashes only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from calendar_app.store.connection import Change, Store, insert, moment_of, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Someone who may sign in, unless their account is closed. `role` is submitter, editor or admin."""

    id: int
    email: str
    role: str
    password_hash: str = field(repr=False)
    closed: bool = False

    @property
    def edits(self) -> bool:
        """Whether the desk is open to them."""
        return self.role in {"editor", "admin"}

    @property
    def administers(self) -> bool:
        """Whether the accounts of others are open to them."""
        return self.role == "admin"


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


def by_id(store: Store, number: int) -> Account | None:
    """The account of that number, as an open change of this thread sees it."""
    return next(iter(_accounts(store.db.conn, "id = ?", number)), None)


def every(store: Store) -> list[Account]:
    """All accounts, closed ones too, by their e-mails."""
    return _accounts(store.db.conn, "1 ORDER BY email")


def last_sign_ins(store: Store) -> dict[int, datetime]:
    """When each account signed in last (UTC), by its number; those that never did are left out."""
    cursor = store.db.conn.execute("SELECT id, signed_in FROM accounts WHERE signed_in IS NOT NULL")
    return {number: moment_of(moment) for number, moment in cursor}


def set_role(change: Change, account: int, role: str) -> None:
    """Gives an account another role."""
    change.db.conn.execute("UPDATE accounts SET role = ? WHERE id = ?", [role, account])


def set_closed(change: Change, account: int, *, closed: bool) -> None:
    """Closes or reopens an account."""
    change.db.conn.execute("UPDATE accounts SET closed = ? WHERE id = ?", [closed, account])


def set_password(change: Change, account: int, password_hash: str) -> None:
    """Keeps the hash of another password, or of the same made with newer parameters."""
    change.db.conn.execute("UPDATE accounts SET password_hash = ? WHERE id = ?", [password_hash, account])


def owned_series(store: Store, account: int) -> frozenset[str]:
    """The keys of the series that an account owns."""
    cursor = store.db.conn.execute("SELECT series FROM account_series WHERE account = ?", [account])
    return frozenset(key for (key,) in cursor)


def set_owned_series(change: Change, account: int, keys: Iterable[str]) -> None:
    """Makes an account own these series and no others."""
    change.db.conn.execute("DELETE FROM account_series WHERE account = ?", [account])
    insert(change.db, "account_series", [{"account": account, "series": key} for key in sorted(set(keys))])


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
    change.db.conn.execute("UPDATE accounts SET signed_in = ? WHERE id = ?", [text_of(change.now), account])


def by_session(store: Store, token_hash: str, *, now: datetime) -> Account | None:
    """Whose session it is, if it is open and their account too."""
    where = "closed = 0 AND id = (SELECT account FROM sessions WHERE hash = ? AND expires > ?)"
    return next(iter(_accounts(store.db.conn, where, token_hash, text_of(now))), None)


def end_session(change: Change, token_hash: str) -> None:
    """Closes a session."""
    change.db.conn.execute("DELETE FROM sessions WHERE hash = ?", [token_hash])


def end_sessions(change: Change, account: int) -> None:
    """Closes every session of an account."""
    change.db.conn.execute("DELETE FROM sessions WHERE account = ?", [account])


def count_sessions(store: Store, account: int, *, now: datetime) -> int:
    """How many sessions of an account are open."""
    sql = "SELECT count(*) FROM sessions WHERE account = ? AND expires > ?"
    return int(store.db.conn.execute(sql, [account, text_of(now)]).fetchone()[0])


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
    cursor = connection.execute(f"SELECT id, email, role, password_hash, closed FROM accounts WHERE {where}", values)
    return [
        Account(id=number, email=email, role=role, password_hash=password_hash, closed=bool(closed))
        for number, email, role, password_hash, closed in cursor
    ]
