import os
import random
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from time import sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.errors import BusyError, CalendarError, NotFoundError
from calendar_app.events import Claim, Deadline, Event, Plan, Series, SeriesRole
from calendar_app.selection import Selection
from calendar_app.spans import Precision, Span
from calendar_app.store import Change, Store, events, history, search, series
from calendar_app.topics import SDGS, THEMES, Confidence, DeadlineKind, Kind, Mode, Role, Status

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SECRET = "5ec2e700-0000-4000-8000-000000000000"
UID = "00000000-0000-4000-8000-000000000000"
EVENT = Event(
    title="A meeting", span=spans.parse("18-22 April 2027"), uid=UID, slug="a-meeting", stamp=NOW, source="A letter"
)


def dump(store: Store) -> str:
    return "\n".join(store.db.conn.iterdump())


def save(store: Store, event: Event, *, now: datetime = NOW, actor: str = "editor@itu.int") -> Event:
    with store.change(now, actor=actor) as change:
        return events.save(change, event, action="edited")


def pragma(db, name: str) -> object:
    return db.conn.execute(f"PRAGMA {name}").fetchone()[0]


# Connections


def test_every_connection_is_durable_and_keeps_references(store: Store):
    found = []
    thread = threading.Thread(target=lambda: found.append(store.db))
    thread.start()
    thread.join()
    for db in (store.db, found[0], store._kept):
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        assert {name: pragma(db, name) for name in names} == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
            "busy_timeout": 3000,
        }


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_database_is_for_its_owner_alone(tmp_path: Path, mask: int):
    before = os.umask(mask)
    try:
        store = Store(tmp_path / "fresh.db")
        store.migrate()
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
        store.close()
    finally:
        os.umask(before)
    assert modes == {"fresh.db": 0o600, "fresh.db-wal": 0o600, "fresh.db-shm": 0o600}


def test_opening_a_database_keeps_its_mode_and_content(tmp_path: Path, loaded_database: Path):
    path = tmp_path / "events.db"
    shutil.copyfile(loaded_database, path)
    path.chmod(0o640)
    store = Store(path)
    assert (path.stat().st_mode & 0o777, events.by_slug(store, "hlpf-2016").slug) == (0o640, "hlpf-2016")
    store.close()


@pytest.mark.parametrize("content", [b"no database " * 1000, b"PK\x03\x04"])
def test_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path, content: bytes):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(CalendarError) as caught:
        Store(path)
    assert (caught.value.message, caught.value.data) == ("store-none", {"name": str(path)})
    assert path.read_bytes() == content


def test_what_is_deleted_is_gone_from_the_file(store: Store):
    save(store, replace(EVENT, deadlines=(Deadline(uid=SECRET, kind=DeadlineKind.INPUT, day=date(2027, 1, 1)),)))
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = store.path.read_bytes().count(SECRET.encode())
    store.db.conn.execute("DELETE FROM deadlines WHERE uid = ?", [SECRET])
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    # The revision tells of it still; the row and its line of the index are overwritten.
    assert (kept, store.path.read_bytes().count(SECRET.encode())) == (3, 1)


def test_threads_get_connections_of_their_own(store: Store):
    found = [store.db, store.db]
    threads = [threading.Thread(target=lambda: found.append(store.db)) for _ in range(3)]
    for thread in threads:
        thread.start()
        thread.join()
    assert found[0] is found[1]
    assert len({id(db) for db in found}) == 4
    assert store._kept not in found


def test_threads_read_what_others_have_saved(store: Store):
    save(store, EVENT)
    found = []
    thread = threading.Thread(target=lambda: found.append(events.by_uid(store, UID)))
    thread.start()
    thread.join()
    assert found == [EVENT]


def test_one_connection_keeps_the_log_while_the_store_is_open(store: Store):
    save(store, EVENT)
    store.db.conn.close()
    assert Path(f"{store.path}-wal").exists()
    store.close()
    assert not Path(f"{store.path}-wal").exists()


