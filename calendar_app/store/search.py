"""What selections find: row ids in list order or the best first, their states, and the vocabularies' own spellings."""

from datetime import date
from typing import NamedTuple

from calendar_app import places, words
from calendar_app.selection import Selection
from calendar_app.store import lookup, matching, partners
from calendar_app.store.connection import Store
from calendar_app.store.corrections import corrected
from calendar_app.store.counts import count, count_deadlines, counts
from calendar_app.store.indexing import FOLDED, KNOWN, index
from calendar_app.store.visible import TOMBSTONES

__all__ = [
    "Version",
    "corrected",
    "count",
    "count_deadlines",
    "counts",
    "ids",
    "ids_after",
    "index",
    "known",
    "versions",
]


class Version(NamedTuple):
    """Which state of which event: what a rendering of it depends on. `stamp` is as the database holds it."""

    id: int
    uid: str
    sequence: int
    stamp: str


def ids(
    store: Store,
    selection: Selection,
    *,
    most: int | None = None,
    offset: int = 0,
    newest_first: bool = False,
    by_relevance: bool = False,
    today: date | None = None,
) -> list[int]:
    """The row ids of the selected public events, in list order or the other way round; a page of `most` at the most.

    `by_relevance` puts what fits the words best first, and what is on or coming on `today` before what is past, each
    the nearest first; a selection without words stays in list order.
    """
    relevant = by_relevance and today is not None and words.typed(selection.words)
    found = lookup.of(store, selection, most=None if relevant else most)
    way = "DESC" if newest_first else "ASC"
    order, values = f"e.sort {way}, e.title {way}, e.uid {way}", tuple[str | int, ...]()
    if relevant and today:
        order, values = matching.best_first(relevant, today=today, one_by_one=lookup.is_short(selection))
    sql = found.sql("e.id", f"ORDER BY {order} LIMIT ? OFFSET ?")
    limits = (-1 if most is None else most, offset)
    return [row[0] for row in store.db.conn.execute(sql, [*found.values, *values, *limits])]


def ids_after(store: Store, selection: Selection, uid: str, *, most: int) -> list[int] | None:
    """The row ids of the selected public events that come after an event in list order, at most so many.

    None if no event that was ever public has this uid. The event itself need not be selected any more.
    """
    here = f"SELECT e.sort, e.title, e.uid FROM events e WHERE e.uid = ? AND {TOMBSTONES}"
    place = store.db.conn.execute(here, [uid]).fetchone()
    if place is None:
        return None
    found = lookup.of(store, selection, most=most, begin=place[0])
    sql = found.sql("e.id", "AND (+e.sort, e.title, e.uid) > (?, ?, ?) ORDER BY e.sort, e.title, e.uid LIMIT ?")
    return [row[0] for row in store.db.conn.execute(sql, [*found.values, *place, most])]


def versions(store: Store, selection: Selection) -> list[Version]:
    """The states of the selected events, in list order; withdrawn ones too, since feeds keep them as such."""
    found = lookup.of(store, selection, tombstones=True)
    sql = found.sql("e.id, e.uid, e.sequence, e.stamp", "ORDER BY e.sort, e.title, e.uid")
    return list(map(Version._make, store.db.conn.execute(sql, found.values)))


def known(store: Store, facet: str, value: str) -> str | None:
    """The vocabulary's own spelling of a value of an open facet, or None if no public event ever had it."""
    if facet == "series":
        found = store.db.conn.execute("SELECT key FROM series WHERE key = ?", [value]).fetchone()
        return str(found[0]) if found else None
    if facet == "partner":
        value = partners.led_to(store.db, value)
    city = places.find_city(value, "") if facet == "city" else None
    found = store.db.conn.execute(KNOWN, [facet, places.fold(city.name if city else value)]).fetchone()
    if found and (facet in FOLDED or found[0] == value):
        return str(found[0])
    return city.name if city else None
