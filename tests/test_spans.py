import time as clock
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.errors import SpanError
from calendar_app.spans import Precision, Span

NOVEMBER_7 = date(2016, 11, 7)


def days(first: str, last: str = "") -> Span:
    return Span(first=date.fromisoformat(first), last=date.fromisoformat(last or first), precision=Precision.DAY)


def months(first: str, last: str) -> Span:
    return Span(first=date.fromisoformat(first), last=date.fromisoformat(last), precision=Precision.MONTH)


def years(first: int, last: int) -> Span:
    return Span(first=date(first, 1, 1), last=date(last, 12, 31), precision=Precision.YEAR)


def refused(act, *args, **kwargs) -> tuple[str, dict[str, object]]:
    with pytest.raises(SpanError) as caught:
        act(*args, **kwargs)
    return caught.value.message, caught.value.data


def timed(day: str, start: str, end: str, zone: str) -> Span:
    return spans.with_times(days(day), start=time.fromisoformat(start), end=time.fromisoformat(end), zone=zone)


@st.composite
def untimed(draw) -> Span:
    known = draw(st.sampled_from(Precision))
    first, last = sorted(draw(st.tuples(*[st.dates(date(1900, 1, 1), date(2199, 12, 31))] * 2)))
    length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[known]
    return spans.from_iso(first.isoformat()[:length], last.isoformat()[:length], known)


APRIL = days("2016-04-18", "2016-04-22")
JULY = days("2027-07-06", "2027-07-15")

# The text, what it means, and how it is written.
WORDS = [
    ("31 March 2016", days("2016-03-31"), "31 March 2016"),
    ("29 February 2028", days("2028-02-29"), "29 February 2028"),
    ("01 April 2016", days("2016-04-01"), "1 April 2016"),
    ("18-22 April 2016", APRIL, "18-22 April 2016"),
    ("18 April - 22 April 2016", APRIL, "18-22 April 2016"),
    ("18 April 2016 - 22 April 2016", APRIL, "18-22 April 2016"),
    ("18-18 April 2016", days("2016-04-18"), "18 April 2016"),
    ("30 October - 4 November 2027", days("2027-10-30", "2027-11-04"), "30 October - 4 November 2027"),
    ("30 October 2027 - 4 November 2027", days("2027-10-30", "2027-11-04"), "30 October - 4 November 2027"),
    (
        "28 December 2026 - 2 January 2027",
        days("2026-12-28", "2027-01-02"),
        "28 December 2026 - 2 January 2027",
    ),
    ("4 May 2026 - 4 May 2027", days("2026-05-04", "2027-05-04"), "4 May 2026 - 4 May 2027"),
    ("November 2016", months("2016-11-01", "2016-11-30"), "November 2016"),
    ("February-March 2027", months("2027-02-01", "2027-03-31"), "February-March 2027"),
    ("November 2027 - January 2028", months("2027-11-01", "2028-01-31"), "November 2027 - January 2028"),
    ("2028", years(2028, 2028), "2028"),
    ("2027-2028", years(2027, 2028), "2027-2028"),
    ("1900", years(1900, 1900), "1900"),
    ("31 December 2199", days("2199-12-31"), "31 December 2199"),
]
ISO = [
    ("2027-07-06", days("2027-07-06")),
    ("2027-07-06/2027-07-15", JULY),
    ("2027-07-06 - 2027-07-15", JULY),
    ("2027-07-06-2027-07-15", JULY),
    ("2027-07-06 to 2027-07-15", JULY),
    ("2027-07", months("2027-07-01", "2027-07-31")),
    ("2027-07/2027-09", months("2027-07-01", "2027-09-30")),
    ("2027/2028", years(2027, 2028)),
    ("2011-12", months("2011-12-01", "2011-12-31")),
]
VARIANTS = [
    *(f"18{dash}22 April 2016" for dash in "-\u2010\u2011\u2012\u2013\u2014\u2212"),
    "18 - 22 April 2016",
    "18- 22 April 2016",
    "18 to 22 April 2016",
    "18 TO 22 APRIL 2016",
    "18 april to 22 aPRIL 2016",
    "18-22 Apr 2016",
    "18-22 apr. 2016",
    "  18-22\t April\r\n 2016 ",
    "18\u2009\u2013\u200922\u00a0April\u202f2016",
]


