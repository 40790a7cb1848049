"""The journal: what was done at the desk that is no revision of an event, append-only."""

from calendar_app.store.connection import Change, insert, text_of


def add(change: Change, *, action: str, subject: str = "", detail: str = "") -> None:
    """Notes what a use case did, by the change's actor, at its moment and for its reason.

    `subject` names what it was done to, by an address of the desk where it has one; `detail` is text for people and
    holds no secret.
    """
    row = {
        "at": text_of(change.now),
        "actor": change.actor,
        "action": action,
        "subject": subject,
        "detail": detail,
        "reason": change.reason,
    }
    insert(change.db, "journal", [row])
