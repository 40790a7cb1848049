"""Undoing: what one recorded change did is put back, as a new revision."""

from dataclasses import fields, replace
from datetime import datetime

from calendar_app.desk.saving import check_seen, reason_of, save
from calendar_app.errors import ConflictError, NotFoundError
from calendar_app.events import Event
from calendar_app.store import Store, events, history
from calendar_app.store.history import Revision
from calendar_app.topics import Status

# How a split is recorded: of the whole, of each part that it makes, and of each when it is undone.
SPLIT, SPLIT_OFF, REJOINED = "split", "split-off", "rejoined"
_OWN = frozenset({"uid", "slug", "stamp", "sequence"})
# What a revision can change.
FIELDS = tuple(field.name for field in fields(Event) if field.compare and field.name not in _OWN)


def undo(store: Store, uid: str, revision: int, *, sequence: int, reason: str, actor: str, now: datetime) -> Event:
    """Puts back what a revision changed; what was changed beside it, before or since, stays.

    The parts that came of a split are withdrawn with it, and there again once that is undone.

    `sequence` is the event's when the editor began.

    Raises:
        NotFoundError: the event has no such revision.
        ProblemsError: no reason is given, or one too long.
        ConflictError: someone changed the event meanwhile, a later change touched the same fields or a part that
            came of a split, or the revision is the one that the event came with.
    """
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        event = events.by_uid(store, uid)
        revisions = history.of_event(store, uid)
        found = _found(revisions, revision)
        check_seen(event, sequence)
        beside = companions(store, uid, revisions, found)
        saved = save(change, undone(event, found), action="undone")
        for part, its in beside:
            if its.before is not None or part.status is not Status.WITHDRAWN:
                save(change, _rejoined(part, its), action=REJOINED)
        return saved


def companions(store: Store, uid: str, revisions: list[Revision], revision: Revision) -> list[tuple[Event, Revision]]:
    """The further parts of an event that a split, or the undoing of one, changed along with it, each with how."""
    found = []
    for part in events.parts_of(store, uid):
        for its in history.of_event(store, part.uid) if part.uid != uid else ():
            # One transaction wrote both, the whole's first.
            whole = max((each.id for each in revisions if each.id < its.id), default=0)
            if its.action in {SPLIT_OFF, REJOINED} and whole == revision.id:
                found.append((part, its))
    return found


def _rejoined(part: Event, revision: Revision) -> Event:
    """A part without what came of it by a split, or by the undoing of one: withdrawn, or there again.

    Raises:
        ConflictError: it has been changed since.
    """
    if any(getattr(part, name) != getattr(revision.after, name) for name in FIELDS):
        raise ConflictError("undo-parts")
    if revision.before is not None:
        return undone(part, revision)
    return replace(part, status=Status.WITHDRAWN, sequence=part.sequence + 1)


def undone(event: Event, revision: Revision) -> Event:
    """The event without what a revision changed.

    Raises:
        ConflictError: it can't be told what to put back.
    """
    before, after = revision.before, revision.after
    if before is None:
        raise ConflictError("undo-first")
    changed = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    since = [name for name in changed if getattr(event, name) != getattr(after, name)]
    if not changed and revision.action != SPLIT:
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
