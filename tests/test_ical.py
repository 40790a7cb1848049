"""Calendars, byte for byte, and whatever text an event holds read back as it was."""

import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from calendar_app import spans, texts
from calendar_app.events import Claim, Deadline, Event, Plan
from calendar_app.formats import FORMATS, ical, layers, telling
from calendar_app.formats.feed import Context, Feed
from calendar_app.options import DEFAULT, Deadlines, Options
from calendar_app.publish import Publisher, Target, named, selected
from calendar_app.selection import Selection
from calendar_app.spans import Span
from calendar_app.store import Store, events
from calendar_app.topics import Confidence, DeadlineKind, Mode, Role, Status
from tests.conftest import NOW, TODAY

GOLDEN = Path(__file__).parent / "golden"
CONTEXT = Context(base="https://calendar.example", texts=texts.of("en"), series={}, options=DEFAULT)
DEADLINES = replace(CONTEXT, options=Options(deadlines=Deadlines.ONLY))
FORBIDDEN = {*range(0x20), 0x7F, 0x85, 0x2028, 0x2029, 0xFEFF, *range(0xD800, 0xE000)} - {0x09, 0x0A}

TIMED = Event(
    uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f001",
    slug="wtisd-ceremony-2027",
    stamp=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    title="World Telecommunication Day: ceremony; reception",
    span=spans.with_times(spans.parse("17 May 2027"), start=time(18, 0), end=time(20, 30), zone="Africa/Casablanca"),
    source="Invitation C\\New, page 2",
    city="Rabat",
    country="MA",
    venue="Théâtre Mohammed V",
    mode=Mode.HYBRID,
    url="https://example.org/wtisd?year=2027",
    webcast_url="https://example.org/live",
    registration_url="https://example.org/register",
    description="Doors open at 17:30.\nBring your badge; no cameras, please.",
    convener="ITU",
    roles=(Role.ORGANIZER, Role.HOST),
    themes=("digital-divide",),
    sdgs=(9,),
)
MEETING = Event(
    uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f002",
    slug="data-forum-2027",
    stamp=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    title="Data Forum",
    span=spans.parse("30 October - 4 November 2027"),
    source="un.org",
    city="Geneva",
    country="CH",
    deadlines=(
        Deadline(
            uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f003", kind=DeadlineKind.SIDE_EVENT_APPLICATION, day=date(2027, 7, 31)
        ),
        Deadline(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f004", kind=DeadlineKind.REGISTRATION, day=date(2027, 9, 30)),
    ),
)
GONE = replace(MEETING, status=Status.WITHDRAWN, sequence=1)
POSTPONED = replace(MEETING, status=Status.POSTPONED, deadlines=())


def keep(store: Store, event: Event) -> None:
    with store.change(NOW, actor="test") as change:
        events.save(change, event, action="added")


def feed_of(**more: object) -> Feed:
    told = {
        "uid": "00000000-0000-4000-8000-000000000000",
        "name": "Feed",
        "description": "Everything.",
        "address": "https://calendar.example/feeds/all.ics",
        "page": "https://calendar.example/p",
        "left_out": Counter(),
        "single": False,
        "changed": NOW,
        "texts": texts.of("en"),
    }
    return Feed(**told | more)


def entry(event: Event, context: Context = CONTEXT) -> bytes:
    return b"".join(ical.entry(item, context) for item in layers.items(event, context))


def whole(*entries: bytes) -> bytes:
    return ical.document(feed_of(), list(filter(None, entries)))


def parsed(body: bytes) -> Calendar:
    """The calendar, with no property that icalendar could only put aside."""
    calendar = Calendar.from_ical(body)
    assert [(component.name, component.errors) for component in calendar.walk() if component.errors] == []
    return calendar


def plain(value: object) -> str:
    """A text as RFC 5545 §3.3.11 reads it; icalendar leaves NAME and X-WR-... escaped, not knowing them for texts."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], str(value))


def only(event: Event, context: Context = CONTEXT) -> Calendar:
    (found,) = parsed(whole(entry(event, context))).walk("VEVENT")
    return found


def golden(name: str) -> bytes:
    return (GOLDEN / f"{name}.ics").read_bytes()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("all_day", "unfccc-cop-2016"),
        ("month_with_rival_claim", "igf-2016"),
        ("moved", "unfccc-cop-2019"),
        ("cancelled", "ai-for-good-2020"),
        ("unverified", "ceb-2016-04"),
        ("online", "cstd-2020"),
        ("year", "igf-2027"),
    ],
)
def test_event_file_of_the_catalogue_is_this_document(publisher, name, slug):
    assert publisher.event(slug).body == golden(name)


@pytest.mark.parametrize(
    ("name", "event"),
    [("timed", TIMED), ("withdrawn", replace(MEETING, status=Status.WITHDRAWN))],
    ids=["timed", "withdrawn"],
)
def test_event_file_of_a_kept_event_is_this_document(store, publisher, name, event):
    keep(store, event)
    assert publisher.event(event.slug).body == golden(name)


def test_deadlines_feed_is_this_document(store, publisher):
    keep(store, MEETING)
    assert publisher.feed(named(store, "deadlines", "ics"), today=TODAY).body == golden("deadlines")


def test_empty_selection_is_this_document(publisher):
    target = selected(Selection.of(country="AQ"), "ics")
    assert publisher.feed(target, today=TODAY).body == golden("empty")


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.ics")))
def test_golden_document_keeps_the_rules_of_rfc_5545(name):
    body = golden(name)
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert b"\r" not in body.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]  # no line is cut inside a letter
    names = [line.partition(b":")[0].partition(b";")[0] for line in body.replace(b"\r\n ", b"").split(b"\r\n")]
    assert b"METHOD" not in names
    assert b"ORGANIZER" not in names
    parsed(body)


def test_golden_documents_are_all_compared():
    assert sorted(path.stem for path in GOLDEN.glob("*.ics")) == [
        *("all_day", "cancelled", "deadlines", "empty", "month_with_rival_claim", "moved", "online", "timed"),
        *("unverified", "withdrawn", "year"),
    ]


@pytest.mark.parametrize(
    ("status", "confidence", "dates", "told"),
    [
        (Status.CONFIRMED, Confidence.MEDIUM, "7 May 2027", "CONFIRMED"),
        (Status.CONFIRMED, Confidence.LOW, "7 May 2027", "TENTATIVE"),
        (Status.CONFIRMED, Confidence.HIGH, "May 2027", "TENTATIVE"),
        (Status.TENTATIVE, Confidence.HIGH, "7 May 2027", "TENTATIVE"),
        (Status.CANCELLED, Confidence.LOW, "May 2027", "CANCELLED"),
        (Status.POSTPONED, Confidence.MEDIUM, "7 May 2027", "CANCELLED"),
        (Status.WITHDRAWN, Confidence.LOW, "May 2027", "CANCELLED"),
    ],
)
def test_status_says_what_is_certain(status, confidence, dates, told):
    event = replace(MEETING, status=status, confidence=confidence, span=spans.parse(dates))
    assert only(event)["STATUS"] == told


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (MEETING, "Data Forum"),
        (replace(MEETING, span=spans.parse("May 2027")), "Data Forum, May 2027 (days not given)"),
        (replace(MEETING, status=Status.CANCELLED), "CANCELLED: Data Forum"),
        (POSTPONED, "POSTPONED: Data Forum"),
        (
            replace(MEETING, span=spans.parse("May 2027"), status=Status.CANCELLED),
            "CANCELLED: Data Forum, May 2027 (days not given)",
        ),
        (replace(POSTPONED, span=spans.parse("May 2027")), "POSTPONED: Data Forum, May 2027 (days not given)"),
        (replace(GONE, span=spans.parse("May 2027")), "Withdrawn"),
        (GONE, "Withdrawn"),
    ],
)
def test_summary_says_that_it_is_off_or_vague(event, told):
    assert only(event)["SUMMARY"] == told


@pytest.mark.parametrize(
    ("dates", "carried"),
    [
        ("7 May 2027", True),
        ("30 October - 4 November 2027", True),
        ("May 2027", True),
        ("February-March 2027", False),
        ("December 2027 - January 2028", False),
        ("2027", False),
    ],
)
def test_carries_days_and_single_months(dates, carried):
    assert (layers.refused(replace(MEETING, span=spans.parse(dates)), DEFAULT, calendar=True) == "") is carried


def test_timed_event_is_in_utc_without_a_zone():
    # Casablanca keeps UTC+0 from 2026 on; an older zone table says UTC+1.
    lines = entry(TIMED).split(b"\r\n")
    assert [line for line in lines if line.startswith((b"DTSTART", b"DTEND", b"X-MICROSOFT-CDO-ALLDAY"))] == [
        b"DTSTART:20270517T180000Z",
        b"DTEND:20270517T203000Z",
    ]


def test_entry_of_a_withdrawn_event_tells_nothing_of_it():
    fields = only(replace(TIMED, status=Status.WITHDRAWN))
    assert sorted(fields.keys()) == [
        *("DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP", "UID"),
        "X-MICROSOFT-CDO-BUSYSTATUS",
    ]


def test_deadlines_of_a_withdrawn_event_are_tombstones():
    body = entry(GONE, DEADLINES)
    assert [
        (str(each["UID"]), str(each["SUMMARY"]), str(each["STATUS"])) for each in parsed(whole(body)).walk("VEVENT")
    ] == [(deadline.uid, "Withdrawn", "CANCELLED") for deadline in GONE.deadlines]
    assert b"Data Forum" not in body


ONE_LEFT = "1 event without a settled month is not in this calendar; it is at https://calendar.example/p"
TWO_LEFT = "2 events without a settled month are not in this calendar; they are at https://calendar.example/p"
NONE_NOW = "There are no events in this selection now; they appear here when there are."


@pytest.mark.parametrize("single", [False, True])
@pytest.mark.parametrize(
    ("left_out", "told"),
    [(0, f"Everything.\n{NONE_NOW}"), (1, f"Everything.\n{ONE_LEFT}"), (2, f"Everything.\n{TWO_LEFT}")],
)
def test_calendar_without_entries_says_why(left_out, told, single):
    calendar = parsed(ical.document(feed_of(left_out=Counter(undated=left_out), single=single), []))
    assert (str(calendar["DESCRIPTION"]), plain(calendar["X-WR-CALDESC"])) == (told, told)


@pytest.mark.parametrize(
    ("left_out", "told"),
    [(0, "Everything."), (1, f"Everything.\n{ONE_LEFT}"), (2, f"Everything.\n{TWO_LEFT}")],
)
def test_calendar_says_what_it_leaves_out(left_out, told):
    calendar = parsed(ical.document(feed_of(left_out=Counter(undated=left_out)), [entry(MEETING)]))
    assert (str(calendar["DESCRIPTION"]), plain(calendar["X-WR-CALDESC"])) == (told, told)


OF_A_CALENDAR = {
    *("UID", "NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "URL"),
    *("REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE", "COLOR"),
}


def test_file_of_one_event_is_no_calendar_to_subscribe_to():
    alone_entry = entry(MEETING)
    alone, feed = (parsed(ical.document(feed_of(single=single), [alone_entry])) for single in (True, False))
    assert list(alone.keys()) == ["VERSION", "PRODID", "CALSCALE"]
    assert set(feed.keys()) - set(alone.keys()) == OF_A_CALENDAR
    assert alone.walk("VEVENT") == feed.walk("VEVENT")
    assert str(alone["PRODID"]) == "-//UN Forum Calendar//Feeds//EN"


def test_file_of_an_event_that_is_no_entry_says_where_it_is(publisher):
    found = parsed(publisher.event("igf-2027").body)
    assert set(found.keys()) == {"VERSION", "PRODID", "CALSCALE"} | OF_A_CALENDAR
    assert [each.name for each in found.walk()] == ["VCALENDAR", "VTIMEZONE", "STANDARD"]
    assert str(found["DESCRIPTION"]).endswith(
        "\n1 event without a settled month is not in this calendar; it is at "
        "https://calendar.example/events?event=igf-2027"
    )


def test_description_tells_what_clients_hide():
    event = replace(
        MEETING,
        status=Status.TENTATIVE,
        confidence=Confidence.LOW,
        span=spans.parse("May 2027"),
        mode=Mode.HYBRID,
        plans=(Plan(span=spans.parse("2-3 March 2027"), city="Istanbul", country="TR", reason="strike"),),
        claims=(
            Claim(span=spans.parse("4 May 2027"), source="IFLA", city="Prague", country="CZ"),
            Claim(span=spans.parse("May 2027"), source="the same elsewhere", city="Geneva", country="CH"),
        ),
    )
    assert telling.description(event, CONTEXT).split("\n") == [
        "Dates unverified: no source was read for exactly these.",
        "Expected, not confirmed.",
        "When: May 2027 (days not given)",
        "Hybrid",
        "Earlier plan: 2–3 March 2027, Istanbul, Türkiye (strike)",
        "Another source, IFLA, says: 4 May 2027, Prague, Czechia",
        "Source of the dates: un.org",
        "https://calendar.example/events/data-forum-2027",
    ]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (replace(MEETING, city="", country="", venue=""), ""),
        (replace(MEETING, mode=Mode.ONLINE, city="", country=""), "Online"),
        (replace(MEETING, mode=Mode.ONLINE, city="", country="", venue="Zoom"), "Zoom, Online"),
        (replace(MEETING, mode=Mode.ONLINE, city="", country="", venue="ONLINE"), "Online"),
        (replace(MEETING, mode=Mode.ONLINE), "Geneva, Switzerland"),
        (replace(MEETING, venue="CICG"), "CICG, Geneva, Switzerland"),
        (replace(MEETING, city="", country="TR", span=spans.parse("23 May 2016")), "Turkey"),
        (replace(MEETING, city="", country="TR"), "Türkiye"),
    ],
)
def test_location_is_what_is_known(event, told):
    assert telling.location(event, CONTEXT) == told


def test_categories_hold_no_comma():
    body = entry(replace(MEETING, themes=tuple(telling.THEMES), sdgs=tuple(telling.SDGS)))
    (line,) = [line for line in body.replace(b"\r\n ", b"").split(b"\r\n") if line.startswith(b"CATEGORIES:")]
    told = line.decode().removeprefix("CATEGORIES:")
    assert "\\" not in told
    assert told.split(",") == [
        *(theme.category for theme in telling.THEMES.values()),
        *(f"SDG {n}" for n in telling.SDGS),
    ]


def test_coordinates_are_those_of_the_city(publisher):
    assert telling.coordinates(MEETING) == (46.2022, 6.1457)
    assert telling.coordinates(replace(MEETING, city="Nowhere")) is None
    assert telling.coordinates(replace(MEETING, city="")) is None


@st.composite
def any_span(draw) -> Span:
    first = draw(st.dates(date(1900, 1, 1), date(2199, 11, 1)))
    if draw(st.booleans()):
        return spans.from_iso(first.isoformat()[:7], first.isoformat()[:7], "month")
    last = first + timedelta(days=draw(st.integers(0, 30)))
    span = spans.from_iso(first.isoformat(), last.isoformat(), "day")
    if span.days != 1 or draw(st.booleans()):
        return span
    return spans.with_times(span, start=time(9, 0), end=time(10, 30), zone=draw(st.sampled_from(["UTC", "Asia/Tokyo"])))


ANY_TEXT = st.text(st.characters(), max_size=200) | st.sampled_from(
    [
        "مؤتمر الأمم المتحدة " * 250,
        "世界电信展" * 1000,
        "👩🏽‍💻🇺🇳" * 800,
        "é" * 5000,
        "a\\Nb\\nc\\,d;e,f\\\\",
        "a\r\nBEGIN:VALARM\r\nb",
        "".join(map(chr, range(0xA0))),
        "\ud83d lone \udc00",
    ]
)


def shown(text: str) -> str:
    """The text less what a calendar may not hold."""
    return "".join(letter for letter in text.replace("\r\n", "\n") if ord(letter) not in FORBIDDEN)


def days_of(event: Event) -> tuple[object, object]:
    if event.span.timed:
        return event.span.start_utc, event.span.end_utc
    return event.span.first, event.span.last + timedelta(days=1)


@settings(deadline=None)
@given(title=ANY_TEXT, description=ANY_TEXT, venue=ANY_TEXT, source=ANY_TEXT, span=any_span())
@example(title="C:\\New", description="", venue="", source="", span=spans.parse("2027-01-01"))
def test_entry_reads_back_as_the_event_whatever_it_holds(title, description, venue, source, span):
    event = replace(MEETING, title=title, description=description, venue=venue, source=source, span=span)
    body = whole(entry(event))
    (found,) = parsed(body).walk("VEVENT")
    told = {name: str(found[name]) for name in ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "URL")}
    assert told == {
        "UID": event.uid,
        "SUMMARY": shown(telling.title(event, CONTEXT)),
        "DESCRIPTION": shown(telling.description(event, CONTEXT)),
        "LOCATION": shown(telling.location(event, CONTEXT)),
        "URL": "https://calendar.example/events/data-forum-2027",
    }
    assert (found["DTSTART"].dt, found["DTEND"].dt) == days_of(event)
    assert [component.name for component in parsed(body).walk()] == ["VCALENDAR", "VEVENT"]


@settings(deadline=None)
@given(title=ANY_TEXT)
def test_entry_holds_no_control_character_and_no_long_line(title):
    body = entry(replace(MEETING, title=title, description=title))
    lines = body.decode().removesuffix("\r\n").split("\r\n")
    assert [line for line in lines if FORBIDDEN.union([0x0A]).intersection(map(ord, line))] == []
    assert max(len(line.encode()) for line in lines) <= 75


@settings(deadline=None)
@given(name=ANY_TEXT)
def test_calendar_name_reads_back_whatever_it_holds(name):
    feed = feed_of(name=name, description=name)
    calendar = parsed(ical.document(feed, [entry(MEETING)]))
    assert [plain(calendar[name]) for name in ("NAME", "X-WR-CALNAME", "X-WR-CALDESC")] == [shown(name)] * 3
    assert str(calendar["DESCRIPTION"]) == shown(name)


def test_decomposed_letters_are_kept_as_they_are():
    title = unicodedata.normalize("NFD", "Conférence de Genève, 서울")
    assert str(only(replace(MEETING, title=title))["SUMMARY"]) == title


SCRIPT = """
import hashlib, sys
from datetime import date
from calendar_app import edition
from calendar_app.publish import Publisher
from calendar_app.store import Store
store = Store(sys.argv[1])
publisher = Publisher(store, base="https://calendar.example")
for path, document in edition.files(publisher, today=date(2026, 11, 24)):
    print(path, document.etag)
"""


def test_documents_are_the_same_whatever_the_hash_seed_and_the_zone(store):
    def run(seed: str, zone: str) -> bytes:
        environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, str(store.path)],
            env=environ, cwd=Path(__file__).parents[1], capture_output=True, check=True,
        )  # fmt: skip
        return done.stdout

    first = run("0", "Pacific/Kiritimati")
    assert first.count(b"\n") > 300
    assert run("1", "Pacific/Pago_Pago") == first
    assert run("2", "UTC") == first


def test_entry_of_a_deadline_is_related_to_its_event():
    (first, _) = parsed(whole(entry(MEETING, DEADLINES))).walk("VEVENT")
    assert {name: str(first[name]) for name in ("UID", "RELATED-TO", "SUMMARY", "STATUS")} == {
        "UID": MEETING.deadlines[0].uid,
        "RELATED-TO": MEETING.uid,
        "SUMMARY": "Side-event applications close: Data Forum",
        "STATUS": "CONFIRMED",
    }


def test_entry_of_a_further_part_is_related_to_the_first():
    part = replace(MEETING, part_of=TIMED.uid)
    assert str(only(part)["RELATED-TO"]) == TIMED.uid
    assert entry(part).count(b"RELATED-TO") == 1
    assert "RELATED-TO" not in only(MEETING)
    assert "RELATED-TO" not in only(replace(part, status=Status.WITHDRAWN))


def test_every_part_of_the_catalogue_is_related_to_an_event_of_its_feed(store, publisher):
    calendar = parsed(publisher.feed(named(store, "all", "ics"), today=TODAY).body)
    related = {
        str(event["UID"]): str(event["RELATED-TO"]) for event in calendar.walk("VEVENT") if "RELATED-TO" in event
    }
    found = events.by_ids(store, list(range(1, 10_000)))
    assert related == {event.uid: event.part_of for event in found if event.part_of}
    assert related
    assert set(related.values()) <= {str(event["UID"]) for event in calendar.walk("VEVENT")}


def test_document_of_a_target_needs_no_series(empty_store):
    publisher = Publisher(empty_store, base="https://calendar.example/")
    target = Target(
        path="/feeds/all.ics", selection=Selection(), format=FORMATS["ics"], options=Options(deadlines=Deadlines.ONLY)
    )
    assert [each.name for each in parsed(publisher.feed(target, today=TODAY).body).walk()] == [
        *("VCALENDAR", "VTIMEZONE", "STANDARD"),
    ]
