"""A witness of the record: what must hold of events, revisions and feeds after every change, whoever made it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from calendar_app.events import Event
from calendar_app.formats import FORMATS, lint
from calendar_app.options import Deadlines, Options, Undated
from calendar_app.publish import Publisher, named, selected
from calendar_app.selection import Selection
from calendar_app.store import Store, events, history, search, series
from calendar_app.topics import Status
from tests.conftest import BASE, TODAY
from tests.merging import RULES, Entry, by_uid
from tests.test_polls import Asked

# All that can be told in a calendar, and under which address.
EVERYTHING = Options(parts=True, deadlines=Deadlines.WITH, undated=Undated.SPAN)
ADDRESS = ("/feeds/select.ics", "deadlines=1&parts=1&undated=span")
# Revisions that may leave an event as it was: a name elsewhere, and a part that keeps what the whole had.
SAME = {"renamed", "split"}
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def content(event: Event) -> Event:
    """An event less what rises with every change."""
    return replace(event, stamp=LONG_AGO, sequence=0)


def every(store: Store) -> dict[str, Event]:
    return {event.uid: event for event in events.by_ids(store, list(range(1, 500)))}


class Witness:
    """What was seen of a record last, compared with what it is now."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.publisher = Publisher(store, base=BASE)
        self.clients = [merges(Asked(self.publisher), *ADDRESS) for merges in RULES]
        self.secrets: dict[int, str] = {}
        self.seen = every(store)
        self.entries: dict[str, Entry] = {}
        self.revision = store.revision()
        self.look()

    def look(self) -> None:
        """Compares all that was seen with what there is.

        Raises:
            AssertionError: something does not hold.
        """
        now = every(self.store)
        self._changes(now)
        self._feed(now)
        self._private(now)
        self.seen, self.revision = now, self.store.revision()

    def unmoved(self) -> None:
        """Nothing was written since it was looked last."""
        assert (self.store.revision(), every(self.store)) == (self.revision, self.seen)

    def _changes(self, now: dict[str, Event]) -> None:
        assert self.seen.keys() <= now.keys()
        assert (now == self.seen) or self.store.revision() > self.revision
        for uid, event in now.items():
            before = self.seen.get(uid)
            if event == before:
                continue
            told = history.of_event(self.store, uid)
            assert told[0].after == event
            assert [each.before for each in told] == [*(each.after for each in told[1:]), None]
            numbers = [(each.after.sequence, each.after.stamp) for each in told]
            assert all(new > old and newer > older for (new, newer), (old, older) in pairwise(numbers))
            assert len({each.after.slug for each in told}) == 1
            if before is not None:
                assert before in [each.after for each in told]
            idle = [each for each in told[:-1] if content(each.before) == content(each.after)]
            assert {each.action for each in idle} <= SAME, [each.action for each in idle]

    def _feed(self, now: dict[str, Event]) -> None:
        body = self.publisher.feed(selected(Selection(), "ics", options=EVERYTHING), today=TODAY).body
        assert lint.check(body) == []
        entries = by_uid(body)
        assert {uid for uid, event in now.items() if event.published} <= entries.keys()
        # What takes a name from elsewhere reads otherwise at once, and has its revision in the same transaction.
        assert events.outdated(self.store) == []
        for uid, event in now.items():
            if event == self.seen.get(uid) and uid in self.entries:
                assert entries[uid] == self.entries[uid]
            if uid in entries:
                assert entries[uid].tombstone == (event.status is Status.WITHDRAWN)
                assert (entries[uid].sequence, entries[uid].stamp) == (event.sequence, event.stamp)
        for client in self.clients:
            client.poll()
            assert client.held == entries
            assert not client.poll()
        self.entries = entries

    def _private(self, now: dict[str, Event]) -> None:
        hidden = [event for event in now.values() if not event.published]
        for name in FORMATS:
            body = self.publisher.feed(selected(Selection(), name, options=EVERYTHING), today=TODAY).body.decode()
            assert [event.slug for event in hidden if event.uid in body] == []
            assert [secret for secret in self.secrets.values() if secret in body] == []
        public = {event.slug for event in now.values() if event.public}
        assert {event.slug for event in events.by_ids(self.store, search.ids(self.store, Selection()))} == public

    def end(self) -> None:
        """What is kept beside the record says what the record says: look-up tables and rendered documents."""
        fresh = Publisher(self.store, base=BASE)
        for name in FORMATS:
            target = named(self.store, "all", name)
            assert self.publisher.feed(target, today=TODAY).body == fresh.feed(target, today=TODAY).body
        kept = _looked_up(self.store)
        db = self.store.db
        db.conn.execute("BEGIN")
        for number, slug in db.conn.execute("SELECT id, slug FROM events ORDER BY id").fetchall():
            event = events.by_slug(self.store, slug)
            search.index(db, number, event, series.find(db, event.series))
        anew = _looked_up(self.store)
        db.conn.rollback()
        assert anew == kept


def _looked_up(store: Store) -> str:
    tables = ("SELECT * FROM facets ORDER BY 1, 2, 3", "SELECT rowid, own, series, around FROM words ORDER BY 1")
    return json.dumps([store.db.conn.execute(sql).fetchall() for sql in tables])
