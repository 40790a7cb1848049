"""Documents: what each feed holds, rendered once, and the edition in a folder."""

import gzip
import hashlib
import threading
import uuid
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from icalendar import Calendar

from calendar_app import addresses, catalogue, edition, loading, publish, spans
from calendar_app.errors import BusyError, NotFoundError
from calendar_app.events import Deadline, Event
from calendar_app.facets import FACETS
from calendar_app.formats import FORMATS
from calendar_app.options import Options
from calendar_app.publish import Publisher, Target, named, selected
from calendar_app.publish import entries as entries_module
from calendar_app.selection import Selection
from calendar_app.spans import Precision
from calendar_app.store import Store, events, series
from calendar_app.store.connection import bump
from calendar_app.topics import Confidence, DeadlineKind, Status
from tests.conftest import BASE, NOW, TODAY

COP_22 = "unfccc-cop-2016"
MEETING = Event(
    uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f002",
    slug="data-forum-2031",
    stamp=NOW,
    title="Rehearsal of a Forum",
    span=spans.parse("30-31 October 2031"),
    source="un.org",
    city="Geneva",
    country="CH",
    themes=("data-and-statistics",),
    deadlines=(
        Deadline(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f003", kind=DeadlineKind.REGISTRATION, day=date(2031, 9, 30)),
    ),
)
# What names the calendars of this project, for good: subscriptions depend on it.
NAMESPACE = uuid.UUID("0b7f9c7e-52a5-5d0c-8f5e-7d5b6c1f0a44")
FEEDS_OF_MEETING = ("all", "theme/data-and-statistics", "kind/conference", "country/CH", "year/2031")

EVERY_ROW = list(range(1, 10_000))
# As the Council report dates them: the slug, DTSTART, and DTEND, which is exclusive.
TEN = {
    "ecosoc-partnership-forum-2016": (date(2016, 3, 31), date(2016, 4, 1), "New York, United States"),
    "ffd-forum-2016": (date(2016, 4, 18), date(2016, 4, 23), "New York, United States"),
    "ecosoc-integration-segment-2016": (date(2016, 5, 2), date(2016, 5, 5), "New York, United States"),
    "whs-2016": (date(2016, 5, 23), date(2016, 5, 25), "Istanbul, Turkey"),
    "ldc-midterm-review-2016": (date(2016, 5, 27), date(2016, 5, 30), "Antalya, Turkey"),
    "sti-forum-2016": (date(2016, 6, 6), date(2016, 6, 8), "New York, United States"),
    "hlpf-2016": (date(2016, 7, 11), date(2016, 7, 21), "New York, United States"),
    "habitat-2016": (date(2016, 10, 17), date(2016, 10, 22), "Quito, Ecuador"),
    COP_22: (date(2016, 11, 7), date(2016, 11, 19), "Marrakech, Morocco"),
    "igf-2016": (date(2016, 11, 1), date(2016, 12, 1), "Guadalajara, Mexico"),
}


def body(publisher: Publisher, name: str) -> bytes:
    return publisher.feed(named(publisher.store, name, "ics"), today=TODAY).body


@cache
def vevents(document: bytes) -> dict[str, Calendar]:
    """The events by uid, as icalendar reads them; the same bytes are read once, since that takes a second for all."""
    calendar = Calendar.from_ical(document)
    assert [component.errors for component in calendar.walk() if component.errors] == []
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def slug(event: Calendar) -> str:
    return str(event["URL"]).removeprefix(f"{BASE}{addresses.EVENTS}/")


def slugs(document: bytes) -> set[str]:
    return {slug(event) for event in vevents(document).values()}


def save(store: Store, event: Event) -> Event:
    with store.change(NOW, actor="test") as change:
        return events.save(change, event, action="edited")


def whole_edition(publisher: Publisher) -> dict[str, bytes]:
    return {path: document.body for path, document in edition.files(publisher, today=TODAY)}


def build(path, now: datetime) -> Store:
    store = Store(path)
    store.migrate()
    loading.load(store, catalogue.parse(), now=now)
    return store


def test_every_named_feed_is_a_calendar_without_a_uid_twice(publisher):
    whole = whole_edition(publisher)
    assert sorted(whole) == sorted(f"{name}.ics" for name in edition.names(publisher.store))
    uids = set()
    for path, document in whole.items():
        calendar = Calendar.from_ical(document)
        assert [(path, component.errors) for component in calendar.walk() if component.errors] == []
        counted = Counter(str(event["UID"]) for event in calendar.walk("VEVENT"))
        assert [(path, uid) for uid, count in counted.items() if count > 1] == []
        uids.add(str(calendar["UID"]))
    assert len(uids) == len(whole)


def test_names_are_every_named_feed_and_the_years_with_events(store):
    kinds = Counter(name.partition("/")[0] for name in edition.names(store))
    years = {
        str(year)
        for event in events.by_ids(store, EVERY_ROW)
        if event.public
        for year in range(event.span.first.year, event.span.last.year + 1)
    }
    assert kinds == {
        "all": 1,
        "deadlines": 1,
        "theme": len(FACETS["theme"].closed()),
        "sdg": 17,
        "series": len(series.directory(store)),
        "kind": 9,
        "country": 249,
        "role": 8,
        "year": len(years),
    }


def test_names_of_an_empty_store_hold_no_year(empty_store):
    assert [name for name in edition.names(empty_store) if name.startswith("year/")] == []


def test_all_holds_the_ten_events_that_the_council_report_dates(publisher):
    found = {slug(event): event for event in vevents(body(publisher, "all")).values()}
    told = {
        name: (
            found[name]["DTSTART"].dt,
            found[name]["DTEND"].dt,
            str(found[name]["LOCATION"]).removeprefix("United Nations Headquarters, "),
        )
        for name in TEN
    }
    assert told == TEN
    assert {name: str(found[name]["STATUS"]) for name in TEN} == dict.fromkeys(TEN, "CONFIRMED") | {
        "igf-2016": "TENTATIVE"
    }


def test_all_holds_every_public_event_with_days_or_a_month(store, publisher):
    wanted = {
        event.slug
        for event in events.by_ids(store, EVERY_ROW)
        if event.public and (event.span.precision is Precision.DAY or event.span.single_month)
    }
    assert slugs(body(publisher, "all")) == wanted


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("sdg/13", COP_22),
        ("theme/climate-change", COP_22),
        ("country/MA", COP_22),
        ("year/2016", COP_22),
        ("series/unfccc-cop", COP_22),
        ("sdg/11", "habitat-2016"),
        ("role/participant", "hlpf-2016"),
    ],
)
def test_named_feed_holds_the_event(publisher, name, slug):
    assert slug in slugs(body(publisher, name))


