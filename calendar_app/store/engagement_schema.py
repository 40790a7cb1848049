"""What ITU did as a record of its own, partners, and what editors write for a report; and what stood before, moved."""

import json
import re
import unicodedata
import uuid
from typing import Any

from sqlite_utils import Database

_NAMESPACE = uuid.UUID("6f1c0f4e-3d0b-5a57-9a3e-6f0c2b1d7e94")

# `origin` names a statement in the catalogue, `said` is what that said last; both are empty for the desk's own.
# Notes are internal and in a table of their own, as contacts are. What is taken out stays, marked.
_ENGAGEMENTS = """
CREATE TABLE partners (
    key TEXT PRIMARY KEY CHECK (key <> '' AND key NOT GLOB '*[^a-z0-9-]*'),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('un-body', 'intergovernmental', 'government', 'company', 'industry-association',
        'academia', 'civil-society', 'other')),
    aliases TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(aliases)),
    url TEXT NOT NULL DEFAULT '' CHECK (url = '' OR url GLOB 'http://*' OR url GLOB 'https://*'),
    same_as TEXT REFERENCES partners (key) CHECK (same_as <> key),
    said TEXT CHECK (said IS NULL OR json_valid(said))
) STRICT, WITHOUT ROWID;
CREATE TABLE partner_revisions (
    id INTEGER PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners (key),
    at TEXT NOT NULL, actor TEXT NOT NULL CHECK (actor <> ''), reason TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)), after TEXT NOT NULL CHECK (json_valid(after))
) STRICT;
CREATE INDEX partner_revisions_partner ON partner_revisions (partner, id);
CREATE TRIGGER partner_revisions_never_changed BEFORE UPDATE ON partner_revisions
    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER partner_revisions_never_deleted BEFORE DELETE ON partner_revisions
    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TABLE engagements (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 36),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    activity TEXT NOT NULL CHECK (activity <> ''), detail TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT '',
    documents TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(documents)),
    source TEXT NOT NULL DEFAULT '',
    source_url TEXT NOT NULL DEFAULT ''
        CHECK (source_url = '' OR source_url GLOB 'http://*' OR source_url GLOB 'https://*'),
    public INTEGER NOT NULL DEFAULT 1 CHECK (public IN (0, 1)),
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
    origin TEXT NOT NULL DEFAULT '',
    said TEXT CHECK (said IS NULL OR json_valid(said))
) STRICT;
CREATE UNIQUE INDEX engagements_origin ON engagements (origin) WHERE origin <> '';
CREATE INDEX engagements_year ON engagements (year);
CREATE TRIGGER engagements_never_deleted BEFORE DELETE ON engagements
    BEGIN SELECT RAISE(ABORT, 'no engagement is deleted'); END;
CREATE TABLE engagement_events (
    engagement INTEGER NOT NULL REFERENCES engagements (id), event TEXT NOT NULL REFERENCES events (uid),
    position INTEGER NOT NULL, PRIMARY KEY (engagement, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX engagement_events_event ON engagement_events (event);
CREATE TABLE engagement_series (
    engagement INTEGER NOT NULL REFERENCES engagements (id), series TEXT NOT NULL REFERENCES series (key),
    position INTEGER NOT NULL, PRIMARY KEY (engagement, series)
) STRICT, WITHOUT ROWID;
CREATE INDEX engagement_series_series ON engagement_series (series);
CREATE TABLE engagement_partners (
    engagement INTEGER NOT NULL REFERENCES engagements (id), partner TEXT NOT NULL REFERENCES partners (key),
    position INTEGER NOT NULL, PRIMARY KEY (engagement, partner)
) STRICT, WITHOUT ROWID;
CREATE INDEX engagement_partners_partner ON engagement_partners (partner);
CREATE TABLE engagement_notes (
    engagement INTEGER PRIMARY KEY REFERENCES engagements (id), note TEXT NOT NULL CHECK (note <> '')
) STRICT;
CREATE TABLE engagement_revisions (
    id INTEGER PRIMARY KEY, engagement TEXT NOT NULL REFERENCES engagements (uid),
    at TEXT NOT NULL, actor TEXT NOT NULL CHECK (actor <> ''),
    action TEXT NOT NULL CHECK (action IN ('added', 'changed', 'removed', 'undone')), reason TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)), after TEXT NOT NULL CHECK (json_valid(after))
) STRICT;
CREATE INDEX engagement_revisions_engagement ON engagement_revisions (engagement, id);
CREATE TRIGGER engagement_revisions_never_changed BEFORE UPDATE ON engagement_revisions
    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER engagement_revisions_never_deleted BEFORE DELETE ON engagement_revisions
    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
"""

