"""Following: how it is found which events a selection holds, and which it may have held."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from calendar_app import places, words
from calendar_app.events import Event, Series
from calendar_app.facets import FACETS
from calendar_app.selection import Selection
from calendar_app.store import lookup, matching
from calendar_app.store.connection import Store
from calendar_app.store.matching import Condition

# So many events are looked at one by one; of more, their news are found sooner along the time.
_FEW = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A selection as conditions on an event `e`: what it `held` now, and wider `conditions`, which it may have held.

    `given` holds the ids of these events, as one parameter, if they are few.
    """

    selection: Selection
    held: str
    held_values: tuple[str | int, ...]
    conditions: tuple[str, ...]
    values: tuple[str | int, ...]
    given: tuple[str, ...]

    def holds(self, event: Event, series: Series | None) -> bool:
        """Whether a state of an event is selected by its facets and its days, as far as the state tells them."""
        chosen, span = self.selection, event.span
        if not span.overlaps(chosen.first, chosen.last) or (chosen.before and span.last >= chosen.before):
            return False
        return all(FACETS[facet].beside or _has(facet, values, event, series) for facet, values in chosen.facets)


def of(store: Store, selection: Selection) -> Followed:
    """How a selection, its period absolute, is followed. Words are looked for in events as they stand now."""
    now, once = list(_now(selection)), list(_once(selection))
    both = [(f"({one} OR {other})", (*some, *more)) for (one, some), (other, more) in zip(now, once, strict=True)]
    sought = list(_words(selection))
    conditions, values = _joined([*both, *sought])
    held, held_values = _joined(now)
    given = next((ids for ids in _few(store, selection) if ids is not None), None)
    return Followed(
        selection=selection,
        held=" AND ".join(held) or "1",
        held_values=held_values,
        conditions=conditions,
        values=values,
        given=() if given is None else (json.dumps(given),),
    )


def standing(selection: Selection) -> Condition:
    """What an event `e` is asked for by a selection as it stands now."""
    asked = [("1", ()), *_now(selection), *_words(selection)]
    return " AND ".join(each for each, _ in asked), tuple(value for _, some in asked for value in some)


def remember(db: Database, number: int, before: Event) -> None:
    """Remembers what an event is until now, as selections ask for it; to be called before it is indexed anew."""
    db.conn.execute(
        "INSERT OR IGNORE INTO former_facets SELECT facet, value, event FROM facets WHERE event = ?", [number]
    )
    days = [before.span.first.isoformat(), before.span.last.isoformat()]
    db.conn.execute("INSERT OR IGNORE INTO former_days VALUES (?, ?, ?)", [number, *days])


def _now(selection: Selection) -> Iterator[Condition]:
    """What an event is asked for as it stands: facet by facet, and its days."""
    for facet, chosen in selection.facets:
        condition, values = _one_of(facet, chosen)
        yield f"EXISTS (SELECT 1 FROM facets WHERE event = e.id AND {condition})", values
    if days := _days(selection):
        yield days


def _once(selection: Selection) -> Iterator[Condition]:
    """The same of what it was once."""
    for facet, chosen in selection.facets:
        condition, values = _one_of(facet, chosen)
        yield f"EXISTS (SELECT 1 FROM former_facets WHERE event = e.id AND {condition})", values
    if days := _days(selection):
        condition, values = days
        yield f"EXISTS (SELECT 1 FROM former_days WHERE event = e.id AND {condition})", values


def _days(selection: Selection) -> Condition | None:
    asked = [
        ("last_day >= ?", selection.first),
        ("first_day <= ?", selection.last),
        ("last_day < ?", selection.before),
    ]
    given = [(condition, day.isoformat()) for condition, day in asked if day]
    return (" AND ".join(each for each, _ in given), tuple(day for _, day in given)) if given else None


def _words(selection: Selection) -> Iterator[Condition]:
    sought = words.typed(selection.words)
    yield from (match.held(one_by_one=False) for match in matching.of(sought))
    if selection.words and not sought:
        yield "0", ()


def _few(store: Store, selection: Selection) -> Iterator[list[int] | None]:
    """The ids of the events that one part of a selection may mean, None where they are not few."""
    for facet, chosen in selection.facets:
        condition, values = _one_of(facet, chosen)
        either = (
            f"SELECT event FROM facets WHERE {condition} UNION ALL SELECT event FROM former_facets WHERE {condition}"
        )
        yield _counted(store, either, (*values, *values))
    if selection.words:
        found = lookup.of(store, Selection(words=selection.words), tombstones=True)
        yield _counted(store, found.sql("e.id"), found.values)
    if selection.first and (days := _days(selection)):
        period = Selection(first=selection.first, last=selection.last, before=selection.before)
        found = lookup.of(store, period, tombstones=True)
        sql = f"{found.sql('e.id')} UNION ALL SELECT event FROM former_days WHERE {days[0]}"
        yield _counted(store, sql, (*found.values, *days[1]))


def _counted(store: Store, sql: str, values: tuple[str | int, ...]) -> list[int] | None:
    numbers = [row[0] for row in store.db.conn.execute(f"{sql} LIMIT {_FEW + 1}", values)]
    return sorted(set(numbers)) if len(numbers) <= _FEW else None


def _one_of(facet: str, chosen: Sequence[str]) -> Condition:
    return f"facet = ? AND value IN ({', '.join('?' * len(chosen))})", (facet, *chosen)


def _joined(conditions: list[Condition]) -> tuple[tuple[str, ...], tuple[str | int, ...]]:
    return tuple(each for each, _ in conditions), tuple(value for _, some in conditions for value in some)


def _has(facet: str, chosen: tuple[str, ...], event: Event, series: Series | None) -> bool:
    values = {str(value) for value in FACETS[facet].values(event, series)}
    if FACETS[facet].closed:
        return not values.isdisjoint(chosen)
    # Open vocabularies are found whatever their case and diacritics.
    return not {places.fold(value) for value in values}.isdisjoint(map(places.fold, chosen))
