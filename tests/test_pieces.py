"""Deadlines and parts as lines: what is read, what is refused with its number, and which keep their uid."""

from dataclasses import replace
from datetime import date, time
from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calendar_app import pieces, spans, texts
from calendar_app.errors import CalendarError
from calendar_app.events import Deadline, Draft, Event, Part
from calendar_app.fields import line
from calendar_app.messages import ERRORS
from calendar_app.spans import Span
from calendar_app.topics import DeadlineKind
from tests.conftest import NOW

FORUM = spans.parse("6-15 July 2027")
EVENT = Event.from_draft(Draft(title="Forum", span=FORUM, source="Letter"), uid="u", slug="forum", now=NOW)
ALLOWED = "registration, accreditation, side-event-application, input"
SEPTEMBER = date(2027, 9, 30)


def on(dates: str, start: str = "", end: str = "", zone: str = "UTC") -> Span:
    """A span from its texts."""
    span = spans.parse(dates)
    if not start:
        return span
    return spans.with_times(span, start=time.fromisoformat(start), end=time.fromisoformat(end), zone=zone)


def deadline(kind: str, day: str, uid: str = "") -> Deadline:
    return Deadline(uid=uid, kind=DeadlineKind(kind), day=spans.parse(day).first)


def part(title: str, span: Span | str, venue: str = "", url: str = "", uid: str = "") -> Part:
    return Part(uid=uid, title=title, span=on(span) if isinstance(span, str) else span, venue=venue, url=url)


def refused(read, text: str, **more: object) -> tuple[str, dict[str, object]]:
    with pytest.raises(CalendarError) as caught:
        read(text, **more)
    assert texts.of("en").error(caught.value)
    return caught.value.message, caught.value.data


def problems(event: Span | None = FORUM, **fields: str) -> list[tuple[str, int, str]]:
    return [(each.field, each.line, each.error.message) for each in pieces.read(fields, event).problems]


# One line


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("registration: 30 September 2027", "registration"),
        ("REGISTRATION : 2027-09-30", "registration"),
        ("Registration closes: 30 Sep 2027", "registration"),
        ("accreditation:30 September 2027", "accreditation"),
        ("side-event-application: 30 September 2027", "side-event-application"),
        ("Side event application: 30 September 2027", "side-event-application"),
        ("Side-event applications close: 30 September 2027", "side-event-application"),
        ("inputs are due: 30 September 2027", "input"),
    ],
)
def test_deadline_is_its_kind_and_its_day(text, kind):
    assert pieces.read_deadline(text) == Deadline(uid="", kind=DeadlineKind(kind), day=SEPTEMBER)


def test_deadline_is_read_under_its_name_in_every_language():
    for language in texts.LANGUAGES:
        for kind in DeadlineKind:
            name = texts.of(language).label("deadline", kind)
            assert pieces.read_deadline(f"{name}: 30 September 2027").kind is kind


@pytest.mark.parametrize(
    ("text", "message", "data"),
    [
        ("registration", "deadline-form", {}),
        ("registration:", "deadline-form", {}),
        ("registration 30 September 2027", "deadline-form", {}),
        ("30 September 2027: registration", "deadline-kind", {"text": "30 September 2027", "allowed": ALLOWED}),
        ("party: 30 September 2027", "deadline-kind", {"text": "party", "allowed": ALLOWED}),
        ("x" * 900 + ": 2027", "deadline-kind", {"text": "x" * 60, "allowed": ALLOWED}),
        (": 30 September 2027", "deadline-kind", {"text": "", "allowed": ALLOWED}),
        ("registration: September 2027", "deadline-day", {"dates": "September 2027"}),
        ("registration: 2027", "deadline-day", {"dates": "2027"}),
        ("registration: 29-30 September 2027", "deadline-day", {"dates": "29-30 September 2027"}),
        (
            "registration: 9/10/2027",
            "span-ambiguous",
            {"text": "9/10", "one": "9 October", "other": "10 September", "example": "9 October 2027"},
        ),
        ("registration: soon", "span-unreadable", {"text": "soon"}),
        ("registration: 30 September", "span-no-year", {"text": "30 September"}),
    ],
)
def test_line_that_is_no_deadline_is_refused(text, message, data):
    assert refused(pieces.read_deadline, text) == (message, data)


