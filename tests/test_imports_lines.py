"""Events that people write a line each, as the quick-add box and an import of text read them."""

from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calendar_app import catalogue, spans, submissions, texts
from calendar_app.errors import CalendarError
from calendar_app.imports import LARGEST, MOST_ROWS, Row, read_lines
from calendar_app.imports.series import Names

SAY = texts.of("en").error
SERIES = {series.key: series for series in catalogue.parse().series}
NEW_YORK, GENEVA = {"city": "New York", "country": "US"}, {"city": "Geneva", "country": "CH"}
COP = {"source": "unfccc.int", "url": "https://unfccc.int/cop32", "source_url": "https://unfccc.int/cop32"}


def one(text: str) -> Row:
    (row,) = read_lines(text, series=SERIES).rows
    return row


@pytest.mark.parametrize(
    ("text", "title", "dates", "more"),
    [
        ("HLPF, 11-20 July 2027, New York", "HLPF", "11-20 July 2027", {"series": "hlpf", **NEW_YORK}),
        (
            "COP 32, 8-19 November 2027, Addis Ababa, Ethiopia https://unfccc.int/cop32",
            "COP 32",
            "8-19 November 2027",
            {"series": "unfccc-cop", "city": "Addis Ababa", "country": "ET", **COP},
        ),
        ("WSIS Forum: 5-9 July 2027 in Geneva", "WSIS Forum", "5-9 July 2027", {"series": "wsis-forum", **GENEVA}),
        ("IGF 2027; November 2027; online", "IGF 2027", "November 2027", {"series": "igf", "mode": "online"}),
        # In any order, with and without separators.
        ("11-20 July 2027\tHLPF\tNew York", "HLPF", "11-20 July 2027", {"series": "hlpf", **NEW_YORK}),
        ("HLPF 11-20 July 2027 New York", "HLPF", "11-20 July 2027", {"series": "hlpf", **NEW_YORK}),
        ("New York – HLPF – 11–20 July 2027", "HLPF", "11-20 July 2027", {"series": "hlpf", **NEW_YORK}),
        (
            "30 October - 4 November 2027 - Data Forum - Medellín, Colombia",
            "Data Forum",
            "30 October - 4 November 2027",
            {"city": "Medellín", "country": "CO"},
        ),
        (
            "AI for Good Global Summit 2027 (Geneva, 6-9 July 2027)",
            "AI for Good Global Summit 2027",
            "6-9 July 2027",
            {"series": "ai-for-good", **GENEVA},
        ),
        # Marks of a list, and words that lead to the dates.
        ("• 1. WSIS Forum, from 5 to 9 July 2027", "WSIS Forum", "5-9 July 2027", {"series": "wsis-forum"}),
        ("- HLPF in July 2027", "HLPF", "July 2027", {"series": "hlpf"}),
        ("Data Forum on 2027-07-06/2027-07-09, Bonn", "Data Forum", "6-9 July 2027", {"city": "Bonn", "country": "DE"}),
        ("Monday, 6 July 2027: Data Forum, Bonn", "Data Forum", "6 July 2027", {"city": "Bonn", "country": "DE"}),
        ("11-20 July, 2027, HLPF", "HLPF", "11-20 July 2027", {"series": "hlpf"}),
        ("Data Forum, 13/7/2027", "Data Forum", "13 July 2027", {}),
        ("WTSA-28, 2028, New Delhi", "WTSA-28", "2028", {"series": "itu-wtsa", "city": "New Delhi", "country": "IN"}),
        # A title keeps what stands in it.
        (
            "Forum on Science, Technology and Innovation in Education, 5-6 May 2027",
            "Forum on Science, Technology and Innovation in Education",
            "5-6 May 2027",
            {},
        ),
        ("IATT (TFM) meeting, 3 May 2027", "IATT (TFM) meeting", "3 May 2027", {"series": "iatt-tfm"}),
        (
            "CSW71: Commission on the Status of Women, 8-19 March 2027",
            "CSW71: Commission on the Status of Women",
            "8-19 March 2027",
            {"series": "csw"},
        ),
        # Places that the calendar doesn't know, venues, modes and hours.
        ("Forum, 6 July 2027, Windhoek, Namibia", "Forum", "6 July 2027", {"city": "Windhoek", "country": "NA"}),
        (
            "COP 32, 8 November 2027, Millennium Hall, Addis-Abeba, Ethiopia",
            "COP 32",
            "8 November 2027",
            {"series": "unfccc-cop", "venue": "Millennium Hall", "city": "Addis Ababa", "country": "ET"},
        ),
        ("Data Forum, 6 July 2027, Geneva and online", "Data Forum", "6 July 2027", {"mode": "hybrid", **GENEVA}),
        ("Data Forum, hybrid, 6 July 2027, Genève", "Data Forum", "6 July 2027", {"mode": "hybrid", **GENEVA}),
        ("Data Forum, 6 July 2027, Namibia", "Data Forum", "6 July 2027", {"country": "NA"}),
        (
            "Side event – 7 July 2027, 13:15-14:30, Geneva",
            "Side event",
            "7 July 2027",
            {"start_time": "13:15", "end_time": "14:30", "timezone": "Europe/Zurich", **GENEVA},
        ),
    ],
)
def test_line_becomes_fields(text, title, dates, more):
    row = one(text)
    assert (dict(row.fields), row.problems) == ({"title": title, "dates": dates, **more}, ())


def test_line_with_a_link_is_all_that_a_submission_needs():
    row = one("COP 32, 8-19 November 2027, Addis Ababa, Ethiopia https://unfccc.int/cop32")
    draft = submissions.validate(row.fields, SERIES)
    assert (draft.title, str(draft.kind), draft.city, draft.source, draft.source_url) == (
        *("COP 32", str(SERIES["unfccc-cop"].kind), "Addis Ababa", "unfccc.int", "https://unfccc.int/cop32"),
    )


