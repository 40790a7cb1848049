"""The map: every event counted once, dots and list with the same links, and nothing over anything else."""

import re
from dataclasses import replace
from itertools import combinations
from math import hypot, pi
from urllib.parse import parse_qsl, urlsplit

import pytest

from calendar_app import places, spans
from calendar_app.events import Draft, Event
from calendar_app.plots import map as plot
from calendar_app.plots.map import EUROPE, WORLD, Place, dots, labels, panels
from calendar_app.selection import parse
from calendar_app.store import events, search
from calendar_app.topics import Mode, Status
from calendar_app.web import mapped
from tests.conftest import NOW, TODAY
from tests.webapp import Node, page, store_of, subscribed

# Equal Earth's own sheet: half of it at the equator and at a pole, for a globe of radius 1 (Šavrič et al., 2018).
HALF_EQUATOR, POLE = 2.7066297, 1.3173628


def event(number: int, title: str, dates: str, **said: object) -> Event:
    draft = Draft(title=title, span=spans.parse(dates), source="A letter", **said)
    return Event.from_draft(draft, uid=f"00000000-0000-4000-8000-{number:012}", slug=f"made-{number}", now=NOW)


def keep(app, *made: Event) -> None:
    with store_of(app).change(NOW, actor="test") as change:
        for each in made:
            events.save(change, each, action="added")


def listed(found: Node) -> list[list[str]]:
    """City and country, number, and the next event: the rows of the list."""
    tables = found.all("table", class_="cities")
    return [[cell.text for cell in row if cell.tag in {"th", "td"}] for row in tables[0].one("tbody").all("tr")]


def links(found: Node) -> dict[str, int]:
    """The lists that the cities lead to, with the number that the page tells of each."""
    rows = found.one("table", class_="cities").one("tbody").all("tr")
    return {row.one("th").one("a")["href"]: int(row.one("td", class_="num").text) for row in rows}


def count(app, address: str) -> int:
    """How many events the list at an address has."""
    store = store_of(app)
    split = urlsplit(address)
    assert split.path == "/events"
    wanted = parse(parse_qsl(split.query), lambda facet, value: search.known(store, facet, value))
    return search.count(store, wanted.at(TODAY))


@pytest.mark.parametrize("query", ["", "when=upcoming", "when=past&sdg=9", "year=2016", "from=2020-03-01&city=Geneva"])
def test_numbers_are_those_of_the_lists_behind_them_and_add_up_to_the_selection(read_app, reader, query):
    found = page(reader.get(f"/map?{query}"))
    told = links(found)
    assert {address: count(read_app, address) for address in told} == told
    (sections, total) = found.all("section", aria_labelledby="nowhere"), count(read_app, f"/events?{query}")
    missing = int(sections[0].one("h2").text.split()[0].replace("One", "1")) if sections else 0
    assert sum(told.values()) + missing == total > 0
    assert [len(section.all("li")) for section in sections] == ([missing] if missing else [])


def test_dots_lead_to_the_same_lists_as_the_cities_and_are_for_the_mouse_alone(reader):
    found = page(reader.get("/map"))
    drawings = found.all("svg", class_="map")
    assert [drawing["aria-hidden"] for drawing in drawings] == ["true", "true"]
    drawn = [link for drawing in drawings for link in drawing.all("a")]
    assert {link["tabindex"] for link in drawn} == {"-1"}
    assert sorted(link["href"] for link in drawn) == sorted([*links(found), "#europe"])


def test_cities_of_2016_are_told_with_the_last_event_of_each(reader):
    found = page(reader.get("/map?year=2016"))
    assert (found.one("h1").text, found.all("p", class_="lede")[0].text) == ("Map: 2016", "47 events in 17 cities.")
    rows = listed(found)
    assert rows[:3] == [
        [
            "New York, United States",
            "15",
            "Last: CEB, second regular session of 2016, 9–10 November 2016, dates unverified",
        ],
        ["Geneva, Switzerland", "13", "Last: IAEG-SDGs, fourth meeting, 15–18 November 2016"],
        ["Vienna, Austria", "4", "Last: COPUOS, 59th session, 8–17 June 2016"],
    ]
    # Of the name of the country that was valid on the day, and of what has no days.
    assert ["Istanbul, Turkey", "1", "Last: World Humanitarian Summit, 23–24 May 2016"] in rows
    igf = "Last: 11th Annual Internet Governance Forum, November 2016 (days not given)"
    assert ["Guadalajara, Mexico", "1", igf] in rows
    assert [int(row[1]) for row in rows] == sorted((int(row[1]) for row in rows), reverse=True)
    assert subscribed(found) == "/feeds/year/2016.ics"


