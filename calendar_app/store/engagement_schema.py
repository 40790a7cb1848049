"""What ITU did as a record of its own, partners, and what editors write for a report."""

from sqlite_utils import Database

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
    activity TEXT NOT NULL CHECK (activity IN ('participation', 'observer', 'member', 'chair', 'co-chair', 'lead',
        'host', 'side-event', 'input', 'issue-brief', 'high-level-panel', 'negotiation', 'policy-statement', 'outreach',
        'report-launch', 'bilateral-meeting', 'collaboration', 'joint-initiative', 'review')),
    detail TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT '',
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
    id INTEGER PRIMARY KEY, first TEXT NOT NULL CHECK (first IS date(first, '+0 days')),
    last TEXT NOT NULL CHECK (last IS date(last, '+0 days') AND last >= first),
    name TEXT NOT NULL CHECK (name IN ('summary', 'introduction', '2030-agenda', 'un-governance',
        'summits-and-conferences', 'inter-agency-coordination', 'key-initiatives', 'jiu', 'symbol', 'agenda-item',
        'date', 'title', 'action', 'gaps') OR name GLOB 'settled:?*'),
    text TEXT NOT NULL,
    at TEXT NOT NULL, actor TEXT NOT NULL CHECK (actor <> '')
) STRICT;
CREATE INDEX report_texts_period ON report_texts (first, last, name, id);
CREATE TRIGGER report_texts_never_changed BEFORE UPDATE ON report_texts
    BEGIN SELECT RAISE(ABORT, 'what was written is kept'); END;
CREATE TRIGGER report_texts_never_deleted BEFORE DELETE ON report_texts
    BEGIN SELECT RAISE(ABORT, 'what was written is kept'); END;
CREATE TABLE report_places (
    id INTEGER PRIMARY KEY, event TEXT REFERENCES events (uid), series TEXT REFERENCES series (key),
    section TEXT CHECK (section IN ('', '2030-agenda', 'un-governance', 'summits-and-conferences',
        'inter-agency-coordination', 'key-initiatives', 'jiu')),
    position INTEGER NOT NULL, name TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '',
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
CREATE INDEX kept_figures_subject ON kept_figures (subject, year, measure, id);
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
