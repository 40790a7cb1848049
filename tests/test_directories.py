"""Series, themes and goals: every one listed with its counts, and each a page whose feed holds what it lists."""

import uuid
from dataclasses import replace

import pytest

from calendar_app import spans, texts
from calendar_app.errors import NotFoundError
from calendar_app.selection import Selection
from calendar_app.store import events, search, series
from calendar_app.topics import SDGS, THEMES, Kind, Status
from tests.conftest import NOW, TODAY
from tests.webapp import Node, in_calendar, page, rows, store_of, subscribed, uids

UPCOMING = Selection(when="upcoming").at(TODAY)
ONES = [
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


def listed(found: Node) -> dict[str, Node]:
    """The rows of the directory of series, by their keys."""
    rows_found = [item for part in found.all("ul", class_="series") for item in part.all("li")]
    return {item.all("a")[0]["href"].removeprefix("/series/"): item for item in rows_found}


def facts_of(item: Node) -> dict[str, str]:
    terms, told = ([part.text for part in item.all(tag)] for tag in ("dt", "dd"))
    return dict(zip(terms, told, strict=True))


def test_series_directory_lists_every_series_with_its_counts(read_app, reader):
    directory, found = series.directory(store_of(read_app)), listed(page(reader.get("/series")))
    expected = {key: number for key, (number, _) in numbers(read_app, "series", list(directory)).items()}
    counted_here = {key: int(facts_of(item).get("Events", "0").split()[0]) for key, item in found.items()}
    assert counted_here == expected
    assert sorted(found, key=lambda key: list(Kind).index(directory[key].kind)) == list(found)
    assert 0 in expected.values()


def test_series_directory_names_the_last_and_the_next_session(app):
    store = store_of(app)
    found = listed(page(app.test_client().get("/series")))
    assert facts_of(found["unfccc-cop"]) == {
        "Next": "November 2027 (days not announced), Addis Ababa",
        "Last": "9–20 Nov 2026, Antalya",
        "Events": "13 of UNFCCC COP",
    }
    off = replace(events.by_slug(store, "unfccc-cop-2027"), status=Status.CANCELLED)
    with store.change(NOW, actor="test") as change:
        events.save(change, off, action="cancelled")
    assert (
        facts_of(listed(page(app.test_client().get("/series")))["unfccc-cop"])["Next"] == "2028 (month not announced)"
    )


def test_series_directory_tells_of_each_who_how_often_and_what_itu_does(reader):
    found = listed(page(reader.get("/series")))
    assert [part.text for part in found["hlpf"].all("p")] == [
        "High-level Political Forum on Sustainable Development",
        "ECOSOC / UN DESA. Every year in July, New York",
        "ITU’s role: Participant",
        "5 statements of what ITU did in HLPF",
    ]
    assert [part.text for part in found["ungis"].all("p")][-3:] == [
        "ITU’s role: Co-chair (2016)",
        "One statement of what ITU did in UNGIS",
        "No dated events",
    ]
    assert [part.text for part in found["wmo-congress"].all("p")][-1] == "ITU’s role: Participant"


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("kind=office", ["ohrlls", "osaa", "un-resident-coordinators"]),
        ("role=co-chair", ["ungis"]),
        ("kind=governing-body&q=unesco", ["unesco-executive-board", "unesco-general-conference"]),
        ("q=igf", ["igf"]),
        ("q=GOVERNANCE+forúm", ["igf"]),
        ("q=nothing-like-it", []),
    ],
)
def test_series_directory_is_narrowed_by_kind_role_and_words(reader, query, keys):
    found = page(reader.get(f"/series?{query}"))
    assert list(listed(found)) == keys
    assert found.one("p", role="status").text.startswith(f"{len(keys)} series" if len(keys) != 1 else "One series")


def test_series_directory_links_each_kind_and_role_with_its_number(reader):
    found = page(reader.get("/series"))
    for nav in found.all("nav", class_="narrowed"):
        for link in nav.all("a")[1:]:
            assert len(listed(page(reader.get(link["href"])))) == int(link.text.split()[-1])


def test_series_directory_has_a_part_of_inter_agency_mechanisms(read_app, reader):
    found = page(reader.get("/series"))
    part = found.one("section", aria_labelledby="inter-agency-mechanism")
    expected = [
        key for key, each in series.directory(store_of(read_app)).items() if each.kind == "inter-agency-mechanism"
    ]
    assert (part.one("h2").text, list(listed(part))) == ("Inter-agency mechanisms", expected)


@pytest.mark.parametrize("query", ["kind=club", "role=friend", f"q={'x' * 5000}"])
def test_series_directory_refuses_what_it_does_not_know(reader, query):
    assert reader.get(f"/series?{query}").status_code == 400


def test_series_directory_leads_to_an_address_without_empty_fields(reader):
    answer = reader.get("/series?q=+&kind=forum")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/series?kind=forum")


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


def editions(found: Node) -> list[tuple[str, ...]]:
    """The editions that the page of a series lists: when, what, where."""
    table = found.one("table", class_="editions").one("tbody")
    return [tuple(cell.text for cell in row.children if isinstance(cell, Node)) for row in table.all("tr")]


