"""The directory of partners: reading it, and writing one with its history."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from calendar_app.engagement import Partner
from calendar_app.store.connection import Change, Store, bump, insert, moment_of, rows, text_of
from calendar_app.topics import PartnerKind

_COUNT = """
SELECT p.partner, count(DISTINCT p.engagement) FROM engagement_partners p
JOIN engagements g ON g.id = p.engagement WHERE g.public = 1 AND g.removed = 0 GROUP BY p.partner
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRevision:
    """One recorded change of a partner; `before` is None where it was added. `at` is UTC."""

    id: int
    at: datetime
    actor: str
    reason: str
    before: Partner | None
    after: Partner


def directory(store: Store) -> dict[str, Partner]:
    """Every partner by its key, in the order of their names."""
    return _directory(store, store.revision())


@lru_cache(maxsize=4)
def _directory(store: Store, _revision: int) -> dict[str, Partner]:
    return read(store.db)


def read(db: Database) -> dict[str, Partner]:
    """The directory as a transaction that is still open sees it."""
    found = [_partner(row) for row in rows(db, "SELECT * FROM partners")]
    return {each.key: each for each in sorted(found, key=lambda each: (each.name.casefold(), each.key))}


def counts(store: Store) -> dict[str, int]:
    """How many statements that all may see name each partner; those without one are left out."""
    return dict(store.db.conn.execute(_COUNT).fetchall())


def put(change: Change, partner: Partner) -> bool:
    """Adds or replaces a partner, with its revision; gives whether that changed anything."""
    before = read(change.db).get(partner.key)
    if before == partner:
        return False
    columns = {
        "key": partner.key,
        "name": partner.name,
        "kind": str(partner.kind),
        "aliases": json.dumps(partner.aliases, ensure_ascii=False),
        "url": partner.url,
    }
    change.db.conn.execute(
        "INSERT INTO partners (key, name, kind, aliases, url) VALUES (:key, :name, :kind, :aliases, :url)"
        " ON CONFLICT (key) DO UPDATE SET name = excluded.name, kind = excluded.kind, aliases = excluded.aliases,"
        " url = excluded.url",
        columns,
    )
    revision = {
        "partner": partner.key,
        "at": text_of(change.now),
        "actor": change.actor,
        "reason": change.reason,
        "before": None if before is None else _written(before),
        "after": _written(partner),
    }
    insert(change.db, "partner_revisions", [revision])
    bump(change.db)
    return True


def revisions(store: Store, key: str) -> list[PartnerRevision]:
    """The revisions of a partner, the newest first."""
    found = rows(store.db, "SELECT * FROM partner_revisions WHERE partner = ? ORDER BY id DESC", [key])
    return [_revision(row) for row in found]


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
    return Partner(**named, kind=PartnerKind(row["kind"]), aliases=tuple(json.loads(row["aliases"])))


def _read(record: Mapping[str, Any]) -> Partner:
    return Partner(**{**record, "kind": PartnerKind(record["kind"]), "aliases": tuple(record["aliases"])})


def _revision(row: dict[str, Any]) -> PartnerRevision:
    return PartnerRevision(
        id=row["id"],
        at=moment_of(row["at"]),
        actor=row["actor"],
        reason=row["reason"],
        before=_read(json.loads(row["before"])) if row["before"] else None,
        after=_read(json.loads(row["after"])),
    )