@pytest.mark.parametrize(("text", "span", "_written"), WORDS)
def test_parse_reads_words(text, span, _written):
    assert spans.parse(text) == span


@pytest.mark.parametrize(("_text", "span", "written"), WORDS)
def test_write_has_one_form(_text, span, written):
    assert spans.write(span) == written


@pytest.mark.parametrize(("text", "span"), ISO)
def test_parse_reads_iso(text, span):
    assert spans.parse(text) == span


@pytest.mark.parametrize("text", VARIANTS)
def test_parse_reads_dashes_spaces_and_case_alike(text):
    assert spans.parse(text) == APRIL


@pytest.mark.parametrize("number", range(1, 13))
def test_parse_reads_month_abbreviations(number):
    name = spans.MONTHS[number - 1]
    for text in (name, name[:3], f"{name[:3]}."):
        assert spans.parse(f"9 {text} 2016") == days(f"2016-{number:02}-09")


def test_parse_reads_sept():
    assert spans.parse("9 Sept 2016") == spans.parse("9 Sept. 2016") == days("2016-09-09")


def test_parse_reads_abbreviated_months_between_dashes():
    assert spans.parse("Sept.-Oct. 2016") == months("2016-09-01", "2016-10-31")


def ambiguous(text: str, one: str, other: str, example: str) -> tuple[str, dict[str, object]]:
    return "span-ambiguous", {"text": text, "one": one, "other": other, "example": example}


def unreadable(text: str) -> tuple[str, dict[str, object]]:
    return "span-unreadable", {"text": text}


def no_such_day(day: int, month: str, year: int | None) -> tuple[str, dict[str, object]]:
    return "span-no-such-day", {"day": day, "month": month, "year": year}


def beyond(year: int) -> tuple[str, dict[str, object]]:
    return "span-year-range", {"year": year, "low": 1900, "high": 2199}


