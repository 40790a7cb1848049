"""The series: reading and replacing them, each change with its revision, and what the catalogue said of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from calendar_app.events import Series, SeriesRole
from calendar_app.store.connection import Change, Store, bump, insert, rows
from calendar_app.store.revised import Revision, Revisions
from calendar_app.store.visible import OPEN, PUBLIC
from calendar_app.topics import SDGS, THEMES, Kind, Role

_PLAIN = (
    *("key", "short_name", "name", "kind", "convener", "cadence", "months", "place"),
    *("role_text", "url", "quote", "source"),
)
_SELECT = """
SELECT s.*,
    (SELECT json_group_array(theme) FROM
        (SELECT theme FROM series_themes WHERE series = s.key ORDER BY position)) AS themes,
    (SELECT json_group_array(sdg) FROM (SELECT sdg FROM series_sdgs WHERE series = s.key ORDER BY position)) AS sdgs,
    (SELECT json_group_array(json_array(role, year)) FROM
        (SELECT role, year FROM series_roles WHERE series = s.key ORDER BY position)) AS roles
FROM series s
"""


SeriesRevision = Revision[Series]


def directory(store: Store) -> dict[str, Series]:
    """Every series by its key, in the order of their short names."""
    return _directory(store, store.revision())


@lru_cache(maxsize=4)
def _directory(store: Store, _revision: int) -> dict[str, Series]:
    return read(store.db)


def read(db: Database) -> dict[str, Series]:
    """The directory as a transaction that is still open sees it."""
    found = sorted(map(_series, rows(db, _SELECT)), key=lambda series: (series.short_name.casefold(), series.key))
    return {series.key: series for series in found}


def find(db: Database, key: str) -> Series | None:
    """The series of that key, or None."""
    found = rows(db, f"{_SELECT} WHERE s.key = ?", [key])
    return _series(found[0]) if found else None


def pillars(store: Store) -> dict[str, tuple[str, ...]]:
    """The series that belong to another, by its key."""
    found: dict[str, tuple[str, ...]] = {}
    for key, whole in store.db.conn.execute("SELECT series, pillar_of FROM pillars ORDER BY id"):
        found[whole] = (*found.get(whole, ()), key)
    return found


def begun(store: Store, keys: Iterable[str], *, by: date) -> frozenset[str]:
    """Those of these series of which something is on record by a day: a meeting, or what ITU did in them."""
    sql = (
        "SELECT k.value FROM json_each(?) k WHERE (SELECT e.first_day FROM events e WHERE e.series = k.value"
        f" AND {PUBLIC} ORDER BY e.last_day LIMIT 1) <= ? OR EXISTS (SELECT 1 FROM engagement_series n"
        f" JOIN engagements g ON g.id = n.engagement WHERE n.series = k.value AND {OPEN} AND g.year <= ?)"
    )
    given = [json.dumps(sorted(keys)), by.isoformat(), by.year]
    return frozenset(key for (key,) in store.db.conn.execute(sql, given))


def put(change: Change, series: Iterable[Series]) -> int:
    """Adds or replaces series, each with its revision; gives how many differed from what was there.

    Raises nothing for a series that is no longer given: it stays, since events may name it.
    """
    changed = 0
    for each in series:
        before = find(change.db, each.key)
        if before != each:
            _write(change.db, each, new=before is None)
            _REVISIONS.add(change, each.key, before=before, after=each)
            changed += 1
    if changed:
        bump(change.db)
    return changed


def revisions(store: Store, key: str) -> list[SeriesRevision]:
    """The revisions of a series, the newest first."""
    return _REVISIONS.of(store, key)


def newest_revision(db: Database, key: str) -> int:
    """The number of the last revision of a series; 0 of one that has none."""
    return _REVISIONS.newest(db, key)


def before_others(db: Database, origin: str) -> dict[str, Series | None]:
    """Each series that others than this origin changed, as it was before; None for one that they added."""
    sql = "SELECT series, before FROM series_revisions WHERE actor <> ? ORDER BY id DESC"
    return {
        row["series"]: _read(json.loads(row["before"])) if row["before"] else None for row in rows(db, sql, [origin])
    }


def last_said(db: Database, origin: str) -> dict[str, Series]:
    """What a source said of each series when it was last read, by key."""
    found = rows(db, "SELECT series, record FROM series_said WHERE origin = ?", [origin])
    return {row["series"]: _read(json.loads(row["record"])) for row in found}


def keep_said(change: Change, origin: str, series: Series) -> None:
    """Remembers what a source says of a series now."""
    change.db.conn.execute(
        "INSERT INTO series_said (origin, series, record) VALUES (?, ?, ?)"
        " ON CONFLICT (origin, series) DO UPDATE SET record = excluded.record",
        [origin, series.key, _written(series)],
    )


def put_vocabulary(change: Change) -> None:
    """Makes the goals and themes known to the database's foreign keys."""
    change.db.conn.executemany("INSERT OR IGNORE INTO themes VALUES (?)", [[slug] for slug in THEMES])
    change.db.conn.executemany("INSERT OR IGNORE INTO sdgs VALUES (?)", [[number] for number in SDGS])


def _write(db: Database, series: Series, *, new: bool) -> None:
    columns = {name: getattr(series, name) for name in _PLAIN}
    if new:
        insert(db, "series", [columns])
    else:
        pairs = ", ".join(f"{name} = :{name}" for name in _PLAIN)
        db.conn.execute(f"UPDATE series SET {pairs} WHERE key = :key", columns)
    children: dict[str, list[dict[str, Any]]] = {
        "series_themes": [{"theme": theme} for theme in series.themes],
        "series_sdgs": [{"sdg": sdg} for sdg in series.sdgs],
        "series_roles": [{"role": held.role, "year": held.year} for held in series.roles],
    }
    for table, values in children.items():
        db.conn.execute(f"DELETE FROM {table} WHERE series = ?", [series.key])
        insert(
            db,
            table,
            [{"series": series.key, "position": place, **value} for place, value in enumerate(values)],
        )


def _written(series: Series) -> str:
    """A series as the JSON that revisions hold."""
    held = [(each.role, each.year) for each in series.roles]
    return json.dumps(asdict(series) | {"roles": held}, ensure_ascii=False)


def _series(row: dict[str, Any]) -> Series:
    lists = {name: json.loads(row[name]) for name in ("themes", "sdgs", "roles")}
    return _read(row | lists)


def _read(record: Mapping[str, Any]) -> Series:
    plain = {name: record[name] for name in _PLAIN} | {"kind": Kind(record["kind"])}
    roles = tuple(SeriesRole(role=Role(role), year=year) for role, year in record["roles"])
    return Series(**plain, themes=tuple(record["themes"]), sdgs=tuple(record["sdgs"]), roles=roles)


_REVISIONS = Revisions("series", read=lambda record: _read(json.loads(record)), written=_written)
