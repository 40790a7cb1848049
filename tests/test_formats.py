"""jCal, Atom, JSON and CSV: whole documents, byte for byte, and what holds of any event in every format."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from icalendar.prop import vUnknown

from calendar_app import publish, spans
from calendar_app.events import Claim, Event, Part, Plan
from calendar_app.formats import FORMATS, atom, csv_rows, ical, jcal, json_objects, layers, telling
from calendar_app.formats.feed import Context
from calendar_app.formats.layers import Item, Layer
from calendar_app.options import DEFAULT, Cancelled, Deadlines, Options, Undated
from calendar_app.publish import Publisher
from calendar_app.selection import Selection
from calendar_app.spans import Precision
from calendar_app.store import Store, events
from calendar_app.topics import Status
from tests.conftest import BASE, TODAY
from tests.test_ical import ANY_TEXT, CONTEXT, GOLDEN, MEETING, TIMED, any_span, feed_of, keep, plain, shown

DOCUMENTS = {
    "all_day": "unfccc-cop-2016",
    "cancelled": "ai-for-good-2020",
    "month_with_rival_claim": "igf-2016",
    "moved": "unfccc-cop-2019",
    "withdrawn": MEETING.slug,
    "timed": TIMED.slug,
}
OTHERS = ("jcal", "atom", "json", "csv")
ATOM = "{http://www.w3.org/2005/Atom}"
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PART = Part(
    uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f0aa",
    title="Ministerial segment",
    span=spans.parse("2 November 2027"),
    venue="Room XX",
)
WHOLE = replace(
    MEETING,
    themes=("climate-change", "digital-divide"),
    sdgs=(9, 13),
    series="hlpf",
    part_of=TIMED.uid,
    url="https://example.org/a?b=1,2;c",
    source_url="https://example.org/source",
    registration_url="https://example.org/register",
    webcast_url="https://example.org/live",
    parts=(PART,),
)
EVERYTHING = replace(CONTEXT, options=Options(alarm=timedelta(days=7), busy=True, parts=True, deadlines=Deadlines.WITH))


def body(store: Store, extension: str, selection: Selection, options: Options = DEFAULT) -> bytes:
    target = publish.selected(selection, extension, options=options)
    return Publisher(store, base=BASE).feed(target, today=TODAY).body


def read_atom(document: bytes) -> Xml.Element:
    return Xml.fromstring(document)  # noqa: S314 - our own


def read_csv(document: bytes) -> list[dict[str, str]]:
    """The rows by column, each as long as the head."""
    assert document.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(document.decode("utf-8-sig"), newline=""), strict=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


# The uids of what a document holds, in its order.
UIDS: dict[str, Callable[[bytes], list[str]]] = {
    "ics": lambda document: [str(each["UID"]) for each in Calendar.from_ical(document).walk("VEVENT")],
    "jcal": lambda document: [
        value for each in json.loads(document)[2] for name, _, _, value in each[1][:1] if name == "uid"
    ],
    "atom": lambda document: [
        each.findtext(f"{ATOM}id").removeprefix("urn:uuid:") for each in read_atom(document).iter(f"{ATOM}entry")
    ],
    "json": lambda document: [each["uid"] for each in json.loads(document)["events"]],
    "csv": lambda document: [each["uid"] for each in read_csv(document)],
}
each_format = pytest.mark.parametrize("extension", list(FORMATS))
each_list = pytest.mark.parametrize("extension", ["atom", "json", "csv"])
each_calendar = pytest.mark.parametrize("extension", ["ics", "jcal"])


def test_every_format_is_tried():
    assert set(FORMATS) == set(UIDS) == {"ics", *OTHERS}


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("extension", OTHERS)
def test_file_of_an_event_is_this_document(store, publisher, name, extension):
    if name in {"timed", "withdrawn"}:
        keep(store, TIMED if name == "timed" else replace(MEETING, status=Status.WITHDRAWN))
    document = publisher.event(DOCUMENTS[name], extension=extension)
    assert document.body == (GOLDEN / f"{name}.{extension}").read_bytes()
    assert (document.media_type, document.name) == (
        FORMATS[extension].media_type,
        f"un-forums-events-{DOCUMENTS[name]}.{extension}",
    )


def test_golden_documents_are_all_compared():
    found = {path.name for path in Path(GOLDEN).iterdir() if path.suffix.removeprefix(".") in OTHERS}
    expected = {f"{name}.{extension}" for name in DOCUMENTS for extension in OTHERS}
    assert found - {"changes.atom", "changes.json"} == expected


# jCal


def items(event: Event, context: Context) -> list[Item]:
    return layers.items(event, context)


def pair(event: Event, context: Context = CONTEXT, **more: object) -> tuple[Calendar, Calendar]:
    """The calendar that icalendar reads in the jCal of an event, and the one that it reads in its iCalendar."""
    feed, told = feed_of(**more), items(event, context)
    as_json = jcal.document(feed, [jcal.entry(item, context) for item in told])
    as_text = ical.document(feed, [ical.entry(item, context) for item in told])
    return Calendar.from_jcal(as_json.decode()), Calendar.from_ical(as_text)


def properties(calendar: Calendar) -> list[tuple[str, list[tuple[str, dict[str, str], object]]]]:
    """Every component with its properties: name, parameters and value. icalendar reads NAME and the like raw."""
    return [
        (each.name, [(name, _parameters(value), _value(value)) for name, value in each.property_items(recursive=False)])
        for each in calendar.walk()
    ]


def _parameters(value: object) -> dict[str, str]:
    # RFC 7265 §3.4 tells the type in a place of its own.
    return {name: str(given) for name, given in getattr(value, "params", {}).items() if name != "VALUE"}


def _value(value: object) -> object:
    if isinstance(value, vUnknown):
        return plain(value)
    if isinstance(value, str):
        return str(value)
    return value.to_ical() if hasattr(value, "to_ical") else value


@pytest.mark.parametrize("event", [WHOLE, TIMED, replace(WHOLE, status=Status.WITHDRAWN)])
@pytest.mark.parametrize("context", [CONTEXT, EVERYTHING], ids=["plain", "with everything"])
def test_jcal_is_the_same_calendar(event, context):
    as_json, as_text = pair(event, context)
    assert properties(as_json) == properties(as_text)
    assert [each.errors for each in as_json.walk() if each.errors] == []


@settings(deadline=None, max_examples=50)
@given(text=ANY_TEXT, span=any_span(), name=ANY_TEXT)
@example(text="C:\\New, D\\\\name; E\\n\nF", span=spans.parse("7 May 2027"), name="a, b; c\\n\n\\N")
def test_jcal_is_the_same_calendar_whatever_it_holds(text, span, name):
    event = replace(MEETING, title=text, description=text, venue=text, source=text, span=span, deadlines=())
    as_json, as_text = pair(event, name=name, description=name)
    assert properties(as_json) == properties(as_text)


def test_jcal_without_entries_is_the_same_calendar():
    feed = feed_of()
    as_json = Calendar.from_jcal(jcal.document(feed, []).decode())
    assert properties(as_json) == properties(Calendar.from_ical(ical.document(feed, [])))


def types(component: list[Any]) -> dict[str, tuple[str, list[Any]]]:
    """Type and values of each property of a component."""
    return {name: (kind, values) for name, _, kind, *values in component[1]}


def test_jcal_says_the_type_of_every_property():
    (found, *_) = [json.loads(jcal.entry(item, EVERYTHING)) for item in items(WHOLE, EVERYTHING)]
    assert found[0] == "vevent"
    told = types(found)
    assert {name: kind for name, (kind, _) in told.items()} == {
        **dict.fromkeys(("uid", "transp", "summary", "status", "description", "location"), "text"),
        **dict.fromkeys(("categories", "refid", "related-to"), "text"),
        **dict.fromkeys(("dtstamp", "last-modified"), "date-time"),
        **dict.fromkeys(("dtstart", "dtend"), "date"),
        **dict.fromkeys(("url", "concept", "link", "conference"), "uri"),
        **dict.fromkeys(("x-microsoft-cdo-busystatus", "x-microsoft-cdo-alldayevent"), "unknown"),
        "sequence": "integer",
        "geo": "float",
    }
    # A structured value is an array (RFC 7265 §3.4.1.2), several values follow one another (§3.4).
    assert told["geo"][1] == [[46.2022, 6.1457]]
    assert told["categories"][1] == ["Climate change", "Digital divide", "SDG 9", "SDG 13"]
    assert (told["dtstart"][1], told["dtend"][1]) == (["2027-10-30"], ["2027-11-05"])
    assert told["sequence"][1] == [0]
    assert {name for each in found[1] for name in each[1]} == {"linkrel", "label", "feature", "reltype"}


def test_jcal_reminds_before_the_start():
    (found, *_) = [json.loads(jcal.entry(item, EVERYTHING)) for item in items(WHOLE, EVERYTHING)]
    assert found[2] == [
        [
            "valarm",
            [
                ["action", {}, "text", "DISPLAY"],
                ["trigger", {}, "duration", "-P7D"],
                ["description", {}, "text", "Data Forum"],
            ],
            [],
        ]
    ]


def test_jcal_of_a_calendar_says_the_type_of_every_property():
    found = json.loads(jcal.document(feed_of(name="a, b; c\\d\ne"), [jcal.entry(items(MEETING, CONTEXT)[0], CONTEXT)]))
    told = types(found)
    assert told["name"] == ("text", ["a, b; c\\d\ne"])
    # What RFC 7265 §5.1 calls unknown stands as it does in iCalendar.
    assert told["x-wr-calname"] == ("unknown", ["a\\, b\\; c\\\\d\\ne"])
    assert told["x-published-ttl"] == ("unknown", ["PT6H"])
    assert told["refresh-interval"] == ("duration", ["PT6H"])
    assert told["source"] == ("uri", ["https://calendar.example/feeds/all.ics"])
    assert [each[0] for each in found[2]] == ["vevent"]


# Atom


def atom_of(*told: Event, context: Context = CONTEXT) -> bytes:
    entries = [atom.entry(item, context) for event in told for item in items(event, context)]
    return atom.document(feed_of(name=told[0].title if told else "Feed"), entries)


def required(element: Xml.Element, *names: str) -> list[str]:
    """What must stand once in an element and does not."""
    return [name for name in names if len(element.findall(f"{ATOM}{name}")) != 1]


@settings(deadline=None, max_examples=50)
@given(text=ANY_TEXT, span=any_span())
@example(text="]]> <!-- & \x00\x0b\x1f\x85\u2028\ufffe 👩🏽‍💻 &#0;", span=spans.parse("2027"))
def test_atom_holds_what_rfc_4287_requires_whatever_it_tells(text, span):
    event = replace(WHOLE, title=text, description=text, venue=text, span=span, deadlines=())
    feed = read_atom(atom_of(event))
    assert feed.tag == f"{ATOM}feed"
    assert required(feed, "id", "title", "updated", "author") == []
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    assert feed.findtext(f"{ATOM}title") == shown(text).replace("\ufffe", "").replace("\uffff", "")
    (entry,) = feed.findall(f"{ATOM}entry")
    assert required(entry, "id", "title", "updated", "content", "summary") == []
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{event.uid}"
    assert entry.findtext(f"{ATOM}content") == telling.plain(telling.description(event, CONTEXT))
    assert entry.find(f"{ATOM}content").get("type") == "text"
    for each in (feed, entry):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each.findtext(f"{ATOM}updated"))
        links = [(link.get("rel"), link.get("type")) for link in each.findall(f"{ATOM}link")]
        # One alternate of each type (RFC 4287 §4.1.1, §4.1.2).
        assert len(set(links)) == len(links)
        assert ("alternate", "text/html") in links


def test_atom_of_several_is_of_the_last_change(store):
    keep(store, MEETING)
    document = read_atom(body(store, "atom", Selection()))
    moments = [each.findtext(f"{ATOM}updated") for each in document.iter(f"{ATOM}entry")]
    assert document.findtext(f"{ATOM}updated") == max(moments) == "2026-11-24T09:30:00Z"
    ids = [each.text for each in document.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) > 20


def test_atom_without_a_period_shows_what_is_coming(store, publisher):
    keep(store, MEETING)

    def held(extension: str, selection: Selection, day: date) -> bool:
        document = publisher.feed(publish.selected(selection, extension), today=day).body
        return MEETING.uid in UIDS[extension](document)

    last = MEETING.span.last
    assert held("atom", Selection(), last)
    assert not held("atom", Selection(), last + timedelta(days=1))
    for asked in (Selection(when="past"), Selection(first=date(2000, 1, 1)), Selection(last=date(2199, 1, 1))):
        assert held("atom", asked, last + timedelta(days=1))
    for extension in ("ics", "jcal", "json", "csv"):
        assert held(extension, Selection(), last + timedelta(days=1))
    page = read_atom(publisher.feed(publish.selected(Selection(), "atom"), today=TODAY).body)
    assert [link.get("href") for link in page.findall(f"{ATOM}link")] == [
        f"{BASE}/feeds/select.atom",
        f"{BASE}/events?when=upcoming",
    ]
    assert UIDS["atom"](publisher.event("unfccc-cop-2016", extension="atom").body)


# CSV


def row_of(event: Event, context: Context = CONTEXT) -> bytes:
    return csv_rows.entry(Item(layer=Layer.EVENT, event=event), context)


@settings(deadline=None, max_examples=200)
@given(title=ANY_TEXT, venue=ANY_TEXT, source=ANY_TEXT, span=any_span())
@example(title='=cmd|"/C calc"!A0', venue="  +1", source="a;=1;-2; @3", span=spans.parse("2027"))
@example(title="\t=1", venue="\r=1", source='a"b,c\n=1', span=spans.parse("2027"))
@example(title="＝1", venue="a\r\n＋1", source="'=1", span=spans.parse("2027"))
def test_csv_reads_back_cell_by_cell(title, venue, source, span):
    event = replace(WHOLE, title=title, venue=venue, source=source, span=span)
    body = row_of(event)
    assert body.endswith(b"\r\n")
    (row,) = read_csv(csv_rows.document(feed_of(), [body]))
    assert list(row) == list(csv_rows.COLUMNS)
    given = {"title": title, "venue": venue, "source": source, "uid": event.uid, "sdgs": "9; 13"}
    assert {name: row[name] for name in given} == {name: csv_rows.defused(cell) for name, cell in given.items()}
    first, last = spans.to_iso(span)
    assert (row["first"], row["last"], row["precision"]) == (first, last, span.precision)
    assert spans.parse(row["dates"]) == replace(span, start_time=None, end_time=None, zone=None)
    for cell in row.values():
        assert not cell.startswith(SIGNS)
        # Also where a spreadsheet parts cells at semicolons.
        assert not any(part.lstrip().startswith(SIGNS) for part in cell.split(";"))


@settings(deadline=None)
@given(text=ANY_TEXT)
@example(text="a;'=1")
@example(text=" ;\t=1")
def test_defused_cell_is_the_same_text_but_for_apostrophes(text):
    cell = csv_rows.defused(text)
    assert cell.replace("'", "") == telling.plain(text).replace("'", "")
    assert csv_rows.defused(cell) == cell
    if not any(sign in text for sign in SIGNS):
        assert cell.strip("'") == telling.plain(text).strip("'")


@pytest.mark.parametrize("text", ["COP 22", "9; 13", "a - b", "https://example.org/?a=1&b=-2", "it’s", "", "1+1=2"])
def test_harmless_cell_is_as_it_was(text):
    assert csv_rows.defused(text) == text


def test_csv_lines_end_as_rfc_4180_says(store):
    document = body(store, "csv", Selection())
    assert document.count(b"\xef\xbb\xbf") == 1
    assert b"\n" not in document.replace(b"\r\n", b"")
    assert len(read_csv(document)) == document.count(b"\r\n") - 1 > 390


# JSON


def object_of(event: Event) -> dict[str, Any]:
    return json.loads(json_objects.entry(Item(layer=Layer.EVENT, event=event), CONTEXT))


@settings(deadline=None, max_examples=50)
@given(
    span=any_span() | st.sampled_from([spans.parse(text) for text in ("2027", "2027-2028", "May-June 2027")]),
    text=st.text(st.characters(exclude_categories=["Cs"])),
)
def test_json_dates_are_never_padded_and_read_back(span, text):
    bare = replace(span, start_time=None, end_time=None, zone=None)
    told = {"city": "Geneva", "country": "CH", "span": bare}
    event = replace(
        MEETING, span=span, title=text, description=text, plans=(Plan(**told),), claims=(Claim(**told, source=text),)
    )
    found = object_of(event)
    assert (found["title"], found["description"], found["claims"][0]["source"]) == (text, text, text)
    for dates in (found["dates"], found["plans"][0]["dates"], found["claims"][0]["dates"]):
        assert spans.from_iso(dates["first"], dates["last"], dates["precision"]) == bare
        assert len(dates["first"]) == len(dates["last"]) == {"day": 10, "month": 7, "year": 4}[dates["precision"]]
    assert ("start" in found["dates"]) is span.timed
    if span.timed:
        start, end = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (span.start_utc, span.end_utc))
        assert (found["dates"]["start_utc"], found["dates"]["end_utc"]) == (start, end)


def test_json_says_what_it_is_and_counts_what_it_holds(store):
    document = json.loads(body(store, "json", Selection.of(theme="climate-change")))
    assert document["count"] == len(document["events"]) > 10
    assert document | {"events": [], "description": "", "count": 0} == {
        "name": "UN forums: Climate change",
        "description": "",
        "address": f"{BASE}/feeds/select.json?theme=climate-change",
        "page": f"{BASE}/events?theme=climate-change",
        "updated": "2026-11-23T00:00:00Z",
        "count": 0,
        "events": [],
    }


def test_json_knows_no_number_that_json_has_not(store):
    json.loads(body(store, "json", Selection()), parse_constant=pytest.fail)


# Every format


def held(store: Store, extension: str, event: Event, **options: object) -> bool:
    """Whether a feed that selects an event, whatever its dates, holds it."""
    keep(store, event)
    chosen = replace(Selection.of(event=event.slug), first=date(2000, 1, 1))
    found = UIDS[extension](body(store, extension, chosen, Options(**options)))
    assert found in ([], [event.uid])
    return bool(found)


@each_calendar
def test_withdrawn_event_is_a_tombstone_in_calendars(store, extension):
    assert held(store, extension, replace(WHOLE, title="Rehearsal", part_of="", status=Status.WITHDRAWN))
    assert WHOLE.uid in UIDS[extension](body(store, extension, Selection()))
    assert b"Rehearsal" not in body(store, extension, Selection())


@each_list
def test_withdrawn_event_is_in_no_list(store, extension):
    assert not held(store, extension, replace(MEETING, title="Rehearsal", status=Status.WITHDRAWN))
    assert b"Rehearsal" not in body(store, extension, Selection())


@each_format
@pytest.mark.parametrize("dates", ["2027", "May-June 2027", "May 2027", "7 May 2027"])
@pytest.mark.parametrize("undated", list(Undated))
def test_undated_event_is_where_it_is_asked_for(store, extension, dates, undated):
    event = replace(MEETING, span=spans.parse(dates))
    days, month = event.span.precision is Precision.DAY, event.span.single_month
    listed = not FORMATS[extension].calendar and undated is not Undated.OMIT
    asked = undated in {Undated.SPAN, Undated.FIRST_DAY} or (month and undated is Undated.MONTH)
    assert held(store, extension, event, undated=undated) is (days or listed or asked)


@each_format
@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED, Status.CONFIRMED, Status.TENTATIVE])
def test_what_is_off_can_be_left_out_of_every_format(store, extension, status):
    event = replace(MEETING, status=status)
    assert held(store, extension, event)
    assert held(store, extension, event, cancelled=Cancelled.TITLE)
    assert held(store, extension, event, cancelled=Cancelled.HIDE) is not event.off


@each_format
def test_deadlines_alone_are_told_in_every_format(store, extension):
    keep(store, MEETING)
    chosen = Selection.of(event=MEETING.slug)
    found = UIDS[extension](body(store, extension, chosen, Options(deadlines=Deadlines.ONLY)))
    assert found == [deadline.uid for deadline in MEETING.deadlines]
    beside = UIDS[extension](body(store, extension, chosen, Options(deadlines=Deadlines.WITH)))
    assert beside == [MEETING.uid, *found]


@each_format
def test_parts_are_told_in_every_format(store, extension):
    keep(store, replace(WHOLE, part_of="", deadlines=()))
    chosen = Selection.of(event=WHOLE.slug)
    assert UIDS[extension](body(store, extension, chosen)) == [WHOLE.uid]
    assert UIDS[extension](body(store, extension, chosen, Options(parts=True))) == [WHOLE.uid, PART.uid]


def test_layers_say_what_they_belong_to(store):
    keep(store, replace(WHOLE, part_of="", themes=(), series=""))
    options = Options(parts=True, deadlines=Deadlines.WITH)
    chosen = Selection.of(event=MEETING.slug)
    objects = json.loads(body(store, "json", chosen, options))["events"]
    rows = read_csv(body(store, "csv", chosen, options))
    told = [(each["layer"], each["part_of"] or None, each["title"]) for each in objects]
    assert told == [(each["layer"], each["part_of"] or None, each["title"]) for each in rows]
    assert told == [
        ("event", None, "Data Forum"),
        ("part", WHOLE.uid, "Ministerial segment: Data Forum"),
        ("deadline", WHOLE.uid, "Side-event applications close: Data Forum"),
        ("deadline", WHOLE.uid, "Registration closes: Data Forum"),
    ]


@each_list
def test_list_tells_every_public_event_whatever_its_dates(store, extension):
    every = [event for event in events.by_ids(store, list(range(1, 10_000))) if event.public]
    found = UIDS[extension](body(store, extension, Selection(first=date(1900, 1, 1))))
    assert found == [event.uid for event in every]


@each_format
def test_unpublished_event_is_in_no_format(store, extension):
    assert not held(store, extension, replace(MEETING, published=False))


@each_format
def test_document_is_the_same_from_another_publisher(store, extension):
    keep(store, replace(WHOLE, part_of=""))
    assert body(store, extension, Selection()) == body(store, extension, Selection())
