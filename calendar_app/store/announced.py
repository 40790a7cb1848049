"""Moves that were announced before their event was recorded: the plans that it came with, and had given up already."""

from datetime import date

from calendar_app import changes
from calendar_app.changes import Announcement
from calendar_app.selection import Selection
from calendar_app.store import events, following
from calendar_app.store.connection import Store
from calendar_app.store.visible import PUBLIC

# A plan that an event got later is told by the revision that moved it.
_CAME_WITH = """p.position < (
    SELECT json_array_length(r.after, '$.plans') FROM revisions r WHERE r.event = e.uid ORDER BY r.id LIMIT 1
)"""
# An announcement may lie after a day if its own day, month or year does not end before it. One of no known day was made
# before the days that it gave up.
_SINCE = "CASE p.announced WHEN '' THEN p.ends ELSE p.announced END"


def moves(store: Store, selection: Selection, *, since: date | None, most: int) -> list[Announcement]:
    """The moves of the selected events, at most so many, the newest first; those of no known day at the end.

    Since a day: those that may have been announced on it or later.
    """
    followed, (standing_now, values) = following.of(store, selection), following.standing(selection)
    source = "plans p CROSS JOIN events e ON e.id = p.event"
    if followed.given:
        source = "json_each(?) f CROSS JOIN events e ON e.id = f.value CROSS JOIN plans p ON p.event = e.id"
    sql = f"""
        SELECT e.id, e.uid, p.position FROM {source}
        WHERE {PUBLIC} AND {standing_now} AND {_SINCE} >= substr(?, 1, length({_SINCE})) AND {_CAME_WITH}
        ORDER BY p.announced DESC, p.ends DESC, e.uid, p.position LIMIT ?
    """
    day = since.isoformat() if since else ""
    told = store.db.conn.execute(sql, [*followed.given, *values, day, most]).fetchall()
    standing = {event.uid: event for event in events.by_ids(store, sorted({number for number, _, _ in told}))}
    moved = [changes.announcement(standing[uid], position) for _, uid, position in told if uid in standing]
    return [each for each in moved if each.news.what]
