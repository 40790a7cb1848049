"""The tables of the desk: changes proposed, batches, imports that wait, accounts, tokens, mail, the journal."""

# `about` is the event that a change is proposed to, `base` its SEQUENCE and `seen` its fields as the proposer saw them.
# `version` rises when the proposer amends the proposal; each version stays in `submission_texts`.
PROPOSALS = """
ALTER TABLE submissions ADD COLUMN about TEXT REFERENCES events (uid);
ALTER TABLE submissions ADD COLUMN base INTEGER;
ALTER TABLE submissions ADD COLUMN seen TEXT CHECK (seen IS NULL OR json_valid(seen));
ALTER TABLE submissions ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1);
CREATE TABLE submission_texts (
    submission INTEGER NOT NULL REFERENCES submissions (id), version INTEGER NOT NULL CHECK (version >= 1),
    at TEXT NOT NULL, fields TEXT NOT NULL CHECK (json_valid(fields)),
    PRIMARY KEY (submission, version)
) STRICT, WITHOUT ROWID;
"""

# An import or a change of many events at once: its revisions are undone together, in pieces. `undoing` is the revision
# down to which that has come, `why` its reason, `kept` a JSON list of what was changed again since and so was left.
# `batch_said` is what an import's origin had said of each event before (NULL: nothing), which undoing brings back.
BATCHES = """
CREATE TABLE batches (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('import', 'bulk')),
    origin TEXT NOT NULL DEFAULT '', name TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL, actor TEXT NOT NULL CHECK (actor <> ''), reason TEXT NOT NULL DEFAULT '',
    undoing INTEGER, why TEXT NOT NULL DEFAULT '', kept TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(kept)),
    undone TEXT, undone_by TEXT, CHECK ((undone IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE INDEX batches_origin ON batches (origin);
CREATE TABLE batch_said (
    batch INTEGER NOT NULL REFERENCES batches (id), key TEXT NOT NULL, event TEXT NOT NULL REFERENCES events (uid),
    before TEXT CHECK (before IS NULL OR json_valid(before)),
    PRIMARY KEY (batch, key)
) STRICT, WITHOUT ROWID;
ALTER TABLE revisions ADD COLUMN batch INTEGER REFERENCES batches (id);
CREATE INDEX revisions_batch ON revisions (batch) WHERE batch IS NOT NULL;
CREATE INDEX revisions_at ON revisions (at);
"""

# What was read from a file waits here row by row; the file itself is thrown away. `cells` are a table's own until its
# columns are mapped, `fields` what the validator is given, `notes`, `problems`, `taken` and `kept` JSON lists. `event`
# is the event that a row tells of, or one that it may repeat and, once `joined`, tells of too; `base` is its SEQUENCE.
# An event that an import joined is another's: what the import says of it is remembered, and changes nothing.
IMPORTS = """
ALTER TABLE imports ADD COLUMN joined INTEGER NOT NULL DEFAULT 0 CHECK (joined IN (0, 1));
CREATE INDEX imports_event ON imports (event);
CREATE TABLE staged_imports (
    id INTEGER PRIMARY KEY,
    form TEXT NOT NULL CHECK (form IN ('ics', 'table', 'lines')),
    origin TEXT NOT NULL CHECK (origin <> ''), name TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '',
    source_url TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('mapping', 'checking', 'ready', 'applying', 'applied', 'dropped')),
    complete INTEGER NOT NULL DEFAULT 1 CHECK (complete IN (0, 1)),
    created TEXT NOT NULL, actor TEXT NOT NULL CHECK (actor <> ''),
    columns TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(columns)),
    mapping TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(mapping)),
    notes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notes)),
    batch INTEGER REFERENCES batches (id)
) STRICT;
CREATE TABLE staged_rows (
    staged INTEGER NOT NULL REFERENCES staged_imports (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, place INTEGER NOT NULL DEFAULT 0, key TEXT NOT NULL DEFAULT '',
    cells TEXT CHECK (cells IS NULL OR json_valid(cells)),
    fields TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(fields)),
    notes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notes)),
    verdict TEXT NOT NULL DEFAULT ''
        CHECK (verdict IN ('', 'new', 'changed', 'same', 'vanished', 'problem', 'conflict')),
    problems TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(problems)),
    taken TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(taken)),
    kept TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(kept)),
    event TEXT REFERENCES events (uid), base INTEGER,
    joined INTEGER NOT NULL DEFAULT 0 CHECK (joined IN (0, 1)),
    ticked INTEGER NOT NULL DEFAULT 1 CHECK (ticked IN (0, 1)),
    done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
    PRIMARY KEY (staged, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX staged_rows_verdict ON staged_rows (staged, verdict);
"""

