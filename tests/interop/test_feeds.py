"""Foreign parsers read in every named feed what the record holds, wherever their reader is."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from calendar_app import addresses, edition, publish, spans, texts
from calendar_app.events import Deadline, Event
from calendar_app.formats import telling
from calendar_app.formats.feed import Context
from calendar_app.options import DEFAULT
from calendar_app.publish import Publisher
from calendar_app.selection import Selection
from calendar_app.spans import Precision
from calendar_app.store import Store, events, search, series
from calendar_app.topics import Confidence, DeadlineKind, Kind, Mode, Status
from tests.conftest import BASE, NOW, TODAY
from tests.interop.parsers import PARSERS, each_parser

pytestmark = pytest.mark.interop

NOT_GIVEN = {"description": None, "url": None, "geo": None, "related_to": None}
# What the catalogue has none of: times around a change of clocks, what is withdrawn, and last days.
CEREMONY = Event(
    uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f001",
    slug="ceremony-2027",
    stamp=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    title="Ceremony; reception, “after”",
    # Casablanca keeps UTC+0 from 2026 on; an older zone table says UTC+1.
    span=spans.with_times(spans.parse("17 May 2027"), start=time(18, 0), end=time(20, 30), zone="Africa/Casablanca"),
    source="Invitation, page 2; annex",
    source_url="https://example.org/source?a=1,2;b",
    city="Rabat",
    country="MA",
    venue="Théâtre Mohammed V",
    mode=Mode.HYBRID,
    url="https://example.org/ceremony?year=2027&lang=en",
    webcast_url="https://example.org/live;now,here",
    registration_url="https://example.org/register",
    description="Doors open at 17:30.\nBring your badge; no cameras, please.",
    themes=("digital-divide", "climate-change"),
    sdgs=(9, 13),
)
LAST_DAY = Deadline(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f005", kind=DeadlineKind.REGISTRATION, day=date(2027, 7, 31))
KEPT = (
    CEREMONY,
    replace(
        CEREMONY,
        uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f002",
        slug="late-2027",
        span=spans.with_times(
            spans.parse("13 March 2027"), start=time(21, 30), end=time(23, 59), zone="America/New_York"
        ),
        confidence=Confidence.LOW,
        sequence=7,
        part_of=CEREMONY.uid,
        city="New York",
        country="US",
    ),
    replace(
        CEREMONY,
        uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f009",
        slug="breakfast-2027",
        title="Breakfast; with “partners”",
        span=spans.with_times(spans.parse("18 May 2027"), start=time(8, 15), end=time(9, 30), zone="Africa/Casablanca"),
        kind=Kind.SIDE_EVENT,
        held_at=CEREMONY.uid,
        venue="Room 4, first floor",
    ),
    Event(
        uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f003",
        slug="gone-2027",
        stamp=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        title="Gone",
        span=spans.parse("27 March - 3 April 2027"),
        source="un.org",
        city="Geneva",
        country="CH",
        sdgs=(9,),
        status=Status.WITHDRAWN,
        sequence=1,
    ),
    Event(
        uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f004",
        slug="put-off-2027",
        stamp=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
        title="Put off",
        span=spans.parse("30 October - 7 November 2027"),
        source="un.org",
        status=Status.POSTPONED,
        deadlines=(LAST_DAY,),
    ),
)
# Its event is put off, and so is it.
REGISTRATION = {
    "uid": LAST_DAY.uid,
    "summary": "POSTPONED: Registration closes: Put off",
    "start": "2027-07-31",
    "end": "2027-08-01",
    "allday": True,
    "categories": [],
    "status": "CANCELLED",
    "sequence": 0,
    "location": None,
    "description": f"Postponed; no new dates are given.\n{BASE}/events/put-off-2027",
    "url": f"{BASE}/events/put-off-2027",
    "geo": None,
    "related_to": KEPT[-1].uid,
}


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Every named feed of the catalogue and of `KEPT`, and what the record has for it, feed by feed."""

    bodies: dict[str, bytes]
    held: dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def published(loaded_database, tmp_path_factory) -> Edition:
    path = tmp_path_factory.mktemp("interop") / "events.db"
    path.write_bytes(loaded_database.read_bytes())
    store = Store(path)
    with store.change(NOW, actor="test") as change:
        for event in KEPT:
            events.save(change, event, action="added")
    publisher = Publisher(store, base=BASE)
    found = Edition(
        bodies={path: document.body for path, document in edition.files(publisher, today=TODAY)}, held=record_of(store)
    )
    store.close()
    return found


