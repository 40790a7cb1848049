"""The states of an event: every step with its reason and source, what each format then says, and how it is undone."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import changes, desk
from calendar_app.changes import What
from calendar_app.desk import Step
from calendar_app.errors import ConflictError, NotFoundError, ProblemsError
from calendar_app.events import Event
from calendar_app.publish import Publisher, named
from calendar_app.selection import Selection
from calendar_app.store import Store, events, history, search
from calendar_app.topics import Status
from tests.conftest import NOW, TODAY
from tests.webapp import page, send, store_of, token

SLUG = "ai-for-good-2027"
GIVEN = {"reason": "The host withdrew", "source": "Note verbale", "source_url": "https://www.un.org/note"}
EDITOR = "editor@example.org"
ON = [Step.POSTPONE, Step.CANCEL, Step.WITHDRAW]
OFFERED = {
    Status.TENTATIVE: [Step.CONFIRM, *ON],
    Status.CONFIRMED: [Step.EXPECT, *ON],
    Status.POSTPONED: [Step.CANCEL, Step.REINSTATE, Step.WITHDRAW],
    Status.CANCELLED: [Step.REINSTATE, Step.WITHDRAW],
    Status.WITHDRAWN: [Step.REINSTATE],
}


def take(store: Store, step: Step, slug: str = SLUG, *, sequence: int | None = None, **given: str) -> Event:
    event = events.by_slug(store, slug)
    number = event.sequence if sequence is None else sequence
    return desk.take(store, event.uid, step, given=GIVEN | given, sequence=number, actor=EDITOR, now=NOW)


def undo(store: Store, event: Event, revision: int, *, sequence: int | None = None, reason: str = "wrong") -> Event:
    number = event.sequence if sequence is None else sequence
    return desk.undo(store, event.uid, revision, sequence=number, reason=reason, actor=EDITOR, now=NOW)


def newest(store: Store, event: Event) -> history.Revision:
    return history.of_event(store, event.uid)[0]


def bare(event: Event) -> Event:
    return replace(event, sequence=0, stamp=NOW)


def test_every_state_offers_its_steps_and_no_other(store: Store):
    event = events.by_slug(store, SLUG)
    assert {status: list(desk.steps_of(replace(event, status=status))) for status in Status} == OFFERED


@pytest.mark.parametrize(
    ("first", "step", "status", "what"),
    [
        (Step.CONFIRM, Step.EXPECT, Status.TENTATIVE, What.EXPECTED),
        (None, Step.CONFIRM, Status.CONFIRMED, What.CONFIRMED),
        (None, Step.POSTPONE, Status.POSTPONED, What.POSTPONED),
        (None, Step.CANCEL, Status.CANCELLED, What.CANCELLED),
        (Step.POSTPONE, Step.CANCEL, Status.CANCELLED, What.CANCELLED),
        (None, Step.WITHDRAW, Status.WITHDRAWN, What.WITHDRAWN),
        (Step.CANCEL, Step.REINSTATE, Status.TENTATIVE, What.REINSTATED),
        (Step.WITHDRAW, Step.REINSTATE, Status.TENTATIVE, What.REINSTATED),
    ],
)
def test_step_is_one_revision_with_its_reason_and_source(store: Store, first, step, status, what):
    if first:
        take(store, first)
    before = events.by_slug(store, SLUG)
    after = take(store, step)
    assert bare(after) == bare(replace(before, status=status))
    assert after.sequence == before.sequence + 1
    assert after.stamp > before.stamp
    revision = newest(store, after)
    told = (revision.actor, revision.reason, revision.source, revision.source_url)
    assert told == (EDITOR, GIVEN["reason"], GIVEN["source"], GIVEN["source_url"])
    assert changes.between(before, after).what[0] is what


def test_reinstated_event_stands_as_it_last_stood(store: Store):
    take(store, Step.CONFIRM)
    take(store, Step.POSTPONE)
    take(store, Step.CANCEL)
    take(store, Step.WITHDRAW)
    assert take(store, Step.REINSTATE).status is Status.CONFIRMED


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED, Status.WITHDRAWN])
def test_step_that_does_not_fit_is_a_conflict_and_changes_nothing(store: Store, status: Status):
    step = {Status.POSTPONED: Step.POSTPONE, Status.CANCELLED: Step.CANCEL, Status.WITHDRAWN: Step.WITHDRAW}[status]
    stands = take(store, step)
    with pytest.raises(ConflictError, match="step-unfit"):
        take(store, step)
    assert events.by_slug(store, SLUG) == stands


def test_second_editor_is_told_of_the_first(store: Store):
    sequence = events.by_slug(store, SLUG).sequence
    stands = take(store, Step.POSTPONE, sequence=sequence)
    with pytest.raises(ConflictError, match="event-changed"):
        take(store, Step.CANCEL, sequence=sequence)
    assert events.by_slug(store, SLUG) == stands


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"reason": " ", "source": ""}, [("reason", "reason-required"), ("source", "step-source")]),
        ({"reason": "x" * 501}, [("reason", "text-long")]),
        ({"source": "x" * 501}, [("source", "text-long")]),
        ({"source_url": "www.un.org"}, [("source_url", "link-scheme")]),
        ({"source_url": "javascript:alert(1)"}, [("source_url", "link-unreadable")]),
        ({"source_url": "https://un.org/" + "x" * 1000}, [("source_url", "text-long")]),
    ],
)
def test_step_without_reason_or_source_tells_every_problem(store: Store, given, problems):
    before = events.by_slug(store, SLUG)
    with pytest.raises(ProblemsError) as caught:
        take(store, Step.CANCEL, **given)
    assert [(each.field, each.error.message) for each in caught.value.problems] == problems
    assert events.by_slug(store, SLUG) == before


def test_undone_step_restores_the_feed_but_for_sequence_and_stamp(store: Store):
    publisher = Publisher(store, base="https://calendar.example")

    def told() -> list[bytes]:
        body = publisher.feed(named(store, "all", "ics"), today=TODAY).body
        rises = (b"SEQUENCE:", b"DTSTAMP:", b"LAST-MODIFIED:")
        return [line for line in body.split(b"\r\n") if not line.startswith(rises)]

    before = told()
    cancelled = take(store, Step.CANCEL)
    assert told() != before
    revision = newest(store, cancelled)
    back = undo(store, cancelled, revision.id)
    assert told() == before
    assert back.sequence == cancelled.sequence + 1
    assert (newest(store, back).action, newest(store, back).reason) == ("undone", "wrong")


def test_undo_leaves_what_was_changed_beside_it(store: Store):
    cancelled = take(store, Step.CANCEL)
    revision = newest(store, cancelled)
    with store.change(NOW, actor=EDITOR) as change:
        edited = events.save(change, replace(cancelled, venue="Hall 4"), action="edited")
    back = undo(store, edited, revision.id)
    assert (back.status, back.venue) == (Status.TENTATIVE, "Hall 4")


def test_undo_of_an_undo_does_it_again(store: Store):
    cancelled = take(store, Step.CANCEL)
    back = undo(store, cancelled, newest(store, cancelled).id)
    assert bare(undo(store, back, newest(store, back).id)) == bare(cancelled)


def test_undo_refuses_what_it_cannot_put_back(store: Store):
    postponed = take(store, Step.POSTPONE)
    revision = newest(store, postponed)
    cancelled = take(store, Step.CANCEL)
    first = history.of_event(store, cancelled.uid)[-1]
    for error, message, call in [
        (ConflictError, "undo-since", lambda: undo(store, cancelled, revision.id)),
        (ConflictError, "undo-first", lambda: undo(store, cancelled, first.id)),
        (ConflictError, "event-changed", lambda: undo(store, cancelled, newest(store, cancelled).id, sequence=0)),
        (NotFoundError, "undo-unknown", lambda: undo(store, cancelled, 999_999)),
        (ProblemsError, "problems", lambda: undo(store, cancelled, newest(store, cancelled).id, reason=" ")),
    ]:
        with pytest.raises(error, match=message):
            call()
    assert events.by_slug(store, SLUG) == cancelled


def test_desk_page_takes_a_step_and_undoes_it(app: Flask, editor_client: FlaskClient):
    address, store = f"/desk/events/{SLUG}", store_of(app)
    found = page(editor_client.get(address))
    offered = [node["value"] for node in found.all("input", type="radio")]
    assert offered == ["move", *map(str, OFFERED[Status.TENTATIVE])]
    sequence = found.all("input", name="sequence")[0]["value"]
    answer = send(editor_client, address, {**GIVEN, "step": "cancel", "sequence": sequence})
    assert (answer.status_code, answer.location) == (303, address)
    event = events.by_slug(store, SLUG)
    assert event.status is Status.CANCELLED
    public = page(app.test_client().get(f"/events/{SLUG}"))
    assert "The host withdrew Source: Note verbale" in public.text
    revision = newest(store, event)
    data = {"undo": str(revision.id), "why": "Misread", "sequence": str(event.sequence)}
    assert send(editor_client, address, data).status_code == 303
    assert events.by_slug(store, SLUG).status is Status.TENTATIVE


def test_desk_page_keeps_what_was_typed_and_tells_each_problem(editor_client: FlaskClient):
    address = f"/desk/events/{SLUG}"
    sequence = page(editor_client.get(address)).all("input", name="sequence")[0]["value"]
    data = {"step": "postpone", "reason": "", "source": "Note", "source_url": "un", "sequence": sequence}
    found = page(send(editor_client, address, data), 422)
    assert found.one("input", id="source")["value"] == "Note"
    assert "checked" in found.one("input", value="postpone").attributes
    assert [node["id"] for node in found.all(class_="err")] == ["reason-e", "source_url-e"]
    nothing = page(send(editor_client, address, {**GIVEN, "sequence": sequence}), 422)
    assert [node["id"] for node in nothing.all(class_="err")] == ["step-e"]
    undone = page(send(editor_client, address, {"undo": "1", "sequence": sequence}), 422)
    assert [node["id"] for node in undone.all(class_="err")] == ["why-e"]


def test_desk_page_shows_a_second_editor_how_it_stands(app: Flask, editor_client: FlaskClient):
    address = f"/desk/events/{SLUG}"
    sequence = page(editor_client.get(address)).all("input", name="sequence")[0]["value"]
    take(store_of(app), Step.POSTPONE)
    found = page(send(editor_client, address, {**GIVEN, "step": "cancel", "sequence": sequence}), 409)
    assert "Someone changed this event meanwhile" in found.text
    newest = found.one("ol", class_="log").all("li")[0]
    assert newest.one("strong").text == "Postponed"
    assert [each.text for each in newest.all("li")] == ["Status: before: Expected after: Postponed"]
    assert events.by_slug(store_of(app), SLUG).status is Status.POSTPONED
    assert found.all("input", name="sequence")[0]["value"] != sequence


def test_withdrawn_event_is_listed_at_the_desk_and_comes_back_from_there(app: Flask, editor_client: FlaskClient):
    take(store_of(app), Step.WITHDRAW)
    assert app.test_client().get(f"/events/{SLUG}").status_code == 410
    links = [node["href"] for node in page(editor_client.get("/desk")).all("a")]
    address = f"/desk/events/{SLUG}"
    assert address in links
    sequence = page(editor_client.get(address)).all("input", name="sequence")[0]["value"]
    send(editor_client, address, {**GIVEN, "step": "reinstate", "sequence": sequence})
    assert page(app.test_client().get(f"/events/{SLUG}"))
    assert events.by_slug(store_of(app), SLUG).uid in {
        each.uid for each in events.by_ids(store_of(app), search.ids(store_of(app), Selection.of(event=SLUG), most=5))
    }


@pytest.mark.parametrize("undo_number", ["", "x", "1e9", "9" * 40])
def test_nobody_but_an_editor_changes_a_state(client: FlaskClient, app: Flask, undo_number: str):
    before = events.by_slug(store_of(app), SLUG)
    data = {"csrf_token": token(client, "/submit"), **GIVEN, "step": "cancel", "undo": undo_number, "sequence": "0"}
    answer = client.post(f"/desk/events/{SLUG}", data=data)
    assert (answer.status_code, answer.location) == (303, "/login?next=/desk")
    assert client.get(f"/desk/events/{SLUG}").status_code == 303
    assert events.by_slug(store_of(app), SLUG) == before


@pytest.mark.parametrize("undo_number", ["x", "1e9", "9" * 40, "999999"])
def test_undo_of_no_revision_is_refused(editor_client: FlaskClient, undo_number: str):
    answer = send(editor_client, f"/desk/events/{SLUG}", {"undo": undo_number, "why": "x", "sequence": "0"})
    assert page(answer, 404)
