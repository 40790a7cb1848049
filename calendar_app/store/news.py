"""News: the revisions that tell readers something, noted as events are saved, and looked up by who follows them."""

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from calendar_app import changes
from calendar_app.changes import What
from calendar_app.events import Event, Series
from calendar_app.selection import Selection
from calendar_app.store import following, history, records, series
from calendar_app.store.connection import Store, bump, text_of
from calendar_app.store.following import Followed
from calendar_app.store.history import Revision

# A name elsewhere that an event uses is no change of the event, and one new release could fill the list with it.
_SILENT = "renamed"
_ORDER = "ORDER BY n.at DESC, n.place DESC, n.revision DESC"
# Of a withdrawn event, that it was, and no more; of one that is not public now, nothing.
_VISIBLE = "e.published = 1 AND (n.gone OR e.status <> 'withdrawn')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which news are asked for: of a selection, from a day (UTC) on, of one kind of change; what is None or "" is open.

    `later` leaves out what was recorded at the very first moment: what the calendar began with.
    """

    selection: Selection
    since: date | None = None
    what: str = ""
    later: bool = False


def note(
    db: Database, revision: int, number: int, *, before: Event | None, after: Event, action: str, place: str
) -> None:
    """Notes what a revision tells readers of the event in row `number`; `place` is where that stands in a list."""
    told = changes.between(before, after)
    if after.published and action != _SILENT:
        names = ("", *told.what) if told.what else ()
        gone = int(What.WITHDRAWN in told.what)
        noted = [(str(what), text_of(after.stamp), place, revision, number, gone) for what in names]
        db.conn.executemany("INSERT INTO news VALUES (?, ?, ?, ?, ?, ?)", noted)


def newest(store: Store, asked: Asked, *, most: int, offset: int = 0) -> list[Revision]:
    """The newest revisions, at most so many, that anyone may read and that someone who follows a selection is told.

    Those are the revisions of the events that the selection holds now, and those before or after which it held them.
    Of one moment, such as the loading of the catalogue, those of the events that lie furthest ahead come first.
    """
    followed = following.of(store, asked.selection)
    where, values = _conditions(store, asked, followed)
    sql = f"SELECT n.revision, {followed.held} FROM {_source(followed)} WHERE {where} {_ORDER}"
    directory = series.directory(store) if followed.conditions else {}
    found = list[int]()
    with closing(store.db.conn.execute(sql, [*followed.held_values, *followed.given, *values])) as cursor:
        for number, held in cursor:
            if held or _was_held(store, number, followed, directory):
                found.append(number)
            if len(found) == offset + most:
                break
    return history.of_ids(store, found[offset:])


def began(store: Store) -> str:
    """The first moment of the record, as the database holds it; "" where nothing is in it yet."""
    return str(store.db.conn.execute("SELECT ifnull(min(at), '') FROM news WHERE what = ''").fetchone()[0])


def renew(store: Store, *, now: datetime) -> None:
    """Notes what the revisions tell that were recorded before any news were."""
    if not _missing(store):
        return
    with store.change(now, actor="news") as change:
        # Another process may have done so while this one waited.
        if _missing(store):
            _note_all(change.db)
            bump(change.db)


def _missing(store: Store) -> bool:
    sql = "SELECT NOT EXISTS (SELECT 1 FROM news) AND EXISTS (SELECT 1 FROM revisions)"
    return bool(store.db.conn.execute(sql).fetchone()[0])


def _note_all(db: Database) -> None:
    sql = """
        SELECT r.id, r.action, r.before, r.after, e.id AS event, e.sort, e.title, e.uid
        FROM revisions r JOIN events e ON e.uid = r.event ORDER BY r.id
    """
    for number, action, old, new, event, *place in db.conn.execute(sql).fetchall():
        before, after = records.to_event(json.loads(old)) if old else None, records.to_event(json.loads(new))
        note(db, number, event, before=before, after=after, action=action, place="".join(place))


def _source(followed: Followed) -> str:
    """Along the time, or from the events if they are few."""
    if followed.given:
        news_of = "news n INDEXED BY news_event ON n.event = e.id"
        return f"json_each(?) f CROSS JOIN events e ON e.id = f.value CROSS JOIN {news_of}"
    return "news n CROSS JOIN events e ON e.id = n.event"


def _conditions(store: Store, asked: Asked, followed: Followed) -> tuple[str, list[Any]]:
    conditions, values = ["n.what = ?", _VISIBLE], [asked.what]
    since, first = asked.since.isoformat() if asked.since else "", began(store) if asked.later else ""
    # One bound alone, which the index begins at.
    if since > first:
        conditions.append("n.at >= ?")
        values.append(since)
    elif asked.later:
        conditions.append("n.at > ?")
        values.append(first)
    conditions += followed.conditions
    return " AND ".join(conditions), [*values, *followed.values]


def _was_held(store: Store, number: int, followed: Followed, directory: Mapping[str, Series]) -> bool:
    """Whether the selection held the event before or after a revision, as anyone could see it."""
    (revision,) = history.of_ids(store, [number])
    states = [state for state in (revision.before, revision.after) if state is not None and state.public]
    return any(followed.holds(state, directory.get(state.series)) for state in states)
