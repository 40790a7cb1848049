"""The figures as a page and as a file: each number is that of the list behind it, and says what it does not know."""

import csv
import io
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest

from calendar_app import spans
from calendar_app.events import Draft, Event
from calendar_app.report.facts import Figure
from calendar_app.selection import parse
from calendar_app.store import events, figures, search
from calendar_app.topics import SDGS, Kind, Role, Status
from tests.conftest import NOW, TODAY
from tests.webapp import Node, page, store_of

PAGE = "/report/figures"


def table(found: Node, heading: str) -> dict[str, list[str]]:
    """What is seen of the table under a heading, by the first cell of each line."""
    lines = found.one("section", aria_labelledby=heading).one("table").all("tr")[1:]
    return {
        line.all("th")[0].text.partition(" in a report")[0]: [seen(cell) for cell in line.all("td")] for line in lines
    }


def seen(cell: Node) -> str:
    links = cell.all("a")
    return links[0].text.partition(" ")[0] if links else cell.text


def wrong(app, found: Node) -> tuple[int, list[tuple[str, str]]]:
    """How many numbers lead to a list, and those that are not how many events it has."""
    store, bad, links = store_of(app), [], []
    for cell in found.all("td", class_="num"):
        links += [(link.text.partition(" ")[0], link["href"]) for link in cell.all("a")]
    for number, address in links:
        split = urlsplit(address)
        wanted = parse(parse_qsl(split.query), lambda facet, value: search.known(store, facet, value))
        if split.path != "/events" or search.count(store, wanted.at(TODAY)) != int(number):
            bad.append((number, address))
    return len(links), bad


@pytest.mark.parametrize("query", ["", "?from=2010&to=2034"])
def test_every_number_is_that_of_the_list_behind_it(read_app, reader, query):
    count, bad = wrong(read_app, page(reader.get(PAGE + query)))
    assert bad == []
    assert count > 400


def test_lists_leave_out_side_events_and_what_is_off_where_there_are_any(app, client):
    store = store_of(app)
    forum = events.by_slug(store, "whs-2016")
    draft = Draft(title="Side event", span=spans.parse("24 May 2016"), source="Note", kind=Kind.SIDE_EVENT)
    draft = replace(draft, roles=(Role.ORGANIZER,), sdgs=(9,), themes=("cybersecurity",), country="TR")
    made = [Event.from_draft(draft, uid=f"00000000-0000-4000-8000-{n:012}", slug=f"side-{n}", now=NOW) for n in (1, 2)]
    with store.change(NOW, actor="test") as change:
        events.save(change, replace(made[0], held_at=forum.uid), action="added")
        events.save(change, replace(made[1], held_at=forum.uid, status=Status.CANCELLED), action="added")
        igf = events.by_slug(store, "igf-2016")
        events.save(change, replace(igf, status=Status.CANCELLED, sequence=igf.sequence + 1), action="cancelled")
    found = page(client.get(PAGE))
    assert wrong(app, found)[1] == []
    assert table(found, "events")["2016"][0] == "46"
    assert table(found, "by-together")["Side events with an entry"][1] == "1"
    assert table(found, "complete")["Cancelled or postponed, not counted"][1] == "1"


def test_2016_is_told_with_what_is_known_of_it(reader):
    found = page(reader.get(PAGE))
    assert (found.one("h1").text, found.one("title").text) == (
        "Figures 2015–2026",
        "Figures 2015–2026 – UN Forum Calendar",
    )
    by_year = table(found, "events")
    assert list(by_year) == [str(year) for year in range(2015, 2027)]
    assert (by_year["2016"], by_year["2017"]) == (["47", "38", "10", "65"], ["36", "25", "–", "–"])
    assert {name: cells[1] for name, cells in table(found, "by-role").items()} == {
        "Organizer": "2",
        "Host": "1",
        "Observer": "7",
        "Participant": "29",
        "No role recorded": "9",
    }
    goals = table(found, "by-sdg")
    assert list(goals) == [f"{number} {sdg.name}" for number, sdg in SDGS.items()]
    assert goals["9 Industry, Innovation and Infrastructure"][1] == "15"
    themes = table(found, "by-theme")
    assert len(themes) == 13
    assert themes["One of 24 other themes"][1] == "23"
    regions = table(found, "by-region")
    assert {name: cells[1] for name, cells in regions.items()} == {
        "Africa": "5",
        "Americas": "18",
        "Asia": "3",
        "Europe": "21",
        "Oceania": "–",
        "Online, or no country given": "–",
    }
    assert {name: cells[1] for name, cells in table(found, "by-together").items()} == {
        "Side events with an entry": "–",
        "Side events told without an entry": "7",
        "Partners": "13",
        "Partners in side events": "8",
    }
    complete = table(found, "complete")
    assert [cells[1] for cells in complete.values()] == ["47", "45", "4", "38", "12", "10", "–"]


def test_rates_of_the_council_report_are_drawn_and_told(reader):
    section = page(reader.get(PAGE)).one("section", aria_labelledby="measures")
    assert [drawing["aria-label"].partition(": ")[2] for drawing in section.all("svg")] == [
        "about 50%, before 2016; 87%, 2016",
        "46%, before 2016; about 86% (December 2016), 2016",
    ]
    assert "JIU" in section.one("table").text
    assert not page(reader.get(f"{PAGE}?from=2020&to=2026")).all("section", aria_labelledby="measures")


