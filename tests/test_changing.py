"""Changes that are proposed to an event: what is kept of them, how they are shown, and what approving one applies."""

from dataclasses import replace

import pytest

from calendar_app import addresses, desk, spans, texts
from calendar_app.desk import changing
from calendar_app.desk.changing import Changed
from calendar_app.errors import CalendarError, ConflictError, GoneError, NotFoundError, ProblemsError
from calendar_app.events import Event
from calendar_app.store import Store, events, history
from calendar_app.store import submissions as queue
from calendar_app.submissions import EDITOR_ONLY, fields_of
from calendar_app.topics import Confidence, Role, Status
from tests.conftest import NOW
from tests.webapp import EDITOR, Node, filled, form_of, page, send, store_of, uids

TEXTS = texts.of("en")
SLUG = "igf-2016"
MOVED = {"dates": "6-9 December 2016", "source": "IGF Secretariat", "source_url": "https://www.intgovforum.org/2016"}
SEEN = {"title": "A", "dates": "November 2016", "city": "", "themes": ["health", "education"], "mode": "in-person"}


def word(message: str, **data: object) -> str:
    return TEXTS.error(CalendarError(message, **data))


def igf(store: Store) -> Event:
    return events.by_slug(store, SLUG)


def saved(store: Store, event: Event) -> Event:
    with store.change(NOW, actor="test") as change:
        return events.save(change, event, action="edited")


def retitled(store: Store, title: str = "Their title") -> Event:
    """The event as another editor has renamed it."""
    return saved(store, replace(igf(store), title=title))


def propose(store: Store, *, base: int | None = None, **given: object) -> desk.Received:
    event = igf(store)
    return desk.propose(store, {**fields_of(event), **given}, about=event.uid, base=base, now=NOW)


def decided(store: Store, number: int, **given: object) -> Event:
    """The event after an editor approved a change as the desk's form has it, with these fields put otherwise."""
    found, event = queue.by_id(store, number), igf(store)
    filling = changing.fit(found.seen, found.fields, fields_of(event), clashes=True) | given
    basis = desk.Basis(version=found.version, sequence=event.sequence)
    return desk.approve(store, number, filling, basis=basis, actor=EDITOR, reason="Read it", now=NOW)


def refused(store: Store, **given: object) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        propose(store, **given)
    assert queue.pending(store) == []
    return [(problem.field, problem.error.message) for problem in caught.value.problems]


def cells(table: Node) -> list[list[str]]:
    rows = [[cell.text for cell in row if cell.tag in {"th", "td"}] for row in table.all("tr")]
    return rows[1:]


# Two fillings and a third


@pytest.mark.parametrize(
    ("old", "new", "now", "changes"),
    [
        ({}, {}, {}, []),
        # As it was seen, changed by someone else, and as proposed already.
        (SEEN, {"title": "B"}, SEEN, [Changed(field="title", seen="A", proposed="B", now="A")]),
        (SEEN, {"title": "B"}, {"title": "C"}, [Changed(field="title", seen="A", proposed="B", now="C")]),
        (SEEN, {"title": "B"}, {"title": "B"}, [Changed(field="title", seen="A", proposed="B", now="B")]),
        # What a form sends in its own order, with spaces, or unasked.
        (SEEN, {**SEEN, "themes": ["education", "health"], "title": " A\n", "mode": ""}, {}, []),
        # An emptied field is left out of what is kept.
        (
            {**SEEN, "city": "Quito"},
            {"city": ""},
            {"city": "Lima"},
            [Changed(field="city", seen="Quito", proposed="", now="Lima")],
        ),
    ],
)  # fmt: skip
def test_change_is_told_field_by_field(old, new, now, changes):
    assert changing.compare(old, {**old, **new}, now) == changes


def test_field_clashes_when_someone_wrote_a_third_thing():
    kinds = {now: Changed(field="city", seen="Quito", proposed="Lima", now=now) for now in ("Quito", "Lima", "Bogotá")}
    assert {now: (each.clash, each.done) for now, each in kinds.items()} == {
        "Quito": (False, False),
        "Lima": (False, True),
        "Bogotá": (True, False),
    }


