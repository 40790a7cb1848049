"""The schema, as sqlite-utils migrations. Append-only: a migration that has shipped is never edited."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from calendar_app.store import browsing_schema, desk_schema, engagement_moving, engagement_schema, news_schema

migrations = Migrations("calendar")

_SPAN = """
    starts TEXT NOT NULL CHECK (starts GLOB '[12][0-9][0-9][0-9]*'),
    ends TEXT NOT NULL CHECK (length(ends) = length(starts) AND ends >= starts),
    precision TEXT NOT NULL CHECK (
        precision = CASE length(starts) WHEN 10 THEN 'day' WHEN 7 THEN 'month' WHEN 4 THEN 'year' END
    ),
"""
_COUNTRY = "country TEXT NOT NULL DEFAULT '' CHECK (country = '' OR country GLOB '[A-Z][A-Z]')"
_KIND = """CHECK (kind IN ('forum', 'summit', 'conference', 'governing-body', 'commission',
    'inter-agency-mechanism', 'office', 'initiative'))"""
_ROLE = "CHECK (role IN ('organizer', 'host', 'chair', 'co-chair', 'lead', 'member', 'observer', 'participant'))"
_CONFIDENCE = "CHECK (confidence IN ('high', 'medium', 'low'))"


def _link(column: str) -> str:
    return f"{column} TEXT NOT NULL DEFAULT '' CHECK ({column} = '' OR {column} GLOB 'http://*' OR {column} GLOB 'https://*')"


_VOCABULARY = """
CREATE TABLE themes (slug TEXT PRIMARY KEY) STRICT;
CREATE TABLE sdgs (number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 17)) STRICT;
"""

_SERIES = f"""
CREATE TABLE series (
    key TEXT PRIMARY KEY CHECK (key <> ''),
    short_name TEXT NOT NULL CHECK (short_name <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    kind TEXT NOT NULL {_KIND},
    convener TEXT NOT NULL, cadence TEXT NOT NULL, months TEXT NOT NULL, place TEXT NOT NULL,
    role_text TEXT NOT NULL, url TEXT NOT NULL, quote TEXT NOT NULL, source TEXT NOT NULL
) STRICT;
CREATE TABLE series_themes (
    series TEXT NOT NULL REFERENCES series (key),
    theme TEXT NOT NULL REFERENCES themes (slug), position INTEGER NOT NULL,
    PRIMARY KEY (series, theme)
) STRICT, WITHOUT ROWID;
CREATE TABLE series_sdgs (
    series TEXT NOT NULL REFERENCES series (key),
    sdg INTEGER NOT NULL REFERENCES sdgs (number), position INTEGER NOT NULL,
    PRIMARY KEY (series, sdg)
) STRICT, WITHOUT ROWID;
CREATE TABLE series_roles (
    series TEXT NOT NULL REFERENCES series (key), position INTEGER NOT NULL, role TEXT NOT NULL {_ROLE}, year INTEGER,
    PRIMARY KEY (series, position)
) STRICT, WITHOUT ROWID;
"""

# `first_day` and `last_day` bound the span, `sort` is its place in a list, `surroundings` what it was told with.
_EVENTS = f"""
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 36),
    slug TEXT NOT NULL UNIQUE CHECK (slug <> '' AND slug NOT GLOB '*[^a-z0-9-]*'),
    title TEXT NOT NULL CHECK (title <> ''),
    {_SPAN}
    start_time TEXT, end_time TEXT, zone TEXT,
    first_day TEXT NOT NULL CHECK (length(first_day) = 10),
    last_day TEXT NOT NULL CHECK (length(last_day) = 10 AND last_day >= first_day),
    sort TEXT NOT NULL, surroundings TEXT NOT NULL,
    series TEXT REFERENCES series (key),
    kind TEXT NOT NULL {_KIND},
    status TEXT NOT NULL CHECK (status IN ('tentative', 'confirmed', 'postponed', 'cancelled', 'withdrawn')),
    city TEXT NOT NULL DEFAULT '',
    {_COUNTRY},
    venue TEXT NOT NULL DEFAULT '',
    timezone TEXT NOT NULL DEFAULT '',
    mode TEXT NOT NULL CHECK (mode IN ('in-person', 'hybrid', 'online')),
    {_link("url")}, {_link("registration_url")}, {_link("webcast_url")},
    description TEXT NOT NULL DEFAULT '', convener TEXT NOT NULL DEFAULT '',
    participation TEXT NOT NULL DEFAULT '', notes TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '', {_link("source_url")}, source_date TEXT NOT NULL DEFAULT '',
    confidence TEXT NOT NULL {_CONFIDENCE},
    published INTEGER NOT NULL CHECK (published IN (0, 1)),
    part_of TEXT REFERENCES events (uid) DEFERRABLE INITIALLY DEFERRED,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    stamp TEXT NOT NULL CHECK (stamp GLOB '????-??-??T??:??:??Z'),
    CHECK ((start_time IS NULL) = (end_time IS NULL) AND (start_time IS NULL) = (zone IS NULL)),
    CHECK (start_time IS NULL OR (precision = 'day' AND starts = ends AND start_time < end_time))
) STRICT;
CREATE INDEX events_period ON events (last_day, first_day);
CREATE INDEX events_sort ON events (sort, title, uid);
CREATE INDEX events_unverified ON events (sort) WHERE confidence = 'low';
CREATE INDEX events_series ON events (series);
CREATE TRIGGER events_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'no event is deleted'); END;
CREATE TRIGGER events_only_forward BEFORE UPDATE ON events
    WHEN new.sequence < old.sequence OR new.stamp < old.stamp OR new.uid <> old.uid OR new.slug <> old.slug
    BEGIN SELECT RAISE(ABORT, 'sequence and stamp never fall; uid and slug never change'); END;

