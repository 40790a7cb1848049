"""What ITU did on pages: for everyone at the event, and for editors at the desk, where it is added and changed."""

import json
from dataclasses import replace

from flask import Flask
from flask.testing import FlaskClient

from calendar_app import addresses, spans
from calendar_app.desk import engagements, side_events
from calendar_app.selection import Selection
from calendar_app.store import engagements as kept
from calendar_app.store import events, history, search, series
from calendar_app.topics import Role
from tests.conftest import NOW
from tests.test_engagements import GIVEN
from tests.webapp import EDITOR, Node, client_as, filled, form_of, page, send, store_of, token

FORUM = "hlpf-2016"
AT, IN = addresses.engagement_at(FORUM), addresses.engagement_in("hlpf")
SIDE = addresses.side_event(FORUM)
HELD = {
    "title": "Connecting the unconnected",
    "dates": "12 July 2016",
    "start_time": "13:15",
    "end_time": "14:30",
    "venue": "Conference Room 4",
    "partners": "GSMA",
    "source": "Programme of side events",
}


def add(app: Flask, **given: str) -> str:
    return engagements.add(store_of(app), GIVEN | given, actor=EDITOR, now=NOW).engagement.uid


def held(app: Flask, **given: object):
    store = store_of(app)
    forum = events.by_slug(store, FORUM)
    told = side_events.start(forum) | HELD | given
    return side_events.add(store, forum.uid, told, actor=EDITOR, now=NOW)


def did(found: Node) -> Node:
    (section,) = found.all("section", aria_labelledby="did")
    return section


def links(node: Node) -> list[str]:
    return [each["href"] for each in node.all("a")]


def test_event_page_tells_what_itu_did_with_partners_documents_and_source(app: Flask, client: FlaskClient):
    add(app, partners="WEF", documents="E/2016/75 Report", outcome="Taken up", source="Our note")
    section = did(page(client.get(addresses.event(FORUM))))
    assert "Contribution on spectrum. With World Economic Forum." in section.text
    assert "Outcome: Taken up" in section.text
    assert "Source: Our note" in section.text
    assert {"/partners/world-economic-forum", "https://docs.un.org/en/E/2016/75"} <= set(links(section))
    assert [term.text for term in section.all("dt")] == ["Participation", "Side event", "Input"]


def test_what_itu_did_comes_before_what_overlaps_and_the_sources(app: Flask, client: FlaskClient):
    held(app)
    found = page(client.get(addresses.event(FORUM))).one("main")
    order = [each.text for each in found.all("h2") if each.parent.get("aria-labelledby") == each.get("id")]
    dates = "Where the dates come from"
    assert [words for words in order if words in {"Parts", "What ITU did there", "At the same time", dates}] == [
        "Parts",
        "What ITU did there",
        "At the same time",
        dates,
    ]
    ways = [link for link in did(found).all("a") if link["href"] == "/events?kind=side-event"]
    assert [link.text for link in ways] == ["All of ITU’s side events"]


def test_one_source_of_all_is_told_once_and_what_is_shared_names_the_others(reader: FlaskClient):
    section = did(page(reader.get(addresses.event(FORUM))))
    assert section.text.count("Source:") == 1
    (told,) = [each for each in section.all("p") if each.text.startswith("At 5 together, counted once. The others:")]
    others = ("ecosoc-integration-segment-2016", "ecosoc-partnership-forum-2016", "ffd-forum-2016", "sti-forum-2016")
    assert sorted(links(told)) == sorted(addresses.event(slug) for slug in others)


def test_forum_lists_its_side_events_and_each_names_its_forum(app: Flask, client: FlaskClient):
    event = held(app, url="https://www.un.org/side")
    forum = page(client.get(addresses.event(FORUM)))
    section = did(forum)
    assert "Connecting the unconnected, 13:15–14:30 EDT, Conference Room 4" in section.text
    assert {addresses.event(event.slug), "/partners/gsma", "https://www.un.org/side"} <= set(links(section))
    found = page(client.get(addresses.event(event.slug)))
    facts = {term.text: term for term in found.all("dt")}
    assert "Held at" in facts
    assert addresses.event(FORUM) in links(found.one("main"))
    assert "With GSMA" in did(found).text


