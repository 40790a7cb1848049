from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.events import Draft, Event, Series
from calendar_app.overlap import Likeness, likely
from calendar_app.topics import Kind

COP = Event(
    title="Climate Change Conference COP 22",
    span=spans.parse("7-18 November 2016"),
    series="unfccc-cop",
    city="Marrakech",
    country="MA",
    uid="cd7191c9-c195-50ab-9af4-128fa156ca54",
    slug="unfccc-cop-2016",
    stamp=datetime(2026, 11, 23, tzinfo=UTC),
)
IGF = replace(
    COP,
    title="11th Annual Internet Governance Forum",
    span=spans.parse("November 2016"),
    series="igf",
    city="Guadalajara",
    country="MX",
    slug="igf-2016",
)
LATER = replace(COP, title="COP 23", span=spans.parse("6-17 November 2017"), city="Bonn", country="DE", slug="cop-23")


SERIES = {
    key: Series(key=key, short_name=short, name=name, kind=Kind.CONFERENCE)
    for key, short, name in (
        ("forum", "Forum", "Forum of Forums"),
        ("igf", "IGF", "Internet Governance Forum"),
        ("unfccc-cop", "UNFCCC COP", "UN Climate Change Conference"),
    )
}


def found(draft: Draft, *events: Event) -> list[str]:
    return [likeness.event.slug for likeness in likely(draft, events, SERIES)]


def test_likely_tells_why_an_event_is_likely_the_same():
    draft = Draft(title="COP 22", span=spans.parse("15 November 2016"), series="unfccc-cop", city="Marrakesh")
    assert likely(draft, [IGF, COP], SERIES) == [
        Likeness(event=COP, same_series=True, same_city=True, same_title=False, may_overlap=True, days=1)
    ]


@pytest.mark.parametrize(
    ("draft", "slugs"),
    [
        # About the same title, spelled as people spell, whenever it is said to be.
        (Draft(title="climate change conference, cop 22", span=spans.parse("2016")), ["unfccc-cop-2016"]),
        (Draft(title="climate change conference, cop 22", span=spans.parse("2030")), ["unfccc-cop-2016"]),
        # One figure apart, and two meetings.
        (Draft(title="COP 23", span=spans.parse("2017")), ["cop-23"]),
        (Draft(title="COP 22", span=spans.parse("2017")), []),
        (Draft(title="Climate Change Conference COP 23", span=spans.parse("2016")), []),
        # The same series a year later is another session, and the same days alone are a coincidence.
        (Draft(title="Another", span=spans.parse("2018"), series="unfccc-cop"), []),
        (Draft(title="Another", span=spans.parse("7 November 2016")), []),
        # A city alone says nothing, even with an overlap.
        (Draft(title="X", span=spans.parse("7-17 November 2016"), city="Marrakech", country="MA"), []),
        (Draft(title="X", span=spans.parse("November 2016"), city="Guadalajara", country="MX"), []),
        # A city on just the same days is one meeting, however either is spelled.
        (Draft(title="22nd Conference of the Parties", span=COP.span, city="Marrakesh"), ["unfccc-cop-2016"]),
        (Draft(title="X", span=COP.span, city="Marrakesch", country="MA"), ["unfccc-cop-2016"]),
        (Draft(title="X", span=COP.span, city="Rabat", country="MA"), []),
        # The series is what the title names, by its short or full name, whatever the case and signs.
        (Draft(title="igf: Day Zero", span=spans.parse("November 2016")), ["igf-2016"]),
        (Draft(title="11. INTERNET-GOVERNANCE FORUM (Mexico)", span=spans.parse("30 November 2016")), ["igf-2016"]),
        (Draft(title="IGF", span=spans.parse("1 December 2016")), []),
        (Draft(title="BIGFOOT and the digfoot", span=spans.parse("November 2016")), []),
        (Draft(title="The UNFCCC's COP", span=spans.parse("November 2016")), []),
        (Draft(title="UNFCCC COP, the IGF's stand", span=spans.parse("November 2016")), ["unfccc-cop-2016"]),
        # What is chosen stands above what the title names.
        (Draft(title="IGF", span=spans.parse("November 2016"), series="unfccc-cop"), ["unfccc-cop-2016"]),
        # What was expected in November is announced for early December, in the same city.
        (Draft(title="IGF", span=spans.parse("6-9 December 2016"), city="Guadalajara", country="MX"), ["igf-2016"]),
        (Draft(title="IGF", span=spans.parse("6-9 January 2017"), city="Guadalajara", country="MX"), []),
        (Draft(title="IGF", span=spans.parse("6-9 December 2016"), city="Geneva", country="CH"), []),
        # A month may overlap any of its days.
        (Draft(title="X", span=spans.parse("30 November 2016"), series="igf"), ["igf-2016"]),
    ],
)
def test_likely_finds_what_may_be_the_same(draft, slugs):
    assert found(draft, COP, IGF, LATER) == slugs


def test_likely_puts_the_likeliest_first():
    draft = Draft(title="COP 22", span=spans.parse("7-18 November 2016"), series="unfccc-cop", city="Marrakech")
    near = replace(COP, slug="a", city="", span=spans.parse("18 November 2016"))
    nearer = replace(COP, slug="b", city="", span=spans.parse("16-18 November 2016"))
    assert found(draft, near, nearer, COP) == ["unfccc-cop-2016", "b", "a"]


def test_days_are_counted_only_where_both_are_known():
    draft = Draft(title=COP.title, span=spans.parse("17 November - 2 December 2016"))
    assert [likeness.days for likeness in likely(draft, [COP], SERIES)] == [2]
    month = replace(draft, span=spans.parse("November 2016"))
    assert [likeness.days for likeness in likely(month, [COP], SERIES)] == [0]
    after = replace(draft, span=spans.parse("19 November 2016"), series="unfccc-cop")
    assert [likeness.days for likeness in likely(after, [COP], SERIES)] == [0]


def test_series_of_no_name_in_the_title_is_none():
    draft = Draft(title="X", span=spans.parse("November 2016"))
    assert likely(draft, [COP, IGF, replace(COP, series="", slug="apart")], SERIES) == []
    named = replace(draft, title="IGF")
    assert likely(named, [IGF], {}) == []
    assert [like.same_series for like in likely(named, [IGF], SERIES)] == [True]


def test_city_under_its_other_name_is_told_beside_the_series():
    draft = Draft(title="UNFCCC COP", span=spans.parse("18 November 2016"), city="Marrakesch", country="MA")
    assert likely(draft, [COP], SERIES) == [
        Likeness(event=COP, same_series=True, same_city=True, same_title=False, may_overlap=True, days=1)
    ]
    elsewhere = replace(draft, city="Rabat")
    assert [like.same_city for like in likely(elsewhere, [COP], SERIES)] == [False]


@given(st.permutations([COP, IGF, LATER, replace(COP, slug="copy")]))
def test_input_order_never_shows(events):
    draft = Draft(title="COP 22", span=spans.parse("November 2016"), series="unfccc-cop", city="Marrakech")
    in_order = likely(draft, [COP, IGF, LATER, replace(COP, slug="copy")], SERIES)
    assert likely(draft, events, SERIES) == in_order
