"""Coverage: the events of a selection by their spans and goals, so that a year of them is told in a few rows."""

from datetime import date
from typing import NamedTuple

from calendar_app import spans
from calendar_app.selection import Selection
from calendar_app.spans import Span
from calendar_app.store import lookup
from calendar_app.store.connection import Store

_GOALS = "ifnull((SELECT group_concat(value) FROM facets WHERE event = e.id AND facet = 'sdg'), '')"
_COMING = "e.last_day >= ? AND e.status NOT IN ('cancelled', 'postponed')"


class Held(NamedTuple):
    """How many events of one span have the same goals; `coming` if they are still to end, and take place."""

    span: Span
    goals: tuple[int, ...]
    coming: bool
    number: int


def held(store: Store, selection: Selection, *, today: date) -> list[Held]:
    """The events of a selection (its period absolute) as counts; times of day are left out."""
    found = lookup.of(store, selection)
    columns = f"e.starts, e.ends, e.precision, {_GOALS} AS goals, {_COMING} AS coming, count(*)"
    sql = found.sql(columns, "GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5")
    rows = store.db.conn.execute(sql, [today.isoformat(), *found.values])
    return [_held(*row) for row in rows]


def _held(starts: str, ends: str, precision: str, goals: str, coming: int, number: int) -> Held:
    numbers = tuple(sorted(int(goal) for goal in goals.split(",") if goal))
    return Held(span=spans.from_iso(starts, ends, precision), goals=numbers, coming=bool(coming), number=number)
