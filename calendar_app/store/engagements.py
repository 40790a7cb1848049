"""What ITU did: reading it, the public part apart from the internal, and writing it with its history."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from calendar_app.engagement import Document, Engagement
from calendar_app.errors import NotFoundError
from calendar_app.store import events, partners, search, series
from calendar_app.store.connection import Change, Store, bump, insert, rows
from calendar_app.store.engagement_records import REVISIONS, EngagementRevision, Kept, read, written
from calendar_app.store.visible import OF_SERIES_ALONE, SHOWN
from calendar_app.topics import Activity

_PLAIN = ("uid", "year", "activity", "detail", "outcome", "source", "source_url")
_LISTS = {"events": "event", "series": "series", "partners": "partner"}
_SELECT = "SELECT g.*, " + ", ".join(
    f"(SELECT json_group_array({column}) FROM"
    f" (SELECT {column} FROM engagement_{name} WHERE engagement = g.id ORDER BY position)) AS {name}"
    for name, column in _LISTS.items()
)
# As many statements as a page tells of a series or a partner.
MOST = 100


def of_event(store: Store, uid: str) -> list[Engagement]:
    """What ITU did at an event, for all to see, in the order in which it was recorded."""
    where = "g.id IN (SELECT engagement FROM engagement_events WHERE event = ?)"
    return _public(store.db, where, [uid])


def of_series(store: Store, key: str) -> list[Engagement]:
    """What ITU did in a series as a whole, for all to see, the newest year first; MOST statements at the most."""
    return _newest(store, "series", key)


def of_partner(store: Store, key: str) -> list[Engagement]:
    """What ITU did with a partner, for all to see, the newest year first; MOST statements at the most."""
    return _newest(store, "partners", key)


def of_period(store: Store, uids: Iterable[str], years: Iterable[int]) -> list[Engagement]:
    """What ITU did at these events, and in series alone in these years, for all to see, in the order of the record.

    What tells of events that anyone may see is done when these are, whatever year stands with it.
    """
    where = (
        "g.id IN (SELECT engagement FROM engagement_events WHERE event IN (SELECT value FROM json_each(?)))"
        f" OR (g.year IN (SELECT value FROM json_each(?)) AND {OF_SERIES_ALONE})"
    )
    return _public(store.db, f"({where})", [json.dumps(sorted(uids)), json.dumps(sorted(years))])


def all_public(store: Store) -> list[Engagement]:
    """Every statement for all to see, in the order of the record."""
    return _public(store.db, "1", [])


def kept_of_event(store: Store, uid: str) -> list[Kept]:
    """Every statement of an event for the desk: internal ones, and those that were taken out, too."""
    return _kept(store.db, "g.id IN (SELECT engagement FROM engagement_events WHERE event = ?)", [uid])


def kept_of_series(store: Store, key: str) -> list[Kept]:
    """Every statement of a series as a whole, for the desk."""
    return _kept(store.db, "g.id IN (SELECT engagement FROM engagement_series WHERE series = ?)", [key])


def kept_of_partner(store: Store, key: str) -> list[Kept]:
    """Every statement that names a partner, for the desk."""
    return _kept(store.db, "g.id IN (SELECT engagement FROM engagement_partners WHERE partner = ?)", [key])


def find(store: Store, uid: str) -> Kept:
    """A statement, for the desk.

    Raises:
        NotFoundError: there is none of that uid.
    """
    found = _kept(store.db, "g.uid = ?", [uid])
    if not found:
        raise NotFoundError("engagement-none")
    return found[0]


def revisions(store: Store, uid: str, *, most: int | None = None, offset: int = 0) -> list[EngagementRevision]:
    """The revisions of a statement, the newest first; a page of `most` at the most, None for all."""
    return REVISIONS.of(store, uid, most=most, offset=offset)


def revision_of(store: Store, uid: str, number: int) -> EngagementRevision | None:
    """The revision of a statement that has this number; None if it has none."""
    return REVISIONS.find(store, uid, number)


def newest_revision(store: Store, uid: str) -> int:
    """The number of the last revision of a statement; 0 of one that has none."""
    return REVISIONS.newest(store.db, uid)


def save(change: Change, store: Store, kept: Kept, *, action: str, origin: str = "") -> None:
    """Writes a statement and its revision, and has the events that it tells of found by its partners.

    `store` is the one whose change is open. `action` is added, changed, removed or undone.
    """
    # No statement names one that turned out to be another.
    keys = dict.fromkeys(partners.now_called(change.db, key) for key in kept.engagement.partners)
    kept = replace(kept, engagement=replace(kept.engagement, partners=tuple(keys)))
    told = kept.engagement
    standing = _kept(change.db, "g.uid = ?", [told.uid])
    before = standing[0] if standing else None
    if before == kept:
        return
    number = _write(change.db, kept, new=before is None, origin=origin)
    _write_lists(change.db, number, kept)
    REVISIONS.add(change, told.uid, before=before, after=kept, action=action)
    touched = {*told.events, *(before.engagement.events if before else ())}
    reindex(change, store, sorted(touched))
    bump(change.db)


def reindex(change: Change, store: Store, uids: Sequence[str]) -> None:
    """Has events found by their partners as they now stand."""
    for uid in uids:
        event = events.by_uid(store, uid)
        (number,) = change.db.conn.execute("SELECT id FROM events WHERE uid = ?", [uid]).fetchone()
        search.index(change.db, number, event, series.find(change.db, event.series))


def said(store: Store) -> dict[str, tuple[str, Kept | None]]:
    """The uid of each statement of the catalogue by its name there, and what the catalogue said of it last."""
    found = rows(store.db, "SELECT uid, origin, said FROM engagements WHERE origin <> ''")
    return {row["origin"]: (row["uid"], read(row["said"]) if row["said"] else None) for row in found}


def keep_said(change: Change, uid: str, kept: Kept) -> None:
    """Remembers what the catalogue says of a statement now."""
    change.db.conn.execute("UPDATE engagements SET said = ? WHERE uid = ?", [written(kept), uid])


def _public(db: Database, where: str, values: Sequence[Any], *, order: str = "g.id") -> list[Engagement]:
    found = rows(db, f"{_SELECT} FROM engagements g WHERE {SHOWN} AND {where} ORDER BY {order}", values)
    return [_engagement(row) for row in found]


def _newest(store: Store, name: str, key: str) -> list[Engagement]:
    """The newest statements that name a series or partner: few are read, however many there are."""
    newest = json.dumps(_newest_ids(store, store.revision(), name, key))
    return _public(store.db, "g.id IN (SELECT value FROM json_each(?))", [newest], order="g.year DESC, g.id")


# All that name one are sorted once after each change.
@lru_cache(maxsize=256)
def _newest_ids(store: Store, _revision: int, name: str, key: str) -> tuple[int, ...]:
    its = f"SELECT engagement FROM engagement_{name} WHERE {_LISTS[name]} = ?"
    sql = f"SELECT g.id FROM engagements g WHERE g.id IN ({its}) AND {SHOWN}"
    return tuple(row[0] for row in store.db.conn.execute(f"{sql} ORDER BY g.year DESC, g.id LIMIT {MOST}", [key]))


def _kept(db: Database, where: str, values: Sequence[Any]) -> list[Kept]:
    notes = "engagements g LEFT JOIN engagement_notes n ON n.engagement = g.id"
    found = rows(db, f"{_SELECT}, coalesce(n.note, '') AS note FROM {notes} WHERE {where} ORDER BY g.id", values)
    return [Kept(engagement=_engagement(row), note=row["note"], removed=bool(row["removed"])) for row in found]


def _engagement(row: dict[str, Any]) -> Engagement:
    values: dict[str, Any] = {name: row[name] for name in _PLAIN if name != "activity"}
    values |= {name: tuple(json.loads(row[name])) for name in _LISTS}
    return Engagement(
        **values,
        activity=Activity(row["activity"]),
        documents=tuple(Document(**each) for each in json.loads(row["documents"])),
        public=bool(row["public"]),
    )


def _write(db: Database, kept: Kept, *, new: bool, origin: str) -> int:
    told = kept.engagement
    columns: dict[str, Any] = {name: getattr(told, name) for name in _PLAIN} | {"activity": str(told.activity)}
    columns["documents"] = json.dumps([asdict(each) for each in told.documents], ensure_ascii=False)
    columns |= {"public": int(told.public), "removed": int(kept.removed)}
    if new:
        return insert(db, "engagements", [columns | {"origin": origin}])
    pairs = ", ".join(f"{name} = :{name}" for name in columns)
    db.conn.execute(f"UPDATE engagements SET {pairs} WHERE uid = :uid", columns)
    return int(db.conn.execute("SELECT id FROM engagements WHERE uid = ?", [told.uid]).fetchone()[0])


def _write_lists(db: Database, number: int, kept: Kept) -> None:
    for name, column in _LISTS.items():
        db.conn.execute(f"DELETE FROM engagement_{name} WHERE engagement = ?", [number])
        values = enumerate(getattr(kept.engagement, name))
        listed = [{"engagement": number, "position": at, column: value} for at, value in values]
        insert(db, f"engagement_{name}", listed)
    db.conn.execute("DELETE FROM engagement_notes WHERE engagement = ?", [number])
    if kept.note:
        insert(db, "engagement_notes", [{"engagement": number, "note": kept.note}])