def test_change_is_fitted_onto_what_stands_now():
    new = {**SEEN, "title": "B", "themes": [], "city": "Lima"}
    now = {**SEEN, "title": "C", "dates": "2017", "status": "tentative"}
    fitted = {**now, "themes": [], "city": "Lima"}
    assert changing.fit(SEEN, new, now, clashes=True) == fitted | {"title": "B"}
    assert changing.fit(SEEN, new, now, clashes=False) == fitted


# Proposing


def test_proposed_change_waits_with_what_was_seen(store, publisher):
    before = publisher.store.revision()
    event = igf(store)
    received = propose(
        store, **MOVED, venue="  Expo\x00 Guadalajara ", themes=list(event.themes[::-1]), status="cancelled"
    )
    (waiting,) = queue.pending(store)
    seen = changing.fields_of(event)
    assert (waiting.id, waiting.about, waiting.base, waiting.version) == (received.number, event.uid, event.sequence, 1)
    assert waiting.seen == seen
    assert waiting.fields == {
        name: value for name, value in {**seen, **MOVED, "venue": "Expo Guadalajara"}.items() if value
    }
    assert [(text.version, text.fields) for text in queue.texts(store, waiting.id)] == [(1, waiting.fields)]
    assert not set(seen) & {*EDITOR_ONLY, "submitter_email"}
    assert (igf(store), store.revision()) == (event, before)


def test_every_event_as_its_form_has_it_is_no_change(store):
    for event in events.by_ids(store, list(range(1, 10_000))):
        with pytest.raises(ProblemsError) as caught:
            changing.read(store, fields_of(event), changing.fields_of(event), now=NOW)
        assert [each.error.message for each in caught.value.problems] == ["change-none"], event.slug


def test_change_that_changes_nothing_is_refused(store):
    assert refused(store) == [("form", "change-none")]
    event = igf(store)
    dates = spans.write(event.span).replace("-", " - ")
    typed = {"title": f" {event.title}\n", "sdgs": [*map(str, event.sdgs[::-1])], "dates": dates, "city": "guadalajara"}
    assert refused(store, **typed, parts="nonsense", role=["chair"]) == [("form", "change-none")]


def test_other_dates_need_their_source(store):
    assert refused(store, dates="2017") == [("source", "source-same")]
    assert refused(store, dates="soon", source="") == [("dates", "span-unreadable"), ("source", "source-required")]


def test_change_to_what_nobody_may_see_is_refused(store):
    event = igf(store)
    saved(store, replace(event, status=Status.WITHDRAWN))
    with pytest.raises(GoneError):
        propose(store, title="B")
    saved(store, replace(event, published=False))
    with pytest.raises(NotFoundError):
        propose(store, title="B")
    with pytest.raises(NotFoundError):
        desk.propose(store, fields_of(event), about="no-such-uid", now=NOW)
    assert queue.pending(store) == []


def test_what_was_seen_is_read_from_the_history(store):
    before = igf(store)
    after = retitled(store)
    propose(store, **fields_of(before) | {"venue": "Expo"}, base=before.sequence)
    (waiting,) = queue.pending(store)
    assert (waiting.seen["title"], waiting.base) == (before.title, before.sequence)
    # The title is theirs as it was seen: they changed the venue alone.
    assert [each.field for each in changing.compare(waiting.seen, waiting.fields, changing.fields_of(after))] == [
        "venue"
    ]


@pytest.mark.parametrize("base", [-1, 99])
def test_what_was_never_so_is_a_conflict(store, base):
    with pytest.raises(ConflictError, match="event-changed"):
        propose(store, base=base, title="B")


def test_what_was_not_public_is_never_what_was_seen(store):
    event = igf(store)
    hidden = saved(store, replace(event, published=False, title="Not for the public"))
    shown = saved(store, replace(event, title="Public again"))
    with pytest.raises(ConflictError, match="event-changed"):
        propose(store, base=hidden.sequence, venue="Expo")
    propose(store, base=shown.sequence, venue="Expo")
    (waiting,) = queue.pending(store)
    assert waiting.seen["title"] == "Public again"


# Deciding


