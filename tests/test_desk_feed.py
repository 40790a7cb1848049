"""The private feed of the queue: whose it is, what it tells, and that it ends with the account's right to it."""

from datetime import timedelta
from xml.etree import ElementTree as Xml

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import accounts, desk
from calendar_app.accounts import feed_keys
from calendar_app.store import accounts as people
from calendar_app.store.accounts import Account
from tests.conftest import BASE, NOW
from tests.webapp import EDITOR, PASSWORD, SUBMITTER, client_as, page, store_of

ATOM = "{http://www.w3.org/2005/Atom}"
PROPOSER = "proposer@example.net"
GIVEN = {
    "title": "Rehearsal of a <Forum> & more",
    "dates": "9-10 February 2033",
    "city": "Quito",
    "country": "EC",
    "source": "A note verbale",
    "submitter_email": PROPOSER,
}


@pytest.fixture
def address(editor_client: FlaskClient) -> str:
    """The path of the editor's feed, as the desk shows it."""
    shown = page(editor_client.get("/desk")).one("input", id="feed")["value"]
    assert shown.startswith(f"{BASE}/desk/submissions.atom?key=")
    return shown.removeprefix(BASE)


def read(client: FlaskClient, address: str) -> Xml.Element:
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    feed = Xml.fromstring(answer.data)  # noqa: S314 - it is ours
    # What RFC 4287 asks of every feed and entry (§4.1.1, §4.1.2): each once.
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        assert [len(element.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    return feed


def entries(feed: Xml.Element) -> list[dict[str, str]]:
    names = ("title", "published", "updated", "summary")
    return [
        {
            **{name: each.findtext(f"{ATOM}{name}") or "" for name in names},
            "link": each.find(f"{ATOM}link").get("href") or "",
        }
        for each in feed.iter(f"{ATOM}entry")
    ]


def editor(app: Flask) -> Account:
    found = people.by_email(store_of(app), EDITOR)
    assert found is not None
    return found


def test_feed_tells_what_waits_the_newest_first(app: Flask, client: FlaskClient, address: str):
    store = store_of(app)
    first = desk.propose(store, GIVEN, now=NOW)
    event = desk.add(store, {**GIVEN, "title": "A Forum"}, actor=EDITOR, now=NOW)
    later = NOW + timedelta(hours=1)
    second = desk.propose(store, {**GIVEN, "title": "A Forum", "city": "Lima"}, about=event.uid, now=later)
    desk.amend(store, first.token, {**GIVEN, "city": ""}, now=later + timedelta(hours=1))
    feed = read(client, address)
    assert entries(feed) == [
        {
            "title": "Change of A Forum",
            "published": "2026-11-24T10:30:00Z",
            "updated": "2026-11-24T10:30:00Z",
            "summary": "9-10 February 2033, Lima, Ecuador",
            "link": f"{BASE}/desk/submissions/{second.number}",
        },
        {
            "title": "Rehearsal of a <Forum> & more",
            "published": "2026-11-24T09:30:00Z",
            "updated": "2026-11-24T11:30:00Z",
            "summary": "9-10 February 2033, Ecuador",
            "link": f"{BASE}/desk/submissions/{first.number}",
        },
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-24T11:30:00Z"
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == BASE + address
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    assert (len(set(ids)), {each[:9] for each in ids}) == (3, {"urn:uuid:"})


def test_feed_does_not_tell_who_proposed(app: Flask, client: FlaskClient, address: str):
    received = desk.propose(store_of(app), GIVEN, now=NOW)
    document = client.get(address).get_data(as_text=True)
    assert "Quito" in document
    assert [word for word in (PROPOSER, "example.net", received.token, EDITOR) if word in document] == []


def test_entry_keeps_its_id_and_is_gone_once_it_is_decided(app: Flask, client: FlaskClient, address: str):
    _, gone = (desk.propose(store_of(app), {**GIVEN, "title": title}, now=NOW) for title in ("Kept", "Gone"))
    before = {each.findtext(f"{ATOM}title"): each.findtext(f"{ATOM}id") for each in read(client, address)}
    later = NOW + timedelta(days=1)
    desk.reject(store_of(app), gone.number, actor=EDITOR, reason="No", now=later)
    feed = read(client, address)
    after = {each.findtext(f"{ATOM}title"): each.findtext(f"{ATOM}id") for each in feed.iter(f"{ATOM}entry")}
    assert after == {"Kept": before["Kept"]}
    assert feed.findtext(f"{ATOM}updated") == "2026-11-25T09:30:00Z"


def test_feed_of_an_empty_queue_is_valid_and_stays_as_it_is(client: FlaskClient, address: str):
    assert entries(read(client, address)) == []
    assert client.get(address).data == client.get(address).data


def test_feed_is_kept_nowhere_and_sets_no_cookie(client: FlaskClient, address: str):
    answer = client.get(address)
    names = ("Cache-Control", "Referrer-Policy", "Set-Cookie", "ETag", "Vary")
    found = {name: answer.headers.get(name) for name in names}
    assert found == {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Set-Cookie": None,
        "ETag": None,
        "Vary": "Accept-Encoding",
    }


@pytest.mark.parametrize(
    "key", ["", "1", "1-", "-", "0-x", "999999999-x", "9" * 4000, "1-" + "A" * 43, "%00", "%ff", "%ED%A0%80", "٣-x"]
)
def test_key_that_is_none_finds_nothing(reader: FlaskClient, key: str):
    assert page(reader.get(f"/desk/submissions.atom?key={key}"), 404)


def test_session_alone_finds_nothing(editor_reader: FlaskClient):
    assert editor_reader.get("/desk/submissions.atom").status_code == 404


def test_key_is_of_one_account_and_one_application(app: Flask, make_app, address: str):
    client_as(app, "admin")
    admin = people.by_email(store_of(app), "admin@example.org")
    key = address.partition("key=")[2]
    proof = key.partition("-")[2]
    assert app.test_client().get(f"/desk/submissions.atom?key={admin.id}-{proof}").status_code == 404
    assert make_app(secret_key="another").test_client().get(address).status_code == 404
    assert feed_keys.key_of(admin, "known to this test alone") != key


def test_no_key_of_a_submitter_opens_it(app: Flask):
    submitter = people.by_email(store_of(app), SUBMITTER)
    key = feed_keys.key_of(submitter, app.config["SECRET_KEY"])
    assert app.test_client().get(f"/desk/submissions.atom?key={key}").status_code == 404


def test_feed_ends_with_the_password_the_role_and_the_account(app: Flask, client: FlaskClient, address: str):
    store = store_of(app)
    client_as(app, "admin")
    admin, number = people.by_email(store, "admin@example.org"), editor(app).id
    assert client.get(address).status_code == 200
    accounts.change_role(store, number, role="submitter", by=admin, now=NOW)
    assert client.get(address).status_code == 404
    accounts.change_role(store, number, role="editor", by=admin, now=NOW)
    accounts.close(store, number, by=admin, now=NOW)
    assert client.get(address).status_code == 404
    accounts.reopen(store, number, by=admin, now=NOW)
    assert client.get(address).status_code == 200
    accounts.change_password(store, editor(app), current=PASSWORD, password=PASSWORD + "!", address="", now=NOW)
    assert client.get(address).status_code == 404