def test_series_feed_holds_every_session_with_days_or_a_month(store, publisher):
    sessions = [event for event in events.by_ids(store, EVERY_ROW) if event.series == "hlpf" and event.public]
    wanted = {event.slug for event in sessions if event.span.precision is not Precision.YEAR}
    assert len(wanted) > 10
    assert slugs(body(publisher, "series/hlpf")) == wanted


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        *[("nothing", "ics"), ("theme/nothing", "ics"), ("sdg/18", "ics"), ("sdg/01", "ics"), ("country/ma", "ics")],
        *[("country/XX", "ics"), ("year/20160", "ics"), ("city/Geneva", "ics"), ("theme", "ics")],
        *[("all", "xml"), ("all", ""), ("all/", "ics"), ("select", "ics"), ("theme/climate-change/x", "ics")],
    ],
)
def test_named_refuses_what_is_no_feed(store, name, extension):
    with pytest.raises(NotFoundError) as caught:
        named(store, name, extension)
    assert (caught.value.message, caught.value.data) == ("feed-unknown", {"name": f"{name}.{extension}"})


@pytest.mark.parametrize("whole", ["ics", "all", "theme/climate-change", ""])
def test_name_without_an_extension_is_told_as_it_was_asked_for(store, whole):
    with pytest.raises(NotFoundError) as caught:
        named(store, "", whole)
    assert (caught.value.message, caught.value.data) == ("feed-unknown", {"name": whole})


