"""Contacts: ITU's focal point for an event, set or cleared by an editor, and seen at the desk alone."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from calendar_app import addresses
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.fields import LONGEST_NAME, is_email, line
from calendar_app.store import Store, contacts, events, journal
from calendar_app.store.contacts import Contact

_LONGEST_NOTE = 500  # characters
# What a form calls the fields of a contact.
FIELDS = {"contact_name": "name", "contact_email": "email", "contact_note": "note"}


def set_contact(store: Store, uid: str, given: Mapping[str, str], *, seen: str, actor: str, now: datetime) -> None:
    """Keeps the focal point that a form tells, or none if all its fields are empty; the journal tells that, not whom.

    `seen` is the mark of the contact that the editor saw.

    Raises:
        ProblemsError: no name, an e-mail that is none, or texts too long.
        ConflictError: someone set another meanwhile.
    """
    contact = _read(given)
    with store.change(now, actor=actor) as change:
        event = events.by_uid(store, uid)
        before = contacts.of_event(store, uid)
        if mark(before) != seen:
            raise ConflictError("contact-changed")
        if contact == before:
            return
        contacts.put(change, uid, contact)
        subject = addresses.desk_event(event.slug)
        journal.add(change, action="contact-set" if contact else "contact-cleared", subject=subject, detail=event.title)


def mark(contact: Contact | None) -> str:
    """A short text that differs from one contact to another; "" for none."""
    if contact is None:
        return ""
    told = json.dumps([contact.name, contact.email, contact.note])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _read(given: Mapping[str, str]) -> Contact | None:
    told = {name: line(given.get(field)) for field, name in FIELDS.items()}
    if not any(told.values()):
        return None
    problems = [] if told["name"] else [Problem(field="contact_name", error=CalendarError("contact-name"))]
    for field, most in (("contact_name", LONGEST_NAME), ("contact_note", _LONGEST_NOTE)):
        if (count := len(told[FIELDS[field]])) > most:
            problems.append(Problem(field=field, error=CalendarError("text-long", most=most, count=count)))
    if told["email"] and not is_email(told["email"]):
        problems.append(Problem(field="contact_email", error=CalendarError("email-unreadable")))
    if problems:
        raise ProblemsError(problems)
    return Contact(**told)