def test_approved_change_is_an_edit_of_the_event(store):
    before = saved(store, replace(igf(store), status=Status.TENTATIVE, roles=(Role.CHAIR,)))
    number = propose(store, **MOVED).number
    after = decided(store, number)
    expected = replace(
        before,
        span=spans.parse(MOVED["dates"]),
        source=MOVED["source"],
        source_url=MOVED["source_url"],
        source_date="",
        notes="",
        confidence=Confidence.MEDIUM,
        sequence=before.sequence + 1,
    )
    assert replace(after, stamp=before.stamp) == expected
    revision = history.of_event(store, after.uid)[0]
    assert (revision.action, revision.actor, revision.reason) == ("edited", EDITOR, "Read it")
    found = queue.by_id(store, number)
    assert (found.state, found.event, found.email) == ("approved", after.uid, "")


def test_approved_change_keeps_what_someone_changed_beside_it(store):
    number = propose(store, venue="Expo").number
    retitled(store)
    after = decided(store, number)
    assert (after.title, after.venue) == ("Their title", "Expo")


def test_approved_move_keeps_the_earlier_plan(store):
    number, before = propose(store, **MOVED, city="Lima", country="PE").number, igf(store)
    found = queue.by_id(store, number)
    filling = changing.fit(found.seen, found.fields, fields_of(before), clashes=True)
    after = desk.approve(store, number, filling, moved=True, actor=EDITOR, reason="Moved to Lima", now=NOW)
    assert [(plan.span, plan.city, plan.reason) for plan in after.plans[len(before.plans) :]] == [
        (before.span, "Guadalajara", "Moved to Lima")
    ]
    assert history.of_event(store, after.uid)[0].action == "moved"


def test_change_that_stands_already_is_approved_without_a_revision(store):
    number = propose(store, title="Their title").number
    before = retitled(store)
    assert decided(store, number) == before
    assert queue.by_id(store, number).state == "approved"


def test_editor_may_not_approve_other_dates_from_the_same_source(store):
    number, event = propose(store, **MOVED).number, igf(store)
    with pytest.raises(ProblemsError) as caught:
        decided(store, number, source=event.source, source_url=event.source_url)
    assert [each.error.message for each in caught.value.problems] == ["source-same"]
    assert (igf(store), queue.by_id(store, number).state) == (event, "pending")


def test_change_of_an_event_that_moved_on_or_was_withdrawn_is_not_applied(store):
    number, seen = propose(store, venue="Expo").number, igf(store)
    other = retitled(store)
    with pytest.raises(ConflictError, match="event-changed"):
        desk.approve(
            store, number, fields_of(seen), basis=desk.Basis(sequence=seen.sequence), actor=EDITOR, reason="", now=NOW
        )
    assert igf(store) == other
    gone = saved(store, replace(other, status=Status.WITHDRAWN))
    with pytest.raises(GoneError):
        decided(store, number, status="confirmed")
    assert (igf(store), queue.by_id(store, number).state) == (gone, "pending")


def test_change_is_never_merged(store):
    number, event = propose(store, venue="Expo").number, events.by_slug(store, "hlpf-2027")
    with pytest.raises(ConflictError, match="merge-change"):
        desk.merge(store, number, event.uid, sequence=event.sequence, reason="", actor=EDITOR, now=NOW)
    assert events.by_slug(store, "hlpf-2027") == event


# The pages


def sent(client, **given: object) -> str:
    """Proposes a change through the form; gives the address of the private link."""
    form = filled(form_of(page(client.get(f"/submit?event={SLUG}")), "/submit"))
    answer = client.post("/submit", data={**form, **given})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_event_page_leads_everyone_to_a_change(reader, editor_reader):
    address = f"/submit?event={SLUG}"
    links = [link.text for link in page(reader.get(f"/events/{SLUG}")).all("a", href=address)]
    assert links == ["Propose a change"]
    assert [link.text for link in page(editor_reader.get(f"/events/{SLUG}")).all("a", href=address)] == ["Edit"]
    unverified = page(reader.get("/events/ceb-2016-11")).all("a", href="/submit?event=ceb-2016-11")
    assert [link.text for link in unverified] == ["Send a better source", "Propose a change"]


