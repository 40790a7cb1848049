"""Foreign calendars: what five programs export, our own feeds read back, and no bytes that break the reader."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from calendar_app import options, spans, submissions, texts
from calendar_app.errors import CalendarError
from calendar_app.events import Event
from calendar_app.imports import MOST_ROWS, Reading, read_ics
from calendar_app.imports.limits import LARGEST, MOST_WORK
from calendar_app.options import Deadlines, Options
from calendar_app.publish import named, selected
from calendar_app.selection import Selection
from calendar_app.store import events
from calendar_app.topics import Confidence, Status
from tests.conftest import TODAY
from tests.test_ical import CONTEXT, MEETING, TIMED, entry, whole

ICS = Path(__file__).parent / "ics"
WINDOW = (date(2026, 11, 1), date(2028, 12, 31))
SAY = texts.of("en").error


def read(data: bytes | str, window: tuple[date, date] = WINDOW) -> Reading:
    return read_ics(data.encode() if isinstance(data, str) else data, window=window)


def calendar(*events: str, head: str = "", tail: str = "END:VCALENDAR\r\n") -> str:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}{tail}".replace("\r\n", "\n").replace("\n", "\r\n")


def one(*lines: str, head: str = "") -> Any:
    (row,) = read(calendar("\n".join(("UID:a", *lines)), head=head)).rows
    return row


def told(reading: Reading) -> list[tuple[str, dict[str, Any], list[tuple[str, str]], list[str]]]:
    return [
        (
            row.key,
            dict(row.fields),
            [(problem.field, SAY(problem.error)) for problem in row.problems],
            [SAY(note) for note in row.notes],
        )
        for row in reading.rows
    ]


def dates(reading: Reading) -> list[tuple[str, str]]:
    return [(row.key.partition("/")[2], row.fields.get("dates", "")) for row in reading.rows]


def test_export_of_google_is_read():
    reading = read((ICS / "google.ics").read_bytes())
    assert (reading.title, reading.origin, reading.complete, reading.notes) == ("UN meetings", "UN meetings", True, ())
    call = {"status": "confirmed", "start_time": "09:30", "end_time": "10:30", "timezone": "America/New_York"}
    assert told(reading) == [
        (
            "5kq8v0h3c2r7@google.com",
            {
                "title": "HLPF 2027",
                "description": "High-level Political Forum.\nSee the page and bring:\n- badge\n- laptop",
                "status": "confirmed",
                "city": "New York",
                "country": "US",
                "venue": "United Nations Headquarters, 405 E 42nd St",
                "dates": "6-15 July 2027",
            },
            [],
            [],
        ),
        (
            "1m2n3b4v5c6x@google.com",
            {
                "title": "Reception; after the forum",
                "status": "tentative",
                "city": "New York",
                "country": "US",
                "dates": "17 May 2027",
                "start_time": "18:00",
                "end_time": "19:30",
                "timezone": "America/New_York",
            },
            [],
            [],
        ),
        ("monthly7890@google.com/2027-01-04", {"title": "Monthly call", "dates": "4 January 2027", **call}, [], []),
        ("monthly7890@google.com/2027-04-05", {"title": "Monthly call", "dates": "5 April 2027", **call}, [], []),
        (
            "monthly7890@google.com/2027-03-01",
            {
                **call,
                "title": "Monthly call (moved)",
                "dates": "2 March 2027",
                "start_time": "15:00",
                "end_time": "16:00",
            },
            [],
            [],
        ),
    ]


def test_export_of_outlook_is_read():
    reading = read((ICS / "outlook.ics").read_bytes())
    uid = "040000008200E00074C5B7101A82E00800000000D06D2E1"
    assert (reading.title, reading.origin) == ("Liaison", "{0000002E-8A3B-4F2E-A34C-5C2F7C6D1A11}")
    assert [SAY(note) for note in reading.notes] == [
        "Left out: 1 of its entries are tasks, notes or free times, and no events."
    ]
    assert told(reading) == [
        (
            f"{uid}C",
            {
                "title": "Briefing of missions",
                "description": "Bring the statement.\n\nSecond page.",
                "city": "Geneva",
                "country": "CH",
                "venue": "Room XVII, Palais des Nations",
                "dates": "8 March 2027",
                "start_time": "09:00",
                "end_time": "12:30",
                "timezone": "Europe/Zurich",
            },
            [],
            ["It is marked as private in the calendar it comes from. Ask before you publish it."],
        ),
        (f"{uid}D", {"title": "Retreat", "dates": "18-19 March 2027"}, [], []),
        (
            f"{uid}E",
            {"title": "Drafting session", "status": "cancelled", "mode": "online", "dates": "16-17 March 2027"},
            [],
            ["It lasts from 09:00 to 17:00 of another day, so its days were taken without the times."],
        ),
        (
            f"{uid}F",
            {"title": "Visit", "dates": "10 March 2027"},
            [],
            ["Its time zone, “Customized Time Zone”, is not known, so its days were taken and its hours left out."],
        ),
    ]


def test_export_of_apple_is_read():
    uid = "8A1F0C0E-1B5D-4D0C-9C38-2E7F6C6E1A0"
    left = "Left out: “message://%3c1234@example.org%3e” is no address of a page."
    assert told(read((ICS / "apple.ics").read_bytes())) == [
        (
            f"{uid}1",
            {
                "title": "COP 32",
                "url": "https://unfccc.int/cop32",
                "city": "Addis Ababa",
                "country": "ET",
                "venue": "Centre de conférences",
                "dates": "8-19 November 2027",
            },
            [],
            [],
        ),
        (f"{uid}2/2027-05-17", {"title": "World Telecommunication Day", "dates": "17 May 2027"}, [], [left]),
        (f"{uid}2/2028-05-17", {"title": "World Telecommunication Day", "dates": "17 May 2028"}, [], [left]),
    ]


def test_export_of_thunderbird_is_read_and_its_broken_event_reported():
    uid = "2c3c5a9b-9d2a-4f53-8f30-6a9d1a7d000"
    assert told(read((ICS / "thunderbird.ics").read_bytes())) == [
        (
            f"{uid}1",
            {
                "title": "Subsidiary bodies: opening",
                "description": "Item 1\nItem 2",
                "status": "confirmed",
                "city": "Bonn",
                "country": "DE",
                "venue": "World Conference Center",
                "themes": ["climate-change"],
                "sdgs": ["13"],
                "dates": "7 June 2027",
                "start_time": "10:00",
                "end_time": "12:30",
                "timezone": "Europe/Berlin",
            },
            [],
            [],
        ),
        (
            f"{uid}2",
            {"title": "Broken one"},
            [("dates", "Its DTSTART can’t be read. Add the event by hand, or export it again.")],
            [],
        ),
        (
            f"{uid}3",
            {"title": "Still read", "mode": "online", "dates": "1 July 2027"},
            [],
            [
                "Left out: its SEQUENCE can’t be read.",
                "Left out: 1 of its lines can’t be read.",
                "Left out: the link that stands for its place, https://meet.example.org/room.",
            ],
        ),
    ]


def test_export_of_indico_is_read_by_the_clock_of_its_venue():
    page = "https://indico.example.org/event/1234/"
    assert told(read((ICS / "indico.ics").read_bytes())) == [
        (
            "indico-event-1234@indico.example.org",
            {
                "title": "Data Forum 2027",
                "url": page,
                "description": f"Everything about data\n\n{page}",
                "city": "Medellín",
                "country": "CO",
                "dates": "12-15 April 2027",
            },
            [],
            ["It lasts from 02:00 to 11:00 of another day, so its days were taken without the times."],
        )
    ]


def fields_told(event: Event) -> dict[str, Any]:
    """The fields that a feed of ours tells of an event."""
    fields = submissions.fields_of(event)
    for name in ("kind", "role", "deadlines", "parts"):
        del fields[name]
    fields["convener"] = "" if event.series else event.convener
    fields["mode"] = "" if fields["mode"] == "in-person" else fields["mode"]
    fields["venue"] = "" if fields["venue"] == "online" else fields["venue"]  # which the feed says once
    fields["timezone"] = event.span.zone or ""
    return {name: value for name, value in fields.items() if value}


@pytest.mark.parametrize("query", [{}, {"lang": "fr", "undated": "span", "cancelled": "title"}])
def test_feed_of_our_own_reads_back_as_the_catalogue(store, publisher, query):
    chosen, _ = options.parse(query.items())
    target = selected(Selection(), "ics", options=chosen) if query else named(store, "all", "ics")
    reading = read(publisher.feed(target, today=TODAY).body)
    known = {event.uid: event for event in events.by_ids(store, list(range(1, 10_000)))}
    assert len(reading.rows) > 300
    wrong = [
        (row.fields, expected)
        for row in reading.rows
        if dict(row.fields) != (expected := fields_told(known[row.key])) or row.problems
    ]
    assert wrong == []
    assert {row.key for row in reading.rows if row.notes} == {
        uid for uid in (row.key for row in reading.rows) if known[uid].confidence is Confidence.LOW
    }


def test_feed_of_our_own_leaves_out_tombstones_and_what_belongs_to_others():
    both = replace(CONTEXT, options=Options(deadlines=Deadlines.WITH))
    gone = replace(MEETING, uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f009", status=Status.WITHDRAWN, deadlines=())
    reading = read(whole(entry(MEETING, both), entry(gone)))
    assert [row.fields["title"] for row in reading.rows] == ["Data Forum"]
    assert [SAY(note) for note in reading.notes] == [
        "Left out: 1 of its events are withdrawn in the calendar they come from.",
        "Left out: 2 of its entries are deadlines or parts of other events.",
    ]


def test_timed_event_of_our_own_reads_back_by_the_clock_of_its_venue():
    (row,) = read(whole(entry(TIMED))).rows
    assert dict(row.fields) == {**fields_told(TIMED), "convener": "ITU"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART;VALUE=DATE:20270706"], {"dates": "6 July 2027"}),
        (["DTSTART;VALUE=DATE:20270706", "DTEND;VALUE=DATE:20270706"], {"dates": "6 July 2027"}),
        (["DTSTART;VALUE=DATE:20270706", "DURATION:P3D"], {"dates": "6-8 July 2027"}),
        (["DTSTART:20270706T090000", "DTEND:20270706T100000"], {"dates": "6 July 2027"}),
        (
            ["DTSTART:20270706T090000Z", "DURATION:PT1H30M"],
            {"dates": "6 July 2027", "start_time": "09:00", "end_time": "10:30", "timezone": "UTC"},
        ),
        (
            ["DTSTART:20270706T090000", "DTEND:20270706T100000", "LOCATION:Geneva"],
            {
                "dates": "6 July 2027",
                "start_time": "09:00",
                "end_time": "10:00",
                "timezone": "Europe/Zurich",
                "city": "Geneva",
                "country": "CH",
            },
        ),
        (["DTSTART;TZID=Nowhere/Town:20270706T090000", "DTEND:20270706T100000Z"], {"dates": "6 July 2027"}),
        (["DTSTART:20270706T090000Z"], {"dates": "6 July 2027"}),
        (["DTSTART:20270706T230000Z", "DTEND:20270707T010000Z"], {"dates": "6-7 July 2027"}),
        (
            ["DTSTART;TZID=Asia/Tokyo:20270706T000000", "DTEND;TZID=Asia/Tokyo:20270708T000000"],
            {"dates": "6-7 July 2027"},
        ),
    ],
)
def test_days_and_hours_of_an_event(lines, expected):
    assert dict(one(*lines).fields) == expected


def test_calendar_tells_the_clock_of_times_that_name_none():
    row = one("DTSTART:20270706T090000", "DTEND:20270706T100000", head="X-WR-TIMEZONE:Asia/Tokyo\n")
    assert row.fields["timezone"] == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("lines", "field", "message"),
    [
        (["DTSTART:99"], "dates", "import-property"),
        (["DTSTART;VALUE=DATE:20270706", "DTEND;VALUE=DATE:20270704"], "dates", "span-backwards"),
        (["DTSTART;VALUE=DATE:10000101"], "dates", "span-year-range"),
        (["DTSTART;VALUE=DATE:20270706", "DURATION:P999999999D"], "dates", "span-year-range"),
        (["DTSTART;VALUE=DATE:99991231"], "dates", "span-year-range"),
        (["DTSTART;VALUE=DATE:20270706", "RRULE:FREQ=HOURLY"], "dates", "import-rule-often"),
        (["DTSTART;VALUE=DATE:20270706", "RRULE:FREQ=MINUTELY;COUNT=1"], "dates", "import-rule-often"),
        (["DTSTART;VALUE=DATE:20270706", "RRULE:FREQ=SECONDLY;BYSECOND=61"], "dates", "import-rule-often"),
        (["DTSTART;VALUE=DATE:20270706", "RRULE:FREQ=DAILY;BYMINUTE=1,2"], "dates", "import-rule-often"),
        (["DTSTART;VALUE=DATE:20270706", "RRULE:FREQ=DAILY;INTERVAL=0"], "dates", "import-rule"),
        (["DTSTART;VALUE=DATE:20270706", "RRULE:FREQ=YEARLY;BYEASTER=1"], "dates", "import-rule"),
        (["DTSTART;VALUE=DATE:20270706", "RRULE:RSCALE=HEBREW;FREQ=YEARLY"], "dates", "import-rule"),
        (["DTSTART;VALUE=DATE:20270706", "RRULE:FREQ=NEVER"], "dates", "import-property"),
        (["DTSTART;VALUE=DATE:20270706", "EXRULE:FREQ=DAILY"], "dates", "import-property"),
    ],
)
def test_event_that_cannot_be_read_is_a_problem_of_its_own(lines, field, message):
    good = "UID:good\nDTSTART;VALUE=DATE:20270101\nSUMMARY:Good"
    reading = read(calendar("\n".join(("UID:bad", *lines)), good))
    bad, kept = reading.rows
    assert [(problem.field, problem.error.message) for problem in bad.problems] == [(field, message)]
    assert (kept.place, kept.fields["title"], kept.problems) == (2, "Good", ())


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["DTSTART;VALUE=DATE:20270101", "RRULE:FREQ=WEEKLY;COUNT=3", "RDATE;VALUE=DATE:20270305"],
            ["1 January 2027", "8 January 2027", "15 January 2027", "5 March 2027"],
        ),
        (
            ["DTSTART;VALUE=DATE:20270101", "RRULE:FREQ=WEEKLY;UNTIL=20270115", "EXDATE;VALUE=DATE:20270108"],
            ["1 January 2027", "15 January 2027"],
        ),
        (
            ["DTSTART;TZID=Asia/Tokyo:20270101T080000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20270102T230000Z"],
            ["1 January 2027", "2 January 2027", "3 January 2027"],
        ),
        (
            ["DTSTART;TZID=Asia/Tokyo:20270101T080000", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20270101T230000Z"],
            ["1 January 2027", "3 January 2027"],
        ),
        # The start is an occurrence although the rule doesn't fit it, and counts as one.
        (
            ["DTSTART;VALUE=DATE:20270102", "RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=2"],
            ["2 January 2027", "4 January 2027"],
        ),
        # What began before the window and lasts into it is in it; what ended before it is not.
        (
            ["DTSTART;VALUE=DATE:20161030", "DTEND;VALUE=DATE:20161102", "RRULE:FREQ=YEARLY;INTERVAL=10"],
            ["30 October - 1 November 2026"],
        ),
        (["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"], ["29 February 2028"]),
    ],
)
def test_occurrences_of_a_rule(lines, expected):
    assert [day for _, day in dates(read(calendar("\n".join(("UID:a", *lines)))))] == expected


def test_occurrences_are_known_by_their_day_and_a_second_one_by_its_hour():
    reading = read(calendar("UID:a\nDTSTART:20270101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYHOUR=9,15;COUNT=3"))
    assert [row.key for row in reading.rows] == ["a/2027-01-01", "a/2027-01-01T1500", "a/2027-01-02"]


def test_occurrences_beyond_the_cap_are_left_out_with_the_cap_named():
    reading = read(calendar("UID:a\nDTSTART;VALUE=DATE:20270101\nRRULE:FREQ=DAILY"))
    assert (len(reading.rows), reading.complete) == (500, False)
    assert [SAY(note) for note in reading.notes] == [
        "1 of its events recur more than 500 times. Only the first 500 of each were taken."
    ]


def test_occurrences_of_a_whole_file_are_capped_with_the_cap_named():
    daily = "DTSTART;VALUE=DATE:20270101\nRRULE:FREQ=DAILY;COUNT=400"
    reading = read(calendar(*(f"UID:{number}\n{daily}" for number in range(20))))
    assert (len(reading.rows), reading.complete) == (MOST_ROWS, False)
    assert [SAY(note) for note in reading.notes] == [
        "With all occurrences there are more than 5000 events in it. Only the first were taken."
    ]


def test_event_without_an_occurrence_in_the_window_is_noted():
    reading = read(calendar("UID:a\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=DAILY;COUNT=5"))
    assert (reading.rows, reading.complete) == ((), True)
    assert [SAY(note) for note in reading.notes] == [
        "Left out: 1 of its events recur, and not once from 1 November 2026 to 31 December 2028."
    ]


NEVER = ["BYMONTH=2;BYMONTHDAY=31", "BYMONTH=2;BYMONTHDAY=30,31;BYSETPOS=-1", "BYYEARDAY=366;BYMONTH=1", "BYSETPOS=366"]


@pytest.mark.parametrize("frequency", ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"])
def test_rules_that_fit_no_day_end_quickly(frequency):
    rules = [
        f"UID:{place}\nDTSTART:19000101T000000Z\nRRULE:FREQ={frequency};{part}" for place, part in enumerate(NEVER)
    ]
    began = time.process_time()
    reading = read(calendar(*rules))
    assert time.process_time() - began < 5  # some 0.3 s; dateutil alone takes up to 20 s or never ends
    assert [row for row in reading.rows if row.fields["dates"] != "1 January 1900" and not row.problems] == []


def test_work_for_all_rules_of_a_file_is_bounded():
    rule = "DTSTART:00010101T000000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"
    began = time.process_time()
    reading = read(calendar(*(f"UID:{number}\n{rule}" for number in range(1_000))))
    assert time.process_time() - began < 20  # some 3 s
    assert {problem.error.message for row in reading.rows for problem in row.problems} == {"import-rule-work"}
    assert reading.rows[-1].problems[0].error.data == {"most": MOST_WORK}
    assert not reading.complete


def test_latest_version_of_an_event_wins():
    old, new, oldest = (
        f"UID:a\nSEQUENCE:{number}\nDTSTART;VALUE=DATE:20270101\nSUMMARY:{number}" for number in (2, 10, 1)
    )
    reading = read(calendar(old, new, oldest))
    assert [(row.key, row.fields["title"]) for row in reading.rows] == [("a", "10")]
    assert [note.message for note in reading.notes] == ["import-twice"]


def test_changed_occurrence_stands_alone_where_its_event_is_not_in_the_file():
    reading = read(calendar("UID:a\nRECURRENCE-ID;VALUE=DATE:20270104\nDTSTART;VALUE=DATE:20270105"))
    assert [(row.key, row.fields["dates"]) for row in reading.rows] == [("a/2027-01-04", "5 January 2027")]


def test_event_without_an_identity_is_known_by_title_and_year():
    same = "DTSTART;VALUE=DATE:20270101\nSUMMARY:Réunion"
    assert [row.key for row in read(calendar(same, same)).rows] == ["reunion 2027", "reunion 2027#2"]


def test_several_calendars_of_a_file_are_read():
    first, second = (calendar(f"UID:{name}\nDTSTART;VALUE=DATE:20270101") for name in "ab")
    assert [row.key for row in read(first + second).rows] == ["a", "b"]


def test_file_that_ends_too_early_says_so_and_keeps_the_rest():
    good, bad = ("UID:a\nDTSTART;VALUE=DATE:20270101", "UID:b\nDTSTART;VALUE=DATE:20270102")
    whole_file = calendar(good, bad)
    reading = read(whole_file[: whole_file.rindex("END:VEVENT")])
    assert [(row.key, [problem.error.message for problem in row.problems]) for row in reading.rows] == [
        ("a", []),
        ("b", ["import-cut"]),
    ]
    assert ([note.message for note in reading.notes], reading.complete) == (["import-file-cut"], False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_read_in_every_usual_encoding(encoding):
    reading = read(calendar("UID:a\nDTSTART;VALUE=DATE:20270101\nSUMMARY:Conférence à Genève").encode(encoding))
    assert reading.rows[0].fields["title"] == "Conférence à Genève"
    assert [note.message for note in reading.notes] == (["import-windows"] if encoding == "cp1252" else [])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This is no calendar: nothing in it begins with BEGIN:VCALENDAR. Export it again."),
        (b"BEGIN:VCARD\nEND:VCARD", "This is no calendar: nothing in it begins with BEGIN:VCALENDAR. Export it again."),
        (b"BEGIN:VCALENDAR\0", "This is no text. Save a workbook as CSV, or copy the rows and paste them."),
        (b"PK\x03\x04rest", "This is no text. Save a workbook as CSV, or copy the rows and paste them."),
        (b"\xff\xfe\x00", "The letters can’t be read. Save the file as UTF-8."),
        (b"\x81\x8d", "The letters can’t be read. Save the file as UTF-8."),
        (
            b" " * (LARGEST + 1),
            "It is too large: an import takes at most 2 MB. Take out what is not needed, or split it.",
        ),
        (
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 5,
            "Its components stand more than 5 deep inside each other. Export it again.",
        ),
        (
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * (MOST_ROWS + 1),
            "An import takes at most 5000 events. Split it, and import the pieces one after the other.",
        ),
    ],
)
def test_file_that_is_none_is_refused_with_the_limit_named(data, words):
    with pytest.raises(CalendarError) as refused:
        read(data)
    assert SAY(refused.value) == words


def test_long_and_many_properties_are_left_out():
    lines = [f"EXDATE;VALUE=DATE:{20270101 + number % 28}" for number in range(2_001)]
    row = one("DTSTART;VALUE=DATE:20270101", f"DESCRIPTION:{'x' * 70_000}", *lines)
    assert [problem.error.data for problem in row.problems] == [{"name": "EXDATE"}]
    assert [note.data for note in row.notes] == [{"name": "DESCRIPTION"}]


def test_description_and_venue_are_cut_with_a_note():
    row = one("DTSTART;VALUE=DATE:20270101", f"DESCRIPTION:{'word ' * 2_000}", f"LOCATION:{'hall ' * 60}")
    assert (len(row.fields["description"]) <= 5_000, len(row.fields["venue"]) <= 200) == (True, True)
    assert [SAY(note) for note in row.notes] == [
        "The description was cut to 5000 characters.",
        "The venue was cut to 200 characters.",
    ]


def test_zone_that_a_file_makes_up_changes_no_other_file():
    made_up = "BEGIN:VTIMEZONE\nTZID:X\nX-LIC-LOCATION:Asia/Tokyo\nEND:VTIMEZONE\n"
    lines = ("DTSTART;TZID=X:20270101T090000", "DTEND;TZID=X:20270101T100000")
    assert one(*lines, head=made_up).fields["timezone"] == "Asia/Tokyo"
    assert "timezone" not in one(*lines).fields


NAMES = ["DTSTART", "DTSTART;VALUE=DATE", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY"]
NAMES += ["DTSTART;TZID=/a/Europe/Paris", "LOCATION", "DESCRIPTION", "CATEGORIES", "URL", "UID", "SEQUENCE", "STATUS"]
NAMES += ['RELATED-TO;RELTYPE="', "BEGIN", "END", "X", "PRODID", "EXRULE", "CLASS", "REFID", "X-WR-TIMEZONE"]
VALUES = ["20270101", "20270101T000000Z", "00010101T000000Z", "99991231T235959Z", "P1D", "-P9999999W", "VEVENT"]
VALUES += ["FREQ=DAILY", "FREQ=YEARLY;BYDAY=-53MO;BYSETPOS=2;BYHOUR=3", "FREQ=WEEKLY;UNTIL=99991231", "VALARM", "\\"]
VALUES += ["Geneva, (CH) - online", "<a <br>&#0;", "20270101/P1D", "-//UN Forum Calendar//Feeds//EN", "CANCELLED: x"]
LINES = st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=20)).map(":".join)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(LINES, max_size=8).map("\n".join), max_size=3), st.booleans())
@example(["DTSTART:99991231T235959Z\nDURATION:P1D\nRRULE:FREQ=DAILY"], True)
@example(["DTSTART:00010101T000000Z\nLOCATION:New York\nDTEND:00010101T000000"], True)
def test_no_calendar_breaks_the_reader(blocks, ours):
    head = "PRODID:-//UN Forum Calendar//Feeds//EN\n" if ours else ""
    try:
        reading = read(calendar(*blocks, head=head).encode("utf-8", "surrogatepass"))
    except CalendarError as error:
        SAY(error)
    else:
        check(reading)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2_000))
def test_no_bytes_break_the_reader(noise, place):
    body = (ICS / "google.ics").read_bytes()
    try:
        reading = read(body[:place] + noise + body[place + len(noise) :])
    except CalendarError as error:
        SAY(error)
    else:
        check(reading)


def check(reading: Reading) -> None:
    """Every row has a key of its own, every problem and note its words, and the dates are those of the form."""
    assert len({row.key for row in reading.rows}) == len(reading.rows)
    assert all(row.key for row in reading.rows)
    assert all(SAY(error) for error in reading.notes)
    for row in reading.rows:
        assert all(SAY(problem.error) for problem in row.problems)
        assert all(SAY(note) for note in row.notes)
        assert set(row.fields) <= set(submissions.FIELDS)
        if "dates" in row.fields:
            assert spans.write(spans.parse(row.fields["dates"])) == row.fields["dates"]
