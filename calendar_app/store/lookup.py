"""Lookup: from which end a selection is looked up, and by which conditions, so that a period costs what lies in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from calendar_app import words
from calendar_app.selection import Selection
from calendar_app.store import matching
from calendar_app.store.connection import Store
from calendar_app.store.matching import Condition
from calendar_app.store.visible import PUBLIC, TOMBSTONES

# In list order, by an index that holds all that a period asks of an event.
_LIST = "events e INDEXED BY events_sort"
# No event of a period stands further ahead of it in the list than the longest one lasts.
_LONGEST = "SELECT max(julianday(last_day) - julianday(first_day)) FROM events"
_FROM = f"e.sort >= max(?, strftime('%Y%m', julianday(?) - ifnull(({_LONGEST}), 0)))"
# Up to here a selection is few events, whatever the record holds.
_SHORT, _FEW_YEARS = timedelta(days=5 * 366), 5
# From so many events on, the first of a facet's are found sooner along the list.
_MANY = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The source and the conditions of a query, in which `e` is the event."""

    source: str
    where: str
    values: tuple[Any, ...]

    def sql(self, columns: str, rest: str = "") -> str:
        """The query of these columns."""
        return f"SELECT {columns} FROM {self.source} WHERE {self.where} {rest}"


def of(
    store: Store, selection: Selection, *, tombstones: bool = False, most: int | None = None, begin: str = ""
) -> Lookup:
    """How a selection is looked up.

    `most` is how many of its events are wanted, None for all; `begin` the place in the list (`sort`) that none of them
    stands before.
    """
    facets, sought = dict(selection.facets), words.typed(selection.words)
    matches, short = matching.of(sought), is_short(selection)
    start = _start(store, selection, most=most)
    conditions: list[Condition] = [(TOMBSTONES if tombstones else PUBLIC, ()), *_days(selection)]
    given: tuple[str, ...] = ()
    if start:
        condition, given = _one_of(start, facets.pop(start))
        source = f"(SELECT DISTINCT event FROM facets WHERE {condition}) f CROSS JOIN events e ON e.id = f.event"
    elif matches and matches[0].indexed and not short:
        first = matches.pop(0)
        source = f"{first.table} w CROSS JOIN events e ON e.id = w.rowid"
        conditions.append((first.indexed, (first.query,)))
    else:
        source = _LIST
        conditions += _stretch(selection, begin)
    conditions += [_has(facet, chosen) for facet, chosen in facets.items()]
    conditions += [match.held(one_by_one=short) for match in matches]
    # A dash alone says nothing, and finds nothing.
    conditions += [("0", ())] if selection.words and not sought else []
    values = (value for _, some in conditions for value in some)
    return Lookup(source=source, where=" AND ".join(each for each, _ in conditions), values=(*given, *values))


def is_short(selection: Selection) -> bool:
    """Whether a selection is bounded to a period, to some years or to events, and so to few events."""
    few_years = 0 < len(selection.chosen("year")) <= _FEW_YEARS
    return _is_bounded(selection) or few_years or bool(selection.chosen("event"))


def _is_bounded(selection: Selection) -> bool:
    first, last = selection.first, _last(selection)
    return first is not None and last is not None and last - first <= _SHORT


def _start(store: Store, selection: Selection, *, most: int | None) -> str:
    """The facet by which a selection is looked up; "" if words or the list are the better end."""
    facets = dict(selection.facets)
    if "event" in facets:
        return "event"
    if is_short(selection):
        return "" if _is_bounded(selection) else "year"
    if selection.words or not facets:
        return ""
    found = {facet: _size(store, facet, chosen) for facet, chosen in facets.items()}
    fewest = min(found, key=lambda facet: found[facet])
    return fewest if most is None or found[fewest] < _MANY else ""


def _size(store: Store, facet: str, chosen: Sequence[str]) -> int:
    """How many events there are of a facet, counted no further than is of use."""
    condition, values = _one_of(facet, chosen)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM facets WHERE {condition} LIMIT {_MANY})"
    return int(store.db.conn.execute(sql, values).fetchone()[0])


def _days(selection: Selection) -> list[Condition]:
    """What the days of an event have to be."""
    asked = [
        ("e.last_day >= ?", selection.first),
        ("e.first_day <= ?", selection.last),
        ("e.last_day < ?", selection.before),
    ]
    # Each bound for itself: what runs over a day lies both before and after it.
    return [(condition, (day.isoformat(),)) for condition, day in asked if day]


def _stretch(selection: Selection, begin: str) -> list[Condition]:
    """Where in the list an event has to stand for its days to be so."""
    first, last = selection.first, _last(selection)
    conditions: list[Condition] = []
    if first:
        conditions.append((_FROM, (begin, first.isoformat())))
    elif begin:
        conditions.append(("e.sort >= ?", (begin,)))
    if last:
        # A year stands in the list after its months.
        conditions.append(("e.sort < ?", (f"{last.year:04}14",)))
    return conditions


def _last(selection: Selection) -> date | None:
    """The last day on which an event of the selection may begin."""
    ends = [selection.last, selection.before and selection.before - timedelta(1)]
    return min(filter(None, ends), default=None)


def _one_of(facet: str, chosen: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    return f"facet = ? AND value IN ({', '.join('?' * len(chosen))})", (facet, *chosen)


def _has(facet: str, chosen: Sequence[str]) -> Condition:
    condition, values = _one_of(facet, chosen)
    return f"EXISTS (SELECT 1 FROM facets WHERE event = e.id AND {condition})", values
