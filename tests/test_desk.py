"""The desk's use cases: what a proposal, an approval, an edit and a verification do, and what they leave alone."""

import re
import sqlite3
import uuid
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from calendar_app import desk, pieces, spans
from calendar_app.errors import ConflictError, NotFoundError, ProblemsError
from calendar_app.events import Deadline, Draft, Event, Part, Plan
from calendar_app.options import Deadlines, Options
from calendar_app.publish import Publisher, named, selected
from calendar_app.selection import Selection
from calendar_app.store import Store, events, history, search, series
from calendar_app.store import submissions as queue
from calendar_app.store.submissions import Submission
from calendar_app.submissions import FIELDS, fields_of
from calendar_app.topics import Confidence, DeadlineKind, Kind, Role, Status
from tests.conftest import NOW, TODAY

GIVEN = {
    "title": "Rehearsal of a Forum",
    "series": "hlpf",
    "kind": "summit",
    "dates": "18-22 April 2033",
    "city": "Genève",
    "country": "CH",
    "themes": ["cybersecurity"],
    "sdgs": ["13", "9"],
    "source": "Note verbale",
}
FEEDS = ("all", "theme/cybersecurity", "sdg/9", "sdg/13", "series/hlpf", "kind/summit", "country/CH", "year/2033")
LATER = NOW + timedelta(hours=1)
EDITOR = "editor@example.org"


def told(error: ProblemsError) -> list[tuple[str, str]]:
    return [(problem.field, problem.error.message) for problem in error.problems]


def propose(store: Store, **given: object) -> desk.Received:
    return desk.propose(store, {**GIVEN, **given}, now=NOW)


def approve(store: Store, number: int, **given: object) -> Event:
    return desk.approve(store, number, {**GIVEN, **given}, actor=EDITOR, reason="read it", now=LATER)


def add(store: Store, **given: object) -> Event:
    return desk.add(store, {**GIVEN, **given}, actor=EDITOR, now=NOW)


def edit(
    store: Store, event: Event, *, sequence: int | None = None, moved=False, reason="typo", **given: object
) -> Event:
    return desk.edit(
        store,
        event.uid,
        {**fields_of(event), **given},
        sequence=event.sequence if sequence is None else sequence,
        moved=moved,
        actor=EDITOR,
        reason=reason,
        now=LATER,
    )


def every_event(store: Store) -> list[Event]:
    return events.by_ids(store, list(range(1, 10_000)))


def body(publisher: Publisher, name: str) -> bytes:
    return publisher.feed(named(publisher.store, name, "ics"), today=TODAY).body


def uids(publisher: Publisher, name: str) -> set[str]:
    return set(re.findall("BEGIN:VEVENT\r\nUID:(.{36})\r\n", body(publisher, name).decode()))


def seen(store: Store, publisher: Publisher) -> tuple[object, ...]:
    everything = Selection()
    rows = store.db.conn.execute("SELECT slug, sequence, stamp, published FROM events ORDER BY id").fetchall()
    return search.ids(store, everything), search.count(store, everything), body(publisher, "all"), rows


def keep(store: Store, event: Event) -> Event:
    with store.change(NOW, actor="test") as change:
        return events.save(change, event, action="added")


def test_proposal_waits_with_its_fields_cleaned(store):
    received = propose(
        store,
        submitter_email=" someone@example.org ",
        url="",
        venue="  CI\x00CG\u2066\n ",
        description="One\r\nTwo\u202e ",
        country=" ch",
        webcast_url="HTTPS://example.org/ ",
        mode=" ",
    )
    waiting = Submission(
        id=received.number,
        received=NOW,
        state="pending",
        fields={**GIVEN, "venue": "CICG", "description": "One\nTwo", "webcast_url": "https://example.org/"},
        email="someone@example.org",
        event="",
        decided=None,
        decided_by="",
        reason="",
    )
    assert queue.pending(store) == [waiting]
    assert desk.proposal(store, received.token) == waiting


def test_proposal_shows_nothing_in_public(store, publisher):
    before = seen(store, publisher)
    propose(store)
    assert seen(store, publisher) == before