def test_selected_refuses_an_unknown_format():
    with pytest.raises(NotFoundError) as caught:
        selected(Selection(), "pdf")
    assert (caught.value.message, caught.value.data) == ("feed-unknown", {"name": "select.pdf"})


@pytest.mark.parametrize(
    ("selection", "path"),
    [
        (Selection(), "/feeds/all.ics"),
        (Selection.of(theme="cybersecurity"), "/feeds/theme/cybersecurity.ics"),
        (Selection.of(sdg=["9", "13"]), "/feeds/select.ics?sdg=9&sdg=13"),
        (Selection.of(city="Geneva"), "/feeds/select.ics?city=Geneva"),
        (replace(Selection.of(sdg="9"), when="upcoming"), "/feeds/select.ics?sdg=9&when=upcoming"),
        (Selection(words="à propos"), "/feeds/select.ics?q=%C3%A0%20propos"),
    ],
)
def test_shortest_is_a_named_feed_where_there_is_one(selection, path):
    assert publish.shortest(selection) == path


def test_feed_is_rendered_once_until_the_data_change(store, publisher):
    target = named(store, "all", "ics")
    first = publisher.feed(target, today=TODAY)
    assert publisher.feed(target, today=TODAY) is first
    save(store, MEETING)
    second = publisher.feed(target, today=TODAY)
    assert second is not first
    assert vevents(second.body).keys() - vevents(first.body).keys() == {MEETING.uid}


def test_cold_feed_is_rendered_once_for_all_who_wait_and_holds_up_no_other(store, publisher, monkeypatch):
    kept = named(store, "theme/climate-change", "ics")
    document = publisher.feed(kept, today=TODAY)
    asked, begun, go_on = threading.Semaphore(0), threading.Event(), threading.Event()
    rendered, found = [], []

    def revision() -> int:
        asked.release()
        return Store.revision(store)

    def whole(feed, entries):
        begun.set()
        rendered.append((feed.address, go_on.wait(60)))
        return FORMATS["ics"].document(feed, entries)

    monkeypatch.setattr(store, "revision", revision)
    cold = Target(path="/feeds/all.ics", selection=Selection(), format=replace(FORMATS["ics"], document=whole))
    threads = [threading.Thread(target=lambda: found.append(publisher.feed(cold, today=TODAY))) for _ in range(2)]
    for thread in threads:
        thread.start()
    # Both have asked and one renders, which ends only after the other feed was answered.
    assert all(asked.acquire(timeout=60) for _ in threads)
    assert begun.wait(60)
    assert publisher.feed(kept, today=TODAY) is document
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert rendered == [(f"{BASE}/feeds/all.ics", True)]
    assert len(found) == 2
    assert found[0] is found[1]
    assert publisher.feed(cold, today=TODAY) is found[0]


