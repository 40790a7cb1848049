"""What the catalogue told beside the events: its last word on each, engagements, figures, the report's order."""

import json
from collections.abc import Iterable
from typing import Any

from calendar_app.events import Engagement, Event
from calendar_app.store import records
from calendar_app.store.connection import Change, Store, bump, insert, rows
from calendar_app.topics import Activity


def last_said(store: Store, origin: str) -> dict[str, Event]:
    """What a source said of each event when it was last read, by its key there."""
    found = rows(store.db, "SELECT key, record FROM imports WHERE origin = ?", [origin])
    return {row["key"]: records.to_event(json.loads(row["record"])) for row in found}


def keep_said(change: Change, origin: str, key: str, event: Event) -> None:
    """Remembers what a source says of an event now."""
    record = json.dumps(records.of_event(event), ensure_ascii=False)
    change.db.conn.execute(
        "INSERT INTO imports (origin, key, event, record) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (origin, key) DO UPDATE SET record = excluded.record",
        [origin, key, event.uid, record],
    )


def engagements_of_event(store: Store, uid: str) -> list[Engagement]:
    """What ITU did at an event, in the order of the catalogue."""
    return [_engagement(row) for row in rows(store.db, "SELECT * FROM engagements WHERE event = ? ORDER BY id", [uid])]


def engagements_of_series(store: Store, key: str) -> list[Engagement]:
    """What ITU did in a series, by year and in the order of the catalogue."""
    found = rows(store.db, "SELECT * FROM engagements WHERE series = ? ORDER BY year DESC, id", [key])
    return [_engagement(row) for row in found]


def engagements_at_editions(store: Store, key: str) -> dict[str, list[Engagement]]:
    """What ITU did at the events of a series, by their uids, in the order of the catalogue."""
    # From the engagements, which are few, to their events; a long series has many events.
    sql = "SELECT g.* FROM engagements g CROSS JOIN events e ON e.uid = g.event WHERE e.series = ? ORDER BY g.id"
    found: dict[str, list[Engagement]] = {}
    for row in rows(store.db, sql, [key]):
        found.setdefault(row["event"], []).append(_engagement(row))
    return found


def dated_in_report(store: Store) -> frozenset[str]:
    """The series whose events the Council report gives dates of; the uid of such an event that is in none."""
    sql = "SELECT coalesce(series, uid) FROM events WHERE uid IN (SELECT event FROM report_order)"
    return frozenset(row[0] for row in store.db.conn.execute(sql))


def replace_all(change: Change, table: str, wanted: Iterable[dict[str, Any]]) -> bool:
    """Makes a table of facts hold exactly these rows; gives whether that changed anything."""
    new = list(wanted)
    names = ", ".join(new[0]) if new else "1"
    if rows(change.db, f"SELECT {names} FROM {table} ORDER BY id") == new:
        return False
    change.db.conn.execute(f"DELETE FROM {table}")
    insert(change.db, table, new)
    bump(change.db)
    return True


def engagement_row(subject: str, name: str, engagement: Engagement) -> dict[str, Any]:
    """The row of an engagement; `subject` is "event" (then `name` is its uid) or "series" (its key)."""
    return {
        "event": name if subject == "event" else None,
        "series": name if subject == "series" else None,
        "year": engagement.year,
        "activity": str(engagement.activity),
        "detail": engagement.detail,
        "partners": json.dumps(engagement.partners, ensure_ascii=False),
        "shared_with": json.dumps(engagement.shared_with, ensure_ascii=False),
    }


def _engagement(row: dict[str, Any]) -> Engagement:
    return Engagement(
        year=row["year"],
        activity=Activity(row["activity"]),
        detail=row["detail"],
        partners=tuple(json.loads(row["partners"])),
        shared_with=tuple(json.loads(row["shared_with"])),
    )
