"""Counting polls: exact, about once a minute, in nobody's way, and nothing of anyone."""

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from werkzeug.test import Client

from calendar_app.publish import Publisher
from calendar_app.store import Store, polls, selections
from calendar_app.web import tally as module
from calendar_app.web.polls import Polls
from calendar_app.web.tally import SECONDS, Tally
from tests.conftest import BASE, NOW, TODAY

GOOGLE, APPLE = "Google-Calendar-Importer", "iOS/18.0 (22A3354) dataaccessd/1.0"
TOLD = {(TODAY, "all", "google"): (2, 1), (TODAY, "all", "apple"): (1, 0)}


class Watch:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Kept:
    """What a tally handed on, one time after the other; raises for as long as it is told to."""

    def __init__(self) -> None:
        self.times: list[dict] = []
        self.error: Exception | None = None

    def __call__(self, counts) -> None:
        if self.error:
            raise self.error
        self.times.append(dict(counts))


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def tally(watch: Watch, kept: Kept) -> Tally:
    """A tally that hands on at once what is due."""
    return Tally(kept, elapsed=watch, later=lambda write: write())


def poll_thrice(tally: Tally, day: date = TODAY) -> None:
    """What `TOLD` tells."""
    tally.count(day, "all", GOOGLE, unchanged=True)
    tally.count(day, "all", GOOGLE, unchanged=False)
    tally.count(day, "all", APPLE, unchanged=False)


def on(store: Store, watch: Watch) -> Tally:
    return Tally(lambda counts: polls.add(store, counts, now=NOW), elapsed=watch, later=lambda write: write())


def table(store: Store) -> list[tuple]:
    return store.db.conn.execute("SELECT * FROM polls ORDER BY day, feed, family").fetchall()


# In memory


def test_counts_are_handed_on_once_a_minute_and_no_sooner(tally, watch, kept):
    poll_thrice(tally)
    watch.seconds = SECONDS - 0.001
    tally.count(TODAY, "sdg/13", APPLE, unchanged=True)
    assert kept.times == []
    watch.seconds = SECONDS
    tally.count(TODAY, "sdg/13", APPLE, unchanged=True)
    assert kept.times == [{**TOLD, (TODAY, "sdg/13", "apple"): (2, 2)}]
    watch.seconds = 2 * SECONDS - 0.001
    poll_thrice(tally)
    assert len(kept.times) == 1
    watch.seconds = 5 * SECONDS
    tally.count(TODAY, "all", GOOGLE, unchanged=True)
    assert kept.times[1:] == [{(TODAY, "all", "google"): (3, 2), (TODAY, "all", "apple"): (1, 0)}]


def test_a_tally_without_polls_hands_nothing_on(tally, kept):
    tally.write()
    assert kept.times == []
    poll_thrice(tally)
    tally.write()
    tally.write()
    assert kept.times == [TOLD]


def test_each_day_is_counted_by_itself(tally, kept):
    poll_thrice(tally)
    poll_thrice(tally, TODAY + timedelta(days=1))
    tally.write()
    assert {day for day, _, _ in kept.times[0]} == {TODAY, TODAY + timedelta(days=1)}
    assert sum(count for count, _ in kept.times[0].values()) == 6


def test_counts_are_exact_across_threads(kept):
    # The watch runs on with each look at it, so that the counts are handed on while others count.
    ticks = iter(range(10**9))
    tally = Tally(kept, elapsed=lambda: float(next(ticks)))

    def poll(number: int) -> None:
        for time in range(2_000):
            tally.count(TODAY, ("all", "sdg/13")[time % 2], (GOOGLE, APPLE)[number % 2], unchanged=time % 4 == 0)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(poll, range(8)))
    tally._later(lambda: None).result()
    tally.write()
    assert len(kept.times) > 1
    summed: dict[tuple, list[int]] = {}
    for counts in kept.times:
        for key, (count, unchanged) in counts.items():
            summed.setdefault(key, [0, 0])
            summed[key][0] += count
            summed[key][1] += unchanged
    assert summed == {
        (TODAY, feed, family): [4_000, 2_000 if feed == "all" else 0]
        for feed in ("all", "sdg/13")
        for family in ("google", "apple")
    }


def test_what_could_not_be_written_is_counted_on(tally, watch, kept):
    kept.error = RuntimeError("no")
    with capture_logs() as logs:
        for minute in (1, 2):
            watch.seconds = minute * SECONDS
            poll_thrice(tally)
    # The first poll of a minute is handed on, and taken back.
    assert [log["event"] for log in logs] == ["polls were not written, and are counted on"] * 2
    kept.error = None
    tally.write()
    assert kept.times == [{(TODAY, "all", "google"): (4, 2), (TODAY, "all", "apple"): (2, 0)}]