def test_cold_feeds_are_rendered_side_by_side(store, publisher):
    both = threading.Barrier(2)

    def whole(feed, entries):
        both.wait(60)
        return FORMATS["ics"].document(feed, entries)

    form = replace(FORMATS["ics"], document=whole)
    targets = [replace(named(store, name, "ics"), format=form) for name in ("all", "sdg/13")]
    found = []
    threads = [
        threading.Thread(target=lambda target=target: found.append(publisher.feed(target, today=TODAY)))
        for target in targets
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {each.body for each in found} == {body(Publisher(store, base=BASE), name) for name in ("all", "sdg/13")}


def test_feed_that_could_not_be_rendered_is_rendered_at_the_next_poll(store, publisher):
    broken = [True]

    def whole(feed, entries):
        if broken.pop():
            raise ValueError("once")
        return FORMATS["ics"].document(feed, entries)

    target = replace(named(store, "all", "ics"), format=replace(FORMATS["ics"], document=whole))
    with pytest.raises(ValueError, match="once"):
        publisher.feed(target, today=TODAY)
    broken.append(False)
    assert publisher.feed(target, today=TODAY).body == body(Publisher(store, base=BASE), "all")


def test_feed_is_whole_when_its_entries_are_dropped_meanwhile(store, publisher, monkeypatch):
    before = body(publisher, "all")
    monkeypatch.setattr(entries_module, "_MOST_ENTRIES", 1)
    other, dropped = selected(Selection.of(city="Quito"), "ics"), []
    save(store, replace(events.by_slug(store, COP_22), title="Saved"))

    def drop(statement: str) -> None:
        # Between the look-up of the versions and that of the events, a small feed is rendered in another thread.
        if statement.startswith("SELECT e.*") and not dropped:
            dropped.append(True)
            thread = threading.Thread(target=lambda: publisher.feed(other, today=TODAY))
            thread.start()
            thread.join(60)

    store.db.conn.set_trace_callback(drop)
    after = body(publisher, "all")
    store.db.conn.set_trace_callback(None)
    assert dropped
    assert vevents(after).keys() == vevents(before).keys()
    assert after == body(Publisher(store, base=BASE), "all")


def test_feed_renders_only_the_changed_event_anew(store, publisher):
    rendered = []

    def entry(item, context):
        rendered.append(item.event.slug)
        return FORMATS["ics"].entry(item, context)

    target = Target(path="/feeds/all.ics", selection=Selection(), format=replace(FORMATS["ics"], entry=entry))
    before = publisher.feed(target, today=TODAY).body
    assert len(rendered) == len(set(rendered)) == len(vevents(before))
    rendered.clear()
    event = events.by_slug(store, COP_22)
    save(store, replace(event, title="Marrakech Climate Change Conference"))
    after = publisher.feed(target, today=TODAY).body
    assert rendered == [COP_22]
    assert (
        before.count(b"Marrakech Climate Change Conference"),
        after.count(b"Marrakech Climate Change Conference"),
    ) == (0, 1)


def test_feed_is_of_one_revision_when_an_event_is_saved_between_its_reads(store, publisher):
    before, other = body(Publisher(store, base=BASE), "all"), Store(store.path)

    def save_meanwhile(statement: str) -> None:
        if statement.startswith("SELECT e.*"):
            store.db.conn.set_trace_callback(None)
            save(other, replace(events.by_slug(other, COP_22), title="Saved meanwhile"))

    store.db.conn.set_trace_callback(save_meanwhile)
    document = body(publisher, "all")
    other.close()
    assert document == before
    after = body(publisher, "all")
    assert after.count(b"SUMMARY:Saved meanwhile") == 1
    assert after == body(Publisher(store, base=BASE), "all")


def test_series_renamed_between_the_reads_is_told_under_the_new_sequence_alone(store, publisher):
    other = Store(store.path)

    def rename(statement: str) -> None:
        if statement.startswith("SELECT e.id, e.uid, e.sequence, e.stamp"):
            store.db.conn.set_trace_callback(None)
            with other.change(NOW, actor="test") as change:
                change.db.conn.execute("UPDATE series SET name = 'Renamed forum' WHERE key = 'igf'")
                bump(change.db)
            loading.retell(other, now=NOW)

    store.db.conn.set_trace_callback(rename)
    first = body(publisher, "series/igf")
    other.db.conn.execute("UPDATE state SET told = ''")
    assert loading.retell(other, now=NOW) > 0
    other.close()
    assert first.count(b"Renamed forum") == 0
    assert body(publisher, "series/igf") == body(Publisher(store, base=BASE), "series/igf")


def test_strangers_selections_wait_for_few_and_named_feeds_for_none(store, publisher):
    entered, go_on = threading.Semaphore(0), threading.Event()

    def slow(feed, entries):
        entered.release()
        assert go_on.wait(60)
        return FORMATS["ics"].document(feed, entries)

    def ask(number: int) -> None:
        chosen = selected(Selection.of(city="Geneva"), "ics", options=Options(alarm=timedelta(hours=number)))
        publisher.feed(replace(chosen, format=replace(FORMATS["ics"], document=slow)), today=TODAY)

    threads = [threading.Thread(target=ask, args=[number]) for number in range(1, 4)]
    for thread in threads:
        thread.start()
    assert entered.acquire(timeout=60)
    while publisher._documents.slots._value:
        pass
    with pytest.raises(BusyError, match="feeds-busy"):
        publisher.feed(selected(Selection.of(city="Quito"), "ics"), today=TODAY)
    assert publisher.feed(named(store, "sdg/13", "ics"), today=TODAY).entries > 0
    assert publisher.event(COP_22).entries == 1
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert publisher.feed(selected(Selection.of(city="Quito"), "ics"), today=TODAY).entries > 0


@pytest.mark.parametrize(
    "field",
    [
        "zone = 'Europe/Kyivv', start_time = '10:00', end_time = '11:00', ends = starts",
        "starts = '2027-13-45', ends = '2027-13-45'",
    ],
)
def test_row_that_cannot_be_read_is_a_gap_that_is_told(store, publisher, field):
    whole = body(publisher, "all")
    with store.change(NOW, actor="test") as change:
        change.db.conn.execute(f"UPDATE events SET {field} WHERE slug = 'habitat-2016'")  # noqa: S608
        bump(change.db)
    gapped = body(Publisher(store, base=BASE), "all")
    gone = vevents(whole).keys() - vevents(gapped).keys()
    assert len(gone) == 1
    assert b"1 event could not be written into this calendar" in gapped.replace(b"\r\n ", b"")
    assert events.unreadable(store) == ["habitat-2016"]
    with pytest.raises(BusyError, match="event-unreadable"):
        events.by_slug(store, "habitat-2016")


def test_upcoming_depends_on_today_through_its_first_day_alone(store, publisher):
    target = selected(replace(Selection.of(theme="climate-change"), when="upcoming"), "ics")
    since = replace(target, selection=replace(target.selection, first=TODAY, when=""))
    today = publisher.feed(target, today=TODAY)
    assert publisher.feed(target, today=TODAY) is today
    assert vevents(today.body) == vevents(publisher.feed(since, today=date(1900, 1, 1)).body)
    assert COP_22 not in slugs(today.body)
    assert COP_22 in slugs(publisher.feed(target, today=date(2016, 11, 18)).body)
    assert COP_22 not in slugs(publisher.feed(target, today=date(2016, 11, 19)).body)


def test_past_is_what_ended_before_today(publisher):
    target = selected(replace(Selection.of(theme="climate-change"), when="past"), "ics")
    assert COP_22 not in slugs(publisher.feed(target, today=date(2016, 11, 18)).body)
    assert COP_22 in slugs(publisher.feed(target, today=date(2016, 11, 19)).body)


def test_named_feed_does_not_depend_on_today(publisher):
    target = named(publisher.store, "all", "ics")
    other = Publisher(publisher.store, base=BASE)
    assert publisher.feed(target, today=TODAY).body == other.feed(target, today=date(2100, 1, 1)).body


def test_document_says_its_type_name_and_hash(publisher):
    document = publisher.feed(named(publisher.store, "theme/climate-change", "ics"), today=TODAY)
    assert (document.media_type, document.name, document.etag, gzip.decompress(document.gzipped)) == (
        "text/calendar; charset=utf-8",
        "un-forums-theme-climate-change.ics",
        hashlib.sha256(document.body).hexdigest()[:32],
        document.body,
    )


def test_calendar_says_its_name_addresses_and_refresh(publisher):
    lines = body(publisher, "theme/climate-change").replace(b"\r\n ", b"").decode().split("\r\n")
    assert [
        line for line in lines[: lines.index("BEGIN:VEVENT")] if not line.startswith(("DESCR", "X-WR-CALDESC"))
    ] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//UN Forum Calendar//Feeds//EN",
        "CALSCALE:GREGORIAN",
        f"UID:{uuid.uuid5(NAMESPACE, 'events?theme=climate-change')}",
        "NAME:UN forums: Climate change",
        "X-WR-CALNAME:UN forums: Climate change",
        "URL:https://calendar.example/events?theme=climate-change",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "SOURCE;VALUE=URI:https://calendar.example/feeds/theme/climate-change.ics",
        "COLOR:goldenrod",
    ]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("all", "events?"),
        ("deadlines", "deadlines?"),
        ("sdg/13", "events?sdg=13"),
        ("theme/climate-change", "events?theme=climate-change"),
    ],
)
def test_uid_of_a_calendar_is_made_of_what_it_holds(publisher, path, told):
    assert str(Calendar.from_ical(body(publisher, path))["UID"]) == str(uuid.uuid5(NAMESPACE, told))


