"""Figures: what is counted of a year and what is not, and how long a drawing says it is."""

from dataclasses import replace
from itertools import pairwise
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import spans, texts
from calendar_app.engagement import Engagement, Partner
from calendar_app.events import NO_SOURCE, Draft, Event, Series, SeriesRole
from calendar_app.plots import bars
from calendar_app.plots.bars import Point, Word
from calendar_app.report.facts import Figure
from calendar_app.store import Store, engagements, events, partners, series, yearly
from calendar_app.store.engagement_records import Kept
from calendar_app.store.yearly import Events, Statements
from calendar_app.topics import Activity, Confidence, Kind, PartnerKind, Role, Status
from calendar_app.web import measures
from tests.conftest import NOW

FORUM = Series(key="forum", short_name="Forum", name="The Forum", kind=Kind.FORUM)
COUNCIL = replace(FORUM, key="council", roles=(SeriesRole(role=Role.MEMBER, year=2031),))
ENGLISH = texts.of("en")


def event(name: str, dates: str = "5-6 May 2031", **said: object) -> Event:
    more = {each: said.pop(each) for each in ("published", "held_at") if each in said}
    draft = Draft(title=name, span=spans.parse(dates), **{"source": "A letter", "series": "forum", **said})
    made = Event.from_draft(draft, uid=str(uuid5(NAMESPACE_URL, name)), slug=name, now=NOW)
    return replace(made, **more)


def statement(name: str, *told: Event, year: int = 2031, **said: object) -> Engagement:
    uid, said = str(uuid5(NAMESPACE_URL, f"statement/{name}")), {"activity": Activity.INPUT, **said}
    return Engagement(uid=uid, year=year, detail=name, events=tuple(each.uid for each in told), **said)


@pytest.fixture
def record(empty_store: Store) -> Store:
    """An empty record with two series and three partners."""
    with empty_store.change(NOW, actor="test") as change:
        series.put_vocabulary(change)
        series.put(change, (FORUM, COUNCIL))
        for key in ("a", "b", "c"):
            partners.put(change, Partner(key=key, name=key.upper(), kind=PartnerKind.OTHER))
    return empty_store


def keep(store: Store, *made: Event | Engagement) -> None:
    with store.change(NOW, actor="test") as change:
        for each in made:
            if isinstance(each, Event):
                events.save(change, each, action="added")
            else:
                engagements.save(change, store, Kept(engagement=each), action="added")


def test_year_counts_what_takes_place_and_tells_the_rest_apart(record):
    forum = event("own-role", roles=(Role.CHAIR,), sdgs=(9,), country="CH")
    keep(
        record,
        forum,
        event("of-series", series="council", sdgs=(9, 13), status=Status.TENTATIVE, country="CH"),
        event("year-of-series-over", "2032", series="council", country="FJ"),
        event("no-source", source=NO_SOURCE, confidence=Confidence.LOW, themes=("cybersecurity",)),
        event("over-new-year", "28 December 2031 - 2 January 2032", country="CH"),
        event("off", status=Status.CANCELLED, sdgs=(9,)),
        event("waits", status=Status.POSTPONED),
        event("gone", status=Status.WITHDRAWN, sdgs=(9,)),
        event("hidden", published=False, sdgs=(9,)),
        event("side", kind=Kind.SIDE_EVENT, held_at=forum.uid, roles=(Role.ORGANIZER,), sdgs=(9,)),
        event("side-off", kind=Kind.SIDE_EVENT, held_at=forum.uid, status=Status.CANCELLED),
        statement("two of a kind", forum),
        statement("two of a kind, again", forum),
    )
    found = yearly.count(record, range(2030, 2033))
    assert found.events == {
        2030: Events(2030),
        2031: Events(
            year=2031,
            events=4,
            with_role=2,
            own_role=1,
            told=1,
            sourced=3,
            unverified=1,
            without_goal=2,
            without_country=1,
            off=2,
            side_events=1,
            side_events_off=1,
        ),
        2032: Events(year=2032, events=2, sourced=2, without_goal=2),
    }
    assert found.values == {
        "role": {"chair": {2031: 1}, "member": {2031: 1}},
        "sdg": {"9": {2031: 2}, "13": {2031: 1}},
        "theme": {"cybersecurity": {2031: 1}},
        "country": {"CH": {2031: 3, 2032: 1}, "FJ": {2032: 1}},
        "kind": {"conference": {2031: 4, 2032: 2}},
    }
    assert yearly.told(record, range(2030, 2033)) == {2031: ("own-role",)}


def test_statement_counts_once_and_a_partner_once_a_year(record):
    forum, other = event("forum"), event("other")
    side = event("side", kind=Kind.SIDE_EVENT, held_at=forum.uid)
    hidden = event("hidden", published=False)
    keep(
        record,
        *(forum, other, side, hidden),
        statement("of both", forum, other, activity=Activity.SIDE_EVENT, partners=("a", "b")),
        statement("with an entry", forum, side, activity=Activity.SIDE_EVENT, partners=("b",)),
        statement("of a series", series=("council",), partners=("a", "c")),
        statement("another year", series=("council",), partners=("a",), year=2030),
        statement("internal", forum, partners=("c",), public=False),
        statement("of what is hidden", hidden, partners=("c",), activity=Activity.SIDE_EVENT),
    )
    found = yearly.count(record, range(2029, 2032))
    assert found.statements == {
        2029: Statements(2029),
        2030: Statements(year=2030, statements=1, partners=1),
        2031: Statements(year=2031, statements=3, side_events=1, partners=3, side_event_partners=2),
    }