def test_forum_and_side_event_name_each_other_for_programs(app: Flask, client: FlaskClient):
    event = held(app)

    def linked(slug: str) -> dict[str, object]:
        return json.loads(page(client.get(addresses.event(slug))).one("script", type="application/ld+json").raw)

    *_, sub = linked(FORUM)["subEvent"]
    assert (sub["name"], sub["startDate"]) == ("Connecting the unconnected", "2016-07-12T13:15:00-04:00")
    above = linked(event.slug)["superEvent"]
    assert (above["@type"], above["name"], above["startDate"]) == (
        "Event",
        "High-Level Political Forum for Sustainable Development (HLPF) 2016",
        "2016-07-11",
    )


def test_what_is_internal_or_taken_out_is_at_the_desk_alone(
    app: Flask, client: FlaskClient, editor_client: FlaskClient
):
    add(app, detail="Quiet talks", internal="1", note="Ask Mona")
    gone = add(app, detail="Never held")
    store = store_of(app)
    seen = kept.newest_revision(store, gone)
    engagements.take_out(store, gone, seen=seen, reason="x", actor=EDITOR, now=NOW)
    desk = page(editor_client.get(AT)).text
    assert all(words in desk for words in ("Quiet talks", "Ask Mona", "Never held", "Internal", "Put it back"))
    for who in (client, editor_client):
        text = page(who.get(addresses.event(FORUM))).text
        assert not any(words in text for words in ("Quiet talks", "Ask Mona", "Never held"))


def test_statement_is_added_and_the_form_comes_again_with_its_source(app: Flask, editor_client: FlaskClient):
    given = {name: GIVEN[name] for name in ("activity", "detail", "source", "source_url")}
    answer = send(editor_client, AT, {**given, "do": "add", "also": ["sti-forum-2016"], "partners": "gsma"})
    assert answer.status_code == 303
    found = page(editor_client.get(answer.location))
    form = filled(found.all("form", action=AT)[0])
    assert (form["source"], form["detail"], form["partners"]) == ([GIVEN["source"]], [""], [""])
    assert form["source_url"] == [GIVEN["source_url"]]
    assert "Contribution on spectrum" in found.one("p", id="just-done").text
    store = store_of(app)
    (told,) = [each for each in kept.all_public(store) if each.detail == GIVEN["detail"]]
    assert [events.by_uid(store, uid).slug for uid in told.events] == [FORUM, "sti-forum-2016"]


def test_problems_of_a_statement_are_told_with_what_was_typed(editor_client: FlaskClient):
    sent = {"do": "add", "activity": "input", "detail": "Kept", "events": "no-such", "partners": "No One", "source": ""}
    found = page(send(editor_client, AT, sent), 422)
    summary = found.one("div", id="problems")
    assert [each["href"] for each in summary.all("a")] == ["#partners", "#source", "#events"]
    assert "Line 1: We find no event “no-such”" in summary.text
    assert filled(found.all("form", action=AT)[0])["detail"] == ["Kept"]


def test_each_new_partner_is_asked_for_by_its_name(app: Flask, editor_client: FlaskClient):
    sent = {
        "do": "add",
        "activity": "input",
        "detail": "With many",
        "partners": "GSMA; Orange; Aspen Institut",
        "source": "Note",
    }
    form = page(send(editor_client, AT, sent), 422).all("form", action=AT)[0]
    asked = form.one("fieldset", id="partner_kinds")
    assert [label.text for label in asked.all("label")] == ["What is “Orange”?", "What is “Aspen Institut”?"]
    chosen = filled(form) | {"do": "add", "new_kind": ["company", ""]}
    form = page(editor_client.post(AT, data=chosen), 422).all("form", action=AT)[0]
    assert filled(form)["new_kind"] == ["company", ""]
    same = [each["value"] for each in form.all("select", name="new_kind")[1].all("option")][1]
    assert same == "=aspen-institute"
    chosen = filled(form) | {"do": "add", "new_kind": ["company", same]}
    assert editor_client.post(AT, data=chosen).status_code == 303
    (told,) = [each for each in kept.all_public(store_of(app)) if each.detail == "With many"]
    assert told.partners == ("gsma", "orange", "aspen-institute")


