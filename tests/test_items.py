"""What feeds tell of an event: itself, its parts, its last days, and which of them have a place where."""

from dataclasses import replace
from datetime import date

import pytest

from calendar_app import spans
from calendar_app.events import Deadline, Part
from calendar_app.formats import FORMATS
from calendar_app.options import DEFAULT, Deadlines, Options, Undated
from calendar_app.publish import Publisher, selected
from calendar_app.selection import Selection
from calendar_app.store import events
from calendar_app.topics import Confidence, DeadlineKind, Mode, Status
from tests.conftest import TODAY
from tests.test_ical import MEETING, keep, parsed

DAY = "7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f0d1"
DATED, VAGUE = "7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f0d2", "7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f0d3"
YEAR = replace(
    MEETING,
    span=spans.parse("2028"),
    deadlines=(Deadline(uid=DAY, kind=DeadlineKind.INPUT, day=date(2027, 7, 31)),),
    parts=(
        Part(uid=DATED, title="Youth day", span=spans.parse("6 March 2028")),
        Part(uid=VAGUE, title="Follow-up", span=spans.parse("2028")),
    ),
)
ALL = Options(deadlines=Deadlines.WITH, parts=True)


def found(publisher: Publisher, options: Options, extension: str = "ics") -> dict[str, str]:
    """The UIDs that a calendar of one event holds, with the titles."""
    target = selected(Selection.of(event=YEAR.slug), extension, options=options)
    calendar = parsed(publisher.feed(target, today=TODAY).body)
    return {str(each["UID"]): str(each["SUMMARY"]) for each in calendar.walk("VEVENT")}


def test_dated_pieces_are_told_of_an_event_without_a_settled_month(store, publisher):
    keep(store, YEAR)
    assert found(publisher, DEFAULT) == {}
    assert found(publisher, ALL) == {DATED: "Youth day: Data Forum", DAY: "Inputs are due: Data Forum"}
    assert found(publisher, replace(ALL, undated=Undated.SPAN)) == {
        YEAR.uid: "Data Forum, 2028 (month not given)",
        DATED: "Youth day: Data Forum",
        VAGUE: "Follow-up: Data Forum, 2028 (month not given)",
        DAY: "Inputs are due: Data Forum",
    }


def test_calendar_counts_events_that_it_leaves_out_not_their_parts(store, publisher):
    keep(store, YEAR)
    target = selected(Selection.of(event=YEAR.slug), "ics", options=ALL)
    body = publisher.feed(target, today=TODAY).body.replace(b"\r\n ", b"")
    assert b"1 event without a settled month is not in this calendar" in body


def test_withdrawn_event_that_no_calendar_showed_leaves_no_tombstone(store, publisher):
    keep(store, replace(YEAR, status=Status.WITHDRAWN))
    assert found(publisher, DEFAULT) == {}
    assert set(found(publisher, replace(ALL, undated=Undated.SPAN)).values()) == {"Withdrawn"}
    assert set(found(publisher, ALL)) == {DATED, DAY}


@pytest.mark.parametrize("mode", [Mode.ONLINE, Mode.HYBRID])
def test_last_day_of_a_vague_event_is_settled_and_nowhere(store, publisher, mode):
    keep(store, replace(YEAR, mode=mode, status=Status.TENTATIVE, confidence=Confidence.LOW))
    target = selected(Selection.of(event=YEAR.slug), "ics", options=Options(deadlines=Deadlines.ONLY))
    (last,) = parsed(publisher.feed(target, today=TODAY).body).walk("VEVENT")
    assert (str(last["STATUS"]), last.get("LOCATION"), str(last["RELATED-TO"])) == ("CONFIRMED", None, YEAR.uid)
    assert str(last["DESCRIPTION"]) == "https://calendar.example/events/data-forum-2027"


def test_parts_of_a_split_stand_beside_each_other_and_pieces_inside(store, publisher):
    first = replace(MEETING, deadlines=())
    second = replace(
        MEETING, uid=VAGUE, slug="data-forum-2028", part_of=MEETING.uid, deadlines=(), parts=YEAR.parts[:1]
    )
    keep(store, first)
    keep(store, second)
    target = selected(Selection.of(event=second.slug), "ics", options=ALL)
    told = parsed(publisher.feed(target, today=TODAY).body).walk("VEVENT")
    assert [(str(each["RELATED-TO"]), dict(each["RELATED-TO"].params)) for each in told] == [
        (MEETING.uid, {"RELTYPE": "SIBLING"}),
        (second.uid, {}),
    ]


@pytest.mark.parametrize("extension", sorted(FORMATS))
def test_event_that_cannot_be_told_leaves_a_gap_that_is_counted(store, publisher, extension):
    keep(store, MEETING)

    def broken(item, context):
        if item.event.slug == MEETING.slug:
            raise ValueError("can't be told")
        return FORMATS[extension].entry(item, context)

    target = selected(Selection.of(city="Geneva", year="2027"), extension)
    whole = publisher.feed(target, today=TODAY)
    other = Publisher(store, base=publisher.base)
    gapped = other.feed(replace(target, format=replace(target.format, entry=broken)), today=TODAY)
    assert (whole.entries - gapped.entries, MEETING.uid.encode() in gapped.body) == (1, False)
    if extension != "csv":
        assert b"1 event could not be written into this calendar" in gapped.body.replace(b"\r\n ", b"")


def test_ministerial_segment_of_the_catalogue_is_told_on_request_alone(store, publisher):
    hlpf = events.by_slug(store, "hlpf-2027")
    chosen = Selection.of(event="hlpf-2027")
    plain, asked = (
        parsed(publisher.feed(selected(chosen, "ics", options=given), today=TODAY).body).walk("VEVENT")
        for given in (DEFAULT, Options(parts=True))
    )
    assert [str(each["UID"]) for each in plain] == [hlpf.uid]
    told = asked[1]
    assert (str(told["SUMMARY"]), told["DTSTART"].dt, told["DTEND"].dt, str(told["RELATED-TO"])) == (
        f"Ministerial segment: {hlpf.title}",
        date(2027, 7, 13),
        date(2027, 7, 16),
        hlpf.uid,
    )
