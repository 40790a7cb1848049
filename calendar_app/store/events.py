"""The events: reading them whole, and saving one with its revision and its change stamp."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from sqlite_utils import Database

from calendar_app.errors import BusyError, CalendarError, NotFoundError
from calendar_app.events import Event
from calendar_app.spans import sort_key
from calendar_app.store import following, news, records, search, series
from calendar_app.store.columns import FORUM, LISTS, PARTS, SELECT
from calendar_app.store.connection import Change, Store, bump, insert, moment_of, rows, text_of
from calendar_app.store.surroundings import fingerprint

_NULLABLE = ("series", "part_of", "held_at")


def by_slug(store: Store, slug: str) -> Event:
    """The event of that slug, published or not.

    Raises:
        NotFoundError: there is none.
    """
    return _one(store.db, "e.slug = ?", slug)


def by_uid(store: Store, uid: str) -> Event:
    """The event of that uid, published or not.

    Raises:
        NotFoundError: there is none.
    """
    return _one(store.db, "e.uid = ?", uid)


def by_ids(store: Store, ids: Sequence[int]) -> list[Event]:
    """The events of these row ids, in list order."""
    # One parameter, however many ids: SQLite bounds the number of parameters, not the length of one.
    return _all(store.db, "e.id IN (SELECT value FROM json_each(?))", json.dumps(ids))


def by_uids(store: Store, uids: Iterable[str]) -> list[Event]:
    """The events of these uids, published or not, in list order."""
    return _all(store.db, "e.uid IN (SELECT value FROM json_each(?))", json.dumps(sorted(uids)))


def slugs_of(store: Store, uids: Iterable[str]) -> dict[str, str]:
    """The slugs of the events of these uids, published or not, by uid."""
    sql = "SELECT uid, slug FROM events WHERE uid IN (SELECT value FROM json_each(?))"
    return dict(store.db.conn.execute(sql, [json.dumps(sorted(uids))]).fetchall())


def parts_of(store: Store, whole: str) -> list[Event]:
    """The events that one was split into, by the uid of the first; nothing of one that was not split."""
    found = _all(store.db, "e.uid = ? OR e.part_of = ?", whole, whole)
    return found if len(found) > 1 else []


def held_at(store: Store, uid: str) -> list[Event]:
    """The side events of ITU's that are held at an event, withdrawn ones too, in list order."""
    return _all(store.db, "e.held_at = ?", uid)


def of_series(store: Store, key: str | None = None) -> list[Event]:
    """The events of a series, or of all of them, published or not, in list order."""
    return _all(store.db, "e.series IS NOT NULL AND ? IN (e.series, '')", key or "")


def unreadable(store: Store) -> list[str]:
    """The slugs of the events that this release can't read."""
    known = {event.slug for event in _all(store.db, "1")}
    return sorted(row[0] for row in store.db.conn.execute("SELECT slug FROM events") if row[0] not in known)


def unverified(store: Store) -> list[Event]:
    """The events whose dates no source was read for, in list order: the desk's list to verify."""
    return _all(store.db, "e.confidence = 'low' AND e.status <> 'withdrawn'")


def withdrawn(store: Store) -> list[Event]:
    """The events that were withdrawn, in list order."""
    return _all(store.db, "e.status = 'withdrawn'")


def count_unverified(store: Store) -> int:
    """How many events wait to be verified."""
    sql = "SELECT count(*) FROM events WHERE confidence = 'low' AND status <> 'withdrawn'"
    return int(store.db.conn.execute(sql).fetchone()[0])


def slugs_like(store: Store, base: str) -> frozenset[str]:
    """The slugs minted so far that are this one, or this one with more after a hyphen."""
    found = store.db.conn.execute("SELECT slug FROM events WHERE slug = ? OR slug GLOB ?", [base, f"{base}-*"])
    return frozenset(row[0] for row in found)


def outdated(store: Store, *, of: str | None = None) -> list[Event]:
    """The events, of one series or all, that read otherwise than when they were saved: something they name changed."""
    found = rows(store.db, f"{SELECT} WHERE ? IN (e.series, '') ORDER BY e.sort, e.title, e.uid", [of or ""])
    directory = series.read(store.db)
    told = [(event, row["surroundings"]) for row in found if (event := _read(row)) is not None]
    return [event for event, before in told if fingerprint(event, directory.get(event.series)) != before]