@pytest.mark.parametrize("key", ["hlpf", "unfccc-cop"])
def test_page_of_a_series_lists_what_comes_and_every_edition_and_its_feed_holds_them(read_app, reader, key):
    found, store = page(reader.get(f"/series/{key}")), store_of(read_app)
    selected = events.by_ids(store, search.ids(store, Selection.of(series=key)))
    assert rows(found) == [event.slug for event in selected if event.span.last >= TODAY]
    links = [row.one("a")["href"] for row in found.one("table", class_="editions").one("tbody").all("tr")]
    assert links == [f"/events/{event.slug}" for event in reversed(selected)]
    assert subscribed(found) == f"/feeds/series/{key}.ics"
    assert uids(reader.get(subscribed(found)).data) == {event.uid for event in selected if in_calendar(event)}


def test_edition_shows_its_number_its_state_and_its_host(reader):
    found = page(reader.get("/series/unfccc-cop"))
    assert editions(found)[:3] == [
        ("2028 month not announced", "COP 33: UN Climate Change Conference 2028 Expected", "Place not announced"),
        ("Nov 2027 days not announced", "COP 32: UN Climate Change Conference 2027", "Addis Ababa, Ethiopia"),
        ("9–20 Nov 2026", "COP 31: UN Climate Change Conference 2026", "Antalya, Türkiye"),
    ]
    table = found.one("table", class_="editions")
    assert [number.text for number in table.all("b")] == [f"COP {number}" for number in range(33, 20, -1)]


def told_of(found: Node, term: str) -> str:
    names = [part.text for part in found.all("dl", class_="facts")[0].all("dt")]
    return found.all("dl", class_="facts")[0].all("dd")[names.index(term)].text


def test_hosts_of_a_series_are_counted(reader):
    found = page(reader.get("/series/hrc"))
    assert told_of(found, "Hosts") == "Geneva 21"
    assert told_of(found, "How often") == ("3 times a year in February–March, June–July and September–October, Geneva")
    assert told_of(page(reader.get("/series/wuf")), "Hosts").startswith("Abu Dhabi, Baku, Cairo")


def test_what_may_be_expected_next_is_said_to_be_a_guess(reader):
    part = page(reader.get("/series/hlpf")).one("section", aria_labelledby="expected")
    assert part.one("p", class_="over").text == "A guess from how often it has met. Nobody has announced it."
    (item,) = part.all("li")
    assert item.one("strong").text == "July 2028"
    assert (item.one("p", class_="d")["class"], item.one("p", class_="d").text) == ("d m x", "Jul 2028")
    assert not page(reader.get("/series/whs")).all("section", aria_labelledby="expected")


def test_series_page_tells_what_changed_lately_and_leads_to_all_of_it(reader):
    part = page(reader.get("/series/unfccc-cop")).one("section", aria_labelledby="lately")
    assert [item.text for item in part.all("li")] == [
        (
            "COP 26: UN Climate Change Conference 2021: other dates"
            " 1–12 November 2021, was 9–20 November 2020. Announced 1 April 2020"
        ),
        (
            "COP 25: UN Climate Change Conference 2019: other dates and another place"
            " 2–15 December 2019, was 2–13 December 2019; Madrid, Spain, was Santiago, Chile. Announced 30 October 2019"
        ),
    ]
    assert part.all("a")[-1]["href"] == "/changes?series=unfccc-cop"


def test_long_series_shows_its_next_and_its_newest_editions_and_leads_to_the_rest(app):
    store = store_of(app)
    last = events.by_slug(store, "igf-2016")
    with store.change(NOW, actor="test") as change:
        for year in range(1960, 2100):
            span = spans.parse(f"1-5 May {year}")
            made = replace(
                last, uid=str(uuid.UUID(int=year)), slug=f"igf-long-{year}", title=f"IGF of {year}", span=span
            )
            events.save(change, replace(made, plans=(), claims=()), action="added")
    found = page(app.test_client().get("/series/igf"))
    shown = rows(found)
    assert (len(shown), shown[0], shown[-1]) == (10, "igf-long-2027", "igf-long-2035")
    assert len(editions(found)) == 40
    assert [link["href"] for link in found.all("a") if link.text.startswith("All ")] == [
        "/events?series=igf&when=upcoming", "/events?series=igf", "/changes?series=igf",
    ]  # fmt: skip
    assert told_of(found, "Hosts").endswith("(of the 40 editions listed here)")


def test_every_series_theme_and_goal_has_a_page(read_app, reader):
    addresses = [f"/series/{key}" for key in series.directory(store_of(read_app))]
    addresses += [f"/themes/{slug}" for slug in THEMES] + [f"/sdgs/{number}" for number in SDGS]
    titles = {address: page(reader.get(address)).one("h1").text for address in addresses}
    assert [address for address, title in titles.items() if not title] == []
    assert len(titles) == len(set(titles.values()))


def test_series_without_dates_says_so_and_can_be_subscribed_to(read_app, reader):
    found = page(reader.get("/series/jiu"))
    assert (rows(found), found.all("p", class_="lede")[-1].text) == ([], "No dated events are recorded.")
    assert uids(reader.get(subscribed(found)).data) == set()


@pytest.mark.parametrize(("address", "error"), MISSING)
def test_directory_says_what_it_does_not_have(reader, address, error):
    found = page(reader.get(address), 404)
    assert (found.one("h1").text, found.one("p", class_="lede").text) == ("Not here", texts.of("en").error(error))


@pytest.mark.parametrize("address", ["/series", "/themes", "/sdgs"])
def test_directory_is_marked_in_the_navigation(reader, address):
    links = page(reader.get(address)).one("nav", aria_label="Main").all("a")
    assert [(link["href"], link["aria-current"]) for link in links if link.get("aria-current")] == [(address, "page")]
