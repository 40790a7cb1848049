"""Statistics, and the annex that is made of them: how many events of a period there are, by what."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from calendar_app import report, reporting, spans, texts
from calendar_app.desk import side_events
from calendar_app.engagement import Engagement
from calendar_app.events import Event, Series, SeriesRole
from calendar_app.report import periods, statistics
from calendar_app.report.facts import Facts, Period
from calendar_app.report.model import Table
from calendar_app.report.statistics import Totals
from calendar_app.store import Store, engagements, events, yearly
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Activity, Confidence, Kind, Role, Status
from tests.conftest import NOW

EN = texts.of("en")
YEAR = periods.calendar_year(2016)
SERIES = {
    "csw": Series(
        key="csw",
        short_name="CSW",
        name="Commission",
        kind=Kind.COMMISSION,
        roles=(SeriesRole(role=Role.OBSERVER), SeriesRole(role=Role.CHAIR, year=2015)),
    )
}


def event(number: int, dates: str = "11-20 July 2016", **values: object) -> Event:
    uid = f"00000000-0000-4000-8000-{number:012}"
    made = Event(
        uid=uid, slug=f"e-{number}", stamp=datetime(2016, 1, 1, tzinfo=UTC), title=f"E{number}", span=spans.parse(dates)
    )
    return replace(made, **values)


EVENTS = (
    event(1, sdgs=(5, 17), country="US", roles=(Role.HOST,), themes=("youth",)),
    event(2, "November 2016", sdgs=(17,), country="CH", series="csw", confidence=Confidence.LOW),
    event(3, "2016", sdgs=(17,)),
    event(4, status=Status.CANCELLED, sdgs=(17,), country="US"),
    event(5, kind=Kind.SIDE_EVENT, sdgs=(5,), country="US"),
    event(6, "30 October - 4 November 2016", sdgs=(17,), country="FR"),
)


def done(
    number: int, *events: Event, activity: Activity = Activity.SIDE_EVENT, partners: tuple[str, ...] = ()
) -> Engagement:
    uid = f"10000000-0000-4000-8000-{number:012}"
    return Engagement(
        uid=uid, year=2016, activity=activity, detail="", events=tuple(each.uid for each in events), partners=partners
    )


DONE = (
    done(1, EVENTS[0], EVENTS[1], partners=("gsma", "gesi")),
    done(2, EVENTS[4], partners=("gsma",)),
    done(3, EVENTS[0], activity=Activity.INPUT, partners=("who",)),
)


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("role", {"host": 1, "observer": 1}),
        ("sdg", {"5": 1, "17": 4}),
        ("theme", {"youth": 1}),
        ("region", {"Americas": 1, "Europe": 2}),
    ],
)
def test_events_count_once_by_each_value_and_not_what_is_off_or_a_side_event(what: str, found: dict[str, int]):
    told = statistics.by(EVENTS, SERIES, what)
    assert (told, sorted(told.items())) == (found, sorted(found.items()))
    assert statistics.by(reversed(EVENTS), SERIES, what) == found


def test_values_stand_in_the_order_of_their_vocabulary():
    assert list(statistics.by(EVENTS, SERIES, "sdg")) == ["5", "17"]
    assert list(statistics.by(EVENTS, SERIES, "role")) == ["host", "observer"]


def test_statement_of_several_events_and_a_partner_of_several_count_once():
    assert statistics.totals(EVENTS, SERIES, DONE) == Totals(
        events=4,
        with_role=2,
        told=2,
        of_series=0,
        unverified=1,
        undated=2,
        off=1,
        side_events=1,
        stated=1,
        partners=3,
        beside=2,
    )


def test_event_is_told_by_a_statement_that_names_it_or_a_side_event_at_it_and_not_by_its_series():
    side = event(5, kind=Kind.SIDE_EVENT, held_at=EVENTS[2].uid)
    named, of_series = done(1, EVENTS[0]), replace(done(2, activity=Activity.INPUT), series=("csw",))
    assert statistics.told((*EVENTS, side), [named, of_series]) == {EVENTS[0].uid, EVENTS[2].uid}
    assert statistics.told((*EVENTS, replace(side, status=Status.CANCELLED)), [named]) == {EVENTS[0].uid}
    found = statistics.totals((*EVENTS, side), SERIES, [named, of_series])
    assert (found.told, found.of_series) == (2, 1)


def test_goals_count_in_each_month_in_which_an_event_may_lie():
    goals = statistics.coverage(EVENTS, list(periods.months(YEAR)))
    assert [goal.number for goal in goals] == list(range(1, 18))
    last = goals[-1]
    assert (last.cells, last.undated, last.total) == ((0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2, 0), 1, 4)
    assert (goals[4].cells[6], goals[4].total) == (1, 1)


def test_goals_by_year_know_the_year_of_what_has_no_month():
    period = Period(first=date(2015, 1, 1), last=date(2016, 12, 31))
    last = statistics.coverage(EVENTS, list(periods.years(period)))[-1]
    assert (last.cells, last.undated, last.total) == ((0, 4), 0, 4)


@pytest.fixture(scope="module")
def annex(catalogued: Store) -> tuple[Table, ...]:
    return report.write(reporting.gather(catalogued, YEAR), EN).annex


def rows(table: Table) -> dict[str, list[str]]:
    return {row[0].text: [run.text for run in row[1:]] for row in table.rows}


def test_numbers_are_those_of_the_figures_by_year(catalogued: Store, annex: tuple[Table, ...]):
    found = yearly.count(catalogued, [2015, 2016])
    now, before = found.events[2016], found.events[2015]
    table = {name: cells for each in annex[2:] for name, cells in rows(each).items()}
    assert annex[2].head == ("Number", "2016", "2015", "Change")
    assert table["Events"] == [str(now.events), str(before.events), f"{now.events - before.events:+d}"]
    assert table["Events at which ITU’s role is on record"][:2] == [str(now.with_role), str(before.with_role)]
    assert table["Events of which it is on record what ITU did there"][:2] == [str(now.told), str(before.told)]
    assert table["Partners in side events"] == ["8", "0", "+8"]
    assert table["Partners"][0] == str(found.statements[2016].partners)
    assert table["Statements of side events that are not in the calendar"][0] == str(found.statements[2016].side_events)
    assert table["5 Gender Equality"] == ["2", "3", "−1"]
    for goal in ("9", "17"):
        name = next(name for name in table if name.startswith(f"{goal} "))
        assert table[name][:2] == [str(found.values["sdg"][goal][year]) for year in (2016, 2015)]


def test_numbers_are_those_of_the_figures_whatever_moved_or_was_called_off(store: Store):
    with store.change(NOW, actor="test") as change:
        moved = events.by_slug(store, "whs-2016")
        events.save(change, replace(moved, span=spans.parse("23 May 2018")), action="edited")
        off = events.by_slug(store, "hlpf-2016")
        events.save(change, replace(off, status=Status.CANCELLED), action="edited")
        told = Engagement(
            uid="20000000-0000-4000-8000-000000000001",
            year=2017,
            activity=Activity.SIDE_EVENT,
            detail="",
            events=(off.uid,),
            partners=("who",),
        )
        engagements.save(change, store, Kept(engagement=told), action="added")
    found = yearly.count(store, range(2015, 2020))
    for year in range(2015, 2020):
        facts = reporting.gather(store, periods.calendar_year(year))
        totals = statistics.totals(facts.events, facts.series, facts.engagements)
        counted, stated = found.events[year], found.statements[year]
        assert (totals.told, totals.off, totals.events) == (counted.told, counted.off, counted.events), year
        assert (totals.partners, totals.beside, totals.stated) == (
            *(stated.partners, stated.side_event_partners),
            stated.side_events,
        ), year
        assert len(statistics.happened(facts.events, facts.engagements)) == stated.statements, year
    assert (found.events[2018].told, found.statements[2018].statements) == (1, 4)


def test_annex_tells_every_event_with_what_is_on_record(annex: tuple[Table, ...]):
    table = annex[0]
    assert table.head == ("Dates", "Event", "Place", "ITU’s role", "SDGs", "What ITU did", "Remarks")
    found = {row[1].address: [run.text for run in row] for row in table.rows}
    assert len(found) == len(table.rows) == 47
    assert found["/events/whs-2016"] == [
        "23-24 May",
        "World Humanitarian Summit",
        "Istanbul, Turkey",
        "Participant",
        "1-3, 16, 17",
        "Negotiation, Side event, Policy statement, Outreach",
        "",
    ]
    assert found["/events/csw-2016"][5] == "Of the series: Observer"
    assert found["/events/ceb-2016-04"][6] == "dates unverified"
    assert found["/events/hlpf-2016"][4] == "1-17"


def test_values_have_tables_of_their_own_in_the_order_of_their_vocabularies(store: Store):
    forum = events.by_slug(store, "hlpf-2016")
    given = {"title": "Beside", "dates": "12 July 2016", "source": "x"}
    side_events.add(store, forum.uid, side_events.start(forum) | given, actor="editor@example.org", now=NOW)
    for year in (2015, 2016, 2030):
        tables = report.write(reporting.gather(store, periods.calendar_year(year)), EN).annex[3:]
        goals = [int(name.split()[0]) for each in tables if each.head[0] == "Goal" for name in rows(each)]
        assert goals == sorted(goals)
    tables = report.write(reporting.gather(store, YEAR), EN).annex
    assert [each.caption for each in (tables[0], *tables[3:])] == [
        "All events of the period, ITU’s side events among them",
        *("Events by ITU’s role", "Events by region", "Events by Sustainable Development Goal", "Events by theme"),
    ]
    assert list(rows(tables[3])) == ["Organizer", "Host", "Observer", "Participant"]
    (beside,) = (row for row in tables[0].rows if row[1].text == "Beside")
    assert beside[6].text == "ITU’s side event at HLPF"


def test_period_of_several_years_counts_goals_by_year(catalogued: Store):
    period = Period(first=date(2016, 1, 1), last=date(2018, 12, 31))
    table = report.write(reporting.gather(catalogued, period), EN).annex[1]
    assert table.head == ("Goal", "2016", "2017", "2018", "All")
    assert all(len(row) == len(table.head) for row in table.rows)


def test_period_without_one_before_it_has_numbers_alone():
    facts = Facts(period=YEAR, events=EVENTS, series=SERIES)
    numbers = report.write(facts, EN).annex[2]
    assert numbers.head == ("Number", "2016")
    assert rows(numbers)["Events"] == ["4"]