def test_source_of_an_internal_statement_is_carried_in_no_address(editor_client: FlaskClient):
    sent = {"do": "add", "activity": "input", "detail": "Quiet", "source": "Who told us", "internal": "1"}
    answer = send(editor_client, AT, sent)
    assert (answer.status_code, answer.location) == (303, AT)


def test_statement_covers_more_events_by_a_tick_when_it_is_changed(app: Flask, editor_client: FlaskClient):
    uid = add(app)
    address = addresses.desk_engagement(uid)
    form = next(each for each in page(editor_client.get(address)).all("form", action=address) if each.all("textarea"))
    offered = [each["value"] for each in form.all("input", name="also")]
    assert (len(offered) > 1, FORUM in offered) == (True, False)
    sent = filled(form) | {"also": [offered[0]], "reason": "It was for both"}
    assert editor_client.post(address, data=sent).status_code == 303
    store = store_of(app)
    its = [events.by_uid(store, each).slug for each in kept.find(store, uid).engagement.events]
    assert its == [FORUM, offered[0]]


def test_side_event_outside_the_days_of_its_forum_is_told_of_and_kept(app: Flask, editor_client: FlaskClient):
    sent = HELD | {"dates": "25 July 2016", "timezone": "America/New_York"}
    assert send(editor_client, SIDE, sent).status_code == 303
    found = page(editor_client.get(AT))
    assert "outside the forum’s days" in found.one("p", id="just-done").text
    (each,) = events.held_at(store_of(app), events.by_slug(store_of(app), FORUM).uid)
    for slug, words in ((FORUM, HELD["title"]), (each.slug, "outside the days of")):
        (notice,) = page(editor_client.get(addresses.desk_event(slug))).all("aside", class_="notice")
        assert words in notice.text


def test_move_of_a_forum_tells_which_side_events_it_leaves(app: Flask, editor_client: FlaskClient):
    held(app)
    address = addresses.desk_event(FORUM)
    assert not page(editor_client.get(address)).all("aside", class_="notice")
    sent = {"step": "move", "dates": "18-27 July 2016", "reason": "Moved", "source": "Note"}
    sent |= {"sequence": str(events.by_slug(store_of(app), FORUM).sequence)}
    assert send(editor_client, address, sent).status_code == 303
    found = page(editor_client.get(address))
    assert found.one("p", id="just-done").text.endswith(HELD["title"])
    assert HELD["title"] in found.one("aside", class_="notice").text


def test_series_keeps_what_itu_did_by_year(app: Flask, editor_client: FlaskClient):
    sent = {"do": "add", "activity": "review", "detail": "Review of the forum", "year": "2015", "source": "Note"}
    assert send(editor_client, IN, sent).status_code == 303
    (told,) = [each for each in kept.kept_of_series(store_of(app), "hlpf") if each.engagement.activity == "review"]
    assert (told.engagement.year, told.engagement.detail) == (2015, "Review of the forum")
    assert "2015" in page(editor_client.get(IN)).text


def test_page_of_a_series_tells_what_was_done_in_the_year_of_its_event(app: Flask, client: FlaskClient):
    store = store_of(app)
    moved = replace(events.by_slug(store, "whs-2016"), span=spans.parse("3 May 2018"))
    with store.change(NOW, actor="test") as change:
        events.save(change, moved, action="edited")
    told = page(client.get("/series/whs")).one("section", aria_labelledby="did")
    assert [each.text for each in told.all("h3")] == ["2018"]


def test_role_at_an_event_is_set_in_one_step(app: Flask, editor_client: FlaskClient):
    store = store_of(app)
    before = events.by_slug(store, FORUM)
    found = page(editor_client.get(AT))
    sent = filled(found.all("form", action=AT)[1]) | {"role": ["lead"], "do": "role"}
    assert page(editor_client.post(AT, data=sent), 422).one("div", id="problems").text.endswith("still here.")
    assert editor_client.post(AT, data=sent | {"why": "Letter"}).status_code == 303
    after = events.by_slug(store, FORUM)
    assert (after.roles, history.of_event(store, after.uid)[0].reason) == ((Role.LEAD,), "Letter")
    assert before.roles != after.roles
    found = page(editor_client.post(AT, data=sent | {"why": "Again", "role": ["host"]}), 409)
    assert "Someone changed this event" in found.one("div", id="problems").text
    # The page shows the event as it now stands, so that what was chosen can be sent again.
    assert filled(found.all("form", action=AT)[1])["role"] == ["host"]


