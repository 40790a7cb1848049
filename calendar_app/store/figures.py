"""Figures that a report tells: those of the catalogue, and what editors put down, corrected or took out."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from calendar_app.report.facts import Figure
from calendar_app.store.connection import Change, Store, bump, insert, moment_of, rows, text_of

# What an editor said last of each.
_LAST = "SELECT * FROM kept_figures WHERE id IN (SELECT max(id) FROM kept_figures GROUP BY subject, year, measure)"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFigure:
    """A figure as an editor put it down; `removed` where it was taken out. `at` is UTC."""

    id: int
    figure: Figure
    removed: bool
    at: datetime
    actor: str
    reason: str


def standing(store: Store) -> tuple[Figure, ...]:
    """The figures: as the catalogue says, but where an editor said otherwise."""
    found = {_identity(figure): figure for figure in map(_figure, rows(store.db, "SELECT * FROM figures ORDER BY id"))}
    for each in map(_kept, rows(store.db, f"{_LAST} ORDER BY id")):
        found[_identity(each.figure)] = each.figure
        if each.removed:
            del found[_identity(each.figure)]
    return tuple(found.values())


def history(store: Store, *, most: int | None = None) -> list[KeptFigure]:
    """What editors put down or took out, the newest first; so many at the most, None for all."""
    sql = "SELECT * FROM kept_figures ORDER BY id DESC LIMIT ?"
    return [_kept(row) for row in rows(store.db, sql, [-1 if most is None else most])]


def put(change: Change, figure: Figure, *, removed: bool = False) -> None:
    """Keeps a figure in place of the one of that subject, year and measure; or takes it out."""
    row = asdict(figure) | {"value": None if removed else figure.value}
    row |= {"at": text_of(change.now), "actor": change.actor, "reason": change.reason}
    insert(change.db, "kept_figures", [row])
    bump(change.db)


def _kept(row: dict[str, Any]) -> KeptFigure:
    told = {name: row[name] for name in ("id", "actor", "reason")}
    figure = _figure(row | {"value": row["value"] or 0.0})
    return KeptFigure(**told, figure=figure, removed=row["value"] is None, at=moment_of(row["at"]))


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**{name: row[name] for name in ("subject", "year", "measure", "value", "unit", "source")})


def _identity(figure: Figure) -> tuple[str, str, str]:
    return figure.subject, figure.year, figure.measure
