"""Checks: what the period of a report lacks, as a list to work off."""

from dataclasses import replace

import pytest

from calendar_app import addresses, report, reporting, texts
from calendar_app.desk import side_events
from calendar_app.engagement import Engagement
from calendar_app.report import Check, periods, statistics
from calendar_app.report.facts import Facts, HeaderField
from calendar_app.store import Store, events, yearly
from calendar_app.topics import Activity
from tests.conftest import NOW

EN = texts.of("en")


@pytest.fixture(scope="module")
def facts(catalogued: Store) -> Facts:
    return reporting.gather(catalogued, periods.calendar_year(2016))


def found(facts: Facts) -> dict[str, Check]:
    return {each.kind: each for each in report.check(facts, EN)}


def subjects(facts: Facts, kind: str) -> list[str]:
    checks = found(facts)
    return [run.address for run in checks[kind].subjects] if kind in checks else []


def test_shipped_2016_lacks_what_it_lacks(facts: Facts):
    told = {kind: len(check.subjects) for kind, check in found(facts).items()}
    assert told == {
        "no-engagement": 28,
        "unverified": 4,
        "no-days": 1,
        "rival-claims": 3,
        "no-section": 9,
        "silent-series": 22,
        "no-header": 5,
    }


def test_what_is_told_of_events_is_counted_alike_in_summary_annex_figures_and_check(store: Store):
    forum = events.by_slug(store, "who-wha-2016")
    given = {"title": "Digital health", "dates": "24 May 2016", "source": "A note", "mode": "in-person"}
    side_events.add(store, forum.uid, given, actor="editor@example.org", now=NOW)
    facts = reporting.gather(store, periods.calendar_year(2016))
    written = report.write(facts, EN)
    by_year = yearly.count(store, [2016]).events[2016]
    assert forum.slug in yearly.told(store, [2016])[2016]
    annex = {row[0].text: row[1].text for row in written.annex[2].rows}
    named = {row[1].address: row[5].text for row in written.annex[0].rows}
    at = annex["Events with what ITU did there on record"]
    of_series = annex["Others with what ITU did in their series as a whole on record"]
    counted = statistics.counted(facts.events)
    cells = [named[addresses.event(event.slug)] for event in counted]
    assert named[addresses.event(forum.slug)] == "Side event"
    assert [at, of_series] == [
        str(len([cell for cell in cells if cell and not cell.startswith("Of the series")])),
        str(len([cell for cell in cells if cell.startswith("Of the series")])),
    ]
    assert (by_year.told, by_year.events) == (int(at), len(counted))
    assert len(subjects(facts, "no-engagement")) == by_year.events - int(at) - int(of_series)
    summary = " ".join(each.text for block in written.sections[0].blocks for each in block.sentences)
    assert f"and what ITU did there for {at}." in summary
    assert f"For {of_series} others, it is on record what ITU did in their series as a whole." in summary


def test_each_leads_to_where_it_is_mended(facts: Facts):
    assert "/desk/events/who-wha-2016/engagement" in subjects(facts, "no-engagement")
    assert "/desk/events/unga-2016/engagement" not in subjects(facts, "no-engagement")
    assert subjects(facts, "no-days") == ["/desk/events/igf-2016"]
    assert subjects(facts, "rival-claims") == [f"/desk/events/{key}-2016" for key in ("ffd-forum", "habitat", "igf")]
    assert "/desk/report/places?event=unea-2016" in subjects(facts, "no-section")
    assert "/desk/series/ianyd/engagement" in subjects(facts, "silent-series")
    assert "/desk/series/ungis/engagement" not in subjects(facts, "silent-series")
    assert set(subjects(facts, "no-header")) == {"/desk/report?from=2016-01-01&to=2016-12-31"}


def test_what_is_put_right_is_asked_for_no_more(facts: Facts):
    events = tuple(replace(event, claims=(), sdgs=()) for event in facts.events)
    mended = replace(facts, events=events, written=dict.fromkeys(HeaderField, "x"))
    kinds = found(mended)
    assert "rival-claims" not in kinds
    assert "no-header" not in kinds
    assert len(kinds["no-goal"].subjects) == 47


def test_claim_that_says_what_is_adopted_is_no_rival(facts: Facts):
    (event,) = (each for each in facts.events if each.slug == "habitat-2016")
    (claim,) = event.claims
    same = replace(event, claims=(replace(claim, span=event.span, city="", country=""),))
    elsewhere = replace(event, claims=(replace(claim, span=event.span, city="Lima", country="PE"),))
    assert subjects(replace(facts, events=(same,)), "rival-claims") == []
    assert subjects(replace(facts, events=(elsewhere,)), "rival-claims") == ["/desk/events/habitat-2016"]


def test_events_without_source_and_statements_without_source_or_section_are_named(facts: Facts):
    event = replace(next(each for each in facts.events if each.slug == "unea-2016"), source="", source_url="")
    uid = "00000000-0000-4000-8000-000000000001"
    told = Engagement(uid=uid, year=2016, activity=Activity.INPUT, detail="Word " * 40, events=(event.uid,))
    lacking = replace(facts, events=(event,), engagements=(told,))
    assert subjects(lacking, "no-source") == ["/desk/events/unea-2016"]
    assert subjects(lacking, "no-statement-source") == [f"/desk/engagements/{uid}"]
    assert subjects(lacking, "no-statement-section") == [f"/desk/engagements/{uid}"]
    (words,) = (run.text for run in found(lacking)["no-statement-source"].subjects)
    assert (words[:11], words[-1], len(words)) == ("Input: Word", "…", 80)


def test_figures_of_another_year_are_missing_but_not_what_lasts(catalogued: Store):
    later = reporting.gather(catalogued, periods.calendar_year(2025))
    assert [run.text for run in found(later)["no-figures"].subjects] == [
        "JIU: acceptance rate of long-standing recommendations, reports of 2006-2014",
        "JIU: implementation rate of recommendations, reports of 2006-2014",
        "CEB: sessions a year",
    ]


def test_nothing_to_tell_is_nothing_lacking():
    empty = Facts(period=periods.calendar_year(2016), events=(), series={}, written=dict.fromkeys(HeaderField, "x"))
    assert report.check(empty, EN) == ()
