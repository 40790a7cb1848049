"""Moving an event: one step with reason and source that keeps what was to be, told in every format."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import desk, spans
from calendar_app.desk import Step
from calendar_app.errors import ConflictError, GoneError, ProblemsError
from calendar_app.events import Event
from calendar_app.store import Store, events, history
from calendar_app.topics import Mode, Status
from tests.conftest import NOW
from tests.webapp import EDITOR, page, send, store_of

SLUG = "unfccc-cop-2027"
WHY = {"reason": "The host withdrew", "source": "Note verbale 12", "source_url": "https://unfccc.int/note"}
THERE = {"dates": "15-26 November 2027", "city": "Bonn", "country": "DE", "venue": "World Conference Center"}


def move(store: Store, slug: str = SLUG, *, sequence: int | None = None, **given: str) -> Event:
    event = events.by_slug(store, slug)
    number = event.sequence if sequence is None else sequence
    return desk.move(store, event.uid, {**WHY, **given}, sequence=number, actor=EDITOR, now=NOW)


def fields(error: pytest.ExceptionInfo[ProblemsError]) -> list[tuple[str, str]]:
    return [(problem.field, problem.error.message) for problem in error.value.problems]


def test_move_keeps_what_was_to_be_as_an_earlier_plan(store: Store):
    before = events.by_slug(store, SLUG)
    after = move(store, **THERE)
    assert (after.uid, after.slug, after.sequence) == (before.uid, before.slug, before.sequence + 1)
    assert (after.span, after.city, after.country, after.timezone) == (
        spans.parse("15-26 November 2027"),
        "Bonn",
        "DE",
        "Europe/Berlin",
    )
    assert (after.source, after.source_url) == ("Note verbale 12", "https://unfccc.int/note")
    assert [(plan.span, plan.city, plan.reason) for plan in after.plans[len(before.plans) :]] == [
        (before.span, before.city, "The host withdrew")
    ]
    (revision, *_) = history.of_event(store, after.uid)
    assert (revision.action, revision.reason, revision.source) == ("moved", "The host withdrew", "Note verbale 12")


def test_move_online_takes_the_city_away(store: Store):
    after = move(store, dates="15-26 November 2027", city="", country="", venue="", mode="online")
    assert (after.mode, after.city, after.country, after.venue) == (Mode.ONLINE, "", "", "")
    assert after.plans[-1].city == "Addis Ababa"


def test_postponed_event_that_gets_dates_is_on_again(store: Store):
    event = events.by_slug(store, SLUG)
    desk.take(store, event.uid, Step.POSTPONE, given=WHY, sequence=event.sequence, actor=EDITOR, now=NOW)
    after = move(store, dates="March 2028")
    assert (after.status, after.span, after.city) == (Status.CONFIRMED, spans.parse("March 2028"), event.city)


def test_move_leaves_the_rest_of_the_event_alone(store: Store):
    before = events.by_slug(store, "hlpf-2016")
    assert before.parts
    after = move(store, "hlpf-2016", dates="12-21 July 2016")
    assert (after.parts, after.deadlines, after.themes, after.sdgs, after.roles, after.claims) == (
        before.parts,
        before.deadlines,
        before.themes,
        before.sdgs,
        before.roles,
        before.claims,
    )


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"reason": ""}, [("reason", "reason-required")]),
        ({"source": "", "dates": "soon"}, [("dates", "span-unreadable"), ("source", "source-required")]),
        ({"dates": "20 - 12 July 2027", "reason": ""}, [("dates", "span-backwards"), ("reason", "reason-required")]),
        ({"mode": "online", "city": "Bonn"}, [("city", "online-city")]),
        ({}, [("dates", "move-nothing")]),
    ],
)
def test_move_tells_every_problem_at_its_field(store: Store, given: dict[str, str], wanted: list[tuple[str, str]]):
    revision = store.revision()
    with pytest.raises(ProblemsError) as error:
        move(store, **given)
    assert fields(error) == wanted
    assert store.revision() == revision


def test_move_on_top_of_anothers_change_is_refused(store: Store):
    sequence = events.by_slug(store, SLUG).sequence
    move(store, **THERE)
    with pytest.raises(ConflictError):
        move(store, sequence=sequence, dates="1-2 May 2028")
    assert events.by_slug(store, SLUG).span == spans.parse("15-26 November 2027")


def test_withdrawn_event_does_not_move(store: Store):
    event = events.by_slug(store, SLUG)
    desk.take(store, event.uid, Step.WITHDRAW, given=WHY, sequence=event.sequence, actor=EDITOR, now=NOW)
    with pytest.raises(GoneError):
        move(store, **THERE)


def test_move_from_its_page_is_told_by_every_format(app: Flask, editor_client: FlaskClient):
    address = f"/desk/events/{SLUG}"
    found = page(editor_client.get(address))
    assert found.one("input", id="city")["value"] == "Addis Ababa"
    sequence = found.all("input", name="sequence")[0]["value"]
    given = {"step": "move", "sequence": sequence, "mode": "in-person", **WHY, **THERE}
    wrong = page(send(editor_client, address, {**given, "dates": "soon"}), 422)
    assert [wrong.one("input", id=name)["value"] for name in ("dates", "city")] == ["soon", "Bonn"]
    assert [node["id"] for node in wrong.all(class_="err")] == ["dates-e"]
    answer = send(editor_client, address, given)
    assert (answer.status_code, answer.location) == (303, address)
    reader = app.test_client()
    uid = events.by_slug(store_of(app), SLUG).uid
    ics = reader.get(f"/events/{SLUG}.ics").get_data(as_text=True)
    assert "DTSTART;VALUE=DATE:20271115" in ics
    assert "LOCATION:World Conference Center\\, Bonn" in ics
    (told,) = json.loads(reader.get(f"/feeds/select.json?event={SLUG}").data)["events"]
    assert (told["uid"], told["dates"]["first"], told["place"]["city"]) == (uid, "2027-11-15", "Bonn")
    assert "15–26 November 2027" in page(reader.get(f"/events/{SLUG}")).text
    assert "The host withdrew" in reader.get(f"/events/{SLUG}").get_data(as_text=True)
    assert "Bonn" in reader.get(f"/feeds/select.atom?event={SLUG}").get_data(as_text=True)
    assert "Bonn" in reader.get(f"/feeds/select.csv?event={SLUG}").get_data(as_text=True)