def test_next_event_is_the_first_to_come_that_takes_place(app, client):
    off, held = Status.CANCELLED, {"city": "Quito", "country": "EC"}
    keep(
        app,
        event(1, "Past forum", "2-3 May 2020", **held),
        event(2, "Off forum", "2-3 May 2031", status=off, **held),
        event(3, "Later forum", "12 May 2032", status=Status.TENTATIVE, **held),
        event(4, "Last forum", "12 May 2033", **held),
        event(5, "Off for good", "12 May 2033", status=off, city="Bogotá", country="CO"),
    )
    told = {row[0]: row[2] for row in listed(page(client.get("/map?from=2020-01-01&country=EC&country=CO")))}
    assert told["Quito, Ecuador"] == "Later forum, 12 May 2032, expected"
    assert told["Bogotá, Colombia"] == "Off for good, 12 May 2033, cancelled"


def test_what_is_in_no_city_or_in_one_that_we_can_not_place_is_told_and_not_drawn(app, client):
    dates = "12 May 2031"
    keep(
        app,
        event(1, "Valley forum", dates, city="Hidden Valley", country="CH"),
        event(2, "Web forum", dates, mode=Mode.ONLINE),
        event(3, "Some forum", "May 2031", country="KR", status=Status.CANCELLED),
        event(4, "Geneva forum", dates, city="Geneva", country="CH"),
    )
    found = page(client.get("/map?year=2031"))
    assert found.all("p", class_="lede")[0].text == "4 events in 2 cities, 2 in no city, named below the list."
    assert [row[:2] for row in listed(found)] == [
        ["Geneva, Switzerland", "1"],
        ["Hidden Valley, Switzerland not drawn", "1"],
    ]
    assert [title.text for title in found.one("svg", class_="map").all("title")] == ["Geneva, Switzerland: one event"]
    assert "and one city more, of which we don’t know where it lies" in found.one("figcaption").text
    nowhere = found.one("section", aria_labelledby="nowhere")
    assert nowhere.one("h2").text == "2 events in no city"
    assert [item.text for item in nowhere.all("li")] == [
        "Web forum, 12 May 2031. Online.",
        "Some forum, May 2031 (days not given). South Korea. Cancelled.",
    ]


def test_cities_of_one_name_are_as_many_as_their_countries(app, client):
    dates = "12 May 2031"
    keep(
        app,
        event(1, "One forum", dates, city="San José", country="CR"),
        event(2, "Other forum", dates, city="San Jose", country="US"),
        event(3, "Third forum", dates, city="SAN JOSÉ"),
    )
    found = page(client.get("/map?year=2031"))
    rows = found.one("table", class_="cities").one("tbody").all("tr")
    told = [(row.one("th").text, [link["href"] for link in row.one("th").all("a")]) for row in rows]
    query = "/events?city=San%20Jos%C3%A9&country={}&year=2031"
    assert told == [
        ("San José not drawn", []),
        ("San José, Costa Rica not drawn", [query.format("CR")]),
        ("San José, United States not drawn", [query.format("US")]),
    ]
    assert [count(app, address) for _, found in told for address in found] == [1, 1]


def test_what_is_not_public_is_on_no_map(app, client):
    held = {"city": "Quito", "country": "EC"}
    keep(
        app,
        replace(event(1, "Hidden forum", "12 May 2031", **held), published=False),
        replace(event(2, "Hidden web forum", "12 May 2031", mode=Mode.ONLINE), published=False),
    )
    gone = event(3, "Gone forum", "12 May 2031", **held)
    keep(app, gone)
    keep(app, replace(gone, status=Status.WITHDRAWN, sequence=1))
    answer = client.get("/map?year=2031")
    assert [word for word in ("Hidden", "Gone", "Quito") if word in answer.text] == []
    assert page(answer).all("p", class_="lede")[0].text == "Nothing is in this selection."


