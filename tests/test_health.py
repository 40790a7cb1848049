"""Feed health: what stands in the feeds, what is wrong with them, and how the desk and the doctor tell it."""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from calendar_app import doctor, edition, health, texts
from calendar_app.events import Deadline, Event
from calendar_app.formats import FORMATS, lint
from calendar_app.formats.layers import Item
from calendar_app.health import FeedHealth
from calendar_app.publish import Document, Publisher, named
from calendar_app.settings import Settings
from calendar_app.store import Store, events, integrity, polls
from calendar_app.web import clients
from tests.conftest import BASE, NOW, TODAY
from tests.webapp import Node, page, store_of

YEAR = "year/2016"
# Few, so that they are rendered and checked at once.
NAMES = [YEAR, "deadlines", "sdg/13", "series/igf", "country/MA"]
COP, IGF = "unfccc-cop-2016", "igf-2016"
TEXTS = texts.of("en")
UNPOLLED = "no polls recorded in the last 30 days"
UNMAILED = "mail: not set"


def examine(publisher: Publisher, names=NAMES, **more) -> dict[str, FeedHealth]:
    return {each.name: each for each in health.examine(publisher, names, today=TODAY, **more)}


def document(publisher: Publisher, name: str) -> Document:
    return publisher.feed(named(publisher.store, name, "ics"), today=TODAY)


def save(store: Store, slug: str, **changes) -> Event:
    with store.change(NOW, actor="test") as change:
        return events.save(change, replace(events.by_slug(store, slug), **changes), action="edited")


@pytest.fixture
def seed(monkeypatch) -> Callable[..., None]:
    """Puts a defect into what a format makes of the event of a slug."""

    def seeded(slug: str, change: Callable[[bytes], bytes], *, name: str = "ics") -> None:
        form = FORMATS[name]

        def entry(item: Item, context) -> bytes:
            told = form.entry(item, context)
            return change(told) if item.event.slug == slug else told

        monkeypatch.setitem(FORMATS, name, replace(form, entry=entry))

    return seeded


def bare_semicolon(entry: bytes) -> bytes:
    return entry.replace(b"SUMMARY:", b"SUMMARY:One; ", 1)


def refusing(entry: bytes) -> bytes:
    raise ValueError("no words for it")


# Examination


def test_every_feed_of_the_edition_is_well(publisher):
    names = list(edition.names(publisher.store))
    found = health.examine(publisher, names, today=TODAY)
    assert [each.name for each in found] == names
    assert [each for each in found if each.wrong or each.large] == []


