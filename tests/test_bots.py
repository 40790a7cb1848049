"""The open form against programs: a field that people don't see and a signed moment, both told in words."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from calendar_app import texts
from calendar_app.errors import CalendarError
from calendar_app.store import submissions as queue
from tests.conftest import NOW
from tests.webapp import Node, filled, form_of, page, send, sign_in, store_of

TEXTS = texts.of("en")
GIVEN = {"title": "Rehearsal of a Forum zyx", "dates": "18-22 April 2033", "source": "Note verbale of 3 March"}
THE_DAY_AFTER = timedelta(hours=24, seconds=1)


def word(message: str) -> str:
    return TEXTS.error(CalendarError(message))


def opened(client: FlaskClient, address: str = "/submit") -> dict[str, list[str]]:
    return filled(form_of(page(client.get(address)), "/submit"))


def refused(answer, message: str) -> dict[str, list[str]]:
    """The form that came back: what was typed is still there, and why it was not taken."""
    found: Node = page(answer, 422)
    assert found.one("div", id="problems").text == word(message)
    form = filled(form_of(found, "/submit"))
    assert {name: form[name] for name in GIVEN} == {name: [value] for name, value in GIVEN.items()}
    assert form["website"] == [""]
    return form


@pytest.fixture
def moments() -> list:
    return [NOW]


@pytest.fixture
def stranger(make_app, moments) -> FlaskClient:
    """Someone at a site that limits posts, whose clock shows the last of the moments."""
    return make_app(rate_limit=True, clock=lambda: moments[-1]).test_client()


def waiting(client: FlaskClient) -> int:
    return len(queue.pending(store_of(client.application)))


def test_trap_is_there_for_programs_alone(reader, editor_reader):
    field = page(reader.get("/submit")).one("input", name="website")
    assert (field["tabindex"], field["autocomplete"], field.get("type")) == ("-1", "off", None)
    assert (field.parent["class"], field.parent.one("label").text) == ("vh", "Leave this field empty")
    form = opened(editor_reader)
    assert set(form) & {"website", "opened"} == set()


def test_filled_trap_is_told_and_sending_again_works(app, client):
    form = {**opened(client), **GIVEN}
    again = refused(client.post("/submit", data={**form, "website": "https://spam.example"}), "form-trap")
    assert queue.pending(store_of(app)) == []
    assert client.post("/submit", data=again).status_code == 303
    assert waiting(client) == 1


def test_form_sent_at_once_is_told_to_wait(stranger, moments):
    form = {**opened(stranger), **GIVEN}
    moments.append(NOW + timedelta(seconds=2.9))
    again = refused(stranger.post("/submit", data=form), "form-fast")
    assert (waiting(stranger), again["opened"]) == (0, form["opened"])
    moments.append(NOW + timedelta(seconds=3))
    assert stranger.post("/submit", data=again).status_code == 303
    assert waiting(stranger) == 1


def test_clock_that_was_set_back_is_waited_for(stranger, moments):
    form = {**opened(stranger), **GIVEN}
    moments.append(NOW - timedelta(hours=1))
    refused(stranger.post("/submit", data=form), "form-fast")


@pytest.mark.parametrize(
    "stamp", [None, "", "0", "1795512600000.forged", "." * 5000, "\x00", "\udcff", "٣.x", "9" * 400]
)
def test_form_without_its_moment_gets_a_new_one(stranger, moments, stamp):
    form = {**opened(stranger), **GIVEN}
    del form["opened"]
    moments.append(NOW + timedelta(minutes=5))
    sent = form if stamp is None else {**form, "opened": stamp.encode("utf-8", "surrogatepass")}
    again = refused(stranger.post("/submit", data=sent), "form-unsigned")
    moments.append(moments[-1] + timedelta(seconds=3))
    assert stranger.post("/submit", data=again).status_code == 303
    assert waiting(stranger) == 1


def test_moment_of_another_site_is_none(make_app, stranger, moments):
    other = make_app(rate_limit=True, secret_key="another", clock=lambda: NOW).test_client()
    theirs = opened(other)["opened"]
    moments.append(NOW + timedelta(minutes=5))
    refused(stranger.post("/submit", data={**opened(stranger), **GIVEN, "opened": theirs}), "form-unsigned")


def test_form_that_was_open_for_a_day_is_sent_once_more(stranger, moments):
    old = opened(stranger)["opened"]
    moments.append(NOW + THE_DAY_AFTER)
    form = {**opened(stranger), **GIVEN, "opened": old}
    again = refused(stranger.post("/submit", data=form), "form-old")
    assert (waiting(stranger), again["opened"] == old) == (0, False)
    moments.append(moments[-1] + timedelta(seconds=3))
    assert stranger.post("/submit", data=again).status_code == 303


def test_moment_counts_from_when_the_form_was_first_opened(stranger, moments):
    form = {**opened(stranger), **GIVEN}
    moments.append(NOW + timedelta(minutes=1))
    previewed = filled(form_of(page(stranger.post("/submit", data={**form, "do": "preview"})), "/submit"))
    wrong = page(stranger.post("/submit", data={**previewed, "dates": "soon"}), 422)
    mended = {**filled(form_of(wrong, "/submit")), "dates": GIVEN["dates"]}
    assert stranger.post("/submit", data=mended).status_code == 303


def test_change_is_asked_for_its_moment_too(stranger, moments):
    form = {**opened(stranger, "/submit?event=igf-2016"), "venue": "Expo"}
    found = page(stranger.post("/submit", data=form), 422)
    assert found.one("div", id="problems").all("strong")[0].text == word("form-fast")
    moments.append(NOW + timedelta(seconds=3))
    assert stranger.post("/submit", data=form).status_code == 303


def test_editors_are_taken_for_people(make_app):
    client = make_app(rate_limit=True).test_client()
    sign_in(client)
    assert send(client, "/submit", {**GIVEN, "website": "typed by a tool"}).status_code == 303


def test_site_without_limits_asks_for_no_moment(app, client):
    assert send(client, "/submit", {**GIVEN, "opened": "forged"}).status_code == 303
