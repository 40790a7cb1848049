"""My events without a script: boxes of one form, carried by the address, and a selection like any other."""

from urllib.parse import parse_qsl

import pytest

from calendar_app import texts
from calendar_app.errors import SelectionError
from calendar_app.selection import MOST_VALUES, Selection
from calendar_app.store import events, search
from calendar_app.web.picks import Picks
from tests.conftest import BASE
from tests.webapp import Node, filled, page, rows, store_of, subscribed, uids

TEXTS = texts.of("en")
LISTS = ["/", "/events?when=upcoming", "/events?q=geneva", "/series/hlpf", "/themes/climate-change", "/sdgs/13"]


def sent(found: Node, *ticked: str) -> str:
    """Where the form of the picks leads from a page, once some of its boxes are ticked."""
    form = found.one("form", id="picks")
    boxes = {box["value"]: box for box in found.all("input", form="picks")}
    for slug in ticked:
        boxes[slug].attributes["checked"] = ""
    values = filled(form)
    assert list(values) in (["event"], [])
    return f"{form['action']}?" + "&".join(f"event={slug}" for slug in values.get("event", []))


def ticked(found: Node) -> list[str]:
    return [box["value"] for box in found.all("input", form="picks") if "checked" in box.attributes]


@pytest.mark.parametrize("address", LISTS)
def test_every_row_has_a_box_that_names_its_event(reader, address):
    found = page(reader.get(address))
    labels = {label.one("input")["value"]: label.text for label in found.all("label", class_="pick")}
    assert (list(labels), ticked(found)) == (list(dict.fromkeys(rows(found))), [])
    titles = {item.one("input", name="event")["value"]: item.all("a")[0].text for item in found.all("li", class_="ev")}
    assert [slug for slug, words in labels.items() if words.removeprefix("Pick ") not in titles[slug]] == []


def test_picks_of_several_searches_come_together(reader):
    first = page(reader.get("/events?q=quito"))
    mine = page(reader.get(sent(first, "habitat-2016")))
    assert (rows(mine), ticked(mine)) == (["habitat-2016"], ["habitat-2016"])
    more = page(reader.get(mine.one("form", id="picks").all("a")[0]["href"]))
    search_form = more.one("form", id="facets")
    query = {**filled(search_form), "when": [], "q": ["hlpf"], "year": ["2016"]}
    given = [(name, value) for name, values in query.items() for value in values if value]
    found = page(reader.get(search_form["action"], query_string=given))
    assert ticked(found) == []
    assert found.one("form", id="picks").one("p").text == "One picked before"
    both = page(reader.get(sent(found, "hlpf-2016")))
    assert sorted(rows(both)) == sorted(ticked(both)) == ["habitat-2016", "hlpf-2016"]


def test_chips_ways_periods_and_pages_carry_what_was_picked(reader):
    found = page(reader.get("/events?pick=igf-2016&q=geneva&sdg=9&sort=date"))
    links = [
        *found.one("ul", class_="chips").all("a"),
        *found.one("nav", id="ways").all("a"),
        *found.one("ul", class_="presets").all("a"),
        *found.one("ul", class_="sorts").all("a"),
    ]
    asked = {link["href"]: parse_qsl(link["href"].partition("?")[2]) for link in links if link["href"][0] != "#"}
    assert len(asked) >= 14
    assert [address for address, pairs in asked.items() if ("pick", "igf-2016") not in pairs] == []
    assert found.one("link", rel="canonical")["href"] == f"{BASE}/events?q=geneva&sdg=9"
    assert filled(found.one("form", id="facets"))["pick"] == ["igf-2016"]
    assert subscribed(found) == "/feeds/select.ics?q=geneva&sdg=9"


def test_keeping_only_what_is_ticked_drops_the_rest(reader):
    found = page(reader.get("/events?event=habitat-2016&event=hlpf-2016&event=igf-2016"))
    form = found.one("form", id="picks")
    assert form.one("button").text == "Keep only the ticked ones"
    for box in found.all("input", form="picks"):
        if box["value"] == "hlpf-2016":
            del box.attributes["checked"]
    kept = page(reader.get(sent(found)))
    assert sorted(rows(kept)) == ["habitat-2016", "igf-2016"]


@pytest.mark.parametrize("view", ["/calendar/2016-11", "/calendar/2016", "/overlaps?year=2016"])
def test_ways_to_the_months_and_years_beside_carry_what_was_picked(reader, view):
    head = page(reader.get(f"{view}{'&' if '?' in view else '?'}pick=igf-2016")).one("div", id="head")
    links = [link["href"] for link in head.all("a") if link.get("rel") in ("prev", "next")]
    assert [("pick", "igf-2016") in parse_qsl(link.partition("?")[2]) for link in links] == [True, True]


def test_picked_events_have_their_page_their_feed_and_their_other_views(read_app, reader):
    found = page(reader.get("/events?event=habitat-2016&event=unfccc-cop-2016"))
    assert found.one("h1").text == "2 picked events"
    store = store_of(read_app)
    assert uids(reader.get(subscribed(found)).data) == {
        events.by_slug(store, slug).uid for slug in ("habitat-2016", "unfccc-cop-2016")
    }
    ways = {link.text: link["href"] for link in found.one("nav", id="ways").all("a")}
    assert ways["Overlaps"] == "/overlaps?event=habitat-2016&event=unfccc-cop-2016"
    assert {address: reader.get(address).status_code for address in ways.values()} == dict.fromkeys(ways.values(), 200)


def test_sixty_picked_events_are_one_selection_whose_feed_can_be_made_short(read_app, reader):
    store = store_of(read_app)
    slugs = [event.slug for event in events.by_ids(store, search.ids(store, Selection(), most=MOST_VALUES))]
    address = "/events?" + "&".join(f"event={slug}" for slug in sorted(slugs))
    found = page(reader.get(address))
    assert sorted(rows(found)) == sorted(ticked(found)) == sorted(slugs)
    short = found.one("aside", id="subscribe").one("button", formmethod="post")
    assert short.text == "Make a short address"
    assert len(reader.get(subscribed(found)).data) > 10_000


def test_one_event_more_than_a_selection_takes_is_refused_in_words(read_app, reader):
    store = store_of(read_app)
    slugs = [event.slug for event in events.by_ids(store, search.ids(store, Selection(), most=MOST_VALUES + 1))]
    words = TEXTS.error(SelectionError("select-many", most=MOST_VALUES))
    for name in ("event", "pick"):
        found = page(reader.get("/events?" + "&".join(f"{name}={slug}" for slug in slugs)), 400)
        assert found.all("p", class_="lede")[0].text == words
    first = page(reader.get("/events?when=upcoming")).one("form", id="picks").one("p").text
    assert first == f"Pick up to {MOST_VALUES} events, then see and subscribe to them alone."


def test_event_page_leads_to_my_events(reader):
    link = page(reader.get("/events/igf-2016")).one("span", class_="add").one("a")
    assert (link.text, link["href"]) == ("Add to my events", "/events?event=igf-2016")
    assert rows(page(reader.get(link["href"]))) == ["igf-2016"]


def test_picks_know_what_is_ticked():
    picks = Picks(carried=("b", "c"), shown=("a", "b"))
    assert ([slug in picks for slug in "abcd"], len(picks)) == ([True, True, True, False], 3)
    assert (picks.pairs, picks.on) == ([("pick", "b"), ("pick", "c")], "when=upcoming&pick=a&pick=b&pick=c")


def test_desk_has_no_boxes(editor_reader):
    found = page(editor_reader.get("/desk/verify"))
    assert found.all("input", form="picks") == []