CREATE TABLE event_themes (
    event INTEGER NOT NULL REFERENCES events (id),
    theme TEXT NOT NULL REFERENCES themes (slug), position INTEGER NOT NULL,
    PRIMARY KEY (event, theme)
) STRICT, WITHOUT ROWID;
CREATE TABLE event_sdgs (
    event INTEGER NOT NULL REFERENCES events (id),
    sdg INTEGER NOT NULL REFERENCES sdgs (number), position INTEGER NOT NULL,
    PRIMARY KEY (event, sdg)
) STRICT, WITHOUT ROWID;
CREATE TABLE event_roles (
    event INTEGER NOT NULL REFERENCES events (id), role TEXT NOT NULL {_ROLE}, position INTEGER NOT NULL,
    PRIMARY KEY (event, role)
) STRICT, WITHOUT ROWID;
CREATE TABLE plans (
    event INTEGER NOT NULL REFERENCES events (id), position INTEGER NOT NULL, {_SPAN}
    city TEXT NOT NULL, {_COUNTRY}, announced TEXT NOT NULL, reason TEXT NOT NULL,
    confidence TEXT NOT NULL {_CONFIDENCE}, source_url TEXT NOT NULL,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE claims (
    event INTEGER NOT NULL REFERENCES events (id), position INTEGER NOT NULL, {_SPAN}
    city TEXT NOT NULL, {_COUNTRY}, source TEXT NOT NULL CHECK (source <> ''), source_url TEXT NOT NULL,
    source_date TEXT NOT NULL, confidence TEXT NOT NULL {_CONFIDENCE}, notes TEXT NOT NULL,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE deadlines (
    uid TEXT PRIMARY KEY CHECK (length(uid) = 36),
    event INTEGER NOT NULL REFERENCES events (id), position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('registration', 'accreditation', 'side-event-application', 'input')),
    day TEXT NOT NULL CHECK (day GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;
"""

# Derived whenever an event is saved.
_SEARCH = """
CREATE TABLE facets (
    facet TEXT NOT NULL, value TEXT NOT NULL, event INTEGER NOT NULL REFERENCES events (id),
    PRIMARY KEY (facet, value, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX facets_event ON facets (event, facet);
-- Every value of an open facet that ever was public: a feed that selects it lives on.
CREATE TABLE known_values (
    facet TEXT NOT NULL, folded TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (facet, folded)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE pieces USING fts5 (text, tokenize = 'trigram');
"""

_HISTORY = """
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    event TEXT NOT NULL REFERENCES events (uid) DEFERRABLE INITIALLY DEFERRED,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    actor TEXT NOT NULL CHECK (actor <> ''),
    action TEXT NOT NULL CHECK (action <> ''),
    reason TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    after TEXT NOT NULL CHECK (json_valid(after))
) STRICT;
CREATE INDEX revisions_event ON revisions (event, id);
CREATE TRIGGER revisions_never_changed BEFORE UPDATE ON revisions
    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revisions_never_deleted BEFORE DELETE ON revisions
    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1), revision INTEGER NOT NULL CHECK (revision >= 0)
) STRICT;
INSERT INTO state VALUES (1, 0);
"""

# What the catalogue said when it was last loaded, apart from what we say now: a reload compares three ways.
_CATALOGUE = """
CREATE TABLE imports (
    origin TEXT NOT NULL, key TEXT NOT NULL, event TEXT NOT NULL REFERENCES events (uid),
    record TEXT NOT NULL CHECK (json_valid(record)),
    PRIMARY KEY (origin, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE engagements (
    id INTEGER PRIMARY KEY,
    event TEXT REFERENCES events (uid), series TEXT REFERENCES series (key),
    year INTEGER NOT NULL, activity TEXT NOT NULL, detail TEXT NOT NULL,
    partners TEXT NOT NULL CHECK (json_valid(partners)), shared_with TEXT NOT NULL CHECK (json_valid(shared_with)),
    CHECK ((event IS NULL) <> (series IS NULL))
) STRICT;
CREATE INDEX engagements_event ON engagements (event);
CREATE INDEX engagements_series ON engagements (series);
CREATE TABLE figures (
    id INTEGER PRIMARY KEY, subject TEXT NOT NULL, year TEXT NOT NULL, measure TEXT NOT NULL, value REAL NOT NULL,
    unit TEXT NOT NULL, source TEXT NOT NULL
) STRICT;
CREATE TABLE report_order (
    id INTEGER PRIMARY KEY, event TEXT REFERENCES events (uid), series TEXT REFERENCES series (key),
    section TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL,
    CHECK ((event IS NULL) <> (series IS NULL))
) STRICT;"""

_DESK = """
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (email LIKE '%_@_%'),
    role TEXT NOT NULL CHECK (role IN ('submitter', 'editor', 'admin')),
    password_hash TEXT NOT NULL CHECK (password_hash GLOB '$argon2id$*'),
    created TEXT NOT NULL
) STRICT;
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created TEXT NOT NULL, expires TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE setup_links (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64), created TEXT NOT NULL, expires TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sign_in_failures (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX sign_in_failures_subject ON sign_in_failures (subject, at);
CREATE TABLE submissions (
    id INTEGER PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64),
    received TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'rejected')),
    fields TEXT NOT NULL CHECK (json_valid(fields)), email TEXT NOT NULL DEFAULT '',
    event TEXT REFERENCES events (uid),
    decided TEXT, decided_by TEXT, reason TEXT NOT NULL DEFAULT '',
    CHECK ((state = 'pending') = (decided IS NULL)),
    CHECK (state <> 'rejected' OR reason <> ''),
    CHECK (state <> 'approved' OR event IS NOT NULL),
    CHECK (state = 'pending' OR email = '')
) STRICT;
CREATE INDEX submissions_state ON submissions (state, id);
CREATE TRIGGER submissions_never_deleted BEFORE DELETE ON submissions
    BEGIN SELECT RAISE(ABORT, 'no submission is deleted'); END;
"""

# Pieces of events, selections with a short address, and polls by day, feed and family of clients (no addresses).
_FEEDS = f"""
CREATE TABLE parts (
    uid TEXT PRIMARY KEY CHECK (length(uid) = 36),
    event INTEGER NOT NULL REFERENCES events (id), position INTEGER NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''), {_SPAN}
    start_time TEXT, end_time TEXT, zone TEXT, venue TEXT NOT NULL DEFAULT '', {_link("url")},
    CHECK ((start_time IS NULL) = (end_time IS NULL) AND (start_time IS NULL) = (zone IS NULL)),
    CHECK (start_time IS NULL OR (precision = 'day' AND starts = ends AND start_time < end_time))
) STRICT, WITHOUT ROWID;
CREATE INDEX parts_event ON parts (event);
CREATE INDEX events_part_of ON events (part_of) WHERE part_of IS NOT NULL;
CREATE INDEX deadlines_event ON deadlines (event);
CREATE TABLE selections (
    id TEXT PRIMARY KEY CHECK (length(id) = 16), query TEXT NOT NULL UNIQUE CHECK (query <> '')
) STRICT, WITHOUT ROWID;
CREATE TABLE polls (
    day TEXT NOT NULL CHECK (length(day) = 10), feed TEXT NOT NULL, family TEXT NOT NULL,
    polls INTEGER NOT NULL CHECK (polls >= 0), unchanged INTEGER NOT NULL CHECK (unchanged BETWEEN 0 AND polls),
    PRIMARY KEY (day, feed, family)
) STRICT, WITHOUT ROWID;
ALTER TABLE state ADD COLUMN base TEXT NOT NULL DEFAULT '';
"""


@migrations()
def m001_record(db: Database) -> None:
    """The record, its history, what is derived from it, and the desk."""
    for script in (_VOCABULARY, _SERIES, _EVENTS, _SEARCH, _HISTORY, _CATALOGUE, _DESK):
        for statement in _statements(script):
            db.conn.execute(statement)


@migrations()
def m002_told(db: Database) -> None:
    """Which release every event was last compared with."""
    db.conn.execute("ALTER TABLE state ADD COLUMN told TEXT NOT NULL DEFAULT ''")


@migrations()
def m003_feeds(db: Database) -> None:
    """What feeds need beside the events."""
    for statement in _statements(_FEEDS):
        db.conn.execute(statement)


@migrations()
def m004_steps(db: Database) -> None:
    """Where it was read that an event was cancelled, postponed or otherwise changed its state."""
    db.conn.execute("ALTER TABLE revisions ADD COLUMN source TEXT NOT NULL DEFAULT ''")
    db.conn.execute(f"ALTER TABLE revisions ADD {_link('source_url')}")


@migrations()
def m005_desk(db: Database) -> None:
    """What the desk does in a year: changes proposed, imports, series, accounts, tokens, mail and its log."""
    for script in desk_schema.SCRIPTS:
        for statement in _statements(script):
            db.conn.execute(statement)


@migrations()
def m006_browsing(db: Database) -> None:
    """What browsing looks things up by."""
    for statement in _statements(browsing_schema.SCRIPT):
        db.conn.execute(statement)


@migrations()
def m007_news(db: Database) -> None:
    """What the news of a selection are looked up by."""
    for statement in _statements(news_schema.SCRIPT):
        db.conn.execute(statement)


@migrations()
def m008_engagement(db: Database) -> None:
    """What ITU did as a record of its own, side events, partners, and what editors write for a report."""
    engagement_schema.allow_side_events(db)
    engagement_moving.set_apart(db)
    for script in engagement_schema.SCRIPTS:
        for statement in _statements(script):
            db.conn.execute(statement)
    engagement_moving.move(db)


def _statements(script: str) -> list[str]:
    # executescript() would commit the migration's transaction; only a trigger's body holds a `;` inside.
    statements, pending = [], ""
    for line in script.splitlines():
        pending += line + "\n"
        whole = line.rstrip().endswith(";") and ("CREATE TRIGGER" not in pending or line.rstrip().endswith("END;"))
        if whole:
            statements.append(pending.strip())
            pending = ""
    return statements
