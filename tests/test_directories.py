"""Series, themes and goals: every one listed with its counts, and each a page whose feed holds what it lists."""

import pytest

from calendar_app import texts
from calendar_app.errors import NotFoundError
from calendar_app.selection import Selection
from calendar_app.store import events, search, series
from calendar_app.topics import SDGS, THEMES
from tests.conftest import TODAY
from tests.webapp import Node, in_calendar, page, rows, store_of, subscribed, uids

UPCOMING = Selection(when="upcoming").at(TODAY)
ONES = [
    ("/series/hlpf", "High-level Political Forum on Sustainable Development", Selection.of(series="hlpf")),
    (
        "/series/unfccc-cop",
        "Conference of the Parties to the United Nations Framework Convention on Climate Change",
        Selection.of(series="unfccc-cop"),
    ),
    ("/themes/climate-change", "Climate change", Selection.of(theme="climate-change")),
    ("/themes/cybersecurity", THEMES["cybersecurity"].name, Selection.of(theme="cybersecurity")),
    ("/sdgs/13", "13 Climate Action", Selection.of(sdg="13")),
    ("/sdgs/5", "5 Gender Equality", Selection.of(sdg="5")),
]
MISSING = [
    ("/series/nope", NotFoundError("series-none", name="nope")),
    ("/themes/nope", NotFoundError("theme-none", name="nope")),
    ("/themes/Climate-Change", NotFoundError("theme-none", name="Climate-Change")),
    *(
        (f"/sdgs/{number}", NotFoundError("sdg-none", name=number[:20]))
        for number in ("0", "18", "99", "07", "-1", "x", "１", "1" * 5000)
    ),
]


def counted(found: Node) -> dict[str, tuple[int, int]]:
    """The events and the events to come of each row of a directory, by its address."""
    return {
        row.one("th").one("a")["href"]: tuple(int(cell.text.replace("–", "0")) for cell in row.all("td")[-2:])
        for body in found.all("tbody")
        for row in body.all("tr")
    }


def numbers(read_app, facet: str, values: list[str]) -> dict[str, tuple[int, int]]:
    store = store_of(read_app)
    all_, coming = (search.counts(store, selection, [facet])[facet] for selection in (Selection(), UPCOMING))
    return {value: (all_.get(value, 0), coming.get(value, 0)) for value in values}


def test_series_directory_lists_every_series_with_its_counts(read_app, reader):
    keys = list(series.directory(store_of(read_app)))
    expected = {f"/series/{key}": number for key, number in numbers(read_app, "series", keys).items()}
    assert counted(page(reader.get("/series"))) == expected
    assert (0, 0) in expected.values()


def test_series_directory_leads_to_each_kind(reader):
    found = page(reader.get("/series"))
    chips = [(link["href"].removeprefix("#"), link.text) for link in found.one("ul", class_="chips").all("a")]
    sections = [
        (section.one("h2")["id"], f"{section.one('h2').text} {len(section.one('tbody').all('tr'))}")
        for section in found.all("section")
    ]
    assert chips == sections


def test_theme_directory_lists_every_theme_with_its_counts(read_app, reader):
    expected = {f"/themes/{slug}": number for slug, number in numbers(read_app, "theme", list(THEMES)).items()}
    assert counted(page(reader.get("/themes"))) == expected


def test_goal_directory_lists_the_seventeen_in_order(read_app, reader):
    found = counted(page(reader.get("/sdgs")))
    expected = numbers(read_app, "sdg", list(map(str, SDGS)))
    assert list(found.items()) == [(f"/sdgs/{number}", expected[str(number)]) for number in range(1, 18)]


@pytest.mark.parametrize(("address", "title", "selection"), ONES)
def test_page_of_one_lists_what_comes_then_what_is_past_and_its_feed_holds_both(
    read_app, reader, address, title, selection
):
    found, store = page(reader.get(address)), store_of(read_app)
    selected = events.by_ids(store, search.ids(store, selection))
    coming = [event.slug for event in selected if event.span.last >= TODAY]
    past = [event.slug for event in selected if event.span.last < TODAY]
    assert (found.one("h1").text, rows(found)) == (title, coming + past[::-1])
    kind, value = selection.facets[0][0], selection.facets[0][1][0]
    assert subscribed(found) == f"/feeds/{kind}/{value}.ics"
    assert uids(reader.get(subscribed(found)).data) == {event.uid for event in selected if in_calendar(event)}


def test_every_series_theme_and_goal_has_a_page(read_app, reader):
    addresses = [f"/series/{key}" for key in series.directory(store_of(read_app))]
    addresses += [f"/themes/{slug}" for slug in THEMES] + [f"/sdgs/{number}" for number in SDGS]
    titles = {address: page(reader.get(address)).one("h1").text for address in addresses}
    assert [address for address, title in titles.items() if not title] == []
    assert len(titles) == len(set(titles.values()))


def test_series_without_dates_says_so_and_can_be_subscribed_to(read_app, reader):
    bare = next(address for address, number in counted(page(reader.get("/series"))).items() if number == (0, 0))
    found = page(reader.get(bare))
    assert (rows(found), found.all("p", class_="lede")[-1].text) == ([], "No dated events are recorded.")
    assert uids(reader.get(subscribed(found)).data) == set()


def test_series_page_tells_what_itu_did(reader):
    found = page(reader.get("/series/hlpf"))
    did = found.one("section", aria_labelledby="did")
    assert did.one("h2").text == "What ITU did"
    assert {term.text[-4:] for term in did.all("dt")} == {"2016"}
    assert did.all("dd")


@pytest.mark.parametrize(("address", "error"), MISSING)
def test_directory_says_what_it_does_not_have(reader, address, error):
    found = page(reader.get(address), 404)
    assert (found.one("h1").text, found.one("p", class_="lede").text) == ("Not here", texts.of("en").error(error))


@pytest.mark.parametrize("address", ["/series", "/themes", "/sdgs"])
def test_directory_is_marked_in_the_navigation(reader, address):
    links = page(reader.get(address)).one("nav", aria_label="Main").all("a")
    assert [(link["href"], link["aria-current"]) for link in links if link.get("aria-current")] == [(address, "page")]
