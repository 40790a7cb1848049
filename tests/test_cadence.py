"""Cadence: what a series' own words say of its rhythm, which sessions follow from it, and which are missing."""

from dataclasses import replace
from datetime import date

import pytest

from calendar_app import cadence, catalogue, spans
from calendar_app.cadence import Cadence, Window
from calendar_app.events import Event, Series
from calendar_app.topics import Kind, Status
from tests.conftest import NOW

TODAY = date(2026, 11, 24)
HLPF = Series(key="hlpf", short_name="HLPF", name="Forum", kind=Kind.FORUM, cadence="annual", months="July")
CEB = replace(HLPF, key="ceb", short_name="CEB", cadence="twice-yearly", months="April-May; November")

# Every cadence of the catalogue, and what is read of it.
READ = {
    "annual": Cadence(),
    "annual (2014-2020)": Cadence(first=2014, last=2020),
    "every 2 years": Cadence(years=2),
    "every 3 years": Cadence(years=3),
    "every 4 years": Cadence(years=4),
    "every 10 years": Cadence(years=10),
    "every 20 years": Cadence(years=20),
    "twice-yearly": Cadence(times=2),
    "three times a year": Cadence(times=3),
    **dict.fromkeys(("", "ad hoc", "once", "once per decade", "every 2-3 years", "annual or every 2 years")),
    **dict.fromkeys(("continuous", "continuous (since 2012)")),
}
# Every text of months of the catalogue that is not one month or one stretch of them.
MONTHS = {
    "17 May": ((5, 5, 0),),
    "March-April; September": ((3, 4, 0), (9, 9, 0)),
    "April-May; November": ((4, 5, 0), (11, 11, 0)),
    "April; October": ((4, 4, 0), (10, 10, 0)),
    "March-April; September-October": ((3, 4, 0), (9, 10, 0)),
    "March-April; October-November": ((3, 4, 0), (10, 11, 0)),
    "February-March; June-July; September-October": ((2, 3, 0), (6, 7, 0), (9, 10, 0)),
    "May; July from 2019": ((5, 5, 0), (7, 7, 2019)),
    "September-October; July from 2022": ((9, 10, 0), (7, 7, 2022)),
    "": (),
}


def held(dates: str, **told: object) -> Event:
    """A session on these dates."""
    return Event(title="Session", span=spans.parse(dates), uid=dates, slug="session", stamp=NOW, **told)


def sessions(*dates: str) -> list[Event]:
    return [held(each) for each in dates]


def expected(series: Series, events: list[Event], today: date = TODAY) -> list[str]:
    return [spans.write(each.span) for each in cadence.expected(series, events, today=today)]


def overdue(series: Series, events: list[Event], today: date = TODAY) -> list[tuple[int, int, int, int]]:
    found = cadence.overdue(series, events, today=today)
    return [(each.first, each.last, each.promised, each.recorded) for each in found]


def test_every_cadence_of_the_catalogue_is_read_or_tells_nothing():
    texts = {series.cadence for series in catalogue.parse().series}
    assert {text: cadence.parse(text) for text in texts} == READ


@pytest.mark.parametrize(
    "text", ["Annual", "annual ", "every 1 years", "every 0 years", "every ٣ years", "annual (2014)", "yearly\n"]
)
def test_cadence_in_other_words_tells_nothing(text):
    assert cadence.parse(text) is None


def test_every_text_of_months_of_the_catalogue_is_read():
    texts = {series.months for series in catalogue.parse().series}
    found = {text: tuple((each.first, each.last, each.since) for each in cadence.months_of(text)) for text in texts}
    assert {text: windows for text, windows in found.items() if text in MONTHS} == MONTHS
    plain = {text: windows for text, windows in found.items() if text not in MONTHS}
    names = {text: tuple(spans.MONTHS.index(name) + 1 for name in text.split("-")) for text in plain}
    assert plain == {text: ((months[0], months[-1], 0),) for text, months in names.items()}


@pytest.mark.parametrize("text", ["spring", "July, August", "Jul", "July;", "July-", "13", "July from then"])
def test_months_in_other_words_tell_nothing(text):
    assert cadence.months_of(text) == ()


def test_window_across_the_new_year_lies_near_both_ends_of_the_year():
    window = Window(first=12, last=2)
    assert [window.distance(month) for month in range(1, 13)] == [0, 0, 1, 2, 3, 4, 5, 4, 3, 2, 1, 0]


def test_annual_session_is_expected_in_its_month_of_each_year_that_has_none():
    assert expected(HLPF, sessions("11-20 July 2026")) == ["July 2027", "July 2028"]
    assert expected(HLPF, sessions("11-20 July 2026", "July 2028")) == ["July 2027"]


def test_session_that_is_over_is_not_expected_and_one_of_this_month_is():
    assert expected(replace(HLPF, months="October"), sessions("2 October 2025")) == ["October 2027", "October 2028"]
    assert expected(replace(HLPF, months="November"), sessions("2 November 2025"))[0] == "November 2026"


