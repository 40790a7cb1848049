"""One change of many events: shown before it is made, made whole or not at all, and undone as one."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import desk
from calendar_app.desk import bulk
from calendar_app.desk.bulk import Edit, What
from calendar_app.errors import ConflictError, ProblemsError
from calendar_app.events import Event
from calendar_app.publish import Publisher
from calendar_app.selection import Selection
from calendar_app.store import Store, batches, events, history, search, series
from calendar_app.topics import Kind, Role
from tests.test_batches import FORMATS, LATEST, told
from tests.test_importing import EDITOR, LATER, edit
from tests.webapp import filled, form_of, page, send, store_of

HLPF = "/desk/bulk?series=hlpf"


def chosen(store: Store, **facets: str) -> list[Event]:
    return events.by_ids(store, search.ids(store, Selection.of(**facets)))


def read(store: Store, what: str, value: str, reason: str = "Agreed in May") -> Edit:
    return bulk.read_edit(what, value, reason, series.directory(store))


def apply(store: Store, found: list[Event], edit: Edit) -> int:
    seen = {event.uid: event.sequence for event in found}
    return bulk.apply(store, seen, edit, name="In words", actor=EDITOR, now=LATER)


def changed(store: Store, slug: str, what: str, value: str) -> Event:
    event = events.by_slug(store, slug)
    return bulk.changed(event, read(store, what, value), series.directory(store))


def test_change_of_many_is_one_batch_with_its_reason(store: Store):
    found = chosen(store, series="hlpf")
    assert len(found) > 5
    number = apply(store, found, read(store, "add-theme", "cybersecurity"))
    after = chosen(store, series="hlpf")
    assert [event.themes for event in after] == [(*event.themes, "cybersecurity") for event in found]
    assert [event.sequence for event in after] == [event.sequence + 1 for event in found]
    batch = batches.by_id(store, number)
    assert (batch.kind, batch.name, batch.actor, batch.reason) == ("bulk", "In words", EDITOR, "Agreed in May")
    assert batches.tally(store, number) == {"added": 0, "changed": len(found), "undone": 0}
    newest = history.of_event(store, after[0].uid)[0]
    assert (newest.action, newest.actor, newest.reason, newest.batch) == ("edited", EDITOR, "Agreed in May", number)


def test_undone_change_of_many_restores_the_feeds(store: Store, publisher: Publisher):
    before = {extension: told(publisher, extension) for extension in FORMATS}
    number = apply(store, chosen(store, series="hlpf"), read(store, "add-sdg", "14"))
    assert told(publisher, "json") != before["json"]
    desk.undo_batch(store, number, reason="Wrong list", actor=EDITOR, now=LATEST)
    assert {extension: told(publisher, extension) for extension in FORMATS} == before


@pytest.mark.parametrize(
    ("what", "value", "name", "after"),
    [
        ("remove-theme", "2030-agenda", "themes", None),
        ("add-sdg", "14", "sdgs", None),
        ("remove-sdg", "17", "sdgs", None),
        ("series", "wsis-forum", "series", "wsis-forum"),
        ("series", "", "series", ""),
        ("kind", "summit", "kind", Kind.SUMMIT),
        ("convener", "  UN   DESA ", "convener", "UN DESA"),
        ("add-role", "chair", "roles", None),
    ],
)
def test_each_change_changes_its_field_alone(store: Store, what, value, name, after):
    event = events.by_slug(store, "hlpf-2026")
    if what == "remove-theme":
        value, after = event.themes[0], event.themes[1:]
    elif "sdg" in what:
        after = tuple(sorted({*event.sdgs} ^ {int(value)}))
        assert (int(value) in event.sdgs) is (what == "remove-sdg")
    elif what == "add-role":
        # What the series gives is kept beside it.
        held = [role.role for role in series.directory(store)["hlpf"].roles]
        assert held
        after = (*held, Role.CHAIR)
    found = changed(store, "hlpf-2026", what, value)
    differing = {field for field in Event.__dataclass_fields__ if getattr(found, field) != getattr(event, field)}
    assert (differing, getattr(found, name)) == ({name, "sequence"}, after)
    assert bulk.changed(found, read(store, what, value), series.directory(store)) == found


def test_preview_tells_those_alone_that_would_change(store: Store):
    found = chosen(store, series="hlpf")
    apply(store, found[:2], read(store, "add-theme", "cybersecurity"))
    differing = bulk.preview(store, [event.uid for event in found], read(store, "add-theme", "cybersecurity"))
    assert [before.uid for before, _ in differing] == [event.uid for event in found[2:]]


def test_change_on_top_of_anothers_is_refused_whole(store: Store):
    found = chosen(store, series="hlpf")
    edit(store, found[0], venue="Elsewhere")
    before = chosen(store, series="hlpf")
    with pytest.raises(ConflictError, match="bulk-gone"):
        apply(store, found, read(store, "add-theme", "cybersecurity"))
    assert chosen(store, series="hlpf") == before
    assert batches.newest(store, "bulk", most=9) == []


@pytest.mark.parametrize(
    ("what", "value", "reason", "problems"),
    [
        ("", "", "x", [("what", "bulk-change")]),
        ("add-theme", "no-theme", "x", [("what", "bulk-change")]),
        ("add-sdg", "18", "x", [("what", "bulk-change")]),
        ("series", "nowhere", "x", [("what", "bulk-change")]),
        ("convener", "c" * 201, "x", [("what", "text-long")]),
        ("kind", "meal", " ", [("what", "bulk-change"), ("reason", "reason-required")]),
    ],
)
def test_change_that_is_none_tells_every_problem(store: Store, what, value, reason, problems):
    with pytest.raises(ProblemsError) as caught:
        read(store, what, value, reason)
    assert [(each.field, each.error.message) for each in caught.value.problems] == problems


def test_change_of_nothing_is_told(store: Store):
    theme = read(store, "add-theme", "cybersecurity")
    apply(store, chosen(store, series="hlpf"), theme)
    for found, message in (([], "bulk-events"), (chosen(store, series="hlpf"), "bulk-same")):
        with pytest.raises(ProblemsError) as caught:
            apply(store, found, theme)
        assert [each.error.message for each in caught.value.problems] == [message]


def test_page_shows_the_change_before_it_makes_it_and_undoes_it(app: Flask, editor_client: FlaskClient):
    store = store_of(app)
    assert HLPF in [node["href"] for node in page(editor_client.get("/events?series=hlpf")).all("a")]
    form = form_of(page(editor_client.get(HLPF)), HLPF)
    found = chosen(store, series="hlpf")
    given = filled(form)
    assert given["event"] == [event.uid for event in found]
    given |= {"event": given["event"][1:], "what": ["add-theme"], "value-add-theme": ["cybersecurity"]}
    shown = page(editor_client.post(HLPF, data={**given, "reason": "Agreed", "do": "preview"}))
    assert shown.one("h1").text == "Add a theme: Cybersecurity and cybercrime"
    assert len(shown.one("tbody").all("tr")) == len(found) - 1
    assert chosen(store, series="hlpf") == found
    answer = editor_client.post(HLPF, data={**filled(form_of(shown, HLPF)), "do": "apply"})
    assert (answer.status_code, answer.location) == (303, "/desk/batches/1")
    assert ["cybersecurity" in event.themes for event in chosen(store, series="hlpf")] == [
        *([False] + [True] * (len(found) - 1)),
    ]
    assert "Add a theme: Cybersecurity and cybercrime" in page(editor_client.get(HLPF)).one("section").text
    wrong = page(send(editor_client, "/desk/batches/1", {"reason": ""}), 422)
    assert [node["id"] for node in wrong.all(class_="err")] == ["reason-e"]
    assert send(editor_client, "/desk/batches/1", {"reason": "Not agreed"}).status_code == 303
    assert "It is undone." in page(editor_client.get("/desk/batches/1")).text
    assert [event.themes for event in chosen(store, series="hlpf")] == [event.themes for event in found]


def test_page_tells_each_problem_and_keeps_what_was_chosen(app: Flask, editor_client: FlaskClient):
    form = form_of(page(editor_client.get(HLPF)), HLPF)
    some = filled(form)["event"][:2]
    data = {**filled(form), "event": some, "what": "kind", "value-kind": "nonsense", "reason": ""}
    found = page(editor_client.post(HLPF, data=data), 422)
    assert [node["id"] for node in found.all(class_="err")] == ["what-e", "reason-e"]
    assert filled(form_of(found, HLPF))["event"] == some
    nothing = {**filled(form), "event": [], "what": "kind", "value-kind": "summit", "reason": "x"}
    assert [node["id"] for node in page(editor_client.post(HLPF, data=nothing), 422).all(class_="err")] == ["events-e"]


def test_page_tells_of_a_change_made_meanwhile(app: Flask, editor_client: FlaskClient):
    store, form = store_of(app), form_of(page(editor_client.get(HLPF)), HLPF)
    data = {**filled(form), "what": "kind", "value-kind": "summit", "reason": "x"}
    shown = page(editor_client.post(HLPF, data={**data, "do": "preview"}))
    edit(store, events.by_slug(store, "hlpf-2026"), venue="Elsewhere")
    found = page(editor_client.post(HLPF, data={**filled(form_of(shown, HLPF)), "do": "apply"}), 409)
    assert "Nothing was changed" in found.text
    assert {event.kind for event in chosen(store, series="hlpf")} == {Kind.FORUM}


def test_page_takes_a_large_selection_piece_by_piece(editor_reader: FlaskClient):
    first = form_of(page(editor_reader.get("/desk/bulk")), "/desk/bulk")
    second = form_of(page(editor_reader.get("/desk/bulk?page=2")), "/desk/bulk?page=2")
    uids = [filled(form)["event"] for form in (first, second)]
    assert [len(each) for each in uids] == [100, 100]
    assert set(uids[0]).isdisjoint(uids[1])


@pytest.mark.parametrize("uid", ["", "x", "9" * 5000, "\x00", "é" * 36, "a" * 36])
def test_event_that_is_none_is_not_found(editor_reader: FlaskClient, uid):
    data = {"event": uid, "what": "kind", "value-kind": "summit", "reason": "x", "do": "apply"}
    assert page(send(editor_reader, HLPF, data), 404)


def test_nobody_but_an_editor_changes_many(app: Flask, client: FlaskClient):
    assert (client.get(HLPF).status_code, client.get("/desk/batches/1").status_code) == (303, 303)
    assert not [node for node in page(client.get("/events?series=hlpf")).all("a") if "bulk" in node["href"]]
    assert send(client, HLPF, {"what": "kind"}, form="/login").status_code == 303
    assert batches.newest(store_of(app), "bulk", most=9) == []


def test_every_change_has_a_name(editor_reader: FlaskClient):
    found = page(editor_reader.get(HLPF))
    offered = [node["value"] for node in found.all("input", type="radio")]
    assert offered == [str(what) for what in What]
    assert re.search("Add a role of ITU", found.text)