def test_proposal_is_found_by_its_token_alone(store):
    received = propose(store)
    for token in ("", received.token[:-1], received.token.lower() + "x", str(received.number)):
        with pytest.raises(NotFoundError) as caught:
            desk.proposal(store, token)
        assert caught.value.message == "submission-unknown"


def test_token_of_a_proposal_is_not_in_the_database(store):
    received = propose(store)
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert received.token.encode() not in store.path.read_bytes()


def test_proposal_with_problems_is_not_kept(store):
    with pytest.raises(ProblemsError) as caught:
        propose(store, dates="soon", source="")
    assert told(caught.value) == [("dates", "span-unreadable"), ("source", "source-required")]
    assert queue.pending(store) == []


def test_proposal_keeps_nothing_that_is_an_editors(store):
    propose(store, status="cancelled", role=["host"])
    assert queue.pending(store)[0].fields == GIVEN
    propose(store, status="\ud800" * 10_000)
    assert queue.pending(store)[1].fields == GIVEN


def test_email_of_a_proposal_is_kept_cleaned(store):
    propose(store, submitter_email="\x00someone@exam\u202eple.org")
    assert queue.pending(store)[0].email == "someone@example.org"


def test_approval_makes_the_event_public_wherever_it_belongs(store, publisher):
    before = {name: uids(publisher, name) for name in FEEDS}
    event = approve(store, propose(store).number)
    assert event == Event(
        uid=event.uid,
        slug="rehearsal-of-a-forum-2033",
        stamp=LATER,
        title="Rehearsal of a Forum",
        span=spans.parse("18-22 April 2033"),
        source="Note verbale",
        series="hlpf",
        kind=Kind.SUMMIT,
        city="Geneva",
        country="CH",
        timezone="Europe/Zurich",
        themes=("cybersecurity",),
        sdgs=(9, 13),
    )
    assert events.by_slug(store, event.slug) == event
    assert {name: uids(publisher, name) - before[name] for name in FEEDS} == {name: {event.uid} for name in FEEDS}
    april = Selection(first=spans.parse("22 April 2033").first, last=spans.parse("22 April 2033").last)
    assert events.by_ids(store, search.ids(store, april)) == [event]
    assert publisher.event(event.slug).body.count(event.uid.encode()) == 1


def test_approval_is_told_to_the_proposer_and_forgets_the_email(store):
    received = propose(store, submitter_email="someone@example.org")
    event = approve(store, received.number, title="Another title")
    assert desk.proposal(store, received.token) == Submission(
        id=received.number,
        received=NOW,
        state="approved",
        fields=GIVEN,
        email="",
        event=event.uid,
        decided=LATER,
        decided_by=EDITOR,
        reason="read it",
    )
    assert event.title == "Another title"
    store.db.conn.execute("VACUUM")
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"someone@example.org" not in store.path.read_bytes()


LONGEST = "x" * 500


@pytest.mark.parametrize(
    ("given", "kept"),
    [(" read\x00\r\n it\u2066\u202e ", "read it"), ("", ""), (f" {LONGEST}\n", LONGEST)],
)
def test_reason_is_kept_as_one_clean_line(store, given, kept):
    number = propose(store).number
    event = desk.approve(store, number, GIVEN, actor=EDITOR, reason=given, now=LATER)
    assert (queue.by_id(store, number).reason, history.of_event(store, event.uid)[0].reason) == (kept, kept)
    edit(store, event, title="Another", reason=given)
    assert history.of_event(store, event.uid)[0].reason == kept
    if kept:
        number = propose(store).number
        desk.reject(store, number, actor=EDITOR, reason=given, now=LATER)
        assert queue.by_id(store, number).reason == kept


def test_reason_too_long_is_refused_and_changes_nothing(store, publisher):
    number, event = propose(store).number, add(store)
    before = seen(store, publisher)
    for act in (
        lambda: desk.approve(store, number, GIVEN, actor=EDITOR, reason=LONGEST + "x", now=LATER),
        lambda: desk.reject(store, number, actor=EDITOR, reason=LONGEST + "x", now=LATER),
        lambda: edit(store, event, title="Another", reason=LONGEST + "x"),
    ):
        with pytest.raises(ProblemsError) as caught:
            act()
        ((problem, error),) = [(each.field, each.error) for each in caught.value.problems]
        assert (problem, error.message, error.data) == ("reason", "text-long", {"most": 500, "count": 501})
    assert seen(store, publisher) == before
    assert [each.id for each in queue.pending(store)] == [number]