def test_uid_of_a_calendar_is_the_same_whatever_its_address(publisher):
    for selection, name in ((Selection(), "all"), (Selection.of(theme="climate-change"), "theme/climate-change")):
        chosen = publisher.feed(selected(selection, "ics"), today=TODAY).body
        assert Calendar.from_ical(chosen)["UID"] == Calendar.from_ical(body(publisher, name))["UID"]
    upcoming = selected(Selection(when="upcoming"), "ics")
    days = [publisher.feed(upcoming, today=day).body for day in (TODAY, date(2016, 1, 1))]
    assert {str(Calendar.from_ical(day)["UID"]) for day in days} == {str(uuid.uuid5(NAMESPACE, "events?when=upcoming"))}
    other = Publisher(publisher.store, base="https://other.example")
    assert Calendar.from_ical(body(other, "all"))["UID"] == Calendar.from_ical(body(publisher, "all"))["UID"]


def test_calendar_counts_the_public_events_it_leaves_out(store, publisher):
    year = replace(MEETING, span=spans.parse("2031"), deadlines=())
    save(store, year)
    note = "1 event without a settled month is not in this calendar"
    assert note in str(Calendar.from_ical(body(publisher, "year/2031"))["DESCRIPTION"])
    save(store, replace(events.by_uid(store, year.uid), status=Status.WITHDRAWN))
    assert note not in str(Calendar.from_ical(body(publisher, "year/2031"))["DESCRIPTION"])


