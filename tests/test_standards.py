"""What docs/rfc-checklist.md says of the standards, where no other test shows it."""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from calendar_app import spans, texts
from calendar_app.events import Deadline, Event, Part
from calendar_app.formats import FORMATS, content_lines, csv_rows, ical, layers
from calendar_app.formats.feed import Context
from calendar_app.formats.layers import Item, Layer
from calendar_app.options import DEFAULT, Cancelled, Deadlines, Options, Undated
from calendar_app.publish import Publisher, named, selected
from calendar_app.selection import Selection
from calendar_app.topics import Confidence, DeadlineKind, Status
from tests.conftest import BASE, TODAY
from tests.test_ical import CONTEXT, GONE, MEETING, POSTPONED, TIMED, entry, feed_of
from tests.test_polls import ALL, Asked

# One that has all that can be told, in words that mean something to the formats.
FULL = replace(
    TIMED,
    title='Ceremony: "A ^n, B; C"',
    city="Geneva",
    country="CH",
    series="wtisd",
    source_url='https://example.org/source?a="b,c;d"',
    part_of=MEETING.uid,
    deadlines=(Deadline(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f011", kind=DeadlineKind.INPUT, day=TODAY),),
    parts=(Part(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f012", title="Reception", span=TIMED.span),),
)
MONTH = replace(MEETING, span=spans.parse("May 2027"))
UNSURE = replace(MEETING, confidence=Confidence.LOW)
EVENTS = (FULL, MEETING, MONTH, UNSURE, POSTPONED, GONE)
WEEK = timedelta(days=7)
WAYS = (
    DEFAULT,
    Options(alarm=WEEK, busy=True, deadlines=Deadlines.WITH, parts=True, undated=Undated.SPAN, language="fr"),
    Options(cancelled=Cancelled.TITLE, undated=Undated.FIRST_DAY, deadlines=Deadlines.ONLY),
)


def of(options: Options) -> Context:
    return replace(CONTEXT, options=options, texts=texts.of(options.language))


def unfolded(body: bytes) -> list[str]:
    return body.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def calendars(publisher: Publisher) -> list[bytes]:
    """Every event under every kind of option, the catalogue, one event, and none."""
    whole = [ical.document(feed_of(), [entry(event, of(way)) for event in EVENTS]) for way in WAYS]
    published = [publisher.feed(named(publisher.store, name, "ics"), today=TODAY) for name in ("all", "deadlines")]
    return [*whole, *(document.body for document in [*published, publisher.event("unfccc-cop-2016")])]


def names(text: str) -> set[str]:
    return set(text.split())


HELD = {
    "VCALENDAR": names(
        "VERSION PRODID CALSCALE UID NAME X-WR-CALNAME DESCRIPTION X-WR-CALDESC URL REFRESH-INTERVAL X-PUBLISHED-TTL"
        " SOURCE COLOR"
    ),
    "VEVENT": names(
        "UID DTSTAMP LAST-MODIFIED SEQUENCE TRANSP X-MICROSOFT-CDO-BUSYSTATUS DTSTART DTEND X-MICROSOFT-CDO-ALLDAYEVENT"
        " SUMMARY STATUS DESCRIPTION URL LOCATION GEO CATEGORIES CONCEPT REFID LINK CONFERENCE RELATED-TO"
    ),
    "VALARM": names("ACTION TRIGGER DESCRIPTION"),
    "VTIMEZONE": names("TZID"),
    "STANDARD": names("DTSTART TZOFFSETFROM TZOFFSETTO"),
}
# Whatever an event says, a parameter holds words of ours alone.
PARAMETERS = {
    "DTSTART;VALUE": {"DATE"},
    "DTEND;VALUE": {"DATE"},
    "REFRESH-INTERVAL;VALUE": {"DURATION"},
    "SOURCE;VALUE": {"URI"},
    "LINK;VALUE": {"URI"},
    "LINK;LINKREL": {"via", "related"},
    "LINK;LABEL": {
        *("Source of the dates", "Official page", "Registration"),
        *("Source des dates", "Page officielle", "Inscription"),
    },
    "CONFERENCE;VALUE": {"URI"},
    "CONFERENCE;FEATURE": {"VIDEO"},
    "CONFERENCE;LABEL": {"Webcast", "Diffusion en ligne"},
    "RELATED-TO;RELTYPE": {"SIBLING"},
}


def test_calendars_hold_these_components_and_properties_alone(publisher):
    held = defaultdict(set)
    for body in calendars(publisher):
        for component in content_lines.components(content_lines.read(body)[0])[0]:
            held[component.name] |= {line.name for line in component.properties}
    assert held.pop(content_lines.FILE) == set()
    assert held == HELD


def test_properties_have_these_parameters_alone(publisher):
    found = defaultdict(set)
    for body in calendars(publisher):
        for line in content_lines.read(body)[0]:
            for name, value in line.parameters.items():
                found[f"{line.name};{name}"].add(value)
    assert found == PARAMETERS


def test_event_is_related_and_linked_by_type():
    kept = ("CONCEPT", "REFID", "LINK", "CONFERENCE", "RELATED-TO")
    assert [line for line in unfolded(entry(FULL)) if line.startswith(kept)] == [
        "CONCEPT:http://metadata.un.org/sdg/9",
        "REFID:wtisd",
        "LINK;VALUE=URI;LINKREL=via;LABEL=Source of the dates:https://example.org/source?a=%22b,c;d%22",
        "LINK;VALUE=URI;LINKREL=related;LABEL=Official page:https://example.org/wtisd?year=2027",
        "LINK;VALUE=URI;LINKREL=related;LABEL=Registration:https://example.org/register",
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Webcast:https://example.org/live",
        f"RELATED-TO;RELTYPE=SIBLING:{MEETING.uid}",
    ]


def test_place_is_as_exact_as_a_city():
    assert [line for line in unfolded(entry(MEETING)) if line.startswith(("LOCATION", "GEO"))] == [
        r"LOCATION:Geneva\, Switzerland",
        "GEO:46.2022;6.1457",
    ]


@pytest.mark.parametrize(
    ("before", "trigger"),
    [
        (WEEK, "-P7D"),
        (timedelta(hours=36), "-P1DT12H"),
        (timedelta(hours=1), "-PT1H"),
        (timedelta(days=60), "-P60D"),
    ],
)
def test_alarm_is_shown_before_the_start(before, trigger):
    lines = unfolded(entry(MEETING, of(Options(alarm=before))))
    assert lines[lines.index("BEGIN:VALARM") :] == [
        *("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{trigger}", "DESCRIPTION:Data Forum", "END:VALARM"),
        "END:VEVENT",
    ]


@pytest.mark.parametrize(
    ("event", "options"),
    [(MEETING, DEFAULT), *((event, Options(alarm=WEEK)) for event in (MONTH, POSTPONED, GONE))],
)
def test_alarm_is_for_what_will_be_held_on_known_days(event, options):
    assert b"VALARM" not in entry(event, of(options))


@pytest.mark.parametrize(
    ("event", "busy", "shown"),
    [
        (MEETING, False, ["TRANSPARENT", "FREE"]),
        (MEETING, True, ["OPAQUE", "BUSY"]),
        (UNSURE, True, ["OPAQUE", "TENTATIVE"]),
        (replace(MEETING, status=Status.TENTATIVE), True, ["OPAQUE", "TENTATIVE"]),
        *((event, True, ["TRANSPARENT", "FREE"]) for event in (MONTH, POSTPONED, GONE)),
    ],
)
def test_days_are_blocked_where_known_and_asked_for(event, busy, shown):
    values = dict(line.split(":", 1) for line in unfolded(entry(event, of(Options(busy=busy)))))
    assert [values["TRANSP"], values["X-MICROSOFT-CDO-BUSYSTATUS"]] == shown


@pytest.mark.parametrize(
    ("dates", "first", "end"),
    [("7 May 2027", "20270507", "20270508"), ("28-29 February 2028", "20280228", "20280301")],
)
def test_days_are_dates_and_end_on_the_day_after(dates, first, end):
    lines = unfolded(entry(replace(MEETING, span=spans.parse(dates))))
    assert [line for line in lines if line.startswith(("DTSTART", "DTEND", "X-MICROSOFT-CDO-ALLDAY"))] == [
        f"DTSTART;VALUE=DATE:{first}",
        f"DTEND;VALUE=DATE:{end}",
        "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    ]


def read_jcal(event: Event, options: Options = DEFAULT) -> list[Any]:
    body = FORMATS["jcal"].entry(Item(layer=Layer.EVENT, event=event), of(options))
    return json.loads(body, object_pairs_hook=once)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object no name of which comes twice (RFC 8259 §4)."""
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_jcal_gives_each_property_its_type():
    name, properties, alarms = read_jcal(FULL, Options(alarm=WEEK))
    assert name == "vevent"
    assert [(called, kind) for called, _, kind, *_ in properties] == [
        *(("uid", "text"), ("dtstamp", "date-time"), ("last-modified", "date-time"), ("sequence", "integer")),
        *(("transp", "text"), ("x-microsoft-cdo-busystatus", "unknown")),
        *(("dtstart", "date-time"), ("dtend", "date-time"), ("summary", "text"), ("status", "text")),
        *(("description", "text"), ("url", "uri"), ("location", "text"), ("geo", "float"), ("categories", "text")),
        *(("concept", "uri"), ("refid", "text"), ("link", "uri"), ("link", "uri"), ("link", "uri")),
        *(("conference", "uri"), ("related-to", "text")),
    ]
    assert alarms == [
        [
            "valarm",
            [
                ["action", {}, "text", "DISPLAY"],
                ["trigger", {}, "duration", "-P7D"],
                ["description", {}, "text", FULL.title],
            ],
            [],
        ]
    ]


def test_jcal_values_are_those_of_json():
    properties = [*read_jcal(FULL)[1], *read_jcal(MEETING)[1]]
    wanted = [
        ["sequence", {}, "integer", 0],
        ["dtstart", {}, "date-time", "2027-05-17T18:00:00Z"],
        ["summary", {}, "text", FULL.title],
        ["geo", {}, "float", [46.2022, 6.1457]],
        ["categories", {}, "text", "Digital divide", "SDG 9"],
        ["link", {"linkrel": "related", "label": "Registration"}, "uri", "https://example.org/register"],
        ["conference", {"feature": "VIDEO", "label": "Webcast"}, "uri", "https://example.org/live"],
        ["dtstart", {}, "date", "2027-10-30"],
        ["x-microsoft-cdo-alldayevent", {}, "unknown", "TRUE"],
    ]
    assert [each for each in wanted if each not in properties] == []


def test_jcal_calendar_is_one_array_of_three():
    name, properties, components = json.loads(FORMATS["jcal"].document(feed_of(name="A, b"), []))
    assert (name, {each[0] for each in properties}) == ("vcalendar", {each.lower() for each in HELD["VCALENDAR"]})
    assert ["refresh-interval", {}, "duration", "PT6H"] in properties
    # As it stands in iCalendar, since no standard says that it is a text.
    assert ["x-wr-calname", {}, "unknown", r"A\, b"] in properties
    offsets = [[name, {}, "utc-offset", "+00:00"] for name in ("tzoffsetfrom", "tzoffsetto")]
    start = ["dtstart", {}, "date-time", "1970-01-01T00:00:00"]
    assert components == [["vtimezone", [["tzid", {}, "text", "Etc/UTC"]], [["standard", [start, *offsets], []]]]]


ATOM = "{http://www.w3.org/2005/Atom}"


def read_atom(body: bytes) -> Xml.Element:
    return Xml.fromstring(body)  # noqa: S314 - our own


def tags(element: Xml.Element) -> Counter[str]:
    return Counter(child.tag.removeprefix(ATOM) for child in element)


def links(element: Xml.Element) -> dict[str, tuple[str, str]]:
    return {link.attrib["rel"]: (link.attrib["type"], link.attrib["href"]) for link in element.findall(f"{ATOM}link")}


def test_atom_feed_has_every_element_that_it_needs(publisher):
    feed = read_atom(publisher.feed(selected(Selection.of(theme="climate-change"), "atom"), today=TODAY).body)
    entries = feed.findall(f"{ATOM}entry")
    told = tags(feed)
    assert feed.tag == f"{ATOM}feed"
    assert feed.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "en"}
    assert told.pop("entry") == len(entries) > 0
    assert told == {"id": 1, "title": 1, "subtitle": 1, "updated": 1, "link": 2, "author": 1, "generator": 1}
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "UN Forum Calendar"
    assert links(feed) == {
        "self": ("application/atom+xml", f"{BASE}/feeds/select.atom?theme=climate-change"),
        "alternate": ("text/html", f"{BASE}/events?theme=climate-change&when=upcoming"),
    }
    ids = [each.findtext(f"{ATOM}id") for each in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    assert [each for each in ids if not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", each)] == []
    moments = [each.findtext(f"{ATOM}updated") for each in (feed, *entries)]
    assert [each for each in moments if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each)] == []
    assert moments[0] == max(moments[1:])


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_atom_entry_has_every_element_that_it_needs(language):
    item = Item(layer=Layer.EVENT, event=replace(FULL, title="a\x07 <b> &c"))
    told = read_atom(FORMATS["atom"].entry(item, of(Options(language=language))))
    assert tags(told) == {"id": 1, "title": 1, "updated": 1, "link": 2, "category": 2, "summary": 1, "content": 1}
    assert (told.findtext("id"), told.findtext("title")) == (f"urn:uuid:{FULL.uid}", "a <b> &c")
    assert [each.attrib for each in told.findall("category")] == [
        {"term": "digital-divide", "label": {"en": "Digital divide", "fr": "Fracture numérique"}[language]},
        {"term": "9", "scheme": "http://metadata.un.org/sdg/", "label": {"en": "SDG 9", "fr": "ODD 9"}[language]},
    ]
    assert told.find("content").attrib == {"type": "text"}
    page = f"{BASE}/events/{FULL.slug}"
    assert [each.attrib for each in told.findall("link")] == [
        {"rel": "alternate", "type": "text/html", "href": page},
        {"rel": "related", "type": "text/calendar", "href": f"{page}.ics"},
    ]


def test_atom_entry_of_a_withdrawn_event_is_gone():
    assert [layers.refused(GONE, DEFAULT, calendar=form.calendar) for form in FORMATS.values()] == [
        *("", ""),  # tombstones
        *("gone", "gone", "gone"),
    ]


def test_csv_is_read_back_cell_by_cell():
    events = (replace(FULL, title='A "quoted", title', venue="=1+1"), replace(MEETING, title="two\nlines"))
    rows = [FORMATS["csv"].entry(Item(layer=Layer.EVENT, event=event), CONTEXT) for event in events]
    body = FORMATS["csv"].document(feed_of(), rows)
    text = body.decode("utf-8-sig")
    assert (body[:3], text[-2:]) == (b"\xef\xbb\xbf", "\r\n")
    assert '"A ""quoted"", title"' in text
    head, *read = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert tuple(head) == csv_rows.COLUMNS
    assert [len(row) for row in read] == [len(head)] * 2
    cells = [dict(zip(head, row, strict=True)) for row in read]
    assert [(row["title"], row["venue"], row["uid"]) for row in cells] == [
        ('A "quoted", title', "'=1+1", FULL.uid),
        ("two\nlines", "", MEETING.uid),
    ]
    # Every line ends so but the one that is typed inside a cell.
    assert re.sub(r"\r\n", "", text).count("\n") == 1


def test_json_is_one_object_in_utf_8():
    entries = [FORMATS["json"].entry(Item(layer=Layer.EVENT, event=event), CONTEXT) for event in (FULL, MONTH)]
    body = FORMATS["json"].document(feed_of(), entries)
    told = json.loads(body, object_pairs_hook=once)
    assert body.startswith(b"{")
    assert "Théâtre".encode() in body
    assert (told["count"], [each["title"] for each in told["events"]]) == (2, [FULL.title, MONTH.title])


@pytest.mark.parametrize(
    ("extension", "kind"),
    [
        ("ics", "text/calendar; charset=utf-8"),
        ("jcal", "application/calendar+json; charset=utf-8"),
        ("atom", "application/atom+xml; charset=utf-8"),
        ("json", "application/json; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8; header=present"),
    ],
)
def test_format_is_answered_as_its_media_type(publisher, extension, kind):
    status, headers, body = Asked(publisher)(f"/feeds/sdg/13.{extension}")
    assert (status, headers["Content-Type"], headers["Content-Length"]) == ("200 OK", kind, str(len(body)))
    assert headers["Content-Disposition"] == f'inline; filename="un-forums-sdg-13.{extension}"'


@pytest.mark.parametrize(
    "header",
    [
        {"range": "bytes=0-99"},
        {"range": "bytes=0-99", "if_range": '"x"'},
        {"if_modified_since": "Tue, 24 Nov 2026 09:30:00 GMT"},
        {"if_unmodified_since": "Fri, 01 Jan 2016 00:00:00 GMT"},
        {"accept": "text/html"},
        {"accept_language": "fr"},
        {"cache_control": "no-cache"},
    ],
    ids=",".join,
)
def test_header_that_feeds_do_not_read_changes_nothing(publisher, header):
    ask = Asked(publisher)
    assert ask(ALL, **header) == ask(ALL)
