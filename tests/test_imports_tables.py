"""Tables of any spreadsheet: their cells, what their columns hold, and their rows as fields; what form a file has."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app import catalogue, imports, submissions, texts
from calendar_app.errors import CalendarError
from calendar_app.imports import Row, Table, guess_mapping, map_rows, read_table, sniff
from calendar_app.imports.limits import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

SAY = texts.of("en").error
SERIES = {series.key: series for series in catalogue.parse().series}


def read(text: str) -> Table:
    return read_table(text.encode())


def rows(text: str, mapping: dict[str, str] | None = None, **more: Any) -> tuple[Row, ...]:
    table = read(text)
    chosen = guess_mapping(table.columns) if mapping is None else mapping
    return map_rows(table.rows, chosen, columns=len(table.columns), series=SERIES, **more)


def fields(header: str, cells: str) -> dict[str, Any]:
    (row,) = rows(f"{header}\n{cells}")
    assert row.problems == ()
    return dict(row.fields)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_cells_are_parted_by_what_parts_the_header(separator):
    text = separator.join(("name", '"a, b; c|d"', "when")) + "\r\n" + separator.join(("x", "y", "1")) + "\r\n"
    assert read(text) == Table(columns=("name", "a, b; c|d", "when"), rows=((2, ("x", "y", "1")),))


def test_cells_hold_line_breaks_and_rows_know_their_line():
    table = read('\n\nname,notes\n"one\ntwo",a\n\n , \nthree,b,,\n')
    assert table == Table(columns=("name", "notes"), rows=((4, ("one\ntwo", "a")), (8, ("three", "b"))))


def test_first_line_may_tell_excel_the_separator():
    assert read("sep=;\nname;x,y\na;b\n") == Table(columns=("name", "x,y"), rows=((3, ("a", "b")),))


def test_table_of_excel_is_read_with_a_note():
    table = read_table("titre;lieu\nRéunion;Genève".encode("cp1252"))
    assert (table.rows, [SAY(note) for note in table.notes]) == (
        ((2, ("Réunion", "Genève")),),
        ["The letters were read as Windows-1252. If accents look wrong, save the file as UTF-8."],
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The table is empty. Its first row has to name the columns."),
        ("\n , \n", "The table is empty. Its first row has to name the columns."),
        (
            ",".join("x" * (MOST_COLUMNS + 1)),
            "A table has at most 60 columns here. Delete those that are not needed.",
        ),
        (
            "name\n" + "x\n" * (MOST_ROWS + 1),
            "An import takes at most 5000 events. Split it, and import the pieces one after the other.",
        ),
        (
            'name,when\na,b\n"c,d\ne,f\n',
            "From line 3 on, a quotation mark has no second, so the rows can’t be told apart.",
        ),
        (
            'name\n"' + "x" * 140_000,
            "From line 2 on, a quotation mark has no second, so the rows can’t be told apart.",
        ),
        ("a\0b", "This is no text. Save a workbook as CSV, or copy the rows and paste them."),
    ],
)
def test_table_that_is_none_is_refused_with_the_limit_named(text, words):
    with pytest.raises(CalendarError) as refused:
        read(text)
    assert SAY(refused.value) == words


def test_columns_are_guessed_from_english_and_french_headers():
    english = ("Event name", "Start date (dd/mm/yyyy)", "End", "City", "Country", "Website", "Themes", "SDGs", "X")
    french = ("Titre *", "Début", "Fin", "Lieu", "Pays", "Lien", "Thèmes", "ODD", "Source:", "ID", "titre")
    assert list(guess_mapping(english).values()) == [
        *("title", "start", "end", "city", "country", "url", "themes", "sdgs", ""),
    ]
    assert list(guess_mapping(french).values()) == [
        *("title", "start", "end", "location", "country", "url", "themes", "sdgs", "source", "key", ""),
    ]
    assert guess_mapping(("When", "")) == {"0": "dates", "1": ""}


def test_every_field_that_a_column_can_hold_is_one_of_the_form():
    assert set(imports.FIELDS) - {"start", "end", "location", "key"} <= set(submissions.FIELDS)
    assert list(guess_mapping(imports.FIELDS).values()) == list(imports.FIELDS)


def test_row_becomes_fields():
    header = "Name;From;To;Place;Series;Type;Mode;Themes;SDGs;Link;Source;Start time;Status"
    cells = (
        "HLPF 2027;2027-07-06 00:00:00;15/07/2027;UN Headquarters, New York, United States;hlpf;Forum;Online only;"
        "Climate change|Digital divide|Unheard;1, SDG 17;https://hlpf.un.org/;Letter of 3 May;09:00:00;Expected"
    )
    assert fields(header, cells) == {
        "title": "HLPF 2027",
        "dates": "6-15 July 2027",
        "venue": "UN Headquarters",
        "city": "New York",
        "country": "US",
        "series": "hlpf",
        "kind": "forum",
        "mode": "online",
        "themes": ["climate-change", "digital-divide", "Unheard"],
        "sdgs": ["1", "17"],
        "url": "https://hlpf.un.org/",
        "source": "Letter of 3 May",
        "start_time": "09:00",
        "status": "tentative",
    }


@pytest.mark.parametrize(
    ("cell", "dates"),
    [
        ("18-22 April 2027", "18-22 April 2027"),
        ("2027-07-06", "6 July 2027"),
        ("2027-07-06 00:00:00", "6 July 2027"),
        ("2027-07-06T00:00", "6 July 2027"),
        ("13/7/2027", "13 July 2027"),
        ("7/13/2027", "13 July 2027"),
        ("13.07.2027", "13 July 2027"),
        ("November 2027", "November 2027"),
        ("2028", "2028"),
    ],
)
def test_dates_of_a_cell(cell, dates):
    assert fields("title,dates", f"x,{cell}")["dates"] == dates


@pytest.mark.parametrize(
    ("header", "cells", "typed", "words"),
    [
        (
            "title,dates",
            "x,6/7/2027",
            "6/7/2027",
            "We can’t tell whether 6/7 is 6 July or 7 June. Write the month as a word: 6 July 2027.",
        ),
        (
            "title,dates",
            "x,06.07.2027",
            "06.07.2027",
            "We can’t tell whether 06.07 is 6 July or 7 June. Write the month as a word: 6 July 2027.",
        ),
        ("title,dates", "x,13/7/27", "13/7/27", "Write the month as a word: 13 July 2027."),
        ("title,dates", 'x,"July 6, 2027"', "July 6, 2027", "Write the day first: 6 July 2027."),
        (
            "title,start,end",
            "x,6 July 2027,3 July 2027",
            "6 July 2027 - 3 July 2027",
            "The last day, 3 July 2027, comes before the first, 6 July 2027. Write the first day first.",
        ),
        (
            "title,start,end",
            "x,6 July 2027,August 2027",
            "6 July 2027 - August 2027",
            (
                "“6 July 2027” and “August 2027” are not equally exact. Write both as days, or only the months:"
                " November-December 2016."
            ),
        ),
    ],
)
def test_dates_that_may_be_two_or_none_are_a_problem_and_never_guessed(header, cells, typed, words):
    (row,) = rows(f"{header}\n{cells}")
    assert row.fields["dates"] == typed
    assert [(problem.field, SAY(problem.error)) for problem in row.problems] == [("dates", words)]


def test_time_beside_a_day_is_left_out_with_a_note():
    (row,) = rows("title,start,end\nx,2027-07-06T09:00:00Z,2027-07-06 17:00")
    assert (row.fields["dates"], [SAY(note) for note in row.notes]) == (
        "6 July 2027",
        [
            f"The time beside the day, {at}, was left out. Map times to columns of their own."
            for at in ("09:00", "17:00")
        ],
    )


@pytest.mark.parametrize(
    ("header", "cells", "place"),
    [
        ("title,location", 'x,"New York, United States"', {"city": "New York", "country": "US"}),
        ("title,location", "x,Genève", {"city": "Geneva", "country": "CH"}),
        ("title,location", 'x,"Windhoek, Namibia"', {"city": "Windhoek", "country": "NA"}),
        ("title,location", "x,Great Hall", {"venue": "Great Hall"}),
        ("title,location", "x,Geneva / online", {"city": "Geneva", "country": "CH", "mode": "hybrid"}),
        ("title,location,country", "x,Great Hall,Suisse", {"venue": "Great Hall", "country": "CH"}),
        ("title,city", 'x,"Bonn, Germany"', {"city": "Bonn", "country": "DE"}),
        ("title,city", "x,Windhoek", {"city": "Windhoek"}),
        ("title,city", "x,Virtual", {"mode": "online"}),
        ("title,city,country", "x,Windhoek,NA", {"city": "Windhoek", "country": "NA"}),
        ("title,city,country", "x,Atlantis,Nowhere", {"city": "Atlantis", "country": "Nowhere"}),
    ],
)
def test_place_of_a_row(header, cells, place):
    assert fields(header, cells) == {"title": "x", **place}


def test_keys_are_those_of_the_table_or_of_series_or_title_and_year():
    found = rows(
        "id,title,dates,series\nA1,x,2027,\nA1,y,2027,\n,COP 32,2027,UNFCCC COP\n,Réunion,2027,\n,réunion,2027,"
    )
    assert [row.key for row in found] == ["A1", "A1#2", "unfccc-cop 2027", "reunion 2027", "reunion 2027#2"]


def test_pieces_of_a_table_are_mapped_as_the_whole():
    table = read("title,dates\n" + "x,2027\n" * 6)
    given = {"columns": 2, "series": SERIES}
    whole = map_rows(table.rows, {"0": "title", "1": "dates"}, **given)
    pieces = tuple[Row, ...]()
    for begin in range(0, 6, 2):
        taken = {row.key for row in pieces}
        pieces += map_rows(iter(table.rows[begin : begin + 2]), {"0": "title", "1": "dates"}, taken=taken, **given)
    assert pieces == whole


def test_ragged_row_and_long_cell_are_problems_of_their_own():
    found = rows(f"title,dates,city\nx,2027\ny,2027,a,b\nz,2027,{'c' * (LONGEST_CELL + 1)}\nkept,2027,Bonn")
    assert [(row.place, [SAY(problem.error) for problem in row.problems]) for row in found] == [
        (2, ["The row has 2 cells, not 3."]),
        (3, ["The row has 4 cells, not 3."]),
        (4, ["A cell has at most 5000 characters. Shorten it."]),
        (5, []),
    ]


@pytest.mark.parametrize("before", ["title,dates", "title,dates\na,2027"])
def test_row_of_empty_cells_without_end_is_read_in_one_pass(before):
    """Copied anew for each cell it would take hours, and this test would not end."""
    assert read(before + "," * 1_000_000).columns == ("title", "dates")


def test_columns_that_are_ignored_or_unheard_of_are_left_out():
    (row,) = rows("a,b,c\nx,y,z", {"0": "title", "1": "", "2": "submitter_email"})
    assert dict(row.fields) == {"title": "x"}


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.ics", "", "ics"),
        ("a.txt", "\n BEGIN:VCALENDAR", "ics"),
        ("a.CSV", "anything", "table"),
        ("list.tsv", "anything", "table"),
        ("list.txt", "Title;Dates\nx;2027", "table"),
        ("", "Titre\tDébut\tFin", "table"),
        ("", "HLPF, 11-20 July 2027, New York", "lines"),
        ("notes.txt", "City, country", "lines"),
        ("", "", "lines"),
        ("x.docx", "PK\x03\x04", "lines"),
    ],
)
def test_form_is_known_by_the_beginning_and_the_name(name, text, form):
    assert sniff(name, text.encode()) == form


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_break_the_readers(data):
    assert sniff("", data) in {"ics", "table", "lines"}
    try:
        table = read_table(data)
    except CalendarError as error:
        SAY(error)
        return
    mapping = dict(zip(map(str, range(60)), imports.FIELDS, strict=False))
    found = map_rows(table.rows, mapping, columns=len(table.columns), series=SERIES)
    assert [(row.place, bool(row.key)) for row in found] == [(place, True) for place, _ in table.rows]
    assert all(SAY(problem.error) for row in found for problem in row.problems)