def test_expected_session_names_the_last_one_before_it():
    events = sessions("11-20 July 2025", "July 2027")
    told = cadence.expected(HLPF, events, today=date(2026, 3, 1))
    assert [(spans.write(each.span), each.last) for each in told] == [("July 2026", events[0])]
    assert [each.last for each in cadence.expected(HLPF, [], today=TODAY)] == [None, None]


def test_nothing_is_expected_further_than_two_years_ahead():
    november = expected(replace(HLPF, months="November"), sessions("2 November 2026"))
    december = expected(replace(HLPF, months="December"), sessions("2 December 2026"))
    assert (november, december) == (["November 2027", "November 2028"], ["December 2027"])


@pytest.mark.parametrize("words", ["", "ad hoc", "once", "continuous", "every 2-3 years", "annual or every 2 years"])
def test_nothing_is_expected_or_missing_where_the_cadence_tells_no_rhythm(words):
    series = replace(HLPF, cadence=words)
    assert (expected(series, sessions("July 2016")), overdue(series, sessions("July 2016"))) == ([], [])


def test_nothing_is_expected_after_the_years_for_which_a_cadence_holds():
    series = replace(HLPF, cadence="annual (2014-2020)")
    assert expected(series, sessions("July 2019")) == []
    assert overdue(series, sessions("July 2016", "July 2017", "July 2019")) == [(2018, 2018, 1, 0), (2020, 2020, 1, 0)]


def test_each_session_of_a_year_is_expected_by_itself():
    told = cadence.expected(CEB, sessions("4-5 May 2026", "November 2026", "2-3 May 2027"), today=TODAY)
    assert [(spans.write(each.span), each.number, each.times) for each in told] == [
        ("November 2027", 2, 2),
        ("April-May 2028", 1, 2),
        ("November 2028", 2, 2),
    ]


def test_session_outside_the_usual_months_stands_for_the_nearest():
    assert "April-May 2027" not in expected(CEB, sessions("8 March 2027"))
    assert "November 2027" in expected(CEB, sessions("8 March 2027"))


def test_session_of_which_only_the_year_is_known_stands_for_the_first_that_is_open():
    assert expected(CEB, sessions("4 May 2026", "2 November 2026", "2027")) == [
        *("November 2027", "April-May 2028", "November 2028")
    ]
    assert expected(CEB, sessions("4 May 2026", "2 November 2026", "2027", "3 May 2027")) == [
        *("April-May 2028", "November 2028")
    ]


def test_months_change_in_the_year_that_the_series_says():
    series = replace(HLPF, months="May; July from 2028")
    assert expected(series, sessions("3 May 2026")) == ["May 2027", "July 2028"]


def test_series_that_meets_once_in_one_of_several_months_is_expected_across_them():
    assert expected(replace(HLPF, months="March; September"), [])[0] == "March-September 2027"


def test_cancelled_session_was_one_and_a_postponed_one_leaves_its_window_open():
    waiting = held("July 2027", status=Status.POSTPONED)
    assert expected(HLPF, [held("July 2027", status=Status.CANCELLED)]) == ["July 2028"]
    told = cadence.expected(HLPF, [waiting], today=TODAY)
    assert [(spans.write(each.span), each.postponed) for each in told] == [("July 2027", waiting), ("July 2028", None)]
    assert overdue(HLPF, [held("July 2024"), held("July 2025", status=Status.POSTPONED), held("July 2026")]) == [
        (2025, 2025, 1, 0)
    ]
    assert overdue(HLPF, [held("July 2024"), held("July 2025", status=Status.CANCELLED), held("July 2026")]) == []


def test_postponed_session_waits_in_its_own_window():
    told = cadence.expected(CEB, [held("November 2027", status=Status.POSTPONED)], today=TODAY)
    assert [spans.write(each.span) for each in told if each.postponed] == ["November 2027"]


def test_withdrawn_event_and_further_part_of_one_that_was_split_are_no_sessions():
    assert expected(HLPF, [held("July 2027", status=Status.WITHDRAWN)])[0] == "July 2027"
    assert overdue(HLPF, [held("July 2025"), held("July 2026", part_of="July 2025")]) == [(2026, 2026, 1, 0)]


def test_longer_rhythm_goes_on_from_its_last_session_with_one_beat():
    series = replace(HLPF, cadence="every 2 years")
    assert expected(series, sessions("July 2023", "July 2026")) == ["July 2028"]
    assert expected(replace(series, cadence="every 4 years"), sessions("July 2023")) == ["July 2027"]
    assert expected(replace(series, cadence="every 4 years"), sessions("July 2026")) == []


def test_longer_rhythm_that_missed_its_beat_is_overdue_and_tells_no_next_one():
    series = replace(HLPF, cadence="every 2 years")
    assert (expected(series, sessions("July 2023")), overdue(series, sessions("July 2023"))) == (
        [],
        [(2024, 2025, 1, 0)],
    )