def test_write_makes_a_folder_that_check_finds_nothing_wrong_with(publisher, tmp_path):
    folder = tmp_path / "feeds"
    count = sum(1 for _ in edition.names(publisher.store))
    assert edition.write(publisher, folder, today=TODAY) == count
    assert edition.check(publisher, folder, today=TODAY) == []
    assert edition.write(publisher, folder, today=TODAY + timedelta(days=400)) == 0
    files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert files == whole_edition(publisher)


def test_check_names_what_differs_is_missing_or_is_no_feed(publisher, tmp_path):
    edition.write(publisher, tmp_path, today=TODAY)
    (tmp_path / "all.ics").write_bytes((tmp_path / "all.ics").read_bytes() + b"\r\n")
    (tmp_path / "sdg" / "13.ics").unlink()
    (tmp_path / "theme" / "gone.ics").write_bytes(b"")
    (tmp_path / "README.md").write_text("no calendar")
    assert edition.check(publisher, tmp_path, today=TODAY) == ["all.ics", "sdg/13.ics", "theme/gone.ics"]
    assert edition.write(publisher, tmp_path, today=TODAY) == 2
    assert edition.check(publisher, tmp_path, today=TODAY) == ["theme/gone.ics"]


def test_write_changes_the_files_that_a_change_touches(store, publisher, tmp_path):
    edition.write(publisher, tmp_path, today=TODAY)
    save(store, MEETING)
    assert edition.check(publisher, tmp_path, today=TODAY) == sorted(
        [*(f"{name}.ics" for name in FEEDS_OF_MEETING), "deadlines.ics"]
    )
    assert edition.write(publisher, tmp_path, today=TODAY) == len(FEEDS_OF_MEETING) + 1


