"""A pasted line fills the add-event form; two keys publish it."""

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app.store import events
from tests.webapp import filled, form_of, page, send, store_of

LINE = "COP 34, 5-16 November 2029, Bonn https://unfccc.int/cop34"


def at(line: str, source: str = "") -> str:
    return f"/submit?line={quote(line)}&source={quote(source)}"


def test_editor_publishes_a_pasted_line_with_the_button_at_hand(app: Flask, editor_client: FlaskClient):
    address = at(LINE)
    found = page(editor_client.get(address))
    assert found.one("section", aria_labelledby="preview").one("h3").text == "COP 34"
    (button,) = [node for node in found.all("button") if "autofocus" in node.attributes]
    sent = {**filled(form_of(found, "/submit")), button["name"]: [button["value"]]}
    answer = editor_client.post("/submit", data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/events/cop-34-2029")
    event = events.by_slug(store_of(app), "cop-34-2029")
    assert (event.series, event.city, event.country, event.url, event.source, event.source_url) == (
        "unfccc-cop",
        "Bonn",
        "DE",
        "https://unfccc.int/cop34",
        "unfccc.int",
        "https://unfccc.int/cop34",
    )


def test_desk_has_a_field_for_a_line(editor_client: FlaskClient):
    found = page(editor_client.get("/desk"))
    (form,) = [form for form in found.all("form") if form["action"] == "/submit"]
    assert (form["method"], sorted(filled(form))) == ("get", ["line", "source"])


def test_line_without_a_source_asks_for_one_and_keeps_the_rest(editor_client: FlaskClient):
    found = page(editor_client.get(at("HLPF, 11-20 July 2029, New York")))
    form = filled(form_of(found, "/submit"))
    assert [form[name] for name in ("title", "dates", "city", "country", "series")] == [
        *(["HLPF"], ["11-20 July 2029"], ["New York"], ["US"], ["hlpf"])
    ]
    assert [node["id"] for node in found.all("input") if node.get("aria-invalid")] == ["source"]
    told = page(editor_client.get(at("HLPF, 11-20 July 2029, New York", "ECOSOC decision 2028/5")))
    assert told.one("input", id="source")["value"] == "ECOSOC decision 2028/5"
    assert told.all("section", aria_labelledby="preview")


def test_line_that_repeats_an_event_shows_it(editor_client: FlaskClient):
    found = page(editor_client.get(at("IGF, 6-9 December 2016, Guadalajara", "x")))
    links = [link["href"] for link in found.one("aside", aria_labelledby="likely").all("a")]
    assert "/events/igf-2016" in links


@pytest.mark.parametrize("line", ["", "   ", "something", "a\n\nb, May", "x" * 5000, "\x00", "\ud800", "3 May, 4 June"])
def test_line_that_tells_no_event_is_a_form_with_what_is_missing(reader: FlaskClient, line: str):
    found = page(reader.get("/submit", query_string={"line": line.encode("utf-8", "surrogatepass")}))
    assert found.one("div", id="problems")
    assert found.one("h1").text == "Add an event"


def test_stranger_may_paste_a_line_but_not_publish_it(app: Flask, client: FlaskClient):
    found = page(client.get(at(LINE)))
    assert [node for node in found.all("button") if "autofocus" in node.attributes] == []
    sent = {name: values for name, values in filled(form_of(found, "/submit")).items() if name != "csrf_token"}
    answer = send(client, "/submit", {**sent, "do": "send"})
    assert (answer.status_code, answer.headers["Location"][:13]) == (303, "/submissions/")
    assert app.test_client().get("/events/cop-34-2029").status_code == 404