def test_close_closes_the_connections_of_all_threads(store: Store):
    found = [store.db]
    thread = threading.Thread(target=lambda: found.append(store.db))
    thread.start()
    thread.join()
    store.close()
    for db in (*found, store._kept):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            db.conn.execute("SELECT 1")
    store.close()


# Migrations


def test_migrating_twice_is_fine(empty_store: Store):
    before = dump(empty_store)
    empty_store.migrate()
    assert dump(empty_store) == before


def test_two_stores_at_once_can_migrate_a_fresh_file(tmp_path: Path):
    start, errors = threading.Barrier(4), []

    def migrate() -> None:
        try:
            start.wait()
            store = Store(tmp_path / "fresh.db")
            store.migrate()
            store.close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=migrate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    store = Store(tmp_path / "fresh.db")
    assert (store.revision(), search.count(store, Selection())) == (0, 0)
    store.close()


def test_every_table_is_strict(empty_store: Store):
    tables = empty_store.db.conn.execute("PRAGMA table_list").fetchall()
    ours = {name: strict for _, name, kind, _, _, strict in tables if kind == "table" and not name.startswith("sqlite")}
    derived = {"_sqlite_migrations"}
    assert [name for name, strict in ours.items() if not strict and name not in derived] == []
    assert {"events", "revisions", "facets", "series", "claims", "submissions"} <= set(ours)


# What the database refuses

# What an event may not be set to, and the words of the refusal.
UNSETTABLE = [
    ("title = x'00'", "cannot store BLOB"),
    ("sequence = 'many'", "cannot store TEXT"),
    ("published = 0.5", "cannot store REAL"),
    ("title = NULL", "NOT NULL"),
    ("title = ''", "title <> ''"),
    ("published = 2", "published IN"),
    ("status = 'moved'", "status IN"),
    ("kind = 'party'", "kind IN"),
    ("mode = 'fax'", "mode IN"),
    ("confidence = 'certain'", "confidence IN"),
    ("country = 'us'", "country GLOB"),
    ("country = 'USA'", "country GLOB"),
    ("ends = '2016-07-10'", "ends >= starts"),
    ("ends = '2016-08'", "ends"),
    ("starts = '11 July 16'", "starts GLOB"),
    ("precision = 'month'", "precision ="),
    ("last_day = '2016-07-10'", "last_day >= first_day"),
    ("start_time = '10:00'", "start_time IS NULL"),
    ("start_time = '10:00', end_time = '11:00', zone = 'UTC'", "starts = ends"),
    ("url = 'ftp://un.org/'", "url GLOB"),
    ("url = 'javascript:alert(1)'", "url GLOB"),
    ("registration_url = 'un.org'", "registration_url GLOB"),
    ("webcast_url = 'un.org'", "webcast_url GLOB"),
    ("source_url = '//un.org'", "source_url GLOB"),
    ("series = 'nothing'", "FOREIGN KEY"),
    ("slug = 'hlpf'", "never change"),
    ("uid = '00000000-0000-4000-8000-000000000000'", "never change"),
    ("stamp = '2026-11-22T23:59:59Z'", "never fall"),
    ("stamp = '2026-11-24'", "stamp GLOB"),
    ("part_of = '00000000-0000-4000-8000-000000000000'", "FOREIGN KEY"),
]
REFUSED = [
    (
        "UPDATE events SET start_time = '10:00', end_time = '09:00', zone = 'UTC' WHERE starts = '2016-03-31'",
        "start_time < end_time",
    ),
    ("UPDATE events SET sequence = sequence - 1 WHERE slug = 'wsis-forum-2020'", "never fall"),
    ("DELETE FROM events", "no event is deleted"),
    ("UPDATE revisions SET actor = 'nobody'", "append-only"),
    ("DELETE FROM revisions", "append-only"),
    ("INSERT INTO event_themes VALUES (1, 'nothing', 9)", "FOREIGN KEY"),
    ("INSERT INTO event_themes SELECT event, theme, 9 FROM event_themes LIMIT 1", "UNIQUE"),
    ("INSERT INTO event_sdgs VALUES (1, 18, 9)", "FOREIGN KEY"),
    ("INSERT INTO sdgs VALUES (18)", "number BETWEEN"),
    ("INSERT INTO event_sdgs SELECT event, sdg, 9 FROM event_sdgs LIMIT 1", "UNIQUE"),
    ("INSERT INTO event_roles VALUES (1, 'guest', 9)", "role IN"),
    ("INSERT INTO series_themes VALUES ('hlpf', 'nothing', 9)", "FOREIGN KEY"),
    ("INSERT INTO series_sdgs VALUES ('hlpf', 18, 9)", "FOREIGN KEY"),
    ("UPDATE plans SET ends = '2000-01-01'", "ends >= starts"),
    ("UPDATE claims SET source = ''", "source <> ''"),
    ("UPDATE series SET kind = 'party'", "kind IN"),
    ("DELETE FROM series WHERE key = 'hlpf'", "FOREIGN KEY"),
    ("INSERT INTO state VALUES (2, 0, '', '', 1)", "one = 1"),
    ("UPDATE state SET revision = -1", "revision >= 0"),
]


