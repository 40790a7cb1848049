"""The rows of imports that wait: what each says, what comes of it, and whether it is to be written."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from calendar_app.errors import CalendarError, Problem
from calendar_app.store import refusals
from calendar_app.store.connection import Change, Store, rows

# In the order in which a preview tells them.
VERDICTS = ("conflict", "problem", "new", "changed", "same", "vanished")
# What can be written once it is ticked.
_WRITABLE = "verdict IN ('new', 'changed', 'same')"
_REPEATS = "verdict = 'new' AND event IS NOT NULL"
_AT = "position IN (SELECT value FROM json_each(?))"
_TO_WRITE = f"done = 0 AND ticked = 1 AND {_WRITABLE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A row of an import. `event` is the uid of the event that it tells of, or that it may repeat; "" for none.

    `base` is the SEQUENCE that the event had when they were compared. `joined` says that an editor, or a UID of our
    own, made it that event's. A row is `done` once it is written.
    """

    position: int
    place: int = 0
    key: str = ""
    cells: tuple[str, ...] | None = None
    fields: Mapping[str, Any]
    notes: tuple[CalendarError, ...] = ()
    verdict: str = ""
    problems: tuple[Problem, ...] = ()
    taken: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    event: str = ""
    base: int | None = None
    joined: bool = False
    ticked: bool = True
    done: bool = False


def put(change: Change, number: int, staged: Iterable[Staged]) -> None:
    """Adds rows to an import, or puts them in the place of those at their positions."""
    found = [{"staged": number, **_record(row)} for row in staged]
    if not found:
        return
    names, marks = ", ".join(found[0]), ", ".join(f":{name}" for name in found[0])
    change.db.conn.executemany(f"INSERT OR REPLACE INTO staged_rows ({names}) VALUES ({marks})", found)


def page(store: Store, number: int, *, verdict: str = "", most: int, offset: int = 0) -> list[Staged]:
    """Rows of an import in the order of their file, those of one verdict or all."""
    sql = "SELECT * FROM staged_rows WHERE staged = ? AND (? = '' OR verdict = ?) ORDER BY position LIMIT ? OFFSET ?"
    return list(map(_staged, rows(store.db, sql, [number, verdict, verdict, most, offset])))


def at(store: Store, number: int, positions: Iterable[int]) -> list[Staged]:
    """The rows at these positions, in their order; of positions that hold none, nothing."""
    sql = f"SELECT * FROM staged_rows WHERE staged = ? AND {_AT} ORDER BY position"
    return list(map(_staged, rows(store.db, sql, [number, json.dumps(sorted(positions))])))


def unchecked(store: Store, number: int, *, most: int) -> list[Staged]:
    """The next rows that were not compared with the calendar yet."""
    return _first(store, number, "verdict = ''", most)


def unwritten(store: Store, number: int, *, most: int) -> list[Staged]:
    """The next rows that are ticked and not written yet."""
    return _first(store, number, _TO_WRITE, most)


def _first(store: Store, number: int, where: str, most: int) -> list[Staged]:
    """The first rows of an import that a condition of this module holds for."""
    sql = f"SELECT * FROM staged_rows WHERE staged = ? AND {where} ORDER BY position LIMIT ?"
    return list(map(_staged, rows(store.db, sql, [number, most])))


def counts(store: Store, number: int) -> dict[str, int]:
    """How many rows each verdict fell on; under "" those not compared yet, under "all" all of them."""
    sql = "SELECT verdict, count(*) FROM staged_rows WHERE staged = ? GROUP BY verdict"
    found = dict(store.db.conn.execute(sql, [number]).fetchall())
    return {name: found.get(name, 0) for name in ("", *VERDICTS)} | {"all": sum(found.values())}


def repeating(store: Store, number: int) -> int:
    """How many new rows may repeat an event that is there."""
    sql = f"SELECT count(*) FROM staged_rows WHERE staged = ? AND {_REPEATS}"
    return int(store.db.conn.execute(sql, [number]).fetchone()[0])