def test_strangers_form_begins_with_what_the_event_says(read_app, reader):
    found = page(reader.get(f"/submit?event={SLUG}"))
    event = igf(store_of(read_app))
    assert found.one("h1").text == f"Propose a change: {event.title}"
    form = filled(form_of(found, "/submit"))
    seen = changing.fields_of(event)
    assert {name: sorted(form.get(name, [])) for name in seen} == {
        name: sorted(value) if isinstance(value, list) else [value] for name, value in seen.items()
    }
    assert (form["event"], form["sequence"]) == ([SLUG], [str(event.sequence)])
    assert set(form) & {*EDITOR_ONLY, "reason", "moved"} == set()
    # True of a new event alone.
    assert "those of the series are taken" not in found.text
    assert "those of the series are taken" in page(reader.get("/submit")).text


def test_preview_of_a_change_shows_what_changes_and_stores_nothing(app, client):
    form = filled(form_of(page(client.get(f"/submit?event={SLUG}")), "/submit"))
    answer = client.post("/submit", data={**form, "venue": "Expo <b>", "do": "preview"})
    shown = page(answer).one("section", class_="preview")
    assert cells(shown.one("table")) == [["Venue", "empty", "Expo <b>"]]
    assert page(answer).all("aside", class_="notice") == []
    unchanged = page(client.post("/submit", data={**form, "do": "preview"})).one("section", class_="preview")
    assert unchanged.all("table") == []
    assert unchanged.all("p")[-1].text == "Nothing so far."
    assert queue.pending(store_of(app)) == []


def test_change_that_changes_nothing_says_so_over_the_form(app, client):
    form = filled(form_of(page(client.get(f"/submit?event={SLUG}")), "/submit"))
    found = page(client.post("/submit", data=form), 422)
    assert [link.text for link in found.one("div", id="problems").all("a", href="#form")] == [
        f"The form: {word('change-none')}"
    ]
    assert queue.pending(store_of(app)) == []


def test_change_from_a_form_that_was_tampered_with_is_a_conflict(app, client):
    form = filled(form_of(page(client.get(f"/submit?event={SLUG}")), "/submit"))
    found = page(client.post("/submit", data={**form, "venue": "Expo", "sequence": "9" * 5000}), 409)
    assert found.one("div", id="problems").text.startswith(word("event-changed"))
    again = filled(form_of(found, "/submit"))
    assert (again["venue"], again["sequence"]) == (["Expo"], form["sequence"])
    assert client.post("/submit", data=again).status_code == 303


def test_stranger_learns_nothing_of_an_event_that_is_not_public(app, client):
    event = igf(store_of(app))
    saved(store_of(app), replace(event, published=False))
    given = {**fields_of(event), "event": SLUG, "sequence": str(event.sequence), "venue": "Expo"}
    for answer in (client.get(f"/submit?event={SLUG}"), send(client, "/submit", given)):
        found = page(answer, 404)
        assert found.one("p", class_="lede").text == word("event-unknown", name=SLUG)
        assert event.title not in found.raw
    saved(store_of(app), replace(igf(store_of(app)), published=True, status=Status.WITHDRAWN))
    page(client.get(f"/submit?event={SLUG}"), 410)
    page(send(client, "/submit", given), 410)
    assert queue.pending(store_of(app)) == []


def test_proposed_change_is_in_no_page_and_no_feed(app, client):
    everywhere = ["/", f"/events/{SLUG}", "/events?q=zyx", "/series/igf", "/feeds/all.ics", f"/events/{SLUG}.ics"]
    before = {address: client.get(address).data for address in everywhere}
    sent(client, title="A title zyx", venue="A venue zyx", description="zyx")
    assert {address: client.get(address).data for address in everywhere} == before


