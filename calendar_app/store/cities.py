"""Cities: how many events of a selection each of them holds, with the next of them, and what is held in none."""

from datetime import date
from typing import NamedTuple

from calendar_app.selection import Selection
from calendar_app.store import lookup
from calendar_app.store.connection import Store

# As the facet spells it, which is how it is selected.
_CITY = "(SELECT value FROM facets WHERE event = e.id AND facet = 'city')"
# What is on or coming and takes place, then what is to come and does not, then what is past, the nearest first.
_TURN = "CASE WHEN e.last_day < ? THEN 2 WHEN e.status IN ('cancelled', 'postponed') THEN 1 ELSE 0 END"
_PLACE = "row_number() OVER (ORDER BY e.sort, e.title, e.uid)"


class Held(NamedTuple):
    """How many events a city holds, and row id and uid of the next of them, or of the last one if all are past."""

    city: str
    country: str
    number: int
    id: int
    uid: str


def held(store: Store, selection: Selection, *, today: date) -> list[Held]:
    """The cities of a selection (its period absolute), those with the most events first, then by name."""
    found = lookup.of(store, selection)
    events = found.sql(f"e.id, e.uid, {_CITY} AS city, e.country, {_TURN} AS turn, {_PLACE} AS place")
    nearest = "ORDER BY turn, CASE turn WHEN 2 THEN -place ELSE place END"
    numbered = (
        "SELECT city, country, count(*) OVER (PARTITION BY city, country) AS number, id, uid,"
        f" row_number() OVER (PARTITION BY city, country {nearest}) AS nth FROM ({events}) WHERE city IS NOT NULL"
    )
    sql = f"SELECT city, country, number, id, uid FROM ({numbered}) WHERE nth = 1 ORDER BY number DESC, city, country"
    # The day stands before the conditions in the query.
    return list(map(Held._make, store.db.conn.execute(sql, [today.isoformat(), *found.values])))


def nowhere(store: Store, selection: Selection, *, most: int) -> list[int]:
    """The row ids of the selected events that name no city, in list order, so many at the most."""
    found = lookup.of(store, selection)
    sql = found.sql("e.id", "AND e.city = '' ORDER BY e.sort, e.title, e.uid LIMIT ?")
    return [row[0] for row in store.db.conn.execute(sql, [*found.values, most])]
