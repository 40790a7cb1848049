"""Lists on other sites: what they show, how they may be framed and read, and what a webmaster copies."""

from datetime import date

import pytest
from werkzeug.test import TestResponse

from calendar_app import desk, texts
from calendar_app.selection import MOST_QUERY, Selection
from calendar_app.store import events, search
from calendar_app.web.embed import MOST
from tests.conftest import BASE, NOW, TODAY
from tests.test_headers import HTML, SECURE, headers
from tests.webapp import Node, page, store_of

UPCOMING = Selection(when="upcoming").at(TODAY)
FRAMED = SECURE["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors *")
FRENCH = texts.of("fr")
# An address that can't be answered, and the words that say why.
REFUSED = [
    ("sdg=99", "“99” is nothing to select by as “Goal”. Choose from what the calendar has."),
    ("count=0", f"“0” is no value of count. Write one of these: 1–{MOST}."),
    ("count=51", f"“51” is no value of count. Write one of these: 1–{MOST}."),
    ("count=٣", f"“٣” is no value of count. Write one of these: 1–{MOST}."),
    ("lang=xx", "“xx” is no value of lang. Write one of these: en, fr."),
    ("heading=no", "“no” is no value of heading. Write one of these: 1, 0."),
    ("lang=en&lang=fr", "“lang” is given twice with different values. Keep one."),
    ("alarm=P1D", "There is nothing called “alarm” to select by. Take it out of the address."),
    (
        "q=" + "a" * MOST_QUERY,
        "The address is too long: what follows the question mark may have 4096 characters. Choose less.",
    ),
]


def slugs(found: Node) -> list[str]:
    """The slugs of the events that a list holds, each at the absolute address of its page."""
    links = [item.one("a", class_="unfc-title")["href"] for item in found.all("li", class_="unfc-event")]
    assert all(link.startswith(f"{BASE}/events/") for link in links)
    return [link.removeprefix(f"{BASE}/events/") for link in links]


def ids(read_app, selection: Selection, most: int, **way: bool) -> list[str]:
    store = store_of(read_app)
    found = events.by_ids(store, search.ids(store, selection, most=most, **way))
    return [event.slug for event in found]


def fragment(response: TestResponse) -> Node:
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    return page(response)


