"""What a report is written from, beside events and engagements: texts of editors, places in it, and figures."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from calendar_app.report.facts import Figure, ReportPlace
from calendar_app.store.connection import Change, Store, bump, insert, moment_of, rows, text_of

_ORDER = """
SELECT coalesce(e.slug, o.series) AS key, o.event, o.section, o.position, o.name, o.place
FROM {table} o LEFT JOIN events e ON e.uid = o.event ORDER BY o.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What an editor wrote for a period, at one of its places. `at` is UTC; an empty text leaves the place empty."""

    id: int
    name: str
    text: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFigure:
    """A figure as an editor put it down; `removed` where it was taken out. `at` is UTC."""

    id: int
    figure: Figure
    removed: bool
    at: datetime
    actor: str
    reason: str


def texts(store: Store, first: date, last: date) -> dict[str, Written]:
    """What stands at each place of the report of a period."""
    return {each.name: each for each in reversed(history(store, first, last))}


def history(store: Store, first: date, last: date) -> list[Written]:
    """All that editors ever wrote for a period, the newest first."""
    sql = "SELECT * FROM report_texts WHERE first = ? AND last = ? ORDER BY id DESC"
    found = rows(store.db, sql, [first.isoformat(), last.isoformat()])
    return [_written(row) for row in found]


def periods(store: Store) -> list[tuple[date, date]]:
    """The periods that editors wrote for, the newest first."""
    sql = "SELECT DISTINCT first, last FROM report_texts ORDER BY last DESC, first DESC"
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in store.db.conn.execute(sql)]


def write(change: Change, first: date, last: date, *, name: str, text: str) -> None:
    """Keeps a text for a period, at one of its places, in front of those before it."""
    row = {"first": first.isoformat(), "last": last.isoformat(), "name": name, "text": text}
    insert(change.db, "report_texts", [row | {"at": text_of(change.now), "actor": change.actor}])
    bump(change.db)


def places(store: Store) -> tuple[ReportPlace, ...]:
    """Where a report names events and series: as the catalogue says, but where an editor said otherwise.

    An event that an editor took out of every section has a place in section "".
    """
    found: dict[tuple[str, str, str], ReportPlace] = {}
    for row in rows(store.db, _ORDER.format(table="report_order")):
        place = _place(row)
        found[place.subject, place.key, place.section] = place
    ours: dict[tuple[str, str], dict[str, ReportPlace]] = {}
    for row in rows(store.db, _ORDER.format(table="report_places")):
        place = _place(row)
        if row["section"] is None:
            ours[place.subject, place.key] = {}
        else:
            ours.setdefault((place.subject, place.key), {})[place.section] = place
    theirs = [place for (subject, key, _), place in found.items() if (subject, key) not in ours]
    return (*theirs, *(place for its in ours.values() for place in its.values()))


def put_places(change: Change, *, event: str = "", series: str = "", places: Iterable[ReportPlace]) -> None:
    """Keeps where a report names an event (by its uid) or a series, in place of all that was said of it.

    Without any, a series is in no section, and an event where its series is.
    """
    who: dict[str, Any] = {"event": event or None, "series": series or None}
    who |= {"at": text_of(change.now), "actor": change.actor, "reason": change.reason}
    # What was said before ends with a row of no section.
    told = [{"section": None, "position": 0, "name": "", "place": ""}]
    told += [{name: getattr(place, name) for name in told[0]} for place in places]
    insert(change.db, "report_places", [who | row for row in told])
    bump(change.db)


def figures(store: Store) -> tuple[Figure, ...]:
    """The figures: as the catalogue says, but where an editor said otherwise."""
    found = {_identity(figure): figure for figure in map(_figure, rows(store.db, "SELECT * FROM figures ORDER BY id"))}
    for each in reversed(kept_figures(store)):
        found[_identity(each.figure)] = each.figure
        if each.removed:
            del found[_identity(each.figure)]
    return tuple(found.values())


def kept_figures(store: Store) -> list[KeptFigure]:
    """All figures that editors ever put down or took out, the newest first."""
    return [
        KeptFigure(
            id=row["id"],
            figure=_figure(row | {"value": row["value"] or 0.0}),
            removed=row["value"] is None,
            at=moment_of(row["at"]),
            actor=row["actor"],
            reason=row["reason"],
        )
        for row in rows(store.db, "SELECT * FROM kept_figures ORDER BY id DESC")
    ]


def put_figure(change: Change, figure: Figure, *, removed: bool = False) -> None:
    """Keeps a figure in place of the one of that subject, year and measure; or takes it out."""
    row = asdict(figure) | {"value": None if removed else figure.value}
    row |= {"at": text_of(change.now), "actor": change.actor, "reason": change.reason}
    insert(change.db, "kept_figures", [row])
    bump(change.db)


def pillars(store: Store) -> dict[str, tuple[str, ...]]:
    """The series that belong to another, by its key."""
    found: dict[str, tuple[str, ...]] = {}
    for key, whole in store.db.conn.execute("SELECT series, pillar_of FROM pillars ORDER BY id"):
        found[whole] = (*found.get(whole, ()), key)
    return found


def _written(row: dict[str, Any]) -> Written:
    told = {name: row[name] for name in ("id", "name", "text", "actor")}
    return Written(**told, at=moment_of(row["at"]))


def _place(row: dict[str, Any]) -> ReportPlace:
    named = {name: row[name] for name in ("key", "section", "position", "name", "place")}
    place = ReportPlace(subject="event" if row["event"] else "series", **named)
    return replace(place, section=place.section or "")


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**{name: row[name] for name in ("subject", "year", "measure", "value", "unit", "source")})


def _identity(figure: Figure) -> tuple[str, str, str]:
    return figure.subject, figure.year, figure.measure
