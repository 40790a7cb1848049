"""House style: how a report names events and series, with their dates and places."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from calendar_app import spans, texts
from calendar_app.events import Event, Series
from calendar_app.report import naming, periods
from calendar_app.report.facts import Period, ReportPlace
from calendar_app.report.phrases import telling
from calendar_app.report.sentences import inner
from calendar_app.topics import Activity, Confidence, Kind, Mode, Status

EN = texts.of("en")
YEAR = periods.calendar_year(2016)
COUNCIL = Period(first=date(2016, 6, 3), last=date(2017, 5, 14))
EVENT = Event(
    uid="00000000-0000-4000-8000-000000000001",
    slug="whs-2016",
    stamp=datetime(2016, 1, 1, tzinfo=UTC),
    title="World Humanitarian Summit",
    span=spans.parse("23-24 May 2016"),
    city="Istanbul",
    country="TR",
)


def said(place: str, name: str = "") -> ReportPlace:
    return ReportPlace(
        subject="event", key="whs-2016", section="summits-and-conferences", position=1, name=name, place=place
    )


def place(told: ReportPlace | None = None, **values: object) -> str:
    return naming.place(replace(EVENT, **values), EN, told)


def series(name: str, short: str) -> Series:
    return Series(key="x", short_name=short, name=name, kind=Kind.INTER_AGENCY_MECHANISM)


@pytest.mark.parametrize(
    ("text", "period", "words"),
    [
        ("11-20 July 2016", YEAR, "11-20 July"),
        ("31 March 2016", YEAR, "31 March"),
        ("30 October - 4 November 2016", YEAR, "30 October-4 November"),
        ("November 2016", YEAR, "November"),
        ("November - December 2016", YEAR, "November-December"),
        ("2016", YEAR, "2016, month not known"),
        ("2016-2017", YEAR, "2016-2017, month not known"),
        ("28 December 2016 - 2 January 2017", YEAR, "28 December 2016-2 January 2017"),
        ("December 2016 - January 2017", YEAR, "December 2016-January 2017"),
        ("11-20 July 2016", COUNCIL, "11-20 July 2016"),
        ("5 April 2017", COUNCIL, "5 April 2017"),
        ("30 October - 4 November 2016", COUNCIL, "30 October-4 November 2016"),
        ("November 2016", COUNCIL, "November 2016"),
        ("2017", COUNCIL, "2017, month not known"),
    ],
)
def test_dates_are_written_as_such_reports_write_them(text: str, period: Period, words: str):
    assert naming.dates(spans.parse(text), period, EN) == words


def test_place_is_city_and_the_countrys_name_of_the_day():
    assert place() == "Istanbul, Turkey"
    assert place(span=spans.parse("23 May 2023")) == "Istanbul, Türkiye"
    assert place(city="", country="TR") == "Turkey"
    assert place(city="Hong Kong", country="HK") == "Hong Kong"
    assert place(city="", country="") == ""


@pytest.mark.parametrize(
    ("city", "country"), [("New York", "US"), ("Geneva", "CH"), ("Nairobi", "KE"), ("Vienna", "AT")]
)
def test_seats_of_the_united_nations_stand_without_their_country(city: str, country: str):
    assert place(city=city, country=country) == city
    assert place(city=city, country="FR") == f"{city}, France"


def test_online_and_hybrid_are_told():
    assert place(mode=Mode.ONLINE, city="", country="") == "online"
    assert place(mode=Mode.HYBRID) == "Istanbul, Turkey and online"
    assert place(mode=Mode.HYBRID, city="", country="") == "online"


def test_place_that_a_report_was_told_holds_while_the_event_is_there():
    assert place(said("Istanbul, Türkiye")) == "Istanbul, Türkiye"
    assert place(said("Congress Center, Istanbul")) == "Congress Center, Istanbul"
    assert place(said("Istanbul, Turkey"), city="Ankara") == "Ankara, Turkey"
    assert place(said("Istanbul, Turkey"), country="AZ") == "Istanbul, Azerbaijan"
    assert place(said("Istanbul, Turkey"), city="") == "Turkey"
    assert place(said("Istanbul, Turkey"), mode=Mode.ONLINE) == "online"
    assert place(said("")) == "Istanbul, Turkey"


def test_name_that_a_report_was_told_goes_before_the_title():
    assert naming.event_name(EVENT, said("", name="The Summit")) == "The Summit"
    assert naming.event_name(EVENT, said("")) == naming.event_name(EVENT, None) == "World Humanitarian Summit"


def test_states_are_told_in_words():
    assert naming.states(EVENT, EN) == ()
    assert naming.states(replace(EVENT, status=Status.CANCELLED), EN) == ("cancelled",)
    assert naming.states(replace(EVENT, status=Status.POSTPONED), EN) == ("postponed",)
    expected = replace(EVENT, status=Status.TENTATIVE, confidence=Confidence.LOW)
    assert naming.states(expected, EN) == ("expected", "dates unverified")


@pytest.mark.parametrize(
    ("name", "short", "words"),
    [
        ("High-level Committee on Programmes", "HLCP", "High-level Committee on Programmes (HLCP)"),
        ("General Assembly (sessions)", "UNGA", "General Assembly (UNGA; sessions)"),
        ("General Conference of UNESCO", "UNESCO General Conference", "General Conference of UNESCO"),
        ("Task Team (Technology)", "IATT (TFM)", "Task Team (Technology)"),
        ("GEM-TECH Awards", "GEM-TECH Awards", "GEM-TECH Awards"),
        ("Task Force", "", "Task Force"),
    ],
)
def test_series_is_named_in_full_with_its_short_name_once(name: str, short: str, words: str):
    assert naming.series_name(series(name, short)) == words


def test_second_mention_of_an_event_is_short():
    often = series("High-level midterm review of the programme of action", "LDC midterm review")
    long = replace(often, cadence="once per decade")
    assert naming.event_in_short("High-Level Political Forum for Sustainable Development (HLPF)", None) == "HLPF"
    assert naming.event_in_short("High-Level Midterm Review of the Implementation", long) == "LDC midterm review"
    assert naming.event_in_short("Habitat III", long) == "Habitat III"
    # The name of what meets every year, or nobody knows how often, means more than this one event.
    for other in (None, often, replace(often, cadence="annual")):
        assert naming.event_in_short("High-Level Midterm Review of the Implementation", other) == (
            "High-Level Midterm Review of the Implementation"
        )
    assert naming.event_in_short("COP 31: UN Climate Change Conference 2026", long) == "COP 31"


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("World Humanitarian Summit", "the "),
        ("Climate Change Conference COP 22", "the "),
        ("Multi-stakeholder Forum on Science, Technology and Innovation", "the "),
        ("Habitat III", ""),
        ("HLPF", ""),
        ("WSIS Forum 2016", ""),
        ("High-level Political Forum 2025", "the "),
        ("Internet Governance Forum 2025", "the "),
        ("HLCM, 31st session", ""),
        ("Human Rights Council, 31st session", ""),
        ("EQUALS: The Global Partnership", ""),
    ],
)
def test_names_take_an_article_where_english_wants_one(name: str, article: str):
    assert naming.article(name, EN) == article
    assert naming.article(name, texts.of("fr")) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Toolkit for mainstreaming", "toolkit for mainstreaming"),
        ("ITU's work", "ITU's work"),
        ("Guadalajara roadmap", "Guadalajara roadmap"),
        ("WSIS Forum", "WSIS Forum"),
        ("", ""),
    ],
)
def test_text_within_a_sentence_begins_small_unless_it_is_a_name(text: str, words: str):
    assert inner(text) == words


@pytest.mark.parametrize(
    ("act", "detail", "more"),
    [
        (Activity.PARTICIPATION, "Took part", ""),
        (Activity.SIDE_EVENT, "Hosted side events; with the partners of the year", "with the partners of the year"),
        (Activity.POLICY_STATEMENT, "Policy statements", ""),
        (Activity.NEGOTIATION, "Negotiation of the outcome documents", "Negotiation of the outcome documents"),
        (Activity.INPUT, "", ""),
    ],
)
def test_what_the_activity_says_is_not_said_again(act: Activity, detail: str, more: str):
    assert telling(act, detail) == more
