"""Claims at the desk: another source adopted, and a proposal merged into the event that it repeats."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import changes, desk, spans
from calendar_app.changes import What
from calendar_app.desk.claims import merged_with
from calendar_app.errors import ConflictError, GoneError, NotFoundError, ProblemsError
from calendar_app.events import Claim, Event
from calendar_app.publish import Publisher, named
from calendar_app.store import Store, events, history
from calendar_app.store import submissions as queue
from calendar_app.topics import Status
from tests.conftest import BASE, NOW, TODAY
from tests.webapp import page, send, store_of, token

EDITOR = "editor@example.org"
SLUG = "habitat-2016"
# A second proposal of an event that is there, by another spelling of its city.
GIVEN = {
    "title": "HLPF 2027",
    "series": "hlpf",
    "dates": "6-15 July 2027",
    "city": "Nueva York",
    "country": "US",
    "webcast_url": "https://webtv.un.org/hlpf",
    "themes": ["cybersecurity"],
    "sdgs": ["9"],
    "source": "Note verbale of 3 November",
}
MONTH = spans.parse("November 2027")


def saved(store: Store, event: Event) -> Event:
    with store.change(NOW, actor=EDITOR) as change:
        return events.save(change, replace(event, sequence=event.sequence + 1), action="edited")


def adopt(store: Store, event: Event, place: int, *, reason: str = "announced", sequence: int | None = None) -> Event:
    number = event.sequence if sequence is None else sequence
    return desk.adopt(store, event.uid, place, sequence=number, reason=reason, actor=EDITOR, now=NOW)


def merge(store: Store, number: int, event: Event) -> Event:
    return desk.merge(store, number, event.uid, sequence=event.sequence, reason="", actor=EDITOR, now=NOW)


def test_adopted_claim_changes_places_with_what_was_adopted(store: Store):
    before = events.by_slug(store, SLUG)
    (claim,) = before.claims
    after = adopt(store, before, 0)
    assert (after.span, after.source, after.source_url) == (claim.span, claim.source, claim.source_url)
    assert (after.uid, after.slug, after.city, after.country) == (before.uid, before.slug, before.city, before.country)
    (kept,) = after.claims
    assert (kept.span, kept.source, kept.source_url) == (before.span, before.source, before.source_url)
    back = adopt(store, after, 0)
    assert replace(back, sequence=before.sequence, stamp=before.stamp, claims=before.claims) == before
    revision = history.of_event(store, before.uid)[0]
    assert (revision.action, revision.reason, revision.actor) == ("adopted", "announced", EDITOR)


def test_days_announced_for_a_month_are_seen_as_sharpened(store: Store):
    event = events.by_slug(store, "hlpf-2027")
    days = Claim(span=spans.parse("6-9 November 2027"), source="Host's letter")
    month = saved(store, replace(event, span=MONTH, claims=(days,), status=Status.CONFIRMED))
    after = adopt(store, month, 0)
    assert changes.between(month, after).what == (What.SHARPENED,)
    body = Publisher(store, base=BASE).feed(named(store, "series/hlpf", "ics"), today=TODAY).body
    entry = next(each for each in body.split(b"BEGIN:VEVENT") if event.uid.encode() in each)
    assert b"DTSTART;VALUE=DATE:20271106\r\n" in entry
    assert b"DTEND;VALUE=DATE:20271110\r\n" in entry


def test_claim_of_another_city_brings_its_clock(store: Store):
    event = events.by_slug(store, "hlpf-2027")
    claim = Claim(span=event.span, city="Geneva", country="CH", source="Host's letter")
    after = adopt(store, saved(store, replace(event, claims=(claim,))), 0)
    assert (after.city, after.country, after.timezone) == ("Geneva", "CH", "Europe/Zurich")


def test_adopting_refuses_what_is_not_there_not_said_or_not_seen(store: Store):
    event = events.by_slug(store, SLUG)
    for error, call in [
        (NotFoundError, lambda: adopt(store, event, 1)),
        (NotFoundError, lambda: adopt(store, event, -1)),
        (ProblemsError, lambda: adopt(store, event, 0, reason=" ")),
        (ConflictError, lambda: adopt(store, event, 0, sequence=event.sequence - 1)),
    ]:
        with pytest.raises(error):
            call()
    assert events.by_slug(store, SLUG) == event
    gone = saved(store, replace(event, status=Status.WITHDRAWN))
    with pytest.raises(GoneError):
        adopt(store, gone, 0)


def test_merged_proposal_completes_the_older_event_and_overwrites_nothing(store: Store):
    before = events.by_slug(store, "hlpf-2027")
    number = desk.propose(store, GIVEN, now=NOW).number
    after = merge(store, number, before)
    claim = Claim(span=spans.parse("6-15 July 2027"), source=GIVEN["source"], city="New York", country="US")
    expected = replace(
        before,
        webcast_url="https://webtv.un.org/hlpf",
        themes=(*before.themes, "cybersecurity"),
        sdgs=tuple(sorted({*before.sdgs, 9})),
        claims=(*before.claims, claim),
        sequence=before.sequence + 1,
    )
    assert replace(after, stamp=before.stamp) == expected
    found = queue.by_id(store, number)
    assert (found.state, found.event) == ("approved", before.uid)
    with pytest.raises(ConflictError, match="submission-decided"):
        merge(store, number, after)


def test_proposal_that_adds_nothing_is_decided_without_a_revision(store: Store):
    number = desk.propose(store, GIVEN, now=NOW).number
    after = merge(store, number, events.by_slug(store, "hlpf-2027"))
    second = desk.propose(store, GIVEN, now=NOW).number
    assert merge(store, second, after) == after
    assert [each.action for each in history.of_event(store, after.uid)].count("merged") == 1
    assert queue.by_id(store, second).state == "approved"


def test_merging_keeps_the_place_that_an_event_has(store: Store):
    event = events.by_slug(store, "hlpf-2027")
    other = merged_with(event, replace(event.draft(), city="Geneva", country="CH", source="Letter"))
    assert (other.city, other.country, other.timezone) == (event.city, event.country, event.timezone)
    assert other.claims[-1].city == "Geneva"


def test_desk_merges_with_one_click(app: Flask, editor_client: FlaskClient, client: FlaskClient):
    store = store_of(app)
    received = desk.propose(store, GIVEN, now=NOW)
    event = events.by_slug(store, "hlpf-2027")
    address = f"/desk/submissions/{received.number}"
    found = page(editor_client.get(address))
    button = found.one("button", name="merge", value=event.uid)
    sequence = found.one("input", name=f"sequence-{event.uid}")
    data = {"merge": button["value"], sequence["name"]: sequence["value"], "version": "1"}
    answer = send(editor_client, address, data)
    assert (answer.status_code, answer.location) == (303, "/events/hlpf-2027")
    assert "Note verbale of 3 November" in page(client.get("/events/hlpf-2027")).text
    assert "/events/hlpf-2027" in [a["href"] for a in page(client.get(f"/submissions/{received.token}")).all("a")]
    assert page(send(editor_client, address, {"merge": event.uid}, form="/submit"), 409)


def test_desk_merges_into_nothing_that_is_not_there(app: Flask, editor_client: FlaskClient):
    number = desk.propose(store_of(app), GIVEN, now=NOW).number
    assert page(send(editor_client, f"/desk/submissions/{number}", {"merge": "no-such-uid", "version": "1"}), 404)
    assert queue.by_id(store_of(app), number).state == "pending"


def test_desk_page_adopts_a_claim(app: Flask, editor_client: FlaskClient):
    address, event = f"/desk/events/{SLUG}", events.by_slug(store_of(app), SLUG)
    data = {"adopt": "0", "why": "", "sequence": str(event.sequence)}
    assert [node["id"] for node in page(send(editor_client, address, data), 422).all(class_="err")] == ["why-e"]
    assert events.by_slug(store_of(app), SLUG) == event
    assert send(editor_client, address, data | {"why": "UN DESA decides"}).status_code == 303
    assert events.by_slug(store_of(app), SLUG).span == event.claims[0].span
    assert page(send(editor_client, address, {**data, "adopt": "7", "why": "x", "sequence": "99"}), 409)


def test_stranger_neither_merges_nor_adopts(app: Flask, client: FlaskClient):
    event = events.by_slug(store_of(app), SLUG)
    data = {"csrf_token": token(client, "/submit"), "adopt": "0", "why": "x", "sequence": str(event.sequence)}
    assert client.post(f"/desk/events/{SLUG}", data=data).location == "/login?next=/desk"
    assert events.by_slug(store_of(app), SLUG) == event


def note(store: Store, event: Event, **given: str) -> Event:
    said = {"dates": "8-16 July 2027", "source": "UN DESA", "source_url": "https://hlpf.un.org/"} | given
    return desk.add_claim(store, event.uid, said, sequence=event.sequence, reason="read today", actor=EDITOR, now=NOW)


def test_noted_claim_stands_beside_the_adopted_dates(store: Store):
    before = events.by_slug(store, "hlpf-2027")
    after = note(store, before)
    claim = Claim(
        span=spans.parse("8-16 July 2027"),
        source="UN DESA",
        source_url="https://hlpf.un.org/",
        city="New York",
        country="US",
    )
    assert (after.span, after.source, after.claims) == (before.span, before.source, (*before.claims, claim))
    assert history.of_event(store, after.uid)[0].action == "claimed"
    with pytest.raises(ConflictError, match="claim-twice"):
        note(store, after)


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"dates": "soon", "source": ""}, ["dates", "source"]),
        ({"dates": ""}, ["dates"]),
        ({"source_url": "ftp://un.org/x"}, ["source_url"]),
        ({"source": "x" * 501}, ["source"]),
    ],
)
def test_claim_that_cannot_be_read_tells_every_problem(store: Store, given, problems):
    event = events.by_slug(store, "hlpf-2027")
    with pytest.raises(ProblemsError) as caught:
        note(store, event, **given)
    assert [each.field for each in caught.value.problems] == problems
    assert events.by_slug(store, "hlpf-2027") == event


def test_desk_page_notes_a_claim_and_keeps_what_was_typed(app: Flask, editor_client: FlaskClient):
    address, event = "/desk/events/hlpf-2027", events.by_slug(store_of(app), "hlpf-2027")
    data = {"claim": "1", "claim_dates": "soon", "claim_source": "UN DESA", "sequence": str(event.sequence)}
    found = page(send(editor_client, address, data | {"why": "read today"}), 422)
    assert [node["id"] for node in found.all(class_="err")] == ["claim_dates-e"]
    assert (found.one(id="claim_source")["value"], found.one(id="why")["value"]) == ("UN DESA", "read today")
    (box,) = [each for each in found.all("details") if each.all(id="claim_source")]
    assert "open" in box.attributes
    right = data | {"claim_dates": "July 2027", "why": "read today"}
    assert send(editor_client, address, right).status_code == 303
    assert [each.source for each in events.by_slug(store_of(app), "hlpf-2027").claims] == ["UN DESA"]
