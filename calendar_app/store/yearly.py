"""How many events, roles, goals, themes, countries, statements and partners the record holds of each year."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from calendar_app.events import NO_SOURCE
from calendar_app.store.connection import Store
from calendar_app.store.visible import OF_SERIES_ALONE, OPEN, PUBLIC, public
from calendar_app.topics import Activity, Kind

# From the years to the events in them, so that a period costs what lies in it.
_OF_YEARS = (
    "FROM facets y CROSS JOIN events e ON e.id = y.event {more}"
    f" WHERE y.facet = 'year' AND y.value IN (SELECT value FROM json_each(?)) AND {PUBLIC}"
)
_OFF = "e.status IN ('cancelled', 'postponed')"
# As `Event.sourced` has it.
_SOURCED = f"(e.source NOT IN ('', '{NO_SOURCE}') OR e.source_url <> '')"
_SIDE = f"e.kind = '{Kind.SIDE_EVENT}'"
_COUNTED = f"NOT ({_OFF}) AND NOT ({_SIDE})"
# As `report.statistics.told` has it: a statement names it, or ITU held a side event at it in the same year.
_TOLD = (
    "(EXISTS (SELECT 1 FROM engagement_events n JOIN engagements g ON g.id = n.engagement"
    f" WHERE n.event = e.uid AND {OPEN}) OR EXISTS (SELECT 1 FROM events s JOIN facets f ON f.event = s.id"
    " AND f.facet = 'year' AND f.value = y.value"
    f" WHERE s.held_at = e.uid AND {public('s')} AND s.status NOT IN ('cancelled', 'postponed')))"
)
_OF_SIDE_EVENTS = f"g.activity = '{Activity.SIDE_EVENT}'"
_ENTERED = (
    "EXISTS (SELECT 1 FROM engagement_events n JOIN events e ON e.uid = n.event"
    " JOIN facets f ON f.event = e.id AND f.facet = 'year' AND f.value = t.year"
    f" WHERE n.engagement = g.id AND {_SIDE} AND NOT ({_OFF}) AND {PUBLIC})"
)
# Each statement in each year in which an event of it may lie that was not called off, as `report.statistics.happened`
# has it; in the year that stands with it only where it tells of series alone.
_TOLD_IN = (
    "SELECT y.value AS year, n.engagement FROM facets y CROSS JOIN events e ON e.id = y.event"
    " CROSS JOIN engagement_events n ON n.event = e.uid"
    f" WHERE y.facet = 'year' AND y.value IN (SELECT value FROM json_each(?)) AND {PUBLIC} AND (NOT ({_OFF})"
    " OR EXISTS (SELECT 1 FROM engagement_series s WHERE s.engagement = n.engagement))"
    " UNION SELECT CAST(g.year AS TEXT), g.id FROM engagements g"
    f" WHERE g.year IN (SELECT value FROM json_each(?)) AND {OF_SERIES_ALONE}"
)
FACETS = ("role", "sdg", "theme", "country", "kind")


class Events(NamedTuple):
    """What is counted of the events of a year, ITU's side events and those that are off left out, but for themselves.

    `with_role` are those at which ITU's role is recorded, `own_role` those that have one of
    their own; `told` those of which it is recorded what ITU did. `off` and `side_events` say what else a list of the
    year holds.
    """

    year: int
    events: int = 0
    with_role: int = 0
    own_role: int = 0
    told: int = 0
    sourced: int = 0
    unverified: int = 0
    without_goal: int = 0
    without_country: int = 0
    off: int = 0
    side_events: int = 0
    side_events_off: int = 0


class Statements(NamedTuple):
    """What is told of a year: statements, each once, those of side events without an entry, and distinct partners.

    A statement is told of the years of its events; one of nothing but what was called off is told of none.
    """

    year: int
    statements: int = 0
    side_events: int = 0
    partners: int = 0
    side_event_partners: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The numbers of some years. `values` holds those of each value of the FACETS, by facet, value and year."""

    events: Mapping[int, Events]
    statements: Mapping[int, Statements]
    values: Mapping[str, Mapping[str, Mapping[int, int]]]


