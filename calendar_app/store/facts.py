"""What the catalogue told beside the events: its last word on each, figures, the report's order."""

import json
from collections.abc import Iterable
from typing import Any

from calendar_app.events import Event
from calendar_app.store import records
from calendar_app.store.connection import Change, Store, bump, insert, rows


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
