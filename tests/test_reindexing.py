"""A record that an older release indexed is found by all that this one finds events by."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from calendar_app import open_store
from calendar_app.selection import Selection
from calendar_app.settings import Settings
from calendar_app.store import Store, events, reindexing, search

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TABLES = {
    "words": "SELECT rowid, * FROM words",
    "pieces": "SELECT rowid, * FROM pieces",
    "names": "SELECT * FROM names",
    "spellings": "SELECT * FROM spellings",
    "facets": "SELECT * FROM facets",
}
# What was before `m006_browsing`.
BEFORE = """
DROP TABLE words;
DROP TABLE pieces;
DROP TABLE names;
DROP TABLE spellings;
DROP INDEX events_sort;
DROP INDEX events_length;
ALTER TABLE state DROP COLUMN indexed;
CREATE INDEX events_sort ON events (sort, title, uid);
CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE pieces USING fts5 (text, tokenize = 'trigram');
INSERT INTO words (rowid, text) SELECT id, title FROM events;
DELETE FROM _sqlite_migrations WHERE name = 'm006_browsing';
"""


def looked_up(store: Store) -> dict[str, str]:
    found = {table: store.db.conn.execute(sql).fetchall() for table, sql in TABLES.items()}
    return {table: json.dumps(sorted(rows)) for table, rows in found.items()}


def test_record_of_the_release_before_is_found_by_words_again(store: Store):
    hidden = replace(events.by_slug(store, "habitat-2016"), published=False)
    with store.change(NOW, actor="editor@itu.int") as change:
        events.save(change, hidden, action="hidden")
    kept, versions = looked_up(store), search.versions(store, Selection())
    store.db.conn.executescript(BEFORE)
    store.close()
    opened = open_store(Settings(database=store.path), lambda: NOW)
    assert search.versions(opened, Selection()) == versions
    renewed = looked_up(opened)
    # Words that were public once are not known from the record as it is now.
    spelled, again = (set(map(tuple, json.loads(found.pop("spellings")))) for found in (kept, renewed))
    assert spelled > again
    assert renewed == kept
    assert search.corrected(opened, "hlfp") == "hlpf"
    opened.close()


def test_record_is_indexed_anew_once_and_readers_are_told(store: Store):
    before = looked_up(store)
    store.db.conn.executescript("DELETE FROM words; DELETE FROM names; UPDATE state SET indexed = 0;")
    revision = store.revision()
    assert search.count(store, Selection(words="hlpf")) == 0
    assert reindexing.renew(store, now=NOW) == store.db.conn.execute("SELECT count(*) FROM events").fetchone()[0] > 0
    assert (looked_up(store), store.revision()) == (before, revision + 1)
    assert search.count(store, Selection(words="hlpf")) > 0
    assert reindexing.renew(store, now=NOW) == 0
    assert store.revision() == revision + 1


def test_fresh_record_is_indexed_as_it_is_written(empty_store: Store):
    assert reindexing.renew(empty_store, now=NOW) == 0
    assert empty_store.revision() == 0
