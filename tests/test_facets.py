"""The panel and the frame of every view: values in sight, periods to choose, what can't be read, clean addresses."""

from datetime import date
from urllib.parse import parse_qsl

import pytest

from calendar_app import texts
from calendar_app.errors import SelectionError
from calendar_app.selection import Selection, parse
from calendar_app.store import naming, search
from calendar_app.web import facets, periods
from tests.conftest import TODAY
from tests.webapp import Node, filled, page, rows

TEXTS = texts.of("en")
VIEWS = ["/events", "/calendar/2026-11", "/calendar/2026", "/map", "/coverage", "/overlaps", "/changes"]


def boxes(store, selection: Selection) -> dict[str, facets.Box]:
    return {box.name: box for box in facets.boxes(store, selection, TEXTS, naming.names(store), today=TODAY)}


def test_panel_shows_the_years_around_today_and_keeps_the_others_within_reach(store):
    years = boxes(store, Selection())["year"]
    assert [option.value for option in years.options] == [str(year) for year in range(2021, 2029)]
    counted = search.counts(store, Selection(), ["year"])["year"]
    assert {option.value: option.count for option in years.options + years.more} == counted


def test_panel_shows_a_chosen_year_however_far_it_is(store):
    years = boxes(store, Selection.of(year="2016"))["year"]
    assert [(option.value, option.chosen) for option in years.options][:2] == [("2016", True), ("2021", False)]


def test_long_facet_shows_its_most_frequent_values_and_the_rest_by_name(store):
    cities = boxes(store, Selection())["city"]
    counts = [option.count for option in cities.options]
    assert (len(counts), counts) == (8, sorted(counts, reverse=True))
    names = [option.name.casefold() for option in cities.more]
    assert names == sorted(names, key=str)
    assert max(option.count for option in cities.more) <= counts[-1]


def test_long_facet_shows_all_that_is_chosen_of_it(store):
    many = sorted(search.counts(store, Selection(), ["city"])["city"])[:12]
    cities = boxes(store, Selection.of(city=many))["city"]
    assert sorted(option.value for option in cities.options) == many
    assert {option.chosen for option in cities.more} == {False}


@pytest.mark.parametrize(
    ("today", "offered"),
    [
        (
            date(2026, 11, 24),
            [
                ("This week", "from=2026-11-23&to=2026-11-29"),
                ("This month", "from=2026-11-01&to=2026-11-30"),
                ("This quarter", "from=2026-10-01&to=2026-12-31"),
                ("This year", "from=2026-01-01&to=2026-12-31"),
                ("Next twelve months", "from=2026-11-24&to=2027-11-23"),
                ("Since 1 January", "from=2026-01-01"),
            ],
        ),
        (
            date(2028, 2, 29),
            [
                ("This week", "from=2028-02-28&to=2028-03-05"),
                ("This month", "from=2028-02-01&to=2028-02-29"),
                ("This quarter", "from=2028-01-01&to=2028-03-31"),
                ("This year", "from=2028-01-01&to=2028-12-31"),
                ("Next twelve months", "from=2028-02-29&to=2029-02-28"),
                ("Since 1 January", "from=2028-01-01"),
            ],
        ),
    ],
)
def test_periods_are_absolute_days(today, offered):
    found = periods.presets(Selection(when="upcoming"), TEXTS, today=today)
    assert [(preset.label, preset.selection.query) for preset in found] == offered
    assert {preset.here for preset in found} == {False}


def test_panel_offers_periods_and_marks_the_one_on_screen(reader):
    found = page(reader.get("/events?sdg=13&when=past")).one("ul", class_="presets")
    links = {link.text: link["href"] for link in found.all("a")}
    assert links["This quarter"] == "/events?from=2026-10-01&sdg=13&to=2026-12-31"
    assert [link.text for link in found.all("a") if link.get("aria-current")] == []
    chosen = page(reader.get(links["This quarter"])).one("ul", class_="presets")
    assert [link.text for link in chosen.all("a") if link.get("aria-current")] == ["This quarter"]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_the_panel_the_words_and_the_ways_to_the_others(reader, view):
    found = page(reader.get(f"{view}?q=geneva&sdg=9"))
    form = found.one("form", id="facets")
    sent = [(name, value) for name, values in filled(form).items() for value in values if value]
    assert (form["action"], sorted(sent)) == (view, [("q", "geneva"), ("sdg", "9")])
    ways = found.one("nav", id="ways").all("a")
    assert [link.get("aria-current") for link in ways].count("page") == 1
    asked = [sorted(parse_qsl(link["href"].partition("?")[2])) for link in ways]
    assert [pairs for pairs in asked if not {("q", "geneva"), ("sdg", "9")} <= set(pairs)] == []
    assert found.one("p", id="told", role="status").text == ""


