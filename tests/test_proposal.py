"""A proposer's own pages: what was sent, what became of it, and amending it while it waits."""

import pytest
from flask.testing import FlaskClient

from calendar_app import addresses, desk, texts
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, ProblemsError
from calendar_app.store import Store, events, journal
from calendar_app.store import submissions as queue
from calendar_app.submissions import EDITOR_ONLY, fields_of
from tests.conftest import NOW
from tests.webapp import EDITOR, Node, filled, form_of, page, send, store_of, token

TEXTS = texts.of("en")
EMAIL = "someone.who.knows@example.org"
GIVEN = {
    "title": "Rehearsal of a Forum zyx",
    "dates": "18-22 April 2033",
    "source": "Note verbale of 3 March",
    "series": "hlpf",
    "city": "Quito",
    "country": "EC",
    "themes": ["cybersecurity"],
    "sdgs": ["9", "13"],
}
SLUG = "igf-2016"


def word(message: str, **data: object) -> str:
    return TEXTS.error(CalendarError(message, **data))


def cells(table: Node) -> list[list[str]]:
    rows = [[cell.text for cell in row if cell.tag in {"th", "td"}] for row in table.all("tr")]
    return rows[1:]


def sent(client: FlaskClient, **given: object) -> str:
    """Proposes an event; gives the address of the private link."""
    return send(client, "/submit", {**GIVEN, **given}).headers["Location"]


def amending(client: FlaskClient, address: str) -> dict[str, list[str]]:
    return filled(form_of(page(client.get(f"{address}/edit")), address))


def deciding(client: FlaskClient, store: Store) -> tuple[str, dict[str, list[str]]]:
    """The desk's page of the one proposal that waits, and its form."""
    (waiting,) = queue.pending(store)
    address = addresses.desk_submission(waiting.id)
    return address, filled(page(client.get(address)).one("form", id="form"))


# The use case


def test_amended_proposal_keeps_every_text(store):
    received = desk.propose(store, {**GIVEN, "submitter_email": EMAIL}, now=NOW)
    first = queue.by_id(store, received.number)
    desk.amend(
        store, received.token, {**GIVEN, "title": "Better", "status": "cancelled", "submitter_email": ""}, now=NOW
    )
    second = queue.by_id(store, received.number)
    assert (second.version, second.fields, second.email) == (2, {**first.fields, "title": "Better"}, EMAIL)
    assert [(text.version, text.at, text.fields) for text in queue.texts(store, received.number)] == [
        (2, NOW, second.fields),
        (1, NOW, first.fields),
    ]


def test_text_that_says_the_same_is_no_new_version(store):
    received = desk.propose(store, GIVEN, now=NOW)
    desk.amend(store, received.token, {**GIVEN, "title": f" {GIVEN['title']} "}, now=NOW)
    assert queue.by_id(store, received.number).version == 1
    assert len(queue.texts(store, received.number)) == 1


def test_proposal_of_an_earlier_release_keeps_its_first_text_too(store):
    received = desk.propose(store, GIVEN, now=NOW)
    with store.change(NOW, actor="test") as change:
        change.db.conn.execute("DELETE FROM submission_texts")
    desk.amend(store, received.token, {**GIVEN, "title": "Better"}, now=NOW)
    assert [text.fields["title"] for text in queue.texts(store, received.number)] == ["Better", GIVEN["title"]]


def test_amending_is_refused_as_proposing_is(store):
    received = desk.propose(store, GIVEN, now=NOW)
    with pytest.raises(ProblemsError) as caught:
        desk.amend(store, received.token, {**GIVEN, "dates": "soon", "source": ""}, now=NOW)
    assert [each.field for each in caught.value.problems] == ["dates", "source"]
    event = events.by_slug(store, SLUG)
    change = desk.propose(store, {**fields_of(event), "venue": "Expo"}, about=event.uid, now=NOW)
    with pytest.raises(ProblemsError) as caught:
        desk.amend(store, change.token, fields_of(event), now=NOW)
    assert [each.error.message for each in caught.value.problems] == ["change-none"]
    with pytest.raises(NotFoundError):
        desk.amend(store, "no such token", GIVEN, now=NOW)
    assert [each.version for each in queue.pending(store)] == [1, 1]


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_decided_proposal_is_not_amended(store, decision):
    received = desk.propose(store, GIVEN, now=NOW)
    if decision == "approve":
        desk.approve(store, received.number, GIVEN, actor=EDITOR, reason="", now=NOW)
    else:
        desk.reject(store, received.number, actor=EDITOR, reason="No", now=NOW)
    with pytest.raises(ConflictError, match="submission-decided"):
        desk.amend(store, received.token, {**GIVEN, "title": "Better"}, now=NOW)
    assert queue.by_id(store, received.number).fields["title"] == GIVEN["title"]