def test_more_than_a_map_holds_is_shown_a_year_at_a_time(app, client):
    keep(app, *(event(n, f"Forum {n:04}", "12 May 2031", city="Quito", country="EC") for n in range(mapped.MOST + 1)))
    found = page(client.get("/map"))
    assert found.all("p", class_="near")[0].text == (
        "The twelve months from today are shown, 24 November 2026 to 23 November 2027."
        " A selection of up to 1,000 events is shown whole."
    )
    years = found.one("nav", aria_label="Years").all("a")[:2]
    assert [(link.text, link["href"]) for link in years] == [
        ("← The year before", "/map?from=2025-11-24&to=2026-11-23"),
        ("The year after →", "/map?from=2027-11-24&to=2028-11-23"),
    ]
    assert subscribed(found) == "/feeds/select.ics?from=2026-11-24&to=2027-11-23"
    assert {address: count(app, address) for address in links(found)} == links(found)
    past = page(client.get("/map?to=2031-12-31&from=2015-01-01"))
    assert past.all("p", class_="near")[0].text.startswith("A year is shown at a time, here 1 January 2015 to")
    # A selection that is bounded itself is shown whole, however much it holds.
    assert listed(page(client.get("/map?year=2031")))[0][:2] == ["Quito, Ecuador", str(mapped.MOST + 1)]


def test_map_is_the_same_to_the_byte_each_time(make_app):
    one, other = (make_app().test_client().get("/map?year=2016").data for _ in range(2))
    assert one == other


@pytest.mark.parametrize("query", ["city=Quito&year=1900", "from=2030-01-01&to=2030-01-02", "q=nothing-like-it"])
def test_empty_selection_has_no_map_and_says_so(reader, query):
    found = page(reader.get(f"/map?{query}"))
    assert (found.all("svg", class_="map"), found.all("table", class_="cities")) == ([], [])
    assert found.all("p", class_="lede")[0].text == "Nothing is in this selection."


def everywhere() -> list[Place]:
    """Every city that the calendar knows, with the numbers 1 to 13 and one large."""
    return [
        Place(
            name=city.name,
            told=city.name,
            latitude=city.latitude,
            longitude=city.longitude,
            number=150 if city.name == "Geneva" else 1 + number % 13,
            address=f"/events?city={number}",
        )
        for number, city in enumerate(places.cities().values())
    ]


def drawn(found: list[Place]) -> tuple[plot.Drawing, ...]:
    return plot.draw(found, europe="Europe", told="Europe", address="#europe")


def test_area_of_a_dot_is_as_its_number_on_both_panels():
    marks = [mark for drawing in drawn(everywhere()) for mark in drawing.marks]
    areas = [pi * mark.dot.radius**2 / mark.dot.place.number for mark in marks if mark.dot.place.number > 5]
    assert max(areas) / min(areas) < 1.05
    ring = next(mark.dot.place for mark in marks if mark.dot.place.many)
    assert ring.number == sum(mark.dot.place.number for mark in drawn(everywhere())[1].marks)


def test_no_dot_covers_another_and_each_is_near_where_it_lies():
    for drawing in drawn(everywhere()):
        for one, other in combinations([mark.dot for mark in drawing.marks], 2):
            assert hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius, (one, other)
        for mark in drawing.marks:
            x, y = drawing.panel.project(mark.dot.place.latitude, mark.dot.place.longitude)
            assert hypot(mark.dot.x - x, mark.dot.y - y) <= 61
            assert mark.dot.home in {None, (round(x, 1), round(y, 1))}


@pytest.mark.parametrize("size", ["small", "large"])
def test_no_name_is_over_another_or_over_a_dot_or_outside(size):
    for drawing in drawn(everywhere()):
        found = [getattr(mark, size) for mark in drawing.marks]
        boxes = [labels._box(label, getattr(drawing.panel, size)) for label in found if label]
        assert len(boxes) > 5
        assert [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])] == []
        around = [labels._around(mark.dot) for mark in drawing.marks]
        assert [(box, dot) for box in boxes for dot in around if box.meets(dot)] == []
        corners = [corner for box in boxes for corner in ((box.left, box.top), (box.right, box.bottom))]
        assert all(drawing.panel.holds(*corner) for corner in corners)


def test_order_of_places_never_shows():
    assert drawn(everywhere()) == drawn(everywhere()[::-1])