def test_deadline_lies_on_the_last_day_of_its_event_at_the_latest():
    assert pieces.read_deadline("input: 15 July 2027", event=FORUM).day == FORUM.last
    told = {"day": date(2027, 7, 16), "last": date(2027, 7, 15)}
    assert refused(pieces.read_deadline, "input: 16 July 2027", event=FORUM) == ("deadline-late", told)
    assert pieces.read_deadline("input: 31 July 2027", event=on("July 2027")).day == date(2027, 7, 31)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13-15 July 2027: Ministerial segment", part("Ministerial segment", "13-15 July 2027")),
        ("July 2027: Youth track", part("Youth track", "July 2027")),
        ("2027: Consultations", part("Consultations", "2027")),
        ("6 July 2027: A: b: c", part("A: b: c", "6 July 2027")),
        (
            "6 July 2027, 13:15-14:30: AI for the SDGs @ Conference Room 4 https://example.org/ai",
            part(
                *("AI for the SDGs", on("6 July 2027", "13:15", "14:30")),
                *("Conference Room 4", "https://example.org/ai"),
            ),
        ),
        ("6 July 2027,9:00 – 10:30: A", part("A", on("6 July 2027", "09:00", "10:30"))),
        ("2027-07-06, 09:00-10:30: A", part("A", on("6 July 2027", "09:00", "10:30"))),
        ("6 July 2027: A HTTPS://Example.org/A", part("A", "6 July 2027", url="https://Example.org/A")),
        ("6 July 2027: @home, me@example.org", part("@home, me@example.org", "6 July 2027")),
        ("6 July 2027: الجزء @ القاعة", part("الجزء", "6 July 2027", "القاعة")),
        ("6 July 2027: " + "x" * 200 + " @ " + "y" * 200, part("x" * 200, "6 July 2027", "y" * 200)),
    ],
)
def test_part_is_dates_title_venue_and_link(text, found):
    assert pieces.read_part(text) == found


@pytest.mark.parametrize(
    ("text", "message", "data"),
    [
        ("Ministerial segment", "part-form", {}),
        ("13-15 July 2027", "part-form", {}),
        ("13-15 July 2027:", "part-form", {}),
        ("13-15 July 2027:Ministerial segment", "part-form", {}),
        ("13-15 July 2027:Ministerial segment: opening", "part-form", {}),
        ("13-15 July 2027: https://example.org/", "part-form", {}),
        ("13-15 July 2027: @ Room 4", "part-form", {}),
        ("13-15 July 2027: A @", "part-venue", {}),
        ("13-15 July 2027: A @ B @ C", "part-venue", {}),
        ("13-15 July 2027: A @ @ C", "part-venue", {}),
        ("13-15 July 2027: A @ https://example.org/", "part-venue", {}),
        ("13-15 July 2027: A https://example.org/ @ B", "part-link", {}),
        ("13-15 July 2027: A www.un.org https://example.org/", "part-link", {}),
        ("13-15 July 2027: A www.un.org", "link-scheme", {"suggestion": "https://www.un.org"}),
        ("13-15 July 2027: A ftp://example.org/", "link-unreadable", {}),
        ("13-15 July 2027: A javascript://example.org/%0aalert(1)", "link-unreadable", {}),
        ("13-15 July 2027: A https://user@example.org/", "link-unreadable", {}),
        ("13-15 July 2027: A (https://example.org/)", "link-unreadable", {}),
        ('13-15 July 2027: A http://a"b/', "link-unreadable", {}),
        ("13-15 July 2027: A https://example.org\\page", "link-unreadable", {}),
        ("13-15 July 2027: A https://example.org/" + "x" * 981, "text-long", {"most": 1000, "count": 1001}),
        ("13-15 July 2027: " + "x" * 201, "text-long", {"most": 200, "count": 201}),
        ("13-15 July 2027: A @ " + "x" * 201, "text-long", {"most": 200, "count": 201}),
        ("13-15 July 2027: …", "title-signs", {}),
        (": A", "span-empty", {}),
        ("soon: A", "span-unreadable", {"text": "soon"}),
        ("July 6, 2027: A", "span-month-first", {"example": "6 July 2027"}),
        ("x" * 101 + ": A", "span-too-long", {"limit": 100}),
        ("6 July 2027 13:15-14:30: A", "part-time", {}),
        ("6 July 2027, 13:15: A", "part-time", {}),
        ("13:15-14:30: A", "part-time", {}),
        ("6 July 2027: 13:15-14:30: A", "part-time", {}),
        ("6 July 2027: 13:15-14:30 A", "part-time", {}),
        ("6 July 2027, 13.15-14.30: A", "span-unreadable", {"text": "6 July 2027, 13.15-14.30"}),
        ("6 July 2027, 13:15-24:00: A", "time-unreadable", {}),
        ("6 July 2027, 14:30-13:15: A", "span-times-backwards", {"start": "14:30", "end": "13:15"}),
        ("6-7 July 2027, 13:15-14:30: A", "span-times-days", {"dates": "6-7 July 2027"}),
        ("July 2027, 13:15-14:30: A", "span-times-days", {"dates": "July 2027"}),
    ],
)
def test_line_that_is_no_part_is_refused(text, message, data):
    assert refused(pieces.read_part, text) == (message, data)


