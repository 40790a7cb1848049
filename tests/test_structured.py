"""Linked data on the pages of events: held against the rules of schema.org, and only where days are known."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from calendar_app import spans, texts
from calendar_app.events import Event, Part, Plan
from calendar_app.formats import linked_data
from calendar_app.selection import Selection
from calendar_app.store import events, search, series
from calendar_app.topics import Confidence, Mode, Status
from tests.conftest import BASE
from tests.webapp import page, store_of

TEXTS = texts.of("en")
SCHEMA = "https://schema.org/"
# What each type may say, and of what type that is: the pages https://schema.org/Event, /Place, /PostalAddress,
# /VirtualLocation, /Organization and /EventSeries. "date" is /Date or /DateTime with an offset, "url" /URL.
TYPES: dict[str, dict[str, Any]] = {
    "Event": {
        "identifier": "text",
        "name": "text",
        "description": "text",
        "startDate": "date",
        "endDate": "date",
        "previousStartDate": "date",
        "eventStatus": {f"{SCHEMA}Event{each}" for each in ("Scheduled", "Rescheduled", "Cancelled", "Postponed")},
        "eventAttendanceMode": {f"{SCHEMA}{each}EventAttendanceMode" for each in ("Offline", "Online", "Mixed")},
        "location": {"Place", "VirtualLocation"},
        "organizer": {"Organization"},
        "superEvent": {"EventSeries"},
        "subEvent": {"Event"},
        "url": "url",
        "sameAs": "url",
        "image": "url",
    },
    "Place": {"name": "text", "address": {"PostalAddress"}},
    "PostalAddress": {"addressLocality": "text", "addressCountry": "country"},
    "VirtualLocation": {"url": "url"},
    "Organization": {"name": "text"},
    "EventSeries": {"name": "text", "url": "url"},
}
_MATCHES = {"url": r"https?://\S+", "country": "[A-Z]{2}", "text": r"(?s)\S.*"}
COP = "unfccc-cop-2016"


def problems(thing: dict[str, Any], kind: str = "") -> list[str]:
    """What schema.org would not have of a thing."""
    names = TYPES.get(thing.get("@type", ""))
    if names is None or kind not in {"", thing["@type"]}:
        return [f"a {thing.get('@type')} where a {kind} belongs"]
    found = [f"{name} in {thing['@type']}" for name in thing if name not in {*names, "@type", "@context"}]
    for name, expected in names.items():
        values = thing.get(name, [])
        for value in values if isinstance(values, list) else [values]:
            found += wrong(name, value, expected)
    return found


def wrong(name: str, value: Any, expected: Any) -> list[str]:
    if isinstance(value, dict):
        return problems(value) if isinstance(expected, set) and value.get("@type") in expected else [name]
    if isinstance(expected, set):
        return [] if value in expected else [f"{name}: {value}"]
    if expected == "date":
        return [] if dated(value) else [f"{name}: {value}"]
    return [] if re.fullmatch(_MATCHES[expected], value) else [f"{name}: {value}"]


def dated(value: str) -> bool:
    """Whether a text is a day (ISO 8601), or a moment with its offset from UTC."""
    if "T" in value:
        return datetime.fromisoformat(value).utcoffset() is not None
    return date.fromisoformat(value).isoformat() == value


def told(event: Event) -> dict[str, Any]:
    thing = linked_data.of(
        event, None, TEXTS, page=f"{BASE}/events/x", picture=f"{BASE}/events/x.png", series_page=f"{BASE}/series/x"
    )
    assert problems(json.loads(json.dumps(thing)), "Event") == []
    return thing


def of_page(reader, slug: str) -> dict[str, Any] | None:
    scripts = page(reader.get(f"/events/{slug}")).all("script", type="application/ld+json")
    assert len(scripts) <= 1
    return json.loads(scripts[0].raw) if scripts else None


@pytest.fixture
def cop(read_app) -> Event:
    return replace(events.by_slug(store_of(read_app), COP), series="", plans=(), parts=())


def test_event_with_days_is_told_whole(reader):
    found = of_page(reader, COP)
    assert found == {
        "@context": "https://schema.org",
        "@type": "Event",
        "identifier": found["identifier"],
        "name": "Climate Change Conference COP 22",
        "startDate": "2016-11-07",
        "endDate": "2016-11-18",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": found["location"][0]["name"],
                "address": {"@type": "PostalAddress", "addressLocality": "Marrakech", "addressCountry": "MA"},
            }
        ],
        "organizer": {"@type": "Organization", "name": found["organizer"]["name"]},
        "superEvent": {
            "@type": "EventSeries",
            "name": found["superEvent"]["name"],
            "url": f"{BASE}/series/unfccc-cop",
        },
        "url": f"{BASE}/events/{COP}",
        **({"sameAs": found["sameAs"]} if "sameAs" in found else {}),
        "image": f"{BASE}/events/{COP}.png",
    }


def test_every_event_is_told_by_the_rules_or_not_at_all(read_app):
    store = store_of(read_app)
    found = events.by_ids(store, search.ids(store, Selection()))
    directory = series.directory(store)
    silent = [event for event in found if not linked_data.told(event)]
    assert [event for event in silent if event.span.days and not event.unverified and not event.expected] == []
    assert len(silent) > 50
    for event in found:
        if event not in silent:
            thing = linked_data.of(event, directory.get(event.series), TEXTS, page=BASE, picture=BASE, series_page=BASE)
            assert problems(json.loads(json.dumps(thing)), "Event") == [], event.slug


def test_event_without_days_or_unverified_or_only_expected_is_not_told(reader, cop):
    assert of_page(reader, "igf-2016") is None
    assert not linked_data.told(replace(cop, span=spans.parse("November 2016")))
    assert not linked_data.told(replace(cop, confidence=Confidence.LOW))
    assert not linked_data.told(replace(cop, status=Status.TENTATIVE))
    assert linked_data.told(cop)


def test_cancelled_and_postponed_events_keep_their_days(cop):
    cancelled, postponed = (told(replace(cop, status=status)) for status in (Status.CANCELLED, Status.POSTPONED))
    assert (cancelled["eventStatus"], cancelled["startDate"]) == (f"{SCHEMA}EventCancelled", "2016-11-07")
    assert "previousStartDate" not in cancelled
    # https://schema.org/EventPostponed: "The event's previousStartDate should be set."
    assert (postponed["eventStatus"], postponed["previousStartDate"]) == (f"{SCHEMA}EventPostponed", "2016-11-07")


def test_moved_event_says_for_when_it_was_planned_before(cop):
    before = (
        Plan(span=spans.parse("May 2016")),
        Plan(span=spans.parse("1-3 June 2016")),
        Plan(span=spans.parse("5-6 June 2016"), confidence=Confidence.LOW),
        Plan(span=cop.span, city="Rabat", country="MA"),
    )
    moved = told(replace(cop, plans=before))
    assert (moved["eventStatus"], moved["previousStartDate"]) == (f"{SCHEMA}EventRescheduled", "2016-06-01")
    twice = told(replace(cop, plans=(*before, Plan(span=spans.parse("4 July 2016")))))
    assert twice["previousStartDate"] == ["2016-06-01", "2016-07-04"]
    elsewhere = told(replace(cop, plans=before[-1:]))
    assert elsewhere["eventStatus"] == f"{SCHEMA}EventScheduled"


def test_times_carry_the_offset_of_the_venue(cop):
    span = spans.with_times(spans.parse("6 July 2027"), start=time(21), end=time(22, 30), zone="America/New_York")
    found = told(replace(cop, span=span))
    assert (found["startDate"], found["endDate"]) == ("2027-07-06T21:00:00-04:00", "2027-07-06T22:30:00-04:00")


def test_online_and_hybrid_events_are_held_where_they_are(cop):
    webcast = {"@type": "VirtualLocation", "url": "https://webtv.example/"}
    online = told(replace(cop, mode=Mode.ONLINE, webcast_url="https://webtv.example/"))
    assert (online["location"], online["eventAttendanceMode"]) == ([webcast], f"{SCHEMA}OnlineEventAttendanceMode")
    hybrid = told(replace(cop, mode=Mode.HYBRID, webcast_url="https://webtv.example/"))
    assert [place["@type"] for place in hybrid["location"]] == ["Place", "VirtualLocation"]
    assert hybrid["eventAttendanceMode"] == f"{SCHEMA}MixedEventAttendanceMode"
    assert told(replace(cop, mode=Mode.ONLINE, url=""))["location"] == [{"@type": "VirtualLocation"}]
    assert "location" not in told(replace(cop, venue="", city="", country=""))


def test_parts_with_days_are_events_within_it(cop):
    parts = (
        Part(uid="1", title="Opening", span=spans.parse("7 November 2016"), venue="Hall 1"),
        Part(uid="2", title="Side event", span=spans.parse("November 2016")),
    )
    assert told(replace(cop, parts=parts))["subEvent"] == [
        {
            "@type": "Event",
            "name": "Opening",
            "startDate": "2016-11-07",
            "endDate": "2016-11-07",
            "location": {"@type": "Place", "name": "Hall 1"},
        }
    ]


def test_hostile_title_ends_no_script(app, client):
    title = "</script><script>alert(1)</script>\u2028&<!--"
    store = store_of(app)
    found = events.by_slug(store, COP)
    with store.change(found.stamp, actor="test") as change:
        events.save(change, replace(found, title=title), action="edited")
    body = client.get(f"/events/{COP}").get_data(as_text=True)
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert json.loads(script)["name"] == title
    assert not set("<>&\u2028") & set(script)
