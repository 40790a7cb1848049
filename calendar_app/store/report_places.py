"""Where a report names events and series: as the catalogue says, and as editors placed them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from calendar_app.report.facts import ReportPlace
from calendar_app.store.connection import Change, Store, bump, insert, moment_of, rows, text_of

_ORDER = """
SELECT coalesce(e.slug, o.series) AS key, o.event, o.section, o.position, o.name, o.place
FROM {table} o LEFT JOIN events e ON e.uid = o.event ORDER BY o.id
"""


def standing(store: Store) -> tuple[ReportPlace, ...]:
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


def added(store: Store) -> dict[str, int]:
    """The series that editors alone placed, by key, with the year in which they first did."""
    sql = (
        "SELECT series, min(at) FROM report_places WHERE series IS NOT NULL"
        " AND series NOT IN (SELECT series FROM report_order WHERE series IS NOT NULL) GROUP BY series"
    )
    return {key: moment_of(at).year for key, at in store.db.conn.execute(sql)}


def put(change: Change, *, event: str = "", series: str = "", places: Iterable[ReportPlace]) -> None:
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


def _place(row: dict[str, Any]) -> ReportPlace:
    named = {name: row[name] for name in ("key", "section", "position", "name", "place")}
    place = ReportPlace(subject="event" if row["event"] else "series", **named)
    return replace(place, section=place.section or "")