def test_list_is_answered_with_these_headers_whoever_asks(reader, editor_reader):
    for client in (reader, editor_reader):
        answer = client.get("/embed?sdg=13")
        assert headers(answer) == {
            **SECURE,
            **HTML,
            "Content-Security-Policy": FRAMED,
            "Cache-Control": "public, max-age=300",
            "ETag": answer.headers["ETag"],
            "Content-Length": str(len(answer.data)),
        }
        assert client.get("/embed?sdg=13", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert editor_reader.get("/embed?sdg=13").data == reader.get("/embed?sdg=13").data


def test_no_other_page_may_be_framed(reader):
    assert "frame-ancestors 'none'" in reader.get("/events?sdg=13").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in reader.get("/embed/").headers["Content-Security-Policy"]


def test_list_shows_the_first_of_what_is_coming(read_app, reader):
    assert slugs(page(reader.get("/embed"))) == ids(read_app, UPCOMING, 10)
    assert slugs(page(reader.get("/embed?count=3&utm_source=x"))) == ids(read_app, UPCOMING, 3)
    assert len(slugs(page(reader.get("/embed?count=50&from=2016-01-01")))) == 50


def test_list_of_what_has_nothing_to_come_shows_the_latest(read_app, reader):
    found = page(reader.get("/embed?year=2020&count=4"))
    past = Selection.of(year="2020")
    assert slugs(found) == ids(read_app, past, 4, newest_first=True)[::-1] == slugs(found)
    assert found.one("h1").text == "2020, past"


def test_list_keeps_to_the_period_and_the_words_that_are_asked_for(read_app, reader):
    found = page(reader.get("/embed?q=climate&from=2016-01-01&to=2016-12-31&count=50"))
    wanted = Selection(words="climate", first=date(2016, 1, 1), last=date(2016, 12, 31))
    assert slugs(found) == ids(read_app, wanted, 50)
    assert (
        slugs(page(reader.get("/embed?when=past&count=2")))
        == ids(read_app, Selection(when="past").at(TODAY), 2, newest_first=True)[::-1]
    )


def test_list_of_nothing_says_so(reader):
    found = page(reader.get("/embed?q=zzzz"))
    assert (slugs(found), found.one("p", class_="unfc-none").text) == ([], "Nothing is in this selection.")


@pytest.mark.parametrize(
    ("query", "stamp", "words", "classes"),
    [
        ("event=igf-2016", "2016-11", "November 2016 (days not given)", "unfc-date unfc-vague"),
        ("event=cop-22", "2016-11-07", "7–18 November 2016", "unfc-date"),
    ],
)
def test_dates_are_told_as_far_as_they_are_known(reader, query, stamp, words, classes):
    slug = query.partition("=")[2]
    if reader.get(f"/events/{slug}").status_code == 404:
        query = "q=cop 22&year=2016"
    time = page(reader.get(f"/embed?{query}")).one("time")
    assert (time["datetime"], time.text, time["class"]) == (stamp, words, classes)


def test_state_is_a_word(reader):
    item = page(reader.get("/embed?event=ai-for-good-2020")).one("li")
    assert item["class"] == "unfc-event unfc-off"
    assert item.one("strong").text == "Cancelled"


def test_links_lead_out_of_the_frame_to_absolute_addresses(reader):
    links = page(reader.get("/embed?sdg=13&lang=fr")).all("a")
    assert {(link["target"], link["rel"]) for link in links} == {("_blank", "noopener")}
    assert all(link["href"].startswith(f"{BASE}/") for link in links)
    assert links[0]["href"] == f"{BASE}/events?sdg=13"
    assert [link["href"] for link in links[-2:]] == [f"{BASE}/subscribe?lang=fr&sdg=13#subscribe", f"{BASE}/"]


def test_list_is_told_in_french_alike(reader):
    found = page(reader.get("/embed?event=igf-2016&lang=fr"))
    assert found.one("html")["lang"] == "fr"
    assert found.one("time").text == "novembre 2016 (jours non précisés)"
    assert found.one("span", class_="unfc-place").text == "Guadalajara, Mexique"
    assert found.one("p", class_="unfc-from").text == "S’abonner par UN Forum Calendar"


def test_heading_may_be_left_out_but_is_still_heard(reader):
    found = page(reader.get("/embed?sdg=13&heading=0"))
    assert found.one("h1", class_="unfc-heard").text == "SDG 13, on now and coming"
    assert found.all("h1", class_="unfc-heading") == []


def test_fragment_holds_the_same_without_a_page_around_it(reader):
    whole, part = reader.get("/embed?sdg=13"), reader.get("/embed?sdg=13&as=fragment")
    found = fragment(part)
    assert slugs(found) == slugs(page(whole))
    assert {node.tag for node in found} == {"div", "p", "strong", "a", "ol", "li", "time", "span"}
    assert all(name.startswith("unfc") for node in found for name in (node.get("class") or "").split())
    assert part.get_data(as_text=True).startswith('<div class="unfc" lang="en">')
    assert "Access-Control-Allow-Origin" not in whole.headers
    assert fragment(reader.get("/embed?sdg=13&as=fragment&heading=0")).all("p", class_="unfc-heading") == []


@pytest.mark.parametrize(("query", "words"), REFUSED, ids=[query[:12] for query, _ in REFUSED])
def test_address_that_cannot_be_answered_says_so_in_the_frame(reader, query, words):
    answer = reader.get(f"/embed?{query}")
    found = page(answer, 400)
    assert found.one("p", class_="unfc-none").text == words
    assert (found.all("nav"), found.one("h1").text) == ([], "This list can’t be shown")
    assert (answer.headers["Content-Security-Policy"], answer.headers["Cache-Control"]) == (FRAMED, "no-store")


def test_problem_of_a_fragment_is_one_paragraph(reader):
    found = page(reader.get("/embed?sdg=99&as=fragment"), 400)
    assert [node.tag for node in found] == ["p", "a"]
    assert page(reader.post("/embed"), 405).one("h1").text == "This list can’t be shown"


def test_names_are_escaped(client, app):
    desk.add(
        store_of(app),
        {"title": '<b onclick="x">A & B</b>', "dates": "18-22 April 2033", "source": "Note", "city": "Quito"},
        actor="test",
        now=NOW,
    )
    for query in ("q=onclick", "q=onclick&as=fragment"):
        found = page(client.get(f"/embed?{query}"))
        assert found.one("a", class_="unfc-title").text == '<b onclick="x">A & B</b>'


def test_builder_gives_what_to_copy_for_what_is_chosen(reader):
    found = page(reader.get("/subscribe?lang=fr&sdg=13"))
    part = found.one("section", id="embed")
    frame = part.one("textarea", id="embed-frame").raw
    assert frame == (
        f'<iframe src="{BASE}/embed?lang=fr&amp;sdg=13" title="Forums de l’ONU : ODD 13" width="100%" height="480"'
        ' style="border: 0" loading="lazy"></iframe>'
    )
    assert part.one("textarea", id="embed-fragment").raw == f"{BASE}/embed?as=fragment&lang=fr&sdg=13"
    assert part.one("iframe")["src"] == "/embed?lang=fr&sdg=13"
    assert page(reader.get("/embed?lang=fr&sdg=13")).one("h1").text.startswith("ODD 13")


def test_name_in_a_frame_to_copy_ends_no_attribute(reader):
    frame = page(reader.get("/subscribe?q=%22><script>&sdg=13")).one("textarea", id="embed-frame").raw
    assert "<script" not in frame
    assert frame.count('"') == 12


@pytest.mark.parametrize("address", ["/", "/events?sdg=13", "/series/hlpf", "/themes/health", "/sdgs/13"])
def test_every_listing_leads_to_what_to_copy(reader, address):
    links = [link["href"] for link in page(reader.get(address)).all("a") if link["href"].endswith("#embed")]
    assert len(links) == 1
    assert page(reader.get(links[0].partition("#")[0])).one("section", id="embed")