def test_statement_is_told_of_the_years_in_which_its_events_may_lie(record):
    moved, over = event("moved", "5 May 2030"), event("over", "30 December 2030 - 2 January 2031")
    keep(
        record,
        *(moved, over),
        statement("moved", moved, partners=("a",)),
        statement("over", over, activity=Activity.SIDE_EVENT, partners=("b",)),
        statement("event and series", moved, series=("council",), partners=("c",)),
    )
    assert yearly.count(record, [2030, 2031]).statements == {
        2030: Statements(year=2030, statements=3, side_events=1, partners=3, side_event_partners=1),
        2031: Statements(year=2031, statements=1, side_events=1, partners=1, side_event_partners=1),
    }


def test_statement_of_nothing_but_what_is_off_is_not_counted(record):
    off, held = event("off", status=Status.CANCELLED), event("held")
    side = event("side", kind=Kind.SIDE_EVENT, held_at=held.uid, status=Status.CANCELLED)
    keep(
        record,
        *(off, held, side),
        statement("off", off, partners=("a",)),
        statement("side", side, activity=Activity.SIDE_EVENT, partners=("a",)),
        statement("both", off, held, partners=("b",)),
        statement("of the series too", off, series=("council",), partners=("c",)),
    )
    assert yearly.count(record, [2031]).statements == {2031: Statements(year=2031, statements=2, partners=2)}


def test_what_was_taken_out_counts_no_more(record):
    told = statement("of a series", series=("council",), partners=("a",))
    keep(record, told)
    with record.change(NOW, actor="test") as change:
        engagements.save(change, record, Kept(engagement=told, removed=True), action="removed")
    assert yearly.count(record, [2031]).statements == {2031: Statements(2031)}


def test_event_with_two_of_the_values_counts_once(record):
    keep(record, event("two", themes=("cybersecurity", "youth")), event("one", themes=("youth",)), event("none"))
    assert yearly.with_any(record, [2031], "theme", ["youth", "cybersecurity"]) == {2031: 2}
    assert yearly.with_any(record, [2031], "theme", []) == {}


def test_years_are_looked_up_by_indexes_alone(record):
    asked: list[str] = []
    record.db.conn.set_trace_callback(asked.append)
    yearly.count(record, range(2020, 2032))
    yearly.told(record, range(2020, 2032))
    yearly.with_any(record, range(2020, 2032), "theme", ["youth"])
    record.db.conn.set_trace_callback(None)
    selects = [sql for sql in asked if sql.startswith("SELECT")]
    plans = [row[3] for sql in selects for row in record.db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(selects) == 5
    # "t" are the statements found of these years, which are few.
    named = {plan for plan in plans if plan.startswith("SCAN") and not plan.startswith("SCAN json_each")}
    assert named == {"SCAN t"}


def test_columns_stand_on_one_scale_and_tell_the_highest_and_the_last():
    drawing = bars.columns({2029: 10, 2030: 0, 2031: 5}, most=20, unfinished=2031)
    assert [(each.height, each.open) for each in drawing.columns] == [(34.0, False), (17.0, True)]
    assert {each.y + each.height for each in drawing.columns} == {drawing.base}
    assert [word.text for word in drawing.words] == ["10", "5", "2029", "2031"]
    assert bars.columns({2031: 3}, most=3, unfinished=2032).words[-1] == Word(text="2031", x=84, y=100)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=25))
def test_columns_and_words_stay_within_the_drawing_and_apart(numbers):
    drawing = bars.columns(dict(enumerate(numbers, 2010)), most=max(numbers), unfinished=2030)
    assert len(drawing.columns) == len([number for number in numbers if number])
    edges = [(each.x, each.x + each.width) for each in drawing.columns]
    assert all(0 <= left < right <= bars.WIDTH for left, right in edges)
    assert all(right <= left for (_, right), (left, _) in pairwise(edges))
    assert all(each.y >= 0 for each in drawing.columns)
    at = sorted(word.x for word in drawing.words if word.y < drawing.base)
    assert all(other - one > 10 for one, other in pairwise(at))


def test_small_number_among_large_ones_is_still_seen():
    assert bars.columns({2030: 1, 2031: 4000}, most=4000, unfinished=2032).columns[0].height == 2.0


def test_line_goes_from_its_first_value_to_its_last():
    drawing = bars.line([(2015, "before 2016", 50, "about 50 %"), (2016, "2016", 100, "100 %")], full=100, loose=True)
    assert drawing.points == (Point(x=12.0, y=52.0), Point(x=156.0, y=18.0))
    assert {word.text for word in drawing.words} == {"before 2016", "2016", "about 50 %", "100 %"}


def figure(year: str, value: float, unit: str = "percent", subject: str = "jiu") -> Figure:
    return Figure(subject=subject, year=year, measure="acceptance", value=value, unit=unit, source="Council report")


def test_measure_is_told_in_words_in_the_order_of_its_years():
    found = [figure("2016", 86, "percent, about, December 2016"), figure("before 2016", 46), figure("2019", 90)]
    (measure,) = measures.of(found, range(2015, 2018), ENGLISH, {"jiu": replace(FORUM, short_name="JIU")})
    assert (measure.subject, measure.name) == ("JIU", "acceptance")
    assert [(value.year, value.told) for value in measure.values] == [
        ("before 2016", "46%"),
        ("2016", "about 86% (December 2016)"),
    ]
    assert measure.drawing == bars.line(
        [(2015, "before 2016", 46, "46%"), (2016, "2016", 86, "about 86%")], full=100, loose=True
    )


def test_single_figure_is_told_and_not_drawn():
    (measure,) = measures.of([figure("2016", 17, "count", "2030-agenda")], [2016], ENGLISH, {})
    assert (measure.subject, [value.told for value in measure.values], measure.drawing) == ("2030 Agenda", ["17"], None)
    assert measures.of([figure("some day", 17)], [2016], ENGLISH, {}) == []
