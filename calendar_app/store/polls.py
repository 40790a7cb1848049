"""Polls: how often which family of clients asked for which feed, by day; nothing of who asked is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from calendar_app.store.connection import Store, rows

KEPT = timedelta(days=400)
# When (a day, UTC), which feed by its name, and which family of clients.
Poller = tuple[date, str, str]
_ADD = (
    "INSERT INTO polls (day, feed, family, polls, unchanged) VALUES (?, ?, ?, ?, ?) ON CONFLICT (day, feed, family)"
    " DO UPDATE SET polls = polls + excluded.polls, unchanged = unchanged + excluded.unchanged"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polls:
    """How often a family asked for a feed; `unchanged` of these were answered with 304."""

    feed: str
    family: str
    polls: int
    unchanged: int


def add(store: Store, counts: Mapping[Poller, tuple[int, int]], *, now: datetime) -> None:
    """Adds polls, and those of them answered with 304, to what is kept; drops what is older than `KEPT`.

    What two processes add sums up. Readers see nothing new: the data revision stays.
    """
    with store.change(now, actor="polls") as change:
        values = [(day.isoformat(), feed, family, *counted) for (day, feed, family), counted in sorted(counts.items())]
        change.db.conn.executemany(_ADD, values)
        change.db.conn.execute("DELETE FROM polls WHERE day < ?", [(change.now.date() - KEPT).isoformat()])


def since(store: Store, day: date) -> list[Polls]:
    """The polls from a day (UTC) on, by feed and family."""
    sql = (
        "SELECT feed, family, sum(polls) AS polls, sum(unchanged) AS unchanged FROM polls WHERE day >= ?"
        " GROUP BY feed, family ORDER BY feed, family"
    )
    return [Polls(**row) for row in rows(store.db, sql, [day.isoformat()])]