def test_places_on_one_spot_are_laid_side_by_side():
    quito = replace(everywhere()[0], name="Quito", latitude=-0.2, longitude=-78.5, number=4)
    one, other = dots.lay([quito, replace(quito, name="Quito Sur")], WORLD, most=4)
    assert (one.place.name, other.y, other.home) == ("Quito", one.y, (one.x, one.y))
    assert other.x - one.x > one.radius + other.radius


def test_europe_is_drawn_larger_where_two_cities_are_in_it():
    geneva, bern = (next(place for place in everywhere() if place.name == name) for name in ("Geneva", "Bern"))
    (world,) = drawn([geneva])
    assert ([mark.dot.place for mark in world.marks], world.frame) == ([geneva], "")
    world, europe = drawn([geneva, bern])
    assert [(mark.dot.place.name, mark.dot.place.many) for mark in world.marks] == [("Europe", True)]
    assert [mark.dot.place for mark in europe.marks] == [geneva, bern]


@pytest.mark.parametrize(
    ("latitude", "longitude", "x", "y"),
    [
        (0, 0, 0, 0),
        (0, 180, HALF_EQUATOR, 0),
        (0, -90, -HALF_EQUATOR / 2, 0),
        (90, 0, 0, POLE),
        (-90, 0, 0, -POLE),
    ],
)
def test_equal_earth_is_the_published_projection(latitude, longitude, x, y):
    assert panels.equal_earth(latitude, longitude) == pytest.approx((x, y), abs=1e-6)


def test_equal_earth_keeps_areas():
    # One degree by one degree at 60° is half of one at the equator, since the cosine is.
    def area(latitude: float) -> float:
        left, right = (panels.equal_earth(latitude, longitude)[0] for longitude in (-0.5, 0.5))
        return (right - left) * (panels.equal_earth(latitude + 0.5, 0)[1] - panels.equal_earth(latitude - 0.5, 0)[1])

    assert area(60) / area(0) == pytest.approx(0.5, abs=1e-4)


def rings(panel: panels.Panel) -> list[list[tuple[int, int]]]:
    """The land of a panel as rings of points."""
    assert re.fullmatch(r"(M-?\d+[ -]-?\d+l[-\d ]+z ?)+", panel.land)
    found = []
    for x, y, steps in re.findall(r"M(-?\d+) ?(-?\d+)l([-\d ]+)z", panel.land):
        ring = [(int(x), int(y))]
        numbers = list(map(int, re.findall(r"-?\d+", steps)))
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        found.append(ring)
    return found


def on_land(panel: panels.Panel, latitude: float, longitude: float) -> bool:
    x, y = panel.project(latitude, longitude)
    crossed = 0
    for ring in rings(panel):
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossed += (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax)
    return crossed % 2 == 1


@pytest.mark.parametrize(
    ("panel", "land", "sea"),
    [
        # Central Africa, Brazil, Siberia's east, Australia, Alaska; three oceans, and a lake without an outlet.
        (
            WORLD,
            [(0, 20), (-10, -55), (67, 179), (-25, 135), (65, -150)],
            [(0, -30), (-30, 80), (10, -160), (-65, 0), (42, 51)],
        ),
        # Geneva, Warsaw, Madrid, Anatolia; the North Sea, two parts of the Mediterranean, the Black Sea.
        (EUROPE, [(46.2, 6.1), (52.2, 21), (40.4, -3.7), (39, 33)], [(56, 3), (39, 5), (35, 19), (43, 34)]),
    ],
    ids=["world", "europe"],
)
def test_land_lies_where_it_is(panel, land, sea):
    assert [on_land(panel, *point) for point in land] == [True] * len(land)
    assert [on_land(panel, *point) for point in sea] == [False] * len(sea)


def test_land_is_light_and_stays_on_its_panel():
    assert sum(len(panel.land) for panel in (WORLD, EUROPE)) < 20_000
    for panel in (WORLD, EUROPE):
        for x, y in [point for ring in rings(panel) for point in ring]:
            assert panel.holds(x, y, inside=-5)


def test_every_city_that_the_calendar_knows_is_on_the_map():
    for city in places.cities().values():
        assert WORLD.holds(*WORLD.project(city.latitude, city.longitude)), city.name
