"""Two partners that turn out to be one: joined, with all that was said of them, and parted again."""

from dataclasses import replace
from datetime import datetime

from calendar_app import addresses, places
from calendar_app.desk.partner_fields import MOST_ALIASES
from calendar_app.desk.partners import find, put, revision_of, standing
from calendar_app.desk.saving import reason_of
from calendar_app.engagement import Partner
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.store import Change, Store, engagements, journal
from calendar_app.store import partners as directory
from calendar_app.store.partners import PartnerRevision


def merge(
    store: Store, key: str, into: str, *, names: bool, seen: int, reason: str, actor: str, now: datetime
) -> Partner:
    """The partner that another turned out to be, with all that was said of it.

    It goes by the other's `names` too if so; else the desk alone knows that they mean it, and no address leads from one
    to the other: what was never public becomes so by no joining. `seen` is the number of the other's last revision when
    the editor began.

    Raises:
        NotFoundError: there is no such partner.
        ProblemsError: no reason, none to be the same as, or more names than one may have.
        ConflictError: someone changed it meanwhile.
    """
    find(store, key)
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        other, kept = standing(store, key, seen), directory.find(change.db, into)
        if kept is None or kept.same_as or into == key:
            raise ProblemsError([Problem(field="same_as", error=CalendarError("partner-same"))])
        directory.put(change, replace(other, same_as=into))
        for each in engagements.kept_of_partner(store, key):
            keys = dict.fromkeys(into if partner == key else partner for partner in each.engagement.partners)
            _say(change, store, each.engagement.uid, tuple(keys), action="changed")
        told = _with_names(kept, other) if names else kept
        put(change, store, told)
        journal.add(change, action="partner-merged", subject=addresses.desk_partner(key), detail=told.name)
        return told


def part(store: Store, key: str, revision: int, *, reason: str, actor: str, now: datetime) -> Partner:
    """A partner that was taken for another, there again with its names and with what was said of it.

    Raises:
        NotFoundError: there is no such partner, or no such change of it.
        ProblemsError: no reason, or a name that is another's by now.
        ConflictError: it is none of these, or the partners of a statement were changed since.
    """
    find(store, key)
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        found, stands = revision_of(store, key, revision), directory.find(change.db, key)
        before = found.before
        if before is None or stands != found.after or stands.same_as in {"", before.same_as}:
            raise ConflictError("partner-undo")
        kept = directory.find(change.db, stands.same_as)
        if kept is None or kept.same_as:
            raise ConflictError("undo-since")
        back = _to_move_back(store, found, kept.key)
        put(change, store, _without_names(kept, before))
        put(change, store, before)
        # Until it stands by itself, a statement names the other in its place.
        for uid, partners in back:
            _say(change, store, uid, partners, action="undone")
        journal.add(change, action="partner-parted", subject=addresses.desk_partner(key), detail=before.name)
        return before


def _say(change: Change, store: Store, uid: str, partners: tuple[str, ...], *, action: str) -> None:
    """Has a statement name these partners, and otherwise say what it says."""
    told = engagements.find(store, uid)
    said = replace(told.engagement, partners=partners)
    engagements.save(change, store, replace(told, engagement=said), action=action)


def _to_move_back(store: Store, merged: PartnerRevision, kept: str) -> list[tuple[str, tuple[str, ...]]]:
    """The statements that were moved when two partners were joined, with the partners that each named before.

    Raises:
        ConflictError: another change of the partners of one came since.
    """
    found = []
    for told in engagements.kept_of_partner(store, kept):
        for each in engagements.revisions(store, told.engagement.uid):
            if each.before is None or (each.at, each.actor) != (merged.at, merged.actor):
                continue
            before, after = each.before.engagement.partners, each.after.engagement.partners
            if merged.after.key not in before or merged.after.key in after:
                continue
            if told.engagement.partners != after:
                raise ConflictError("undo-since")
            found.append((told.engagement.uid, before))
    return found


def _with_names(kept: Partner, other: Partner) -> Partner:
    """A partner that goes by the names of another too."""
    names: dict[str, str] = {}
    for name in (*kept.aliases, other.name, *other.aliases):
        names.setdefault(places.fold(name), name)
    names.pop(places.fold(kept.name), None)
    if len(names) > MOST_ALIASES:
        error = CalendarError("lines-long", most=MOST_ALIASES, count=len(names))
        raise ProblemsError([Problem(field="same_as", error=error)])
    return replace(kept, aliases=tuple(names.values()), url=kept.url or other.url)


def _without_names(kept: Partner, other: Partner) -> Partner:
    names = set(map(places.fold, (other.name, *other.aliases)))
    return replace(kept, aliases=tuple(alias for alias in kept.aliases if places.fold(alias) not in names))