def test_approval_is_a_revision(store):
    event = approve(store, propose(store).number)
    assert history.of_event(store, event.uid) == [
        history.Revision(at=LATER, actor=EDITOR, action="approved", reason="read it", before=None, after=event)
    ]


def test_second_decision_is_a_conflict_and_changes_nothing(store, publisher):
    number = propose(store).number
    approve(store, number)
    before = seen(store, publisher), queue.by_id(store, number)
    with pytest.raises(ConflictError) as caught:
        approve(store, number)
    assert caught.value.message == "submission-decided"
    with pytest.raises(ConflictError):
        desk.reject(store, number, actor=EDITOR, reason="no", now=LATER)
    assert (seen(store, publisher), queue.by_id(store, number)) == before


def test_approval_with_problems_leaves_the_proposal_waiting(store):
    number = propose(store).number
    with pytest.raises(ProblemsError) as caught:
        approve(store, number, title="", status="withdrawn")
    assert told(caught.value) == [("title", "required"), ("status", "choice-unknown")]
    assert [each.id for each in queue.pending(store)] == [number]


def test_decision_on_no_proposal_is_refused(store):
    with pytest.raises(NotFoundError) as caught:
        approve(store, 99)
    assert caught.value.message == "submission-unknown"
    with pytest.raises(NotFoundError):
        desk.reject(store, 99, actor=EDITOR, reason="no", now=LATER)


def test_approval_carries_an_editors_status_and_role(store):
    event = approve(store, propose(store).number, status="tentative", role=["chair"])
    assert (event.status, event.roles) == (Status.TENTATIVE, (Role.CHAIR,))


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        *[("", "reason-required"), (" \n", "reason-required"), ("\u202e\x00", "reason-required")],
        ("x" * 501, "text-long"),
    ],
)
def test_rejection_needs_a_reason_of_bearable_length(store, reason, problem):
    number = propose(store).number
    with pytest.raises(ProblemsError) as caught:
        desk.reject(store, number, actor=EDITOR, reason=reason, now=LATER)
    assert told(caught.value) == [("reason", problem)]
    assert [each.id for each in queue.pending(store)] == [number]


def test_rejection_is_told_to_the_proposer_and_shows_nothing(store, publisher):
    before = seen(store, publisher)
    received = propose(store, submitter_email="someone@example.org")
    desk.reject(store, received.number, actor=EDITOR, reason=" No source. ", now=LATER)
    found = desk.proposal(store, received.token)
    assert (found.state, found.email, found.event, found.decided, found.decided_by, found.reason) == (
        *("rejected", "", "", LATER, EDITOR, "No source."),
    )
    assert queue.decided(store, most=5) == [found]
    assert queue.pending(store) == []
    assert seen(store, publisher) == before


def test_editors_own_entry_is_public_at_once(store, publisher):
    event = add(store)
    assert queue.pending(store) == []
    assert event.uid in uids(publisher, "all")
    assert [revision.action for revision in history.of_event(store, event.uid)] == ["added"]


def test_edit_raises_sequence_and_stamp_and_tells_why(store, publisher):
    event = add(store)
    edited = edit(store, event, title="Forum, rehearsed")
    assert edited == replace(event, title="Forum, rehearsed", sequence=1, stamp=LATER)
    assert history.of_event(store, event.uid)[0] == history.Revision(
        at=LATER, actor=EDITOR, action="edited", reason="typo", before=event, after=edited
    )
    assert b"SUMMARY:Forum\\, rehearsed\r\n" in body(publisher, "all")


def test_edit_without_a_difference_changes_nothing(store):
    event = add(store)
    revision = store.revision()
    assert edit(store, event) == event
    assert (store.revision(), len(history.of_event(store, event.uid))) == (revision, 1)


def test_edit_of_every_event_of_the_catalogue_without_a_difference_changes_nothing(store):
    revision = store.revision()
    revisions = store.db.conn.execute("SELECT count(*) FROM revisions").fetchone()
    for event in every_event(store):
        assert edit(store, event) == event
    assert store.revision() == revision
    assert store.db.conn.execute("SELECT count(*) FROM revisions").fetchone() == revisions