def test_feed_is_told_by_what_its_document_holds(publisher):
    found = examine(publisher)
    for name in NAMES:
        told = document(publisher, name)
        stamps = re.findall(rb"LAST-MODIFIED:(\w+)", told.body)
        newest = datetime.strptime(max(stamps).decode(), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if stamps else None
        each = found[name]
        assert (each.entries, each.size, each.etag, each.changed) == (told.entries, len(told.body), told.etag, newest)
    igf = [event.span for event in every(publisher.store) if event.series == "igf"]
    undated = sum(span.precision != "day" and not span.single_month for span in igf)
    assert undated
    assert (found["series/igf"].left_out, found["series/igf"].failed) == ({"undated": undated}, ())
    assert found["deadlines"].left_out == {}


def every(store: Store) -> list[Event]:
    return [events.by_slug(store, slug) for (slug,) in store.db.conn.execute("SELECT slug FROM events WHERE published")]


def test_feed_changes_with_its_newest_event(store, publisher):
    event = save(store, COP, venue="Room 1", deadlines=(Deadline(uid="d" * 36, kind="input", day=date(2016, 1, 1)),))
    found = examine(publisher)
    assert [found[name].changed for name in (YEAR, "deadlines", "sdg/13", "country/MA")] == [event.stamp] * 4
    assert found["series/igf"].changed < event.stamp
    assert found["deadlines"].entries == 1


def test_seeded_defect_is_found_in_every_feed_that_holds_it(publisher, seed):
    seed(COP, bare_semicolon)
    found = examine(publisher)
    assert {name for name in NAMES if found[name].wrong} == {YEAR, "sdg/13", "country/MA"}
    for name in (YEAR, "sdg/13", "country/MA"):
        (finding,) = found[name].findings
        lines = document(publisher, name).body.split(b"\r\n")
        assert (finding.rule, finding.clause) == ("bare", "RFC 5545 §3.3.11")
        assert lines[finding.line - 1].startswith(b"SUMMARY:One; Climate Change Conference COP 22")
        assert found[name].flawed == (COP,)


@pytest.mark.parametrize(
    "change",
    [
        bare_semicolon,
        lambda entry: entry.replace(b"STATUS:CONFIRMED", b"STATUS:SURE"),
        lambda entry: entry.replace(b"UID:", b"UIDE:"),
        lambda entry: entry.replace(b"END:VEVENT\r\n", b"END:VEVENT\n"),
        lambda entry: entry.replace(b"END:VEVENT\r\n", b""),
        lambda entry: entry + entry,
        lambda entry: entry + entry.replace(b"SUMMARY:", b"SUMMARY:Again: "),
        lambda _: b"",
    ],
    ids=["text", "status", "no uid", "line break", "no end", "twice", "uid twice", "nothing"],
)
def test_findings_are_those_of_the_whole_document(publisher, seed, change):
    # What was found right in one feed is not checked again in the next; nothing must be missed by it.
    seed(COP, change)
    for each in examine(publisher).values():
        assert each.findings == tuple(lint.check(document(publisher, each.name).body))


def test_event_that_cannot_be_told_is_named_in_each_feed_that_lacks_it(publisher, seed):
    seed(IGF, refusing)
    with capture_logs():
        found = examine(publisher)
    assert {name: found[name].failed for name in NAMES if found[name].failed} == {YEAR: (IGF,), "series/igf": (IGF,)}
    assert (found[YEAR].left_out["failed"], found[YEAR].wrong, found[YEAR].findings) == (1, True, ())
    assert list(health.untold(publisher)) == [
        health.Untold(slug=IGF, format="ics", reason="ValueError: no words for it")
    ]


@pytest.mark.parametrize("name", ["json", "csv", "atom"])
def test_event_is_told_as_untold_in_any_format(publisher, seed, name):
    seed(IGF, refusing, name=name)
    assert [(each.slug, each.format) for each in health.untold(publisher)] == [(IGF, name)]


def test_event_is_not_missed_where_it_has_no_place(store, publisher):
    save(store, COP, published=False)
    save(store, IGF, status="withdrawn")
    found = examine(publisher)
    assert [each for each in found.values() if each.wrong] == []
    assert list(health.untold(publisher)) == []


def test_feed_that_cannot_be_rendered_is_told_with_its_reason(publisher, monkeypatch):
    def refuse(feed, entries):
        raise RuntimeError("no ink")

    monkeypatch.setitem(FORMATS, "ics", replace(FORMATS["ics"], document=refuse))
    assert examine(publisher, ["all"])["all"] == FeedHealth(name="all", left_out={}, broken="RuntimeError: no ink")
    assert examine(publisher, ["theme/nothing"])["theme/nothing"].wrong


@pytest.mark.parametrize(
    ("size", "entries", "share", "large"),
    [
        (0, 0, 0, False),
        (699_999, 1, 0.699999, False),
        (700_000, 1, 0.7, True),
        (1, 700, 0.7, True),
        (9, 1200, 1.2, True),
    ],
)
def test_feed_is_large_from_70_per_cent_of_what_google_takes(size, entries, share, large):
    feed = FeedHealth(name="all", left_out={}, size=size, entries=entries)
    assert (feed.share, feed.large, feed.wrong) == (share, large, False)


def test_what_was_found_before_stands_while_the_bytes_do(store, publisher, monkeypatch):
    before = examine(publisher)
    save(store, COP, venue="Room 1")
    checked = []
    monkeypatch.setattr(lint, "check", lambda body: checked.append(body) or [])
    again = examine(publisher, before=list(before.values()))
    assert {name for name in NAMES if again[name].etag != before[name].etag} == {YEAR, "sdg/13", "country/MA"}
    assert len(checked) == 3


def test_feeds_are_examined_at_one_revision(store, publisher, monkeypatch):
    whole, changes = lint.check, iter(["Room 1", "Room 2"])

    def check(body):
        if venue := next(changes, None):
            save(store, COP, venue=venue)
        return whole(body)

    monkeypatch.setattr(lint, "check", check)
    found = examine(publisher)
    assert [each.etag for each in found.values()] == [document(publisher, name).etag for name in NAMES]


# The database


def test_whole_database_has_no_problem(store):
    assert integrity.problems(store) == []


def test_row_that_names_nothing_is_a_problem(store):
    store.db.conn.execute("PRAGMA foreign_keys = OFF")
    store.db.conn.execute("INSERT INTO event_sdgs VALUES (999999, 13, 1)")
    store.db.conn.execute("UPDATE events SET series = 'nothing' WHERE slug = 'igf-2016'")
    (number,) = store.db.conn.execute("SELECT id FROM events WHERE slug = 'igf-2016'").fetchone()
    assert sorted(integrity.problems(store)) == [
        "event_sdgs, row ?: names nothing in events",
        f"events, row {number}: names nothing in series",
    ]


def test_damaged_file_is_a_problem(store):
    damage(store)
    assert integrity.problems(store)


def damage(store: Store) -> None:
    """Overwrites the middle third of the file."""
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = store.path.stat().st_size
    with store.path.open("r+b") as file:
        file.seek(size // 3)
        file.write(b"\xff" * (size // 3))


# The doctor


@pytest.fixture
def few(monkeypatch) -> None:
    """An edition of few feeds, so that it is examined at once."""
    monkeypatch.setattr(edition, "names", lambda store: iter(NAMES))


@pytest.fixture
def all_told(monkeypatch) -> None:
    """No event that can't be told, without trying each in every format."""
    monkeypatch.setattr(health, "untold", lambda publisher: iter(()))


def told(publisher: Publisher, tmp_path, **more) -> doctor.Report:
    config = Settings(database=publisher.store.path, feeds=tmp_path / "feeds", base=more.pop("base", BASE))
    return doctor.report(publisher, config, today=TODAY, families=clients.NAMES, **more)


def test_doctor_has_one_line_for_what_is_well(publisher, few, tmp_path):
    edition.write(publisher, tmp_path / "feeds", today=TODAY)
    summary = "feeds: 5, wrong: 0, near Google’s limit: 0, failures to tell an event: 0; the database is whole"
    assert told(publisher, tmp_path) == doctor.Report(lines=(UNPOLLED, UNMAILED, summary), wrong=False)


def test_doctor_tells_polls_as_the_desk_does(publisher, few, all_told, tmp_path):
    edition.write(publisher, tmp_path / "feeds", today=TODAY)
    polls.add(publisher.store, POLLED, now=NOW)
    assert told(publisher, tmp_path).lines[:-1] == (
        "polls of the last 30 days, and the share answered with 304:",
        "  Google Calendar: 10, 80%",
        "  Outlook and Exchange: 30, 0%",
        "  Apple Calendar: 5, 80%",
        "  Crawlers: 7, 0%",
        "  All: 52, 23%",
        UNMAILED,
    )


def test_doctor_tells_each_defect_once_and_every_feed_that_has_it(publisher, few, seed, tmp_path):
    edition.write(publisher, tmp_path / "feeds", today=TODAY)
    seed(COP, bare_semicolon)
    seed(IGF, refusing)
    fresh = Publisher(publisher.store, base=BASE)
    with capture_logs():
        report = told(fresh, tmp_path)
    table, rest = report.lines[:5], report.lines[5:]
    assert [re.split(" {2,}", line)[0] for line in table] == ["feed", YEAR, "sdg/13", "series/igf", "country/MA"]
    assert [re.split(" {2,}", line)[-1] for line in table[1:]] == [
        "findings: 1, events missing: 1",
        "findings: 1",
        "events missing: 1",
        "findings: 1",
    ]
    assert rest[0].startswith("year/2016.ics, line ")
    assert rest[0].endswith(" (RFC 5545 §3.3.11); in 2 more")
    assert rest[1:] == (
        "igf-2016: can’t be told as ics: ValueError: no words for it",
        UNPOLLED,
        UNMAILED,
        f"note: 4 files in {tmp_path / 'feeds'} are not what their addresses give; see publish --check",
        "feeds: 5, wrong: 4, near Google’s limit: 0, failures to tell an event: 1; the database is whole",
    )
    assert report.wrong


def test_doctor_tells_all_feeds_if_asked(publisher, few, all_told, tmp_path):
    lines = told(publisher, tmp_path, everything=True).lines
    assert [line.split()[0] for line in lines[1:6]] == NAMES
    body = document(publisher, "country/MA")
    assert re.split(" {2,}", lines[5]) == [
        "country/MA",
        "1",
        "0",
        f"{-(-len(body.body) // 1000)} kB",
        "0%",
        "2026-11-23",
    ]


def test_doctor_cuts_a_long_list_of_findings(publisher, few, all_told, monkeypatch, tmp_path):
    whole = FORMATS["ics"]
    broken = replace(whole, entry=lambda item, context: bare_semicolon(whole.entry(item, context)))
    monkeypatch.setitem(FORMATS, "ics", broken)
    bodies = [document(Publisher(publisher.store, base=BASE), name).body for name in NAMES]
    count = len({(each.words, each.uid) for body in bodies for each in lint.check(body)})
    lines = [line for line in told(publisher, tmp_path).lines if "(RFC" in line or "more findings" in line]
    assert (len(lines), lines[-1]) == (21, f"{count - 20} more findings; --all tells them")
    everything = told(Publisher(publisher.store, base=BASE), tmp_path, everything=True).lines
    assert len([line for line in everything if "(RFC" in line]) == count


@pytest.mark.parametrize(
    ("base", "note"),
    [
        (None, f"note: CALENDAR_BASE_URL is not set: feeds name {BASE}, which other machines may not reach"),
        *[
            (base, f"note: CALENDAR_BASE_URL is {base}: Google and Outlook can’t reach it")
            for base in (
                "http://localhost:8000",
                "http://127.0.0.1",
                "https://[::1]:8",
                "http://10.0.0.7",
                "http://box",
                "http://box.home.arpa",
            )
        ],
        *[(base, None) for base in ("https://calendar.example", "https://8.8.8.8", "https://un.example:8443/x")],
    ],
)
def test_doctor_notes_an_address_that_nobody_reaches(publisher, few, all_told, tmp_path, base, note):
    report = told(publisher, tmp_path, base=base)
    assert [line for line in report.lines if "CALENDAR_BASE_URL" in line] == [note] * (note is not None)
    assert not report.wrong


# The desk


POLLED = {
    (TODAY, YEAR, "google"): (8, 6),
    (TODAY - timedelta(days=29), YEAR, "outlook"): (30, 0),
    (TODAY - timedelta(days=30), YEAR, "thunderbird"): (99, 0),
    (TODAY, "sdg/13", "google"): (2, 2),
    (TODAY, "select", "apple"): (5, 4),
    (TODAY, "refused", "crawler"): (7, 0),
}


def lines(found: Node, section: str) -> list[list[str]]:
    """The lines of a section's table, the head among them."""
    return [
        [" ".join(cell.text.split()) for cell in line if cell.tag in {"th", "td"}]
        for line in found.one("section", aria_labelledby=section).all("tr")
    ]


def test_desk_tells_polls_of_thirty_days_by_family(app, editor_client, few):
    polls.add(store_of(app), POLLED, now=NOW)
    found = page(editor_client.get("/desk/feeds"))
    assert lines(found, "polls") == [
        ["Program", "Polls", "Unchanged"],
        ["Google Calendar", "10", "80%"],
        ["Outlook and Exchange", "30", "0%"],
        ["Apple Calendar", "5", "80%"],
        ["Crawlers", "7", "0%"],
        ["All", "52", "23%"],
    ]
    assert lines(found, "others")[1:] == [
        ["Selections", "5", "80%"],
        ["Refused: no such feed, or a selection that can’t be", "7", "0%"],
    ]
    words = found.one("section", aria_labelledby="polls").text
    assert "keep the counts for 400 days. No address, no User-Agent and no account is recorded." in words


def test_desk_tells_of_feeds_the_most_polled_first(app, editor_client, few):
    polls.add(store_of(app), POLLED, now=NOW)
    found = page(editor_client.get("/desk/feeds"))
    assert found.one("p", class_="lede").text == "5 feeds, and nothing wrong with any."
    told = lines(found, "well")
    assert [line[0].split()[0] for line in told[1:]] == [YEAR, "sdg/13", "deadlines", "series/igf", "country/MA"]
    assert told[1][0] == "year/2016 Outlook and Exchange 30, Google Calendar 8"
    assert told[1][6:] == ["38", "16%"]
    assert told[5][1:] == ["1", "–", "2 kB", "0%", "23 November 2026", "–", "–"]
    links = [link["href"] for link in found.one("section", aria_labelledby="well").all("a")]
    assert links == [f"/feeds/{name}.ics" for name in (YEAR, "sdg/13", "deadlines", "series/igf", "country/MA")]


def test_desk_tells_what_is_wrong_before_everything_else(app, editor_client, few, seed):
    seed(COP, lambda entry: bare_semicolon(entry).replace(b"TRANSP:TRANSPARENT", b"TRANSP:<b>"))
    seed(IGF, refusing)
    with capture_logs():
        found = page(editor_client.get("/desk/feeds"))
    assert found.one("p", class_="lede").text == "4 of 5 feeds have something to look at."
    assert [section["aria-labelledby"] for section in found.one("main").all("section")] == ["trouble", "polls", "well"]
    everything, *_ = lines(found, "trouble")[1:]
    assert "It lacks events that can’t be told: igf-2016" in everything[0]
    assert "TRANSP must be OPAQUE or TRANSPARENT: TRANSP:<b> (RFC 5545 §3.8.2.7, line " in everything[0]
    assert everything[0].endswith("In: unfccc-cop-2016")
    assert found.one("main").all("b") == []
    assert [line[0] for line in lines(found, "well")[1:]] == ["deadlines"]


def test_desk_examines_once_for_a_revision(app, editor_client, few, monkeypatch):
    examined, whole = [], health.examine
    monkeypatch.setattr(health, "examine", lambda *given, **more: examined.append(more) or whole(*given, **more))
    for _ in range(3):
        page(editor_client.get("/desk/feeds"))
    assert len(examined) == 1
    save(store_of(app), COP, venue="Room 1")
    page(editor_client.get("/desk/feeds"))
    assert [len(more["before"]) for more in examined] == [0, 5]


def test_desk_keeps_nobody_waiting_for_another_ones_examination(app, editor_client, few, monkeypatch):
    whole = health.examine

    def examine_while_another_asks(*given, **more):
        words.append(page(editor_client.get("/desk/feeds")).one("main").text)
        return whole(*given, **more)

    words: list[str] = []
    monkeypatch.setattr(health, "examine", examine_while_another_asks)
    page(editor_client.get("/desk/feeds"))
    save(store_of(app), COP, venue="Room 1")
    page(editor_client.get("/desk/feeds"))
    assert "The feeds are being checked just now." in words[0]
    assert "5 feeds, and nothing wrong with any. An event has changed since" in words[1]


def test_desk_page_of_a_feed_that_fails_is_a_page(app, editor_client, few, monkeypatch):
    def refuse(feed, entries):
        raise sqlite3.OperationalError("no ink <b>")

    monkeypatch.setitem(FORMATS, "ics", replace(FORMATS["ics"], document=refuse))
    found = page(editor_client.get("/desk/feeds"))
    assert "It can’t be rendered: OperationalError: no ink <b>" in found.one("section", aria_labelledby="trouble").text
