"""Foreign readers find in every format what the record holds: uid, title, dates and status of each event."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from calendar_app import addresses, changes, publish, spans, texts
from calendar_app.events import Event, Part
from calendar_app.formats import news, telling
from calendar_app.formats.feed import Context
from calendar_app.options import DEFAULT, Deadlines, Options
from calendar_app.publish import Publisher
from calendar_app.selection import Selection
from calendar_app.store import Store, events, search, series
from calendar_app.store import news as noted
from calendar_app.topics import Status
from tests.conftest import BASE, NOW, TODAY
from tests.interop import formats
from tests.interop.formats import needs, only
from tests.interop.test_feeds import KEPT, carried, held

pytestmark = pytest.mark.interop

PERIOD = Selection(first=date(1900, 1, 1))
EVERYTHING = Options(parts=True, deadlines=Deadlines.WITH, alarm=timedelta(days=7), busy=True)
MORE = (
    Event(
        uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f006",
        slug="formula-2027",
        stamp=NOW,
        # What a spreadsheet takes for a formula, and what parts cells, rows and elements.
        title="=cmd|'/C calc'!A0, \"quoted\"; <b>bold</b> & ]]>",
        span=spans.parse("2027"),
        venue="@home",
        source="-1+1",
        city="Geneva",
        country="CH",
        parts=(
            Part(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f007", title="Opening", span=spans.parse("7 May 2027")),
            Part(
                uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f008",
                title="Closing",
                span=spans.parse("May 2027"),
                venue="Room XX",
                url="https://example.org/closing",
            ),
        ),
    ),
)


@pytest.fixture
def whole(store: Store) -> Iterator[Store]:
    """The catalogue, what it has none of, and an event that was moved and cancelled since."""
    for event in (*KEPT, *MORE):
        save(store, event)
    moved = replace(events.by_slug(store, "ceremony-2027"), city="Casablanca", span=spans.parse("18 May 2027"))
    save(store, moved, reason="Strike")
    save(store, replace(events.by_slug(store, "ceremony-2027"), status=Status.CANCELLED))
    return store


def save(store: Store, event: Event, *, reason: str = "") -> None:
    with store.change(NOW, actor="editor@example.org", reason=reason) as change:
        events.save(change, event, action="added")


def body(store: Store, extension: str, selection: Selection = PERIOD, options: Options = DEFAULT) -> bytes:
    target = publish.selected(selection, extension, options=options)
    return Publisher(store, base=BASE).feed(target, today=TODAY).body


def context(store: Store) -> Context:
    return Context(base=BASE, texts=texts.of("en"), series=series.directory(store), options=DEFAULT)


def every(store: Store, selection: Selection = PERIOD) -> list[Event]:
    return events.by_ids(store, [version.id for version in search.versions(store, selection)])


def listed(store: Store, selection: Selection = PERIOD) -> list[Event]:
    return [event for event in every(store, selection) if event.status is not Status.WITHDRAWN]


@needs(formats.JCAL)
def test_jcal_reads_as_the_record_has_it(whole):
    found = only(formats.JCAL.read(body(whole, "jcal")))
    assert found == [held(event, context(whole)) for event in every(whole) if carried(event)]
    assert len(found) > 380


# What ical.js does not know, and so passes on untyped: RFC 7986 §5.1 and §5.9, RFC 9253 §8.1 and §8.3.
UNKNOWN_TO_IT = {"name", "color", "concept", "refid"}


@needs(formats.TO_JCAL)
@pytest.mark.parametrize("options", [DEFAULT, EVERYTHING], ids=["plain", "with everything"])
def test_icalendar_makes_the_same_jcal(whole, options):
    theirs = only(formats.TO_JCAL.read(body(whole, "ics", options=options)))
    ours = json.loads(body(whole, "jcal", options=options))
    assert untyped(theirs) == untyped(ours)


def untyped(component: list[Any]) -> list[Any]:
    name, properties, components = component
    told = [
        [each[0], each[1], "" if each[0] in UNKNOWN_TO_IT else each[2], *each[3:]]
        for each in properties
        if each[0] != "source"  # the address of each format's own feed
    ]
    return [name, told, [untyped(each) for each in components]]


@needs(formats.JCAL)
def test_jcal_of_no_events_is_read(whole):
    assert formats.JCAL.read(body(whole, "jcal", Selection.of(country="AQ"))) == [[]]


@needs(formats.ATOM)
@pytest.mark.parametrize("selection", [PERIOD, Selection()], ids=["since 1900", "coming"])
def test_atom_reads_as_the_record_has_it(whole, selection):
    found = only(formats.ATOM.read(body(whole, "atom", selection)))
    wanted = listed(whole, PERIOD if selection == PERIOD else Selection(first=TODAY))
    assert found["entries"] == [atom_entry(event, context(whole)) for event in wanted]
    assert (found["updated"], found["author"]) == (max(moment(event) for event in wanted), "UN Forum Calendar")


def atom_entry(event: Event, context: Context) -> dict[str, Any]:
    """What the record has of an event, in feedparser's shape."""
    when = [context.texts.span_honest(event.span), context.texts.times(event.span)]
    return {
        "id": f"urn:uuid:{event.uid}",
        "title": telling.title(event, context),
        "updated": moment(event),
        "summary": ", ".join(filter(None, [*when, telling.location(event, context)])),
        "content": telling.description(event, context),
        "links": [
            ["alternate", "text/html", BASE + addresses.event(event.slug)],
            ["related", "text/calendar", BASE + addresses.event_file(event.slug)],
        ],
        "terms": [
            *([None, theme] for theme in event.themes),
            *(["http://metadata.un.org/sdg/", str(number)] for number in event.sdgs),
        ],
    }