@pytest.mark.parametrize("moved", [False, True])
def test_edit_of_every_event_with_its_lists_in_another_order_changes_nothing(store, moved):
    with store.change(NOW, actor="test") as change:
        for event in every_event(store)[::10]:
            events.save(change, replace(event, roles=(Role.HOST, Role.CHAIR, Role.LEAD)), action="edited")
    before = every_event(store)
    revision = store.revision()
    revisions = store.db.conn.execute("SELECT count(*) FROM revisions").fetchone()
    for event in before:
        fields = fields_of(event)
        turned = {name: fields[name][::-1] for name in ("themes", "sdgs", "role")}
        assert edit(store, event, moved=moved, **turned) == event
    assert sum(len(event.themes) > 1 for event in before) > 100
    assert sum(len(event.roles) > 1 for event in before) > 30
    assert every_event(store) == before
    assert store.revision() == revision
    assert store.db.conn.execute("SELECT count(*) FROM revisions").fetchone() == revisions


def test_edit_of_what_is_chosen_keeps_the_order_given(store):
    event = add(store, themes=["cybersecurity", "youth"], role=["host", "chair"])
    edited = edit(store, event, themes=["youth", "africa", "cybersecurity"], role=["chair"])
    assert (edited.themes, edited.roles) == (("youth", "africa", "cybersecurity"), (Role.CHAIR,))


def test_edit_that_chooses_no_theme_takes_none_from_the_series(store):
    event = add(store)
    edited = edit(store, event, themes=[], sdgs=[])
    assert (edited.series, edited.themes, edited.sdgs) == ("hlpf", (), ())
    assert series.directory(store)["hlpf"].sdgs


def test_edit_of_the_dates_needs_another_source(store, publisher):
    event = add(store)
    before = seen(store, publisher)
    for given in ({"dates": "19-23 April 2033"}, {"dates": "April 2033"}, {"dates": "18-22 April 2034"}):
        with pytest.raises(ProblemsError) as caught:
            edit(store, event, **given)
        assert told(caught.value) == [("source", "source-same")]
        with pytest.raises(ProblemsError) as caught:
            edit(store, event, moved=True, **given)
        assert told(caught.value) == [("source", "source-same")]
    assert seen(store, publisher) == before
    edited = edit(store, event, dates="19-23 April 2033", source="Note verbale 2")
    assert edited == replace(
        event, span=spans.parse("19-23 April 2033"), source="Note verbale 2", sequence=1, stamp=LATER
    )
    # Its link is a part of the source, and other dates typed otherwise are the same.
    linked = edit(store, edited, dates="18 April 2033", source_url="https://un.org/")
    assert (linked.span, linked.source_url) == (spans.parse("18 April 2033"), "https://un.org/")
    assert edit(store, linked, dates="2033-04-18") == linked


def test_edit_of_the_times_needs_another_source_too(store):
    event = add(store, dates="18 April 2033")
    times = {"start_time": "09:00", "end_time": "10:00", "timezone": "Europe/Zurich"}
    with pytest.raises(ProblemsError) as caught:
        edit(store, event, **times)
    assert told(caught.value) == [("source", "source-same")]
    assert edit(store, event, source="Programme", **times).span.timed


def test_edit_of_a_moved_event_keeps_what_stood_as_a_plan(store):
    event = keep(store, replace(add(store), confidence=Confidence.HIGH, source_url="https://un.org/old"))
    given = {"dates": "3-5 May 2034", "city": "Baku", "country": "AZ", "source": "Letter", "source_url": ""}
    moved = edit(store, event, moved=True, reason=" The host\nwithdrew ", **given)
    plan = Plan(
        span=spans.parse("18-22 April 2033"),
        city="Geneva",
        country="CH",
        announced="",
        reason="The host withdrew",
        confidence=Confidence.HIGH,
        source_url="https://un.org/old",
    )
    assert moved == replace(
        event,
        span=spans.parse("3-5 May 2034"),
        city="Baku",
        country="AZ",
        timezone="Asia/Baku",
        source="Letter",
        source_url="",
        confidence=Confidence.MEDIUM,
        plans=(plan,),
        sequence=event.sequence + 1,
        stamp=LATER,
    )
    assert events.by_uid(store, event.uid) == moved
    assert (moved.uid, moved.slug) == (event.uid, event.slug)
    assert [revision.action for revision in history.of_event(store, event.uid)] == ["moved", "added", "added"]
    again = edit(store, moved, moved=True, city="Genève", country="CH")
    assert [(each.city, each.span) for each in again.plans] == [
        ("Geneva", spans.parse("18-22 April 2033")),
        ("Baku", spans.parse("3-5 May 2034")),
    ]