@pytest.mark.parametrize(
    ("dates", "missing"),
    [
        (("July 2017", "July 2019", "July 2021", "July 2023", "July 2025"), []),
        # A year late, as in 2020.
        (("July 2018", "July 2021", "July 2023", "July 2025"), []),
        (("July 2015", "July 2019", "July 2025"), [(2016, 2018, 1, 0), (2020, 2024, 2, 0)]),
        (("July 2019", "July 2020"), [(2021, 2026, 3, 0)]),
        (("July 2024",), [(2025, 2026, 1, 0)]),
    ],
)
def test_longer_rhythm_misses_whole_periods_alone(dates, missing):
    assert overdue(replace(HLPF, cadence="every 2 years"), sessions(*dates), date(2026, 11, 24)) == missing


def test_longer_rhythm_is_overdue_once_its_months_are_past():
    series = replace(HLPF, cadence="every 2 years")
    assert overdue(series, sessions("July 2024"), date(2026, 7, 31)) == []
    assert overdue(series, sessions("July 2024"), date(2026, 8, 1)) == [(2025, 2026, 1, 0)]


def test_series_without_months_is_expected_in_those_of_its_last_sessions():
    series = replace(HLPF, months="", cadence="every 2 years")
    told = cadence.expected(series, sessions("6 May 2022", "3 June 2024", "2 May 2026"), today=TODAY)
    assert [(spans.write(each.span), each.told) for each in told] == [("May-June 2028", False)]
    assert expected(replace(series, cadence="annual"), sessions("2 May 2026")) == ["May 2027", "May 2028"]


def test_months_of_the_last_sessions_may_lie_across_the_new_year():
    series = replace(HLPF, months="", cadence="every 2 years")
    dates = ("March 2021", "26 February - 1 March 2024", "8-12 December 2025")
    assert expected(series, sessions(*dates)) == ["December 2027 - March 2028"]


def test_sessions_of_long_ago_or_without_a_month_say_nothing_of_the_next():
    series = replace(HLPF, months="")
    assert expected(series, sessions("2 May 2016")) == []
    assert expected(series, sessions("2026")) == []
    assert expected(replace(series, cadence="twice-yearly"), sessions("2 May 2026")) == []
    assert expected(replace(series, cadence="twice-yearly"), sessions("2 May 2026", "3 October 2026")) == [
        *("May 2027", "October 2027", "May 2028", "October 2028")
    ]


def test_series_without_events_is_expected_only_if_it_meets_every_year_in_known_months():
    assert expected(HLPF, []) == ["July 2027", "July 2028"]
    assert expected(replace(HLPF, months=""), []) == []
    assert expected(replace(HLPF, cadence="every 2 years"), []) == []
    assert overdue(HLPF, []) == []


def test_years_with_too_few_sessions_are_missing_from_the_first_recorded_on():
    events = sessions("9 November 2016", "2 May 2018", "2 November 2018", "3 May 2019")
    assert overdue(CEB, events, date(2021, 3, 1)) == [
        *((2016, 2016, 2, 1), (2017, 2017, 2, 0), (2019, 2019, 2, 1), (2020, 2020, 2, 0))
    ]


def test_years_that_are_alike_and_follow_each_other_are_told_as_one():
    assert overdue(HLPF, sessions("July 2016", "July 2019", "July 2022"), date(2023, 1, 1)) == [
        *((2017, 2018, 1, 0), (2020, 2021, 1, 0))
    ]


def test_of_the_present_year_windows_that_are_past_count():
    events = sessions("4 May 2025", "4 November 2025")
    assert overdue(CEB, events, date(2026, 5, 31)) == []
    assert overdue(CEB, events, date(2026, 6, 1)) == [(2026, 2026, 1, 0)]
    assert overdue(CEB, events, date(2026, 11, 30)) == [(2026, 2026, 1, 0)]
    assert overdue(CEB, events, date(2026, 12, 1)) == [(2026, 2026, 2, 0)]


def test_of_the_present_year_nothing_is_missing_where_the_months_are_a_guess():
    assert overdue(replace(HLPF, months=""), sessions("4 May 2025"), date(2026, 12, 31)) == []


def test_order_of_the_events_never_shows():
    events = sessions("6 May 2022", "3 June 2024", "2 May 2026", "2028")
    series = replace(HLPF, months="")
    assert cadence.expected(series, events, today=TODAY) == cadence.expected(series, events[::-1], today=TODAY)
    assert cadence.overdue(series, events, today=TODAY) == cadence.overdue(series, events[::-1], today=TODAY)


def test_of_the_catalogue_months_are_expected_and_never_days():
    told = catalogue.parse()
    found = [
        each
        for series in told.series
        for each in cadence.expected(series, [e for e in told.events if e.series == series.key], today=TODAY)
    ]
    assert len(found) > 40
    assert {str(each.span.precision) for each in found} == {"month"}
    assert min(each.span.last for each in found) >= date(2026, 11, 30)


def test_of_the_catalogue_the_chief_executives_board_is_missing_sessions():
    told = catalogue.parse()
    (ceb,) = (series for series in told.series if series.key == "ceb")
    assert overdue(ceb, [event for event in told.events if event.series == "ceb"])[:2] == [
        *((2015, 2015, 2, 1), (2017, 2018, 2, 0))
    ]
