"""What ITU did, at the desk: statements added, changed, taken out and put back, and what a change did undone."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from calendar_app import addresses
from calendar_app.desk import partner_names
from calendar_app.desk.engagement_fields import Told, read
from calendar_app.desk.saving import check_seen, mint, reason_of, save, with_reason
from calendar_app.engagement import Engagement, Partner, standing_keys
from calendar_app.errors import CalendarError, ConflictError, GoneError, NotFoundError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import Change, Store, engagements, events, journal
from calendar_app.store import partners as directory
from calendar_app.store.engagement_records import EngagementRevision, Kept
from calendar_app.topics import Role, Status

# What a revision can change.
_FIELDS = tuple(field.name for field in fields(Engagement) if field.name != "uid")
_BESIDE = ("note", "removed")


def add(store: Store, given: Mapping[str, str], *, actor: str, now: datetime) -> Kept:
    """Adds a statement, with the partners in it that are new.

    Raises:
        ProblemsError: every problem of the fields, or the same statement is there.
    """
    told = read(store, given)
    with store.change(now, actor=actor) as change:
        kept = _kept(change, told, mint())
        if any(_same(kept, each) for each in _beside(store, kept)):
            raise ProblemsError([Problem(field="detail", error=CalendarError("engagement-there"))])
        if _saved(change, store, kept, action="added"):
            journal.add(change, action="engagement-added", **_entry(kept))
        return kept


def change(
    store: Store, uid: str, given: Mapping[str, str], *, seen: int, reason: str, actor: str, now: datetime
) -> Kept:
    """Changes a statement; `seen` is the number of its last revision when the editor began.

    Raises:
        NotFoundError: there is no such statement.
        ProblemsError: every problem of the fields, or no reason.
        ConflictError: someone changed it meanwhile, or it was taken out.
    """
    engagements.find(store, uid)
    told, why = with_reason(lambda: read(store, given), reason)
    with store.change(now, actor=actor, reason=why) as change:
        _as_seen(store, uid, seen)
        kept = _kept(change, told, uid)
        if _saved(change, store, kept, action="changed"):
            journal.add(change, action="engagement-changed", **_entry(kept))
        return kept


def take_out(store: Store, uid: str, *, seen: int, reason: str, actor: str, now: datetime) -> Kept:
    """Takes a statement out: it stays on record, and nothing tells it.

    Raises:
        NotFoundError: there is no such statement.
        ProblemsError: no reason is given, or one too long.
        ConflictError: someone changed it meanwhile, or it was taken out already.
    """
    engagements.find(store, uid)
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        kept = replace(_as_seen(store, uid, seen), removed=True)
        _saved(change, store, kept, action="removed")
        journal.add(change, action="engagement-removed", **_entry(kept))
        return kept


def put_back(store: Store, uid: str, *, seen: int, reason: str, actor: str, now: datetime) -> Kept:
    """Has a statement that was taken out told again.

    Raises:
        NotFoundError: there is no such statement.
        ProblemsError: no reason is given, or one too long.
        ConflictError: someone changed it meanwhile, or it is not taken out.
    """
    engagements.find(store, uid)
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        kept = replace(_as_seen(store, uid, seen, removed=True), removed=False)
        _saved(change, store, kept, action="changed")
        journal.add(change, action="engagement-back", **_entry(kept))
        return kept


def undo(store: Store, uid: str, revision: int, *, seen: int, reason: str, actor: str, now: datetime) -> Kept:
    """Puts back what a revision changed; what was changed beside it, before or since, stays.

    Raises:
        NotFoundError: there is no such statement, or no such revision of it.
        ProblemsError: no reason is given, or one too long.
        ConflictError: someone changed the statement meanwhile, a later change touched the same fields, or the revision
            is the one that it came with.
    """
    engagements.find(store, uid)
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        found = engagements.revision_of(store, uid, revision)
        if found is None:
            raise NotFoundError("engagement-undo")
        _check_newest(store, uid, seen)
        kept = undone(engagements.find(store, uid), found, directory.read(change.db))
        _saved(change, store, kept, action="undone")
        journal.add(change, action="engagement-undone", **_entry(kept))
        return kept


def undone(kept: Kept, revision: EngagementRevision, known: Mapping[str, Partner]) -> Kept:
    """The statement without what a revision changed; partners that turned out to be another since are that one.

    Raises:
        ConflictError: it can't be told what to put back.
    """
    if revision.before is None:
        raise ConflictError("engagement-first")
    before, after, stands = (_standing(_values(each), known) for each in (revision.before, revision.after, kept))
    changed = [name for name in before if before[name] != after[name]]
    if any(stands[name] != after[name] for name in changed):
        raise ConflictError("undo-since")
    back = {name: before[name] for name in changed}
    beside = {name: back.pop(name) for name in _BESIDE if name in back}
    return replace(kept, engagement=replace(kept.engagement, **back), **beside)


def can_undo(kept: Kept, revision: EngagementRevision, known: Mapping[str, Partner]) -> bool:
    """Whether a revision can be undone as the statement stands; `known` are the partners by their keys."""
    try:
        undone(kept, revision, known)
    except ConflictError:
        return False
    return True


def set_roles(
    store: Store, uid: str, roles: Iterable[str], *, sequence: int, reason: str, actor: str, now: datetime
) -> Event:
    """Sets ITU's roles at an event, as an edit of it; none leaves those that its series gives.

    `sequence` is the event's when the editor began.

    Raises:
        ProblemsError: a role that there is not, no reason, or one too long.
        ConflictError: someone changed the event meanwhile.
        GoneError: it was withdrawn.
    """
    given = dict.fromkeys(roles)
    if wrong := [role for role in given if role not in set(Role)]:
        error = CalendarError("choice-unknown", value=wrong[0][:60])
        raise ProblemsError([Problem(field="role", error=error)])
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        event = events.by_uid(store, uid)
        check_seen(event, sequence)
        if event.status is Status.WITHDRAWN:
            raise GoneError("event-withdrawn", title=event.title)
        if set(given) == set(event.roles):
            return event
        set_ = replace(event, roles=tuple(map(Role, given)), sequence=event.sequence + 1)
        return save(change, set_, action="edited")


def _kept(change: Change, told: Told, uid: str) -> Kept:
    keys = partner_names.keys(change, told.partners)
    return Kept(engagement=replace(told.engagement, uid=uid, partners=keys), note=told.note)


def _beside(store: Store, kept: Kept) -> Iterable[Kept]:
    """The statements that stand beside one: of its first event, else of its first series."""
    told = kept.engagement
    if told.events:
        return engagements.kept_of_event(store, told.events[0])
    return engagements.kept_of_series(store, told.series[0])


def _same(one: Kept, other: Kept) -> bool:
    return _values(one) == _values(other)


def _values(kept: Kept) -> dict[str, Any]:
    told: dict[str, Any] = {name: getattr(kept.engagement, name) for name in _FIELDS}
    return told | {name: getattr(kept, name) for name in _BESIDE}


def _standing(values: dict[str, Any], known: Mapping[str, Partner]) -> dict[str, Any]:
    return values | {"partners": standing_keys(known, values["partners"])}


def _as_seen(store: Store, uid: str, seen: int, *, removed: bool = False) -> Kept:
    kept = engagements.find(store, uid)
    _check_newest(store, uid, seen)
    if kept.removed is not removed:
        raise ConflictError("engagement-there" if removed else "engagement-removed")
    return kept


def _check_newest(store: Store, uid: str, seen: int) -> None:
    if engagements.newest_revision(store, uid) != seen:
        raise ConflictError("engagement-changed")


def _saved(change: Change, store: Store, kept: Kept, *, action: str) -> bool:
    """Writes a statement, and gives whether that changed anything."""
    uid = kept.engagement.uid
    before = engagements.newest_revision(store, uid)
    engagements.save(change, store, kept, action=action)
    return engagements.newest_revision(store, uid) != before


def _entry(kept: Kept) -> dict[str, str]:
    """What the journal names a statement by."""
    return {"subject": addresses.desk_engagement(kept.engagement.uid), "detail": kept.engagement.detail}