def record_of(store: Store) -> dict[str, list[dict[str, Any]]]:
    """What the record holds for each named feed, in the parsers' shape."""
    context = Context(base=BASE, texts=texts.of("en"), series=series.directory(store), options=DEFAULT)
    every = events.by_ids(store, [version.id for version in search.versions(store, Selection())])
    shown = {event.uid: held(event, context) for event in every if carried(event)}
    found = {"deadlines.ics": [REGISTRATION]}
    for name in edition.names(store):
        versions = search.versions(store, publish.named(store, name, "ics").selection)
        found.setdefault(f"{name}.ics", [shown[each.uid] for each in versions if each.uid in shown])
    return found


def carried(event: Event) -> bool:
    """Whether a calendar has it as an entry: known to the day, or to one month."""
    span = event.span
    return span.precision is Precision.DAY or (
        span.precision is Precision.MONTH and (span.first.year, span.first.month) == (span.last.year, span.last.month)
    )


def held(event: Event, context: Context) -> dict[str, Any]:
    """What the record has of an event, in the parsers' shape."""
    told = {"uid": event.uid, "sequence": event.sequence, "status": status(event), **days(event)}
    if event.status is Status.WITHDRAWN:
        return {**told, "summary": "Withdrawn", "categories": [], "location": None, **NOT_GIVEN}
    plain = event.span.precision is Precision.DAY and not event.off
    place = telling.coordinates(event)
    return {
        **told,
        "summary": event.title if plain and not event.forum else telling.title(event, context),
        "categories": telling.categories(event),
        "location": telling.location(event, context) or None,
        "description": telling.description(event, context),
        "url": BASE + addresses.event(event.slug),
        "geo": list(place) if place else None,
        "related_to": event.part_of or event.held_at or None,
    }


def days(event: Event) -> dict[str, Any]:
    span = event.span
    if span.timed:
        start, end = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (span.start_utc, span.end_utc))
        return {"start": start, "end": end, "allday": False}
    end = span.last + timedelta(days=1)
    return {"start": span.first.isoformat(), "end": end.isoformat(), "allday": True}


def status(event: Event) -> str:
    if event.status in {Status.CANCELLED, Status.POSTPONED, Status.WITHDRAWN}:
        return "CANCELLED"
    sure = event.status is Status.CONFIRMED and event.confidence is not Confidence.LOW
    return "CONFIRMED" if sure and event.span.precision is Precision.DAY else "TENTATIVE"


@each_parser
def test_every_named_feed_reads_as_the_record_has_it(name, published):
    found = dict(zip(published.bodies, PARSERS[name].parse_all(list(published.bodies.values())), strict=True))
    assert found.keys() == published.held.keys()
    # Feed by feed, so that a failure shows one feed and not all.
    for path, read in found.items():
        assert read == published.held[path], path


def test_record_holds_what_the_comparison_is_about(published):
    everything = published.held["all.ics"]
    assert len(published.held) > 400
    assert len(everything) > 380
    assert {each["status"] for each in everything} == {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    assert {each["allday"] for each in everything} == {True, False}
    # 21:30 in New York is the next day in UTC, the night that the clocks change there.
    late = next(each for each in everything if each["sequence"] == 7)
    assert (late["start"], late["end"]) == ("2027-03-14T02:30:00Z", "2027-03-14T04:59:00Z")
    ceremony = next(each for each in everything if each["uid"] == CEREMONY.uid)
    assert (ceremony["start"], ceremony["end"]) == ("2027-05-17T18:00:00Z", "2027-05-17T20:30:00Z")


# West and east of Greenwich, a zone whose clocks go back for Ramadan, and the first to see a day.
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "Africa/Casablanca", "Pacific/Kiritimati"])
@each_parser
def test_no_day_shifts_for_a_reader_elsewhere(name, zone, published, monkeypatch):
    monkeypatch.setenv("TZ", zone)
    assert PARSERS[name].parse(published.bodies["all.ics"]) == published.held["all.ics"]