def test_no_decision_is_taken_on_an_outdated_text(store):
    received = desk.propose(store, GIVEN, now=NOW)
    desk.amend(store, received.token, {**GIVEN, "title": "Better"}, now=NOW)
    before, event = store.revision(), events.by_slug(store, "hlpf-2027")
    by = {"actor": EDITOR, "reason": "Read", "now": NOW}
    for decide in (
        lambda: desk.approve(store, received.number, GIVEN, basis=desk.Basis(version=1), **by),
        lambda: desk.reject(store, received.number, version=1, **by),
        lambda: desk.merge(store, received.number, event.uid, sequence=event.sequence, version=1, **by),
    ):
        with pytest.raises(ConflictError, match="submission-amended"):
            decide()
    assert (store.revision(), queue.by_id(store, received.number).state) == (before, "pending")


def test_decline_is_noted_in_the_journal(store):
    received = desk.propose(store, GIVEN, now=NOW)
    desk.reject(store, received.number, actor=EDITOR, reason="No UN event", now=NOW)
    sql = "SELECT actor, action, subject, detail, reason FROM journal"
    assert store.db.conn.execute(sql).fetchall() == [
        (EDITOR, "proposal-rejected", addresses.desk_submission(received.number), GIVEN["title"], "No UN event")
    ]
    assert journal.__doc__


# The pages


def test_private_page_tells_all_that_was_sent(client):
    found = page(client.get(sent(client, description="First.\nSecond.")))
    told = found.one("details").all("li")
    assert [item.text for item in told] == [
        *(f"Title: {GIVEN['title']}", "When: 18-22 April 2033", f"Source: {GIVEN['source']}", "Series: HLPF"),
        *("City: Quito", "Country: Ecuador", "Description: First. Second."),
        *("Themes: Cybersecurity and cybercrime", "Goals: 13, 9"),
    ]


def test_proposer_amends_what_waits(app, client):
    address = sent(client, submitter_email=EMAIL)
    assert f"{address}/edit" in [link["href"] for link in page(client.get(address)).all("a")]
    found = page(client.get(f"{address}/edit"))
    assert found.one("h1").text == f"Amend: {GIVEN['title']}"
    assert EMAIL not in found.raw
    form = filled(form_of(found, address))
    assert set(form) & {*EDITOR_ONLY, "submitter_email", "event", "sequence", "opened", "website"} == set()
    assert {name: form[name] for name in GIVEN} == {
        name: value if isinstance(value, list) else [value] for name, value in GIVEN.items()
    }
    shown = page(client.post(address, data={**form, "title": "Better <b>", "do": "preview"}))
    assert shown.one("section", class_="preview").one("h3").text == "Better <b>"
    assert queue.pending(store_of(app))[0].version == 1
    again = filled(form_of(shown, address))
    answer = client.post(address, data={**again, "do": "send"})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    after = page(client.get(address))
    assert after.one("h1").text == "Better <b>"
    assert "Amended" in [node.text for node in after.one("dl").all("dt")]
    (waiting,) = queue.pending(store_of(app))
    assert (waiting.version, waiting.email) == (2, EMAIL)


def test_proposer_amends_a_change_beside_what_they_saw(app, client):
    form = filled(form_of(page(client.get(f"/submit?event={SLUG}")), "/submit"))
    address = client.post("/submit", data={**form, "venue": "Expo"}).headers["Location"]
    again = amending(client, address)
    assert (again["venue"], "event" in again) == (["Expo"], False)
    shown = page(
        client.post(address, data={**again, "venue": "", "webcast_url": "https://webtv.un.org/", "do": "preview"})
    )
    assert cells(shown.one("section", class_="preview").one("table")) == [["Webcast", "empty", "https://webtv.un.org/"]]
    assert client.post(address, data={**again, "venue": "Expo Guadalajara"}).status_code == 303
    assert cells(page(client.get(address)).one("table")) == [["Venue", "empty", "Expo Guadalajara"]]
    page(client.post(address, data={**again, "venue": ""}), 422)
    (waiting,) = queue.pending(store_of(app))
    assert (waiting.fields["venue"], waiting.version) == ("Expo Guadalajara", 2)


def test_editor_with_the_link_amends_as_its_proposer_would(client, editor_client):
    address = sent(client)
    assert set(amending(editor_client, address)) & {*EDITOR_ONLY} == set()


def test_refused_amendment_keeps_what_was_typed(app, client):
    address = sent(client)
    form = amending(client, address)
    for data, status in (
        ({**form, "dates": "soon <b>"}, 422),
        ({**form, "dates": "soon <b>", "csrf_token": "old"}, 400),
    ):
        again = filled(form_of(page(client.post(address, data=data), status), address))
        assert again["dates"] == ["soon <b>"]
    assert client.post(address, data={**again, "dates": "19 April 2033"}).status_code == 303
    assert queue.pending(store_of(app))[0].fields["dates"] == "19 April 2033"