@pytest.mark.parametrize(("setting", "reason"), UNSETTABLE)
def test_event_refuses_what_the_types_refuse(catalogued: Store, setting: str, reason: str):
    refuses(catalogued, f"UPDATE events SET {setting} WHERE slug = 'hlpf-2016'", reason)  # noqa: S608


@pytest.mark.parametrize(("sql", "reason"), REFUSED)
def test_database_refuses_what_would_break_the_record(catalogued: Store, sql: str, reason: str):
    refuses(catalogued, sql, reason)


def refuses(store: Store, sql: str, reason: str) -> None:
    before = store.db.conn.execute("SELECT * FROM events").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match=reason), store.change(NOW, actor="editor@itu.int") as change:
        change.db.conn.execute(sql)
    assert store.db.conn.execute("SELECT * FROM events").fetchall() == before


@pytest.mark.parametrize("check", ["integrity_check", "quick_check"])
def test_loaded_database_is_sound(store: Store, check: str):
    assert store.db.conn.execute(f"PRAGMA {check}").fetchall() == [("ok",)]
    assert store.db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    everything = events.by_ids(store, list(range(1, 10_000)))
    for event in everything[::20]:
        save(store, replace(event, themes=event.themes[::-1], sdgs=event.sdgs[::-1], roles=(Role.HOST, Role.CHAIR)))
    assert store.db.conn.execute(f"PRAGMA {check}").fetchall() == [("ok",)]
    assert store.db.conn.execute("PRAGMA foreign_key_check").fetchall() == []


