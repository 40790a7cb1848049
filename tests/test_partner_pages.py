"""The pages of partners: the directory, one partner, and both at the desk."""

import pytest
from flask.testing import FlaskClient

from calendar_app import texts
from calendar_app.engagement import Document, Engagement
from calendar_app.errors import NotFoundError
from calendar_app.selection import Selection
from calendar_app.store import Store, engagements, events, partners, search, stated
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Activity, PartnerKind
from tests.conftest import NOW
from tests.webapp import EDITOR, Node, filled, form_of, page, rows, store_of, subscribed, uids

# In the catalogue's order of kinds, by name.
DIRECTORY = {
    "UN bodies": ["FAO", "UN Women", "UNESCO/IOC", "WHO", "WMO"],
    "Companies": ["Accenture", "IBM Research", "Symantec Corporation", "Verizon"],
    "Industry associations": ["GeSI", "GSMA"],
    "Civil society": ["Aspen Institute"],
    "Other organisations": ["World Economic Forum"],
}
SECRET = "0" * 36


def listed(found: Node) -> dict[str, list[str]]:
    return {
        section.one("h2").text: [item.one("h3").text for item in section.one("ul", class_="series") if item.tag == "li"]
        for section in found.all("section", class_="part")
    }


def keep(store: Store, uid: str, *keys: str, public: bool = True, slug: str = "igf-2016", **more: object) -> None:
    told = {"year": 2016, "activity": Activity.POLICY_STATEMENT, "detail": "Said together", **more}
    event = events.by_slug(store, slug).uid
    said = Engagement(uid=uid, events=(event,), partners=keys, public=public, **told)  # type: ignore[arg-type]
    with store.change(NOW, actor=EDITOR) as change:
        engagements.save(change, store, Kept(engagement=said), action="added")


def facts_of(found: Node) -> dict[str, str]:
    facts = found.all("dl", class_="facts")[0]
    return {term.text: told.text for term, told in zip(facts.all("dt"), facts.all("dd"), strict=True)}


def alert(found: Node) -> str:
    return found.one("div", id="problems").text


def test_directory_lists_every_partner_by_kind_with_its_numbers(read_app, reader):
    found = page(reader.get("/partners"))
    assert listed(found) == DIRECTORY
    links = [link for link in found.all("a") if link["href"].startswith("/partners/")]
    told = {
        link["href"].removeprefix("/partners/").removesuffix("#did"): link.text for link in links if "#" in link["href"]
    }
    assert {key: int(words.split()[0]) for key, words in told.items()} == stated.of_partners(store_of(read_app))
    counts = {
        link["href"].removeprefix("/events?partner="): int(link.text.split()[0])
        for link in found.all("a")
        if link["href"].startswith("/events?partner=")
    }
    assert counts == search.counts(store_of(read_app), Selection(), ["partner"])["partner"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("kind=company", {"Companies": DIRECTORY["Companies"]}),
        ("q=wef", {"Other organisations": ["World Economic Forum"]}),
        ("kind=un-body&q=ocean", {"UN bodies": ["UNESCO/IOC"]}),
        ("kind=company&q=gsma", {}),
    ],
)
def test_directory_is_narrowed_by_kind_and_words(reader, query, names):
    assert listed(page(reader.get(f"/partners?{query}"))) == names


def test_directory_refuses_a_kind_that_there_is_not_and_leads_past_empty_fields(reader):
    assert reader.get("/partners?kind=club").status_code == 400
    answer = reader.get("/partners?kind=company&q=")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/partners?kind=company")


def test_partner_that_there_is_not_is_told_in_words(reader):
    found = page(reader.get("/partners/nobody"), 404)
    error = NotFoundError("partner-none", name="nobody")
    assert (found.one("h1").text, found.one("p", class_="lede").text) == ("Not here", texts.of("en").error(error))


def test_page_of_a_partner_tells_who_it_is_and_what_was_done_where(read_app, reader):
    found, store = page(reader.get("/partners/gsma")), store_of(read_app)
    assert found.one("h1").text == "GSMA"
    assert facts_of(found) == {
        "Kind": "Industry association",
        "Other names": "GSM Association",
        "Official page": "gsma.com",
        "Events": "5 events with GSMA",
    }
    (year,) = found.one("section", aria_labelledby="did").all("section")
    assert (year.one("h3").text, year.one("h4").text) == ("2016", "At 5 together, counted once")
    chosen = [event.slug for event in events.by_ids(store, search.ids(store, Selection.of(partner="gsma")))]
    links = [link["href"] for link in year.one("ul", class_="together").all("a")]
    assert sorted(links) == sorted(f"/events/{slug}" for slug in chosen)
    others = [link["href"] for link in year.one("dd").all("a")]
    assert others == [
        *("/partners/gesi", "/partners/world-economic-forum", "/partners/accenture", "/partners/verizon"),
        *("/partners/ibm-research", "/partners/aspen-institute", "/partners/symantec-corporation"),
    ]