def test_edit_that_puts_right_keeps_no_plan(store):
    event = add(store)
    righted = edit(store, event, dates="19-23 April 2033", city="Bonn", country="DE", source="Letter")
    assert (righted.plans, righted.city) == ((), "Bonn")
    assert history.of_event(store, event.uid)[0].action == "edited"


def test_edit_of_neither_dates_nor_place_is_no_move(store):
    event = add(store)
    edited = edit(store, event, moved=True, title="Another", venue="CICG")
    assert edited == replace(event, title="Another", venue="CICG", sequence=1, stamp=LATER)
    assert history.of_event(store, event.uid)[0].action == "edited"


@pytest.mark.parametrize("sequence", [-1, 0, 2])
def test_edit_of_an_event_that_has_moved_on_is_a_conflict(store, sequence):
    event = edit(store, add(store), title="First")
    with pytest.raises(ConflictError) as caught:
        edit(store, event, title="Second", sequence=sequence)
    assert caught.value.message == "event-changed"
    assert events.by_uid(store, event.uid) == event


def test_edit_of_an_unknown_event_is_refused(store):
    with pytest.raises(NotFoundError) as caught:
        edit(store, replace(add(store), uid="nothing"))
    assert (caught.value.message, caught.value.data) == ("event-unknown", {"name": "nothing"})


