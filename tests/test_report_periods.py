"""Which days a report is about, and what one choice of them takes in that another leaves out."""

from dataclasses import replace
from datetime import date

import pytest

from calendar_app import report, reporting, spans, texts
from calendar_app.errors import CalendarError
from calendar_app.report import periods
from calendar_app.report.facts import Period
from calendar_app.selection import Selection
from calendar_app.store import Store, events
from calendar_app.web import report_periods

EN = texts.of("en")


def test_calendar_year_is_its_days():
    year = periods.calendar_year(2016)
    assert (year, year.year) == (Period(first=date(2016, 1, 1), last=date(2016, 12, 31)), 2016)
    assert Period(first=date(2016, 1, 1), last=date(2017, 12, 31)).year is None


def test_query_of_a_period_selects_its_events_and_names_its_report():
    period = Period(first=date(2016, 6, 3), last=date(2017, 5, 14))
    assert period.query == "from=2016-06-03&to=2017-05-14"
    assert period.query == Selection(first=period.first, last=period.last).query
    assert report_periods.carried(period.query) == period
    wrong = ("", "x", "from=2016-06-03", "to=2017-05-14&from=2016-06-03", f"{period.query}&x=1", "from=1&to=2")
    assert [text for text in wrong if report_periods.carried(text)] == []


def test_council_to_council_leaves_out_what_met_before_the_earlier_one_ended(catalogued: Store):
    council = reporting.read(catalogued, "itu-council-2016", "itu-council-2017")
    chosen, other = (reporting.gather(catalogued, each).events for each in (council, periods.calendar_year(2016)))
    drops, takes = ([event.slug for event in found] for found in periods.compare(chosen, other))
    wanted = ["ecosoc-partnership-forum-2016", "ffd-forum-2016", "ecosoc-integration-segment-2016", "whs-2016"]
    assert [slug for slug in drops if slug in wanted] == wanted
    assert {"ldc-midterm-review-2016", "itu-council-2016"} <= set(drops)
    assert {"sti-forum-2016", "hlpf-2016"}.isdisjoint({*drops, *takes})
    assert takes
    assert all(slug.endswith("2017") or "2017-" in slug for slug in takes)


def test_event_that_runs_over_the_edge_belongs_to_both_periods(catalogued: Store):
    session = events.by_slug(catalogued, "itu-council-2016")
    halves = [(date(2016, 1, 1), date(2016, 5, 31)), (date(2016, 6, 1), date(2016, 12, 31))]
    for first, last in halves:
        assert session in reporting.gather(catalogued, Period(first=first, last=last)).events


def test_sessions_next_to_each_other_are_refused_as_such(catalogued: Store):
    session = events.by_slug(catalogued, "itu-council-2016")
    following = replace(session, title="Next", span=spans.parse("3-4 June 2016"))
    with pytest.raises(CalendarError) as error:
        periods.between(session, following)
    assert (error.value.message, error.value.data) == (
        "report-adjacent",
        {"since": "ITU Council 2016", "until": "Next"},
    )


def test_period_of_a_day_is_told_as_a_day(catalogued: Store):
    told = report.write(reporting.gather(catalogued, reporting.read(catalogued, "2016-03-27", "2016-03-27")), EN)
    assert "system on 27 March 2016," in told.sections[0].blocks[0].sentences[0].text
    assert told.annex[-1].head[1:3] == ("27 March 2016", "26 March 2016")


def test_sessions_with_no_day_between_them_are_refused(catalogued: Store):
    session = events.by_slug(catalogued, "itu-council-2016")
    with pytest.raises(CalendarError) as error:
        periods.between(session, session)
    assert error.value.message == "report-backwards"
