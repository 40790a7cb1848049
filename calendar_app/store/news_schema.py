"""What news are looked up by: each revision that tells readers something, and what events were until then."""

# Written whenever an event is saved. A revision has a row for each kind of change that it is, and one for all of them
# (`what` = ''); `place` is the event's place in the list then, `gone` says that the event was withdrawn.
# What an event once was stays, so that whoever follows it is told when it is that no more.
SCRIPT = """
CREATE TABLE news (
    what TEXT NOT NULL, at TEXT NOT NULL, place TEXT NOT NULL,
    revision INTEGER NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
    event INTEGER NOT NULL REFERENCES events (id), gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
    PRIMARY KEY (what, at, place, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX news_event ON news (event, what, at);
CREATE TABLE former_facets (
    facet TEXT NOT NULL, value TEXT NOT NULL, event INTEGER NOT NULL REFERENCES events (id),
    PRIMARY KEY (facet, value, event)
) STRICT, WITHOUT ROWID;
CREATE TABLE former_days (
    event INTEGER NOT NULL REFERENCES events (id), first_day TEXT NOT NULL, last_day TEXT NOT NULL,
    PRIMARY KEY (event, first_day, last_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_days_period ON former_days (last_day, first_day);
CREATE INDEX plans_announced ON plans (announced, ends);
CREATE INDEX events_series_days ON events (series, last_day);
"""
