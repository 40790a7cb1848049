"""The year planner as a page: the sheet, the same in words, the ways to other years, and what it refuses."""

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as Xml

import pytest

from calendar_app import spans, texts
from calendar_app.errors import NotFoundError, SelectionError
from calendar_app.events import Event
from calendar_app.plots.planner.axis import HEIGHT, TOP
from calendar_app.spans import Precision
from calendar_app.store import events
from calendar_app.topics import Status
from calendar_app.web.listing import MOST_ROWS
from tests.conftest import NOW
from tests.webapp import Node, page, store_of

TEXTS = texts.of("en")
SVG = "{http://www.w3.org/2000/svg}"


def event(title: str, dates: str, **told: object) -> Event:
    return Event(title=title, span=spans.parse(dates), uid=title, slug="an-event", stamp=NOW, **told)


def parsed(file: bytes) -> Xml.Element:
    return Xml.fromstring(file)  # noqa: S314 - our own


def words(file: bytes) -> list[str]:
    """Every text of a drawing, as it is read."""
    return ["".join(text.itertext()) for text in parsed(file).iter(f"{SVG}text")]


def sections(found: Node) -> dict[str, list[list[str]]]:
    """The months of the table with the days and titles under each."""
    table = found.one("table", class_="year")
    told = {}
    for body in table.all("tbody"):
        head, *rows = body.all("tr")
        told[head.text] = [[cell.text for cell in row.all("td")] for row in rows]
    return told


