"""The page of what changed: the newest first with what was before, since a day or an event, and how to follow it."""

from dataclasses import replace

import pytest

from calendar_app import desk, spans
from calendar_app.desk import Step
from calendar_app.store import events
from calendar_app.topics import Status
from tests.conftest import BASE, NOW
from tests.test_changes import COP, keep, lived
from tests.webapp import Node, filled, page, store_of

ADDRESS = "/changes"


def news(found: Node) -> list[str]:
    """The changes that a page tells, in order: what it is, then each line."""
    return [told(item) for item in found.all("li", class_="news")]


def told(item: Node) -> str:
    title = item.all("h3") + item.all("h4")
    kinds = [kind.text for kind in item.all("span", class_="is")]
    return f"{title[0].text}: {', '.join(kinds)}"


def lines(item: Node) -> list[str]:
    return [part.text for part in item if part.tag in {"li", "p"} and part.get("class") not in {"row kinds"}]


def test_nothing_has_changed_at_first_and_what_the_calendar_began_with_is_a_link_away(reader):
    found = page(reader.get(ADDRESS))
    began = found.one("section", aria_labelledby="began")
    assert found.one("h1").text == "What changed"
    assert began.one("h2").text == "23 November 2026: the calendar begins"
    assert [link["href"] for link in began.all("a")] == ["/changes?what=added"]
    added = page(reader.get("/changes?what=added"))
    assert len(news(added)) == 50
    assert news(added)[0] == "WUF14: World Urban Forum: Added"
    assert not added.all("section", aria_labelledby="began")
    assert [link["href"] for link in added.one("nav", aria_label="Pages").all("a")] == ["/changes?what=added&page=2"]


def test_each_change_is_told_with_what_was_before(app):
    lived(store_of(app))
    found = page(app.test_client().get("/changes?since=2026-11-24"))
    assert news(found)[:7] == [
        "COP 25: Other details",
        "COP 25: On again",
        "COP 25: Cancelled",
        "COP 25: Another place",
        "COP 25: Renamed, Other details",
        "Rehearsal <COP>: Dates known",
        "Rehearsal <COP>: Added",
    ]
    items = found.all("li", class_="news")
    assert lines(items[3])[1:] == [
        "Where: Madrid, Spain, was Santiago, Chile",
        "Why: Chile withdrew",
        "Recorded 24 November 2026, 13:30 UTC",
    ]
    assert (items[3].one("s").text, items[3].one("ins").text) == ("Santiago, Chile", "Madrid, Spain")
    assert "editor@example.org" not in found.raw


def test_change_of_state_names_where_it_was_read(app):
    store = store_of(app)
    event = events.by_slug(store, "igf-2027")
    given = {"reason": "No host", "source": "UN DESA", "source_url": "https://example.org/note"}
    desk.take(store, event.uid, Step.CANCEL, given=given, sequence=event.sequence, actor="editor@example.org", now=NOW)
    (item,) = page(app.test_client().get("/changes?what=cancelled")).all("li", class_="news")
    assert lines(item)[1:] == [
        "Status: Cancelled, was Expected",
        "Dates unverified: no source was read for exactly these.",
        "Why: No host",
        "Recorded 24 November 2026, 09:30 UTC. Source: UN DESA",
    ]
    assert item.all("a")[-1]["href"] == "https://example.org/note"


def test_withdrawn_event_is_not_named(app):
    store = lived(store_of(app)) or store_of(app)
    event = events.by_uid(store, COP.uid)
    keep(store, replace(event, status=Status.WITHDRAWN), hours=9, reason="Thieves")
    found = page(app.test_client().get("/changes?since=2026-11-24"))
    assert news(found)[0] == "An event was taken out of the calendar: Withdrawn"
    assert not {"COP 25", "Thieves", "Rehearsal <COP>"} & set(found.one("main").text.split(":"))


def test_moves_that_were_announced_before_are_told_apart_with_how_sure_their_day_is(reader):
    part = page(reader.get("/changes?since=itu-council-2016")).one("section", aria_labelledby="earlier")
    dated, undated = part.all("ol")
    assert [lines(item)[-1] for item in dated.all("li", class_="news")] == [
        "Announced 11 August 2020. Source: source of the earlier plan",
        "Announced 1 April 2020. Source: source of the earlier plan",
        "Announced 13 March 2020. Source: source of the earlier plan",
        "Announced March 2020. Source: source of the earlier plan",
        "Announced 30 October 2019",
    ]
    assert told(dated.all("li", class_="news")[-1]).endswith("Other dates, Another place, Unverified")
    assert len(undated.all("li", class_="news")) == 13
    assert part.one("h3", class_="head").text == "It is not known when"


@pytest.mark.parametrize(
    ("since", "known", "unknown"),
    [
        # A month may lie after a day in it; a plan of no known end was given up before its own days.
        ("2020-03-31", ["COP 26", "LDC5, first part", "WSIS Forum 2020"], 12),
        ("2020-04-01", ["COP 26", "LDC5, first part"], 12),
        ("2025-06-21", [], 0),
    ],
)
def test_moves_since_a_day_are_those_that_may_have_been_announced_then(reader, since, known, unknown):
    found = page(reader.get(f"/changes?since={since}"))
    parts = [part.all("ol") for part in found.all("section", aria_labelledby="earlier")]
    named = [[told(item) for item in each.all("li", class_="news")] for part in parts for each in part]
    assert sorted(each.partition(":")[0] for each in (named[0] if known else [])) == known
    assert len(named[-1] if unknown else []) == unknown