# Append-only: of each subject the last row holds. `section` and `value` are NULL where an editor took it out.
_REPORT = """
CREATE TABLE report_texts (
    id INTEGER PRIMARY KEY, first TEXT NOT NULL CHECK (length(first) = 10),
    last TEXT NOT NULL CHECK (length(last) = 10 AND last >= first),
    name TEXT NOT NULL CHECK (name <> ''), text TEXT NOT NULL,
    at TEXT NOT NULL, actor TEXT NOT NULL CHECK (actor <> '')
) STRICT;
CREATE INDEX report_texts_period ON report_texts (first, last, name, id);
CREATE TRIGGER report_texts_never_changed BEFORE UPDATE ON report_texts
    BEGIN SELECT RAISE(ABORT, 'what was written is kept'); END;
CREATE TRIGGER report_texts_never_deleted BEFORE DELETE ON report_texts
    BEGIN SELECT RAISE(ABORT, 'what was written is kept'); END;
CREATE TABLE report_places (
    id INTEGER PRIMARY KEY, event TEXT REFERENCES events (uid), series TEXT REFERENCES series (key),
    section TEXT, position INTEGER NOT NULL, name TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL, actor TEXT NOT NULL CHECK (actor <> ''), reason TEXT NOT NULL DEFAULT '',
    CHECK ((event IS NULL) <> (series IS NULL))
) STRICT;
CREATE TRIGGER report_places_never_changed BEFORE UPDATE ON report_places
    BEGIN SELECT RAISE(ABORT, 'what was written is kept'); END;
CREATE TRIGGER report_places_never_deleted BEFORE DELETE ON report_places
    BEGIN SELECT RAISE(ABORT, 'what was written is kept'); END;
CREATE TABLE kept_figures (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL CHECK (subject <> ''), year TEXT NOT NULL CHECK (year <> ''),
    measure TEXT NOT NULL CHECK (measure <> ''), value REAL, unit TEXT NOT NULL, source TEXT NOT NULL,
    at TEXT NOT NULL, actor TEXT NOT NULL CHECK (actor <> ''), reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER kept_figures_never_changed BEFORE UPDATE ON kept_figures
    BEGIN SELECT RAISE(ABORT, 'what was written is kept'); END;
CREATE TRIGGER kept_figures_never_deleted BEFORE DELETE ON kept_figures
    BEGIN SELECT RAISE(ABORT, 'what was written is kept'); END;
-- A series that belongs to another: the three pillars of the CEB.
CREATE TABLE pillars (
    id INTEGER PRIMARY KEY, series TEXT NOT NULL REFERENCES series (key),
    pillar_of TEXT NOT NULL REFERENCES series (key)
) STRICT;
-- Partners are something new to be found by; an empty record needs no new index.
UPDATE state SET indexed = 2 WHERE NOT EXISTS (SELECT 1 FROM events);
"""

SCRIPTS = (_ENGAGEMENTS, _REPORT)
_EARLIER = "ALTER TABLE engagements RENAME TO engagements_before"


