"""Splitting: an event becomes the first of its parts, each further part an event of its own; and the way back."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import desk, spans
from calendar_app.desk import Step
from calendar_app.errors import ConflictError, ProblemsError
from calendar_app.events import Event, Plan
from calendar_app.publish import Publisher, named
from calendar_app.selection import Selection
from calendar_app.store import Store, events, history, search
from calendar_app.store import series as directory
from calendar_app.topics import Confidence, Mode, Status
from tests.conftest import NOW, TODAY
from tests.webapp import filled, form_of, page, send, store_of

SLUG = "ai-for-good-2027"
EDITOR = "editor@example.org"
GIVEN = {"reason": "Held in two parts", "source": "Note verbale", "source_url": "https://www.un.org/note"}
FIRST = {"title": "AI for Good 2027, first part", "dates": "21 June 2027", "city": "Geneva", "country": "CH"}
SECOND = {"title": "AI for Good 2027, second part", "dates": "5-9 March 2028", "city": "Doha", "country": "QA"}
THIRD = {"title": "AI for Good 2027, third part", "dates": "May 2028", "mode": "online"}


def split(store: Store, *parts: dict[str, str], slug: str = SLUG, sequence: int | None = None, **given: str):
    event = events.by_slug(store, slug)
    number = event.sequence if sequence is None else sequence
    return desk.split(store, event.uid, parts, given=GIVEN | given, sequence=number, actor=EDITOR, now=NOW)


def undo(store: Store, event: Event, revision: int, **given: object) -> Event:
    return desk.undo(
        store, event.uid, revision, sequence=event.sequence, reason="wrong", actor=EDITOR, now=NOW, **given
    )


def newest(store: Store, event: Event) -> history.Revision:
    return history.of_event(store, event.uid)[0]


def bare(event: Event) -> Event:
    return replace(event, sequence=0, stamp=NOW)


def problems(error: ProblemsError) -> list[tuple[str, str]]:
    return [(each.field, each.error.message) for each in error.problems]


def test_event_stays_itself_as_the_first_part_with_what_stood_as_an_earlier_plan(store: Store):
    before = events.by_slug(store, SLUG)
    first, second = split(store, FIRST, SECOND)
    told = {"source": "Note verbale", "source_url": GIVEN["source_url"], "source_date": "", "notes": ""}
    plan = Plan(
        span=before.span,
        city="Geneva",
        country="CH",
        reason="Held in two parts",
        confidence=before.confidence,
        source_url=before.source_url,
    )
    assert bare(first) == bare(
        replace(
            before,
            **told,
            title=FIRST["title"],
            span=spans.parse(FIRST["dates"]),
            venue="",
            confidence=Confidence.MEDIUM,
            plans=(plan,),
        )
    )
    assert bare(second) == bare(
        replace(
            before,
            **told,
            uid=second.uid,
            slug="ai-for-good-2027-second-part-2028",
            title=SECOND["title"],
            span=spans.parse(SECOND["dates"]),
            city="Doha",
            country="QA",
            venue="",
            timezone="Asia/Qatar",
            confidence=Confidence.MEDIUM,
            registration_url="",
            webcast_url="",
            participation="",
            claims=(),
            plans=(),
            deadlines=(),
            parts=(),
            part_of=before.uid,
        )
    )
    assert (first.sequence, second.sequence) == (before.sequence + 1, 0)
    assert second.uid != before.uid


def test_split_is_one_revision_of_each_part_with_reason_and_source(store: Store):
    for part, action in zip(split(store, FIRST, SECOND, THIRD), ("split", "split-off", "split-off"), strict=True):
        told = newest(store, part)
        assert (told.action, told.actor, told.reason, told.source, told.source_url) == (
            *(action, EDITOR),
            *GIVEN.values(),
        )


def test_part_that_is_left_empty_is_none(store: Store):
    parts = split(store, FIRST, SECOND, {"title": " ", "mode": "online"}, {})
    assert [part.title for part in parts] == [FIRST["title"], SECOND["title"]]


def test_postponed_event_is_held_after_all_in_its_parts(store: Store):
    event = events.by_slug(store, SLUG)
    desk.take(store, event.uid, Step.POSTPONE, given=GIVEN, sequence=event.sequence, actor=EDITOR, now=NOW)
    assert [part.status for part in split(store, FIRST, SECOND)] == [Status.CONFIRMED] * 2


def test_expected_event_is_expected_in_parts(store: Store):
    assert events.by_slug(store, SLUG).status is Status.TENTATIVE
    assert [part.status for part in split(store, FIRST, SECOND)] == [Status.TENTATIVE] * 2


def test_unpublished_event_has_unpublished_parts(store: Store):
    event = events.by_slug(store, SLUG)
    with store.change(NOW, actor=EDITOR) as change:
        events.save(change, replace(event, published=False), action="edited")
    _, second = split(store, FIRST, SECOND)
    assert (second.published, search.ids(store, Selection.of(event=second.slug))) == (False, [])


def test_timed_event_keeps_its_times_on_its_own_day(store: Store):
    given = {"title": "Briefing", "dates": "6 May 2027", "start_time": "10:00", "end_time": "12:00", "source": "x"}
    event = desk.add(store, given | {"timezone": "Europe/Zurich"}, actor=EDITOR, now=NOW)
    parts = ({"title": "Morning", "dates": "6 May 2027"}, {"title": "Sequel", "dates": "7 May 2027"})
    first, second = split(store, *parts, slug=event.slug)
    assert (first.span, second.span) == (event.span, spans.parse("7 May 2027"))


def test_first_part_may_be_split_again(store: Store):
    first, second = split(store, FIRST, SECOND)
    again, third = split(store, FIRST, THIRD, slug=first.slug, source="Another note")
    assert (again.uid, third.part_of) == (first.uid, first.uid)
    assert events.by_slug(store, second.slug) == second


def test_every_problem_is_told_at_its_part(store: Store):
    before = events.by_slug(store, SLUG)
    bad = {"title": "", "dates": "8/7/2027", "country": "XX", "mode": "sideways"}
    with pytest.raises(ProblemsError) as caught:
        split(
            store, FIRST, bad, {"title": "Third", "dates": "", "city": "Rome", "mode": "online"}, source="", reason=""
        )
    assert problems(caught.value) == [
        *[("reason", "reason-required"), ("source", "step-source")],
        *[("title_2", "required"), ("dates_2", "span-ambiguous"), ("country_2", "choice-unknown")],
        *[("mode_2", "choice-unknown"), ("dates_3", "span-empty"), ("city_3", "online-city")],
    ]
    assert events.by_slug(store, SLUG) == before


@pytest.mark.parametrize(
    ("parts", "given", "told"),
    [
        ((FIRST,), {}, [("title_2", "split-few")]),
        ((), {}, [("title_2", "split-few")]),
        ((FIRST, SECOND, THIRD, SECOND | {"title": "d"}, SECOND | {"title": "e"}), {}, [("title_2", "split-few")]),
        ((FIRST, SECOND | {"title": "AI for GOOD 2027, first part"}), {}, [("title_2", "split-title")]),
        ((FIRST, SECOND), {"source_url": "un.org"}, [("source_url", "link-scheme")]),
        ((FIRST, SECOND), {"reason": "x" * 501}, [("reason", "text-long")]),
    ],
)
def test_split_is_refused_with_its_problem(store: Store, parts, given, told):
    with pytest.raises(ProblemsError) as caught:
        split(store, *parts, **given)
    assert problems(caught.value) == told


def test_new_dates_come_from_another_source(store: Store):
    event = events.by_slug(store, SLUG)
    with pytest.raises(ProblemsError) as caught:
        split(store, FIRST, SECOND, source=event.source, source_url=event.source_url)
    assert problems(caught.value) == [("source", "source-same")]


def test_further_part_withdrawn_event_and_second_editor_are_refused(store: Store):
    sequence = events.by_slug(store, SLUG).sequence
    first, second = split(store, FIRST, SECOND)
    with pytest.raises(ConflictError, match="split-part"):
        split(store, FIRST, THIRD, slug=second.slug)
    with pytest.raises(ConflictError, match="event-changed"):
        split(store, FIRST, THIRD, sequence=sequence)
    desk.take(store, first.uid, Step.WITHDRAW, given=GIVEN, sequence=first.sequence, actor=EDITOR, now=NOW)
    with pytest.raises(ConflictError, match="split-unfit"):
        split(store, FIRST, THIRD)
    assert len(events.parts_of(store, first.uid)) == 2


def test_undone_split_restores_the_feed_but_for_numbers_and_a_tombstone(store: Store):
    publisher = Publisher(store, base="https://calendar.example")

    def told(*, without: str = "") -> list[bytes]:
        body = publisher.feed(named(store, "all", "ics"), today=TODAY).body
        entries = [entry for entry in body.split(b"BEGIN:VEVENT") if without.encode() not in entry or not without]
        rises = (b"SEQUENCE:", b"DTSTAMP:", b"LAST-MODIFIED:")
        return [line for entry in entries for line in entry.split(b"\r\n") if not line.startswith(rises)]

    before, event = told(), events.by_slug(store, SLUG)
    first, second = split(store, FIRST, SECOND)
    back = undo(store, first, newest(store, first).id)
    assert bare(back) == bare(event)
    gone = events.by_uid(store, second.uid)
    assert (gone.status, newest(store, gone).action) == (Status.WITHDRAWN, "rejoined")
    assert [line for line in told(without=second.uid) if line != b"END:VCALENDAR"] == [
        line for line in before if line != b"END:VCALENDAR"
    ]


def test_undone_split_can_be_done_again_and_undone_again(store: Store):
    first, second = split(store, FIRST, SECOND)
    back = undo(store, first, newest(store, first).id)
    again = undo(store, back, newest(store, back).id)
    assert (bare(again), bare(events.by_uid(store, second.uid))) == (bare(first), bare(second))
    once_more = undo(store, again, newest(store, again).id)
    assert bare(once_more) == bare(back)
    assert events.by_uid(store, second.uid).status is Status.WITHDRAWN


def test_undo_of_one_split_leaves_the_parts_of_another(store: Store):
    first, second = split(store, FIRST, SECOND)
    again, third = split(store, FIRST | {"dates": "22 June 2027"}, THIRD, source="Another note")
    back = undo(store, again, newest(store, again).id)
    assert bare(back) == bare(first)
    statuses = [events.by_uid(store, part.uid).status for part in (second, third)]
    assert statuses == [Status.TENTATIVE, Status.WITHDRAWN]


def test_undo_is_refused_while_a_part_that_came_of_it_has_changed(store: Store):
    first, second = split(store, FIRST, SECOND)
    with store.change(NOW, actor=EDITOR) as change:
        events.save(change, replace(second, venue="Hall 4"), action="edited")
    with pytest.raises(ConflictError, match="undo-parts"):
        undo(store, first, newest(store, first).id)
    assert events.by_uid(store, first.uid) == first


def test_undo_takes_no_notice_of_a_part_that_is_withdrawn_or_named_anew(store: Store):
    first, second, third = split(store, FIRST, SECOND, THIRD)
    desk.take(store, second.uid, Step.WITHDRAW, given=GIVEN, sequence=0, actor=EDITOR, now=NOW)
    hall = directory.directory(store)["ai-for-good"]
    given = desk.series_fields.fields_of(hall) | {"name": "AI for Good"}
    seen = directory.newest_revision(store.db, "ai-for-good")
    desk.edit_series(store, "ai-for-good", given, seen=seen, reason="Renamed", actor=EDITOR, now=NOW)
    split_at = next(each.id for each in history.of_event(store, first.uid) if each.action == "split")
    undo(store, events.by_uid(store, first.uid), split_at)
    gone = [events.by_uid(store, part.uid) for part in (second, third)]
    told = [{each.action for each in history.of_event(store, part.uid)} for part in gone]
    assert [part.status for part in gone] == [Status.WITHDRAWN] * 2
    assert ["rejoined" in actions for actions in told] == [False, True]


def test_page_splits_an_event_as_a_browser_sends_it(app: Flask, editor_client: FlaskClient):
    address = f"/desk/events/{SLUG}/split"
    event = events.by_slug(store_of(app), SLUG)
    assert address in [node["href"] for node in page(editor_client.get(f"/desk/events/{SLUG}")).all("a")]
    form = form_of(page(editor_client.get(address)), address)
    sent = filled(form)
    assert (sent["title_1"], sent["dates_1"], sent["city_1"]) == ([event.title], ["21-24 June 2027"], ["Geneva"])
    data = {f"{name}_2": value for name, value in SECOND.items()} | GIVEN | {"title_1": FIRST["title"]}
    answer = editor_client.post(address, data=sent | data)
    assert (answer.status_code, answer.location) == (303, f"/desk/events/{SLUG}")
    parts = events.parts_of(store_of(app), event.uid)
    assert [(part.title, part.span.first) for part in parts] == [
        *((FIRST["title"], date(2027, 6, 21)), (SECOND["title"], date(2028, 3, 5)))
    ]
    told = page(app.test_client().get(f"/events/{SLUG}"))
    assert f"/events/{parts[1].slug}" in [node["href"] for node in told.all("a")]
    assert "Split into parts" in told.text
    assert page(editor_client.get(f"/desk/events/{SLUG}"))


def test_page_keeps_what_was_typed_and_leads_to_each_problem(editor_client: FlaskClient):
    address = f"/desk/events/{SLUG}/split"
    data = {"title_1": "Part", "dates_1": "May", "title_2": "Part", "dates_2": "2028", "mode_2": "online", **GIVEN}
    found = page(send(editor_client, address, data | {"source": "", "sequence": "0"}), 422)
    assert [node["id"] for node in found.all(class_="err")] == ["dates_1-e", "source-e"]
    assert [node.text for node in found.one("div", class_="sum").all("a")] == [
        "Source: Say where you read it: a link, a document or who told you.",
        "Part 1, When: “May” has no year. Write it after the month, such as 18-22 April 2016.",
    ]
    assert found.one("input", id="title_2")["value"] == "Part"
    assert "checked" in found.one("input", name="mode_2", value="online").attributes


def test_page_tells_a_second_editor_and_refuses_what_cannot_be_split(app: Flask, editor_client: FlaskClient):
    store, address = store_of(app), f"/desk/events/{SLUG}/split"
    sent = filled(form_of(page(editor_client.get(address)), address))
    data = {f"{name}_2": value for name, value in SECOND.items()} | GIVEN | {"title_1": "Mine"}
    event = events.by_slug(store, SLUG)
    desk.take(store, event.uid, Step.CONFIRM, given=GIVEN, sequence=event.sequence, actor=EDITOR, now=NOW)
    found = page(editor_client.post(address, data=sent | data), 409)
    assert "Someone changed this event meanwhile" in found.text
    assert found.one("input", id="title_1")["value"] == "Mine"
    assert found.one("input", name="sequence")["value"] == str(event.sequence + 1)
    _, second = split(store, FIRST, SECOND)
    refused = page(editor_client.get(f"/desk/events/{second.slug}/split"), 409)
    assert "is a further part of an event that was split" in refused.text


def test_nobody_but_an_editor_splits(app: Flask, client: FlaskClient):
    address = f"/desk/events/{SLUG}/split"
    assert client.get(address).location == f"/login?next={address}"
    assert send(client, address, GIVEN, form="/submit").location == "/login?next=/desk"
    assert len(events.parts_of(store_of(app), events.by_slug(store_of(app), SLUG).uid)) == 0


def test_mode_of_a_part_is_its_own(store: Store):
    _, second = split(store, FIRST, THIRD)
    assert (second.mode, second.city, second.country, second.timezone) == (Mode.ONLINE, "", "", "")