@pytest.mark.parametrize(
    ("text", "typed", "words"),
    [
        ("Data Forum, Geneva", "", "We found no dates in this line. Write them like 18-22 April 2016."),
        (
            "Data Forum, 6/7/2027",
            "6/7/2027",
            "We can’t tell whether 6/7 is 6 July or 7 June. Write the month as a word: 6 July 2027.",
        ),
        ("Data Forum, September 6-8, 2027", "September 6-8, 2027", "Write the day first: 6-8 September 2027."),
        (
            "Data Forum, 11-20 July",
            "11-20 July",
            "“11-20 July” has no year. Write it after the month, such as 18-22 April 2016.",
        ),
        (
            "Data Forum, 31 June 2027",
            "31 June 2027",
            "June has no day 31 in that year. Look the date up again in your source.",
        ),
        (
            "Data Forum, 20 July - 11 July 2027",
            "20 July - 11 July 2027",
            "The last day, 11 July 2027, comes before the first, 20 July 2027. Write the first day first.",
        ),
        # Not the whole of July, nor of November.
        (
            "Data Forum, 6th July 2027",
            "6th July 2027",
            (
                "We can’t read “6th July 2027”. Write dates like 18-22 April 2016, 30 October - 4 November 2027,"
                " November 2027, 2028 or 2027-07-06."
            ),
        ),
        (
            "Opening 3 May 2027, closing 9 June 2027",
            "9 June 2027",
            "There are two dates, 3 May 2027 and 9 June 2027. Write one event a line, with its own dates alone.",
        ),
    ],
)
def test_dates_that_are_not_certain_are_a_problem_and_never_guessed(text, typed, words):
    row = one(text)
    assert row.fields.get("dates", "") == typed
    assert [(problem.field, SAY(problem.error)) for problem in row.problems] == [("dates", words)]


def test_rows_know_their_line_and_have_keys_of_their_own():
    reading = read_lines("# ours\n\nHLPF, July 2027\r\n---\n* HLPF, July 2027\nx, 2028", series=SERIES)
    assert [(row.place, row.key) for row in reading.rows] == [(3, "hlpf 2027"), (5, "hlpf 2027#2"), (6, "x 2028")]


def test_text_without_events_says_so():
    reading = read_lines("\n# nothing\n - \n", series=SERIES)
    assert (reading.rows, [SAY(note) for note in reading.notes]) == ((), ["There are no events in it."])


def test_long_line_is_a_problem_of_its_own():
    long, kept = read_lines(f"{'word ' * 101}\nHLPF, 2027", series=SERIES).rows
    assert [SAY(problem.error) for problem in long.problems] == [
        "A line has at most 500 characters. Write one event a line."
    ]
    assert len(long.fields["title"]) <= 200
    assert kept.fields["dates"] == "2027"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "x\n" * (MOST_ROWS + 1),
            "An import takes at most 5000 events. Split it, and import the pieces one after the other.",
        ),
        (
            "x" * (LARGEST + 1),
            "It is too large: an import takes at most 2 MB. Take out what is not needed, or split it.",
        ),
        ("a\0", "This is no text. Save a workbook as CSV, or copy the rows and paste them."),
        ("a\ud800", "This is no text. Save a workbook as CSV, or copy the rows and paste them."),
    ],
)
def test_text_beyond_the_limits_is_refused_with_the_limit_named(text, words):
    with pytest.raises(CalendarError) as refused:
        read_lines(text, series=SERIES)
    assert SAY(refused.value) == words


def test_line_of_nothing_but_marks_is_read_in_one_pass():
    """Copied anew for each mark it would take hours, and this test would not end."""
    assert one("- " * 1_000_000 + "a").fields == {"title": "a"}


def test_titles_of_the_catalogue_name_their_series_or_none():
    names = Names(SERIES)
    found = [(event.title, names.find(event.title), event.series) for event in catalogue.parse().events]
    assert [told for told in found if told[1] not in {"", told[2]}] == []
    assert len([told for told in found if told[1]]) > 200


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["Data Forum", "Réunion A", "Forum on ICT in Health"]),
    st.dates(spans.parse("1950").first, spans.parse("2150").last),
    st.integers(0, 400),
    st.sampled_from([("Geneva", "CH"), ("Windhoek, Namibia", "NA")]),
    st.permutations([0, 1, 2]),
    st.sampled_from([", ", "; ", "\t", " – "]),
)
def test_title_dates_and_place_are_found_in_any_order(title, first, days, place, order, separator):
    span = spans.Span(first=first, last=first + timedelta(days=days), precision=spans.Precision.DAY)
    parts = (title, spans.write(span), place[0])
    row = one(separator.join(parts[number] for number in order))
    told = {name: row.fields.get(name) for name in ("title", "dates", "country")}
    assert told == {"title": title, "dates": parts[1], "country": place[1]}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["6", "July", "2027", "-", ",", ":", "(", ")", " in ", "Geneva", "Namibia", "https://a.b", "\t"]
        )
        | st.text(max_size=6),
        max_size=12,
    ).map(" ".join)
)
@example("in in in 2027")
@example("((((2027")
def test_no_text_breaks_the_reader(text):
    try:
        reading = read_lines(text, series=SERIES)
    except CalendarError as error:
        SAY(error)
        return
    assert len({row.key for row in reading.rows}) == len(reading.rows)
    for row in reading.rows:
        assert set(row.fields) <= set(submissions.FIELDS)
        assert all(SAY(problem.error) for problem in row.problems)
        assert row.problems or spans.write(spans.parse(row.fields["dates"])) == row.fields["dates"]