def test_role_in_a_series_is_set_with_its_year(app: Flask, editor_client: FlaskClient):
    found = page(editor_client.get(IN))
    sent = filled(found.all("form", action=IN)[1]) | {"do": "role", "why": "Letter"}
    assert page(editor_client.post(IN, data=sent | {"roles": "king"}), 422).one("a", href="#roles")
    assert editor_client.post(IN, data=sent | {"roles": "co-chair 2016"}).status_code == 303
    (role,) = series.directory(store_of(app))["hlpf"].roles
    assert (role.role, role.year) == (Role.CO_CHAIR, 2016)


def test_statement_is_changed_taken_out_put_back_and_undone(app: Flask, editor_client: FlaskClient):
    uid = add(app)
    at, store = addresses.desk_engagement(uid), store_of(app)

    def act(**given: object):
        forms = page(editor_client.get(at)).all("form", action=at)
        return editor_client.post(at, data=filled(forms[-1 if "why" in given else 0]) | given)

    assert act(detail="Other words", reason="Typo").status_code == 303
    found = page(editor_client.get(at))
    assert "before: Contribution on spectrum" in found.text
    (undo,) = found.all("button", name="undo")
    assert act(undo=undo["value"], why="").status_code == 422
    assert act(undo=undo["value"], why="Right before").status_code == 303
    assert kept.find(store, uid).engagement.detail == "Contribution on spectrum"
    assert act(do="out", why="Twice").status_code == 303
    assert kept.find(store, uid).removed
    assert len(page(editor_client.get(at)).all("form", action=at)) == 1
    assert act(do="back", why="Not twice").status_code == 303
    assert not kept.find(store, uid).removed


def test_change_on_top_of_anothers_shows_both(app: Flask, editor_client: FlaskClient):
    uid = add(app)
    at, store = addresses.desk_engagement(uid), store_of(app)
    form = filled(page(editor_client.get(at)).all("form", action=at)[0])
    engagements.change(
        store,
        uid,
        GIVEN | {"detail": "Theirs"},
        seen=kept.newest_revision(store, uid),
        reason="x",
        actor="other@example.org",
        now=NOW,
    )
    found = page(editor_client.post(at, data=form | {"detail": "Ours", "reason": "Better"}), 409)
    table = found.one("div", id="problems").text
    assert "Theirs" in table
    assert "Ours" in table
    again = filled(found.all("form", action=at)[0])
    assert again["detail"] == ["Ours"]
    assert editor_client.post(at, data=again).status_code == 303
    assert kept.find(store, uid).engagement.detail == "Ours"


def test_side_event_is_added_by_a_form_that_its_forum_begins(app: Flask, editor_client: FlaskClient):
    form = filled(form_of(page(editor_client.get(SIDE)), SIDE))
    assert (form["timezone"], form["mode"]) == (["America/New_York"], ["in-person"])
    answer = editor_client.post(SIDE, data=form | HELD)
    assert (answer.status_code, answer.location) == (303, AT)
    listed = page(editor_client.get(AT))
    assert "Connecting the unconnected" in listed.one("p", id="just-done").text
    (event,) = events.held_at(store_of(app), events.by_slug(store_of(app), FORUM).uid)
    assert addresses.engagement_at(event.slug) in links(listed)
    edit = page(editor_client.get(f"{addresses.SUBMIT}?event={event.slug}"))
    kinds = [each["value"] for each in edit.one("select", id="kind").all("option")]
    assert kinds == ["side-event"]
    assert [each["value"] for each in edit.one("select", id="series").all("option")] == [""]


