"""Undoing an import whole: the feeds are as before, what was changed since stays, and the file can be read again."""

import json
import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import pytest

from calendar_app import desk
from calendar_app.desk import batches as undoing
from calendar_app.desk import importing
from calendar_app.errors import ConflictError, NotFoundError, ProblemsError
from calendar_app.events import Event
from calendar_app.publish import Publisher, named
from calendar_app.store import Store, batches, events, history, staging
from calendar_app.store.batches import Kept
from calendar_app.topics import Status
from tests.conftest import NOW, TODAY
from tests.test_importing import (
    EDITOR,
    GENEVA,
    LATER,
    QUITO,
    ROWS,
    apply,
    bring,
    check,
    edit,
    every,
    find,
    reading,
    stage,
)

LATEST = NOW + timedelta(hours=2)
MOVED = {"a": GENEVA | {"dates": "14-16 June 2031", "venue": "Palexpo"}, "c": GENEVA | {"title": "Orbit Days"}}
_RISES = re.compile(rb"SEQUENCE:|DTSTAMP:|LAST-MODIFIED:")


def undo(store: Store, number: int, *, now=LATEST, reason: str = "The wrong file") -> None:
    desk.undo_batch(store, number, reason=reason, actor=EDITOR, now=now)
    while not batches.by_id(store, number).undone:
        desk.undo_batch_on(store, number, actor=EDITOR, now=now)


def feed(publisher: Publisher, extension: str) -> bytes:
    return publisher.feed(named(publisher.store, "all", extension), today=TODAY).body


def told(publisher: Publisher, extension: str, tombstones: Collection[str] = ()) -> object:
    """What a feed says, less what rises with every change and the tombstones of some events."""
    body = feed(publisher, extension)
    if extension == "ics":
        entries = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", body, re.DOTALL)
        gone = [entry for entry in entries if any(f"UID:{uid}\r\n".encode() in entry for uid in tombstones)]
        assert [entry for entry in gone if b"STATUS:CANCELLED" not in entry] == []
        for entry in gone:
            body = body.replace(entry, b"")
        return [line for line in body.split(b"\r\n") if not _RISES.match(line)]
    if extension == "json":
        return _plain(json.loads(body))
    if extension == "atom":
        return re.sub(rb"<updated>[^<]*</updated>", b"", body)
    return [row.rpartition(b",")[0] for row in body.split(b"\r\n")]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if name not in {"sequence", "updated"}}
    return [_plain(each) for each in value] if isinstance(value, list) else value


FORMATS = ("ics", "json", "csv", "atom")


def test_undone_import_restores_the_feeds(store: Store, publisher: Publisher):
    bring(store)
    before = {extension: told(publisher, extension) for extension in FORMATS}
    said = store.db.execute("SELECT * FROM imports WHERE origin = 'import:partner' ORDER BY key").fetchall()
    number = bring(store, MOVED | {"b": QUITO}, now=LATER)
    assert {extension: told(publisher, extension) for extension in FORMATS} != before
    added = find(store, "Orbit Days")
    undo(store, number)
    for extension in FORMATS:
        assert told(publisher, extension, [added.uid]) == before[extension], extension
    assert store.db.execute("SELECT * FROM imports WHERE origin = 'import:partner' ORDER BY key").fetchall() == said
    assert events.by_uid(store, added.uid).status is Status.WITHDRAWN
    batch = batches.by_id(store, number)
    assert (batch.undone, batch.undone_by, batch.why, batch.kept) == (LATEST, EDITOR, "The wrong file", ())
    newest = history.of_event(store, added.uid)[0]
    assert (newest.action, newest.reason, newest.batch, newest.actor) == ("undone", "The wrong file", number, EDITOR)


def test_sequence_and_stamp_of_what_is_undone_rise(store: Store):
    bring(store)
    number = bring(store, MOVED, now=LATER)
    changed = find(store, "Spectrum Days")
    undo(store, number)
    after = events.by_uid(store, changed.uid)
    assert (after.sequence, after.stamp) == (changed.sequence + 1, LATEST)