REFUSED = [
    ("", ("span-empty", {})),
    (" \t\u00a0\r\n", ("span-empty", {})),
    ("x" * 101, ("span-too-long", {"limit": 100})),
    # numbers for months
    ("11/07/2016", ambiguous("11/07", "11 July", "7 November", "11 July 2016")),
    ("11.07.2016", ambiguous("11.07", "11 July", "7 November", "11 July 2016")),
    ("11-07-2016", ambiguous("11-07", "11 July", "7 November", "11 July 2016")),
    ("11 / 07 / 2016", ambiguous("11/07", "11 July", "7 November", "11 July 2016")),
    ("11/07/16", ambiguous("11/07", "11 July", "7 November", "11 July 2016")),
    ("8/7-11/7/2025", ambiguous("8/7", "8 July", "7 August", "8-11 July 2025")),
    ("8/7/2025 \u2013 11/7/2025", ambiguous("8/7", "8 July", "7 August", "8-11 July 2025")),
    ("08-07-2025 to 11-07-2025", ambiguous("08-07", "8 July", "7 August", "8-11 July 2025")),
    ("8/8-9/10/2025", ambiguous("9/10", "9 October", "10 September", "8 August - 9 October 2025")),
    ("25/12/2016", ("span-numeric", {"example": "25 December 2016"})),
    ("12/25/2016", ("span-numeric", {"example": "25 December 2016"})),
    ("8/8/2016", ("span-numeric", {"example": "8 August 2016"})),
    ("8/7-25/7/2025", ("span-numeric", {"example": "8-25 July 2025"})),
    ("7/5-8/4/2025", ("span-numeric", {"example": "5 July - 4 August 2025"})),
    ("30/02/2016", no_such_day(30, "February", 2016)),
    ("02/30/2016", no_such_day(30, "February", 2016)),
    ("11/07/1816", beyond(1816)),
    ("31/31/2016", unreadable("31/31/2016")),
    ("0/0/2016", unreadable("0/0/2016")),
    # the month before the day
    ("July 4, 2016", ("span-month-first", {"example": "4 July 2016"})),
    ("July 4 2016", ("span-month-first", {"example": "4 July 2016"})),
    ("April 18-22, 2016", ("span-month-first", {"example": "18-22 April 2016"})),
    ("Apr. 18 to 22,2016", ("span-month-first", {"example": "18-22 April 2016"})),
    ("April 30 - May 4, 2016", ("span-month-first", {"example": "30 April - 4 May 2016"})),
    (
        "December 28, 2026 - January 2, 2027",
        ("span-month-first", {"example": "28 December 2026 - 2 January 2027"}),
    ),
    ("February 31, 2016", no_such_day(31, "February", 2016)),
    ("April 18-22", ("span-no-year", {"text": "April 18-22"})),
    # no year
    ("18-22 April", ("span-no-year", {"text": "18-22 April"})),
    ("18 to\u00a022 April", ("span-no-year", {"text": "18 to 22 April"})),
    ("April", ("span-no-year", {"text": "April"})),
    ("29 February", ("span-no-year", {"text": "29 February"})),
    ("30 October 2027 - 4 November", ("span-no-year", {"text": "30 October 2027 - 4 November"})),
    # no such day
    ("31 February 2016", no_such_day(31, "February", 2016)),
    ("29 February 2027", no_such_day(29, "February", 2027)),
    ("29 February - 3 March 2027", no_such_day(29, "February", 2027)),
    ("30 February", no_such_day(30, "February", None)),
    ("2027-02-30", no_such_day(30, "February", 2027)),
    ("0-3 April 2016", no_such_day(0, "April", 2016)),
    ("18-32 April 2016", no_such_day(32, "April", 2016)),
    # backwards
    ("22-18 April 2016", ("span-backwards", {"first": "22 April 2016", "last": "18 April 2016"})),
    (
        "28 December - 2 January 2027",
        ("span-backwards", {"first": "28 December 2027", "last": "2 January 2027"}),
    ),
    ("November - January 2028", ("span-backwards", {"first": "November 2028", "last": "January 2028"})),
    ("2028-2027", ("span-backwards", {"first": "2028", "last": "2027"})),
    ("2027-07-15/2027-07-06", ("span-backwards", {"first": "15 July 2027", "last": "6 July 2027"})),
    # years
    ("18 April 1899", beyond(1899)),
    ("2200", beyond(2200)),
    ("1 April 0000 - 3 April 2016", beyond(0)),
    # weekdays
    ("Monday 18 April 2016", ("span-weekday", {"example": "18 April 2016"})),
    ("Mon., 18 April 2016", ("span-weekday", {"example": "18 April 2016"})),
    ("Monday 18 to Friday 22 April 2016", ("span-weekday", {"example": "18-22 April 2016"})),
    ("18-22 April 2016 (Mon-Fri)", ("span-weekday", {"example": "18-22 April 2016"})),
    ("Wed 2027-07-07", ("span-weekday", {"example": "7 July 2027"})),
    ("Monday 18 April", ("span-no-year", {"text": "18 April"})),
    ("Monday 11/07/2016", ambiguous("11/07", "11 July", "7 November", "11 July 2016")),
    ("Monday", unreadable("Monday")),
    ("next Tuesday", unreadable("next Tuesday")),
    # two precisions
    (
        "November 2016 - 3 December 2016",
        ("span-mixed", {"first": "November 2016", "last": "3 December 2016"}),
    ),
    ("3 November - December 2016", ("span-mixed", {"first": "3 November 2016", "last": "December 2016"})),
    ("November 2016 - 2017", ("span-mixed", {"first": "November 2016", "last": "2017"})),
    ("2027-07/2027-07-15", ("span-mixed", {"first": "July 2027", "last": "15 July 2027"})),
    # anything else
    *(
        (text, unreadable(text))
        for text in (
            "TBC",
            "18",
            "18-22",
            "18 2016",
            "18 - April 2016",
            "18th April 2016",
            "18 April 16",
            "18 April, 2016",
            "18 Avril 2016",
            "18 April. 2016",
            "18April2016",
            "018 April 2016",
            "18--22 April 2016",
            "18-20-22 April 2016",
            "18-22 April 2016-",
            "18to22 April 2016",
            "18 and 22 April 2016",
            "2016 April 18",
            "2027-13",
            "2027-28",
            "2027-13-01",
            "2027 - 07",
            "2027-7-6",
            "2027-07-06T09:00",
            "2027-07-06 - 15",
            "07/2016",
            "\uff11\uff18 April 2016",
            "\u0661\u0668 April 2016",
            "18 Augu\u017ft 2016",
            "-",
            ",",
        )
    ),
    ("18\x0022 April 2016", unreadable("18\ufffd22 April 2016")),
    ("18\x1cApril\x852016", unreadable("18\ufffdApril\ufffd2016")),
    ("18 April 2016\ud800", unreadable("18 April 2016\ufffd")),
    ("18\u200e April 2016", unreadable("18\ufffd April 2016")),
    ("y" * 100, unreadable("y" * 60)),
]