def allow_side_events(db: Database) -> None:
    """Lets an event be a side event, held at another; SQLite changes no CHECK of a table that stands."""
    kept = db.conn.execute(
        "SELECT sql FROM sqlite_schema WHERE tbl_name = 'events' AND type IN ('index', 'trigger') AND sql IS NOT NULL"
    ).fetchall()
    (table,) = db.conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'events'").fetchone()
    wider = table.replace("'initiative'))", "'initiative', 'side-event'))")
    # A table of that content is put in its place; what names its rows is looked at when all of this ends.
    db.conn.execute("PRAGMA defer_foreign_keys = ON")
    db.conn.execute("CREATE TABLE events_before AS SELECT * FROM events")
    db.conn.execute("DROP TABLE events")
    db.conn.execute(wider)
    names = ", ".join(f'"{row[1]}"' for row in db.conn.execute("PRAGMA table_info(events)"))
    db.conn.execute(f"INSERT INTO events ({names}) SELECT {names} FROM events_before")
    db.conn.execute("DROP TABLE events_before")
    for (sql,) in kept:
        db.conn.execute(sql)
    db.conn.execute(
        "ALTER TABLE events ADD COLUMN held_at TEXT REFERENCES events (uid) DEFERRABLE INITIALLY DEFERRED"
        " CHECK (held_at IS NULL OR kind = 'side-event')"
    )
    db.conn.execute("CREATE INDEX events_held_at ON events (held_at) WHERE held_at IS NOT NULL")


def set_apart(db: Database) -> None:
    """Puts what the catalogue told of engagements aside, so that a table of another form can take the name."""
    for index in ("engagements_event", "engagements_series"):
        db.conn.execute(f"DROP INDEX {index}")
    db.conn.execute(_EARLIER)


def move(db: Database) -> None:
    """Moves what stood aside into the tables of today, under the names that the catalogue gives it."""
    columns = ("event", "series", "year", "activity", "detail", "partners", "shared_with")
    slugs = dict(db.conn.execute("SELECT uid, slug FROM events").fetchall())
    uids = {slug: uid for uid, slug in slugs.items()}
    counted: dict[str, int] = {}
    for found in db.conn.execute(f"SELECT {', '.join(columns)} FROM engagements_before ORDER BY id").fetchall():
        row = dict(zip(columns, found, strict=True))
        subject = f"event/{slugs[row['event']]}" if row["event"] else f"series/{row['series']}"
        base = f"{subject}/{row['year']}/{row['activity']}"
        counted[base] = counted.get(base, 0) + 1
        _move_one(db, row, f"{base}/{counted[base]}", uids)
    db.conn.execute("DROP TABLE engagements_before")


def _move_one(db: Database, row: dict[str, Any], origin: str, uids: dict[str, str]) -> None:
    values = [str(uuid.uuid5(_NAMESPACE, f"engagement/{origin}")), row["year"], row["activity"], row["detail"], origin]
    sql = "INSERT INTO engagements (uid, year, activity, detail, origin) VALUES (?, ?, ?, ?, ?)"
    number = db.conn.execute(sql, values).lastrowid
    shared = [uids[slug] for slug in json.loads(row["shared_with"]) if slug in uids]
    told = list(dict.fromkeys(([row["event"]] if row["event"] else []) + shared))
    for position, uid in enumerate(told):
        db.conn.execute("INSERT INTO engagement_events VALUES (?, ?, ?)", [number, uid, position])
    if row["series"]:
        db.conn.execute("INSERT INTO engagement_series VALUES (?, ?, 0)", [number, row["series"]])
    for position, name in enumerate(json.loads(row["partners"])):
        key = _key(name)
        db.conn.execute("INSERT OR IGNORE INTO partners (key, name, kind) VALUES (?, ?, 'other')", [key, name])
        db.conn.execute("INSERT OR IGNORE INTO engagement_partners VALUES (?, ?, ?)", [number, key, position])


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "partner"