def test_page_of_a_partner_subscribes_to_the_events_with_it(read_app, reader):
    store = store_of(read_app)
    feed = subscribed(page(reader.get("/partners/gsma")))
    assert feed == "/feeds/select.ics?partner=gsma"
    chosen = events.by_ids(store, search.ids(store, Selection.of(partner="gsma")))
    assert uids(reader.get(feed).data) == {event.uid for event in chosen}


def test_page_of_a_partner_of_series_alone_names_them_and_subscribes_to_nothing(reader):
    found = page(reader.get("/partners/un-women"))
    did = found.one("section", aria_labelledby="did")
    assert [(head.text, head.one("a")["href"]) for head in did.all("h4")] == [
        ("EQUALS", "/series/equals"),
        ("GEM-TECH Awards", "/series/gem-tech-awards"),
    ]
    assert found.all(id="subscribe-address") == []


def test_statement_tells_its_documents_outcome_and_own_source(app, client):
    document = Document(symbol="A/RES/70/1", title="2030 Agenda")
    more = {"documents": (document,), "outcome": "Adopted", "source": "A note", "source_url": "https://itu.example/n"}
    keep(store_of(app), SECRET, "gsma", **more)
    did = page(client.get("/partners/gsma")).one("section", aria_labelledby="did")
    told = next(each for each in did.all("dd") if "Said together" in each.text)
    assert told.text == ("Said together. Outcome: AdoptedDocument: A/RES/70/1 2030 AgendaSource: A note")
    assert [link["href"] for link in told.all("a")] == ["https://docs.un.org/en/A/RES/70/1", "https://itu.example/n"]
    # With two sources, each statement names its own.
    assert did.text.count("Source:") == 2


def test_partner_of_internal_statements_alone_shows_nowhere(app, client, editor_client):
    store = store_of(app)
    with store.change(NOW, actor=EDITOR) as change:
        partners.put(change, partners.Partner(key="quiet-house", name="Quiet House", kind=PartnerKind.COMPANY))
    keep(store, SECRET, "quiet-house", public=False)
    pages = ["/partners", "/partners?q=quiet", "/events?from=2016-01-01", "/subscribe", "/events/igf-2016"]
    pages += ["/series/igf", "/sitemap-0.xml", "/api/v1/facets"]
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200
        shown = answer.get_data(as_text=True).lower()
        assert [word for word in ("quiet house", "quiet-house", "said together") if word in shown] == []
    assert rows(page(client.get("/events?q=quiet+house"))) == []
    for address in ("/partners/quiet-house", "/events?partner=quiet-house", "/feeds/select.ics?partner=quiet-house"):
        assert client.get(address).status_code in {400, 404}
    assert page(editor_client.get("/desk/partners/quiet-house")).one("h1").text == "Quiet House"


def test_words_find_the_events_of_a_partner_and_show_why(reader):
    found = page(reader.get("/events?q=accenture"))
    assert len(rows(found)) == 5
    assert {mark.text for mark in found.all("mark")} == {"Accenture"}


def test_panel_and_chips_name_partners(reader):
    found = page(reader.get("/events?partner=gsma"))
    assert found.one("h1").text == "With GSMA"
    box = found.one("details", id="box-partner")
    assert [tick.all("span")[0].text for tick in box.all("label")][:2] == ["GSMA", "Accenture"]
    assert [chip.text for chip in found.all("a", class_="on")] == ["Take out: Partner: GSMA ×"]


def test_ready_made_feeds_hold_the_side_events_before_there_is_one(reader):
    links = [link["href"] for link in page(reader.get("/subscribe")).all("a") if link["href"].startswith("/feeds/")]
    assert {"/feeds/kind/side-event.ics", "/feeds/role/observer.ics", "/feeds/role/participant.ics"} <= set(links)
    assert uids(reader.get("/feeds/kind/side-event.ics").data) == set()