def count(store: Store, years: Sequence[int]) -> Counted:
    """What the record holds of these years, for all to see. An event counts in each year that it may fall in."""
    with store.snapshot():
        events = {each.year: each for each in _events(store, years)}
        statements = {each.year: each for each in _statements(store, years)}
        return Counted(
            events={year: events.get(year, Events(year)) for year in years},
            statements={year: statements.get(year, Statements(year)) for year in years},
            values=_values(store, years),
        )


def with_any(store: Store, years: Sequence[int], facet: str, values: Sequence[str]) -> dict[int, int]:
    """How many events of each year have one or more of these values."""
    any_of = "EXISTS (SELECT 1 FROM facets f WHERE f.event = e.id AND f.facet = ? AND f.value IN"
    sql = f"SELECT y.value, count(*) {_OF_YEARS} AND {_COUNTED} AND {any_of} (SELECT value FROM json_each(?)))"
    given = [_texts(years), facet, json.dumps(list(values))]
    found = store.db.conn.execute(f"{sql.format(more='')} GROUP BY y.value", given)
    return {int(year): number for year, number in found}


def told(store: Store, years: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The slugs of the events of each year of which it is recorded what ITU did, sorted."""
    sql = f"SELECT y.value, e.slug {_OF_YEARS} AND {_COUNTED} AND {_TOLD} ORDER BY e.slug"
    found: dict[int, tuple[str, ...]] = defaultdict(tuple)
    for year, slug in store.db.conn.execute(sql.format(more=""), [_texts(years)]):
        found[int(year)] = (*found[int(year)], slug)
    return dict(found)


def _events(store: Store, years: Sequence[int]) -> list[Events]:
    none = "NOT EXISTS (SELECT 1 FROM facets f WHERE f.event = e.id AND f.facet = '{}')"
    asked = (
        *("1", f"NOT ({none.format('role')})", "EXISTS (SELECT 1 FROM event_roles r WHERE r.event = e.id)", _TOLD),
        *(_SOURCED, "e.confidence = 'low'", none.format("sdg"), "e.country = ''"),
    )
    sums = [f"total({_COUNTED} AND {condition})" for condition in asked]
    sums += [f"total({_OFF} AND NOT ({_SIDE}))", f"total({_SIDE} AND NOT ({_OFF}))", f"total({_SIDE} AND {_OFF})"]
    sql = f"SELECT y.value, {', '.join(sums)} {_OF_YEARS} GROUP BY y.value"
    found = store.db.conn.execute(sql.format(more=""), [_texts(years)])
    return [Events._make(map(int, row)) for row in found]


def _values(store: Store, years: Sequence[int]) -> dict[str, dict[str, dict[int, int]]]:
    found: dict[str, dict[str, dict[int, int]]] = {facet: defaultdict(dict) for facet in FACETS}
    wanted = ", ".join(f"'{facet}'" for facet in FACETS)
    sql = f"SELECT f.facet, f.value, y.value, count(*) {_OF_YEARS} AND {_COUNTED} AND f.facet IN ({wanted})"
    sql = f"{sql.format(more='CROSS JOIN facets f ON f.event = e.id')} GROUP BY 1, 2, 3"
    for facet, value, year, number in store.db.conn.execute(sql, [_texts(years)]):
        found[facet][value][int(year)] = number
    return {facet: dict(values) for facet, values in found.items()}


def _statements(store: Store, years: Sequence[int]) -> list[Statements]:
    sql = (
        f"SELECT t.year, count(DISTINCT g.id), count(DISTINCT iif({_OF_SIDE_EVENTS} AND NOT {_ENTERED}, g.id, NULL)),"
        f" count(DISTINCT p.partner), count(DISTINCT iif({_OF_SIDE_EVENTS}, p.partner, NULL))"
        f" FROM ({_TOLD_IN}) t CROSS JOIN engagements g ON g.id = t.engagement"
        f" LEFT JOIN engagement_partners p ON p.engagement = g.id WHERE {OPEN} GROUP BY t.year"
    )
    found = store.db.conn.execute(sql, [_texts(years), json.dumps(list(years))])
    return [Statements._make(map(int, row)) for row in found]


def _texts(years: Sequence[int]) -> str:
    return json.dumps(list(map(str, years)))