def test_decided_proposal_says_what_came_of_it_instead(app, client, editor_client):
    address = sent(client)
    form = amending(client, address)
    desk_address, decision = deciding(editor_client, store_of(app))
    editor_client.post(desk_address, data={**decision, "do": "reject", "reason": "No UN event <b>"})
    for answer in (client.get(f"{address}/edit"), client.post(address, data={**form, "title": "Better"})):
        found = page(answer, 409)
        assert found.one("div", id="problems").text == word("submission-decided")
        assert "No UN event <b>" in found.one("dl").text
    assert f"{address}/edit" not in [link["href"] for link in page(client.get(address)).all("a")]
    assert queue.by_id(store_of(app), 1).version == 1


def test_link_that_is_none_amends_nothing(app, client):
    sent(client)
    for answer in (client.get("/submissions/x/edit"), send(client, "/submissions/x", GIVEN, form="/submit")):
        assert page(answer, 404).one("p", class_="lede").text == word("submission-unknown")
    page(client.post("/submissions/x", data=GIVEN), 400)
    assert queue.pending(store_of(app))[0].version == 1


def test_private_pages_are_kept_nowhere(client):
    address = sent(client)
    for path in (address, f"{address}/edit"):
        answer = client.get(path)
        assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_too_many_amendments_at_once_are_asked_to_wait(make_app):
    client = make_app(rate_limit=True).test_client()
    received = desk.propose(store_of(client.application), GIVEN, now=NOW)
    address = addresses.submission(received.token)
    form = amending(client, address)
    answers = [client.post(address, data={**form, "title": f"Version {number}"}) for number in range(11)]
    assert [answer.status_code for answer in answers] == [303] * 10 + [429]
    found = page(answers[-1], 429)
    assert found.one("div", id="problems").text == word("rate")
    assert filled(form_of(found, address))["title"] == ["Version 10"]


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"title=%ff&dates=%00", b"themes=x&" * 5000, b"title=%ED%A0%80"])
def test_hostile_amendment_is_never_our_fault(app, client, body):
    address = sent(client)
    data = b"csrf_token=" + token(client, f"{address}/edit").encode() + b"&" + body
    answer = client.post(address, data=data, content_type="application/x-www-form-urlencoded")
    # Bytes that are no text at all take the token with them.
    page(answer, 400 if b"\xff" in body else 422)
    assert queue.pending(store_of(app))[0].version == 1


# An editor who reads meanwhile


def test_editor_is_shown_what_was_amended_before_it_is_published(app, client, editor_client):
    address = sent(client, mode="in-person")
    desk_address, form = deciding(editor_client, store_of(app))
    mine = {**form, "venue": "Room of the editor", "title": "Title of the editor", "reason": "Good"}
    amended = {"title": "Better", "city": "Lima", "country": "PE"}
    assert client.post(address, data={**amending(client, address), **amended}).status_code == 303
    before = store_of(app).revision()
    found = page(editor_client.post(desk_address, data={**mine, "do": "approve"}), 409)
    told = found.one("div", id="problems")
    assert told.text.startswith(word("submission-amended"))
    assert cells(told.one("table")) == [
        ["Title", GIVEN["title"], "Better"],
        ["City", "Quito", "Lima"],
        ["Country", "Ecuador", "Peru"],
    ]
    assert (store_of(app).revision(), queue.pending(store_of(app))[0].state) == (before, "pending")
    again = filled(found.one("form", id="form"))
    # The amendment is in the form, but for what the editor had put otherwise.
    assert {name: again[name] for name in ("title", "city", "country", "venue", "reason", "version")} == {
        "title": ["Title of the editor"],
        "city": ["Lima"],
        "country": ["PE"],
        "venue": ["Room of the editor"],
        "reason": ["Good"],
        "version": ["2"],
    }
    answer = editor_client.post(desk_address, data={**again, "do": "approve"})
    assert answer.headers["Location"] == "/events/title-of-the-editor-2033"
    assert events.by_slug(store_of(app), "title-of-the-editor-2033").city == "Lima"


@pytest.mark.parametrize("version", ["1", "", "7", "9" * 5000])
def test_proposal_amended_meanwhile_is_neither_declined_nor_merged(app, client, editor_client, version):
    address = sent(client, title="High-level Political Forum 2027", dates="6-15 July 2027", city="", country="")
    client.post(address, data={**amending(client, address), "venue": "Room"})
    desk_address, form = deciding(editor_client, store_of(app))
    event = events.by_slug(store_of(app), "hlpf-2027")
    declined = page(
        editor_client.post(desk_address, data={**form, "version": version, "do": "reject", "reason": "No"}), 409
    )
    assert declined.one("div", id="problems").text.startswith(word("submission-amended"))
    merge = {"merge": event.uid, f"sequence-{event.uid}": str(event.sequence), "version": version}
    merged = page(editor_client.post(desk_address, data={"csrf_token": form["csrf_token"], **merge}), 409)
    assert filled(merged.one("form", id="form"))["title"] == ["High-level Political Forum 2027"]
    assert queue.pending(store_of(app))[0].state == "pending"
    assert events.by_slug(store_of(app), "hlpf-2027") == event