def test_edit_keeps_what_the_form_has_no_field_for(store):
    kept = events.by_slug(store, "unfccc-cop-2019")
    event = keep(
        store,
        replace(
            kept,
            participation="Side event",
            timezone="Europe/Madrid",
            deadlines=(
                Deadline(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f003", kind=DeadlineKind.INPUT, day=kept.span.first),
            ),
        ),
    )
    assert event.plans
    assert event.notes
    assert event.source_date
    edited = edit(store, event, title="COP 25")
    assert edited == replace(event, title="COP 25", sequence=event.sequence + 1, stamp=LATER)


def test_edit_of_the_source_verifies_and_of_anything_else_does_not(store):
    event = events.by_slug(store, "ceb-2016-04")
    assert event.confidence is Confidence.LOW
    same = edit(store, event, venue="VIC")
    assert (same.confidence, same.source_date) == (Confidence.LOW, event.source_date)
    assert same.notes == event.notes != ""
    verified = edit(store, same, source="CEB/2016/1")
    assert (verified.confidence, verified.source_date, verified.notes) == (Confidence.MEDIUM, "", "")


def test_edit_of_the_link_of_the_source_drops_what_was_noted_of_the_old_one(store):
    event = events.by_slug(store, "unfccc-cop-2019")
    assert event.notes
    edited = edit(store, event, source_url="https://unfccc.int/cop25")
    assert edited == replace(
        event,
        source_url="https://unfccc.int/cop25",
        source_date="",
        confidence=Confidence.MEDIUM,
        notes="",
        sequence=event.sequence + 1,
        stamp=LATER,
    )


def test_edit_of_the_place_drops_the_zone_of_the_old_one(store):
    event = add(store)
    assert event.timezone == "Europe/Zurich"
    assert edit(store, event, city="Baku", country="AZ").timezone == "Asia/Baku"
    assert edit(store, events.by_uid(store, event.uid), city="Nowhere", country="FR").timezone == ""


PIECES = {
    "timezone": "Europe/Zurich",
    "deadlines": "registration: 1 April 2033\ninput: 1 March 2033",
    "parts": "18 April 2033: Opening @ Room 1\n19 April 2033, 9:00-10:30: AI https://un.org/ai",
}


def layer(publisher: Publisher, event: Event, **given: Any) -> bytes:
    target = selected(Selection.of(event=event.slug), "ics", options=Options(**given))
    return publisher.feed(target, today=TODAY).body


def test_deadlines_and_parts_are_added_with_uids_of_their_own(store, publisher):
    event = add(store, **PIECES)
    minted = [each.uid for each in (*event.deadlines, *event.parts)]
    assert len({event.uid, *minted}) == 5
    assert {uuid.UUID(uid).version for uid in minted} == {4}
    timed = spans.with_times(spans.parse("19 April 2033"), start=time(9), end=time(10, 30), zone="Europe/Zurich")
    assert (event.deadlines, event.parts) == (
        (
            Deadline(uid=minted[0], kind=DeadlineKind.INPUT, day=date(2033, 3, 1)),
            Deadline(uid=minted[1], kind=DeadlineKind.REGISTRATION, day=date(2033, 4, 1)),
        ),
        (
            Part(uid=minted[2], title="Opening", span=spans.parse("18 April 2033"), venue="Room 1"),
            Part(uid=minted[3], title="AI", span=timed, url="https://un.org/ai"),
        ),
    )
    assert events.by_uid(store, event.uid) == event
    assert minted[0].encode() in body(publisher, "deadlines")
    assert minted[3].encode() in layer(publisher, event, parts=True)


def test_approval_takes_deadlines_and_parts_from_the_editor_alone(store):
    number = propose(store, deadlines="input: 1 March 2033", parts="nonsense").number
    assert queue.by_id(store, number).fields == GIVEN
    event = approve(store, number, **PIECES)
    assert [pieces.write(each) for each in (*event.deadlines, *event.parts)] == [
        "input: 1 March 2033",
        "registration: 1 April 2033",
        "18 April 2033: Opening @ Room 1",
        "19 April 2033, 09:00-10:30: AI https://un.org/ai",
    ]


def test_change_of_deadlines_or_parts_alone_is_a_revision(store):
    event = add(store, **PIECES)
    given = fields_of(event)
    assert edit(store, event) == event
    turned = {name: "\r\n".join(given[name].split("\n")[::-1]) for name in pieces.FIELDS}
    assert edit(store, event, **turned) == event
    later = edit(store, event, deadlines=given["deadlines"].replace("1 April", "2 April"))
    moved = replace(event.deadlines[1], day=date(2033, 4, 2))
    assert later == replace(event, deadlines=(event.deadlines[0], moved), sequence=1, stamp=LATER)
    assert history.of_event(store, event.uid)[0] == history.Revision(
        at=LATER, actor=EDITOR, action="edited", reason="typo", before=event, after=later
    )
    renamed = edit(store, later, parts=given["parts"].replace("Opening", "Welcome"))
    assert renamed == replace(
        later,
        parts=(replace(event.parts[0], title="Welcome"), event.parts[1]),
        sequence=2,
        stamp=LATER + timedelta(seconds=1),
    )
    assert events.by_uid(store, event.uid) == renamed


def test_deadline_that_is_taken_out_leaves_every_feed(store, publisher):
    event = add(store, **PIECES)
    edited = edit(store, event, deadlines="registration: 1 April 2033", parts="")
    assert (edited.deadlines, edited.parts) == (event.deadlines[1:], ())
    told = body(publisher, "deadlines") + layer(publisher, event, parts=True, deadlines=Deadlines.WITH)
    gone = [each for each in (*event.deadlines, *event.parts) if each.uid.encode() not in told]
    assert gone == [event.deadlines[0], *event.parts]


def test_edit_keeps_deadlines_and_parts_whose_fields_are_not_given(store):
    event = add(store, **PIECES)
    given = {name: value for name, value in fields_of(event).items() if name not in pieces.FIELDS}
    more = {"actor": EDITOR, "reason": "", "now": LATER}
    assert desk.edit(store, event.uid, given, sequence=0, **more) == event
    one = {**given, "parts": "", "title": "Another"}
    edited = desk.edit(store, event.uid, one, sequence=0, **more)
    assert edited == replace(event, title="Another", parts=(), sequence=1, stamp=LATER)


def test_edit_of_deadlines_by_two_editors_is_a_conflict(store):
    event = add(store, **PIECES)
    later = edit(store, event, deadlines="input: 2 March 2033")
    with pytest.raises(ConflictError):
        edit(store, event, deadlines="input: 3 March 2033")
    assert events.by_uid(store, event.uid) == later


def test_edit_that_moves_an_event_away_from_its_parts_is_refused(store):
    event = add(store, **PIECES)
    given = {"dates": "1-5 March 2032", "source": "Letter"}
    with pytest.raises(ProblemsError) as caught:
        edit(store, event, moved=True, **given)
    assert [(each.field, each.line, each.error.message) for each in caught.value.problems] == [
        *(("deadlines", 1, "deadline-late"), ("deadlines", 2, "deadline-late")),
        *(("parts", 1, "part-far"), ("parts", 2, "part-far")),
    ]
    assert events.by_uid(store, event.uid) == event


def test_verification_leaves_deadlines_and_parts_as_they_stand(store):
    event = keep(store, replace(add(store, **PIECES), confidence=Confidence.LOW))
    far = replace(event.parts[0], span=spans.parse("1 May 2031"))  # no form would take it
    event = keep(store, replace(event, parts=(far, *event.parts)[:1]))
    verified = desk.verify(store, event.uid, source="Page", source_url="", actor=EDITOR, now=LATER)
    assert (verified.deadlines, verified.parts, verified.unverified) == (event.deadlines, (far,), False)


def test_verification_names_the_source_and_publishes(store, publisher):
    event = keep(
        store,
        replace(
            add(store),
            published=False,
            confidence=Confidence.LOW,
            status=Status.TENTATIVE,
            source_date="2026",
            notes="Guessed from the year before",
        ),
    )
    assert event.uid not in uids(publisher, "all")
    with pytest.raises(ProblemsError) as caught:
        desk.verify(store, event.uid, source="", source_url="ftp://x", actor=EDITOR, now=LATER)
    assert told(caught.value) == [("source", "source-required"), ("source_url", "link-unreadable")]
    verified = desk.verify(
        store, event.uid, source="A/RES/1", source_url="https://undocs.org/1", actor=EDITOR, now=LATER
    )
    assert verified == replace(
        event,
        source="A/RES/1",
        source_url="https://undocs.org/1",
        source_date="",
        notes="",
        confidence=Confidence.MEDIUM,
        published=True,
        sequence=event.sequence + 1,
        stamp=LATER,
    )
    assert verified.uid in uids(publisher, "all")
    assert history.of_event(store, event.uid)[0] == history.Revision(
        at=LATER, actor=EDITOR, action="verified", reason="A/RES/1", before=event, after=verified
    )


def test_verification_is_possible_for_all_that_is_to_be_verified_and_once(store):
    waiting = events.unverified(store)
    assert len(waiting) == 32
    for event in waiting:
        given = {"source": "Official page", "source_url": "https://example.org/", "actor": EDITOR, "now": LATER}
        verified = desk.verify(store, event.uid, **given)
        assert (verified.span, verified.status, verified.unverified) == (event.span, event.status, False)
        with pytest.raises(ConflictError) as caught:
            desk.verify(store, event.uid, **given)
        assert caught.value.message == "event-verified"
    assert events.unverified(store) == []


def likely(store: Store, title: str, dates: str, **more: object) -> list[str]:
    draft = Draft(title=title, span=spans.parse(dates), **more)
    return [like.event.slug for like in desk.duplicates(store, draft)]


def test_duplicates_are_found_under_another_spelling(store):
    (forum,) = [each for each in every_event(store) if each.slug.startswith("wuf-") and each.city == "Baku"]
    dates = spans.write(forum.span)
    assert likely(store, "World Urban Forum - WUF 13", dates, city="BAKU")[0] == forum.slug
    assert likely(store, forum.title.upper(), "2026")[0] == forum.slug
    assert likely(store, "Something else altogether", dates, series=forum.series)[0] == forum.slug


@pytest.mark.parametrize(("city", "same"), [("Geneva", True), ("Genève", True), ("GENF", True), ("Nairobi", False)])
def test_duplicates_know_the_other_names_of_a_city(store, city, same):
    forum = events.by_slug(store, "wsis-forum-2016")
    draft = Draft(title="Forum du SMSI", span=forum.span, series=forum.series, city=city)
    (found,) = [like for like in desk.duplicates(store, draft) if like.event == forum]
    assert (found.same_city, found.same_series, found.may_overlap) == (same, True, True)


@pytest.mark.parametrize("city", ["Geneva", "Genève"])
def test_city_alone_is_no_duplicate(store, city):
    forum = events.by_slug(store, "wsis-forum-2016")
    assert spans.write(forum.span) == "2-6 May 2016"
    assert likely(store, "Sommet", "2-5 May 2016", city=city, country="CH") == []
    # On just the same days it may well be the same, under a name of its own.
    assert likely(store, "Sommet", "2-6 May 2016", city=city, country="CH") == [forum.slug]


def test_duplicates_are_found_by_the_series_that_a_title_names(store):
    forum = events.by_slug(store, "wsis-forum-2016")
    assert likely(store, "Side meeting at the WSIS Forum", spans.write(forum.span)) == [forum.slug]
    assert forum.slug not in likely(store, "Side meeting at the WSIS Forum", "1 February 2016")
    cop = events.by_slug(store, "unfccc-cop-2016")
    assert likely(store, "COP 23", spans.write(cop.span)) == []
    assert likely(store, "22nd Conference of the Parties", spans.write(cop.span), city="Marrakesh") == [cop.slug]


def test_duplicates_of_something_new_are_none(store):
    assert likely(store, "Rehearsal of a Forum", "18-22 April 2033") == []


def test_duplicates_are_public_events_alone(store):
    event = add(store)
    assert likely(store, event.title, GIVEN["dates"]) == [event.slug]
    keep(store, replace(event, published=False))
    assert likely(store, event.title, GIVEN["dates"]) == []


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Rehearsal of a Forum", "rehearsal-of-a-forum-2033"),
        ("Forum 2033: Genève & Zürich!", "forum-2033-geneve-zurich"),
        ("Łódź — Forum Ø", "lodz-forum-o-2033"),
        ("--- A ---", "a-2033"),
        ("../../etc/passwd", "etc-passwd-2033"),
        ("x" * 200, "x" * 80 + "-2033"),
        ("word " * 40, "-".join(["word"] * 16) + "-2033"),
    ],
)
def test_slug_is_the_title_and_year_in_ascii(store, title, slug):
    assert add(store, title=title).slug == slug