def post(client: FlaskClient, address: str, **told: str) -> object:
    found = page(client.get(address))
    sent = {name: values[0] for name, values in filled(found.all("form", method="post", action=address)[0]).items()}
    return client.post(address, data={**sent, **told})


def test_editor_adds_and_edits_a_partner(app, editor_client):
    address = "/desk/partners/new"
    wrong = post(editor_client, address, name="", kind="company", aliases="One\nTwo")
    found = page(wrong, 422)
    assert alert(found).startswith("2 things to put right")
    assert filled(form_of(found, address))["aliases"] == ["One\nTwo"]
    added = post(editor_client, address, name="Orange", kind="company", reason="New")
    assert (added.status_code, added.headers["Location"]) == (303, "/desk/partners/orange")
    post(editor_client, "/desk/partners/orange", url="https://orange.example/", reason="Its page")
    assert partners.directory(store_of(app))["orange"].url == "https://orange.example/"
    history = page(editor_client.get("/desk/partners/orange")).one("section", aria_labelledby="hist")
    assert [item.one("strong").text for item in history.all("li") if item.all("strong")] == ["Edited", "Added"]
    assert "/desk/partners/orange" in [link["href"] for link in page(editor_client.get("/desk/partners")).all("a")]


def test_editor_whose_form_is_old_sees_what_stands_now(app, editor_client):
    address = "/desk/partners/gsma"
    post(editor_client, address, name="GSM House", reason="Renamed")
    found = page(post(editor_client, address, seen="1", name="GSMA", reason="No"), 409)
    assert alert(found).startswith("Someone changed this partner meanwhile.")
    assert [cell.text for cell in found.one("table", class_="diff").all("tbody")[0].all("td")] == ["GSM House", "GSMA"]
    assert partners.directory(store_of(app))["gsma"].name == "GSM House"


def test_editor_undoes_a_change_of_a_partner(app, editor_client):
    address = "/desk/partners/gsma"
    post(editor_client, address, name="GSM House", reason="Renamed")
    undo = page(editor_client.get(address)).one("button", value="undo").parent.parent
    sent = {name: values[0] for name, values in filled(undo).items()}
    refused = page(editor_client.post(address, data={**sent, "do": "undo", "reason": ""}), 422)
    assert refused.one("input", id="reason").get("aria-invalid") == "true"
    assert editor_client.post(address, data={**sent, "do": "undo", "reason": "No"}).status_code == 303
    assert partners.directory(store_of(app))["gsma"].name == "GSMA"


def test_names_that_were_never_public_are_warned_of_and_kept_for_the_desk(app, client, editor_client):
    added = {"name": "Quiet House", "kind": "company", "reason": "Asked for"}
    assert post(editor_client, "/desk/partners/new", **added).status_code == 303
    address = "/desk/partners/quiet-house"
    form = page(editor_client.get(address)).one("button", value="merge").parent.parent
    assert filled(form)["names"] == []
    assert "ticked, its names become public" in form.text
    assert post(editor_client, address, do="merge", same_as="gsma", reason="One").status_code == 303
    assert client.get("/partners/quiet-house").status_code == 404
    assert client.get("/events?partner=quiet-house").status_code == client.get("/events?partner=nobody").status_code
    assert "Quiet House" not in page(client.get("/partners/gsma")).text


def test_editor_joins_two_partners_and_parts_them_again(app, client, editor_client):
    address = "/desk/partners/gesi"
    assert page(post(editor_client, address, do="merge", reason="One"), 422).one("select", id="same_as")
    form = page(editor_client.get(address)).one("button", value="merge").parent.parent
    assert filled(form)["names"] == ["1"]  # it is public already
    assert post(editor_client, address, do="merge", same_as="gsma", names="1", reason="One").status_code == 303
    moved = client.get("/partners/gesi")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/partners/gsma")
    assert "GeSI" in facts_of(page(client.get("/partners/gsma")))["Other names"]
    found = page(editor_client.get(address))
    assert [form["action"] for form in found.all("form", id="form")] == []
    part = found.one("button", value="part").parent.parent
    sent = {name: values[0] for name, values in filled(part).items()}
    assert page(editor_client.post(address, data={**sent, "do": "part", "reason": ""}), 422).one("input", id="reason")
    assert editor_client.post(address, data={**sent, "do": "part", "reason": "Two"}).status_code == 303
    assert page(client.get("/partners/gesi")).one("h1").text == "GeSI"
    again = editor_client.post(address, data={**sent, "do": "part", "reason": "Two"})
    assert page(again, 409).one("h1").text == "GeSI"
