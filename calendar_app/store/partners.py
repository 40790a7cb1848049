"""The directory of partners: reading it, and writing one with its history."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from calendar_app import places
from calendar_app.engagement import Partner
from calendar_app.store.connection import Change, Store, bump, rows
from calendar_app.store.revised import Revision, Revisions
from calendar_app.topics import PartnerKind

_EVENTS = (
    "SELECT DISTINCT n.event FROM engagement_partners p JOIN engagement_events n ON n.engagement = p.engagement"
    " WHERE p.partner = ? ORDER BY n.event"
)
# Whether a partner got names in the change by which another turned out to be it, or has had the other's.
_TAKEN_OVER = """
    SELECT 1 FROM partners o JOIN partners k ON k.key = o.same_as
    WHERE o.key = ? AND k.key = ? AND (
        EXISTS (SELECT 1 FROM json_each(k.aliases) a WHERE a.value = o.name) OR EXISTS (
            SELECT 1 FROM partner_revisions r JOIN partner_revisions s ON s.at = r.at AND s.actor = r.actor
            WHERE r.partner = o.key AND r.after ->> 'same_as' = k.key AND s.partner = k.key
        )
    )
"""
PartnerRevision = Revision[Partner]


def directory(store: Store) -> dict[str, Partner]:
    """Every partner by its key, in the order of their names; those too that turned out to be another."""
    return _directory(store, store.revision())


@lru_cache(maxsize=4)
def _directory(store: Store, _revision: int) -> dict[str, Partner]:
    return read(store.db)


def by_name(store: Store) -> dict[str, Partner]:
    """The partners that stand by each of their names, folded; of two with one name the first in the directory."""
    return _by_name(store, store.revision())


# All names are folded once after each change.
@lru_cache(maxsize=4)
def _by_name(store: Store, revision: int) -> dict[str, Partner]:
    found: dict[str, Partner] = {}
    for partner in _directory(store, revision).values():
        for name in (partner.name, *partner.aliases) if not partner.same_as else ():
            found.setdefault(places.fold(name), partner)
    return found


def read(db: Database) -> dict[str, Partner]:
    """The directory as a transaction that is still open sees it."""
    found = [_partner(row) for row in rows(db, "SELECT * FROM partners")]
    return {each.key: each for each in sorted(found, key=lambda each: (each.name.casefold(), each.key))}


def find(db: Database, key: str) -> Partner | None:
    """The partner of that key, or None."""
    found = rows(db, "SELECT * FROM partners WHERE key = ?", [key])
    return _partner(found[0]) if found else None


def events_of(db: Database, key: str) -> list[str]:
    """The uids of the events of which a statement names a partner."""
    return [row[0] for row in db.conn.execute(_EVENTS, [key])]


def now_called(db: Database, key: str) -> str:
    """The key of the partner that one turned out to be, or its own."""
    sql = (
        "WITH RECURSIVE told (key, same_as) AS (SELECT key, same_as FROM partners WHERE key = ?"
        " UNION SELECT p.key, p.same_as FROM told t JOIN partners p ON p.key = t.same_as)"
        " SELECT key FROM told WHERE same_as IS NULL"
    )
    found = db.conn.execute(sql, [key]).fetchone()
    return str(found[0]) if found else key


def led_to(db: Database, key: str) -> str:
    """The key that an address with this one leads to: of the partner that took its names over, or its own."""
    now, found = now_called(db, key), find(db, key)
    while found and found.same_as and now != key:
        if not db.conn.execute(_TAKEN_OVER, [found.key, found.same_as]).fetchone():
            return key
        found = find(db, found.same_as)
    return now


def put(change: Change, partner: Partner) -> bool:
    """Adds or replaces a partner, with its revision; gives whether that changed anything."""
    before = find(change.db, partner.key)
    if before == partner:
        return False
    columns = {
        "key": partner.key,
        "name": partner.name,
        "kind": str(partner.kind),
        "aliases": json.dumps(partner.aliases, ensure_ascii=False),
        "url": partner.url,
        "same_as": partner.same_as or None,
    }
    change.db.conn.execute(
        "INSERT INTO partners (key, name, kind, aliases, url, same_as)"
        " VALUES (:key, :name, :kind, :aliases, :url, :same_as)"
        " ON CONFLICT (key) DO UPDATE SET name = excluded.name, kind = excluded.kind, aliases = excluded.aliases,"
        " url = excluded.url, same_as = excluded.same_as",
        columns,
    )
    _REVISIONS.add(change, partner.key, before=before, after=partner)
    bump(change.db)
    return True


def revisions(store: Store, key: str) -> list[PartnerRevision]:
    """The revisions of a partner, the newest first."""
    return _REVISIONS.of(store, key)


def revision_of(store: Store, key: str, number: int) -> PartnerRevision | None:
    """The revision of a partner that has this number; None if it has none."""
    return _REVISIONS.find(store, key, number)


def newest_revision(db: Database, key: str) -> int:
    """The number of the last revision of a partner; 0 of one that has none."""
    return _REVISIONS.newest(db, key)


def last_said(db: Database) -> dict[str, Partner]:
    """What the catalogue said of each partner when it was last read, by key."""
    found = rows(db, "SELECT key, said FROM partners WHERE said IS NOT NULL")
    return {row["key"]: _read(json.loads(row["said"])) for row in found}


def keep_said(change: Change, partner: Partner) -> None:
    """Remembers what the catalogue says of a partner now."""
    change.db.conn.execute("UPDATE partners SET said = ? WHERE key = ?", [_written(partner), partner.key])


def _written(partner: Partner) -> str:
    return json.dumps(asdict(partner), ensure_ascii=False)


def _partner(row: Mapping[str, Any]) -> Partner:
    named = {name: row[name] for name in ("key", "name", "url")}
    aliases = tuple(json.loads(row["aliases"]))
    return Partner(**named, kind=PartnerKind(row["kind"]), aliases=aliases, same_as=row["same_as"] or "")


def _read(record: Mapping[str, Any]) -> Partner:
    return Partner(**{**record, "kind": PartnerKind(record["kind"]), "aliases": tuple(record["aliases"])})


_REVISIONS = Revisions("partner", read=lambda record: _read(json.loads(record)), written=_written)