def test_desk_lists_and_shows_a_change_field_by_field(app, client, editor_client):
    store = store_of(app)
    title = igf(store).title
    private = sent(
        client, venue="Expo", title="My title", description="As they say", webcast_url="https://webtv.un.org/"
    )
    saved(store, replace(igf(store), title="Their title", description="As they say"))
    row = page(editor_client.get("/desk")).one("section", aria_labelledby="queue").one("tbody")
    (waiting,) = queue.pending(store)
    address = addresses.desk_submission(waiting.id)
    assert [(link["href"], link.text) for link in row.all("a")] == [(address, f"Change of {title}")]
    found = page(editor_client.get(address))
    assert found.one("h1").text == f"Change of {title}"
    assert cells(found.one("section", aria_labelledby="changes").one("table")) == [
        ["Title Clash", title, "My title", "Their title"],
        ["Venue", "empty", "Expo", "unchanged"],
        ["Webcast", "empty", "https://webtv.un.org/", "unchanged"],
        ["Description", "empty", "As they say", "as proposed already"],
    ]
    assert "Someone changed the same meanwhile." in found.one("p", class_="lede").text
    assert found.all("section", aria_labelledby="dup") == []
    mine = page(client.get(private))
    assert cells(mine.one("table")) == [
        ["Title", title, "My title"],
        ["Venue", "empty", "Expo"],
        ["Webcast", "empty", "https://webtv.un.org/"],
        ["Description", "empty", "As they say"],
    ]
    assert "Their title" not in mine.one("table").text


def test_change_approved_at_the_desk_is_public_with_the_next_request(app, client, editor_client):
    private = sent(client, **MOVED)
    (waiting,) = queue.pending(store_of(app))
    address, before = addresses.desk_submission(waiting.id), igf(store_of(app))
    form = filled(form_of(page(editor_client.get(address)), address))
    assert form["dates"] == [MOVED["dates"]]
    answer = editor_client.post(address, data={**form, "do": "approve", "reason": "Announced"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/events/{SLUG}")
    shown = page(client.get(f"/events/{SLUG}"))
    assert shown.one("p", class_="big").text == "6–9 December 2016"
    assert before.uid in uids(client.get("/feeds/series/igf.ics").data)
    assert (igf(store_of(app)).uid, igf(store_of(app)).sequence) == (before.uid, before.sequence + 1)
    mine = page(client.get(private))
    assert mine.one("p", class_="lede").text == "The editors took it up."
    assert f"/events/{SLUG}" in [link["href"] for link in mine.one("dl").all("a")]
    after = page(editor_client.get(address))
    assert after.all("form", action=address) == []
    assert [row[0] for row in cells(after.one("section", aria_labelledby="changes").one("table"))] == [
        *("When", "Source", "Link to the source")
    ]


def test_desk_is_shown_how_the_event_stands_before_a_change_is_applied(app, client, editor_client):
    sent(client, venue="Expo")
    (waiting,) = queue.pending(store_of(app))
    address = addresses.desk_submission(waiting.id)
    form = filled(form_of(page(editor_client.get(address)), address))
    other = retitled(store_of(app))
    found = page(editor_client.post(address, data={**form, "do": "approve", "reason": "Right"}), 409)
    told = found.one("div", id="problems")
    assert told.text.startswith(word("event-changed"))
    assert cells(told.one("table")) == [["Title", "Their title", form["title"][0]], ["Venue", "empty", "Expo"]]
    assert igf(store_of(app)) == other
    again = filled(form_of(found, address))
    assert (again["sequence"], again["reason"]) == ([str(other.sequence)], ["Right"])
    assert editor_client.post(address, data={**again, "title": other.title, "do": "approve"}).status_code == 303
    assert (igf(store_of(app)).title, igf(store_of(app)).venue) == ("Their title", "Expo")


def test_desk_declines_a_change_of_an_event_that_was_withdrawn(app, client, editor_client):
    sent(client, venue="Expo")
    saved(store_of(app), replace(igf(store_of(app)), status=Status.WITHDRAWN))
    (waiting,) = queue.pending(store_of(app))
    address = addresses.desk_submission(waiting.id)
    found = page(editor_client.get(address))
    form = filled(form_of(found, address))
    assert (set(form) & {"title", "dates"}, [node["value"] for node in found.all("button", name="do")]) == (
        set(),
        ["reject"],
    )
    page(editor_client.post(address, data={**form, "do": "reject", "reason": ""}), 422)
    assert editor_client.post(address, data={**form, "do": "reject", "reason": "It is off"}).status_code == 303
    assert queue.by_id(store_of(app), waiting.id).reason == "It is off"