def test_page_shows_the_sheet_and_says_the_same_in_words(reader):
    found = page(reader.get("/calendar/2016"))
    assert found.one("h1").text == "Year planner 2016"
    light, night = found.all("img", class_="sheet")
    assert (light["src"], night["src"], night["loading"]) == ("/calendar/2016.svg", "/calendar/2016.svg?dark=1", "lazy")
    assert light["alt"] == (
        "Year planner 2016: 47 events in 38 series. Drawn as bars over twelve months;"
        " the table below says the same in words."
    )
    told = sections(found)
    assert list(told) == [
        *("February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
    ]
    assert told["April"][2:] == [
        [
            *("18–22 April", "Financing for Development Forum (ECOSOC FfD Forum 2016)", "New York, United States"),
            "UN DESA says 18–20 April 2016",
        ],
        ["27–28 April", "CEB, first regular session of 2016 Dates unverified", "Vienna, Austria", ""],
    ]
    assert told["November"][-1] == [
        *("[November] days not given", "11th Annual Internet Governance Forum", "Guadalajara, Mexico"),
        "IFLA says 6–9 December 2016",
    ]
    assert sum(map(len, told.values())) == 47


def test_sheet_in_the_page_and_its_file_are_of_one_size(reader):
    for address in ("/calendar/2016", "/calendar/2027", "/calendar/2027?theme=climate-change"):
        image = page(reader.get(address)).all("img", class_="sheet")[0]
        root = parsed(reader.get(image["src"]).data)
        assert (root.get("width"), root.get("height")) == (image["width"], image["height"])


def test_file_is_an_image_with_the_headers_of_a_page(reader):
    answer = reader.get("/calendar/2016.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-cache"
    again = reader.get("/calendar/2016.svg", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_square_marks_the_series_that_the_council_report_dates(reader):
    root = parsed(reader.get("/calendar/2016.svg").data)
    assert [text.text for text in root.iter(f"{SVG}text") if text.get("x") == "22" and text.get("font-weight")] == [
        *("ECOSOC Partnership Forum", "FfD Forum", "ECOSOC Integration Segment", "WHS", "LDC midterm review"),
        *("STI Forum", "HLPF", "Habitat", "IGF", "UNFCCC COP"),
    ]
    assert len([rect for rect in root.iter(f"{SVG}rect") if rect.get("width") == "12"]) == 10


def test_selection_bounds_page_and_file_alike(reader):
    found = page(reader.get("/calendar/2027?theme=climate-change"))
    titles = [row[1] for rows in sections(found).values() for row in rows]
    assert titles == ["COP 32: UN Climate Change Conference 2027"]
    assert found.all("img", class_="sheet")[0]["src"] == "/calendar/2027.svg?theme=climate-change"
    file = reader.get("/calendar/2027.svg?theme=climate-change").data
    names = [text.text for text in parsed(file).iter(f"{SVG}text") if text.get("x") == "22"]
    assert names == ["UNFCCC COP"]
    assert words(file)[1] == "Climate change"
    assert words(file)[2].startswith("2 events in 2 series. A square marks ")
    assert words(file)[-1] == "2027, month not announced: WMO Congress"


def test_events_without_a_month_are_listed_under_the_sheet(reader):
    found = page(reader.get("/calendar/2028"))
    listed = found.one("section", aria_labelledby="undrawn")
    assert listed.one("h2").text == "2028, month not announced"
    assert len(listed.all("li")) == 4


def test_year_without_anything_names_the_nearest_that_has_something(reader):
    found = page(reader.get("/calendar/2020?series=igf&city=Lillestrøm"))
    assert found.all("img", class_="sheet") == []
    assert found.one("div", id="shown").all("p", class_="lede")[0].text == "Nothing in 2020."
    told = found.one("div", id="shown").one("ul", class_="stack")
    assert [link["href"] for link in told.all("a")][1::2] == ["/calendar/2025?city=Lillestr%C3%B8m&series=igf"]
    assert "Nothing of this selection has a place in 2020." in words(
        reader.get("/calendar/2020.svg?series=igf&city=Lillestrøm").data
    )


def test_period_outside_the_year_leaves_nothing_and_breaks_nothing(reader):
    found = page(reader.get("/calendar/2016?from=2020-01-01"))
    assert found.all("img", class_="sheet") == []
    assert reader.get("/calendar/2016.svg?from=2020-01-01").status_code == 200


def test_years_beside_and_of_the_record_are_linked_with_the_selection(reader):
    found = page(reader.get("/calendar/2016?sdg=9"))
    beside = found.one("nav", aria_label="Years").all("a")
    assert [link["href"] for link in beside[:3]] == [
        *("/calendar/2015?sdg=9", "/calendar/2017?sdg=9", "/calendar/2016.svg?sdg=9")
    ]
    listed = found.one("nav", class_="years").all("a")
    assert [link.text for link in listed[:-1]] == [str(year) for year in range(2015, 2029)]
    assert listed[-1]["href"] == "/report?from=2016-01-01&to=2016-12-31"
    assert [link.text for link in listed if link.get("aria-current")] == ["2016"]


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("/calendar/1899", NotFoundError("year-unknown", year="1899", first="1900", last="2199")),
        ("/calendar/2200.svg", NotFoundError("year-unknown", year="2200", first="1900", last="2199")),
        ("/calendar/2016.svg?dark=yes", SelectionError("option-value", name="dark", value="yes", allowed="1")),
        ("/calendar/2016.svg?sheet=2", SelectionError("option-value", name="sheet", value="2", allowed="1")),
        ("/calendar/2016.svg?sheet=0", SelectionError("option-value", name="sheet", value="0", allowed="1")),
        ("/calendar/2016?sheet=1", SelectionError("select-name", name="sheet")),
    ],
)
def test_what_is_not_there_is_refused_in_words(reader, address, error):
    found = page(reader.get(address), 404 if isinstance(error, NotFoundError) else 400)
    assert TEXTS.error(error) in found.text


def test_hidden_and_withdrawn_events_are_on_neither_page_nor_sheet(app, client):
    told = {"hidden": {"published": False}, "withdrawn": {"status": Status.WITHDRAWN}, "shown": {}}
    with store_of(app).change(NOW, actor="test") as change:
        for number, (name, facts) in enumerate(told.items()):
            uid = f"00000000-0000-4000-8000-00000000000{number}"
            each = replace(event(f"The {name} one", "3-4 May 2035", city="Bonn"), uid=uid, slug=f"the-{name}", **facts)
            events.save(change, each, action="added")
    told = client.get("/calendar/2035").get_data(as_text=True), client.get("/calendar/2035.svg").get_data(as_text=True)
    assert [("The shown one" in text, "The hidden" in text, "The withdrawn" in text) for text in told] == [
        (True, False, False)
    ] * 2


def test_year_of_more_events_than_a_page_tells_how_many_it_holds(app, client):
    with store_of(app).change(NOW, actor="test") as change:
        for number in range(MOST_ROWS + 5):
            uid = f"00000000-0000-4000-8000-{number:012}"
            span = spans.Span(
                first=date(2035, 1, 1) + timedelta(number % 365), last=date(2035, 12, 31), precision=Precision.DAY
            )
            each = replace(event(f"Event {number}", "2035"), span=span, uid=uid, slug=f"event-{number}")
            events.save(change, each, action="added")
    found = page(client.get("/calendar/2035"))
    assert (
        found.all("p", class_="lede")[0].text == f"{MOST_ROWS + 5} events, the first {MOST_ROWS} of them on this page"
    )
    pages = [link["href"] for link in found.one("nav", aria_label="Years").all("a") if ".svg" in link["href"]]
    assert pages[:2] == ["/calendar/2035.svg", "/calendar/2035.svg?sheet=2"]
    last = client.get(pages[-1])
    assert f"Sheet {len(pages)} of {len(pages)}" in last.get_data(as_text=True)
    assert TOP < int(parsed(last.data).get("height")) <= HEIGHT


def test_table_has_a_column_for_other_sources_where_one_says_otherwise(reader):
    for address, told in (("/calendar/2016", ["Another source"]), ("/calendar/2016?series=hlpf", [])):
        head = page(reader.get(address)).one("table", class_="year").one("thead")
        assert [cell.text for cell in head.all("th")] == ["Days", "Event", "Place", *told]