def test_a_poll_is_not_held_up_by_what_is_being_written(watch):
    begun, go_on, told = threading.Event(), threading.Event(), []

    def keep(counts) -> None:
        begun.set()
        assert go_on.wait(20)
        told.append(dict(counts))

    tally = Tally(keep, elapsed=watch)
    watch.seconds = SECONDS
    tally.count(TODAY, "all", GOOGLE, unchanged=True)
    assert begun.wait(20)
    # Were the writer waited for, this would never come back.
    poll_thrice(tally)
    assert told == []
    go_on.set()
    tally._later(lambda: None).result()
    tally.write()
    assert told == [{(TODAY, "all", "google"): (1, 1)}, TOLD]


def test_a_poll_outlives_that_nothing_runs_later(watch, kept):
    def never(write) -> None:
        raise RuntimeError("cannot schedule new futures after shutdown")

    tally = Tally(kept, elapsed=watch, later=never)
    watch.seconds = SECONDS
    poll_thrice(tally)
    tally.write()
    assert kept.times == [TOLD]


def test_memory_is_bounded(tally, kept, monkeypatch):
    monkeypatch.setattr(module, "_MOST_ROWS", 2)
    poll_thrice(tally)
    for number in range(5):
        tally.count(TODAY, f"feed-{number}", GOOGLE, unchanged=False)
    tally.count(TODAY, "all", GOOGLE, unchanged=False)
    tally.write()
    assert kept.times == [{**TOLD, (TODAY, "all", "google"): (3, 1)}]