@pytest.mark.parametrize(("text", "refusal"), REFUSED, ids=[ascii(text)[:40] for text, _ in REFUSED])
def test_parse_refuses_and_says_why(text, refusal):
    assert refused(spans.parse, text) == refusal


@pytest.mark.parametrize("text", ["1" * 10**6, " " * 10**6 + "x", "1 - " * 10**5, "Mon" * 10**5])
def test_parse_answers_hostile_text_at_once(text):
    start = clock.process_time()
    with pytest.raises(SpanError):
        spans.parse(text)
    assert clock.process_time() - start < 1


@given(untimed())
def test_parse_reads_back_what_write_wrote(span):
    written = spans.write(span)
    assert written.isascii()
    assert spans.parse(written) == span


@given(untimed(), st.sampled_from("-\u2010\u2011\u2012\u2013\u2014\u2212"), st.sampled_from(["", " ", "\u2009"]))
def test_parse_reads_variants_of_what_write_wrote(span, dash, space):
    text = spans.write(span).replace(" - ", "-").replace("-", f"{space}{dash}{space}")
    assert spans.parse(text.upper()) == spans.parse(text.lower()) == span


@given(untimed())
def test_parse_reads_every_iso_interval(span):
    assert spans.parse("/".join(spans.to_iso(span))) == span


PIECES = ["18", "22", "2016", "7", "April", "sept.", "Mon", "to", "-", "/", ".", ",", " ", "\u2013", "\u0663"]


@given(st.text(st.characters(exclude_categories=[])) | st.lists(st.sampled_from(PIECES)).map("".join))
def test_parse_reads_or_refuses_any_text(text):
    try:
        span, data = spans.parse(text), {}
    except SpanError as error:
        span, data = None, error.data
    assert span is None or spans.parse(spans.write(span)) == span
    assert "example" not in data or spans.write(spans.parse(data["example"])) == data["example"]
    assert all(str(value).isprintable() for value in data.values())


@pytest.mark.parametrize(
    ("start", "end", "precision", "span"),
    [
        ("2016-11-07", "2016-11-18", "day", days("2016-11-07", "2016-11-18")),
        ("2016-11", "2016-11", "month", months("2016-11-01", "2016-11-30")),
        ("2016", "2017", "year", years(2016, 2017)),
    ],
)
def test_iso_reads_and_writes_each_precision(start, end, precision, span):
    assert spans.from_iso(start, end, precision) == span
    assert spans.to_iso(span) == (start, end)


@given(untimed())
def test_from_iso_reads_back_to_iso(span):
    assert spans.from_iso(*spans.to_iso(span), span.precision) == span


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        ("", "", "day"),
        ("2016-11-07", "", "day"),
        ("2016-11-07", "2016-11", "day"),
        ("2016-11-07", "2016-11-07", "month"),
        ("2016-11", "2016-11", "week"),
        ("2016-11", "2016-11", ""),
        ("20161107", "20161107", "day"),
        ("2016-W45-1", "2016-W45-1", "day"),
        (" 2016-11-07", "2016-11-07\n", "day"),
        ("2016-02-30", "2016-02-30", "day"),
        ("2016-13", "2016-13", "month"),
        ("0000", "0000", "year"),
        ("\u0662\u0660\u0661\u0666", "2016", "year"),
    ],
)
def test_from_iso_is_strict(start, end, precision):
    data = {"start": start, "end": end.replace("\n", "\ufffd"), "precision": precision}
    assert refused(spans.from_iso, start, end, precision) == ("span-iso", data)