def test_slug_and_uid_are_unique_and_well_formed(store: Store):
    save(store, EVENT)
    other = UID.replace("4000", "4111")
    for wrong in (
        replace(EVENT, uid=other),
        replace(EVENT, uid="short", slug="short"),
        replace(EVENT, uid=other, slug=""),
        replace(EVENT, uid=other, slug="A Meeting"),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            save(store, wrong)


# Changes


def test_change_rolls_back_whole(store: Store):
    before, revision = dump(store), store.revision()

    def half(change: Change) -> None:
        events.save(change, EVENT, action="added")
        events.save(change, replace(events.by_slug(store, "hlpf-2016"), title="Half"), action="edited")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.change(NOW, actor="editor@itu.int") as change:
        half(change)
    assert dump(store) == before
    assert store.revision() == revision


def test_change_that_the_commit_refuses_leaves_no_transaction_open(store: Store):
    before = dump(store)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        save(store, replace(EVENT, part_of=UID.replace("4000", "4111")))
    assert dump(store) == before
    assert save(store, EVENT) == EVENT


def test_change_is_seen_by_others_only_when_it_is_whole(store: Store):
    other = Store(store.path)
    with store.change(NOW, actor="editor@itu.int") as change:
        events.save(change, EVENT, action="added")
        with pytest.raises(NotFoundError):
            events.by_uid(other, UID)
    assert events.by_uid(other, UID) == EVENT
    other.close()


def test_change_holds_the_write_lock_from_its_beginning(store: Store):
    other = sqlite3.connect(store.path, timeout=0, isolation_level=None)
    with store.change(NOW, actor="editor@itu.int") as change:
        # Had another been able to commit after this read, a deferred transaction could not write any more.
        event = events.by_slug(store, "hlpf-2016")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("UPDATE state SET revision = revision + 1")
        saved = events.save(change, replace(event, title="HLPF"), action="edited")
    other.execute("UPDATE state SET revision = revision + 1")
    other.close()
    assert events.by_slug(store, "hlpf-2016") == saved


def test_change_that_can_not_have_the_write_lock_is_told_as_busy(store: Store):
    other = sqlite3.connect(store.path, timeout=0, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = dump(store)
    # As it is after the three seconds that a connection waits.
    store.db.conn.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(BusyError) as caught:
        save(store, EVENT)
    assert (caught.value.message, caught.value.data) == ("store-busy", {})
    with pytest.raises(BusyError):
        store.migrate()
    # Reading goes on.
    assert dump(store) == before
    other.execute("ROLLBACK")
    other.close()
    assert save(store, EVENT) == EVENT


def test_error_within_a_change_is_not_told_as_busy(store: Store):
    with pytest.raises(sqlite3.OperationalError, match="no such table"), store.change(NOW, actor="test") as change:
        change.db.conn.execute("DELETE FROM gone")


def test_writer_gets_in_between_the_pieces_of_an_import(store):
    """However short the time between them; SQLite alone, which looks ten times a second, would miss it."""
    done, pieces = threading.Event(), []

    def write_on() -> None:
        while not done.wait(0.002):
            with store.change(NOW, actor="import"):
                pieces.append(sleep(0.15))

    thread = threading.Thread(target=write_on)
    thread.start()
    try:
        waited = []
        for _ in range(5):
            sleep(0.05)
            before = len(pieces)
            with store.change(NOW, actor="editor"):
                waited.append(len(pieces) - before)
    finally:
        done.set()
        thread.join()
    assert max(waited) <= 2


def test_changes_of_many_at_once_all_count(store: Store):
    start, errors = threading.Barrier(4), []

    def raise_sequence() -> None:
        own = Store(store.path)
        try:
            start.wait()
            for _ in range(10):
                with own.change(NOW, actor="editor@itu.int") as change:
                    event = events.by_slug(own, "hlpf-2016")
                    events.save(change, replace(event, sequence=event.sequence + 1), action="edited")
        except Exception as error:
            errors.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=raise_sequence) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    event = events.by_slug(store, "hlpf-2016")
    assert (event.sequence, event.stamp) == (40, NOW + timedelta(seconds=39))
    assert len(history.of_event(store, event.uid)) == 41


def test_change_says_its_moment_in_utc_and_whole_seconds(store: Store):
    here = NOW.replace(microsecond=999_999).astimezone(timezone(timedelta(hours=14)))
    with store.change(here, actor="editor@itu.int", reason="A letter") as change:
        assert change == Change(db=store.db, now=NOW, actor="editor@itu.int", reason="A letter")
        assert change.now.tzinfo is UTC


def test_every_save_raises_the_data_revision(store: Store):
    revision = store.revision()
    save(store, EVENT)
    save(store, replace(EVENT, title="Another"))
    assert store.revision() == revision + 2


# Stamps, sequences, revisions


def test_stamp_never_falls_when_the_clock_is_set_back(store: Store):
    save(store, EVENT)
    stamps = [(NOW, 0)]
    for hours in (-1, -1000, 0, 1, -2):
        event = save(store, replace(events.by_uid(store, UID), title=f"Edit {hours}"), now=NOW + timedelta(hours=hours))
        stamps.append((event.stamp, event.sequence))
        assert events.by_uid(store, UID) == event
    later = NOW + timedelta(hours=1)
    assert stamps == [
        *[(NOW + timedelta(seconds=seconds), seconds) for seconds in range(4)],
        *[(later, 4), (later + timedelta(seconds=1), 5)],
    ]


def test_sequence_rises_even_if_the_event_forgets_it(store: Store):
    save(store, replace(EVENT, sequence=5))
    assert save(store, replace(EVENT, title="Another")).sequence == 6
    assert save(store, replace(EVENT, title="Another", sequence=9)).sequence == 9


def test_new_event_keeps_the_stamp_it_carries(store: Store):
    old = replace(EVENT, stamp=datetime(2016, 1, 1, tzinfo=UTC), sequence=3)
    assert save(store, old) == old
    assert events.by_uid(store, UID) == old


def test_revisions_tell_before_and_after(store: Store):
    with store.change(NOW, actor="form", reason="Proposed") as change:
        events.save(change, EVENT, action="approved")
    edited = save(store, replace(EVENT, title="Another", deadlines=()), now=NOW - timedelta(days=1))
    assert history.of_event(store, UID) == [
        history.Revision(
            at=NOW + timedelta(seconds=1),
            actor="editor@itu.int",
            action="edited",
            reason="",
            before=EVENT,
            after=edited,
        ),
        history.Revision(at=NOW, actor="form", action="approved", reason="Proposed", before=None, after=EVENT),
    ]


# Reading


def test_events_are_given_in_list_order_whatever_the_order_of_saving(store: Store):
    texts = ["31 March 2016", "1-2 April 2016", "1-3 April 2016", "30 April 2016", "April 2016", "2 May 2016"]
    texts += ["31 December 2016", "2016", "1 January 2017"]
    wanted = [
        replace(EVENT, uid=f"{place:08}-0000-4000-8000-000000000000", slug=f"e-{place}", span=spans.parse(text))
        for place, text in enumerate(texts)
    ]
    at_ten = spans.with_times(wanted[5].span, start=time(10), end=time(11), zone="UTC")
    wanted.insert(6, replace(wanted[5], uid="9" * 8 + EVENT.uid[8:], slug="timed", span=at_ten))
    for event in random.Random(7).sample(wanted, len(wanted)):  # noqa: S311
        save(store, event)
    ids = [row[0] for row in store.db.conn.execute("SELECT id FROM events WHERE title = 'A meeting'")]
    assert events.by_ids(store, ids) == wanted
    assert sorted(wanted, key=lambda event: spans.sort_key(event.span)) == wanted


def test_by_ids_takes_more_than_sqlite_takes_parameters(store: Store):
    assert (
        len(events.by_ids(store, list(range(50_000))))
        == store.db.conn.execute("SELECT count(*) FROM events").fetchone()[0]
    )
    assert events.by_ids(store, []) == []


def test_unknown_names_are_told(store: Store):
    with pytest.raises(NotFoundError) as caught:
        events.by_slug(store, "nothing")
    assert (caught.value.message, caught.value.data) == ("event-unknown", {"name": "nothing"})
    with pytest.raises(NotFoundError):
        events.by_uid(store, UID)


def test_unverified_are_the_low_ones_published_or_not(store: Store):
    low = [row[0] for row in store.db.conn.execute("SELECT slug FROM events WHERE confidence = 'low' ORDER BY sort")]
    assert sorted(event.slug for event in events.unverified(store)) == sorted(low)
    save(store, replace(EVENT, confidence=Confidence.LOW, published=False))
    assert len(events.unverified(store)) == len(low) + 1
    assert {event.confidence for event in events.unverified(store)} == {Confidence.LOW}
    assert events.count_unverified(store) == len(low) + 1
    save(store, replace(EVENT, confidence=Confidence.MEDIUM))
    assert events.count_unverified(store) == len(events.unverified(store)) == len(low)


def test_slugs_like_one_are_it_and_it_with_more(store: Store):
    minted = ("a-meeting", "a-meeting-2", "a-meeting-of-two", "a-meetings", "not-a-meeting")
    for place, slug in enumerate(minted):
        status = Status.WITHDRAWN if place == 1 else Status.CONFIRMED
        save(store, replace(EVENT, uid=f"{place:08}{UID[8:]}", slug=slug, status=status, published=place != 2))
    assert events.slugs_like(store, "a-meeting") == {"a-meeting", "a-meeting-2", "a-meeting-of-two"}
    assert events.slugs_like(store, "a-meeting-2") == {"a-meeting-2"}
    assert events.slugs_like(store, "a-meet") == frozenset()
    assert events.slugs_like(store, "meeting") == frozenset()


# What an event names


def test_event_is_outdated_once_what_it_names_is_called_otherwise(store: Store):
    assert events.outdated(store) == []
    save(store, replace(EVENT, series="whs", published=False))
    for setting in ("short_name = 'Summit'", "name = 'A summit'", "convener = 'Nobody'"):
        store.db.conn.execute(f"UPDATE series SET {setting} WHERE key = 'whs'")  # noqa: S608
        assert [event.slug for event in events.outdated(store)] == ["whs-2016", "a-meeting"]
        for event in events.outdated(store):
            save(store, event)
        assert events.outdated(store) == []
    store.db.conn.execute("UPDATE series SET quote = 'Other words', url = '', source = 'x' WHERE key = 'whs'")
    assert events.outdated(store) == []


def test_timed_event_is_outdated_by_another_zone_table(store: Store, monkeypatch: pytest.MonkeyPatch):
    day = spans.parse("17 May 2027")
    here = spans.with_times(day, start=time(18), end=time(20), zone="Africa/Casablanca")
    save(store, replace(EVENT, span=here))
    assert events.outdated(store) == []
    earlier = datetime(2027, 5, 17, 17, tzinfo=UTC)
    monkeypatch.setattr(Span, "start_utc", property(lambda span: earlier if span.timed else None))
    assert [event.slug for event in events.outdated(store)] == ["a-meeting"]


# Round trips

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    ["القمة العالمية", "世界首脑会议", "🌍 Día “mundial”", "it's; DROP TABLE--", "a\nb\tc", "{}[]\\"]
)
LINKS = st.sampled_from(["", "https://www.un.org/", "http://例え.jp/?q=é&r=%20"])
COUNTRIES = st.sampled_from(["", "CH", "TR", "MA"])
CONFIDENCES = st.sampled_from(Confidence)


