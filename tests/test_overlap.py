from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.events import Draft, Event
from calendar_app.overlap import Likeness, likely

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


def found(draft: Draft, *events: Event) -> list[str]:
    return [likeness.event.slug for likeness in likely(draft, events)]


def test_likely_tells_why_an_event_is_likely_the_same():
    draft = Draft(title="COP 22", span=spans.parse("15 November 2016"), series="unfccc-cop", city="Marrakesh")
    assert likely(draft, [IGF, COP]) == [
        Likeness(event=COP, same_series=True, same_city=True, same_title=False, may_overlap=True, days=1)
    ]


@pytest.mark.parametrize(
    ("draft", "slugs"),
    [
        # About the same title in about the same time, spelled as people spell; in another year it is no likeness.
        (Draft(title="climate change conference, cop 22", span=spans.parse("2016")), ["unfccc-cop-2016"]),
        (Draft(title="climate change conference, cop 22", span=spans.parse("2030")), []),
        # The same series a year later is another session, and the same days alone are a coincidence.
        (Draft(title="Another", span=spans.parse("2018"), series="unfccc-cop"), []),
        (Draft(title="Another", span=spans.parse("7 November 2016")), []),
        # A city under its other name, with an overlap.
        (
            Draft(title="X", span=spans.parse("18-20 November 2016"), city="Marrakesch", country="MA"),
            ["unfccc-cop-2016"],
        ),
        (Draft(title="X", span=spans.parse("19-20 November 2016"), city="Marrakesch", country="MA"), []),
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
    assert [likeness.days for likeness in likely(draft, [COP])] == [2]
    assert [likeness.days for likeness in likely(replace(draft, span=spans.parse("November 2016")), [COP])] == [0]
    after = replace(draft, span=spans.parse("19 November 2016"), series="unfccc-cop")
    assert [likeness.days for likeness in likely(after, [COP])] == [0]


@given(st.permutations([COP, IGF, LATER, replace(COP, slug="copy")]))
def test_input_order_never_shows(events):
    draft = Draft(title="COP 22", span=spans.parse("November 2016"), series="unfccc-cop", city="Marrakech")
    assert likely(draft, events) == likely(draft, [COP, IGF, LATER, replace(COP, slug="copy")])
