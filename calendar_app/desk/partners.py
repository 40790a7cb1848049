"""Partners at the desk: added, edited, and what a change did put back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from calendar_app import addresses, places
from calendar_app.desk.partner_fields import FIELDS, read
from calendar_app.desk.saving import reason_of, with_reason
from calendar_app.engagement import Partner, by_names, key_of
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.events import free_slug
from calendar_app.store import Change, Store, engagements, journal
from calendar_app.store import partners as directory
from calendar_app.store.partners import PartnerRevision

# Where the desk adds a partner; no key may stand there.
_NEW = addresses.NEW_PARTNER.rpartition("/")[2]


def add(store: Store, given: Mapping[str, str], *, reason: str, actor: str, now: datetime) -> Partner:
    """Adds a partner under a key that is made from its name and never changes.

    Raises:
        ProblemsError: every problem of the fields, or no reason.
    """
    told, why = with_reason(lambda: read(given), reason)
    with store.change(now, actor=actor, reason=why) as change:
        known = directory.read(change.db)
        check_names(by_names(known), told)
        return added(change, told, known)


def edit(
    store: Store, key: str, given: Mapping[str, str], *, seen: int, reason: str, actor: str, now: datetime
) -> Partner:
    """Changes a partner; `seen` is the number of its last revision when the editor began, 0 for none.

    Raises:
        NotFoundError: there is no such partner.
        ProblemsError: every problem of the fields, or no reason.
        ConflictError: someone changed the partner meanwhile, or it turned out to be another.
    """
    existing = find(store, key)
    _, why = with_reason(lambda: read(given, existing), reason)
    with store.change(now, actor=actor, reason=why) as change:
        before = standing(store, key, seen)
        told = read(given, before)
        if put(change, store, told):
            subject = addresses.desk_partner(key)
            journal.add(change, action="partner-edited", subject=subject, detail=told.name)
        return told


def undo(store: Store, key: str, revision: int, *, seen: int, reason: str, actor: str, now: datetime) -> Partner:
    """Puts back what a change of a partner changed, as a new one; what was changed beside it, or since, stays.

    Raises:
        NotFoundError: there is no such partner, or no such change of it.
        ProblemsError: no reason, or a name that is another's by now.
        ConflictError: someone changed it meanwhile, or this is not a change that can be put back.
    """
    find(store, key)
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        found = revision_of(store, key, revision)
        told = _undone(standing(store, key, seen), found)
        put(change, store, told)
        journal.add(change, action="partner-undone", subject=addresses.desk_partner(key), detail=told.name)
        return told


def can_undo(partner: Partner, revision: PartnerRevision) -> bool:
    """Whether a change can be put back as the partner stands."""
    try:
        _undone(partner, revision)
    except ConflictError:
        return False
    return True


def _undone(partner: Partner, revision: PartnerRevision) -> Partner:
    before, after = revision.before, revision.after
    if before is None or before.same_as != after.same_as:
        raise ConflictError("partner-undo")
    changed = [name for name in FIELDS if getattr(before, name) != getattr(after, name)]
    if any(getattr(partner, name) != getattr(after, name) for name in changed):
        raise ConflictError("undo-since")
    return replace(partner, **{name: getattr(before, name) for name in changed})


def find(store: Store, key: str) -> Partner:
    """The partner of that key.

    Raises:
        NotFoundError: there is none.
    """
    found = directory.directory(store).get(key)
    if found is None:
        raise NotFoundError("partner-none", name=key[:60])
    return found


def standing(store: Store, key: str, seen: int) -> Partner:
    """A partner as a change that is open finds it.

    Raises:
        ConflictError: it is not as the editor saw it any more, or turned out to be another.
    """
    found = directory.find(store.db, key)
    if found is None or directory.newest_revision(store.db, key) != seen or found.same_as:
        raise ConflictError("partner-changed")
    return found


def revision_of(store: Store, key: str, number: int) -> PartnerRevision:
    """The change of a partner that has this number.

    Raises:
        NotFoundError: there is none.
    """
    found = directory.revision_of(store, key, number)
    if found is None:
        raise NotFoundError("partner-revision")
    return found


def put(change: Change, store: Store, told: Partner) -> bool:
    """Writes a partner, by whose names its events are then found; gives whether that changed anything.

    Raises:
        ProblemsError: a name of it is another's.
    """
    others = {key: each for key, each in directory.read(change.db).items() if key != told.key}
    check_names(by_names(others), told)
    changed = directory.put(change, told)
    if changed:
        engagements.reindex(change, store, directory.events_of(change.db, told.key))
    return changed


def added(change: Change, told: Partner, known: Mapping[str, Partner]) -> Partner:
    """A new partner as it was written; `known` is the directory as the change sees it."""
    new = replace(told, key=free_slug(key_of(told.name), {*known, _NEW}))
    directory.put(change, new)
    journal.add(change, action="partner-added", subject=addresses.desk_partner(new.key), detail=new.name)
    return new


def check_names(known: Mapping[str, Partner], told: Partner) -> None:
    """Refuses a name of another partner, by the names that are `known`: people and files tell partners apart by it.

    Raises:
        ProblemsError: one is another's.
    """
    for field, names in (("name", (told.name,)), ("aliases", told.aliases)):
        for name in names:
            if (other := known.get(places.fold(name))) and other.key != told.key:
                error = CalendarError("partner-twice", name=name, other=other.name)
                raise ProblemsError([Problem(field=field, error=error)])
