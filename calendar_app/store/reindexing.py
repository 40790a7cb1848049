"""Reindexing: what a new release finds events by, made for those that an older one indexed."""

from datetime import datetime

from calendar_app.store import events, indexing, series
from calendar_app.store.connection import Store, bump


def renew(store: Store, *, now: datetime) -> int:
    """Indexes every event anew if this release indexes otherwise than the record was; gives how many it were."""
    if _is_new(store):
        return 0
    with store.change(now, actor="reindexing") as change:
        # Another process may have done so while this one waited.
        if _is_new(store):
            return 0
        directory = series.read(change.db)
        numbers = [row[0] for row in change.db.conn.execute("SELECT id FROM events ORDER BY id")]
        for number in numbers:
            for event in events.by_ids(store, [number]):
                indexing.index(change.db, number, event, directory.get(event.series))
        change.db.conn.execute("UPDATE state SET indexed = ?", [indexing.FORM])
        bump(change.db)
    return len(numbers)


def _is_new(store: Store) -> bool:
    return bool(store.db.conn.execute("SELECT indexed FROM state").fetchone()[0] == indexing.FORM)
