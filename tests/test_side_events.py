"""Side events of ITU's: each an event of its own that is held at its forum, in the record, in feeds and on pages."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from calendar_app import desk, overlap, spans, submissions
from calendar_app.desk import Step, bulk, engagement_fields, engagements, side_events
from calendar_app.engagement import Engagement
from calendar_app.errors import ConflictError, GoneError, ProblemsError
from calendar_app.events import Event
from calendar_app.imports import read_ics
from calendar_app.publish import Publisher, named
from calendar_app.store import Store, events, history, partners, series
from calendar_app.store import engagements as kept
from calendar_app.topics import Activity, Kind, Role, Status
from tests.conftest import BASE, NOW, TODAY
from tests.test_desk import EDITOR

FORUM = "hlpf-2016"
GIVEN = {
    "title": "Connecting the unconnected",
    "dates": "12 July 2016",
    "start_time": "13:15",
    "end_time": "14:30",
    "venue": "Conference Room 4",
    "partners": "GSMA; gesi",
    "source": "Programme of side events",
    "source_url": "https://www.un.org/side-events",
}


def forum(store: Store, slug: str = FORUM) -> Event:
    return events.by_slug(store, slug)


def add(store: Store, *, at: str = FORUM, **given: object) -> Event:
    told = side_events.start(forum(store, at)) | GIVEN | given
    return side_events.add(store, forum(store, at).uid, told, actor=EDITOR, now=NOW)


def edit(store: Store, event: Event, **given: object) -> Event:
    told = submissions.fields_of(event) | given
    why = {"actor": EDITOR, "reason": "x", "now": NOW}
    return desk.edit(store, event.uid, told, sequence=event.sequence, **why)


def refused(store: Store, **given: object) -> list[tuple[str, str, int]]:
    with pytest.raises(ProblemsError) as error:
        add(store, **given)
    return [(each.field, each.error.message, each.line) for each in error.value.problems]


def asked(store: Store, event: Event, extension: str) -> bytes:
    return Publisher(store, base=BASE).event(event.slug, extension=extension).body


def test_side_event_has_place_and_clock_of_its_forum_and_says_what_it_is(store: Store):
    held, at = add(store), forum(store)
    span = spans.with_times(
        spans.parse("12 July 2016"),
        start=datetime(2016, 7, 12, 13, 15).time(),  # noqa: DTZ001
        end=datetime(2016, 7, 12, 14, 30).time(),  # noqa: DTZ001
        zone="America/New_York",
    )
    assert (held.kind, held.held_at, held.series, held.roles) == (Kind.SIDE_EVENT, at.uid, "", (Role.ORGANIZER,))
    assert (held.span, held.city, held.country) == (span, at.city, at.country)
    assert (held.venue, held.themes, held.sdgs) == ("Conference Room 4", at.themes, at.sdgs)
    assert (held.published, held.forum, held.slug) == (True, at.title, "connecting-the-unconnected-2016")
    assert events.held_at(store, at.uid) == [held]
    assert history.of_event(store, held.uid)[0].actor == EDITOR


def test_side_event_and_its_statement_are_one_change(store: Store):
    held = add(store, partners="GSMA\nNew House", partner_kinds="company New House", detail="Moderated a panel")
    (told,) = kept.of_event(store, held.uid)
    assert told == Engagement(
        uid=told.uid,
        year=2016,
        activity=Activity.SIDE_EVENT,
        detail="Moderated a panel",
        events=(held.uid,),
        partners=("gsma", "new-house"),
        source="Programme of side events",
        source_url="https://www.un.org/side-events",
    )
    assert events.by_uid(store, held.uid).partners == ("gsma", "new-house")
    assert kept.revisions(store, told.uid)[0].at == history.of_event(store, held.uid)[0].at


def test_every_problem_is_told_and_nothing_is_written(store: Store):
    before = store.revision()
    told = refused(store, title="", dates="12 August 2017", partners="No One", source="", url="ftp://x")
    assert told == [
        ("title", "required", 0),
        ("partners", "partner-unknown", 1),
        ("source", "source-required", 0),
        ("url", "link-unreadable", 0),
    ]
    assert refused(store, dates="12 August 2017") == [("dates", "side-event-far", 0)]
    times = {"start_time": "", "end_time": ""}
    assert refused(store, dates="12-13 July 2016", **times) == [("dates", "side-event-day", 0)]
    assert refused(store, dates="2016", **times) == [("dates", "side-event-day", 0)]
    assert refused(store, timezone="") == [("timezone", "span-times-incomplete", 0)]
    assert refused(store, detail="a\ud800") == [("detail", "text-control", 0)]
    assert store.revision() == before
    assert "no-one" not in partners.directory(store)


def test_side_event_of_which_only_the_month_is_known_is_not_padded(store: Store):
    held = add(store, dates="July 2016", start_time="", end_time="")
    assert spans.to_iso(held.span) == ("2016-07", "2016-07")


def test_form_that_is_sent_twice_makes_one(store: Store):
    add(store)
    assert refused(store, title="connecting  the Unconnected") == [("title", "side-event-twice", 0)]


def test_no_side_event_is_held_at_a_side_event_a_withdrawn_or_a_hidden_one(store: Store):
    held = add(store)
    with pytest.raises(ConflictError) as conflict:
        add(store, at=held.slug, title="Another")
    assert conflict.value.message == "side-event-unfit"
    with store.change(NOW, actor="test") as change:
        events.save(change, replace(forum(store), published=False, sequence=99), action="edited")
    with pytest.raises(ConflictError) as conflict:
        add(store, title="Another")
    assert conflict.value.message == "side-event-hidden"
    step = {"reason": "x", "source": "y"}
    at = forum(store)
    desk.take(store, at.uid, Step.WITHDRAW, given=step, sequence=at.sequence, actor=EDITOR, now=NOW)
    with pytest.raises(GoneError):
        add(store, title="Another")


def test_side_event_is_changed_like_any_event_and_stays_one(store: Store):
    held, at = add(store), forum(store)
    held = edit(store, held, title="Connecting everyone", kind="")
    moved = desk.move(
        store,
        held.uid,
        {"dates": "13 July 2016", "reason": "Room taken", "source": "Letter"},
        sequence=held.sequence,
        actor=EDITOR,
        now=NOW,
    )
    step = {"reason": "No speaker", "source": "Letter"}
    off = desk.take(store, held.uid, Step.CANCEL, given=step, sequence=moved.sequence, actor=EDITOR, now=NOW)
    revision = history.of_event(store, held.uid)[0].id
    why = {"reason": "It was", "actor": EDITOR, "now": NOW}
    on = desk.undo(store, held.uid, revision, sequence=off.sequence, **why)
    parts = [{"title": "One", "dates": "13 July 2016"}, {"title": "Two", "dates": "14 July 2016"}]
    step |= {"source": "Another letter"}
    split = desk.split(store, held.uid, parts, given=step, sequence=on.sequence, actor=EDITOR, now=NOW)
    for each in (held, moved, off, on, *split):
        assert (each.kind, each.held_at, each.series, each.forum) == (Kind.SIDE_EVENT, at.uid, "", at.title)
    assert [each.status for each in (moved, off, on)] == [Status.CONFIRMED, Status.CANCELLED, Status.CONFIRMED]
    assert [plan.span for plan in moved.plans] == [held.span]


def test_nothing_else_becomes_a_side_event_and_none_becomes_anything_else(store: Store):
    held, directory = add(store), series.directory(store)
    plain = {"title": "Mine", "dates": "12 July 2016", "source": "x"}
    cases = [
        (lambda: desk.propose(store, plain | {"kind": "side-event"}, now=NOW), "side-event-none"),
        (lambda: desk.add(store, plain | {"kind": "side-event"}, actor=EDITOR, now=NOW), "side-event-none"),
        (lambda: edit(store, forum(store), kind="side-event"), "side-event-none"),
        (lambda: edit(store, held, kind="forum"), "side-event-kind"),
        (lambda: edit(store, held, series="hlpf"), "side-event-series"),
        (lambda: bulk.read_edit("kind", "side-event", "x", directory), "bulk-change"),
        (lambda: desk.add_series(store, {"short_name": "X", "name": "X", "kind": "side-event"}, reason="x",
                                 actor=EDITOR, now=NOW), "choice-unknown"),
    ]  # fmt: skip
    for act, message in cases:
        with pytest.raises(ProblemsError) as error:
            act()
        assert [each.error.message for each in error.value.problems] == [message]
    for what, value in (("kind", "forum"), ("series", "hlpf")):
        assert bulk.changed(held, bulk.read_edit(what, value, "x", directory), directory) == held


def test_stranger_proposes_a_change_of_a_side_event_and_it_stays_one(store: Store):
    held = add(store)
    given = {name: value for name, value in submissions.fields_of(held).items() if name in submissions.PROPOSED}
    told = desk.propose(store, given | {"venue": "Room 7"}, about=held.uid, now=NOW)
    approved = desk.approve(
        store, told.number, submissions.fields_of(held) | {"venue": "Room 7"}, actor=EDITOR, reason="", now=NOW
    )
    assert (approved.venue, approved.kind, approved.held_at) == ("Room 7", Kind.SIDE_EVENT, held.held_at)
    with pytest.raises(ProblemsError):
        desk.propose(store, given | {"kind": "forum"}, about=held.uid, now=NOW)


def test_side_event_meets_others_and_not_its_own_forum(store: Store):
    held, directory = add(store), series.directory(store)
    assert overlap.meet(held, forum(store), directory) is None
    other = add(store, title="At the same time")
    assert overlap.meet(held, other, directory).finding is overlap.Finding.CERTAIN


def test_entry_is_timed_in_utc_and_names_its_forum(store: Store):
    held, at = add(store), forum(store)
    (entry,) = Calendar.from_ical(asked(store, held, "ics")).walk("VEVENT")
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (
        datetime(2016, 7, 12, 17, 15, tzinfo=UTC),
        datetime(2016, 7, 12, 18, 30, tzinfo=UTC),
    )
    assert entry["related-to"] == at.uid
    # RFC 5545 §3.2.15: without a RELTYPE it is the parent.
    assert dict(entry["related-to"].params) == {}
    assert entry["summary"] == f"Connecting the unconnected (ITU side event at {at.title})"
    assert f"Side event of ITU’s at: {at.title}" in entry["description"].splitlines()
    (told,) = json.loads(asked(store, held, "json"))["events"]
    assert (told["held_at"], told["part_of"], told["kind"]) == (at.uid, None, "side-event")
    head, row = asked(store, held, "csv").decode("utf-8-sig").splitlines()
    assert row.split(",")[head.split(",").index("held_at")] == at.uid
    assert f"(ITU side event at {at.title})".encode() in asked(store, held, "atom")
    assert ["related-to", {}, "text", at.uid] in json.loads(asked(store, held, "jcal"))[2][0][1]


def test_renamed_forum_is_told_again_by_its_side_events(store: Store):
    held, at = add(store), forum(store)
    first = asked(store, held, "ics")
    edit(store, at, title="HLPF of 2016", source="Letter")
    again = events.by_uid(store, held.uid)
    assert (again.forum, again.sequence) == ("HLPF of 2016", held.sequence + 1)
    assert history.of_event(store, held.uid)[0].action == "renamed"
    assert b"HLPF of 2016" in asked(store, again, "ics").replace(b"\r\n ", b"")
    assert asked(store, again, "ics") != first
    assert events.outdated(store) == []


def test_side_event_of_a_forum_that_is_hidden_does_not_name_it(store: Store):
    held, at = add(store), forum(store)
    with store.change(NOW, actor="test") as change:
        events.save(change, replace(at, published=False, sequence=at.sequence + 1), action="edited")
    again = events.by_uid(store, held.uid)
    assert (again.forum, again.held_at) == ("", at.uid)
    for extension in ("ics", "jcal", "json", "csv", "atom"):
        told = asked(store, again, extension).replace(b"\r\n ", b"")
        assert at.uid.encode() not in told
        assert at.title.encode() not in told
        assert b"Connecting the unconnected" in told


def test_side_events_of_itu_are_a_feed_of_their_own(store: Store):
    held = add(store)
    feed = Publisher(store, base=BASE).feed(named(store, "kind/side-event", "ics"), today=TODAY).body
    assert [str(each["uid"]) for each in Calendar.from_ical(feed).walk("VEVENT")] == [held.uid]


def test_our_own_file_brings_a_side_event_back_as_an_event_and_says_so(store: Store):
    held = add(store)
    rows = read_ics(asked(store, held, "ics"), window=(TODAY, TODAY)).rows
    assert [(row.fields["title"], row.key) for row in rows] == [("Connecting the unconnected", held.uid)]
    assert "Side event of" not in rows[0].fields.get("description", "")
    assert "import-side-event" in [each.message for each in rows[0].notes]


def test_partners_of_a_side_event_are_changed_with_its_statement(store: Store):
    held = add(store)
    (told,) = kept.of_event(store, held.uid)
    given = engagement_fields.fields_of(store, kept.find(store, told.uid)) | {"partners": "WEF"}
    seen = kept.newest_revision(store, told.uid)
    engagements.change(store, told.uid, given, seen=seen, reason="x", actor=EDITOR, now=NOW)
    assert events.by_uid(store, held.uid).partners == ("world-economic-forum",)
