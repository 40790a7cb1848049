"""What browsing looks things up by: words by how well they fit, spellings, and a period from both its ends."""

SCRIPT = """
DROP TABLE words;
DROP TABLE pieces;
-- In the order in which they tell of an event: what it is called itself, what its series is, and what is about it.
-- `words` holds each word between spaces, `pieces` the text as it is, for scripts whose words no space parts.
CREATE VIRTUAL TABLE words USING fts5 (own, series, around, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE pieces USING fts5 (own, series, around, tokenize = 'trigram');
-- What an event may be asked for by and nothing else: 0 its own names and its series', 1 its city's and country's.
CREATE TABLE names (
    name TEXT NOT NULL, rank INTEGER NOT NULL CHECK (rank IN (0, 1)), event INTEGER NOT NULL REFERENCES events (id),
    PRIMARY KEY (name, rank, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX names_event ON names (event);
-- Every word that was ever public, by itself and by what is left of it without one of its letters.
CREATE TABLE spellings (cut TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (cut, word)) STRICT, WITHOUT ROWID;
-- A period is a stretch of the list: it begins as long before its first day as the longest event lasts. The index
-- holds what is asked of each event on the way.
DROP INDEX events_sort;
CREATE INDEX events_sort ON events (sort, title, uid, first_day, last_day, published, status);
CREATE INDEX events_length ON events (julianday(last_day) - julianday(first_day));
ALTER TABLE state ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
-- What is in the record is indexed anew at the next start; an empty one needs none.
UPDATE state SET indexed = 1 WHERE NOT EXISTS (SELECT 1 FROM events);
"""
