"""Goals by month: each number is that of the list behind it, empty cells are there, and nothing is in a wrong month."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.events import Draft, Event
from calendar_app.plots import coverage as plot
from calendar_app.plots.coverage import Cell
from calendar_app.selection import parse
from calendar_app.spans import Precision, Span
from calendar_app.store import coverage, events, search
from calendar_app.topics import SDGS, Status
from tests.conftest import NOW, TODAY
from tests.webapp import Node, page, store_of, subscribed


def event(number: int, title: str, dates: str, *sdgs: int, **said: object) -> Event:
    draft = Draft(title=title, span=spans.parse(dates), source="A letter", sdgs=sdgs, **said)
    return Event.from_draft(draft, uid=f"00000000-0000-4000-8000-{number:012}", slug=f"made-{number}", now=NOW)


def keep(app, *made: Event) -> None:
    with store_of(app).change(NOW, actor="test") as change:
        for each in made:
            events.save(change, each, action="added")


def lines(found: Node) -> dict[str, list[str]]:
    """What is seen of the table, by the first words of each line: twelve months, no month, and in all."""
    told = {}
    for line in found.one("table", class_="coverage").all("tr")[1:]:
        head = line.one("th").all("b")
        told[head[0].text if head else line.one("th").text] = [seen(cell) for cell in line.all("td")]
    return told


def seen(cell: Node) -> str:
    shown = cell.all("span", aria_hidden="true")
    return shown[0].text if shown else cell.text.partition(" in all")[0]


def number(text: str) -> int:
    """The number that a cell shows: "2 [1]" is three events."""
    return sum(int(part.strip("[]")) for part in text.split() if part != "–")


def lister(app) -> Callable[[str], Counter[bool]]:
    """How many events the list at an address has, by whether only their year is known; each address asked once."""
    store, asked = store_of(app), dict[str, Counter[bool]]()

    def found(address: str) -> Counter[bool]:
        if address not in asked:
            split = urlsplit(address)
            assert split.path == "/events"
            wanted = parse(parse_qsl(split.query), lambda facet, value: search.known(store, facet, value))
            held = events.by_ids(store, search.ids(store, wanted.at(TODAY)))
            asked[address] = Counter(event.span.precision is Precision.YEAR for event in held)
        return asked[address]

    return found


@pytest.mark.parametrize(
    "query",
    [
        *("year=2016", "year=2027", "when=upcoming", "when=past", "year=2026&when=upcoming"),
        *("from=2016-03-10&to=2016-11-10&series=hlpf", "from=2026-10-05&to=2027-06-20", "sdg=9&sdg=13&year=2016"),
    ],
)
def test_every_number_is_that_of_the_list_behind_it(read_app, reader, query):
    found, listed, wrong = page(reader.get(f"/coverage?{query}")), lister(read_app), []
    whole_year = len(found.one("h1").text) == len("Goals by month 2016")
    for line in found.one("table", class_="coverage").all("tr")[1:]:
        *cells, undated, total = line.all("td")
        for cell in cells:
            told = number(seen(cell))
            if not (links := cell.all("a")):
                assert cell.text == ""
                continue
            # What is known by its year alone may be in any month of it, and is listed there; the page says so.
            there = listed(links[0]["href"])
            if there[False] != told or (whole_year and there[True] != number(undated.text)):
                wrong.append((told, links[0]["href"]))
        if number(seen(total)) != listed(total.one("a")["href"]).total():
            wrong.append((seen(total), total.one("a")["href"]))
    assert wrong == []
    assert number(lines(found)["All events"][-1]) > 0


def test_2016_is_seventeen_goals_by_twelve_months_with_its_empty_cells(reader):
    found = page(reader.get("/coverage?year=2016"))
    heading = found.one("h1").text, found.one("title").text, found.all("p", class_="lede")[0].text
    assert heading == ("Goals by month 2016", "Goals by month 2016 – UN Forum Calendar", "47 events")
    table = found.one("table", class_="coverage")
    heads = [head.text for head in table.one("thead").all("th")]
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    assert heads == ["Goal", *months, "No month", "In all"]
    told = lines(found)
    assert list(told) == [*map(str, SDGS), "All events"]
    assert told["13"] == ["–", "–", "–", "–", "2", "1", "1", "–", "–", "–", "1", "–", "–", "5"]
    assert told["9"][10] == "2 [1]"
    assert told["All events"][-1] == "47"
    # An empty cell is a link too, and looks like one without anything.
    january = table.all("tr")[1].all("td")[0]
    assert (january["class"], january.one("a")["href"]) == ("none", "/events?from=2016-01-01&sdg=1&to=2016-01-31")


def test_cells_say_in_words_what_they_show_in_signs(reader):
    line = page(reader.get("/coverage?year=2016")).one("tr", class_="g9").all("td")
    words = [cell.one("span", class_="vh").text for cell in line[9:12]]
    assert words == [
        "SDG 9, October: 2 events",
        "SDG 9, November: 3 events, one without its days",
        "SDG 9, December: none",
    ]
    assert line[13].text == "15 in all, SDG 9"


def test_events_are_in_their_months_and_in_no_others(app, client):
    keep(
        app,
        event(1, "Days", "5-6 May 2031", 1),
        event(2, "Two months", "30 May - 2 June 2031", 1, 2),
        event(3, "A month", "May 2031", 1),
        event(4, "Months", "July-September 2031", 1),
        event(5, "A year", "2031", 1, status=Status.TENTATIVE),
        event(6, "New year", "28 December 2030 - 2 January 2031", 2),
        event(7, "No goal", "5 May 2031"),
        event(8, "No goal, no month", "2031-2032"),
    )
    found = page(client.get("/coverage?year=2031"))
    told, none = lines(found), "–"
    assert told["1"] == [*[none] * 4, "2 [1]", "1", "[1]", "[1]", "[1]", *[none] * 3, "[1]", "5"]
    assert told["2"] == ["1", *[none] * 3, "1", "1", *[none] * 6, none, "2"]
    assert told["3"] == [*[none] * 13, "0"]
    assert told["No goal given"] == [*[none] * 4, "1", *[none] * 7, "[1]", "2"]
    assert told["All events"] == ["1", *[none] * 3, "3 [1]", "1", "[1]", "[1]", "[1]", *[none] * 3, "[2]", "8"]
    assert found.all("p", class_="lede")[0].text == "8 events, 2 of them without a goal"


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("", "2026"),
        ("year=2027&year=2024", "2027"),
        ("year=2016", "2016"),
        ("from=2016-05-01&to=2016-06-30", "2016"),
        ("from=2016-05-01&to=2017-04-30", "May 2016 – Apr 2017"),
        ("from=2026-11-24&to=2027-11-23", "Nov 2026 – Oct 2027"),
        ("from=2015-01-01&to=2020-12-31", "2020"),
        ("from=2030-02-01", "2030"),
        ("to=2016-02-01", "2016"),
        ("from=2016-02-01", "2026"),
        ("when=upcoming", "Nov 2026 – Oct 2027"),
        ("when=upcoming&to=2026-12-31", "2026"),
        ("when=past", "2026"),
        ("when=upcoming&from=2199-05-01", "2199"),
    ],
)
def test_months_are_those_of_the_selection_or_of_this_year(reader, query, heading):
    assert page(reader.get(f"/coverage?{query}")).one("h1").text == f"Goals by month {heading}"


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("year=2016&sdg=9", [("← 2015", "sdg=9&year=2015"), ("2017 →", "sdg=9&year=2017")]),
        ("when=upcoming", [("2026", "year=2026"), ("2027", "year=2027")]),
        ("year=1900", [("1901 →", "year=1901")]),
        ("year=2199", [("← 2198", "year=2198")]),
    ],
)
def test_other_years_are_one_click_away_with_the_rest_of_the_selection(reader, query, years):
    links = page(reader.get(f"/coverage?{query}")).one("nav", aria_label="Years").all("a")
    found = [(link.text, link["href"]) for link in links if link["href"] != "#subscribe"]
    assert found == [(text, f"/coverage?{address}") for text, address in years]


def test_chosen_goals_are_the_only_lines(reader):
    found = page(reader.get("/coverage?sdg=13&sdg=9&year=2016"))
    assert list(lines(found)) == ["9", "13", "All events"]
    assert found.all("p", class_="lede")[0].text == "SDG 9 or SDG 13, 2016: 19 events"


def test_months_outside_the_period_are_left_open(reader):
    told = lines(page(reader.get("/coverage?from=2016-05-20&to=2016-07-10")))
    assert [index for index, cell in enumerate(told["9"][:12]) if cell] == [4, 5, 6]


def test_gaps_are_the_goals_with_nothing_to_come_that_takes_place(app, client):
    keep(app, event(1, "Off", "5 May 2031", 1, status=Status.CANCELLED), event(2, "On", "5 May 2031", 2))
    found = page(client.get("/coverage?year=2031")).one("section", aria_labelledby="gaps")
    assert found.one("h2").text == "Goals with no event to come, 2031"
    assert [item.one("b").text for item in found.one("ul").all("li")] == [str(n) for n in SDGS if n != 2]
    past = page(client.get("/coverage?year=2016&series=unfccc-cop")).one("section", aria_labelledby="gaps")
    assert past.one("h2").text == "Goals without an event, 2016"
    assert [item.one("b").text for item in past.one("ul").all("li")] == [str(n) for n in SDGS if n != 13]
    # Of a year that is not over yet, what is past counts for no goal.
    assert "13" in [
        b.text for b in page(client.get("/coverage?year=2026")).one("section", aria_labelledby="gaps").all("b")
    ]


def test_what_is_not_public_is_in_no_cell(app, client):
    hidden = replace(event(1, "Hidden", "5 May 2031", 1), published=False)
    gone = event(2, "Gone", "5 May 2031", 1)
    keep(app, hidden, gone)
    keep(app, replace(gone, status=Status.WITHDRAWN, sequence=1))
    told = lines(page(client.get("/coverage?year=2031")))
    assert {number(cell) for line in told.values() for cell in line} == {0}


def test_coverage_subscribes_to_what_it_shows(reader):
    assert subscribed(page(reader.get("/coverage?from=2016-01-01&to=2016-12-31&sdg=9"))) == (
        "/feeds/select.ics?from=2016-01-01&sdg=9&to=2016-12-31"
    )


def test_coverage_is_the_same_to_the_byte_each_time(make_app):
    one, other = (make_app().test_client().get("/coverage?year=2016").data for _ in range(2))
    assert one == other


def test_events_of_one_span_and_the_same_goals_are_counted_together(app):
    dates = "5-6 May 2031"
    keep(app, event(1, "One", dates, 9, 1), event(2, "Two", dates, 1, 9), event(3, "Three", dates, 9))
    keep(app, event(4, "Four", dates, 9, status=Status.CANCELLED))
    wanted, span = parse([("year", "2031")], lambda *_: None), spans.parse(dates)
    assert sorted(coverage.held(store_of(app), wanted, today=TODAY)) == sorted(
        [(span, (1, 9), True, 2), (span, (9,), True, 1), (span, (9,), False, 1)], key=lambda held: held[1:]
    )


def test_shades_go_from_the_fewest_to_the_most():
    days = [(spans.parse(f"{day} May 2031"), (1,), True, 1) for day in range(1, 8)]
    days += [(spans.parse("4 June 2031"), (1,), True, 1), (spans.parse("July 2031"), (2,), True, 4)]
    year = date(2031, 1, 1), date(2031, 12, 31)
    table = plot.table(days, [1, 2], start=year[0], first=year[0], last=year[1])
    cells = [table.rows[0].cells[month] for month in (3, 4, 5)]
    assert cells == [Cell(), Cell(known=7, shade=4), Cell(known=1, shade=1)]
    assert table.rows[1].cells[6] == Cell(vague=4, shade=3)


DAYS = st.dates(date(2030, 6, 1), date(2033, 6, 1))


@st.composite
def anywhere(draw) -> Span:
    first, length = draw(DAYS), draw(st.integers(0, 120))
    precision = draw(st.sampled_from(Precision))
    if precision is Precision.DAY:
        return Span(first=first, last=first + timedelta(length), precision=precision)
    form = {Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}[precision]
    return spans.from_iso(first.strftime(form), (first + timedelta(length)).strftime(form), precision)


@given(st.lists(anywhere(), max_size=6), DAYS, DAYS, st.dates(date(2031, 1, 1), date(2031, 12, 1)))
def test_cell_counts_what_may_overlap_its_month_within_the_period(found, one, other, begin):
    start = begin.replace(day=1)
    months = plot.months(start)
    bounds = [*months, (months[-1] + timedelta(31)).replace(day=1)]
    first, last = max(min(one, other), start), min(max(one, other), bounds[-1] - timedelta(1))
    inside = [span for span in found if span.overlaps(first, last) and first <= last]
    row = plot.table([(span, (1,), True, 1) for span in inside], [1], start=start, first=first, last=last).rows[0]
    dated = [span for span in inside if span.precision is not Precision.YEAR]
    for cell, month, following in zip(row.cells, months, bounds[1:], strict=True):
        within = max(first, month), min(last, following - timedelta(1))
        assert cell.number == sum(span.overlaps(*within) for span in dated if within[0] <= within[1])
    assert (row.undated, row.total) == (len(inside) - len(dated), len(inside))
