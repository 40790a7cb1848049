"""The month as weeks: every day once, no two runs on one cell, and nothing drawn of what has no days."""

from calendar import monthrange
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.events import Draft, Event, Series
from calendar_app.plots import grid
from calendar_app.spans import Precision, Span
from calendar_app.topics import Kind
from tests.conftest import NOW

IGF = Series(key="igf", short_name="IGF", name="Internet Governance Forum", kind=Kind.FORUM)


def event(title: str, dates: str | Span, series: str = "") -> Event:
    span = spans.parse(dates) if isinstance(dates, str) else dates
    slug = title.casefold().replace(" ", "-")
    return Event.from_draft(Draft(title=title, span=span, series=series), uid=slug, slug=slug, now=NOW)


def drawn(*events: Event, month: date = date(2016, 11, 1)) -> list[tuple[str, list[str]]]:
    """Each week's first and last day, and its lanes, a letter a day."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return [
        (f"{week.number}: {week.days[0]:%d.%m}-{week.days[-1]:%d.%m}", [_lane(lane) for lane in week.lanes])
        for week in grid.of(month, last, events, {"igf": IGF})
    ]


def _lane(lane: tuple[grid.Cell, ...]) -> str:
    return "".join(_run(cell) if cell.event else "." * cell.columns for cell in lane)


def _run(cell: grid.Cell) -> str:
    letters = cell.label[0] * cell.columns
    return ("<" if cell.before else "") + letters + (">" if cell.after else "")


def test_month_is_its_weeks_from_monday_with_events_in_lanes():
    found = drawn(
        event("Assembly", "25 October - 3 November 2016"),
        event("Conference", "7-18 November 2016"),
        event("Meeting", "15-18 November 2016"),
        event("Symposium", "21-23 November 2016"),
        event("Today", "24 November 2016"),
        event("Forum", "November 2016"),
        event("Year", "2016"),
    )
    assert found == [
        ("44: 31.10-06.11", ["<AAAA..."]),
        ("45: 07.11-13.11", ["CCCCCCC>"]),
        ("46: 14.11-20.11", ["<CCCCC..", ".MMMM.."]),
        ("47: 21.11-27.11", ["SSST..."]),
        ("48: 28.11-04.12", []),
    ]


def test_what_begins_on_one_day_is_laid_the_longest_first():
    found = drawn(event("B", "1 November 2016"), event("C", "1 November 2016"), event("A", "1-2 November 2016"))
    assert found[0] == ("44: 31.10-06.11", [".AA....", ".B.....", ".C....."])


def test_hours_order_what_is_on_one_day():
    day = spans.parse("9 November 2016")
    late, early = (
        event(name, spans.with_times(day, start=time(hour), end=time(hour + 1), zone="Europe/Zurich"))
        for name, hour in (("Afternoon", 14), ("Morning", 9))
    )
    assert drawn(late, early)[1] == ("45: 07.11-13.11", ["..M....", "..A...."])


def test_more_than_fit_are_counted_by_day():
    crowd = [event(f"{number:02} Meeting", "12-13 November 2016") for number in range(20)]
    week = grid.of(date(2016, 11, 1), date(2016, 11, 30), [*crowd, event("Last", "13 November 2016")], {})[1]
    assert (len(week.lanes), week.hidden, week.crowded) == (grid.MOST_LANES, (0, 0, 0, 0, 0, 14, 15), True)


def test_week_of_the_turn_of_the_year_has_its_iso_number():
    assert [name for name, _ in drawn(month=date(2021, 1, 1))][:2] == ["53: 28.12-03.01", "1: 04.01-10.01"]
    assert next(name for name, _ in drawn(month=date(1900, 1, 1))) == "1: 01.01-07.01"
    assert [name for name, _ in drawn(month=date(2199, 12, 1))][-1] == "1: 30.12-05.01"


@pytest.mark.parametrize(
    ("title", "series", "name"),
    [
        ("World Telecommunication Standardization Assembly 2016 (WTSA-16)", "igf", "WTSA-16"),
        ("Climate Change Conference COP 22", "igf", "COP 22"),
        ("CSW69: Commission on the Status of Women, session 69", "igf", "CSW69"),
        ("UNEA-6: United Nations Environment Assembly", "", "UNEA-6"),
        ("WSIS Forum 2021 (final week)", "igf", "IGF"),
        ("Internet Forum 2027", "igf", "Internet Forum 2027"),
        ("11th Annual Internet Governance Forum", "igf", "IGF"),
        ("11th Annual Internet Governance Forum", "", "11th Annual Internet Governance Forum"),
    ],
)
def test_event_is_called_by_its_edition_or_its_series_where_room_is_little(title, series, name):
    assert grid.short(event(title, "2016"), {"igf": IGF}.get(series)) == name


def test_two_events_of_one_name_are_called_by_their_titles():
    first = event("Open consultations of the Internet forum", "1 November 2016", "igf")
    second = event("11th Annual Internet Governance Forum", "8 November 2016", "igf")
    weeks = grid.of(date(2016, 11, 1), date(2016, 11, 30), [second, first], {"igf": IGF})
    assert [cell.label for week in weeks for lane in week.lanes for cell in lane if cell.event] == [
        first.title,
        second.title,
    ]


_DAYS = st.tuples(st.dates(date(2016, 9, 1), date(2017, 2, 1)), st.integers(0, 40))


@given(days=st.lists(_DAYS, max_size=30), order=st.randoms())
def test_every_day_of_an_event_is_drawn_or_counted_once(days, order):
    events = [
        event(f"e{number}", Span(first=first, last=first + timedelta(more), precision=Precision.DAY))
        for number, (first, more) in enumerate(days)
    ]
    month = date(2016, 11, 1), date(2016, 11, 30)
    weeks = grid.of(*month, events, {})
    order.shuffle(events)
    assert grid.of(*month, events, {}) == weeks
    assert [day for week in weeks for day in week.days] == [date(2016, 10, 31) + timedelta(n) for n in range(35)]
    for week in weeks:
        assert [sum(cell.columns for cell in lane) for lane in week.lanes] == [7] * len(week.lanes)
        shown = [0] * 7
        for lane in week.lanes:
            column = 0
            for cell in lane:
                if cell.event:
                    run = week.days[column : column + cell.columns]
                    span = cell.event.span
                    assert (run[0], cell.before) == (max(span.first, week.days[0]), span.first < week.days[0])
                    assert (run[-1], cell.after) == (min(span.last, week.days[-1]), span.last > week.days[-1])
                    for number in range(column, column + cell.columns):
                        shown[number] += 1
                column += cell.columns
        told = [one + other for one, other in zip(shown, week.hidden, strict=True)]
        assert told == [sum(each.span.overlaps(day, day) for each in events) for day in week.days]