# Series that an editor changed keep that word when the catalogue is loaded again; `said` is the catalogue's last.
SERIES = """
CREATE TABLE series_revisions (
    id INTEGER PRIMARY KEY, series TEXT NOT NULL REFERENCES series (key),
    at TEXT NOT NULL, actor TEXT NOT NULL CHECK (actor <> ''), reason TEXT NOT NULL,
    before TEXT CHECK (before IS NULL OR json_valid(before)), after TEXT NOT NULL CHECK (json_valid(after))
) STRICT;
CREATE INDEX series_revisions_series ON series_revisions (series, id);
CREATE TRIGGER series_revisions_never_changed BEFORE UPDATE ON series_revisions
    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER series_revisions_never_deleted BEFORE DELETE ON series_revisions
    BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TABLE series_said (
    origin TEXT NOT NULL, series TEXT NOT NULL REFERENCES series (key), record TEXT NOT NULL CHECK (json_valid(record)),
    PRIMARY KEY (origin, series)
) STRICT, WITHOUT ROWID;
"""

# Links that make or reopen an account, which series a submitter owns, and the tokens of the API.
ACCOUNTS = """
ALTER TABLE accounts ADD COLUMN closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1));
ALTER TABLE accounts ADD COLUMN signed_in TEXT;
CREATE TABLE account_links (
    hash TEXT PRIMARY KEY CHECK (length(hash) = 64),
    kind TEXT NOT NULL CHECK (kind IN ('invite', 'reset')),
    email TEXT NOT NULL COLLATE NOCASE, role TEXT NOT NULL CHECK (role IN ('submitter', 'editor', 'admin')),
    account INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
    created TEXT NOT NULL, expires TEXT NOT NULL, created_by TEXT NOT NULL,
    CHECK ((kind = 'reset') = (account IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE account_series (
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    series TEXT NOT NULL REFERENCES series (key),
    PRIMARY KEY (account, series)
) STRICT, WITHOUT ROWID;
CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    name TEXT NOT NULL CHECK (name <> ''),
    scope TEXT NOT NULL CHECK (scope IN ('read', 'propose', 'edit')),
    created TEXT NOT NULL, expires TEXT NOT NULL, used TEXT
) STRICT;
CREATE INDEX tokens_account ON tokens (account);
CREATE TABLE idempotency (
    owner TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, at TEXT NOT NULL,
    status INTEGER NOT NULL, headers TEXT NOT NULL CHECK (json_valid(headers)), body TEXT NOT NULL,
    PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
"""

# ITU's focal point for an event is in a table of its own, so that no format that tells an event can tell it.
CONTACTS = """
CREATE TABLE contacts (
    event TEXT PRIMARY KEY REFERENCES events (uid),
    name TEXT NOT NULL CHECK (name <> ''), email TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
"""

# Mail that waits to be sent, and what the desk did beside the revisions of events.
LOG = """
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY, created TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind <> ''), recipient TEXT NOT NULL CHECK (recipient LIKE '%_@_%'),
    data TEXT NOT NULL CHECK (json_valid(data)),
    attempts INTEGER NOT NULL DEFAULT 0, due TEXT NOT NULL, problem TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    actor TEXT NOT NULL CHECK (actor <> ''), action TEXT NOT NULL CHECK (action <> ''),
    subject TEXT NOT NULL DEFAULT '', detail TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX journal_at ON journal (at);
CREATE TRIGGER journal_never_changed BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_never_deleted BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""

SCRIPTS = (PROPOSALS, BATCHES, IMPORTS, SERIES, ACCOUNTS, CONTACTS, LOG)
