"""What a report is written from, gathered for one period; and the periods that one may ask for."""

from dataclasses import replace
from datetime import date

import pytest

from calendar_app import reporting, texts
from calendar_app.errors import CalendarError, SelectionError
from calendar_app.report.facts import Period
from calendar_app.store import Store, events, report
from calendar_app.topics import Status
from tests.conftest import NOW

YEAR = Period(first=date(2016, 1, 1), last=date(2016, 12, 31))


def council(store: Store, slug: str):
    return events.by_slug(store, f"itu-council-{slug}")


def test_sessions_of_council_are_told_in_their_order(catalogued: Store):
    found = [event.slug.removeprefix("itu-council-") for event in reporting.sessions(catalogued, near=YEAR)]
    assert found[:5] == ["2015", "2016", "2017", "2018", "2019"]
    assert found == sorted(found)


def test_two_days_are_a_period_that_holds_both(catalogued: Store):
    assert reporting.read(catalogued, "2016-01-01", "2016-12-31") == YEAR
    assert reporting.read(catalogued, "2016-05-01", "2016-05-01").last == date(2016, 5, 1)


def test_two_sessions_of_council_are_the_days_between_them(catalogued: Store):
    since, until = council(catalogued, "2016"), council(catalogued, "2017")
    told = Period(first=date(2016, 6, 3), last=date(2017, 5, 14), since=since, until=until)
    assert reporting.read(catalogued, since.slug, until.slug) == told


@pytest.mark.parametrize(
    ("since", "until", "message"),
    [
        ("2016-02-30", "2016-12-31", "report-bound"),
        ("2016-01-01", "unknown", "report-bound"),
        ("hlpf-2016", "itu-council-2017", "report-bound"),
        ("2016-01-01", "", "report-open"),
        ("itu-council-2016", "2016-06-02", "select-backwards"),
        ("2016-12-31", "2016-01-01", "select-backwards"),
    ],
)
def test_what_is_no_period_is_refused(catalogued: Store, since: str, until: str, message: str):
    with pytest.raises(SelectionError) as error:
        reporting.read(catalogued, since, until)
    assert error.value.message == message


def test_session_and_day_are_a_period_that_begins_or_ends_beside_the_session(catalogued: Store):
    told = Period(first=date(2016, 6, 3), last=date(2016, 12, 31))
    assert reporting.read(catalogued, "itu-council-2016", "2016-12-31") == told
    told = Period(first=date(2016, 1, 1), last=date(2017, 5, 14))
    assert reporting.read(catalogued, "2016-01-01", "itu-council-2017") == told


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.POSTPONED])
def test_session_that_was_called_off_is_told_as_such(store: Store, status: Status):
    with store.change(NOW, actor="test") as change:
        events.save(change, replace(council(store, "2017"), status=status), action="edited")
    with pytest.raises(CalendarError) as error:
        reporting.read(store, "itu-council-2016", "itu-council-2017")
    words = texts.of("en").error(error.value)
    assert words == f"ITU Council 2017 was {status}. Give a day instead."


def test_session_without_days_on_record_is_named(catalogued: Store):
    with pytest.raises(CalendarError) as error:
        reporting.read(catalogued, "itu-council-2015", "itu-council-2016")
    assert (error.value.message, error.value.data) == ("report-no-days", {"title": "ITU Council 2015"})


def test_sessions_the_wrong_way_round_are_refused(catalogued: Store):
    with pytest.raises(CalendarError) as error:
        reporting.read(catalogued, "itu-council-2017", "itu-council-2016")
    told = {"since": "ITU Council 2017", "until": "ITU Council 2016"}
    assert (error.value.message, error.value.data) == ("report-backwards", told)


def test_period_holds_what_may_fall_in_it_and_nothing_else(catalogued: Store):
    facts = reporting.gather(catalogued, YEAR)
    assert all(event.span.overlaps(YEAR.first, YEAR.last) and event.public for event in facts.events)
    assert (len(facts.events), len(facts.before)) == (47, 31)
    assert "igf-2016" in {event.slug for event in facts.events}


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2016-01-01", "2016-12-31", date(2015, 1, 1), date(2015, 12, 31)),
        ("itu-council-2017", "itu-council-2018", date(2016, 6, 3), date(2017, 5, 14)),
        # The session of 2015 has no days on record: as many days before.
        ("itu-council-2016", "itu-council-2017", date(2015, 6, 23), date(2016, 6, 2)),
        ("2016-03-01", "2016-03-10", date(2016, 2, 20), date(2016, 2, 29)),
    ],
)
def test_period_is_compared_with_the_one_before_it(catalogued: Store, since, until, first, last):
    earlier = reporting.gather(catalogued, reporting.read(catalogued, since, until)).earlier
    assert earlier is not None
    assert (earlier.first, earlier.last) == (first, last)


def test_period_at_the_beginning_of_the_calendar_has_none_before_it(catalogued: Store):
    for first, last in ((date(1900, 1, 1), date(1900, 12, 31)), (date(1900, 3, 1), date(1901, 3, 1))):
        facts = reporting.gather(catalogued, Period(first=first, last=last))
        assert (facts.earlier, facts.before, facts.engagements_before) == (None, (), ())


def test_events_outside_the_period_that_a_statement_covers_are_named(catalogued: Store):
    facts = reporting.gather(catalogued, reporting.read(catalogued, "itu-council-2016", "itu-council-2017"))
    named = {event.slug for event in facts.names.values()}
    assert named == {"ecosoc-partnership-forum-2016", "ffd-forum-2016", "ecosoc-integration-segment-2016"}


def test_texts_are_those_of_the_period_itself(store: Store):
    with store.change(NOW, actor="e@example.org") as change:
        report.write(change, YEAR.first, YEAR.last, name="summary", text="Of the year")
        report.write(change, YEAR.first, date(2016, 6, 30), name="summary", text="Of its half")
    assert reporting.gather(store, YEAR).written == {"summary": "Of the year"}


def test_events_that_many_statements_name_are_read_at_once(catalogued: Store):
    asked: list[str] = []
    catalogued.db.conn.set_trace_callback(asked.append)
    facts = reporting.gather(catalogued, reporting.read(catalogued, "itu-council-2016", "itu-council-2017"))
    catalogued.db.conn.set_trace_callback(None)
    assert facts.names
    assert len([sql for sql in asked if "FROM events e WHERE" in sql]) <= 8