def save(change: Change, event: Event, *, action: str) -> Event:
    """Writes a new or changed event, its revision, and what selections look it up by.

    The stamp of a changed event becomes `max(now, last stamp + 1 s)`, so that a clock set back lowers
    nothing; a new event keeps the stamp it carries. Gives the event as it was written. Side events that are held at it
    tell its title, and are written anew once that is another.
    """
    row = change.db.conn.execute("SELECT id, sequence, stamp FROM events WHERE uid = ?", [event.uid]).fetchone()
    before = None
    if row is not None:
        before = _one(change.db, "e.uid = ?", event.uid)
        stamp = max(change.now, moment_of(row[2]) + timedelta(seconds=1))
        event = replace(event, stamp=stamp, sequence=max(event.sequence, row[1] + 1))
    event = replace(event, forum=_forum(change.db, event.held_at))
    record = records.of_event(event)
    number = _write(change.db, event, record, row[0] if row else None)
    revision = _record_revision(change, event, action=action, before=before, after=record)
    news.note(change.db, revision, number, before=before, after=event, action=action, place=_place(event))
    if before is not None and before.public:
        following.remember(change.db, number, before)
    search.index(change.db, number, event, series.find(change.db, event.series))
    bump(change.db)
    if before is not None and _called(before) != _called(event):
        _tell_side_events(change, event)
    return event


def _forum(db: Database, uid: str) -> str:
    found = db.conn.execute(FORUM.format("?"), [uid]).fetchone() if uid else None
    return str(found[0]) if found else ""


def _called(event: Event) -> str:
    """What its side events tell of an event."""
    return event.title if event.public else ""


def _tell_side_events(change: Change, forum: Event) -> None:
    for held in _all(change.db, "e.held_at = ? AND e.status <> 'withdrawn'", forum.uid):
        save(change, replace(held, sequence=held.sequence + 1), action="renamed")


def _write(db: Database, event: Event, record: records.Record, number: int | None) -> int:
    columns = {name: record[name] or None if name in _NULLABLE else record[name] for name in records.PLAIN}
    columns |= records.of_span(event.span)
    columns |= {
        "first_day": event.span.first.isoformat(),
        "last_day": event.span.last.isoformat(),
        "sort": sort_text(event),
        "stamp": record["stamp"],
        "published": int(event.published),
        "surroundings": fingerprint(event, series.find(db, event.series)),
    }
    if number is None:
        number = insert(db, "events", [columns])
    else:
        # A uid that is set, if to what it is, has every table searched that names it.
        del columns["uid"]
        pairs = ", ".join(f"{name} = ?" for name in columns)
        db.conn.execute(f"UPDATE events SET {pairs} WHERE id = ?", [*columns.values(), number])
    _write_children(db, number, record)
    return number


def _write_children(db: Database, number: int, record: records.Record) -> None:
    for name, (table, column) in LISTS.items():
        _replace(db, table, number, [{column: value} for value in record[name]])
    for name, (table, _) in PARTS.items():
        _replace(db, table, number, record[name])


def _replace(db: Database, table: str, number: int, children: list[records.Record]) -> None:
    db.conn.execute(f"DELETE FROM {table} WHERE event = ?", [number])
    insert(db, table, [{"event": number, "position": place, **row} for place, row in enumerate(children)])


def _record_revision(change: Change, event: Event, *, action: str, before: Event | None, after: records.Record) -> int:
    row = {
        "event": event.uid,
        "at": text_of(event.stamp),
        "actor": change.actor,
        "action": action,
        "reason": change.reason,
        "source": change.source,
        "source_url": change.source_url,
        "batch": change.batch,
        "before": None if before is None else json.dumps(records.of_event(before), ensure_ascii=False),
        "after": json.dumps(after, ensure_ascii=False),
    }
    return insert(change.db, "revisions", [row])


def _place(event: Event) -> str:
    """Where the event stands in a list, in which events are sorted by title and uid after their days."""
    return f"{sort_text(event)}{event.title}{event.uid}"


def sort_text(event: Event) -> str:
    """The event's place in a list, as a text that sorts in binary order."""
    year, month, vague, first, last, start = (*sort_key(event.span),)[:6]
    return f"{year:04}{month:02}{int(vague)}{first}{last}{start}"


def _one(db: Database, where: str, value: str) -> Event:
    found = _all(db, where, value)
    if not found and db.conn.execute(f"SELECT 1 FROM events e WHERE {where}", [value]).fetchone():
        raise BusyError("event-unreadable", name=value)
    if not found:
        raise NotFoundError("event-unknown", name=value)
    return found[0]


def _all(db: Database, where: str, *values: Any) -> list[Event]:
    found = rows(db, f"{SELECT} WHERE {where} ORDER BY e.sort, e.title, e.uid", values)
    return [event for event in map(_read, found) if event is not None]


def _read(row: dict[str, Any]) -> Event | None:
    """The event of a row; None for one that this release can't read (a zone that there is no more), which is logged.

    One such row must not take the others from their readers.
    """
    try:
        return records.to_event(_parsed(row))
    except (CalendarError, ValueError, KeyError):
        structlog.get_logger().exception("an event can't be read", uid=row["uid"], slug=row["slug"])
        return None


def _parsed(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name: json.loads(row[name]) for name in (*LISTS, *PARTS, "partners")}
