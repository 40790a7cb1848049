"""The focal point of an event: set, cleared and seen at the desk alone, told by the journal without the person."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app.desk import contacts
from calendar_app.errors import ConflictError, ProblemsError
from calendar_app.store import Store, events, log
from calendar_app.store import contacts as kept
from calendar_app.store.contacts import Contact
from calendar_app.store.log import Wanted
from tests.conftest import NOW
from tests.webapp import EDITOR, Node, filled, page, send, store_of, token

SLUG = "igf-2016"
ADDRESS = f"/desk/events/{SLUG}"
ANA = {"contact_name": "Ana Ruiz", "contact_email": "ana.ruiz@example.org", "contact_note": "Emergency unit"}
KEPT = Contact(name="Ana Ruiz", email="ana.ruiz@example.org", note="Emergency unit")
NOBODY = dict.fromkeys(ANA, "")


def of_event(store: Store) -> Contact | None:
    return kept.of_event(store, events.by_slug(store, SLUG).uid)


def set_contact(store: Store, given: dict[str, str], *, seen: Contact | None = None) -> Contact | None:
    uid = events.by_slug(store, SLUG).uid
    contacts.set_contact(store, uid, given, seen=contacts.mark(seen), actor=EDITOR, now=NOW)
    return of_event(store)


def done(store: Store) -> list[tuple[str, str, str, str]]:
    found = log.entries(store, Wanted(who=EDITOR), everyone=False, most=9)
    return [(each.action, each.address, each.title, each.detail) for each in found]


def form(found: Node) -> Node:
    return next(each for each in found.all("form", action=ADDRESS) if each.all("input", name="contact_seen"))


def test_contact_is_set_changed_and_cleared_and_the_journal_says_so_without_the_person(store):
    assert set_contact(store, ANA) == KEPT
    other = set_contact(store, {**ANA, "contact_note": " second\tfloor "}, seen=KEPT)
    assert other == Contact(name=KEPT.name, email=KEPT.email, note="second floor")
    assert set_contact(store, NOBODY, seen=other) is None
    title = events.by_slug(store, SLUG).title
    told = [(action, ADDRESS, title, "") for action in ("contact-cleared", "contact-set", "contact-set")]
    assert done(store) == told
    assert not any("Ruiz" in line for line in store.db.conn.iterdump())


def test_contact_is_no_change_of_the_event(store):
    before, revision = events.by_slug(store, SLUG), store.revision()
    set_contact(store, ANA)
    assert (events.by_slug(store, SLUG), store.revision()) == (before, revision)


def test_same_contact_again_is_not_noted(store):
    set_contact(store, ANA)
    set_contact(store, {**ANA, "contact_name": " Ana  Ruiz"}, seen=KEPT)
    assert len(done(store)) == 1


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"contact_note": "x"}, ["contact_name"]),
        ({"contact_email": "ana"}, ["contact_name", "contact_email"]),
        ({"contact_name": "A" * 201, "contact_note": "B" * 501}, ["contact_name", "contact_note"]),
        ({"contact_name": "Ana", "contact_email": "a@b.org\r\nBcc: c@d.org"}, ["contact_email"]),
    ],
)
def test_each_problem_of_a_contact_is_told_at_its_field(store, given, fields):
    with pytest.raises(ProblemsError) as refused:
        set_contact(store, given)
    assert ([problem.field for problem in refused.value.problems], of_event(store)) == (fields, None)


def test_contact_that_someone_set_meanwhile_is_not_overwritten(store):
    set_contact(store, ANA)
    with pytest.raises(ConflictError, match="contact-changed"):
        set_contact(store, {**ANA, "contact_name": "Bo Li"})
    with pytest.raises(ConflictError, match="contact-changed"):
        set_contact(store, NOBODY)
    assert of_event(store) == KEPT


def test_desk_page_sets_and_shows_it(app: Flask, editor_client: FlaskClient):
    data = {**filled(form(page(editor_client.get(ADDRESS)))), **ANA, "contact": "1"}
    answer = editor_client.post(ADDRESS, data=data)
    assert (answer.status_code, answer.location, of_event(store_of(app))) == (303, ADDRESS, KEPT)
    found = page(editor_client.get(ADDRESS))
    assert found.one("a", href="mailto:ana.ruiz%40example.org").text == "ana.ruiz@example.org"
    assert {name: value for name, (value,) in filled(form(found)).items() if name in ANA} == ANA


def test_desk_page_tells_what_is_wrong_and_keeps_what_was_typed(editor_client: FlaskClient):
    data = {"contact": "1", "contact_seen": "", "contact_name": "Ana", "contact_email": "ana"}
    found = page(send(editor_client, ADDRESS, data), 422)
    assert [each["id"] for each in found.all(class_="err")] == ["contact_email-e"]
    assert found.one("input", id="contact_name")["value"] == "Ana"
    assert "open" in form(found).parent.attributes


def test_desk_page_shows_a_second_editor_who_it_is_now(app: Flask, editor_client: FlaskClient):
    data = {"contact": "1", "contact_seen": "", "contact_name": "Bo Li"}
    set_contact(store_of(app), ANA)
    found = page(send(editor_client, ADDRESS, data), 409)
    assert "Someone changed the focal point meanwhile." in found.text
    assert "Ana Ruiz, ana.ruiz@example.org" in found.text
    typed = form(found)
    assert (typed.one("input", id="contact_name")["value"], of_event(store_of(app))) == ("Bo Li", KEPT)
    # What is sent again then replaces what was shown.
    assert editor_client.post(ADDRESS, data={**filled(typed), "contact": "1"}).status_code == 303
    assert of_event(store_of(app)) == Contact(name="Bo Li")


@pytest.mark.parametrize("name", ["\x00\u202e", "\ud800", "a" * 100_000])
def test_hostile_contact_is_refused_in_words(app: Flask, editor_client: FlaskClient, name: str):
    data = {"contact": "1", "contact_seen": "\x00", "contact_name": name.encode("utf-8", "surrogatepass")}
    assert send(editor_client, ADDRESS, data).status_code in {303, 409, 422}
    assert of_event(store_of(app)) is None


def test_nobody_but_an_editor_sets_or_sees_it(app: Flask, client: FlaskClient):
    set_contact(store_of(app), ANA)
    data = {"csrf_token": token(client, "/submit"), "contact": "1", **NOBODY, "contact_seen": contacts.mark(KEPT)}
    assert client.post(ADDRESS, data=data).location == "/login?next=/desk"
    assert client.get(ADDRESS).status_code == 303
    assert of_event(store_of(app)) == KEPT
