"""Subscribe: every client's link carries the feed's own address, and a local address is said to be one."""

import pytest

from calendar_app import addresses, elsewhere
from calendar_app.selection import Selection
from calendar_app.store import search
from tests.conftest import BASE
from tests.webapp import Node, page, store_of, uids

WARNING = (
    "Google and Outlook can’t reach this address: it is on this machine or network alone."
    " A program on this machine can."
)
SELECTIONS = ["", "?when=upcoming", "?sdg=13", "?q=Gen%C3%A8ve&theme=cybersecurity&theme=artificial-intelligence"]


def clients(found: Node) -> dict[str, str]:
    return {link.text: link["href"] for link in found.one("aside", id="subscribe").one("ul", class_="clients").all("a")}


def feeds(found: Node) -> dict[str, str]:
    """The ready-made feeds and the number at each."""
    links = found.one("section", aria_labelledby="ready").all("a")
    return {link["href"]: link.all("span")[1].text for link in links}


@pytest.mark.parametrize("query", SELECTIONS)
def test_panel_carries_the_selection_into_every_client(reader, query):
    found = page(reader.get(f"/events{query}"))
    address = found.one("input", id="subscribe-address")["value"]
    name = found.one("link", rel="alternate", type="text/calendar")["title"]
    assert clients(found) == {
        "Google Calendar": elsewhere.google(address),
        "Outlook.com": elsewhere.outlook(address, name),
        "Microsoft 365": elsewhere.outlook(address, name, host="outlook.office.com"),
        "Apple, Thunderbird": elsewhere.webcal(address),
    }
    (download,) = [link for link in found.one("aside", id="subscribe").all("a") if "download" in link.attributes]
    assert BASE + download["href"] == address
    assert f"X-WR-CALNAME:{name}"[:60] in reader.get(download["href"]).get_data(as_text=True).replace("\\", "")


def test_panel_says_how_soon_changes_arrive(reader):
    found = page(reader.get("/"))
    assert "Google looks once or twice a day, Outlook on the web about every 3 hours" in found.text
    assert page(reader.get("/subscribe")).one("section", id="how-soon").one("h2").text == (
        "How soon a change reaches you"
    )


def test_directory_lists_every_feed_with_what_it_holds(read_app, reader):
    found, store = feeds(page(reader.get("/subscribe"))), store_of(read_app)
    listed = {
        facet: {path.split("/")[3][:-4]: count for path, count in found.items() if path.startswith(f"/feeds/{facet}/")}
        for facet in addresses.NAMED
    }
    for facet in addresses.NAMED:
        counts = {value: str(n) for value, n in search.counts(store, Selection(), [facet])[facet].items()}
        assert {value: count for value, count in listed[facet].items() if count != "0"} == counts
    assert found["/feeds/all.ics"] == str(search.count(store, Selection()))
    assert set(found) - {f"/feeds/{facet}/{value}.ics" for facet in listed for value in listed[facet]} == {
        "/feeds/all.ics",
        "/feeds/deadlines.ics",
    }


def test_every_feed_of_the_directory_answers(reader):
    answers = {path: reader.get(path) for path in feeds(page(reader.get("/subscribe")))}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(answers, 200)
    assert {answer.content_type for answer in answers.values()} == {"text/calendar; charset=utf-8"}
    assert len({answer.headers["ETag"] for answer in answers.values()}) == len(answers)


def test_feed_of_no_event_is_listed_and_empty(reader):
    empty = [path for path, count in feeds(page(reader.get("/subscribe"))).items() if count == "0"]
    assert [uids(reader.get(path).data) for path in empty] == [set()] * len(empty)


def test_local_base_shows_a_warning_and_keeps_the_links(make_app):
    reader = make_app(base="http://127.0.0.1:8000").test_client()
    for address in ("/subscribe", "/", "/events?sdg=13", "/series/hlpf", "/events/igf-2016"):
        found = page(reader.get(address))
        assert found.one("p", class_="warn").text == WARNING
        feed = found.one("input", id="subscribe-address")["value"]
        assert feed.startswith("http://127.0.0.1:8000/feeds/")
        assert list(clients(found)) == ["Google Calendar", "Outlook.com", "Microsoft 365", "Apple, Thunderbird"]
        assert clients(found)["Google Calendar"] == elsewhere.google(feed)


def test_public_base_shows_no_warning(reader):
    for address in ("/subscribe", "/", "/events?sdg=13", "/series/hlpf", "/events/igf-2016"):
        assert page(reader.get(address)).all("p", class_="warn") == []
