"""What a database of the release before held of engagements is there, whole, in the tables of today."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from calendar_app.desk.report import GAPS
from calendar_app.engagement import Engagement
from calendar_app.report.facts import HeaderField, SectionKey
from calendar_app.store import Store, engagements, partners
from calendar_app.store.migrations import migrations
from calendar_app.topics import Activity, PartnerKind

FIRST, SECOND = "11111111-0000-4000-8000-000000000000", "22222222-0000-4000-8000-000000000000"
_EVENT = """
INSERT INTO events (uid, slug, title, starts, ends, precision, first_day, last_day, sort, surroundings, series, kind,
    status, mode, confidence, published, sequence, stamp)
VALUES ('{uid}', '{slug}', '{slug}', '2016', '2016', 'year', '2016-01-01', '2016-12-31', 'x', 'x', 'hlpf', 'forum',
    'confirmed', 'in-person', 'high', 1, 3, '2026-11-23T00:00:00Z');
"""
BEFORE = f"""
INSERT INTO series VALUES ('hlpf', 'HLPF', 'HLPF', 'forum', '', '', '', '', '', '', '', '');
{_EVENT.format(uid=FIRST, slug="one-2016")}
{_EVENT.format(uid=SECOND, slug="other-2016")}
UPDATE events SET part_of = '{FIRST}' WHERE uid = '{SECOND}';
INSERT INTO event_sdgs SELECT id, 9, 0 FROM events WHERE uid = '{FIRST}';
INSERT INTO engagements (event, series, year, activity, detail, partners, shared_with) VALUES
    ('{FIRST}', NULL, 2016, 'side-event', 'Together', '["UNESCO/IOC", "UN Women"]', '["one-2016", "other-2016"]'),
    ('{FIRST}', NULL, 2016, 'side-event', 'Alone', '[]', '[]'),
    (NULL, 'hlpf', 2016, 'observer', 'Every year', '["UN Women"]', '[]');
"""  # noqa: S608


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "before.db")
    migrations.apply(store.db, stop_before="m008_engagement")
    store.db.conn.execute("INSERT OR IGNORE INTO sdgs VALUES (9)")
    store.db.conn.executescript(BEFORE)
    store.migrate()
    yield store
    store.close()


def test_statements_keep_their_events_and_partners(migrated: Store):
    together, alone, every_year = engagements.all_public(migrated)
    assert together == Engagement(
        uid=together.uid,
        year=2016,
        activity=Activity.SIDE_EVENT,
        detail="Together",
        events=(FIRST, SECOND),
        partners=("unesco-ioc", "un-women"),
    )
    assert (alone.detail, alone.events, alone.partners) == ("Alone", (FIRST,), ())
    assert (every_year.series, every_year.partners) == (("hlpf",), ("un-women",))
    assert {key: each.name for key, each in partners.directory(migrated).items()} == {
        "un-women": "UN Women",
        "unesco-ioc": "UNESCO/IOC",
    }
    assert list(engagements.said(migrated)) == [
        "event/one-2016/2016/side-event/1",
        "event/one-2016/2016/side-event/2",
        "series/hlpf/2016/observer/1",
    ]


def test_events_are_what_they_were_and_may_be_side_events(migrated: Store):
    conn = migrated.db.conn
    assert conn.execute("SELECT slug, part_of, sequence FROM events ORDER BY id").fetchall() == [
        ("one-2016", None, 3),
        ("other-2016", FIRST, 3),
    ]
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    conn.execute("UPDATE events SET kind = 'side-event', held_at = ? WHERE uid = ?", [FIRST, SECOND])
    for wrong in (
        "UPDATE events SET kind = 'forum' WHERE held_at <> ''",
        "DELETE FROM events",
        "UPDATE events SET kind = 'x'",
    ):
        with pytest.raises(Exception, match=r"CHECK|no event is deleted"):
            conn.execute(wrong)
    with pytest.raises(Exception, match="CHECK"):
        conn.execute("UPDATE series SET kind = 'side-event'")


def test_a_migrated_record_has_the_schema_of_a_new_one(migrated: Store, empty_store: Store):
    sql = "SELECT name, replace(sql, '\"', '') FROM sqlite_schema WHERE name NOT LIKE '%migrations%' ORDER BY name"
    assert migrated.db.conn.execute(sql).fetchall() == empty_store.db.conn.execute(sql).fetchall()


def test_words_that_the_database_takes_are_those_of_the_vocabularies(empty_store: Store):
    taken = {}
    for table, column in (
        *(("engagements", "activity"), ("partners", "kind")),
        *(("report_places", "section"), ("report_texts", "name")),
    ):
        (sql,) = empty_store.db.conn.execute("SELECT sql FROM sqlite_schema WHERE name = ?", [table]).fetchone()
        (listed,) = re.findall(rf"CHECK \({column} IN \(([^)]*)\)", sql)
        taken[table] = set(re.findall("'([^']*)'", listed))
    assert taken == {
        "engagements": set(Activity),
        "partners": set(PartnerKind),
        "report_places": {"", *SectionKey} - {SectionKey.SUMMARY, SectionKey.INTRODUCTION},
        "report_texts": {*SectionKey, *HeaderField, GAPS},
    }


@pytest.mark.parametrize(("first", "last"), [("2016-02-30", "2016-12-31"), ("2016-01-01", "2016-12-1x")])
def test_text_of_a_period_that_has_no_such_day_is_refused(empty_store: Store, first: str, last: str):
    sql = "INSERT INTO report_texts (first, last, name, text, at, actor) VALUES (?, ?, 'summary', 'x', 'x', 'x')"
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        empty_store.db.conn.execute(sql, [first, last])
