"""Trusted submitters: what an account may publish at once, and what of an event is theirs to say."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from calendar_app import accounts, desk, pieces, texts
from calendar_app.errors import CalendarError, ConflictError, DeniedError
from calendar_app.events import Event
from calendar_app.store import Store, events, history
from calendar_app.store import submissions as queue
from calendar_app.store.accounts import Account, by_email, set_owned_series
from calendar_app.submissions import fields_of
from calendar_app.topics import Role, Status
from tests.conftest import NOW
from tests.webapp import EDITOR, SUBMITTER, filled, form_of, page, send, store_of

TEXTS = texts.of("en")
GIVEN = {"title": "Rehearsal of a Forum zyx", "dates": "18-22 April 2033", "source": "Note verbale", "series": "hlpf"}
MORE = {"status": "cancelled", "role": ["chair"], "deadlines": "input: 1 March 2033", "parts": "18 April 2033: Opening"}
SLUG = "hlpf-2027"
PUBLISHED = "/events/rehearsal-of-a-forum-zyx-2033"


def own(store: Store, *keys: str) -> Account:
    """The submitter's account, which owns these series."""
    account = by_email(store, SUBMITTER)
    assert account is not None
    with store.change(NOW, actor="test") as change:
        set_owned_series(change, account.id, keys)
    return account


@pytest.fixture
def trusted(app, staffed) -> FlaskClient:
    """A submitter who is signed in and owns HLPF."""
    own(store_of(app), "hlpf")
    client = app.test_client()
    with store_of(app).change(NOW, actor="test") as change:
        session = accounts.hash_token("a session of this test")
        who = by_email(store_of(app), SUBMITTER)
        change.db.conn.execute(
            "INSERT INTO sessions (hash, account, created, expires) VALUES (?, ?, ?, ?)",
            [session, who.id, "2026-11-24T09:30:00Z", "2026-12-08T09:30:00Z"],
        )
    client.set_cookie("calendar_session", "a session of this test")
    return client


def change_form(client: FlaskClient) -> dict[str, list[str]]:
    return filled(form_of(page(client.get(f"/submit?event={SLUG}")), "/submit"))


def pieced(store: Store) -> Event:
    """HLPF 2027 with a status, a role, deadlines and parts of its own."""
    event = events.by_slug(store, SLUG)
    given = {"deadlines": "registration: 1 June 2027", "parts": "6 July 2027: Opening"}
    told = pieces.apply(replace(event, status=Status.TENTATIVE, roles=(Role.CHAIR,)), given, mint=desk.saving.mint)
    with store.change(NOW, actor="test") as change:
        return events.save(change, told, action="edited")


@pytest.mark.parametrize(
    ("owned", "given", "slug", "published"),
    [
        (["hlpf"], {"series": "hlpf"}, "", True),
        (["hlpf"], {"series": " hlpf\n"}, "", True),
        (["hlpf"], {"series": "igf"}, "", False),
        (["hlpf"], {"series": ""}, "", False),
        (["hlpf"], {}, "", False),
        (["hlpf"], {"series": ["hlpf"]}, "", False),
        ([], {"series": ""}, "", False),
        (["hlpf"], {"series": "hlpf"}, SLUG, True),
        (["hlpf", "igf"], {"series": "igf"}, SLUG, True),
        # Out of what they own, and into it.
        (["hlpf"], {"series": "igf"}, SLUG, False),
        (["hlpf"], {"series": ""}, SLUG, False),
        (["igf"], {"series": "igf"}, SLUG, False),
    ],
)
def test_submitter_publishes_for_the_series_that_they_own(app, owned, given, slug, published):
    store = store_of(app)
    account, event = own(store, *owned), events.by_slug(store, slug) if slug else None
    assert desk.may_publish(store, account, given, event=event) is published


def test_editors_publish_everything_and_strangers_nothing(app):
    store = store_of(app)
    event = events.by_slug(store, SLUG)
    hidden = replace(event, published=False)
    editor, owner = by_email(store, EDITOR), own(store, "hlpf")
    asked = [(who, of) for who in (editor, None, owner) for of in (None, event, hidden)]
    assert [desk.may_publish(store, who, {"series": "hlpf"}, event=of) for who, of in asked] == [
        *(True, True, True),
        *(False, False, False),
        *(True, True, False),
    ]


