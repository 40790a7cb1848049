"""ITU's focal point for an event: internal, in a table of its own that no format reads."""

from dataclasses import dataclass

from calendar_app.store.connection import Change, Store, insert, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who at ITU is in charge of an event, for editors alone."""

    name: str
    email: str = ""
    note: str = ""


def of_event(store: Store, uid: str) -> Contact | None:
    """The focal point for an event, as an open change of this thread sees it."""
    found = rows(store.db, "SELECT name, email, note FROM contacts WHERE event = ?", [uid])
    return Contact(**found[0]) if found else None


def put(change: Change, uid: str, contact: Contact | None) -> None:
    """Keeps the focal point for an event in place of the one before; None takes it out."""
    change.db.conn.execute("DELETE FROM contacts WHERE event = ?", [uid])
    if contact is not None:
        row = {"event": uid, "name": contact.name, "email": contact.email, "note": contact.note}
        insert(change.db, "contacts", [row])
