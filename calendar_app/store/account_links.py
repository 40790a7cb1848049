"""Links that make an account for who was invited, or give one a new password; kept as hashes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_app.store.connection import Change, Store, insert, moment_of, rows, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that can still be used. `kind` is invite or reset; `account` is whose password a reset sets."""

    kind: str
    email: str
    role: str
    account: int | None
    expires: datetime
    created_by: str


def add(change: Change, link: Link, *, token_hash: str) -> None:
    """Keeps a link in place of an earlier one of its kind for the same person; clears away those that expired."""
    change.db.conn.execute("DELETE FROM account_links WHERE expires <= ?", [text_of(change.now)])
    remove(change, kind=link.kind, email=link.email)
    row = {
        "hash": token_hash,
        "kind": link.kind,
        "email": link.email,
        "role": link.role,
        "account": link.account,
        "created": text_of(change.now),
        "expires": text_of(link.expires),
        "created_by": link.created_by,
    }
    insert(change.db, "account_links", [row])


def find(store: Store, token_hash: str, *, kind: str, now: datetime) -> Link | None:
    """The link of that hash, if it is of that kind and not too old."""
    found = _links(store, "hash = ? AND kind = ? AND expires > ?", token_hash, kind, text_of(now))
    return next(iter(found), None)


def open_invites(store: Store, *, now: datetime) -> list[Link]:
    """The invites that can still be used, by e-mail."""
    return _links(store, "kind = 'invite' AND expires > ? ORDER BY email", text_of(now))


def remove(change: Change, *, kind: str, email: str) -> bool:
    """Takes a person's link of that kind out of use; False if there was none."""
    sql = "DELETE FROM account_links WHERE kind = ? AND email = ?"
    return change.db.conn.execute(sql, [kind, email]).rowcount > 0


def remove_made_by(change: Change, email: str) -> None:
    """Takes every link that someone made out of use, whomever it is for."""
    change.db.conn.execute("DELETE FROM account_links WHERE created_by = ?", [email])


def _links(store: Store, where: str, *values: Any) -> list[Link]:
    sql = f"SELECT kind, email, role, account, expires, created_by FROM account_links WHERE {where}"
    return [Link(**(row | {"expires": moment_of(row["expires"])})) for row in rows(store.db, sql, values)]
