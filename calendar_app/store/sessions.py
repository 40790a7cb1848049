"""Sessions: the last and the next one of each series."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calendar_app.spans import Span, from_iso
from calendar_app.store.connection import Store, rows
from calendar_app.store.visible import PUBLIC

_HELD = f"{PUBLIC} AND e.status NOT IN ('cancelled', 'postponed')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An event as a directory names it: its days and its city, "" if none is known."""

    slug: str
    span: Span
    city: str


def next_of_all(store: Store, *, today: date) -> Mapping[str, Session]:
    """The session that is on or comes next of each series that has one, by its key; none that is off."""
    return _found(store, "e.last_day >= ?", "e.last_day", today)


def last_of_all(store: Store, *, today: date) -> Mapping[str, Session]:
    """The last session of each series that is over, by its key; none that was off."""
    return _found(store, "e.last_day < ?", "e.last_day DESC", today)


def _found(store: Store, bound: str, order: str, today: date) -> dict[str, Session]:
    one = f"SELECT e.id FROM events e WHERE e.series = s.key AND {bound} AND {_HELD} ORDER BY {order} LIMIT 1"
    sql = f"""
        SELECT f.series, f.slug, f.starts, f.ends, f.precision, f.city
        FROM (SELECT ({one}) AS id FROM series s) n JOIN events f ON f.id = n.id
    """
    found = rows(store.db, sql, [today.isoformat()])
    return {row["series"]: _session(row) for row in found}


def _session(row: Mapping[str, str]) -> Session:
    span = from_iso(row["starts"], row["ends"], row["precision"])
    return Session(slug=row["slug"], span=span, city=row["city"])