def moment(event: Event) -> str:
    return f"{event.stamp:%Y-%m-%dT%H:%M:%SZ}"


@needs(formats.ATOM)
def test_feed_of_changes_reads_as_the_history_has_it(whole):
    document = Publisher(whole, base=BASE).changes(publish.changed(Selection()), today=TODAY).body
    found = only(formats.ATOM.read(document))
    revisions = noted.newest(whole, noted.Asked(selection=Selection()), most=100)
    told = [changes.between(each.before, each.after) for each in revisions]
    assert [each["title"] for each in found["entries"]] == [news.headline(each, context(whole)) for each in told]
    assert [each["terms"] for each in found["entries"]] == [[[None, what] for what in each.what] for each in told]
    assert found["entries"][1]["title"] == (
        "Moved: Ceremony; reception, “after”, 18 May 2027, Casablanca, Morocco;"
        " was 17 May 2027, 18:00–20:30 (Africa/Casablanca), Rabat, Morocco"
    )
    assert found["links"] == [
        ["self", "application/atom+xml", f"{BASE}/changes.atom"],
        ["alternate", "text/html", f"{BASE}/changes"],
    ]


@needs(formats.JSON)
@needs(formats.CHANGES_ERRORS)
def test_changes_as_json_read_as_in_the_feed_and_keep_to_their_schema(whole):
    publisher = Publisher(whole, base=BASE)
    targets = [
        publish.changed(chosen, "json", narrowed=publish.Narrowed(since=since, what=what))
        for chosen in (Selection(), Selection.of(sdg="9"))
        for since, what in (("", ""), ("itu-council-2016", ""), ("2026-11-23", "added"))
    ]
    documents = [publisher.changes(target, today=TODAY).body for target in targets]
    assert formats.CHANGES_ERRORS.read(*documents) == [[]] * len(documents)
    found = formats.JSON.read(*documents)
    assert found[0]["count"] == len(found[0]["changes"]) > 0
    assert len(found[1]["announced"]) > 10
    atom = only(formats.ATOM.read(publisher.changes(publish.changed(Selection()), today=TODAY).body))
    titles = [each["title"] for each in atom["entries"]]
    assert [each["headline"] for each in found[0]["changes"]] == titles[: found[0]["count"]]


