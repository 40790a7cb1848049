"""The focal point of an event on its page at the desk: as it stands, and as it is set there."""

from typing import Any

from flask import request

from calendar_app.desk import contacts
from calendar_app.events import Event
from calendar_app.store import contacts as kept
from calendar_app.web import current


def change(found: Event, *, actor: str) -> None:
    """Sets or clears the focal point as the form says.

    Raises:
        ProblemsError: as `set_contact`.
        ConflictError: someone set another meanwhile.
    """
    given = {name: request.form.get(name, "") for name in contacts.FIELDS}
    seen = request.form.get("contact_seen", "")
    contacts.set_contact(current.store(), found.uid, given, seen=seen, actor=actor, now=current.now())


def shown(found: Event, *, again: bool) -> dict[str, Any]:
    """The focal point and its form, with what was typed if that was sent; `again` after something to put right."""
    stands = kept.of_event(current.store(), found.uid)
    typed = "contact" in request.form
    fields = {
        name: request.form.get(name, "") if typed else getattr(stands, of, "") for name, of in contacts.FIELDS.items()
    }
    seen = request.form.get("contact_seen", "") if typed and again else contacts.mark(stands)
    conflict = typed and not again
    return {"contact": stands, "contact_fields": fields, "contact_seen": seen, "contact_conflict": conflict}