def test_use_case_refuses_what_has_to_wait(app):
    store = store_of(app)
    before = store.revision()
    with pytest.raises(DeniedError):
        desk.publish(store, {**GIVEN, "series": "igf"}, account=own(store, "hlpf"), now=NOW)
    assert store.revision() == before


def test_new_event_of_an_own_series_is_public_at_once(app, trusted, client):
    found = page(trusted.get("/submit"))
    assert found.one("p", class_="lede").text == (
        "Events of HLPF are public as soon as you send them. An editor reads all others first."
    )
    answer = send(trusted, "/submit", {**GIVEN, **MORE})
    assert (answer.status_code, answer.headers["Location"]) == (303, PUBLISHED)
    event = events.by_slug(store_of(app), PUBLISHED.rpartition("/")[2])
    assert (event.status, event.roles, event.deadlines, event.parts) == (Status.CONFIRMED, (), (), ())
    assert history.of_event(store_of(app), event.uid)[0].actor == SUBMITTER
    shown = page(client.get(PUBLISHED))
    assert shown.one("h1").text == GIVEN["title"]
    assert SUBMITTER not in shown.raw


def test_event_of_another_series_waits_in_the_queue(app, trusted, client):
    answer = send(trusted, "/submit", {**GIVEN, "series": "igf"})
    assert answer.headers["Location"].startswith("/submissions/")
    assert len(queue.pending(store_of(app))) == 1
    page(client.get(PUBLISHED), 404)


def test_change_of_an_own_event_is_public_at_once_and_leaves_the_rest_alone(app, trusted):
    before = pieced(store_of(app))
    found = page(trusted.get(f"/submit?event={SLUG}"))
    assert "what you save is public at once" in found.one("p", class_="lede").text
    form = filled(form_of(found, "/submit"))
    assert set(form) & {*MORE, "submitter_email"} == set()
    given: Mapping[str, object] = {**form, **MORE, "venue": "Conference Building", "reason": "Room given"}
    answer = trusted.post("/submit", data=given)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/events/{SLUG}")
    after = events.by_slug(store_of(app), SLUG)
    assert replace(after, stamp=before.stamp) == replace(
        before, venue="Conference Building", sequence=before.sequence + 1
    )
    revision = history.of_event(store_of(app), after.uid)[0]
    assert (revision.actor, revision.reason, revision.action) == (SUBMITTER, "Room given", "edited")


def test_change_that_takes_an_event_out_of_the_own_series_waits(app, trusted):
    before = events.by_slug(store_of(app), SLUG)
    answer = trusted.post("/submit", data={**change_form(trusted), "series": "igf"})
    assert answer.headers["Location"].startswith("/submissions/")
    (waiting,) = queue.pending(store_of(app))
    assert (waiting.about, waiting.fields["series"]) == (before.uid, "igf")
    assert events.by_slug(store_of(app), SLUG) == before


def test_trusted_change_after_anothers_is_a_conflict_that_shows_both(app, trusted):
    form = change_form(trusted)
    event = events.by_slug(store_of(app), SLUG)
    desk.edit(
        store_of(app),
        event.uid,
        {**fields_of(event), "title": "Their title"},
        sequence=event.sequence,
        actor=EDITOR,
        reason="",
        now=NOW,
    )
    found = page(trusted.post("/submit", data={**form, "venue": "Room"}), 409)
    told = found.one("div", id="problems")
    assert told.text.startswith(TEXTS.error(CalendarError("event-changed")))
    rows = [[cell.text for cell in row if cell.tag in {"th", "td"}] for row in told.one("table").all("tr")]
    assert rows[1:] == [["Title", "Their title", event.title], ["Venue", event.venue, "Room"]]
    with pytest.raises(ConflictError):
        desk.publish(
            *(store_of(app), {**fields_of(event), "venue": "Room"}),
            account=by_email(store_of(app), SUBMITTER),
            event=event,
            sequence=event.sequence,
            now=NOW,
        )


def test_preview_keeps_what_is_not_theirs_to_say(app, trusted):
    pieced(store_of(app))
    answer = trusted.post(
        "/submit", data={**change_form(trusted), "venue": "Room", "status": "cancelled", "do": "preview"}
    )
    shown = page(answer).one("section", class_="preview")
    assert shown.one("div", class_="meta").all("span", class_="is")[0].text == TEXTS.label("status", "tentative")
    assert len(shown.all("dl")) == 2