def test_from_iso_refuses_what_cannot_be():
    backwards = ("span-backwards", {"first": "8 November 2016", "last": "7 November 2016"})
    assert refused(spans.from_iso, "2016-11-08", "2016-11-07", "day") == backwards
    assert refused(spans.from_iso, "1850", "1850", "year") == beyond(1850)


@pytest.mark.parametrize("known", [Precision.MONTH, Precision.YEAR])
def test_span_refuses_bounds_inside_its_unit(known):
    data = {"first": "2016-11-07", "last": "2016-11-30", "precision": known.value}
    assert refused(Span, first=NOVEMBER_7, last=date(2016, 11, 30), precision=known) == ("span-bounds", data)


NINE, TEN = time(9), time(10)
ZURICH = "Europe/Zurich"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"zone": None}, ("span-times-incomplete", {})),
        ({"start_time": None}, ("span-times-incomplete", {})),
        ({"end_time": None}, ("span-times-incomplete", {})),
        ({"start_time": None, "end_time": None}, ("span-times-incomplete", {})),
        ({"last": date(2016, 11, 8)}, ("span-times-days", {"dates": "7-8 November 2016"})),
        (
            {"first": date(2016, 11, 1), "last": date(2016, 11, 30), "precision": Precision.MONTH},
            ("span-times-days", {"dates": "November 2016"}),
        ),
        ({"zone": "Europe/Geneva"}, ("span-zone", {"zone": "Europe/Geneva"})),
        ({"zone": "europe/zurich"}, ("span-zone", {"zone": "europe/zurich"})),
        ({"zone": "../zone\ud800"}, ("span-zone", {"zone": "../zone\ufffd"})),
        ({"zone": ""}, ("span-zone", {"zone": ""})),
        ({"zone": "Factory"}, ("span-zone", {"zone": "Factory"})),
        ({"start_time": time(9, 0, 30)}, ("span-times-minutes", {"time": "09:00:30"})),
        ({"start_time": time(9, tzinfo=UTC)}, ("span-times-minutes", {"time": "09:00:00+00:00"})),
        ({"end_time": NINE}, ("span-times-backwards", {"start": "09:00", "end": "09:00"})),
        ({"end_time": time(8, 59)}, ("span-times-backwards", {"start": "09:00", "end": "08:59"})),
    ],
)
def test_span_refuses_times_that_cannot_be(changes, refusal):
    whole = {"first": NOVEMBER_7, "last": NOVEMBER_7, "precision": Precision.DAY}
    whole |= {"start_time": NINE, "end_time": TEN, "zone": ZURICH} | changes
    assert refused(Span, **whole) == refusal


@pytest.mark.parametrize(("start", "end", "skipped"), [("02:30", "04:00", "02:30"), ("01:00", "02:00", "02:00")])
def test_span_refuses_times_that_clocks_skip(start, end, skipped):
    data = {"time": skipped, "dates": "27 March 2016", "zone": ZURICH}
    assert refused(timed, "2016-03-27", start, end, ZURICH) == ("span-times-skipped", data)


def test_span_refuses_a_day_that_a_zone_skipped():
    data = {"time": "09:00", "dates": "30 December 2011", "zone": "Pacific/Apia"}
    assert refused(timed, "2011-12-30", "09:00", "10:00", "Pacific/Apia") == ("span-times-skipped", data)


def test_with_times_gives_the_same_day_in_utc():
    span = timed("2016-07-11", "09:00", "18:30", "America/New_York")
    assert span == Span(
        first=date(2016, 7, 11),
        last=date(2016, 7, 11),
        precision=Precision.DAY,
        start_time=time(9),
        end_time=time(18, 30),
        zone="America/New_York",
    )
    assert span.start_utc == datetime(2016, 7, 11, 13, tzinfo=UTC)
    assert span.end_utc == datetime(2016, 7, 11, 22, 30, tzinfo=UTC)
    assert spans.write(span) == "11 July 2016"