@st.composite
def untimed(draw) -> Span:
    known = draw(st.sampled_from(Precision))
    first, last = sorted(draw(st.tuples(*[st.dates(date(1900, 1, 1), date(2199, 12, 31))] * 2)))
    length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[known]
    return spans.from_iso(first.isoformat()[:length], last.isoformat()[:length], known)


@st.composite
def timed(draw) -> Span:
    day = draw(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
    start, end = sorted(draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2, unique=True)))
    zone = draw(st.sampled_from(["UTC", "Etc/GMT-14", "Etc/GMT+12"]))
    times = [time(minutes // 60, minutes % 60) for minutes in (start, end)]
    span = Span(first=day, last=day, precision=Precision.DAY)
    return spans.with_times(span, start=times[0], end=times[1], zone=zone)


PLANS = st.builds(
    Plan, span=untimed(), city=TEXT, country=COUNTRIES, announced=TEXT, reason=TEXT, confidence=CONFIDENCES
)
CLAIMS = st.builds(
    Claim,
    span=untimed(),
    source=TEXT.filter(bool),
    city=TEXT,
    country=COUNTRIES,
    source_url=LINKS,
    source_date=TEXT,
    confidence=CONFIDENCES,
    notes=TEXT,
)
DEADLINES = st.builds(
    Deadline,
    uid=st.uuids().map(str),
    kind=st.sampled_from(DeadlineKind),
    day=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
)


def tuples(values: st.SearchStrategy, *, unique: bool = True) -> st.SearchStrategy[tuple]:
    return st.lists(values, max_size=4, unique=unique).map(tuple)


@st.composite
def an_event(draw) -> Event:
    uid = str(draw(st.uuids()))
    stamps = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
    events_ = st.builds(
        Event,
        title=TEXT.filter(bool),
        span=timed() | untimed(),
        uid=st.just(uid),
        slug=st.just(uid),
        stamp=stamps.map(lambda moment: moment.replace(microsecond=0)),
        sequence=st.integers(0, 2**31),
        published=st.booleans(),
        series=st.sampled_from(["", "a-series"]),
        kind=st.sampled_from(Kind),
        status=st.sampled_from(Status),
        mode=st.sampled_from(Mode),
        country=COUNTRIES,
        **dict.fromkeys(("source", "source_date", "city", "venue", "description", "convener", "notes"), TEXT),
        **dict.fromkeys(("url", "registration_url", "webcast_url", "source_url"), LINKS),
        timezone=st.sampled_from(["", "Europe/Zurich"]),
        participation=TEXT,
        confidence=CONFIDENCES,
        themes=tuples(st.sampled_from(sorted(THEMES))),
        sdgs=tuples(st.sampled_from(sorted(SDGS))),
        roles=tuples(st.sampled_from(Role)),
        plans=tuples(PLANS, unique=False),
        claims=tuples(CLAIMS, unique=False),
        deadlines=st.lists(DEADLINES, max_size=3, unique_by=lambda deadline: deadline.uid).map(tuple),
        part_of=st.just(""),
    )
    return draw(events_)


A_SERIES = Series(
    key="a-series",
    short_name="Série",
    name="系列",
    kind=Kind.OFFICE,
    convener="ITU",
    roles=(SeriesRole(role=Role.CHAIR), SeriesRole(role=Role.CO_CHAIR, year=2016)),
    themes=("youth", "africa"),
    sdgs=(17, 4),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the vocabulary and one series, for every example of a property."""
    store = Store(tmp_path_factory.mktemp("shared") / "events.db")
    store.migrate()
    with store.change(NOW, actor="catalogue") as change:
        series.put_vocabulary(change)
        series.put(change, [A_SERIES])
    yield store
    store.close()


@settings(deadline=None, max_examples=60)
@given(event=an_event(), other=an_event())
def test_event_comes_back_as_it_was_saved(shared: Store, event: Event, other: Event):
    new = not events.slugs_like(shared, event.uid)
    saved = save(shared, event)
    assert events.by_uid(shared, event.uid) == saved
    assert events.by_slug(shared, event.slug) == saved
    if new:
        assert saved == event
    # And so does whatever it becomes, with nothing left of what it was.
    became = save(shared, replace(other, uid=event.uid, slug=event.slug))
    assert events.by_uid(shared, event.uid) == became
    assert (became.sequence > saved.sequence, became.stamp > saved.stamp) == (True, True)
    assert [(revision.before, revision.after) for revision in history.of_event(shared, event.uid)][:2] == [
        (saved, became),
        (history.of_event(shared, event.uid)[1].before, saved),
    ]


def test_series_comes_back_as_it_was_put(shared: Store):
    assert series.directory(shared) == {"a-series": A_SERIES}


def test_part_of_an_event_may_be_saved_before_it(store: Store):
    part = replace(EVENT, part_of=UID.replace("4000", "4111"))
    with store.change(NOW, actor="editor@itu.int") as change:
        events.save(change, part, action="added")
        events.save(change, replace(EVENT, uid=part.part_of, slug="whole"), action="added")
    assert events.by_uid(store, UID) == part
