"""Undoing: what one recorded change did is put back, as a new revision."""

from dataclasses import fields, replace
from datetime import datetime

from calendar_app.desk.saving import check_seen, reason_of, save
from calendar_app.errors import ConflictError, NotFoundError
from calendar_app.events import Event
from calendar_app.store import Store, events, history
from calendar_app.store.history import Revision

_OWN = frozenset({"uid", "slug", "stamp", "sequence"})
_FIELDS = tuple(field.name for field in fields(Event) if field.name not in _OWN)


def undo(store: Store, uid: str, revision: int, *, sequence: int, reason: str, actor: str, now: datetime) -> Event:
    """Puts back what a revision changed; what was changed beside it, before or since, stays.

    `sequence` is the event's when the editor began.

    Raises:
        NotFoundError: the event has no such revision.
        ProblemsError: no reason is given, or one too long.
        ConflictError: someone changed the event meanwhile, a later change touched the same fields, or the
            revision is the one that the event came with.
    """
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        event = events.by_uid(store, uid)
        found = _found(history.of_event(store, uid), revision)
        check_seen(event, sequence)
        return save(change, undone(event, found), action="undone")


def undone(event: Event, revision: Revision) -> Event:
    """The event without what a revision changed.

    Raises:
        ConflictError: it can't be told what to put back.
    """
    before, after = revision.before, revision.after
    if before is None:
        raise ConflictError("undo-first")
    changed = [name for name in _FIELDS if getattr(before, name) != getattr(after, name)]
    since = [name for name in changed if getattr(event, name) != getattr(after, name)]
    if not changed:
        raise ConflictError("undo-nothing")
    if since:
        raise ConflictError("undo-since")
    return replace(event, **{name: getattr(before, name) for name in changed}, sequence=event.sequence + 1)


def can_undo(event: Event, revision: Revision) -> bool:
    """Whether a revision can be undone as the event stands."""
    try:
        undone(event, revision)
    except ConflictError:
        return False
    return True


def _found(revisions: list[Revision], number: int) -> Revision:
    for each in revisions:
        if each.id == number:
            return each
    raise NotFoundError("undo-unknown")
