"""The series: reading and replacing them."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from calendar_app.events import Series, SeriesRole
from calendar_app.store.connection import Change, Store, bump, insert, rows
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


def put(change: Change, series: Iterable[Series]) -> int:
    """Adds or replaces series; gives how many differed from what was there.

    Raises nothing for a series that is no longer given: it stays, since events may name it.
    """
    changed = 0
    for each in series:
        before = find(change.db, each.key)
        if before != each:
            _write(change.db, each, new=before is None)
            changed += 1
    if changed:
        bump(change.db)
    return changed


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


def _series(row: dict[str, Any]) -> Series:
    plain = {name: row[name] for name in _PLAIN} | {"kind": Kind(row["kind"])}
    roles = tuple(SeriesRole(role=Role(role), year=year) for role, year in json.loads(row["roles"]))
    return Series(**plain, themes=tuple(json.loads(row["themes"])), sdgs=tuple(json.loads(row["sdgs"])), roles=roles)