@pytest.mark.parametrize("view", VIEWS[:2])
@pytest.mark.parametrize(
    ("query", "clean"),
    [
        ("q=&from=&to=&when=", ""),
        ("sdg=13&q=&page=1&theme=climate-change", "?sdg=13&theme=climate-change"),
        ("q=cop&from=&sort=date&pick=igf-2016", "?q=cop&sort=date&pick=igf-2016"),
    ],
)
def test_form_without_a_script_leads_to_the_clean_address(reader, view, query, clean):
    answer = reader.get(f"{view}?{query}")
    assert (answer.status_code, answer.location) == (303, f"{view}{clean}")
    assert reader.get(answer.location).status_code == 200


def problems(found: Node) -> dict[str, str]:
    """What a page says at its fields, by the name of the field."""
    fields = [node for node in found.all("input") if node.get("aria-invalid") == "true"]
    return {field["name"]: found.one("span", id=field["aria-describedby"]).text for field in fields}


@pytest.mark.parametrize("view", VIEWS)
def test_what_can_not_be_read_comes_back_at_its_field_with_everything_typed(reader, view):
    found = page(reader.get(f"{view}?q=cop&sdg=13&from=2016-02-30&to=soon&pick=igf-2016"), 400)
    words = {
        name: TEXTS.error(SelectionError("select-day", name=name, value=value))
        for name, value in (("from", "2016-02-30"), ("to", "soon"))
    }
    assert (found.one("h1").text, found.all("p", class_="lede")[0].text) == (
        "That didn’t work",
        " ".join(words.values()),
    )
    assert problems(found) == words
    sent = {name: values for name, values in filled(found.one("form", id="facets")).items() if any(values)}
    typed = {"q": ["cop"], "sdg": ["13"], "from": ["2016-02-30"], "to": ["soon"], "pick": ["igf-2016"]}
    assert sent == typed
    assert found.all("aside", id="subscribe") == []
    assert (found.all("form", id="picks"), rows(found)) == ([], [])


def test_period_that_ends_before_it_begins_keeps_both_days(reader):
    found = page(reader.get("/events?from=2016-02-01&to=2016-01-31"), 400)
    error = SelectionError("select-backwards", first=date(2016, 2, 1), last=date(2016, 1, 31))
    assert problems(found) == {"to": TEXTS.error(error)}
    sent = filled(found.one("form", id="facets"))
    assert (sent["from"], sent["to"]) == (["2016-02-01"], ["2016-01-31"])
    assert [link["href"] for link in found.one("section", aria_labelledby="right").all("a")] == ["#to"]


def test_words_that_are_too_many_come_back_whole(reader):
    words = "a " * 40 + "b" * 100
    found = page(reader.get("/events", query_string={"q": words}), 400)
    assert problems(found) == {"q": TEXTS.error(SelectionError("select-words", most=200, words=30))}
    assert filled(found.one("form", id="facets"))["q"] == [words]


@pytest.mark.parametrize(
    "query", ["sdg=99&q=cop", "sdg=99&from=soon", "pick=nothing", "q=cop&pick=x&from=soon", "sort=x"]
)
def test_what_nobody_typed_is_refused_on_a_page_of_its_own(reader, query):
    found = page(reader.get(f"/events?{query}"), 400)
    assert found.one("h1").text == "That didn’t work"
    assert found.all("form", id="facets") == []


def test_chip_of_picked_events_takes_all_of_them_out(store):
    wanted = parse([("event", "igf-2016"), ("event", "hlpf-2016"), ("sdg", "9")], lambda _, value: value)
    found = facets.chips(wanted, TEXTS, naming.names(store))
    assert [(chip.label, chip.rest.query) for chip in found] == [
        ("Goal: Industry, Innovation and Infrastructure", "event=hlpf-2016&event=igf-2016"),
        ("2 picked events", "sdg=9"),
    ]