def progress(store: Store, number: int) -> tuple[int, int]:
    """How many of the ticked rows are written, and how many there are."""
    counted = f"count(*) FILTER (WHERE done = 1), count(*) FILTER (WHERE {_TO_WRITE})"
    sql = f"SELECT {counted} FROM staged_rows WHERE staged = ? AND {_WRITABLE}"
    done, left = store.db.conn.execute(sql, [number]).fetchone()
    return done, done + left


def keys(store: Store, number: int) -> list[str]:
    """The keys of the rows that stand in the file of an import."""
    sql = "SELECT key FROM staged_rows WHERE staged = ? AND verdict <> 'vanished' ORDER BY position"
    return [row[0] for row in store.db.conn.execute(sql, [number])]


def tick(change: Change, number: int, positions: Iterable[int], *, on: bool) -> None:
    """Ticks rows or takes their ticks away; what can't be written, or is written already, stays as it is."""
    sql = f"UPDATE staged_rows SET ticked = ? WHERE staged = ? AND done = 0 AND {_WRITABLE} AND {_AT}"
    change.db.conn.execute(sql, [int(on), number, json.dumps(sorted(positions))])


def tick_all(change: Change, number: int, verdict: str, *, on: bool) -> None:
    """Ticks all rows of a verdict or takes their ticks away; one that may repeat an event is ticked by itself alone."""
    apart = f" AND NOT ({_REPEATS} AND joined = 0)" if on else ""
    sql = f"UPDATE staged_rows SET ticked = ? WHERE staged = ? AND done = 0 AND {_WRITABLE} AND verdict = ?{apart}"
    change.db.conn.execute(sql, [int(on), number, verdict])


def join_all(change: Change, number: int) -> None:
    """Says of every new row that may repeat an event that it tells of that event."""
    sql = f"UPDATE staged_rows SET ticked = 1, joined = 1 WHERE staged = ? AND done = 0 AND {_REPEATS}"
    change.db.conn.execute(sql, [number])


def join(change: Change, number: int, positions: Iterable[int], *, on: bool) -> None:
    """Says of new rows that may repeat an event that they tell of it, or that they don't."""
    sql = f"UPDATE staged_rows SET joined = ? WHERE staged = ? AND done = 0 AND {_REPEATS}"
    change.db.conn.execute(f"{sql} AND {_AT}", [int(on), number, json.dumps(sorted(positions))])


def reopen(change: Change, number: int) -> None:
    """Has the rows that were in conflict compared again."""
    sql = "UPDATE staged_rows SET verdict = '', done = 0, joined = 0 WHERE staged = ? AND verdict = 'conflict'"
    change.db.conn.execute(sql, [number])


def clear(change: Change, number: int) -> None:
    """Throws the rows of an import away."""
    change.db.conn.execute("DELETE FROM staged_rows WHERE staged = ?", [number])


def _record(row: Staged) -> dict[str, Any]:
    return {
        "position": row.position,
        "place": row.place,
        "key": row.key,
        "cells": None if row.cells is None else json.dumps(row.cells),
        "fields": json.dumps(dict(row.fields)),
        "notes": json.dumps(list(map(refusals.of_error, row.notes))),
        "verdict": row.verdict,
        "problems": json.dumps(list(map(refusals.of_problem, row.problems))),
        "taken": json.dumps(row.taken),
        "kept": json.dumps(row.kept),
        "event": row.event or None,
        "base": row.base,
        "joined": int(row.joined),
        "ticked": int(row.ticked),
        "done": int(row.done),
    }


def _staged(row: Mapping[str, Any]) -> Staged:
    return Staged(
        position=row["position"],
        place=row["place"],
        key=row["key"],
        cells=None if row["cells"] is None else tuple(json.loads(row["cells"])),
        fields=json.loads(row["fields"]),
        notes=tuple(map(refusals.to_error, json.loads(row["notes"]))),
        verdict=row["verdict"],
        problems=tuple(map(refusals.to_problem, json.loads(row["problems"]))),
        taken=tuple(json.loads(row["taken"])),
        kept=tuple(json.loads(row["kept"])),
        event=row["event"] or "",
        base=row["base"],
        joined=bool(row["joined"]),
        ticked=bool(row["ticked"]),
        done=bool(row["done"]),
    )
