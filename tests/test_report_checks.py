"""Checks: what the period of a report lacks, as a list to work off."""

from dataclasses import replace

import pytest

from calendar_app import addresses, report, reporting, texts
from calendar_app.desk import side_events
from calendar_app.engagement import Engagement
from calendar_app.events import NO_SOURCE
from calendar_app.report import Check, periods, statistics
from calendar_app.report.facts import Facts, HeaderField
from calendar_app.store import Store, events, yearly
from calendar_app.topics import Activity, Status
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
        "no-source": 2,
        "unverified": 4,
        "unofficial": 8,
        "no-days": 1,
        "rival-claims": 3,
        "no-section": 9,
        "silent-series": 22,
        "no-header": 4,
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
    at = annex["Events of which it is on record what ITU did there"]
    of_series = annex["Events of which only what ITU did in their series is on record"]
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
    assert f"For {of_series} other events, it is on record what ITU did in their series as a whole." in summary


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


def test_side_events_are_asked_for_outside_their_forum_s_days_and_without_a_section(store: Store):
    forum = events.by_slug(store, "hlpf-2016")
    given = {"title": "Too early", "dates": "10 July 2016", "source": "x", "mode": "in-person"}
    made = side_events.add(store, forum.uid, given, actor="editor@example.org", now=NOW)
    facts = reporting.gather(store, periods.calendar_year(2016))
    assert subjects(facts, "side-event-outside") == [addresses.desk_event(made.slug)]
    assert "/desk/report/places?event=too-early" not in " ".join(subjects(facts, "no-section"))
    with store.change(NOW, actor="test") as change:
        events.save(change, replace(forum, status=Status.WITHDRAWN), action="edited")
    facts = reporting.gather(store, periods.calendar_year(2016))
    assert f"/desk/report/places?event={made.slug}" in subjects(facts, "no-section")
    told = " ".join(each.text for block in report.write(facts, EN).sections[0].blocks for each in block.sentences)
    assert "10 events stand in no section" in told


def test_statements_of_what_was_called_off_are_named(facts: Facts):
    off = tuple(replace(each, status=Status.CANCELLED) if each.slug == "whs-2016" else each for each in facts.events)
    whs = next(each for each in off if each.off)
    told = Engagement(
        uid="00000000-0000-4000-8000-000000000002", year=2016, activity=Activity.INPUT, detail="", events=(whs.uid,)
    )
    found_ = replace(facts, events=off, engagements=(*facts.engagements, told))
    its = [each.uid for each in found_.engagements if each.events == (whs.uid,)]
    assert subjects(found_, "off-statement") == [addresses.desk_engagement(uid) for uid in its]
    assert told.uid in its
    assert subjects(found_, "no-statement-section") == []


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
    unread = replace(event, source=NO_SOURCE)
    assert subjects(replace(facts, events=(unread,)), "no-source") == ["/desk/events/unea-2016"]
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


def test_settled_thing_counts_no_more_and_things_on_one_page_are_settled_one_by_one(facts: Facts):
    checks = report.check(facts, EN)
    (head,) = (each for each in checks if each.kind == "no-header")
    first, *rest = head.subjects
    name = report.settling("no-header", first)
    assert name == f"settled:no-header:{first.address}#{first.text}"
    left, done = report.parted(checks, {name: "There is none", "settled:no-goal:/x": "Gone"})
    assert done == (report.Settled(kind="no-header", subject=first, name=name, reason="There is none"),)
    assert [each.subjects for each in left if each.kind == "no-header"] == [tuple(rest)]
    assert report.open_things(checks, {name: "There is none"}) == report.open_things(checks, {}) - 1
    # Taken back, it is open again.
    assert report.parted(checks, {name: ""}) == (checks, ())