def test_every_drawing_says_in_words_what_it_shows(reader):
    found = page(reader.get(PAGE))
    drawings = [node for node in found.all("svg") if node.get("aria-hidden") is None]
    assert {node["role"] for node in drawings} == {"img"}
    told = [node["aria-label"] for node in drawings]
    assert "2016: 47 events, ITU’s role recorded at 38, what ITU did recorded of 10" in told
    assert "9 Industry, Innovation and Infrastructure: at most 15, in 2018, 11 in 2026" in told
    assert "Oceania: at most 1, in 2019" in told


def test_year_that_is_not_over_is_drawn_open_and_said_so(reader):
    found = page(reader.get(f"{PAGE}?from=2025&to=2028"))
    heads = [head.text for head in found.one("section", aria_labelledby="by-sdg").one("thead").all("th")]
    assert heads == ["Goal", "2025", "2026 not over", "2027 to come", "2028 to come"]
    columns = found.one("section", aria_labelledby="by-sdg").all("svg")[8].all("rect")
    assert [column.get("class") for column in columns] == [None, "open dash", "open dash", "open dash"]
    states = [item.all("span")[0].text for item in found.one("ul", class_="years-drawn").all("li")]
    assert states == ["36", "27 not over", "25 to come", "6 to come"]


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("", "2015–2026"),
        ("from=&to=", "2015–2026"),
        ("from=2016&to=2016", "2016"),
        ("from=2020", "2020–2026"),
        ("from=1990", "1990–2014"),
        ("from=2027", "2027"),
        ("to=2020", "2009–2020"),
        ("to=1905", "1900–1905"),
        ("from=2004&to=2028", "2004–2028"),
    ],
)
def test_years_are_those_that_are_asked_for(reader, query, years):
    found = page(reader.get(f"{PAGE}?{query}"))
    assert found.one("h1").text == f"Figures {years}"
    first, _, last = years.partition("–")
    assert [found.one("input", id=name)["value"] for name in ("from", "to")] == [first, last or first]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=2016&to=2015", "The period ends on 31 December 2015, before it begins on 1 January 2016."),
        ("from=2000&to=2025", "26 years are more than are shown at once. Choose at most 25."),
        ("from=x", "There is no year x. The calendar holds those from 1900 to 2199."),
        ("to=2200", "There is no year 2200."),
        ("from=20%3216-01-01", "There is no year 20216-01-01."),
        ("from=%D9%A2%D9%A0%D9%A1%D9%A6", "There is no year ٢٠١٦."),
        ("from=2015&from=2016", "“from” is given twice with different values. Keep one."),
    ],
)
def test_years_that_are_none_are_refused_in_words(reader, query, words):
    for path in (PAGE, f"{PAGE}.csv"):
        assert words in page(reader.get(f"{path}?{query}"), 400).one("main").text


def test_file_holds_what_the_page_shows_and_every_theme(reader):
    answer = reader.get(f"{PAGE}.csv")
    assert (answer.status_code, answer.content_type) == (200, "text/csv; charset=utf-8; header=present")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures-2015-2026.csv"'
    assert answer.headers["Cache-Control"] == "no-cache"
    head, *lines = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
    assert head == ["subject", "dimension", "value", "year", "count"]
    of_2016 = {tuple(line[:3]): line[4] for line in lines if line[3] == "2016"}
    assert {key: of_2016[key] for key in of_2016 if key[1] == "role"} == {
        ("events", "role", "organizer"): "2",
        ("events", "role", "host"): "1",
        ("events", "role", "observer"): "7",
        ("events", "role", "participant"): "29",
    }
    assert of_2016["events", "in the calendar", ""] == "47"
    assert of_2016["partners", "of side events", ""] == "8"
    assert of_2016["events", "region", "Europe"] == "21"
    measured = "acceptance rate of long-standing recommendations, reports of 2006-2014"
    assert of_2016["jiu", measured, "percent"] == "87"
    assert len({line[2] for line in lines if line[1] == "theme"}) == 36
    assert len({tuple(line[:4]) for line in lines}) == len(lines)


def test_file_is_no_formula_in_a_spreadsheet(app, client):
    figure = Figure(subject="jiu", year="2016", measure="=1+1", value=3, unit="@count", source="Note")
    with store_of(app).change(NOW, actor="test") as change:
        figures.put(change, figure)
    assert client.get(f"{PAGE}.csv").data.splitlines()[-1] == b"jiu,'=1+1,'@count,2016,3"


def test_page_and_file_are_the_same_to_the_byte_each_time(make_app):
    one, other = (make_app().test_client() for _ in range(2))
    for path in (PAGE, f"{PAGE}.csv"):
        assert one.get(path).data == other.get(path).data


def test_years_without_anything_are_told_as_such(reader):
    found = page(reader.get(f"{PAGE}?from=1990&to=1991"))
    assert table(found, "events") == {year: ["–"] * 4 for year in ("1990", "1991")}
    for heading in ("by-role", "by-sdg", "by-theme", "by-region", "by-together"):
        section = found.one("section", aria_labelledby=heading)
        assert section.all("p")[-1].text == "Nothing is recorded of these years."
        assert section.all("table") + section.all("svg") == []
    assert reader.get(f"{PAGE}.csv?from=1990&to=1991").status_code == 200


def test_other_pages_lead_to_the_figures(reader):
    found = page(reader.get("/coverage?year=2016"))
    assert [link.text for link in found.all("a") if link["href"] == PAGE] == ["Figures"]
    canonical = [link["href"] for link in page(reader.get(PAGE)).all("link", rel="canonical")]
    assert canonical == [f"https://calendar.example{PAGE}"]
    assert page(reader.get(f"{PAGE}?from=2016")).all("link", rel="canonical") == []