def test_form_of_a_side_event_tells_what_is_wrong_and_keeps_the_rest(editor_client: FlaskClient):
    found = page(send(editor_client, SIDE, HELD | {"dates": "12 August 2018", "partners": "No One"}), 422)
    # Without a zone the times can't be read, which is told first.
    told = [each["href"] for each in found.one("div", id="problems").all("a")]
    assert set(told) == {"#timezone", "#partners"}
    assert filled(form_of(found, SIDE))["title"] == [HELD["title"]]


def test_event_form_offers_no_side_event_as_a_kind(editor_reader: FlaskClient):
    for address in (addresses.SUBMIT, f"{addresses.SUBMIT}?event={FORUM}", addresses.NEW_SERIES):
        kinds = page(editor_reader.get(address)).one("select", id="kind").all("option")
        assert "side-event" not in [each["value"] for each in kinds]


def test_desk_pages_of_an_event_and_a_series_lead_to_what_itu_did(editor_reader: FlaskClient):
    for address, wanted in (
        (addresses.desk_event(FORUM), AT),
        (addresses.event(FORUM), AT),
        (addresses.desk_series("hlpf"), IN),
        (AT, SIDE),
    ):
        assert wanted in links(page(editor_reader.get(address)))


def test_pages_are_for_editors_and_unknown_ones_are_not_found(
    app: Flask, reader: FlaskClient, editor_reader: FlaskClient
):
    submitter = client_as(app, "submitter")
    for address in (AT, IN, SIDE, addresses.desk_engagement("x")):
        assert reader.get(address).status_code == 303
        assert submitter.get(address).status_code == 403
    for address in (
        addresses.engagement_at("no-such"),
        addresses.engagement_in("no-such"),
        addresses.side_event("no-such"),
        addresses.desk_engagement("no-such"),
    ):
        assert editor_reader.get(address).status_code == 404


def test_side_event_of_a_side_event_is_a_conflict_in_words(app: Flask, editor_client: FlaskClient):
    event = held(app)
    answer = editor_client.get(addresses.side_event(event.slug))
    assert answer.status_code == 409
    assert "No side event can be held at a side event" in answer.get_data(as_text=True)
    assert token(editor_client, addresses.engagement_at(event.slug))


def asked(app: Flask, client: FlaskClient, address: str) -> int:
    """How many queries a page takes."""
    told: list[str] = []
    store_of(app).db.conn.set_trace_callback(told.append)
    try:
        page(client.get(address))
    finally:
        store_of(app).db.conn.set_trace_callback(None)
    return len(told)


def test_history_of_a_statement_of_many_events_is_read_at_once_and_told_by_pages(
    app: Flask, editor_client: FlaskClient
):
    store = store_of(app)
    slugs = [event.slug for event in events.by_ids(store, search.ids(store, Selection(), most=40))]
    one, many = add(app), add(app, events="\n".join(slugs), detail="Told of many")
    for number in range(21):
        given = GIVEN | {"events": "\n".join(slugs), "detail": f"Told of many, {number}"}
        seen = kept.newest_revision(store, many)
        engagements.change(store, many, given, seen=seen, reason="x", actor=EDITOR, now=NOW)
    at = addresses.desk_engagement(many)
    asked(app, editor_client, at)
    assert asked(app, editor_client, at) <= asked(app, editor_client, addresses.desk_engagement(one)) + 2
    newer = page(editor_client.get(at))
    assert [each.text for each in newer.one("ol").all("strong")] == ["Changed"] * 20
    older = page(editor_client.get(newer.one("a", rel="next")["href"].partition("#")[0]))
    assert [each.text for each in older.one("ol").all("strong")] == ["Changed", "Added"]
    assert older.one("a", rel="prev")["href"] == f"{at}#hist"
    assert not older.all("a", rel="next")
    assert page(editor_client.get(f"{at}?page=x"), 400)


def test_page_of_an_event_reads_those_told_together_with_it_at_once(app: Flask, client: FlaskClient):
    store = store_of(app)
    slugs = [event.slug for event in events.by_ids(store, search.ids(store, Selection(), most=40))]
    address = addresses.event(slugs[0])
    add(app, events="\n".join(slugs[:2]), detail="Told of two")
    asked(app, client, address)
    before = asked(app, client, address)
    add(app, events="\n".join(slugs), detail="Told of many")
    asked(app, client, address)
    assert asked(app, client, address) == before
