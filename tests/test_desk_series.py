"""Series at the desk: edited with a reason, added, kept through reloads, their next sessions put down as expected."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from calendar_app import catalogue, desk, loading, spans
from calendar_app.desk import series_fields
from calendar_app.errors import ConflictError, NotFoundError, ProblemsError
from calendar_app.events import Event, Series, SeriesRole
from calendar_app.selection import Selection
from calendar_app.store import Store, events, history, search, series
from calendar_app.store.connection import rows
from calendar_app.topics import Confidence, Kind, Role, Status
from tests.conftest import NOW, TODAY
from tests.webapp import filled, form_of, page, send, store_of

EDITOR = "editor@example.org"
SHIPPED = catalogue.parse()
LATER = NOW + timedelta(days=1)
NEW = {"short_name": "AI Week", "name": "Artificial Intelligence Week", "kind": "forum"}


def fields(store: Store, key: str, **told: object) -> dict[str, object]:
    return series_fields.fields_of(series.directory(store)[key]) | told


def edit(store: Store, key: str, *, seen: int | None = None, reason: str = "New name", **told: object) -> Series:
    number = series.newest_revision(store.db, key) if seen is None else seen
    given = fields(store, key, **told)
    return desk.edit_series(store, key, given, seen=number, reason=reason, actor=EDITOR, now=LATER)


def add(store: Store, **told: object) -> Series:
    return desk.add_series(store, NEW | told, reason="It meets every year now", actor=EDITOR, now=NOW)


def reload(store: Store, **told: dict[str, object]) -> None:
    """Loads a release of the catalogue that tells some series otherwise."""
    changed = tuple(replace(each, **told.get(each.key.replace("-", "_"), {})) for each in SHIPPED.series)
    loading.load(store, replace(SHIPPED, series=changed), now=LATER)


def session(store: Store, key: str, months: str) -> Event:
    return desk.add_expected(store, key, spans.parse(months), today=TODAY, actor=EDITOR, now=NOW)


def problems(error: ProblemsError) -> list[tuple[str, str, int]]:
    return [(each.field, each.error.message, each.line) for each in error.problems]


def test_every_series_of_the_catalogue_is_read_back_from_its_form():
    for each in SHIPPED.series:
        assert series_fields.read(series_fields.fields_of(each), each) == each


def test_edit_is_one_revision_with_reason_before_and_after(store: Store):
    before = series.directory(store)["hlpf"]
    after = edit(store, "hlpf", months="June-July", sdgs=["17"], roles="chair 2027\nParticipant")
    roles = (SeriesRole(role=Role.CHAIR, year=2027), SeriesRole(role=Role.PARTICIPANT))
    assert after == replace(before, months="June-July", sdgs=(17,), roles=roles)
    assert series.directory(store)["hlpf"] == after
    told, first = series.revisions(store, "hlpf")
    assert (told.actor, told.reason, told.at, told.before, told.after) == (EDITOR, "New name", LATER, before, after)
    assert (first.actor, first.before, first.after) == (loading.ORIGIN, None, before)


def test_edit_that_changes_nothing_is_no_revision(store: Store):
    count = len(series.revisions(store, "hlpf"))
    edit(store, "hlpf")
    assert len(series.revisions(store, "hlpf")) == count


def test_edit_is_noted_in_the_journal(store: Store):
    edit(store, "hlpf", months="June")
    add(store)
    told = rows(store.db, "SELECT actor, action, subject, detail, reason FROM journal ORDER BY id")
    assert told == [
        {
            "actor": EDITOR,
            "action": "series-edited",
            "subject": "/desk/series/hlpf",
            "detail": "HLPF",
            "reason": "New name",
        },
        {
            "actor": EDITOR,
            "action": "series-added",
            "subject": "/desk/series/ai-week",
            "detail": "AI Week",
            "reason": "It meets every year now",
        },
    ]


def test_rename_is_a_revision_of_each_event_of_the_series_and_of_no_other(store: Store):
    before = {event.uid: event for event in events.of_series(store)}
    edit(store, "hlpf", name="Political Forum")
    for event in events.of_series(store):
        was = before[event.uid]
        renamed = replace(was, sequence=was.sequence + 1, stamp=LATER) if was.series == "hlpf" else was
        assert event == renamed
    (uid, *_) = (uid for uid, event in before.items() if event.series == "hlpf")
    newest = history.of_event(store, uid)[0]
    assert (newest.action, newest.actor, newest.reason) == ("renamed", EDITOR, "New name")


def test_what_no_event_tells_touches_none(store: Store):
    before = events.of_series(store)
    edit(store, "hlpf", months="June", place="Vienna", url="https://un.example/", themes=["youth"], sdgs=["1"])
    assert events.of_series(store) == before


def test_events_are_found_by_the_new_name_role_and_convener(store: Store):
    its = search.ids(store, Selection.of(series="hlpf"))
    edit(store, "hlpf", name="Zukunftsforum", roles="chair", convener="UNICEF / UN DESA")
    assert search.ids(store, Selection(words="zukunftsforum")) == its
    own = [each for each in its if events.by_ids(store, [each])[0].roles]
    assert 0 < len(own) < len(its)
    assert set(search.ids(store, Selection.of(series="hlpf", role="chair"))) == set(its) - set(own)
    assert search.ids(store, Selection.of(series="hlpf", role="participant")) == own
    assert search.ids(store, Selection.of(convener="UNICEF")) == its


def test_second_editor_is_told_of_the_first(store: Store):
    seen = series.newest_revision(store.db, "hlpf")
    stands = edit(store, "hlpf", months="June", seen=seen)
    with pytest.raises(ConflictError, match="series-changed"):
        edit(store, "hlpf", months="May", seen=seen)
    assert series.directory(store)["hlpf"] == stands


def test_series_that_is_not_there_is_not_edited(store: Store):
    with pytest.raises(NotFoundError, match="series-none"):
        desk.edit_series(store, "none", NEW, seen=0, reason="x", actor=EDITOR, now=NOW)


def test_every_problem_of_a_series_is_told_at_its_field(store: Store):
    before = series.directory(store)["hlpf"]
    bad = {
        "short_name": "",
        "name": "\ud800",
        "kind": "party",
        "cadence": "x" * 101,
        "roles": "member\nking\nmember\nchair 1066",
        "themes": ["none"],
        "sdgs": ["18"],
        "url": "un.org",
        "reason": "",
    }
    with pytest.raises(ProblemsError) as caught:
        edit(store, "hlpf", **bad)
    assert problems(caught.value) == [
        *(("short_name", "required", 0), ("name", "text-control", 0), ("kind", "choice-unknown", 0)),
        *(("cadence", "text-long", 0), ("roles", "role-line", 2), ("roles", "line-twice", 3)),
        *(("roles", "role-line", 4), ("themes", "choice-unknown", 0), ("sdgs", "choice-unknown", 0)),
        *(("url", "link-scheme", 0), ("reason", "reason-required", 0)),
    ]
    assert series.directory(store)["hlpf"] == before


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("co-chair 2016", SeriesRole(role=Role.CO_CHAIR, year=2016)),
        ("Co-chair (2016)", SeriesRole(role=Role.CO_CHAIR, year=2016)),
        ("co chair, 2016", SeriesRole(role=Role.CO_CHAIR, year=2016)),
        (" observer ", SeriesRole(role=Role.OBSERVER)),
    ],
)
def test_role_is_read_as_people_write_it(line, held):
    assert series_fields.read(NEW | {"roles": line}).roles == (held,)


def test_short_name_of_another_series_is_refused(store: Store):
    for call in (lambda: edit(store, "hlpf", short_name="igf"), lambda: add(store, short_name="Ígf")):
        with pytest.raises(ProblemsError) as caught:
            call()
        assert problems(caught.value) == [("short_name", "series-twice", 0)]


def test_new_series_has_a_key_of_its_short_name_which_a_rename_keeps(store: Store):
    added = add(store, short_name="Semaine de l’IA", cadence="annual", months="May")
    expected = Series(
        key="semaine-de-l-ia",
        short_name="Semaine de l’IA",
        name=NEW["name"],
        kind=Kind.FORUM,
        cadence="annual",
        months="May",
    )
    assert (added, series.directory(store)[added.key]) == (expected, expected)
    assert edit(store, added.key, short_name="AI Week").key == added.key
    assert add(store, short_name="semaine de l ia").key == "semaine-de-l-ia-2"
    assert add(store, short_name="New").key == "new-2"
    assert add(store, short_name="国际周").key.startswith("series-")


def test_reload_keeps_what_an_editor_changed_and_takes_the_rest(store: Store):
    ours = edit(store, "hlpf", name="Political Forum", months="June")
    reload(store, hlpf={"months": "May", "place": "Vienna"})
    assert series.directory(store)["hlpf"] == replace(ours, place="Vienna")
    reload(store, hlpf={"months": "May", "place": "Nairobi", "name": "Another Forum"})
    assert series.directory(store)["hlpf"] == replace(ours, place="Nairobi")
    reload(store)
    assert series.directory(store)["hlpf"] == ours


def test_reload_of_a_database_from_before_follows_the_catalogue_where_no_editor_wrote(store: Store):
    ours = edit(store, "igf", place="Cairo")
    store.db.execute("DELETE FROM series_said")
    reload(store, hlpf={"place": "Vienna"}, igf={"place": "Rome", "months": "December"})
    found = series.directory(store)
    assert (found["hlpf"].place, found["igf"]) == ("Vienna", replace(ours, months="December"))


def test_series_that_the_desk_added_stays_its_own_when_the_catalogue_brings_one_of_its_key(store: Store):
    ours = add(store)
    theirs = Series(key=ours.key, short_name="Week", name="Week", kind=Kind.SUMMIT)
    loading.load(store, replace(SHIPPED, series=(*SHIPPED.series, theirs)), now=LATER)
    assert series.directory(store)[ours.key] == ours


def test_reload_twice_changes_nothing(store: Store):
    edit(store, "hlpf", name="Political Forum")
    reload(store)
    tables = ("state", "series", "series_revisions", "series_said")
    before = [list(store.db[table].rows) for table in tables]
    reload(store)
    assert [list(store.db[table].rows) for table in tables] == before


def test_expected_session_is_an_event_that_says_so(store: Store):
    event = session(store, "hlpf", "July 2028")
    hlpf = series.directory(store)["hlpf"]
    assert event == Event(
        uid=event.uid,
        slug="hlpf-2028",
        stamp=NOW,
        title="HLPF 2028",
        span=spans.parse("July 2028"),
        series="hlpf",
        kind=Kind.FORUM,
        status=Status.TENTATIVE,
        confidence=Confidence.LOW,
        themes=hlpf.themes,
        sdgs=hlpf.sdgs,
        source=f"Expected from the usual cadence, annual, July; not announced. Series: {hlpf.source}",
        source_url=hlpf.url,
    )
    assert event.uid in {each.uid for each in events.unverified(store)}


def test_sessions_of_one_year_are_told_apart_by_number(store: Store):
    titles = [session(store, "ceb", months).title for months in ("April-May 2027", "November 2027")]
    assert titles == ["CEB 2027 (1 of 2)", "CEB 2027 (2 of 2)"]


def test_session_in_the_months_of_the_last_ones_says_that(store: Store):
    assert session(store, "unea", "December 2027 - February 2028").source.startswith(
        "Expected from the usual cadence, every 2 years, in the months of its last sessions; not announced."
    )


def test_long_source_of_a_series_is_cut(store: Store):
    edit(store, "hlpf", source="x" * 500)
    assert len(session(store, "hlpf", "July 2028").source) == 500


@pytest.mark.parametrize("months", ["July 2027", "July 2029", "August 2028", "11 July 2028"])
def test_session_that_is_there_or_not_expected_is_refused(store: Store, months: str):
    with pytest.raises(ConflictError, match="expected-gone"):
        session(store, "hlpf", months)


def test_session_is_added_once(store: Store):
    session(store, "hlpf", "July 2028")
    with pytest.raises(ConflictError, match="expected-gone"):
        session(store, "hlpf", "July 2028")


def test_postponed_session_is_not_added_beside_itself(store: Store):
    event = session(store, "hlpf", "July 2028")
    given = {"reason": "x", "source": "x", "source_url": ""}
    desk.take(store, event.uid, desk.Step.POSTPONE, given=given, sequence=event.sequence, actor=EDITOR, now=NOW)
    (told,) = (each for each in desk.expected(store, today=TODAY) if each.series.key == "hlpf")
    assert told.postponed == events.by_uid(store, event.uid)
    with pytest.raises(ConflictError, match="expected-gone"):
        session(store, "hlpf", "July 2028")


def test_unpublished_session_is_not_expected_again(store: Store):
    event = session(store, "hlpf", "July 2028")
    with store.change(NOW, actor=EDITOR) as change:
        events.save(change, replace(event, published=False), action="edited")
    assert [each for each in desk.expected(store, today=TODAY) if each.series.key == "hlpf"] == []


def test_page_adds_what_is_expected_and_then_says_that_it_is_there(app: Flask, editor_client: FlaskClient):
    found = page(editor_client.get("/desk/series"))
    button = found.one("button", name="add", value="hlpf 2028-07 2028-07")
    assert button.text == "Add as expected: HLPF, July 2028"
    answer = send(editor_client, "/desk/series", {"add": button["value"]})
    assert (answer.status_code, answer.location) == (303, "/desk/series?added=hlpf-2028")
    found = page(editor_client.get(answer.location))
    assert found.one("p", role="status").text == "In the calendar now: HLPF 2028, July 2028 (days not given)"
    assert found.all("button", value=button["value"]) == []
    again = page(send(editor_client, "/desk/series", {"add": button["value"]}), 409)
    assert "This session is in the calendar by now" in again.text
    public = page(app.test_client().get("/events/hlpf-2028"))
    assert [node.text for node in public.one("p", class_="states").all("span", class_="maybe")] == [
        *("Expected", "Dates unverified")
    ]


def test_page_tells_what_is_missing_and_leads_to_the_form_of_one(editor_reader: FlaskClient):
    found = page(editor_reader.get("/desk/series"))
    overdue = found.one("table", aria_labelledby="overdue").all("tr")
    overdue = found.one("table", aria_labelledby="overdue").all("tr")
    (row,) = (row for row in overdue if row.all("a", href="/series/ceb"))
    assert "; none of 1 so far in 2026" in row.text
    assert row.text.startswith("CEBtwice-yearly1 of 2 in 2015; none of 2 in 2017–2018; 1 of 2 in 2020;")
    address = row.all("a")[1]["href"]
    assert address == "/submit?series=ceb"
    form = form_of(page(editor_reader.get(address)), "/submit")
    assert filled(form)["series"] == ["ceb"]


@pytest.mark.parametrize(
    ("value", "status"),
    [
        *[("", 409), ("hlpf", 409), ("hlpf 2028-13 2028-13", 409), ("hlpf 9999-07 9999-07", 409)],
        *[("hlpf 2028-07 2028-06", 409), ("hlpf ٢٠٢٨-07 2028-07", 409), ("none 2028-07 2028-07", 404)],
    ],
)
def test_session_that_no_button_names_is_refused(editor_client: FlaskClient, value: str, status: int):
    assert page(send(editor_client, "/desk/series", {"add": value}), status)


@pytest.mark.parametrize("added", ["none", "%00", "%ff", "x" * 5000])
def test_address_that_says_what_was_added_takes_anything(editor_reader: FlaskClient, added: str):
    assert page(editor_reader.get(f"/desk/series?added={added}")).all("p", role="status") == []


def test_page_of_a_series_edits_it_and_shows_its_history(app: Flask, editor_client: FlaskClient):
    address = "/desk/series/hlpf"
    links = [node["href"] for node in page(editor_client.get("/series/hlpf")).all("a")]
    assert address in links
    assert address not in [node["href"] for node in page(app.test_client().get("/series/hlpf")).all("a")]
    sent = filled(form_of(page(editor_client.get(address)), address))
    answer = editor_client.post(address, data=sent | {"months": "June", "kind": "summit", "reason": "Moved"})
    assert (answer.status_code, answer.location) == (303, address)
    found = page(editor_client.get(address))
    newest = found.one("ol", class_="log").all("li")[0]
    assert [each.text for each in newest.all("li")] == [
        "Kind: before: Forum after: Summit",
        "In which months: before: July after: June",
    ]
    stands = series.directory(store_of(app))["hlpf"]
    assert (stands.months, stands.kind, stands.themes) == ("June", Kind.SUMMIT, ("sdg-follow-up-and-review",))


def test_page_of_a_series_shows_a_second_editor_what_differs(app: Flask, editor_client: FlaskClient):
    address = "/desk/series/hlpf"
    sent = filled(form_of(page(editor_client.get(address)), address))
    edit(store_of(app), "hlpf", place="Vienna")
    found = page(editor_client.post(address, data=sent | {"months": "May", "reason": "x"}), 409)
    told = found.one("table", class_="diff").all("tr")[1:]
    assert [row.text for row in told] == ["In which monthsJulyMay", "Usual placeViennaNew York"]
    again = filled(form_of(found, address))
    assert (again["months"], again["reason"]) == (["May"], ["x"])
    assert editor_client.post(address, data=again).status_code == 303
    assert series.directory(store_of(app))["hlpf"].place == "New York"


def test_page_of_a_series_keeps_what_was_typed_and_tells_each_problem(editor_client: FlaskClient):
    found = page(send(editor_client, "/desk/series/hlpf", {"short_name": "HLPF", "roles": "king", "seen": "x"}), 422)
    assert [node["id"] for node in found.all(class_="err")] == ["name-e", "kind-e", "roles-e", "reason-e"]
    assert found.one("textarea", id="roles").raw.strip() == "king"


def test_page_adds_a_series_with_a_page_and_a_feed_of_its_own(app: Flask, editor_client: FlaskClient):
    assert "/desk/series/new" in [node["href"] for node in page(editor_client.get("/desk/series")).all("a")]
    data = NEW | {"roles": "host", "themes": ["artificial-intelligence"], "reason": "New"}
    answer = send(editor_client, "/desk/series/new", data)
    assert (answer.status_code, answer.location) == (303, "/series/ai-week")
    reader = app.test_client()
    assert page(reader.get("/series/ai-week")).one("h1").text == NEW["name"]
    assert reader.get("/feeds/series/ai-week.ics").status_code == 200
    found = page(send(editor_client, "/desk/series/new", {}), 422)
    assert [node["id"] for node in found.all(class_="err")] == ["short_name-e", "name-e", "kind-e", "reason-e"]


@pytest.mark.parametrize("address", ["/desk/series", "/desk/series/new", "/desk/series/hlpf"])
def test_nobody_but_an_editor_sees_or_changes_series_at_the_desk(client: FlaskClient, app: Flask, address: str):
    revision = store_of(app).revision()
    assert client.get(address).location == f"/login?next={address}"
    answer = send(client, address, NEW | {"add": "hlpf 2028-07 2028-07", "reason": "x"}, form="/submit")
    assert (answer.location, store_of(app).revision()) == ("/login?next=/desk", revision)
