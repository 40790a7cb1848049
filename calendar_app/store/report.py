"""What editors write for the report of a period: a text at each of its places, and those that stood there before."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from calendar_app.store.connection import Change, Store, bump, insert, moment_of, rows, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an editor wrote for a period, at one of its places. `at` is UTC; an empty text leaves the place empty."""

    id: int
    name: str
    text: str
    at: datetime
    actor: str


def texts(store: Store, first: date, last: date) -> dict[str, Written]:
    """What stands at each place of the report of a period."""
    return {each.name: each for each in reversed(history(store, first, last))}


def history(store: Store, first: date, last: date) -> list[Written]:
    """All that editors ever wrote for a period, the newest first."""
    sql = "SELECT * FROM report_texts WHERE first = ? AND last = ? ORDER BY id DESC"
    found = rows(store.db, sql, [first.isoformat(), last.isoformat()])
    return [_written(row) for row in found]


def periods(store: Store) -> list[tuple[date, date]]:
    """The periods that editors wrote for, the newest first."""
    # That there is nothing to report of a thing is no text to start from.
    sql = "SELECT DISTINCT first, last FROM report_texts WHERE name NOT GLOB 'settled:*' ORDER BY last DESC, first DESC"
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in store.db.conn.execute(sql)]


def write(change: Change, first: date, last: date, *, name: str, text: str) -> None:
    """Keeps a text for a period, at one of its places, in front of those before it."""
    row = {"first": first.isoformat(), "last": last.isoformat(), "name": name, "text": text}
    insert(change.db, "report_texts", [row | {"at": text_of(change.now), "actor": change.actor}])
    bump(change.db)


def _written(row: dict[str, Any]) -> Written:
    told = {name: row[name] for name in ("id", "name", "text", "actor")}
    return Written(**told, at=moment_of(row["at"]))