def test_a_process_that_ends_writes_what_it_holds(tmp_path):
    program = f"""
from datetime import date
from pathlib import Path
from calendar_app.web.tally import Tally, write_at_exit
tally = Tally(lambda counts: Path({str(tmp_path / "told")!r}).write_text(repr(counts)))
write_at_exit(tally)
tally.count(date(2026, 11, 24), "all", "curl/8", unchanged=True)
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[1])
    assert (tmp_path / "told").read_text() == repr({(date(2026, 11, 24), "all", "script"): (1, 1)})


# In the database


def test_polls_are_kept_by_day_feed_and_family(store, watch):
    revision = store.revision()
    tally = on(store, watch)
    poll_thrice(tally)
    tally.write()
    assert table(store) == [("2026-11-24", "all", "apple", 1, 0), ("2026-11-24", "all", "google", 2, 1)]
    # Readers see nothing new: no document is rendered anew for it.
    assert store.revision() == revision


def test_two_processes_add_up(store, watch):
    other = Store(store.path)
    for each in (store, other, store):
        tally = on(each, watch)
        poll_thrice(tally)
        tally.write()
    assert table(other) == [("2026-11-24", "all", "apple", 3, 0), ("2026-11-24", "all", "google", 6, 3)]
    other.close()


def test_polls_are_kept_for_400_days(store):
    days = {age: TODAY - timedelta(days=age) for age in (0, 399, 400, 401, 4000)}
    polls.add(store, {(day, "all", "google"): (1, 0) for day in days.values()}, now=NOW)
    assert [day for day, *_ in table(store)] == [days[age].isoformat() for age in (400, 399, 0)]
    polls.add(store, {(TODAY + timedelta(days=1), "all", "google"): (1, 0)}, now=NOW + timedelta(days=1))
    assert table(store)[0][0] == days[399].isoformat()


def test_polls_are_summed_since_a_day(store):
    counts = {
        (TODAY - timedelta(days=age), feed, "google"): (10, age) for age in (0, 1, 2) for feed in ("all", "sdg/9")
    }
    polls.add(store, counts, now=NOW)
    assert polls.since(store, TODAY - timedelta(days=1)) == [
        polls.Polls(feed=feed, family="google", polls=20, unchanged=1) for feed in ("all", "sdg/9")
    ]
    assert polls.since(store, TODAY + timedelta(days=1)) == []


def test_locked_database_delays_no_poll_and_loses_none(store, watch):
    _, ask = asked(store, watch)
    # The writer is the test's own thread here: it must not wait.
    store.db.conn.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    watch.seconds = SECONDS
    with capture_logs() as logs:
        assert ask("/feeds/all.ics", GOOGLE) == 200
    assert len(logs) == 1
    assert table(store) == []
    other.rollback()
    other.close()
    watch.seconds = 2 * SECONDS
    assert ask("/feeds/all.ics", GOOGLE) == 200
    assert table(store) == [("2026-11-24", "all", "google", 2, 0)]


def test_full_disk_breaks_no_poll_and_loses_none(store, watch):
    tally, ask = asked(store, watch)
    (pages,) = store.db.conn.execute("PRAGMA page_count").fetchone()
    store.db.conn.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(2_000):
        tally.count(TODAY, f"{number:0100}", GOOGLE, unchanged=True)
    watch.seconds = SECONDS
    with capture_logs() as logs:
        assert ask("/feeds/all.ics", GOOGLE) == 200
    assert [log["reason"] for log in logs] == ["database or disk is full"]
    store.db.conn.execute("PRAGMA max_page_count = 1073741823")
    tally.write()
    assert len(table(store)) == 2_001


def test_broken_table_breaks_no_poll(store, watch):
    _, ask = asked(store, watch)
    store.db.conn.execute("DROP TABLE polls")
    watch.seconds = SECONDS
    with capture_logs() as logs:
        assert ask("/feeds/all.ics", GOOGLE) == 200
    assert [log["reason"] for log in logs] == ["no such table: polls"]


# As feeds are asked


def asked(store: Store, watch: Watch):
    """A tally, and what asks for a feed and gives the status."""
    tally = on(store, watch)
    client = Client(Polls(no_page, Publisher(store, base=BASE), lambda: TODAY, tally=tally))

    def ask(path: str, agent: str = "", *, method: str = "GET", **headers: str) -> int:
        given = {"User-Agent": agent, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return client.open(path, method=method, headers=given).status_code

    return tally, ask


def no_page(environ, start_response):
    start_response("404 Not Found", [])
    return []


@pytest.mark.parametrize(
    ("path", "status", "feed"),
    [
        ("/feeds/all.ics", 200, "all"),
        ("/feeds/all.ics?utm_source=mail", 200, "all"),
        ("/feeds/all.json", 200, "all"),
        ("/feeds/deadlines.atom", 200, "deadlines"),
        ("/feeds/theme/climate-change.ics", 200, "theme/climate-change"),
        ("/feeds/select.ics", 200, "select"),
        ("/feeds/select.csv?sdg=13", 200, "select"),
        ("/feeds/s/aaaaaaaaaaaaaaaa.ics?busy=1", 200, "short"),
        ("/events/igf-2016.ics", 200, "event"),
        ("/changes.atom?sdg=13", 200, "changes"),
        ("/feeds/nothing.ics", 404, "refused"),
        ("/feeds/s/x.ics", 404, "refused"),
        ("/events/nothing.ics", 404, "refused"),
        ("/feeds/select.ics?sdg=99", 400, "refused"),
    ],
)
def test_poll_counts_as(store, watch, path, status, feed):
    with store.change(NOW, actor="test") as change:
        selections.keep(change, "a" * 16, "sdg=13")
    tally, ask = asked(store, watch)
    assert (ask(path, APPLE), ask(path, APPLE, method="HEAD"), ask(path, GOOGLE, if_none_match="*")) == (
        status,
        status,
        304 if status == 200 else status,
    )
    tally.write()
    known = int(status == 200)
    assert table(store) == [("2026-11-24", feed, "apple", 2, 0), ("2026-11-24", feed, "google", 1, known)]


def test_other_methods_are_refused_and_pages_are_not_counted(store, watch):
    tally, ask = asked(store, watch)
    assert ask("/feeds/all.ics", GOOGLE, method="PROPFIND") == 405
    for path in ("/", "/events", "/events/igf-2016", "/feeds"):
        ask(path, GOOGLE)
    tally.write()
    assert table(store) == [("2026-11-24", "refused", "google", 1, 0)]


def test_feed_that_could_not_be_read_counts_as_failed(store, watch, monkeypatch):
    tally, ask = asked(store, watch)
    monkeypatch.setattr(Publisher, "feed", lambda *_, **__: 1 / 0)
    assert ask("/feeds/all.ics", GOOGLE) == 503
    tally.write()
    assert table(store) == [("2026-11-24", "failed", "google", 1, 0)]


def test_nothing_of_who_asks_is_kept(make_app):
    app = make_app(proxies=1)
    client = app.test_client()
    agent = "Mozilla/5.0 (X11; zyxwv) Thunderbird/115.6.0 someone@example.net"
    headers = {
        "User-Agent": agent,
        "X-Forwarded-For": "203.0.113.77",
        "Referer": "https://intranet.example/zyxwv",
        "Cookie": "calendar_session=zyxwv",
        "From": "someone@example.net",
    }
    for path in ("/feeds/all.ics?zyxwv", "/feeds/select.ics?q=zyxwv", "/feeds/zyxwv.ics", "/events/zyxwv.ics"):
        client.get(path, headers=headers)
    store = app.extensions["un-forum-calendar"].store
    app.wsgi_app.app._tally.write()
    columns = [row[1] for row in store.db.conn.execute("PRAGMA table_info(polls)")]
    assert columns == ["day", "feed", "family", "polls", "unchanged"]
    assert table(store) == [
        ("2026-11-24", "all", "thunderbird", 1, 0),
        ("2026-11-24", "refused", "thunderbird", 2, 0),
        ("2026-11-24", "select", "thunderbird", 1, 0),
    ]
    written = b"".join(path.read_bytes() for path in store.path.parent.glob(f"{store.path.name}*"))
    assert [word for word in (b"zyxwv", b"203.0.113.77", b"someone@") if word in written] == []


def test_application_counts_its_polls_by_its_own_clock(make_app):
    app = make_app(clock=lambda: datetime.combine(date(2027, 1, 2), NOW.timetz()))
    app.test_client().get("/feeds/all.ics", headers={"User-Agent": GOOGLE})
    app.wsgi_app._tally.write()
    assert table(app.extensions["un-forum-calendar"].store) == [("2027-01-02", "all", "google", 1, 0)]
