"""The desk over HTTP: who gets in, what a decision does, and how a session begins and ends."""

import re
from datetime import timedelta

import pytest

from calendar_app import accounts, addresses, desk, pieces, texts
from calendar_app.errors import CalendarError
from calendar_app.store import events
from calendar_app.store import submissions as queue
from tests.conftest import NOW
from tests.webapp import (
    EDITOR,
    PASSWORD,
    SUBMITTER,
    Node,
    filled,
    form_of,
    page,
    send,
    sign_in,
    store_of,
    token,
    uids,
)

TEXTS = texts.of("en")
GIVEN = {
    "title": "Rehearsal of a Forum zyx",
    "dates": "18-22 April 2033",
    "source": "Note verbale",
    "series": "hlpf",
    "city": "Quito",
    "country": "EC",
    "themes": ["cybersecurity"],
    "sdgs": ["13"],
}
DESK = ["/desk", "/desk/verify", "/desk/feeds", "/desk/submissions/1", "/desk/submissions/999"]
POSTED = ["/desk/verify", "/desk/submissions/1"]
ELSEWHERE = [
    *("//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example", "javascript:alert(1)"),
    *("///evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", " //evil.example", "evil.example"),
    *("/desk\r\nSet-Cookie: x=1", "data:text/html,x", "/\u202egro.live", "?next=//evil.example", "", "desk"),
]


def word(message: str, **data: object) -> str:
    return TEXTS.error(CalendarError(message, **data))


def lede(found: Node) -> str:
    return found.all("p", class_="lede")[0].text


def propose(app, **given: object) -> str:
    """Puts a proposal in the queue; gives the address of its desk page."""
    return f"/desk/submissions/{desk.propose(store_of(app), {**GIVEN, **given}, now=NOW).number}"


def standing(client, address: str) -> dict[str, list[str]]:
    """What a browser would send of the form on a proposal's page."""
    return filled(form_of(page(client.get(address)), address))


def state(app, address: str) -> queue.Submission:
    return queue.by_id(store_of(app), int(address.rpartition("/")[2]))


# Who gets in