def test_time_that_the_clocks_of_the_zone_skip_is_refused():
    told = {"time": "02:30", "dates": "28 March 2027", "zone": "Europe/Zurich"}
    text = "28 March 2027, 2:30-4:00: A"
    assert refused(pieces.read_part, text, zone="Europe/Zurich") == ("span-times-skipped", told)


@pytest.mark.parametrize(
    ("dates", "event"),
    [
        *[("5 June 2027", FORUM), ("15 August 2027", FORUM), ("June 2027", FORUM), ("August 2027", FORUM)],
        *[("2027", FORUM), ("1 June 2027", on("July 2027")), ("31 January 2029", on("2028"))],
    ],
)
def test_part_may_lie_a_month_from_its_event(dates, event):
    assert pieces.read_part(f"{dates}: A", event=event).span == on(dates)


@pytest.mark.parametrize(
    ("dates", "event"),
    [
        *[("4 June 2027", FORUM), ("16 August 2027", FORUM), ("1 June - 1 September 2027", FORUM)],
        *[("May 2027", FORUM), ("September-October 2027", FORUM), ("2028", FORUM), ("30 May 2027", on("July 2027"))],
    ],
)
def test_part_that_can_not_belong_to_its_event_is_refused(dates, event):
    told = {"dates": dates, "days": 31, "event": spans.write(event)}
    assert refused(pieces.read_part, f"{dates}: A", event=event) == ("part-far", told)


@pytest.mark.parametrize(
    ("piece", "text"),
    [
        (deadline("registration", "30 September 2027"), "registration: 30 September 2027"),
        (deadline("side-event-application", "2027-09-01"), "side-event-application: 1 September 2027"),
        (part("A", "13-15 July 2027"), "13-15 July 2027: A"),
        (part("A: b", "July 2027", "Room 4", "https://a.org/"), "July 2027: A: b @ Room 4 https://a.org/"),
        (part("A", on("6 July 2027", "09:05", "10:00")), "6 July 2027, 09:05-10:00: A"),
    ],
)
def test_piece_is_written_as_one_line(piece, text):
    assert pieces.write(piece) == text
    read = pieces.read_deadline if isinstance(piece, Deadline) else pieces.read_part
    assert read(text) == piece


_WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(line)
_WORDS = st.lists(_WORD | st.sampled_from(["@", ":", "10:30", "www.un.org", "https://a.org/"]), max_size=8)
_WHEN = st.sampled_from(["6 July 2027", "6 July 2027, 9:00-10:30", "6-7 July 2027", "July 2027", "2027", "soon", ""])


def accepted(text: str) -> Part | None:
    """The part that a line tells; None if it is refused in words that we have."""
    try:
        return pieces.read_part(text)
    except CalendarError as error:
        return None if ERRORS[error.message] else pytest.fail(error.message)