def test_file_of_an_undone_import_can_be_imported_again_and_its_events_come_back(store: Store, publisher: Publisher):
    number = bring(store)
    once = {extension: told(publisher, extension) for extension in FORMATS}
    uids = {find(store, fields["title"]).uid for fields in ROWS.values()}
    undo(store, number)
    again = stage(store, reading(ROWS), now=LATEST)
    assert [
        row.verdict for row in importing.preview(store, reading(ROWS), staging.by_id(store, again), now=LATEST)
    ] == [
        *("new", "new"),
    ]
    second = apply(store, again, now=LATEST)
    assert {extension: told(publisher, extension) for extension in FORMATS} == once
    assert {event.uid for event in every(store)} >= uids
    assert len([event for event in every(store) if event.title in {GENEVA["title"], QUITO["title"]}]) == 2
    # As after the first: it is known, and can be undone again.
    assert bring(store, now=LATEST) is None
    undo(store, second)
    assert {events.by_uid(store, uid).status for uid in uids} == {Status.WITHDRAWN}
    bring(store, now=LATEST)
    assert {extension: told(publisher, extension) for extension in FORMATS} == once


def test_event_that_comes_back_keeps_what_an_editor_had_changed(store: Store):
    number = bring(store)
    edited = edit(store, find(store, "Spectrum Days"), venue="CICG")
    undo(store, number)
    assert batches.by_id(store, number).kept == (Kept(event=edited.uid, fields=("venue",)),)
    assert events.by_uid(store, edited.uid).status is Status.WITHDRAWN
    bring(store, ROWS | {"a": GENEVA | {"url": "https://partner.example/"}}, now=LATEST)
    back = events.by_uid(store, edited.uid)
    assert (back.status, back.venue, back.url) == (Status.CONFIRMED, "CICG", "https://partner.example/")


def test_what_was_changed_again_since_is_kept_and_told(store: Store):
    bring(store)
    number = bring(store, MOVED, now=LATER)
    edited = edit(store, find(store, "Spectrum Days"), dates="21-23 June 2031", source="Note verbale")
    undo(store, number)
    after = events.by_uid(store, edited.uid)
    assert (after.span, after.source, after.venue) == (edited.span, "Note verbale", "")
    assert batches.by_id(store, number).kept == (Kept(event=edited.uid, fields=("span",)),)


def test_what_was_put_back_already_is_no_conflict(store: Store):
    bring(store)
    number = bring(store, {"a": GENEVA | {"venue": "Palexpo"}, "b": QUITO}, now=LATER)
    as_before = edit(store, find(store, "Spectrum Days"), venue="")
    undo(store, number)
    assert events.by_uid(store, as_before.uid) == as_before
    assert batches.by_id(store, number).kept == ()


def test_added_event_that_another_import_names_too_stays(store: Store):
    number = bring(store)
    other = stage(store, reading({"z": GENEVA}, origin="another"), now=LATER)
    importing.choose(store, other, [0], ticked=[], joined=[0], actor=EDITOR, now=LATER)
    apply(store, other, now=LATER)
    event = find(store, "Spectrum Days")
    undo(store, number)
    assert (find(store, "Spectrum Days"), batches.by_id(store, number).kept) == (event, (Kept(event=event.uid),))
    again = stage(store, reading(ROWS), now=LATEST)
    apply(store, again, now=LATEST)
    assert find(store, "Spectrum Days") == event


def test_event_that_an_editor_withdrew_is_left_as_it_is(store: Store):
    number = bring(store)
    event = find(store, "Spectrum Days")
    given = {"reason": "Not ours", "source": "Editor"}
    gone = desk.take(
        store, event.uid, desk.Step.WITHDRAW, given=given, sequence=event.sequence, actor=EDITOR, now=LATER
    )
    undo(store, number)
    assert events.by_uid(store, event.uid) == gone
    # Its withdrawal was an editor's own, and stands when the file is read again.
    bring(store, now=LATEST)
    assert events.by_uid(store, event.uid) == gone


