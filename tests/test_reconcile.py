from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.events import Claim, Draft, Event, Plan
from calendar_app.reconcile import CONTENT, Decision, Verdict, decide
from calendar_app.topics import Role, Status

BASE = Event(
    title="COP 22",
    span=spans.parse("7-18 November 2016"),
    city="Marrakech",
    country="MA",
    uid="cd7191c9-c195-50ab-9af4-128fa156ca54",
    slug="unfccc-cop-2016",
    stamp=datetime(2026, 11, 23, tzinfo=UTC),
)
LATER = datetime(2026, 12, 1, tzinfo=UTC)


def test_decide_new_where_nothing_stands():
    assert decide(None, BASE, None) == Decision(verdict=Verdict.NEW, event=BASE)


def test_decide_vanished_keeps_what_stands():
    edited = replace(BASE, title="COP22", sequence=1)
    assert decide(edited, None, BASE) == Decision(verdict=Verdict.VANISHED, event=edited)
    assert decide(None, None, BASE) == Decision(verdict=Verdict.VANISHED, event=None)


def test_decide_same_where_the_source_says_what_it_said():
    assert decide(BASE, BASE, BASE) == Decision(verdict=Verdict.SAME, event=BASE)


# What stands, what the source says now; it said "COP 22" last time. What comes of it.
THREE_WAYS = [
    ("COP 22", "COP 22", Verdict.SAME, "COP 22", (), ()),
    ("COP 22", "Source's", Verdict.CHANGED, "Source's", ("title",), ()),
    ("Editor's", "COP 22", Verdict.SAME, "Editor's", (), ()),
    ("Editor's", "Source's", Verdict.SAME, "Editor's", (), ("title",)),
    ("Both say", "Both say", Verdict.SAME, "Both say", (), ()),
]


@pytest.mark.parametrize(("stands", "says", "verdict", "title", "taken", "kept"), THREE_WAYS)
def test_decide_compares_three_ways(stands, says, verdict, title, taken, kept):
    existing = replace(BASE, title=stands, sequence=3, stamp=LATER)
    event = replace(existing, title=title, sequence=4 if taken else 3)
    assert decide(existing, replace(BASE, title=says), BASE) == Decision(
        verdict=verdict, event=event, taken=taken, kept=kept
    )


def test_decide_without_a_last_word_keeps_all_that_differs():
    existing = replace(BASE, title="Editor's", city="Rabat")
    assert decide(existing, BASE, None) == Decision(verdict=Verdict.SAME, event=existing, kept=("title", "city"))


def test_decide_takes_fields_beside_those_it_keeps():
    existing = replace(BASE, title="Editor's", venue="Bab Ighli", sequence=2)
    incoming = replace(BASE, title="Source's", city="Marrakesh", span=spans.parse("7-19 November 2016"))
    assert decide(existing, incoming, BASE) == Decision(
        verdict=Verdict.CHANGED,
        event=replace(existing, city="Marrakesh", span=spans.parse("7-19 November 2016"), sequence=3),
        taken=("span", "city"),
        kept=("title",),
    )


def test_decide_leaves_identity_and_state_alone():
    existing = replace(BASE, published=False, sequence=7, stamp=LATER)
    incoming = replace(BASE, slug="another", sequence=0)
    assert decide(existing, incoming, BASE) == Decision(verdict=Verdict.SAME, event=existing)
    assert {field.name for field in fields(Event)} - set(CONTENT) == {
        *("uid", "slug", "stamp", "sequence", "published", "deadlines", "partners", "forum")
    }
    assert {field.name for field in fields(Draft)} < set(CONTENT)


CHANGES = {
    "title": st.sampled_from(["COP 22", "COP22", "22nd COP"]),
    "span": st.sampled_from([*map(spans.parse, ("7-18 November 2016", "November 2016", "2017"))]),
    "status": st.sampled_from([Status.CONFIRMED, Status.CANCELLED, Status.WITHDRAWN]),
    "themes": st.sampled_from([(), ("youth",), ("climate-change", "youth")]),
    "roles": st.sampled_from([(), (Role.HOST,)]),
    "plans": st.sampled_from([(), (Plan(span=spans.parse("2015")),)]),
    "claims": st.sampled_from([(), (Claim(span=spans.parse("2015"), source="A"),)]),
    "part_of": st.sampled_from(["", "2fd7ad9a-a90c-5b32-93dd-84f93ad0b240"]),
}
EVENTS = st.fixed_dictionaries({}, optional=CHANGES).map(lambda changes: replace(BASE, **changes))


@given(EVENTS, EVENTS, EVENTS | st.none())
def test_deciding_twice_is_the_same(existing, incoming, base):
    once = decide(existing, incoming, base)
    again = decide(once.event, incoming, incoming)
    assert again == Decision(verdict=Verdict.SAME, event=once.event)


@given(EVENTS, EVENTS, EVENTS)
def test_every_field_is_the_editors_or_the_sources(existing, incoming, base):
    decision = decide(existing, incoming, base)
    assert decision.event is not None
    for name in CONTENT:
        stands, says, said = (getattr(event, name) for event in (existing, incoming, base))
        assert getattr(decision.event, name) == (says if stands == said else stands)
    assert set(decision.taken).isdisjoint(decision.kept)
    assert decision.event.sequence == existing.sequence + bool(decision.taken)


@given(EVENTS)
def test_an_untouched_event_follows_the_source(incoming):
    followed = decide(BASE, incoming, BASE).event
    assert followed == replace(incoming, sequence=int(incoming != BASE))