@settings(deadline=None, max_examples=500)
@given(when=_WHEN, words=_WORDS)
@example(when="6 July 2027", words=["e", "\u0301a"])
def test_part_that_is_read_is_written_and_read_again_as_the_same(when, words):
    text = line(f"{when}: {' '.join(words)}")
    found = accepted(text)
    if found is None:
        return
    assert pieces.read_part(pieces.write(found)) == found
    assert line(pieces.write(found)) == pieces.write(found)


@settings(deadline=None)
@given(kind=st.sampled_from(DeadlineKind), day=st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_deadline_is_written_and_read_again_as_the_same(kind, day):
    found = Deadline(uid="", kind=kind, day=day)
    assert pieces.read_deadline(pieces.write(found)) == found


# The two fields


def test_fields_are_read_line_by_line():
    found = pieces.read(
        {
            "timezone": " America/New_York ",
            "deadlines": "\r\n registration:  1 May 2027\r\rinput: 1 June 2027\x00\n",
            "parts": "6 July 2027, 9:00-10:00: B\n5 July 2027: A",
        },
        FORUM,
    )
    assert found == pieces.Pieces(
        deadlines=(deadline("registration", "1 May 2027"), deadline("input", "1 June 2027")),
        parts=(part("B", on("6 July 2027", "09:00", "10:00", "America/New_York")), part("A", "5 July 2027")),
        problems=(),
    )


def test_every_problem_is_told_with_the_number_of_its_line():
    found = pieces.read(
        {
            "deadlines": "\n\nregistration: 1 May 2027\nparty: 1 May 2027\n\nREGISTRATION: 2027-05-01\ninput: soon",
            "parts": "A\r\n6 July 2027: A\r\n6 July 2028: A\r\n6 July 2027: A",
        },
        FORUM,
    )
    kind = CalendarError("deadline-kind", text="party", allowed=ALLOWED)
    assert [(each.field, each.line, each.error.message, each.error.data) for each in found.problems] == [
        ("deadlines", 4, "deadline-kind", kind.data),
        ("deadlines", 6, "line-twice", {"first": 3}),
        ("deadlines", 7, "span-unreadable", {"text": "soon"}),
        ("parts", 1, "part-form", {}),
        ("parts", 3, "part-far", {"dates": "6 July 2028", "days": 31, "event": "6-15 July 2027"}),
        ("parts", 4, "line-twice", {"first": 2}),
    ]


def test_lines_are_forty_at_most():
    lines = [f"{number} July 2027: Part {turn}" for number in (6, 7) for turn in range(20)]
    assert len(pieces.read({"parts": "\n\n".join(lines)}, FORUM).parts) == 40
    (problem,) = pieces.read({"parts": "\n".join([*lines, "nonsense"])}, FORUM).problems
    assert (problem.field, problem.line, problem.error.message) == ("parts", 0, "lines-long")
    assert problem.error.data == {"most": 40, "count": 41}


@pytest.mark.parametrize(
    ("fields", "example"),
    [
        ({}, "Europe/Zurich"),
        ({"timezone": "Mars/Olympus"}, "Europe/Zurich"),
        ({"city": "new york", "country": "us"}, "America/New_York"),
    ],
)
def test_times_without_a_zone_are_told_at_the_zone(fields, example):
    lines = "5 July 2027: A\n6 July 2027, 9:00-10:00: B\n7 July 2027, 11:00-10:00: C"
    (zone, wrong) = pieces.read({**fields, "parts": lines}, FORUM).problems
    told = {"line": 2, "example": example}
    assert (zone.field, zone.line, zone.error.message, zone.error.data) == ("timezone", 0, "part-zone", told)
    assert (wrong.field, wrong.line, wrong.error.message) == ("parts", 3, "span-times-backwards")


def test_dates_that_can_not_be_read_leave_the_lines_to_be_read():
    assert problems(None, deadlines="input: 1 May 2099", parts="1 May 1999: A\nB") == [("parts", 2, "part-form")]


@pytest.mark.parametrize("given", [{}, {"deadlines": "", "parts": " \r\n\t\n"}, {"deadlines": ["x"], "parts": None}])
def test_fields_without_lines_say_nothing(given):
    assert pieces.read(given, FORUM) == pieces.Pieces(deadlines=(), parts=(), problems=())


@settings(deadline=None, max_examples=300)
@given(
    deadlines=st.text(st.characters(), max_size=80),
    parts=st.text(st.characters(), max_size=80) | st.lists(_WORDS.map(" ".join), max_size=60).map("\n".join),
    zone=st.sampled_from(["", "UTC", "Europe/Zurich", "\ud800"]),
)
@example(deadlines="\ud800", parts="6 July 2027: \u202e\u2066", zone="")
@example(deadlines=":" * 5000, parts=": " * 30_000, zone="")
@example(deadlines="registration: " + "9" * 5000, parts="6 July 2027, " + "1" * 60_000 + ":00-2:00: A", zone="")
@example(deadlines="\u0130nput: 1 May 2027", parts=", ," * 20_000 + ": x", zone="UTC")
def test_whatever_is_typed_is_read_or_refused_in_words(deadlines, parts, zone):
    found = pieces.read({"deadlines": deadlines, "parts": parts, "timezone": zone}, FORUM)
    assert all(texts.of("en").error(each.error) for each in found.problems)
    written = {"timezone": zone or "UTC", **_written(found)}
    again = pieces.read(written, FORUM)
    assert (again.deadlines, len(again.parts), again.problems) == (found.deadlines, len(found.parts), ())


def _written(found: pieces.Pieces) -> dict[str, str]:
    return {name: "\n".join(map(pieces.write, getattr(found, name))) for name in pieces.FIELDS}


def test_fields_of_an_event_give_its_pieces_again():
    event = replace(
        EVENT,
        deadlines=(deadline("input", "1 May 2027", "d1"), deadline("registration", "1 June 2027", "d2")),
        parts=(
            part("A", on("6 July 2027", "09:00", "10:00"), "Room", "https://a.org/", "p1"),
            part("B", "2027", uid="p2"),
        ),
    )
    fields = pieces.fields_of(event)
    assert fields == {
        "deadlines": "input: 1 May 2027\nregistration: 1 June 2027",
        "parts": "6 July 2027, 09:00-10:00: A @ Room https://a.org/\n2027: B",
    }
    assert pieces.apply(event, {**fields, "timezone": "UTC"}, mint=_never) == event


def test_tidy_lines_are_written_one_way_and_sorted():
    assert pieces.tidy("deadlines", "REGISTRATION: 2027-05-01\r\n\nno deadline\ninput: 1 May 2027") == [
        "input: 1 May 2027",
        "no deadline",
        "registration: 1 May 2027",
    ]
    assert pieces.tidy("parts", "2027-07-06: A  @ B") == ["6 July 2027: A @ B"]


# Identity


def _never() -> str:
    raise AssertionError("nothing is new")


def applied(event: Event, **fields: str) -> Event:
    numbers = count(1)
    return pieces.apply(event, {"timezone": "UTC", **fields}, mint=lambda: f"new{next(numbers)}")


def test_new_pieces_get_a_uid_each_and_stand_in_order_of_time():
    found = applied(
        EVENT,
        deadlines="registration: 1 June 2027\ninput: 1 May 2027\nregistration: 1 May 2027",
        parts="July 2027: D\n6 July 2027, 9:00-10:00: C\n6 July 2027: B\n6 July 2027: A",
    )
    assert found == replace(
        EVENT,
        deadlines=(
            deadline("input", "1 May 2027", "new2"),
            deadline("registration", "1 May 2027", "new3"),
            deadline("registration", "1 June 2027", "new1"),
        ),
        parts=(
            *(part("A", "6 July 2027", uid="new7"), part("B", "6 July 2027", uid="new6")),
            part("C", on("6 July 2027", "09:00", "10:00"), uid="new5"),
            part("D", "July 2027", uid="new4"),
        ),
    )


DEADLINES = (
    deadline("input", "1 May 2027", "i"),
    deadline("registration", "1 June 2027", "r1"),
    deadline("registration", "15 June 2027", "r2"),
)
PARTS = (
    part("Opening", "6 July 2027", "Room 1", uid="a"),
    part("Ministerial segment", "13-15 July 2027", uid="b"),
    part("Closing", "15 July 2027", uid="c"),
)
FULL = replace(EVENT, deadlines=DEADLINES, parts=PARTS)


@pytest.mark.parametrize(
    ("lines", "uids"),
    [
        # Unchanged, in any order and form.
        ("registration: 15 June 2027\nINPUT: 2027-05-01\nregistration: 1 June 2027", ["i", "r1", "r2"]),
        # Another day of the same kind; the one that stands keeps its own.
        ("input: 2 May 2027\nregistration: 1 June 2027\nregistration: 15 June 2027", ["i", "r1", "r2"]),
        ("input: 1 May 2027\nregistration: 15 June 2027\nregistration: 20 June 2027", ["i", "r2", "r1"]),
        ("registration: 3 June 2027\nregistration: 4 June 2027", ["r1", "r2"]),
        # One gone, one new.
        ("registration: 15 June 2027", ["r2"]),
        ("registration: 30 June 2027", ["r1"]),
        ("input: 1 May 2027\naccreditation: 2 May 2027\ninput: 3 May 2027", ["i", "new1", "new2"]),
        ("accreditation: 1 May 2027", ["new1"]),
        ("", []),
    ],
)
def test_deadline_keeps_its_uid_where_it_is_the_same(lines, uids):
    assert [each.uid for each in applied(FULL, deadlines=lines).deadlines] == uids
    assert applied(FULL, deadlines=lines).parts == PARTS


@pytest.mark.parametrize(
    ("lines", "uids"),
    [
        # The same title, whatever else is new; one before it changes nothing.
        ("5 July 2027: OPENING @ Room 2\n13-15 July 2027: Ministerial segment\n15 July 2027: Closing", ["a", "b", "c"]),
        ("1 July 2027: New\n6 July 2027: Opening @ Room 1", ["new1", "a"]),
        # Another title on the same days.
        ("6 July 2027: Opening\n13-15 July 2027: High-level segment\n15 July 2027: Closing", ["a", "b", "c"]),
        ("13-15 July 2027: High-level segment", ["b"]),
        # Another title on other days is another part, also in the same line.
        ("6 July 2027: Opening\n12-14 July 2027: High-level segment\n15 July 2027: Closing", ["a", "new1", "c"]),
        ("7 July 2027: Youth @ Room 9 https://a.org/\n13-15 July 2027: Ministerial segment", ["new1", "b"]),
        # Titles that change places are known by their titles.
        ("6 July 2027: Closing\n15 July 2027: Opening", ["c", "a"]),
        ("6 July 2027: Opening\n7 July 2027: Opening", ["a", "new1"]),
        ("6 July 2027: A\n7 July 2027: B\n8 July 2027: C\n9 July 2027: D", ["a", "new1", "new2", "new3"]),
        ("", []),
    ],
)
def test_part_keeps_its_uid_where_it_is_the_same(lines, uids):
    assert [each.uid for each in applied(FULL, parts=lines).parts] == uids
    assert applied(FULL, parts=lines).deadlines == DEADLINES


def test_pieces_that_are_the_same_stay_as_they_stand():
    turned = replace(FULL, deadlines=DEADLINES[::-1], parts=PARTS[::-1])
    for event in (FULL, turned):
        assert pieces.apply(event, pieces.fields_of(FULL), mint=_never) == event
        assert pieces.apply(event, {}, mint=_never) == event


@settings(deadline=None)
@given(data=st.data())
def test_uid_is_never_given_twice(data):
    lines = st.lists(st.sampled_from([f"{day} July 2027: {title}" for day in (6, 7) for title in "ABC"]), unique=True)
    event = applied(EVENT, parts="\n".join(data.draw(lines)))
    event = replace(event, parts=tuple(replace(each, uid=f"old{each.uid}") for each in event.parts))
    found = applied(event, parts="\n".join(data.draw(lines))).parts
    assert len({each.uid for each in found}) == len(found)
