"""Counts: how many events are selected, and how many each value of a facet would select."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from calendar_app.selection import Selection
from calendar_app.store import lookup
from calendar_app.store.connection import Store
from calendar_app.store.visible import PUBLIC

# Facets that bound a selection to few events.
_BOUNDING = ("event", "year")
# Of so many events the facets are read whole; of fewer, event by event.
_MANY = 10_000
_UNDATED = "AND (e.precision = 'year' OR (e.precision = 'month' AND e.starts <> e.ends))"


def count(store: Store, selection: Selection, *, undated: bool = False) -> int:
    """How many public events are selected; with `undated`, only those of which not even one month is settled."""
    if lookup.is_short(selection) or _reads_ahead(store):
        return _count(store, selection, undated)
    return _kept_count(store, store.revision(), selection, undated)


def count_deadlines(store: Store) -> int:
    """How many deadlines public events have."""
    return _deadlines(store) if _reads_ahead(store) else _kept_deadlines(store, store.revision())


def counts(store: Store, selection: Selection, facets: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each of these facets, how many public events each value would select beside the other facets chosen."""
    found: dict[str, Mapping[str, int]] = {}
    for bounds, wanted in _by_bounds(selection, facets).items():
        if lookup.is_short(bounds) or _reads_ahead(store):
            found |= _counts(store, bounds, wanted)
        else:
            found |= _kept_counts(store, store.revision(), bounds, wanted)
    return {facet: dict(found[facet]) for facet in facets}


def _by_bounds(selection: Selection, facets: Iterable[str]) -> dict[Selection, tuple[str, ...]]:
    """The facets to be counted together: a facet that bounds the selection is counted without its bounds."""
    parted: dict[Selection, tuple[str, ...]] = {}
    for facet in facets:
        bounds = selection.without(facet) if facet in _BOUNDING else selection
        parted[bounds] = (*parted.get(bounds, ()), facet)
    return parted


def _reads_ahead(store: Store) -> bool:
    """Whether a transaction is open: what is read in one may be rolled back, and is not remembered."""
    return store.db.conn.in_transaction


@lru_cache(maxsize=1024)
def _kept_count(store: Store, _revision: int, selection: Selection, undated: bool) -> int:
    return _count(store, selection, undated)


@lru_cache(maxsize=128)
def _kept_counts(
    store: Store, _revision: int, selection: Selection, wanted: tuple[str, ...]
) -> dict[str, Mapping[str, int]]:
    return _counts(store, selection, wanted)


@lru_cache(maxsize=4)
def _kept_deadlines(store: Store, _revision: int) -> int:
    return _deadlines(store)


def _deadlines(store: Store) -> int:
    sql = f"SELECT count(*) FROM deadlines d JOIN events e ON e.id = d.event WHERE {PUBLIC}"
    return int(store.db.conn.execute(sql).fetchone()[0])


def _count(store: Store, selection: Selection, undated: bool) -> int:
    found = lookup.of(store, selection)
    return int(store.db.conn.execute(found.sql("count(*)", _UNDATED if undated else ""), found.values).fetchone()[0])


def _counts(store: Store, selection: Selection, wanted: tuple[str, ...]) -> dict[str, Mapping[str, int]]:
    if lookup.is_short(selection):
        return _counts_of_few(store, selection, wanted)
    found: dict[str, Mapping[str, int]] = {}
    for beside, facets in _by_rest(selection, wanted).items():
        found |= _counts_of_many(store, beside, facets)
    return found


def _by_rest(selection: Selection, facets: Iterable[str]) -> dict[Selection, list[str]]:
    """The facets by what is selected beside them, which is the same for all that nothing is chosen of."""
    parted: dict[Selection, list[str]] = {}
    for facet in facets:
        parted.setdefault(selection.without(facet), []).append(facet)
    return parted


def _counts_of_few(store: Store, selection: Selection, wanted: tuple[str, ...]) -> dict[str, Mapping[str, int]]:
    """The counts from one reading of the events: each counts for a facet if all other facets chosen are its own."""
    bounds = selection
    for facet, _ in selection.facets:
        bounds = bounds if facet in _BOUNDING else bounds.without(facet)
    found = lookup.of(store, bounds)
    facets = "(SELECT json_group_array(json_array(facet, value)) FROM facets WHERE event = e.id)"
    counted: dict[str, Counter[str]] = {facet: Counter() for facet in wanted}
    for (told,) in store.db.conn.execute(found.sql(facets), found.values):
        values = defaultdict[str, set[str]](set)
        for facet, value in json.loads(told):
            values[facet].add(value)
        missed = [facet for facet, chosen in selection.facets if values[facet].isdisjoint(chosen)]
        for facet in wanted if not missed else missed if len(missed) == 1 else ():
            if facet in counted:
                counted[facet].update(values[facet])
    return {facet: dict(sorted(numbers.items())) for facet, numbers in counted.items()}


def _counts_of_many(store: Store, selection: Selection, facets: Sequence[str]) -> dict[str, Mapping[str, int]]:
    """The counts of facets from reading them whole, or event by event if that is less."""
    found, marks = lookup.of(store, selection), ", ".join("?" * len(facets))
    source = f"facets f WHERE f.event IN ({found.sql('e.id')})"
    if count(store, selection) < _MANY:
        source = f"({found.sql('e.id')}) c CROSS JOIN facets f ON f.event = c.id"
    sql = f"SELECT f.facet, f.value, count(*) FROM {source} AND f.facet IN ({marks}) GROUP BY f.facet, f.value"
    counted: dict[str, dict[str, int]] = {facet: {} for facet in facets}
    for facet, value, number in store.db.conn.execute(sql, [*found.values, *facets]):
        counted[facet][value] = number
    return dict(counted)
