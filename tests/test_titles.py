from dataclasses import replace
from datetime import date

import pytest

from calendar_app import texts, titles
from calendar_app.engagement import Partner
from calendar_app.events import Series
from calendar_app.facets import FACETS
from calendar_app.selection import Selection
from calendar_app.topics import Kind, PartnerKind

ENGLISH = texts.of("en")
HLPF = Series(key="hlpf", short_name="HLPF", name="High-level Political Forum", kind=Kind.FORUM)
GSMA = Partner(key="gsma", name="GSMA", kind=PartnerKind.INDUSTRY_ASSOCIATION)
NAMES = titles.Names(series={"hlpf": HLPF}, partners={"gsma": GSMA})


def year(first: int, last: int) -> dict[str, date]:
    return {"first": date(first, 1, 1), "last": date(last, 12, 31)}


# A selection and what it is called.
TITLES = [
    (Selection(), "All events"),
    (Selection.of(sdg="9", city="Geneva"), "SDG 9, Geneva"),
    (Selection.of(city="Geneva", sdg=["9", "13", "1"]), "SDG 1, SDG 9 or SDG 13, Geneva"),
    (Selection.of(series="hlpf"), "HLPF"),
    (Selection.of(series="gone"), "Gone"),
    (Selection.of(partner=["gsma", "gone"], year="2016"), "2016, with gone or with GSMA"),
    (Selection.of(theme="e-waste"), "E-Waste"),
    (Selection.of(country=["CH", "TR"]), "Switzerland or Türkiye"),
    (Selection.of(role=["co-chair", "chair"]), "ITU as chair or ITU as co-chair"),
    (Selection.of(kind="forum", status="tentative", mode="online"), "Forums, Online only, Expected"),
    (Selection.of(kind=["office", "conference"]), "Conferences or Offices"),
    (Selection.of(convener="UNFCCC", year="2016", event="hlpf-2016"), "Convened by UNFCCC, 2016, 1 picked event"),
    (Selection.of(event=["hlpf-2016", "igf-2016"]), "2 picked events"),
    (Selection.of(convener=["ITU", "UNESCO"], year="2016"), "Convened by ITU or convened by UNESCO, 2016"),
    (Selection(words="cop 22"), "“cop 22”"),
    (Selection(when="upcoming"), "On now and coming"),
    (replace(Selection.of(series="hlpf"), when="upcoming"), "HLPF, on now and coming"),
    (Selection(when="past", words="cop"), "“cop”, past"),
    (Selection(first=date(2020, 1, 1)), "From 2020"),
    (Selection(first=date(2020, 1, 2)), "From 2 January 2020"),
    (Selection(last=date(2020, 12, 31)), "Until 31 December 2020"),
    (Selection(**year(2016, 2016)), "2016"),
    (Selection(**year(2016, 2018)), "2016–2018"),
    (Selection(first=date(2016, 7, 11), last=date(2016, 7, 20)), "11–20 July 2016"),
    (Selection(first=date(2016, 7, 11), last=date(2016, 7, 11), when="past"), "11 July 2016, past"),
]


@pytest.mark.parametrize(("selection", "title"), TITLES)
def test_title_says_what_is_selected(selection, title):
    assert titles.of(selection, ENGLISH, NAMES) == title


def test_title_joins_values_by_or_and_facets_by_commas():
    chosen = Selection.of(theme=["wsis-follow-up", "artificial-intelligence"]).facets
    selection = Selection(facets=chosen, first=date(2020, 1, 1))
    assert titles.of(selection, ENGLISH, NAMES) == "Artificial intelligence or WSIS follow-up, from 2020"


def test_feed_title_names_the_calendar():
    assert titles.of_feed(Selection(), ENGLISH, NAMES) == "UN forums"
    assert titles.of_feed(Selection.of(sdg="9", city="Geneva"), ENGLISH, NAMES) == "UN forums: SDG 9, Geneva"


def test_feed_of_deadlines_alone_is_not_named_like_that_of_the_events():
    assert titles.of_feed(Selection(), ENGLISH, NAMES, deadlines=True) == "UN forums: deadlines"
    named = titles.of_feed(Selection.of(sdg="9"), ENGLISH, NAMES, deadlines=True)
    assert named == "UN forums: deadlines, SDG 9"
    assert titles.of_title("COP 22", ENGLISH) == "UN forums: COP 22"
    assert titles.of_title("COP 22", ENGLISH, deadlines=True) == "UN forums: deadlines, COP 22"


@pytest.mark.parametrize("facet", [name for name in FACETS if FACETS[name].closed])
def test_every_value_of_a_closed_facet_has_a_name(facet):
    values = list(map(str, FACETS[facet].closed()))
    names = [titles.value_name(facet, value, ENGLISH, NAMES) for value in values]
    assert len(set(names)) == len(values)
    assert all(names)