@pytest.mark.parametrize("title", ["世界电信展", "مؤتمر الأمم المتحدة", "Съезд", "… 展 …"])
def test_slug_of_a_title_without_latin_letters_is_from_the_uid(store, title):
    event = add(store, title=title)
    assert event.slug == f"event-{event.uid[:8]}"


def test_slug_is_never_minted_twice(store):
    minted = [add(store).slug for _ in range(3)]
    assert minted == [f"rehearsal-of-a-forum-2033{end}" for end in ("", "-2", "-3")]
    keep(store, replace(events.by_slug(store, minted[1]), status=Status.WITHDRAWN))
    assert add(store).slug == "rehearsal-of-a-forum-2033-4"


def test_uids_are_minted_anew(store):
    assert len({add(store).uid for _ in range(5)}) == 5


def test_failed_change_leaves_nothing_behind(store, publisher):
    number = propose(store).number
    before = seen(store, publisher)
    store.db.conn.execute("CREATE TRIGGER full BEFORE INSERT ON revisions BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    with pytest.raises(sqlite3.IntegrityError, match="disk full"):
        approve(store, number)
    assert seen(store, publisher) == before
    assert [each.id for each in queue.pending(store)] == [number]


def test_every_field_of_the_form_reaches_the_queue(store):
    received = propose(
        store, **dict.fromkeys(["url", "registration_url", "webcast_url", "source_url"], "https://a.org/")
    )
    assert set(desk.proposal(store, received.token).fields) <= set(FIELDS)
    assert desk.proposal(store, received.token).fields["webcast_url"] == "https://a.org/"


def test_event_with_a_link_that_the_form_would_refuse_today_can_still_be_verified(store: Store):
    event = events.by_slug(store, "hlpf-2026")
    with store.change(NOW, actor="test") as change:
        held = events.save(change, replace(event, url='https://a"b.example/'), action="edited")
    verified = desk.verify(store, held.uid, source="un.org", source_url="", actor="editor", now=NOW)
    assert (verified.unverified, verified.url) == (False, 'https://a"b.example/')