@pytest.mark.parametrize("address", [*DESK, "/desk/verify?x=%26y"])
def test_desk_asks_for_sign_in_and_leads_back(app, client, address):
    propose(app)
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (303, "no-store")
    assert answer.headers["Location"].startswith("/login?next=/")
    form = filled(form_of(page(client.get(answer.headers["Location"])), "/login"))
    assert form["next"] == [address]
    answer = client.post("/login", data={**form, "email": EDITOR, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)


@pytest.mark.parametrize("address", POSTED)
def test_desk_takes_nothing_from_a_stranger(app, client, address):
    propose(app)
    before = store_of(app).revision()
    answer = send(client, address, {**GIVEN, "do": "approve", "event": "ceb-2016-11"}, form="/login")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login?next=/desk")
    assert (store_of(app).revision(), state(app, "/desk/submissions/1").state) == (before, "pending")


def test_desk_is_closed_to_an_account_that_does_not_edit(app, client):
    address = propose(app)
    answer = sign_in(client, SUBMITTER)
    assert answer.status_code == 303
    for each in DESK:
        found = page(client.get(each), 403)
        assert (found.one("h1").text, lede(found)) == ("Not for this account", word("not-yours"))
    for each in POSTED:
        page(send(client, each, {**GIVEN, "do": "approve", "event": "ceb-2016-11"}, form="/submit"), 403)
    assert state(app, address).state == "pending"
    links = [link["href"] for link in page(client.get("/")).one("nav", aria_label="Main").all("a")]
    assert "/desk" not in links


def test_desk_takes_nothing_without_a_token(app, editor_client):
    address = propose(app)
    found = page(editor_client.post(address, data={**GIVEN, "do": "approve"}), 400)
    assert word("form-expired") in found.text
    page(editor_client.post("/desk/verify", data={"event": "ceb-2016-11", "source": "x"}), 400)
    page(editor_client.post("/logout"), 400)
    assert (state(app, address).state, editor_client.get("/desk").status_code) == ("pending", 200)


def test_desk_is_in_an_editors_navigation(editor_client):
    links = page(editor_client.get("/desk")).one("nav", aria_label="Main").all("a")
    assert [link["href"] for link in links if link.get("aria-current") == "page"] == ["/desk"]


# The queue


def test_queue_lists_what_waits_the_oldest_first(app, editor_client):
    addresses = [propose(app, title=title) for title in ("First", "Second <b>", "Third")]
    table = page(editor_client.get("/desk")).one("section", aria_labelledby="queue").one("tbody")
    assert [(link["href"], link.text) for link in table.all("a")] == list(
        zip(addresses, ["First", "Second <b>", "Third"], strict=True)
    )


def test_queue_without_proposals_says_so(editor_client):
    found = page(editor_client.get("/desk"))
    assert found.one("section", aria_labelledby="queue").one("p").text == "Nothing waits."


def test_proposal_is_shown_as_it_was_typed(app, editor_client):
    address = propose(app, title='A "title" & <b>', venue="Room 1", city="Genève", country="CH")
    form = standing(editor_client, address)
    typed = {**GIVEN, "title": 'A "title" & <b>', "venue": "Room 1", "city": "Genève", "country": "CH"}
    assert {name: form[name] for name in typed} == {
        name: value if isinstance(value, list) else [value] for name, value in typed.items()
    }


def test_proposal_stands_beside_what_it_may_repeat(app, editor_client):
    given = {"title": "Internet Governance Forum 2016", "dates": "November 2016", "city": "Guadalajara"}
    address = propose(app, **given, country="MX", series="igf")
    section = page(editor_client.get(address)).one("section", aria_labelledby="dup")
    assert "/events/igf-2016" in [link["href"] for link in section.all("a")]
    assert "/submit?event=igf-2016" in [link["href"] for link in section.all("a")]
    table = section.all("tbody")[0]
    assert ["Title", "11th Annual Internet Governance Forum", "Internet Governance Forum 2016"] in [
        [cell.text for cell in row if cell.tag in {"th", "td"}] for row in table.all("tr")
    ]


@pytest.mark.parametrize("number", ["999", "0", "-1", "x", "9" * 20, "9" * 5000, "1.0", "01", "１"])
def test_proposal_that_is_not_there_is_not_found(app, editor_client, number):
    propose(app)
    page(editor_client.get(f"/desk/submissions/{number}"), 404)
    page(send(editor_client, f"/desk/submissions/{number}", {"do": "approve"}, form="/submit"), 404)


# Decisions


def test_approved_proposal_is_public_with_the_next_request(app, editor_client, client):
    private = desk.propose(store_of(app), GIVEN, now=NOW)
    address = f"/desk/submissions/{private.number}"
    feeds = ("/feeds/all.ics", "/feeds/series/hlpf.ics", "/feeds/theme/cybersecurity.ics", "/feeds/sdg/13.ics")
    before = {feed: uids(client.get(feed).data) for feed in feeds}
    form = standing(editor_client, address)
    answer = editor_client.post(address, data={**form, "do": "approve", "reason": "Read the note"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/events/rehearsal-of-a-forum-zyx-2033")
    found = page(client.get("/events/rehearsal-of-a-forum-zyx-2033"))
    assert (found.one("h1").text, found.one("p", class_="big").text) == (GIVEN["title"], "18–22 April 2033")
    event = events.by_slug(store_of(app), "rehearsal-of-a-forum-zyx-2033")
    assert {feed: uids(client.get(feed).data) - held for feed, held in before.items()} == {
        feed: {event.uid} for feed in feeds
    }
    told = page(client.get(f"/submissions/{private.token}"))
    assert "/events/rehearsal-of-a-forum-zyx-2033" in [link["href"] for link in told.one("dl").all("a")]
    table = page(editor_client.get("/desk")).one("section", aria_labelledby="decided").one("tbody")
    assert [cell.text for cell in table.one("tr") if cell.tag in {"th", "td"}] == [
        *(GIVEN["title"], TEXTS.label("state", "approved"), EDITOR, "24 November 2026, 09:30 UTC", "Read the note")
    ]


def test_proposal_is_approved_as_the_editor_has_put_it(app, editor_client, client):
    address = propose(app)
    form = standing(editor_client, address)
    changed = {"title": "A better title", "dates": "May 2033", "status": "tentative", "role": ["host"], "sdgs": ["5"]}
    answer = editor_client.post(address, data={**form, **changed, "do": "approve"})
    event = events.by_slug(store_of(app), "a-better-title-2033")
    assert answer.headers["Location"] == "/events/a-better-title-2033"
    assert (event.title, event.status, event.roles, event.sdgs) == ("A better title", "tentative", ("host",), (5,))
    assert page(client.get("/events/a-better-title-2033")).one("p", class_="big").text == "May 2033 days not announced"
    assert state(app, address).fields == GIVEN


def test_decision_that_cannot_be_read_keeps_what_the_editor_typed(app, editor_client):
    address = propose(app)
    form = standing(editor_client, address)
    typed = {"title": "Typed <b>", "dates": "soon", "status": "postponed", "role": ["chair"], "reason": "because"}
    found = page(editor_client.post(address, data={**form, **typed, "do": "approve"}), 422)
    assert [link["href"] for link in found.one("div", id="problems").all("a")] == ["#dates"]
    kept = filled(form_of(found, address))
    assert {name: kept[name] for name in typed} == {
        name: value if isinstance(value, list) else [value] for name, value in typed.items()
    }
    assert state(app, address).state == "pending"


def test_proposal_is_approved_with_the_editors_deadlines_and_parts(app, editor_client, client):
    address = propose(app)
    form = standing(editor_client, address)
    typed = {"deadlines": "input: 1 March 2033\nparty: 1 March 2033", "parts": "Opening\n18 April 2033: Opening"}
    found = page(editor_client.post(address, data={**form, **typed, "do": "approve"}), 422)
    kinds = "registration, accreditation, side-event-application, input"
    assert {name: found.one("span", id=f"{name}-e").text for name in typed} == {
        "deadlines": f"Line 2: {word('deadline-kind', text='party', allowed=kinds)}",
        "parts": f"Line 1: {word('part-form')}",
    }
    kept = filled(form_of(found, address))
    assert {name: kept[name] for name in typed} == {name: [value] for name, value in typed.items()}
    mended = {"deadlines": "input: 1 March 2033", "parts": "18 April 2033: Opening"}
    answer = editor_client.post(address, data={**kept, **mended, "do": "approve"})
    event = events.by_slug(store_of(app), "rehearsal-of-a-forum-zyx-2033")
    assert answer.headers["Location"] == f"/events/{event.slug}"
    assert pieces.fields_of(event) == mended
    assert uids(client.get("/feeds/deadlines.ics").data) == {each.uid for each in event.deadlines}


def test_proposal_is_declined_with_a_reason_that_the_proposer_reads(app, editor_client, client):
    private = desk.propose(store_of(app), GIVEN, now=NOW)
    address = f"/desk/submissions/{private.number}"
    before = store_of(app).revision()
    answer = editor_client.post(
        address, data={**standing(editor_client, address), "do": "reject", "reason": "No UN event <b>"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")
    told = page(client.get(f"/submissions/{private.token}"))
    assert "No UN event <b>" in told.one("dl").text
    assert EDITOR not in told.raw
    assert store_of(app).revision() == before
    assert client.get("/events/rehearsal-of-a-forum-zyx-2033").status_code == 404


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("", word("reason-required")),
        ("  ", word("reason-required")),
        ("x" * 501, word("text-long", most=500, count=501)),
    ],
)
def test_proposal_is_not_declined_without_a_reason(app, editor_client, reason, message):
    address = propose(app)
    data = {**standing(editor_client, address), "title": "Typed", "do": "reject", "reason": reason}
    found = page(editor_client.post(address, data=data), 422)
    field = found.one("input", id="reason")
    assert (field["value"], field["aria-invalid"]) == (reason, "true")
    assert "reason-e" in field["aria-describedby"].split()
    assert found.one("span", id="reason-e").text == message
    assert filled(form_of(found, address))["title"] == ["Typed"]
    assert state(app, address).state == "pending"


@pytest.mark.parametrize("second", ["approve", "reject"])
@pytest.mark.parametrize("first", ["approve", "reject"])
def test_second_decision_is_a_conflict_that_tells_the_first(app, editor_client, first, second):
    other = app.test_client()
    sign_in(other)
    address = propose(app)
    mine, theirs = standing(editor_client, address), standing(other, address)
    assert other.post(address, data={**theirs, "do": first, "reason": "first"}).status_code == 303
    revision = store_of(app).revision()
    found = page(editor_client.post(address, data={**mine, "do": second, "reason": "second"}), 409)
    told = found.one("div", id="problems").text
    outcome = TEXTS.label("state", {"approve": "approved", "reject": "rejected"}[first])
    assert told.startswith(word("submission-decided"))
    assert outcome in told
    assert EDITOR in told
    assert (store_of(app).revision(), state(app, address).reason) == (revision, "first")
    assert found.all("form", method="post", action=address) == []


# To verify


def test_verify_list_holds_every_event_that_nobody_verified(app, editor_client):
    unverified = events.unverified(store_of(app))
    found = page(editor_client.get("/desk/verify"))
    assert len(unverified) >= 30
    assert [item["id"] for item in found.all("li", class_="ev")] == [event.slug for event in unverified]
    assert lede(found).startswith(f"{len(unverified)} events ")
    assert f"{len(unverified)} events to verify" in page(editor_client.get("/desk")).text


def test_verified_event_leaves_the_list_and_says_nothing_of_it_any_more(app, editor_client, client):
    before = events.by_slug(store_of(app), "ceb-2016-11")
    given = {"event": "ceb-2016-11", "source": "CEB report", "source_url": "https://unsceb.org/report"}
    waiting = [event.slug for event in events.unverified(store_of(app))]
    follows = waiting[waiting.index("ceb-2016-11") + 1]
    answer = send(editor_client, "/desk/verify", given)
    wanted = addresses.verify("CEB report", "https://unsceb.org/report", follows)
    assert (answer.status_code, answer.headers["Location"]) == (303, wanted)
    found = page(client.get("/events/ceb-2016-11"))
    assert "nverified" not in found.text
    assert found.one("div", class_="claim").text.endswith("CEB report, source page.")
    slugs = [item["id"] for item in page(editor_client.get("/desk/verify")).all("li", class_="ev")]
    assert "ceb-2016-11" not in slugs
    after = events.by_slug(store_of(app), "ceb-2016-11")
    assert (after.uid, after.sequence, after.span) == (before.uid, before.sequence + 1, before.span)
    assert b"STATUS:CONFIRMED" in client.get("/events/ceb-2016-11.ics").data


def test_event_is_not_verified_without_a_source(app, editor_client):
    given = {"event": "ceb-2016-11", "source": "", "source_url": "ftp://typed"}
    found = page(send(editor_client, "/desk/verify", given), 422)
    source, link = found.one("input", name="source"), found.one("input", name="source_url")
    assert [(node["aria-invalid"], node.get("value")) for node in (source, link)] == [
        ("true", ""),
        ("true", "ftp://typed"),
    ]
    told = [found.one("", id=node["aria-describedby"].split()[1]).text for node in (source, link)]
    assert told == [word("source-required"), word("link-unreadable")]
    assert found.one("p", role="alert").text == "CEB, second regular session of 2016 was not confirmed."
    assert events.by_slug(store_of(app), "ceb-2016-11").unverified


def test_next_event_is_one_key_away_with_the_same_source(editor_client):
    given = {"event": "ceb-2016-11", "source": "CEB & reports", "source_url": ""}
    answer = send(editor_client, "/desk/verify", given)
    found = page(editor_client.get(answer.headers["Location"]))
    assert found.one("input", name="source")["value"] == "CEB & reports"
    (first,) = [button["value"] for button in found.all("button") if "autofocus" in button.attributes]
    # A fragment would keep the browser from focusing it.
    assert answer.headers["Location"].endswith(f"&at={first}")


def test_source_is_kept_without_confirming_anything(app, editor_client):
    before = store_of(app).revision()
    answer = send(editor_client, "/desk/verify", {"source": "A report", "source_url": ""})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/verify?source=A+report")
    assert store_of(app).revision() == before


def test_event_is_verified_with_the_source_that_it_names(app, editor_client):
    before = events.by_slug(store_of(app), "ceb-2016-04")
    assert send(editor_client, "/desk/verify", {"own": "ceb-2016-04", "source": "Else"}).status_code == 303
    after = events.by_slug(store_of(app), "ceb-2016-04")
    assert (after.source, after.source_url, after.unverified) == ("unsceb.org", before.source_url, False)


def test_event_is_verified_once(editor_client):
    given = {"event": "ceb-2016-11", "source": "CEB report"}
    assert send(editor_client, "/desk/verify", given).status_code == 303
    assert word("event-verified") in page(send(editor_client, "/desk/verify", given), 409).text


def test_event_that_is_not_there_is_not_verified(editor_client):
    page(send(editor_client, "/desk/verify", {"event": "nothing", "source": "x"}), 404)


# Sessions


def test_session_cookie_has_these_flags(client):
    answer = sign_in(client)
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("calendar_session=")]
    value, *flags = cookie.split("; ")
    assert re.fullmatch(r"calendar_session=[\w-]{43}", value)
    flags = [flag for flag in flags if not flag.startswith("Expires=")]
    assert sorted(flags) == ["HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=Lax", "Secure"]


def test_session_cookie_of_a_local_site_works_without_https(make_app):
    answer = sign_in(make_app(base="http://127.0.0.1:8000").test_client())
    (cookie,) = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("calendar_session=")]
    assert "Secure" not in cookie.split("; ")


def test_each_sign_in_begins_a_session_of_its_own(app):
    first, second = app.test_client(), app.test_client()
    for client in (first, second):
        sign_in(client)
    assert first.get_cookie("calendar_session").value != second.get_cookie("calendar_session").value


@pytest.mark.parametrize("after", ELSEWHERE)
def test_sign_in_form_carries_no_way_elsewhere(reader, after):
    found = page(reader.get("/login", query_string={"next": after}))
    assert filled(form_of(found, "/login"))["next"] == [""]


@pytest.mark.parametrize("after", ELSEWHERE[:5])
def test_sign_in_leads_nowhere_else(client, after):
    answer = sign_in(client, next=after)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")


@pytest.mark.parametrize("after", ["/desk/verify", "/submit?event=igf-2016", "/events?q=Gen%C3%A8ve"])
def test_sign_in_leads_back_to_where_it_was_asked_for(client, after):
    assert sign_in(client, next=after).headers["Location"] == after


@pytest.mark.parametrize(
    ("email", "password"),
    [(EDITOR, "wrong"), ("nobody@example.org", PASSWORD), ("", ""), ("<b>", "x" * 9000), (EDITOR, "")],
)
def test_wrong_sign_in_tells_nothing_and_keeps_the_address(client, email, password):
    answer = send(client, "/login", {"email": email, "password": password, "next": "/desk/verify"})
    found = page(answer, 422)
    assert found.one("div", id="problems").text == word("sign-in-wrong")
    form = filled(form_of(found, "/login"))
    assert {name: form[name] for name in ("email", "password", "next")} == {
        "email": [email],
        "password": [""],
        "next": ["/desk/verify"],
    }
    assert [cookie for cookie in answer.headers.getlist("Set-Cookie") if "session" in cookie] == []


def test_sign_in_without_its_token_is_refused(client):
    client.get("/login")
    page(client.post("/login", data={"email": EDITOR, "password": PASSWORD}), 400)
    assert client.get("/desk").status_code == 303


def test_sign_in_is_limited_and_opens_again(make_app):
    moment = [NOW]
    client = make_app(clock=lambda: moment[0]).test_client()
    data = {"csrf_token": token(client, "/login"), "email": EDITOR, "password": "wrong"}
    answers = [client.post("/login", data=data) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    # The right one is refused too, or the limit would tell which it is.
    found = page(client.post("/login", data={**data, "password": PASSWORD}), 429)
    assert found.one("div", id="problems").text == word("sign-in-many")
    moment[0] += timedelta(minutes=16)
    assert client.post("/login", data={**data, "password": PASSWORD}).headers["Location"] == "/desk"


def test_sign_out_ends_the_session_on_the_server(app, editor_client):
    stolen = editor_client.get_cookie("calendar_session").value
    answer = send(editor_client, "/logout", {}, form="/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert editor_client.get_cookie("calendar_session") is None
    thief = app.test_client()
    thief.set_cookie("calendar_session", stolen)
    assert thief.get("/desk").headers["Location"] == "/login?next=/desk"
    assert "Sign in" in [link.text for link in page(thief.get("/")).all("a")]


def test_sign_out_is_no_link(editor_client):
    page(editor_client.get("/logout"), 405)
    assert editor_client.get("/desk").status_code == 200


def test_session_ends_by_itself(make_app):
    moment = [NOW]
    client = make_app(clock=lambda: moment[0]).test_client()
    sign_in(client)
    moment[0] += accounts.SESSION - timedelta(seconds=1)
    assert client.get("/desk").status_code == 200
    moment[0] += timedelta(seconds=1)
    assert client.get("/desk").status_code == 303


@pytest.mark.parametrize("address", ["/desk", "/desk/verify", "/desk/feeds", "/desk/submissions/1"])
def test_desk_is_stored_nowhere(app, editor_client, address):
    propose(app)
    answer = editor_client.get(address)
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("no-store", False)


# The first account


@pytest.fixture
def new_app(make_app, loaded_database):
    """An application where nobody has an account yet, and the address of its set-up link."""
    app = make_app(loaded_database)
    return app, f"/setup/{accounts.make_setup_link(store_of(app), now=NOW)}"


def set_up(client, address: str, *, email: str = "first@example.org", password: str = PASSWORD):
    return client.post(address, data={"csrf_token": token(client, address), "email": email, "password": password})


def test_setup_link_makes_the_first_account_and_signs_it_in(new_app):
    app, address = new_app
    client = app.test_client()
    answer = set_up(client, address)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")
    assert page(client.get("/desk")).one("footer").one("button").text == "Sign out first@example.org"
    other = app.test_client()
    again = send(other, "/login", {"email": "First@Example.org", "password": PASSWORD})
    assert again.headers["Location"] == "/desk"


def test_setup_link_works_once(new_app):
    app, address = new_app
    client, late = app.test_client(), app.test_client()
    waiting = token(late, address)
    set_up(client, address)
    for answer in (
        late.get(address),
        late.post(address, data={"csrf_token": waiting, "email": "second@example.org", "password": PASSWORD}),
    ):
        assert lede(page(answer, 404)) == word("link-used")


def test_setup_tells_each_problem_at_its_field(new_app):
    app, address = new_app
    client = app.test_client()
    found = page(set_up(client, address, email="nobody <b>", password="short"), 422)
    links = [(link["href"], link.text) for link in found.one("div", id="problems").all("a")]
    assert links == [("#email", word("email-unreadable")), ("#password", word("password-short", least=12))]
    fields = [found.one("input", id=name) for name in ("email", "password")]
    assert [(field["aria-invalid"], field.get("value")) for field in fields] == [("true", "nobody <b>"), ("true", None)]
    assert set_up(client, address).status_code == 303


@pytest.mark.parametrize("address", ["/setup/x", "/setup/%00", "/setup/" + "x" * 2000])
def test_setup_link_that_was_never_given_is_not_found(new_app, address):
    app, _ = new_app
    assert lede(page(app.test_client().get(address), 404)) == word("link-used")


def test_setup_is_closed_where_someone_has_an_account(client, app):
    assert accounts.make_setup_link(store_of(app), now=NOW) is None
    page(client.get("/setup/x"), 404)


def test_form_of_the_desk_that_was_open_too_long_is_sent_again_as_it_was_typed(app, editor_client):
    address = "/desk/events/igf-2016/engagement"
    typed = {"activity": "input", "detail": "\nA brief\non <b>", "source": "C17/1"}
    (form,) = [each for each in page(editor_client.get(address)).all("form") if "detail" in filled(each)]
    data = {**filled(form), **typed, "csrf_token": "old"}
    found = page(editor_client.post(address, data=data), 400)
    assert found.one("h1").text == "Not kept yet"
    again = filled(found.one("form", id="problems"))
    assert {name: again[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert editor_client.post(address, data=again).status_code == 303
    assert "A brief on <b>" in page(editor_client.get(address)).text
