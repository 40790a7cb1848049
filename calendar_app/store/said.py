"""What imports said of events when they were last read, and which event each of their keys names."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from calendar_app.events import Event
from calendar_app.store import records
from calendar_app.store.connection import Change, Store, rows

# One parameter, however many keys there are.
_KEYS = "key IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An import's last word on an event; one that it only `joined` was there before it, and is not changed by it."""

    event: Event
    joined: bool


def of_keys(store: Store, origin: str, keys: Iterable[str]) -> dict[str, Said]:
    """The last word of an origin under each of these keys that it had used."""
    sql = f"SELECT key, record, joined FROM imports WHERE origin = ? AND {_KEYS}"
    found = rows(store.db, sql, [origin, json.dumps(list(keys))])
    return {
        row["key"]: Said(event=records.to_event(json.loads(row["record"])), joined=bool(row["joined"])) for row in found
    }


def events_of(store: Store, origin: str, keys: Iterable[str]) -> frozenset[str]:
    """The uids of the events that an origin names by these keys."""
    sql = f"SELECT event FROM imports WHERE origin = ? AND {_KEYS}"
    return frozenset(row[0] for row in store.db.conn.execute(sql, [origin, json.dumps(list(keys))]))


def others(store: Store, origin: str, keys: Iterable[str]) -> list[tuple[str, str]]:
    """Key and uid of each event that an origin named before by another key than these, but those withdrawn since."""
    sql = f"""
        SELECT i.key, i.event FROM imports i JOIN events e ON e.uid = i.event
        WHERE i.origin = ? AND e.status <> 'withdrawn' AND NOT {_KEYS} ORDER BY e.sort, i.key
    """
    return [(key, uid) for key, uid in store.db.conn.execute(sql, [origin, json.dumps(list(keys))])]


def of_undone(store: Store, origin: str, keys: Iterable[str]) -> dict[str, str]:
    """The uids of the events that an origin named by these keys in an import that was undone."""
    sql = f"""
        SELECT s.key, s.event FROM batch_said s JOIN batches b ON b.id = s.batch
        WHERE b.origin = ? AND b.undone IS NOT NULL AND s.before IS NULL AND s.{_KEYS} ORDER BY b.id
    """
    return dict(store.db.conn.execute(sql, [origin, json.dumps(list(keys))]).fetchall())


def of_uids(store: Store, keys: Iterable[str]) -> dict[str, str]:
    """The uid of the event for each of these keys that is a UID of our own: of an event, a part or a deadline."""
    sql = """
        SELECT k.value, e.uid FROM json_each(?) k JOIN events e ON e.uid = k.value
        UNION ALL SELECT k.value, e.uid FROM json_each(?) k
            JOIN parts p ON p.uid = k.value JOIN events e ON e.id = p.event
        UNION ALL SELECT k.value, e.uid FROM json_each(?) k
            JOIN deadlines d ON d.uid = k.value JOIN events e ON e.id = d.event
    """
    given = json.dumps(list(keys))
    return dict(store.db.conn.execute(sql, [given, given, given]).fetchall())


def is_named_elsewhere(store: Store, uid: str, origin: str) -> bool:
    """Whether another origin names an event too."""
    sql = "SELECT EXISTS (SELECT 1 FROM imports WHERE event = ? AND origin <> ?)"
    return bool(store.db.conn.execute(sql, [uid, origin]).fetchone()[0])


def keep(change: Change, origin: str, key: str, event: Event, *, joined: bool) -> None:
    """Remembers what an origin says of an event now, and for the change's batch what it had said before."""
    sql = """
        INSERT OR IGNORE INTO batch_said (batch, key, event, before)
        VALUES (?, ?, ?, (SELECT record FROM imports WHERE origin = ? AND key = ?))
    """
    change.db.conn.execute(sql, [change.batch, key, event.uid, origin, key])
    sql = """
        INSERT INTO imports (origin, key, event, record, joined) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (origin, key) DO UPDATE SET record = excluded.record
    """
    record = json.dumps(records.of_event(event), ensure_ascii=False)
    change.db.conn.execute(sql, [origin, key, event.uid, record, int(joined)])


def restore(change: Change, batch: int, origin: str) -> None:
    """Brings back what an origin had said before a batch."""
    told = "SELECT key FROM batch_said WHERE batch = ? AND before IS"
    change.db.conn.execute(f"DELETE FROM imports WHERE origin = ? AND key IN ({told} NULL)", [origin, batch])
    sql = f"""
        UPDATE imports SET record = (SELECT before FROM batch_said s WHERE s.batch = ? AND s.key = imports.key)
        WHERE origin = ? AND key IN ({told} NOT NULL)
    """
    change.db.conn.execute(sql, [batch, origin, batch])