def test_write_empties_the_file_of_a_year_that_lost_its_only_event(store, publisher, tmp_path):
    save(store, MEETING)
    edition.write(publisher, tmp_path, today=TODAY)
    save(store, replace(events.by_uid(store, MEETING.uid), span=spans.parse("30-31 October 2033")))
    edition.write(publisher, tmp_path, today=TODAY)
    assert edition.check(publisher, tmp_path, today=TODAY) == []
    assert vevents((tmp_path / "year" / "2031.ics").read_bytes()) == {}
    assert vevents((tmp_path / "year" / "2033.ics").read_bytes()).keys() == {MEETING.uid}


def test_edition_is_the_same_from_any_database_with_the_same_facts(tmp_path):
    first = build(tmp_path / "first.db", NOW)
    second = build(tmp_path / "second.db", datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC))
    edition = whole_edition(Publisher(first, base=BASE))
    first.close()
    reopened = Store(tmp_path / "first.db")
    assert whole_edition(Publisher(second, base=BASE)) == edition
    assert whole_edition(Publisher(reopened, base=f"{BASE}/")) == edition
    second.close()
    reopened.close()


def test_edition_of_another_base_address_differs_in_it_alone(store, publisher):
    other = whole_edition(Publisher(store, base="https://other.example"))

    def unfolded(document: bytes) -> bytes:
        return document.replace(b"\r\n ", b"")

    for path, document in whole_edition(publisher).items():
        assert document != other[path]
        assert unfolded(document).replace(BASE.encode(), b"https://other.example") == unfolded(other[path])


def test_unpublished_event_is_in_no_document(store, publisher):
    before = whole_edition(publisher)
    save(store, replace(MEETING, published=False, confidence=Confidence.LOW))
    assert whole_edition(publisher) == before
    with pytest.raises(NotFoundError):
        publisher.event(MEETING.slug)


def test_withdrawn_event_stays_in_its_feeds_as_a_tombstone(store, publisher):
    save(store, MEETING)
    save(store, replace(events.by_uid(store, MEETING.uid), status=Status.WITHDRAWN))
    for name in FEEDS_OF_MEETING:
        found = vevents(body(publisher, name))[MEETING.uid]
        assert (str(found["SUMMARY"]), str(found["STATUS"]), found["SEQUENCE"]) == ("Withdrawn", "CANCELLED", 1)
    assert vevents(publisher.event(MEETING.slug).body).keys() == {MEETING.uid}
    assert b"Rehearsal of a Forum" not in b"".join(body(publisher, name) for name in ("all", "deadlines"))
    assert b"Rehearsal of a Forum" not in publisher.event(MEETING.slug).body


def test_deadlines_are_in_their_own_feed_alone(store, publisher):
    save(store, MEETING)
    uid = MEETING.deadlines[0].uid
    assert vevents(body(publisher, "deadlines")).keys() == {uid}
    assert [path for path, document in whole_edition(publisher).items() if uid.encode() in document] == [
        "deadlines.ics"
    ]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("all", "UN forums"),
        ("deadlines", "UN forums: deadlines"),
        ("sdg/13", "UN forums: SDG 13"),
        ("year/2016", "UN forums: 2016"),
    ],
)
def test_feed_is_named_after_what_it_holds(publisher, path, name):
    assert str(Calendar.from_ical(body(publisher, path))["X-WR-CALNAME"]) == name


@pytest.mark.parametrize("slug", ["nothing", "", "UNFCCC-COP-2016", "../all"])
def test_event_file_of_an_unknown_slug_is_refused(publisher, slug):
    with pytest.raises(NotFoundError) as caught:
        publisher.event(slug)
    assert (caught.value.message, caught.value.data) == ("event-unknown", {"name": slug})
