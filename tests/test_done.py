"""What a page tells once after a form, and how the desk's pages lead to each other."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import desk
from tests.conftest import NOW
from tests.webapp import Node, client_as, filled, form_of, page, send, store_of

GIVEN = {"title": "Rehearsal of a Forum zyx", "dates": "18-22 April 2033", "source": "Note verbale"}
STEP = {"step": "cancel", "reason": "The host withdrew", "source": "Note verbale"}


def told(found: Node) -> list[str]:
    return [node.text for node in found.all("p", id="just-done")]


def test_what_was_done_is_told_once(editor_client: FlaskClient):
    address = "/desk/events/igf-2027"
    form = page(editor_client.get(address)).all("form", method="post")[0]
    assert editor_client.post(address, data={**filled(form), **STEP}).status_code == 303
    # The event's own page tells it too, whichever is opened first.
    assert told(page(editor_client.get("/events/igf-2027"))) == ["Recorded: It is cancelled"]
    assert told(page(editor_client.get(address))) == []


def test_nothing_is_told_of_what_was_refused(editor_client: FlaskClient):
    found = page(send(editor_client, "/desk/verify", {"event": "ceb-2016-11", "source": ""}), 422)
    assert told(found) == told(page(editor_client.get("/desk"))) == []


def test_proposer_is_told_that_the_amended_text_came_in(app: Flask, client: FlaskClient):
    address = f"/submissions/{desk.propose(store_of(app), GIVEN, now=NOW).token}"
    form = form_of(page(client.get(f"{address}/edit")), address)
    client.post(address, data={**filled(form), "city": "Quito"})
    # A public page is the same for all, and asks no cookie.
    public = client.get("/events/igf-2027")
    assert (told(page(public)), "Cookie" in public.headers.get("Vary", "")) == ([], False)
    assert told(page(client.get(address))) == ["The new text is with the editors."]
    assert told(page(client.get(address))) == []


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("/desk", ("/desk", "page")),
        ("/desk/submissions/1", ("/desk", "true")),
        ("/desk/verify?at=ceb-2016-11", ("/desk/verify", "page")),
        ("/desk/series", ("/desk/series", "page")),
        ("/desk/series/hlpf", ("/desk/series", "true")),
        ("/desk/log?who=x", ("/desk/log", "page")),
        ("/desk/events/igf-2027", None),
    ],
)
def test_pages_of_the_desk_lead_to_each_other(app: Flask, address: str, here: tuple[str, str] | None):
    desk.propose(store_of(app), GIVEN, now=NOW)
    links = page(client_as(app, "editor").get(address)).one("nav", class_="desk").all("a")
    assert [link["href"] for link in links] == [
        *("/desk", "/desk/verify", "/desk/import", "/desk/bulk", "/desk/series", "/desk/partners"),
        *("/desk/report", "/desk/figures", "/desk/log", "/desk/feeds"),
    ]
    assert links[0].text == "Queue 1"
    found = [(link["href"], link["aria-current"]) for link in links if link.get("aria-current")]
    assert found == ([here] if here else [])


def test_administrators_find_the_accounts_too(app: Flask):
    links = page(client_as(app, "admin").get("/desk")).one("nav", class_="desk").all("a")
    assert links[-1]["href"] == "/desk/accounts"


def test_enter_in_a_field_decides_nothing_where_there_are_several_decisions(app: Flask, editor_client: FlaskClient):
    address = f"/desk/submissions/{desk.propose(store_of(app), GIVEN, now=NOW).number}"
    form = page(editor_client.get(address)).one("form", id="form")
    claims = page(editor_client.get("/desk/events/habitat-2016")).all("form", method="post")[2]
    for found in (form, claims):
        assert found.all("button")[0].attributes == {"disabled": "", "hidden": ""}