def test_span_utc_may_be_another_day():
    assert timed("2016-11-07", "00:30", "01:00", "Asia/Tokyo").start_utc == datetime(2016, 11, 6, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize("fold", [0, 1])
def test_span_takes_the_earlier_of_two_equal_times(fold):
    start = time(2, 30, fold=fold)
    span = spans.with_times(days("2016-10-30"), start=start, end=time(4), zone=ZURICH)
    assert span.start_utc == datetime(2016, 10, 30, 0, 30, tzinfo=UTC)
    assert span.end_utc == datetime(2016, 10, 30, 3, tzinfo=UTC)


def test_span_takes_its_zones_from_the_tzdata_package():
    assert timed("2026-12-01", "09:00", "10:00", "Africa/Casablanca").start_utc == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert ZoneInfo("Africa/Casablanca").utcoffset(datetime(2026, 12, 1)).total_seconds() == 0  # noqa: DTZ001


def test_span_untimed_has_no_instants():
    assert (APRIL.timed, APRIL.start_utc, APRIL.end_utc) == (False, None, None)
    assert timed("2016-11-07", "09:00", "10:00", ZURICH).timed is True


def test_span_counts_days_only_where_known():
    assert [span.days for span in (APRIL, days("2016-11-07"), years(2016, 2016))] == [5, 1, None]
    assert months("2016-11-01", "2016-11-30").days is None


def test_span_single_month_is_one_month_without_days():
    candidates = ["November 2016", "February-March 2027", "November 2016 - November 2017", "2028"]
    assert [spans.parse(text).single_month for text in candidates] == [True, False, False, False]
    assert days("2016-11-01", "2016-11-30").single_month is False


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, True),
        ("2016-04-22", None, True),
        ("2016-04-23", None, False),
        (None, "2016-04-18", True),
        (None, "2016-04-17", False),
        ("2016-04-20", "2016-04-20", True),
        ("2016-01-01", "2016-12-31", True),
    ],
)
def test_overlaps_counts_both_bounds(first, last, expected):
    bounds = [None if day is None else date.fromisoformat(day) for day in (first, last)]
    assert APRIL.overlaps(*bounds) is expected


def test_overlaps_holds_in_both_years_and_in_any_week_of_a_month():
    turn = spans.parse("28 December 2026 - 2 January 2027")
    assert turn.overlaps(date(2026, 1, 1), date(2026, 12, 31))
    assert turn.overlaps(date(2027, 1, 1), date(2027, 12, 31))
    assert spans.parse("November 2016").overlaps(date(2016, 11, 14), date(2016, 11, 20))


def test_sort_key_puts_months_after_their_days_and_years_after_their_months():
    in_order = [
        days("2016-11-07"),
        timed("2016-11-07", "09:00", "10:00", ZURICH),
        timed("2016-11-07", "09:00", "11:00", ZURICH),
        timed("2016-11-07", "14:00", "15:00", ZURICH),
        days("2016-11-07", "2016-11-18"),
        days("2016-11-30", "2016-12-02"),
        spans.parse("November 2016"),
        spans.parse("November-December 2016"),
        days("2016-12-31"),
        spans.parse("December 2016"),
        spans.parse("2016"),
        spans.parse("2016-2017"),
        days("2017-01-01"),
    ]
    from_last = in_order[::-1]
    assert sorted(from_last, key=spans.sort_key) == in_order


@given(untimed(), untimed())
def test_sort_key_is_equal_only_for_equal_spans(one, other):
    assert (spans.sort_key(one) == spans.sort_key(other)) is (one == other)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2016-11-30", "2016-11-01", ["2016-11-01"]),
        ("2016-12-31", "2017-02-01", ["2016-12-01", "2017-01-01", "2017-02-01"]),
        ("2017-02-01", "2016-12-31", []),
    ],
)
def test_months_are_those_of_both_days_and_all_between(first, last, found):
    assert [f"{month}" for month in spans.months(date.fromisoformat(first), date.fromisoformat(last))] == found
