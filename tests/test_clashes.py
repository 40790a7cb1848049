"""Clashes: what meets in time for certain, what possibly, and where too little time is left to travel."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.events import Claim, Event, Series, SeriesRole
from calendar_app.overlap import Clash, Doubt, Finding, Journey, Why, across, among, meet
from calendar_app.overlap.journeys import kilometres
from calendar_app.places import find_city
from calendar_app.spans import Precision, Span
from calendar_app.store import events
from calendar_app.store import series as directories
from calendar_app.topics import Confidence, Kind, Mode, Role, Status
from tests.webapp import store_of

SERIES = {
    "council": Series(key="council", short_name="Council", name="Council", kind=Kind.GOVERNING_BODY, convener="ITU"),
    "forum": Series(
        key="forum", short_name="Forum", name="Forum", kind=Kind.FORUM, roles=(SeriesRole(role=Role.PARTICIPANT),)
    ),
    "body": Series(
        key="body", short_name="Body", name="Body", kind=Kind.FORUM, roles=(SeriesRole(role=Role.OBSERVER),)
    ),
}


def event(dates: str, slug: str = "one", **more) -> Event:
    given = {"series": "forum", "city": "Geneva", "country": "CH", "title": slug, "uid": slug, "slug": slug}
    given |= {"span": spans.parse(dates) if isinstance(dates, str) else dates}
    return Event(**given | {"stamp": datetime(2026, 11, 23, tzinfo=UTC)} | more)


def timed(day: str, start: str, end: str, zone: str) -> Span:
    return spans.with_times(spans.parse(day), start=time.fromisoformat(start), end=time.fromisoformat(end), zone=zone)


def finding(one: Event, other: Event) -> Finding | None:
    found = meet(one, other, SERIES)
    return found and found.finding


@pytest.fixture(scope="module")
def record(read_app):
    """The events of the catalogue by their slugs, and their series."""
    store = store_of(read_app)
    return (lambda slug: events.by_slug(store, slug)), directories.directory(store)


def test_ldc_midterm_review_lies_wholly_inside_council_2016(record):
    read, series = record
    council, review = read("itu-council-2016"), read("ldc-midterm-review-2016")
    found = meet(review, council, series)
    assert found == Clash(one=council, other=review, finding=Finding.CERTAIN, shared=spans.parse("27-29 May 2016"))
    assert (found.inner, found.same_days, found.beside(council)) == (review, False, review)


def test_integration_segment_and_wsis_forum_2016_share_three_days(record):
    read, series = record
    segment, forum = read("ecosoc-integration-segment-2016"), read("wsis-forum-2016")
    found = meet(segment, forum, series)
    assert found == Clash(one=forum, other=segment, finding=Finding.CERTAIN, shared=spans.parse("2-4 May 2016"))
    assert found.inner == segment


def test_no_day_lies_between_the_humanitarian_summit_in_istanbul_and_council_in_geneva(record):
    read, series = record
    summit, council = read("whs-2016"), read("itu-council-2016")
    journey = Journey(start="Istanbul", end="Geneva", km=1917, free=0, needed=1)
    assert meet(council, summit, series) == Clash(one=summit, other=council, finding=Finding.TRAVEL, journey=journey)


def test_cop_22_and_igf_2016_meet_merely_possibly(record):
    read, series = record
    cop, igf = read("unfccc-cop-2016"), read("igf-2016")
    doubts = (Doubt(event=igf, why=Why.MONTH),)
    assert meet(cop, igf, series) == Clash(one=igf, other=cop, finding=Finding.POSSIBLE, doubts=doubts)


def test_igf_2016_would_meet_by_the_dates_of_another_source(record):
    read, series = record
    igf = read("igf-2016")
    beside = event("8-10 December 2016", city="New York", country="US")
    (claim,) = igf.claims
    found = meet(igf, beside, series)
    assert found == Clash(
        one=igf,
        other=beside,
        finding=Finding.POSSIBLE,
        shared=spans.parse("8-9 December 2016"),
        doubts=(Doubt(event=igf, why=Why.RIVAL, claim=claim),),
    )
    assert meet(igf, replace(beside, span=spans.parse("12-13 December 2016")), series) is None


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("23-27 May 2016", (Finding.CERTAIN, "23-27 May 2016", True, None)),
        ("24-25 May 2016", (Finding.CERTAIN, "24-25 May 2016", False, "other")),
        ("20-30 May 2016", (Finding.CERTAIN, "23-27 May 2016", False, "one")),
        ("27-30 May 2016", (Finding.CERTAIN, "27 May 2016", False, None)),
        ("28-30 May 2016", None),
        ("20-22 May 2016", None),
        ("May 2016", (Finding.POSSIBLE, None, False, None)),
        ("April-June 2016", (Finding.POSSIBLE, None, False, None)),
        ("2016", (Finding.POSSIBLE, None, False, None)),
        ("June 2016", None),
        ("2017", None),
    ],
)
def test_meeting_by_dates(dates, expected):
    found = meet(event("23-27 May 2016"), event(dates, "other"), SERIES)
    shared = spans.parse(expected[1]) if expected and expected[1] else None
    told = found and (found.finding, found.shared, found.same_days, found.inner and found.inner.slug)
    assert told == (expected and (expected[0], shared, *expected[2:]))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"status": Status.TENTATIVE}, Why.EXPECTED),
        ({"confidence": Confidence.LOW}, Why.UNVERIFIED),
        ({"confidence": Confidence.LOW, "status": Status.TENTATIVE}, Why.UNVERIFIED),
        ({"status": Status.TENTATIVE, "span": spans.parse("May 2016")}, Why.MONTH),
        ({"status": Status.TENTATIVE, "span": spans.parse("2016")}, Why.YEAR),
    ],
)
def test_meeting_is_possible_where_the_dates_are_in_doubt(more, why):
    one, other = event("23-27 May 2016"), event("24 May 2016", "other", **more)
    found = meet(one, other, SERIES)
    assert (found.finding, found.doubts) == (Finding.POSSIBLE, (Doubt(event=other, why=why),))


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED, Status.WITHDRAWN])
def test_what_is_off_meets_nothing(status):
    one = event("23-27 May 2016")
    assert finding(one, event("23-27 May 2016", "other", status=status)) is None
    assert among([one, event("23-27 May 2016", "other", status=status)], SERIES) == []
    assert among([one, event("23-27 May 2016", "other", published=False)], SERIES) == []


def test_parts_of_one_event_do_not_meet():
    first, second = event("23-27 May 2016"), event("24 May 2016", "other", part_of="one")
    third = event("24 May 2016", "third", part_of="one")
    assert among([first, second, third], SERIES) == []
    assert finding(first, first) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # By the clocks of two cities: 10:00 in New York is 16:00 in Geneva.
        (("10:00", "12:00", "America/New_York"), ("16:30", "17:00", "Europe/Zurich"), True),
        (("10:00", "12:00", "America/New_York"), ("10:00", "12:00", "Europe/Zurich"), False),
        # One ends when the other begins.
        (("10:00", "12:00", "Europe/Zurich"), ("12:00", "13:00", "Europe/Zurich"), False),
    ],
)
def test_hours_of_one_day_meet_or_not(one, other, expected):
    pair = event(timed("17 May 2016", *one)), event(timed("17 May 2016", *other), "other")
    found = meet(*pair, SERIES)
    assert (found.finding, found.hours, found.shared) == (Finding.CERTAIN, expected, spans.parse("17 May 2016"))


def test_hours_meet_on_two_dates():
    one = event(timed("24 May 2016", "21:00", "23:00", "America/New_York"), city="New York", country="US")
    other = event(timed("25 May 2016", "10:00", "12:00", "Asia/Tokyo"), "other", city="", country="")
    found = meet(other, one, SERIES)
    assert (found.one, found.finding, found.hours, found.shared) == (one, Finding.CERTAIN, True, None)


def test_different_hours_of_one_day_in_two_cities_are_a_journey():
    one = event(timed("17 May 2016", "08:00", "09:00", "Europe/Zurich"))
    other = event(timed("17 May 2016", "15:00", "16:00", "America/New_York"), "other", city="New York", country="US")
    found = meet(one, other, SERIES)
    journey = Journey(start="Geneva", end="New York", km=6217, free=-1, needed=1)
    assert (found.finding, found.journey) == (Finding.TRAVEL, journey)


@pytest.mark.parametrize(
    ("city", "country", "days", "expected"),
    [
        ("Geneva", "CH", "28-30 May 2016", None),
        # Under 500 km: an evening by train.
        ("Paris", "FR", "28-30 May 2016", None),
        ("Vienna", "AT", "28-30 May 2016", (0, 1)),
        ("New York", "US", "28-30 May 2016", (0, 1)),
        ("New York", "US", "29-30 May 2016", None),
        # Over 9,000 km.
        ("Shanghai", "CN", "28-30 May 2016", (0, 2)),
        ("Shanghai", "CN", "29-30 May 2016", (1, 2)),
        ("Shanghai", "CN", "30 May 2016", None),
        ("Nowhere", "US", "28-30 May 2016", None),
        ("", "", "28-30 May 2016", None),
    ],
)
def test_journey_takes_free_days_by_its_length(city, country, days, expected):
    found = meet(event("23-27 May 2016"), event(days, "other", city=city, country=country), SERIES)
    assert (found and (found.journey.free, found.journey.needed)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, Finding.TRAVEL),
        ({"mode": Mode.HYBRID}, Finding.TRAVEL),
        ({"mode": Mode.ONLINE}, None),
        # ITU observes there, and takes part here.
        ({"series": "body"}, None),
        ({"series": "body", "roles": (Role.PARTICIPANT, Role.OBSERVER)}, Finding.TRAVEL),
        ({"series": ""}, None),
        # Its own governing bodies want people of every role.
        ({"series": "council"}, Finding.TRAVEL),
        ({"series": "", "convener": "ITU and UNESCO"}, Finding.TRAVEL),
        ({"series": "", "convener": "UNITUDE"}, None),
    ],
)
def test_journey_is_told_where_the_same_people_may_be_wanted(more, expected):
    other = event("28-30 May 2016", "other", **{"city": "New York", "country": "US"} | more)
    assert finding(event("23-27 May 2016"), other) == expected


def test_journey_to_what_is_expected_says_so():
    other = event("28 May 2016", "other", city="Vienna", country="AT", status=Status.TENTATIVE)
    found = meet(event("23-27 May 2016"), other, SERIES)
    assert (found.finding, found.doubts) == (Finding.TRAVEL, (Doubt(event=other, why=Why.EXPECTED),))


def test_kilometres_are_those_of_the_great_circle():
    geneva, york = find_city("Genève", ""), find_city("New York", "US")
    assert (kilometres(geneva, york), kilometres(york, geneva), kilometres(york, york)) == (6217, 6217, 0)


def test_across_tells_only_pairs_of_one_with_the_other():
    one, two = event("23-27 May 2016"), event("24-25 May 2016", "two")
    three, four = event("25-26 May 2016", "three"), event("26 May 2016", "four")
    pairs = [(clash.one.slug, clash.other.slug) for clash in across([one, two], [three, four], SERIES)]
    assert pairs == [("one", "three"), ("one", "four"), ("two", "three")]
    assert across([one], [one], SERIES) == []
    assert len(across([one, two], [one, two], SERIES)) == 1


def test_most_bounds_what_is_told():
    crowd = [event("23-27 May 2016", f"e{number:02}") for number in range(20)]
    assert len(among(crowd, SERIES)) == 190
    assert among(crowd, SERIES, most=5) == among(reversed(crowd), SERIES, most=5)
    assert len(among(crowd, SERIES, most=5)) == 5


@st.composite
def some_events(draw) -> list[Event]:
    found = []
    for number in range(draw(st.integers(0, 7))):
        precision = draw(st.sampled_from([*[Precision.DAY] * 4, Precision.MONTH, Precision.YEAR]))
        first = draw(st.dates(date(2016, 4, 25), date(2016, 6, 5)))
        last = date.fromordinal(first.toordinal() + draw(st.integers(0, 9)))
        found.append(
            event(
                Span(
                    first=spans.span.unit(first, precision)[0],
                    last=spans.span.unit(last, precision)[1],
                    precision=precision,
                ),
                f"e{number}",
                city=draw(st.sampled_from(["Geneva", "New York", ""])),
                country="",
                series=draw(st.sampled_from(["forum", "body", "council", ""])),
                status=draw(st.sampled_from([*[Status.CONFIRMED] * 4, Status.TENTATIVE, Status.CANCELLED])),
                claims=draw(st.sampled_from([(), (), (Claim(span=spans.parse("1-9 May 2016"), source="Another"),)])),
            )
        )
    return found


@settings(max_examples=60)
@given(some_events(), st.randoms(use_true_random=False))
def test_order_of_input_never_shows_and_the_sweep_misses_nothing(found, random):
    every = [clash for at, one in enumerate(found) for other in found[:at] if (clash := meet(one, other, SERIES))]
    mirrored = [clash for at, one in enumerate(found) for other in found[:at] if (clash := meet(other, one, SERIES))]
    assert every == mirrored
    swept, shuffled = among(found, SERIES), random.sample(found, len(found))
    assert among(shuffled, SERIES) == swept
    assert sorted(map(repr, swept)) == sorted(map(repr, every))
    for clash in swept:
        assert not clash.one.off
        assert not clash.other.off
        if clash.finding is Finding.CERTAIN:
            assert clash.one.span.precision is clash.other.span.precision is Precision.DAY
            assert clash.one.span.overlaps(clash.other.span.first, clash.other.span.last)