def test_later_import_of_the_same_source_is_undone_first(store: Store):
    first = bring(store)
    second = bring(store, MOVED, now=LATER)
    with pytest.raises(ConflictError, match="batch-later"):
        undo(store, first)
    undo(store, second)
    undo(store, first)
    assert [event for event in every(store) if event.public and event.title in {"Spectrum Days", "Orbit Days"}] == []


def test_undoing_goes_on_where_it_was_interrupted(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(undoing, "CHUNK", 2)
    rows = {f"k{number}": GENEVA | {"title": f"Meeting number {number}"} for number in range(5)}
    number = bring(store, rows)
    waiting = stage(store, reading(rows | {"b": QUITO}))
    desk.undo_batch(store, number, reason="Wrong", actor=EDITOR, now=LATER)
    assert batches.tally(store, number) == {"added": 5, "changed": 0, "undone": 2}
    with pytest.raises(ConflictError, match="batch-undone"):
        desk.undo_batch(store, number, reason="Wrong", actor=EDITOR, now=LATER)
    with pytest.raises(ConflictError, match="batch-undoing"):
        importing.apply(store, waiting, actor=EDITOR, now=LATER)
    desk.undo_batch_on(store, number, actor=EDITOR, now=LATER)
    desk.undo_batch_on(store, number, actor=EDITOR, now=LATER)
    assert batches.by_id(store, number).undone == LATER
    assert [event for event in every(store) if event.title.startswith("Meeting number") and event.public] == []
    with pytest.raises(ConflictError, match="batch-undone"):
        desk.undo_batch_on(store, number, actor=EDITOR, now=LATER)


def test_undoing_an_unfinished_import_drops_what_is_left_of_it(store: Store):
    bring(store)
    number = stage(store, reading({"a": GENEVA | {"venue": "Palexpo"}, "b": QUITO | {"venue": "Hotel"}}), now=LATER)
    edit(store, find(store, "Spectrum Days"), description="x")
    importing.apply(store, number, actor=EDITOR, now=LATER)
    found = staging.by_id(store, number)
    assert found.state == "ready"
    undo(store, found.batch)
    assert staging.by_id(store, number).state == "dropped"
    assert find(store, QUITO["title"]).venue == ""


@pytest.mark.parametrize("reason", ["", "x" * 501])
def test_undoing_a_batch_needs_a_reason(store: Store, reason: str):
    number = bring(store)
    with pytest.raises(ProblemsError):
        undo(store, number, reason=reason)
    assert batches.by_id(store, number).undoing is None


def test_batch_that_is_not_there_is_not_found(store: Store):
    for call in (
        lambda: desk.undo_batch(store, 7, reason="x", actor=EDITOR, now=NOW),
        lambda: desk.undo_batch_on(store, 7, actor=EDITOR, now=NOW),
    ):
        with pytest.raises(NotFoundError, match="batch-unknown"):
            call()


def test_undone_batch_is_in_the_journal(store: Store):
    number = bring(store)
    undo(store, number)
    last = store.db.execute("SELECT action, subject, detail, reason FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    assert last == ("batch-undone", f"/desk/batches/{number}", "Partner calendar", "The wrong file")


def test_events_of_one_import_are_its_own(store: Store):
    """An import that only joined an event leaves it alone when it is undone."""
    bring(store)
    event: Event = find(store, "Spectrum Days")
    other = stage(store, reading({"z": GENEVA}, origin="another"), now=LATER)
    importing.choose(store, other, [0], ticked=[], joined=[0], actor=EDITOR, now=LATER)
    number = apply(store, other, now=LATER)
    undo(store, number)
    assert find(store, "Spectrum Days") == event
    again = check(store, stage(store, reading({"z": GENEVA}, origin="another"), now=LATEST))
    assert apply(store, again, now=LATEST) is not None
    assert find(store, "Spectrum Days") == event