def test_page_says_since_when_it_tells(reader):
    found = page(reader.get("/changes?since=itu-council-2016&series=itu-council"))
    assert found.one("h1").text == "What changed: ITU Council"
    assert (
        found.all("p", class_="lede")[0].text
        == "Since 2 June 2016, the last day of ITU Council 2016; the newest first."
    )
    assert page(reader.get("/changes?since=2026-11-24")).all("p", class_="lede")[0].text == (
        "Since 24 November 2026; the newest first."
    )


def test_form_keeps_the_selection_and_what_was_asked_for(reader):
    found = page(reader.get("/changes?since=itu-council-2016&what=moved&sdg=9&q=forum"))
    form = found.one("form", id="look-back")
    assert filled(form) == {"since": ["itu-council-2016"], "what": ["moved"], "sdg": ["9"], "q": ["forum"]}
    panel = filled(found.one("form", id="facets"))
    assert (panel["since"], panel["what"]) == (["itu-council-2016"], ["moved"])
    chips = [link["href"] for link in found.one("div", id="chips").all("a", class_="on")]
    assert chips == [
        "/changes?q=forum&since=itu-council-2016&what=moved",
        "/changes?sdg=9&since=itu-council-2016&what=moved",
    ]


def test_sessions_of_our_own_bodies_are_offered_to_look_back_to(reader):
    found = page(reader.get("/changes?since=itu-council-2026-04"))
    links = found.one("form", id="look-back").one("ul", class_="presets").all("a")
    assert [(link.text, link["href"]) for link in links] == [
        ("Last 30 days", "/changes?since=2026-10-25"),
        ("Since 1 January", "/changes?since=2026-01-01"),
        ("Since ITU Council 2026, last meeting", "/changes?since=itu-council-2026-11"),
        ("Since ITU Council 2026", "/changes?since=itu-council-2026-04"),
        ("Since ITU Council 2025", "/changes?since=itu-council-2025"),
    ]
    assert [link.text for link in links if link.get("aria-current")] == ["Since ITU Council 2026"]


def test_event_that_is_named_in_words_is_offered_and_never_guessed(reader):
    found = page(reader.get("/changes?since=Council+2016&sdg=9"), 400)
    field = found.one("input", id="since")
    assert (field["value"], field["aria-invalid"]) == ("Council 2016", "true")
    assert found.one("span", id="since-e").text == (
        "“Council 2016” is neither a day nor an event. Write a day (2016-06-02), or choose an event."
    )
    meant = found.one("section", aria_labelledby="meant").all("a")
    assert ("ITU Council 2016", "/changes?sdg=9&since=itu-council-2016") in [
        (link.all("span")[0].text, link["href"]) for link in meant
    ]
    assert news(found) == []


@pytest.mark.parametrize(
    "query", ["since=2016-02-30", f"since={'x' * 300}", "since=%00", "what=eaten", "page=0", "page=41"]
)
def test_what_can_not_be_read_is_refused(reader, query):
    assert reader.get(f"/changes?{query}").status_code == 400


def test_empty_fields_lead_to_the_address_without_them(reader):
    answer = reader.get("/changes?since=&what=&sdg=9")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/changes?sdg=9")


def test_page_is_followed_by_what_it_shows(reader):
    found = page(reader.get("/changes?since=itu-council-2016&what=moved&sdg=9"))
    query = "sdg=9&since=itu-council-2016&what=moved"
    assert found.one("input", id="follow-address")["value"] == f"{BASE}/changes.atom?{query}"
    links = [(link["type"], link["href"]) for link in found.all("link", rel="alternate")]
    assert links == [
        ("application/atom+xml", f"/changes.atom?{query}"),
        ("application/json", f"/changes.json?{query}"),
    ]
    assert all(reader.get(address).status_code == 200 for _, address in links)
    assert found.one("link", rel="canonical")["href"] == f"{BASE}/changes?{query}"


def test_many_changes_are_on_pages_that_miss_none(app):
    store = store_of(app)
    for number in range(70):
        event = replace(COP, venue=f"Hall {number}", sequence=number, stamp=NOW)
        keep(store, event, hours=1 + number)
    client = app.test_client()
    first, second = (page(client.get(f"/changes?since=2026-11-24{more}")) for more in ("", "&page=2"))
    moments = [lines(item)[-1] for found in (first, second) for item in found.all("li", class_="news")][:70]
    assert len(set(moments)) == 70
    assert [(link["href"], link["rel"]) for link in first.one("nav", aria_label="Pages").all("a")] == [
        ("/changes?since=2026-11-24&page=2", "next"),
    ]
    assert [link["href"] for link in second.one("nav", aria_label="Pages").all("a")] == ["/changes?since=2026-11-24"]


def test_change_out_of_a_selection_is_told_on_its_page(app):
    store = store_of(app)
    event = events.by_slug(store, "unfccc-cop-2027")
    keep(store, replace(event, span=spans.parse("2028")), hours=1)
    found = page(app.test_client().get("/changes?year=2027"))
    assert news(found)[:1] == ["COP 32: UN Climate Change Conference 2027: Other dates"]
    keep(store, replace(events.by_uid(store, event.uid), venue="Hall"), hours=2)
    assert news(page(app.test_client().get("/changes?year=2027"))) == news(found)


def test_since_an_event_follows_its_days(app):
    store, client = store_of(app), app.test_client()
    lived(store)
    event = events.by_slug(store, "igf-2027")
    assert news(page(client.get("/changes?since=igf-2027"))) == []
    keep(store, replace(event, span=spans.parse("24 November 2026")), hours=12)
    assert len(news(page(client.get("/changes?since=igf-2027")))) == 8
    keep(store, replace(events.by_uid(store, event.uid), status=Status.WITHDRAWN), hours=13)
    page(client.get("/changes?since=igf-2027"), 400)