@needs(formats.CSV)
def test_csv_reads_as_the_record_has_it(whole):
    found = only(formats.CSV.read(body(whole, "csv")))
    names = ("uid", "title", "first", "last", "precision", "start_time", "end_time", "timezone", "status", "updated")
    assert [{name: row[name] for name in names} for row in found] == [csv_row(event) for event in listed(whole)]
    assert len({tuple(row) for row in found}) == 1


def csv_row(event: Event) -> dict[str, str]:
    """What the record has of an event, in the columns of the table."""
    span, (first, last) = event.span, spans.to_iso(event.span)
    return {
        "uid": event.uid,
        "title": f"'{event.title}" if event.title.startswith("=") else event.title,
        "first": first,
        "last": last,
        "precision": span.precision,
        "start_time": f"{span.start_time:%H:%M}" if span.start_time else "",
        "end_time": f"{span.end_time:%H:%M}" if span.end_time else "",
        "timezone": span.zone or event.timezone,
        "status": event.status,
        "updated": moment(event),
    }


@needs(formats.JSON)
def test_json_reads_as_the_record_has_it(whole):
    found = only(formats.JSON.read(body(whole, "json")))
    told = [(each["uid"], each["title"], each["dates"], each["status"], each["updated"]) for each in found["events"]]
    assert told == [(event.uid, event.title, json_dates(event), event.status, moment(event)) for event in listed(whole)]
    assert found["count"] == len(told)


def json_dates(event: Event) -> dict[str, str]:
    span, (first, last) = event.span, spans.to_iso(event.span)
    told = {"text": texts.of("en").span_honest(span), "first": first, "last": last, "precision": span.precision}
    if not span.timed:
        return told
    return told | {
        "start": f"{span.start_time:%H:%M}",
        "end": f"{span.end_time:%H:%M}",
        "timezone": span.zone,
        "start_utc": f"{span.start_utc:%Y-%m-%dT%H:%M:%SZ}",
        "end_utc": f"{span.end_utc:%Y-%m-%dT%H:%M:%SZ}",
    }


@needs(formats.ERRORS)
def test_json_keeps_to_its_schema(whole):
    chosen = (PERIOD, Selection.of(country="AQ"), Selection.of(event="igf-2016"))
    documents = [body(whole, "json", each, options) for each in chosen for options in (DEFAULT, EVERYTHING)]
    assert formats.ERRORS.read(*documents) == [[]] * len(documents)


@needs(formats.ERRORS)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("first", "2016-11-01"),
        ("precision", "day"),
        ("precision", "week"),
        ("last", "2016"),
        ("start", "10:00"),
        ("zone", "UTC"),
    ],
)
def test_schema_refuses_dates_that_are_not_what_they_seem(whole, name, value):
    document = json.loads(body(whole, "json", Selection.of(event="igf-2016")))
    document["events"][0]["dates"][name] = value
    assert only(formats.ERRORS.read(json.dumps(document).encode())) != []


@needs(formats.ERRORS)
@pytest.mark.parametrize(("name", "value"), [("status", "withdrawn"), ("uid", ""), ("notes", "ours"), ("sdgs", [18])])
def test_schema_refuses_events_that_are_not_so(whole, name, value):
    document = json.loads(body(whole, "json", Selection.of(event="igf-2016")))
    document["events"][0][name] = value
    assert only(formats.ERRORS.read(json.dumps(document).encode())) != []


BROKEN = {
    "jcal": (formats.JCAL, b'["vcalendar"', "SyntaxError"),
    "atom": (formats.ATOM, b"<feed>&nothing;</feed>", "SAXParseException"),
    "csv": (formats.CSV, b'a,b\r\n1,2\r\n"3\r\n', "CSV_QUOTE_NOT_CLOSED|Quote Not Closed"),
    "json": (formats.JSON, b'{"a": 1,}', "SyntaxError"),
}


@pytest.mark.parametrize("name", [pytest.param(name, marks=needs(reader)) for name, (reader, *_) in BROKEN.items()])
def test_reader_refuses_what_is_broken(name):
    reader, document, words = BROKEN[name]
    with pytest.raises(AssertionError, match=words):
        reader.read(document)
