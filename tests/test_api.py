"""The API: the use cases of readers, proposers and editors as JSON, told by whole answers."""

import json
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from calendar_app import accounts, desk, submissions, texts
from calendar_app.desk import Step
from calendar_app.errors import ProblemsError
from calendar_app.facets import FACETS
from calendar_app.formats import json_objects
from calendar_app.formats.feed import Context
from calendar_app.options import DEFAULT
from calendar_app.selection import Selection
from calendar_app.store import Store, events, history, search, series
from calendar_app.store import accounts as people
from calendar_app.store import submissions as queue
from tests.conftest import BASE, NOW
from tests.webapp import EDITOR, PASSWORD, SUBMITTER, Staffed, applications, page, store_of, with_session

EVENTS = "/api/v1/events"
GIVEN = {
    "title": "Rehearsal of a Forum",
    "dates": "18-22 April 2033",
    "source": "Note verbale",
    "city": "Quito",
    "sdgs": ["9"],
}
HOLDERS = {"edit": (EDITOR, "edit"), "propose": (EDITOR, "propose"), "owner": (SUBMITTER, "propose")}
HOLDERS |= {"read": (EDITOR, "read")}


class Armed(NamedTuple):
    """A database with a token of each kind: an editor's of each scope, and a submitter's, who owns the series HLPF."""

    path: Path
    tokens: dict[str, str]


@pytest.fixture(scope="session")
def armed(staffed: Staffed, tmp_path_factory: pytest.TempPathFactory) -> Armed:
    path = tmp_path_factory.mktemp("armed") / "events.db"
    shutil.copyfile(staffed.path, path)
    store = Store(path)
    made = {}
    for name, (email, scope) in HOLDERS.items():
        account = people.by_email(store, email)
        made[name] = accounts.make_token(store, account, name=name, scope=scope, days=30, now=NOW)
    owner = people.by_email(store, SUBMITTER).id
    store.db.conn.execute("INSERT INTO account_series VALUES (?, 'hlpf')", [owner])
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return Armed(path, made)


class Caller:
    """A program that uses the API, with one token or none."""

    def __init__(self, app: Flask, token: str = "") -> None:
        self.app = app
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, address: str, **headers: str) -> TestResponse:
        return self.client.get(address, headers=self.headers | headers)

    def post(self, body: Any, *, key: str = "", **headers: str) -> TestResponse:
        more = {"Content-Type": "application/json"} | ({"Idempotency-Key": key} if key else {}) | headers
        sent = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.post(EVENTS, data=sent, headers=self.headers | more)

    def patch(self, uid: str, body: Any, match: str | None = "*", **headers: str) -> TestResponse:
        more = {"Content-Type": "application/merge-patch+json"} | ({} if match is None else {"If-Match": match})
        sent = body if isinstance(body, bytes) else json.dumps(body)
        return self.client.patch(f"{EVENTS}/{uid}", data=sent, headers=self.headers | more | headers)


@pytest.fixture
def calling(make_app, armed):
    """Makes callers on one application of the test's own."""
    app = make_app(armed.path)
    return lambda name="": Caller(app, armed.tokens.get(name, ""))


@pytest.fixture(scope="module")
def shared(armed, staffed, compiled, tmp_path_factory) -> Iterator[Flask]:
    """An application that nothing is written to."""
    with applications(staffed, compiled, tmp_path_factory.mktemp("api")) as make:
        yield make(armed.path)


@pytest.fixture
def anyone(shared) -> Caller:
    return Caller(shared)


@pytest.fixture
def editor(calling) -> Caller:
    return calling("edit")


def problem(answer: TestResponse, status: int, kind: str) -> list[tuple[str, str]]:
    """The fields and words of a problem, which is told as RFC 9457 has it."""
    told = json.loads(answer.data)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), answer.text
    assert (told["type"], told["status"]) == (f"{BASE}/api#{kind}", status)
    assert told["title"] == texts.of("en").label("problem", kind)
    assert told["detail"]
    assert set(told) <= {"type", "title", "status", "detail", "errors"}
    return [(each["field"], each["detail"]) for each in told.get("errors", [])]


def context(store: Store) -> Context:
    return Context(base=BASE, texts=texts.of("en"), series=series.directory(store), options=DEFAULT)


def of_event(store: Store, uid: str) -> dict[str, Any]:
    """What the API has to tell of an event."""
    found = events.by_uid(store, uid)
    told = json_objects.of_event(found, context(store)) | {"fields": submissions.fields_of(found)}
    return json.loads(json.dumps(told))


# Lists


def test_list_holds_the_events_of_the_same_query_as_the_feed_tells_them(anyone):
    told = anyone.get(f"{EVENTS}?sdg=13&from=2026-01-01&limit=200").json
    feed = anyone.client.get("/feeds/select.json?sdg=13&from=2026-01-01").json
    assert told == {"events": feed["events"], "total": feed["count"], "next": None}
    assert told["total"] > 5


def test_pages_of_a_list_follow_one_another_to_its_end(anyone):
    whole = anyone.get(f"{EVENTS}?theme=climate-change&limit=200").json
    address, found = f"{EVENTS}?theme=climate-change&limit=7", []
    while address:
        told = anyone.get(address.removeprefix(BASE)).json
        assert told["total"] == whole["total"]
        found += told["events"]
        address = told["next"]
    assert found == whole["events"]
    assert len(found) > 14


def test_list_has_fifty_events_on_a_page_by_default(anyone):
    told = anyone.get(EVENTS).json
    assert (len(told["events"]), told["total"]) == (50, search.count(store_of(anyone.app), Selection()))
    last = told["events"][-1]["uid"]
    assert told["next"] == f"{BASE}{EVENTS}?limit=50&cursor={last}"


def test_page_begins_after_its_event_also_once_that_is_selected_no_more(calling):
    caller = calling("edit")
    first = caller.get(f"{EVENTS}?city=Geneva&limit=3").json
    rest = caller.get(first["next"].removeprefix(BASE)).json["events"]
    uid = first["events"][-1]["uid"]
    assert caller.patch(uid, {"city": "Quito", "country": "EC", "venue": ""}).status_code == 200
    assert caller.get(first["next"].removeprefix(BASE)).json["events"] == rest


def test_relative_period_is_that_of_the_day(anyone):
    told = anyone.get(f"{EVENTS}?when=upcoming&limit=200").json
    feed = anyone.client.get("/feeds/select.json?when=upcoming").json
    assert told["events"] == feed["events"]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("sdg=99&x=1&limit=0", ["limit", "sdg", "x"]),
        ("limit=201", ["limit"]),
        ("limit=1&limit=2", ["limit"]),
        ("limit=%D9%A3", ["limit"]),
        ("cursor=abc", ["cursor"]),
        ("q=", ["q"]),
        ("q=%20", ["q"]),
        ("q=%00", ["q"]),
        ("sdg=", ["sdg"]),
        ("country=ch", ["country"]),
        ("kind=%20forum", ["kind"]),
        ("from=2027-02-30", ["from"]),
        ("when=never&city=Nowhere", ["when", "city"]),
        ("page=2", ["page"]),
        ("lang=fr", ["lang"]),
    ],
)
def test_each_parameter_that_can_not_be_read_is_told(anyone, query, fields):
    found = problem(anyone.get(f"{EVENTS}?{query}"), 400, "selection")
    assert [field for field, _ in found] == fields


@pytest.mark.parametrize("name", [name for name, facet in FACETS.items() if facet.closed is None])
def test_name_that_the_record_does_not_know_is_not_found(anyone, name):
    for address in (EVENTS, "/api/v1/facets"):
        found = problem(anyone.get(f"{address}?{name}=Nowhere"), 404, "not-found")
        assert [field for field, _ in found] == [name]


def test_period_that_ends_before_it_begins_is_refused(anyone):
    problem(anyone.get(f"{EVENTS}?from=2027-02-01&to=2027-01-01"), 400, "selection")


def test_query_that_is_too_long_is_refused(anyone):
    problem(anyone.get(f"{EVENTS}?q={'x' * 5000}"), 400, "selection")
    problem(anyone.get(f"{EVENTS}?{'&'.join(f'sdg={n % 17 + 1}' for n in range(70))}"), 400, "selection")


def test_cursor_that_nothing_public_ever_had_is_not_found(anyone):
    problem(anyone.get(f"{EVENTS}?cursor=00000000-0000-4000-8000-000000000000"), 404, "not-found")


def test_list_of_nothing_is_empty(anyone):
    assert anyone.get(f"{EVENTS}?country=AQ").json == {"events": [], "total": 0, "next": None}


# One event


def igf(app: Flask) -> str:
    return events.by_slug(store_of(app), "igf-2016").uid


def test_event_is_told_as_in_feeds_with_the_fields_that_a_change_changes(anyone):
    uid = igf(anyone.app)
    answer = anyone.get(f"{EVENTS}/{uid}")
    assert answer.json == of_event(store_of(anyone.app), uid)
    assert re.fullmatch('"[0-9a-f]{32}"', answer.headers["ETag"])
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", [f"{EVENTS}?sdg=9", f"{EVENTS}/<uid>", "/api/v1/series", "/api/v1/facets"])
def test_answer_that_has_not_changed_is_304_and_any_site_may_read_it(anyone, address):
    address = address.replace("<uid>", igf(anyone.app))
    first = anyone.get(address)
    again = anyone.get(address, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert (first.headers["Vary"], first.content_type) == ("Accept-Encoding", "application/json")


def test_problem_of_a_read_can_be_read_by_any_site(anyone):
    assert anyone.get(f"{EVENTS}/x").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("uid", ["x", "igf-2016", "00000000-0000-4000-8000-000000000000", "%00", "%ff", "x" * 3000])
def test_event_that_is_not_there_is_not_found(anyone, uid):
    problem(anyone.get(f"{EVENTS}/{uid}"), 404, "not-found")


def test_event_that_was_withdrawn_is_gone_and_one_that_is_not_published_was_never_there(calling):
    caller = calling("edit")
    store, uid = store_of(caller.app), igf(caller.app)
    told = {"reason": "Not ours", "source": "Letter"}
    sequence = events.by_uid(store, uid).sequence
    desk.take(store, uid, Step.WITHDRAW, given=told, sequence=sequence, actor=EDITOR, now=NOW)
    problem(caller.get(f"{EVENTS}/{uid}"), 410, "gone")
    problem(caller.patch(uid, {"venue": "x"}), 410, "gone")
    store.db.conn.execute("UPDATE events SET published = 0 WHERE uid = ?", [uid])
    unknown = caller.get(f"{EVENTS}/{uid}")
    problem(unknown, 404, "not-found")
    assert unknown.json["detail"] == caller.get(f"{EVENTS}/x").json["detail"].replace("“x”", f"“{uid}”")
    problem(caller.patch(uid, {"venue": "x"}), 404, "not-found")


def test_series_are_told_with_their_number_of_events(anyone):
    found = anyone.get("/api/v1/series").json["series"]
    store = store_of(anyone.app)
    assert [each["key"] for each in found] == list(series.directory(store))
    hlpf = next(each for each in found if each["key"] == "hlpf")
    told = series.directory(store)["hlpf"]
    assert hlpf == {
        **{name: getattr(told, name) for name in ("key", "short_name", "name", "convener", "cadence", "months")},
        "place": told.place,
        "kind": "forum",
        "url": told.url,
        "page": f"{BASE}/series/hlpf",
        "roles": [{"role": str(held.role), "year": held.year} for held in told.roles],
        "themes": list(told.themes),
        "sdgs": list(told.sdgs),
        "events": search.count(store, Selection.of(series="hlpf")),
    }


def test_facets_count_what_each_value_would_show(anyone):
    told = anyone.get("/api/v1/facets?sdg=13&kind=summit").json
    store, chosen = store_of(anyone.app), Selection.of(sdg="13", kind="summit")
    assert told["total"] == search.count(store, chosen)
    values = {each["name"]: {value["value"]: value["events"] for value in each["values"]} for each in told["facets"]}
    counted = search.counts(store, chosen, values)
    assert values == counted
    assert {"theme", "sdg", "kind", "year"} <= set(values)


# Who asks


@pytest.mark.parametrize(
    ("header", "challenge"),
    [
        (None, 'Bearer realm="UN Forum Calendar"'),
        *(
            (header, 'Bearer realm="UN Forum Calendar", error="invalid_token"')
            for header in (
                "Bearer",
                "Bearer ",
                "Bearer unfc_x",
                "Basic YTpi",
                "Bearer a b",
                "unfc_x",
                "Bearer \xff",
                "",
            )
        ),
    ],
)
def test_nothing_is_written_without_a_token_that_holds(anyone, header, challenge):
    for method, address in (("POST", EVENTS), ("PATCH", f"{EVENTS}/x")):
        headers = {} if header is None else {"Authorization": header}
        answer = anyone.client.open(address, method=method, json=GIVEN, headers=headers)
        problem(answer, 401, "unauthorized")
        assert answer.headers["WWW-Authenticate"] == challenge


def test_scope_that_is_too_small_is_told(shared, armed):
    scarce = 'Bearer realm="UN Forum Calendar", error="insufficient_scope", scope="{}"'
    refused = [
        (Caller(shared, armed.tokens["read"]).post(GIVEN), "propose"),
        (Caller(shared, armed.tokens["read"]).patch("x", {}), "propose"),
    ]
    for answer, scope in refused:
        problem(answer, 403, "forbidden")
        assert answer.headers["WWW-Authenticate"] == scarce.format(scope)


def test_token_that_has_expired_or_was_revoked_holds_no_more(make_app, armed):
    late = make_app(armed.path, clock=lambda: NOW + timedelta(days=31))
    problem(Caller(late, armed.tokens["edit"]).post(GIVEN), 401, "unauthorized")


def test_cookie_gives_no_right_and_changes_no_answer(make_app, armed, staffed):
    app = make_app(armed.path)
    client = with_session(app, staffed)
    assert page(client.get("/desk"))
    problem(client.post(EVENTS, json=GIVEN), 401, "unauthorized")
    plain = app.test_client()
    for address in (f"{EVENTS}?sdg=9", f"{EVENTS}/{igf(app)}", "/api/v1/series", f"{EVENTS}/x"):
        one, other = client.get(address), plain.get(address)
        assert (one.data, dict(one.headers)) == (other.data, dict(other.headers))


def test_lists_are_the_same_for_every_token(shared, armed):
    answers = {Caller(shared, token).get(f"{EVENTS}?sdg=9").data for token in ("", *armed.tokens.values(), "unfc_x")}
    assert len(answers) == 1


# A new event


def test_editors_event_is_public_at_once(editor):
    answer = editor.post(GIVEN)
    uid = answer.json["uid"]
    assert (answer.status_code, answer.headers["Location"]) == (201, f"{EVENTS}/{uid}")
    read = editor.get(answer.headers["Location"])
    assert (answer.json, answer.headers["ETag"]) == (read.json, read.headers["ETag"])
    store = store_of(editor.app)
    assert answer.json == of_event(store, uid)
    (revision,) = history.of_event(store, uid)
    assert (revision.actor, revision.action) == (EDITOR, "added")
    assert answer.json["title"] in editor.client.get("/events?city=Quito").text


def test_proposal_waits_and_is_followed_by_its_private_link(calling):
    caller = calling("propose")
    answer = caller.post(GIVEN | {"submitter_email": "me@example.org"})
    assert (answer.status_code, answer.json["state"], "Location" in answer.headers) == (202, "pending", False)
    assert re.fullmatch(rf"{BASE}/submissions/[\w-]+", answer.json["link"])
    (found,) = queue.pending(store_of(caller.app))
    assert found.fields == {name: GIVEN[name] for name in found.fields}
    assert found.email == "me@example.org"
    assert GIVEN["title"] in caller.client.get(answer.json["link"].removeprefix(BASE)).text
    assert caller.get(f"{EVENTS}?q=Rehearsal").json["total"] == 0


def test_submitter_publishes_in_a_series_of_theirs_and_proposes_elsewhere(calling):
    caller = calling("owner")
    mine = caller.post(GIVEN | {"series": "hlpf"})
    assert (mine.status_code, mine.json["series"], mine.json["status"]) == (201, "hlpf", "confirmed")
    assert [caller.post(GIVEN | {"series": key}).status_code for key in ("igf", "")] == [202, 202]


def test_editors_token_that_may_only_propose_publishes_nothing(calling):
    assert calling("propose").post(GIVEN | {"series": "hlpf"}).status_code == 202


@pytest.mark.parametrize("name", ["propose", "owner"])
def test_what_is_an_editors_to_say_is_refused_not_left_out(calling, name):
    caller = calling(name)
    more = {"status": "tentative", "role": ["chair"], "parts": "", "series": "hlpf"}
    found = problem(caller.post(GIVEN | more), 403, "forbidden")
    assert [field for field, _ in found] == ["status", "role"]
    assert queue.pending(store_of(caller.app)) == []


def slug_uid(caller: Caller, slug: str) -> str:
    return events.by_slug(store_of(caller.app), slug).uid


def test_change_by_a_token_that_may_propose_waits_for_an_editor(calling):
    caller = calling("propose")
    uid, store = slug_uid(caller, "igf-2016"), store_of(caller.app)
    before, told = events.by_uid(store, uid), caller.get(f"{EVENTS}/{uid}")
    answer = caller.patch(uid, {"venue": "Expo", "source": "Host"}, told.headers["ETag"])
    assert (answer.status_code, answer.json["state"]) == (202, "pending")
    assert events.by_uid(store, uid) == before
    (waiting,) = queue.pending(store)
    assert (waiting.about, waiting.base, waiting.fields["venue"]) == (uid, before.sequence, "Expo")
    assert "Expo" in caller.client.get(answer.json["link"].removeprefix(BASE)).text
    problem(caller.patch(uid, {"venue": "Else"}, '"other"'), 412, "changed")
    problem(caller.patch(uid, {}, told.headers["ETag"]), 409, "conflict")


def test_change_by_the_owner_of_the_series_is_made_at_once(calling):
    caller = calling("owner")
    store = store_of(caller.app)
    mine, others = slug_uid(caller, "hlpf-2016"), slug_uid(caller, "igf-2016")
    answer = caller.patch(mine, {"venue": "Hall", "reason": "The host said so"})
    assert (answer.status_code, events.by_uid(store, mine).venue) == (200, "Hall")
    # Out of the series, or another's: an editor reads it first.
    assert caller.patch(mine, {"series": "igf"}).status_code == 202
    assert caller.patch(others, {"venue": "Hall"}).status_code == 202
    assert (events.by_uid(store, mine).series, events.by_uid(store, others).venue) == ("hlpf", "")


def test_what_a_proposed_change_has_no_place_for_is_refused(calling):
    caller = calling("propose")
    more = {"venue": "Expo", "reason": "Because", "moved": True, "status": "cancelled"}
    found = problem(caller.patch(slug_uid(caller, "igf-2016"), more), 403, "forbidden")
    assert [field for field, _ in found] == ["status", "reason", "moved"]
    assert queue.pending(store_of(caller.app)) == []


def test_every_problem_of_a_body_is_told_at_its_field(shared, armed):
    caller = Caller(shared, armed.tokens["edit"])
    given = {
        "title": "?!",
        "dates": "31 April 2033",
        "url": "ftp://x",
        "series": "none",
        "themes": "climate-change",
        "sdgs": [9],
        "kind": 7,
        "moderator": "x",
        "deadlines": "registration: 1 May 2033\nnever: 2 May 2033",
    }
    found = problem(caller.post(given), 422, "invalid")
    assert [field for field, _ in found] == [
        *("themes", "sdgs", "kind", "moderator"),
        *("title", "dates", "source", "series", "url", "deadlines"),
    ]
    told = caller.post(given).json["errors"]
    assert told[-1]["line"] == 2
    assert dict(found)["kind"] == "Write a text, in quotation marks."


def test_problem_of_what_is_shaped_well_is_the_validators(shared, armed):
    given = GIVEN | {"mode": "online"}
    with pytest.raises(ProblemsError) as caught:
        submissions.validate(given, series.directory(store_of(shared)), editor=True)
    (told,) = caught.value.problems
    found = problem(Caller(shared, armed.tokens["edit"]).post(given), 422, "invalid")
    assert found == [("city", texts.of("en").error(told.error))]


@pytest.mark.parametrize("title", ["x" * 201, f"{'x' * 200} "])
def test_text_is_measured_as_it_was_sent(shared, armed, title):
    found = problem(Caller(shared, armed.tokens["edit"]).post(GIVEN | {"title": title}), 422, "invalid")
    assert [field for field, _ in found] == ["title"]


HOSTILE = {
    "empty": b"",
    "no JSON": b"title=x",
    "cut": b'{"title": "x"',
    "NaN": b'{"title": NaN}',
    "Infinity": b'{"title": -Infinity}',
    "twice": b'{"title": "x", "title": "y"}',
    "twice inside": b'{"a": {"b": 1, "b": 2}}',
    "no UTF-8": b'{"title": "\xff"}',
    "UTF-16": '{"title": "x"}'.encode("utf-16"),
    "BOM": '{"title": "x"}'.encode("utf-8-sig"),
    "nested": b"[" * 100_000,
    "nested objects": b'{"a":' * 30_000,
    "digits": b'{"title": ' + b"9" * 50_000 + b"}",
    "list": b"[]",
    "text": b'"x"',
    "null": b"null",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_object_of_json_is_refused(shared, armed, body):
    caller = Caller(shared, armed.tokens["edit"])
    problem(caller.post(body), 400, "malformed")
    problem(caller.patch(igf(shared), body), 400, "malformed")


VALUES: list[Any] = [None, 0, 1e308, -1, True, [], {}, [None], [[]], ["\ud800"], {"a": 1}, "\ud800", "\x00", "\u202e"]
VALUES += ["x" * 9_000, "=1+1", "{{7*7}}", ["x"] * 1000, 10**4000]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:20])
def test_no_value_of_any_field_is_our_fault(shared, armed, value):
    caller = Caller(shared, armed.tokens["edit"])
    whole = dict.fromkeys(submissions.FIELDS, value)
    problem(caller.post(whole), 422, "invalid")
    patch = {**whole, "reason": value, "moved": value}
    patch.pop("submitter_email")
    assert caller.patch(igf(shared), patch).status_code in {409, 422}
    problem(caller.post({"\ud800": value, "\x00": value}), 422, "invalid")


def test_infinite_number_is_no_text(shared, armed):
    found = problem(Caller(shared, armed.tokens["edit"]).post(b'{"title": 1e999}'), 422, "invalid")
    assert found[0] == ("title", "Write a text, in quotation marks.")


def test_body_that_is_too_large_or_of_another_type_is_refused(shared, armed):
    caller = Caller(shared, armed.tokens["edit"])
    problem(caller.post(b'{"title": "' + b"x" * 300_000 + b'"}'), 413, "too-large")
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        refused = caller.post(GIVEN, **{"Content-Type": kind})
        problem(refused, 415, "media-type")
        assert refused.headers["Accept"] == "application/json"
        changed = caller.patch(igf(shared), {}, **{"Content-Type": kind})
        problem(changed, 415, "media-type")
        assert changed.headers["Accept-Patch"] == "application/merge-patch+json, application/json"


# The same request again


def test_request_with_a_key_is_done_once_and_answered_alike(editor):
    first, again = (editor.post(GIVEN, key="a") for _ in range(2))
    assert first.status_code == 201
    assert (again.status_code, again.data, dict(again.headers)) == (201, first.data, dict(first.headers))
    assert editor.get(f"{EVENTS}?q=Rehearsal").json["total"] == 1
    other = editor.post(GIVEN, key="b")
    assert other.json["uid"] != first.json["uid"]


def test_answer_stays_as_it_was_though_the_event_has_changed(editor):
    first = editor.post(GIVEN, key="a")
    assert editor.patch(first.json["uid"], {"venue": "Room XX"}).status_code == 200
    assert editor.post(GIVEN, key="a").data == first.data


def test_key_with_another_body_is_refused(editor):
    first = editor.post(GIVEN, key="a")
    problem(editor.post(GIVEN | {"title": "Another one"}, key="a"), 422, "key-reused")
    assert editor.get(f"{EVENTS}?q=Another").json["total"] == 0
    assert editor.post(GIVEN, key="a").data == first.data


def test_request_that_was_refused_leaves_its_key_free(editor):
    problem(editor.post(GIVEN | {"dates": "soon"}, key="a"), 422, "invalid")
    assert editor.post(GIVEN, key="a").status_code == 201


def test_keys_of_tokens_are_their_own(calling):
    one, other = calling("edit"), calling("propose")
    assert (one.post(GIVEN, key="a").status_code, other.post(GIVEN, key="a").status_code) == (201, 202)


def test_private_link_is_given_again_and_stands_nowhere_in_the_record(calling):
    caller = calling("propose")
    first, again = (caller.post(GIVEN, key="a") for _ in range(2))
    assert (first.status_code, again.status_code, first.json) == (202, 202, again.json)
    assert len(queue.pending(store_of(caller.app))) == 1
    secret = first.json["link"].rpartition("/")[2]
    store = store_of(caller.app)
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = store.path.read_bytes()
    assert b"Rehearsal of a Forum" in kept
    assert [found for found in (secret, secret.encode().hex()) if found.encode() in kept] == []


def test_key_is_kept_for_a_day(make_app, armed):
    moments = [NOW, NOW + timedelta(hours=24) - timedelta(seconds=1), NOW + timedelta(hours=24), NOW]
    app = make_app(armed.path, clock=lambda: moments[0])
    caller = Caller(app, armed.tokens["edit"])
    first = caller.post(GIVEN, key="a").json["uid"]
    moments.pop(0)
    assert caller.post(GIVEN, key="a").json["uid"] == first
    moments.pop(0)
    assert caller.post(GIVEN, key="a").json["uid"] != first
    assert store_of(app).db.conn.execute("SELECT count(*) FROM idempotency").fetchone() == (1,)


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 256])
def test_key_that_is_none_is_refused(shared, armed, key):
    caller = Caller(shared, armed.tokens["edit"])
    problem(caller.post(GIVEN, **{"Idempotency-Key": key}), 400, "malformed")


def test_failure_leaves_neither_event_nor_key(editor):
    store = store_of(editor.app)
    store.db.conn.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON idempotency BEGIN SELECT RAISE(ABORT, 'no room'); END"
    )
    problem(editor.post(GIVEN, key="a"), 500, "failed")
    store.db.conn.execute("DROP TRIGGER full")
    assert editor.get(f"{EVENTS}?q=Rehearsal").json["total"] == 0
    assert editor.post(GIVEN, key="a").status_code == 201


def test_requests_that_come_at_once_with_one_key_make_one_event(editor, armed):
    answers: list[bytes] = []
    callers = [Caller(editor.app, armed.tokens["edit"]) for _ in range(4)]
    threads = [
        threading.Thread(target=lambda each=each: answers.append(each.post(GIVEN, key="a").data)) for each in callers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert len(set(answers)) == 1


# A change


def test_change_is_a_merge_patch_of_the_fields(editor):
    uid = editor.post(GIVEN | {"url": "https://example.org/", "themes": ["youth"]}).json["uid"]
    before = editor.get(f"{EVENTS}/{uid}")
    patch = {"venue": "Room XX", "url": None, "themes": None, "sdgs": ["13", "9"], "reason": "The letter"}
    answer = editor.patch(uid, patch, before.headers["ETag"])
    now = editor.get(f"{EVENTS}/{uid}")
    assert (answer.status_code, answer.json, answer.headers["ETag"]) == (200, now.json, now.headers["ETag"])
    changed = {"venue": "Room XX", "url": "", "themes": [], "sdgs": ["9", "13"]}
    assert answer.json["fields"] == before.json["fields"] | changed
    assert answer.json["sequence"] == before.json["sequence"] + 1
    assert answer.headers["ETag"] != before.headers["ETag"]
    revision = history.of_event(store_of(editor.app), uid)[0]
    assert (revision.actor, revision.action, revision.reason) == (EDITOR, "edited", "The letter")


def test_change_says_that_the_event_was_moved(editor):
    uid = editor.post(GIVEN).json["uid"]
    moved = {"dates": "9-10 May 2033", "source": "Letter", "moved": True, "reason": "Strike"}
    answer = editor.patch(uid, moved)
    assert [(plan["dates"]["text"], plan["reason"]) for plan in answer.json["plans"]] == [
        ("18–22 April 2033", "Strike")
    ]
    assert history.of_event(store_of(editor.app), uid)[0].action == "moved"


def test_change_of_nothing_changes_nothing(editor):
    uid = igf(editor.app)
    before = editor.get(f"{EVENTS}/{uid}")
    assert editor.patch(uid, {}).json == before.json
    assert editor.patch(uid, before.json["fields"]).json == before.json


def test_change_is_taken_as_plain_json_too(editor):
    answer = editor.patch(igf(editor.app), {"venue": "Room XX"}, **{"Content-Type": "application/json"})
    assert answer.json["fields"]["venue"] == "Room XX"


def test_change_needs_the_tag_of_the_event_as_it_stands(editor):
    uid = igf(editor.app)
    first = editor.get(f"{EVENTS}/{uid}").headers["ETag"]
    problem(editor.patch(uid, {"venue": "x"}, None), 428, "unconditional")
    second = editor.patch(uid, {"venue": "Room XX"}, first).headers["ETag"]
    for match in (first, f"W/{second}", '"other"', "", "x", second[:-1], f"{second} x", f'"a" {second}"', " " * 30_000):
        problem(editor.patch(uid, {"venue": "x"}, match), 412, "changed")
    assert editor.get(f"{EVENTS}/{uid}").json["fields"]["venue"] == "Room XX"
    third = editor.patch(uid, {"venue": "Room 1"}, f'"other", {second}').headers["ETag"]
    assert editor.patch(uid, {"venue": "Room 2"}, f'{third[:-1]}:gzip"').status_code == 200


def test_tag_of_a_compressed_answer_names_the_same_event(editor):
    uid = igf(editor.app)
    zipped = editor.get(f"{EVENTS}/{uid}", **{"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert editor.patch(uid, {"venue": "Room XX"}, zipped.headers["ETag"]).status_code == 200


def test_change_that_is_wrong_in_itself_is_told_apart_from_one_that_does_not_fit(editor):
    uid = editor.post(GIVEN).json["uid"]
    wrong = {"dates": "soon", "title": "", "series": "none", "parts": "nothing", "webcast_url": "x"}
    found = problem(editor.patch(uid, wrong), 422, "invalid")
    assert [field for field, _ in found] == ["title", "dates", "series", "webcast_url", "parts"]
    unfit = [({"mode": "online"}, "city"), ({"start_time": "09:00"}, "start_time"), ({"dates": "2034"}, "source")]
    unfit.append(({"deadlines": "registration: 1 May 2034"}, "deadlines"))
    for patch, field in unfit:
        assert [name for name, _ in problem(editor.patch(uid, patch), 409, "conflict")] == [field]


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"title": None}, "title"),
        ({"moved": "yes"}, "moved"),
        ({"reason": "x" * 501}, "reason"),
        ({"submitter_email": "a@example.org"}, "submitter_email"),
        ({"uid": "x"}, "uid"),
        ({"status": "withdrawn"}, "status"),
        ({"sdgs": "9"}, "sdgs"),
    ],
)
def test_change_of_what_is_no_field_or_of_another_type_is_refused(shared, armed, patch, field):
    found = problem(Caller(shared, armed.tokens["edit"]).patch(igf(shared), patch), 422, "invalid")
    assert [name for name, _ in found] == [field]


# Errors


@pytest.mark.parametrize("address", ["/api/v1", "/api/v1/", "/api/v1/nothing", "/api/v2/events", "/api/", "/api/x"])
def test_address_that_is_none_is_a_problem(anyone, address):
    problem(anyone.get(address), 404, "not-found")


@pytest.mark.parametrize(
    ("address", "method", "allow"),
    [
        (EVENTS, "DELETE", "GET, HEAD, OPTIONS, POST"),
        (f"{EVENTS}/x", "POST", "GET, HEAD, OPTIONS, PATCH"),
        ("/api/v1/series", "POST", "GET, HEAD, OPTIONS"),
        ("/api/v1/facets", "TRACE", "GET, HEAD, OPTIONS"),
        ("/openapi.json", "PUT", "GET, HEAD, OPTIONS"),
    ],
)
def test_method_that_an_address_does_not_take_is_a_problem(anyone, address, method, allow):
    answer = anyone.client.open(address, method=method)
    problem(answer, 405, "method")
    assert answer.headers["Allow"] == allow


def test_record_that_is_busy_is_told_with_when_to_come_again(editor):
    other = Store(store_of(editor.app).path)
    editor.app.config["PROPAGATE_EXCEPTIONS"] = False
    store_of(editor.app).db.conn.execute("PRAGMA busy_timeout = 0")
    with other.change(NOW, actor="test"):
        answer = editor.post(GIVEN)
    other.close()
    problem(answer, 503, "busy")
    assert answer.headers["Retry-After"] == "5"


def test_failure_is_told_as_ours_and_hides_its_cause(make_app, armed, capsys):
    app = make_app(armed.path)
    store_of(app).db.conn.execute("DROP TABLE words")
    problem(app.test_client().get(f"{EVENTS}?q=climate"), 500, "failed")
    assert "no such table" in capsys.readouterr().err


def test_too_many_posts_of_one_token_are_put_off_and_others_are_not(make_app, armed):
    app = make_app(armed.path, rate_limit=True)
    busy, other = Caller(app, armed.tokens["edit"]), Caller(app, armed.tokens["propose"])
    answers = [busy.post(b"") for _ in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {400}
    problem(answers[60], 429, "too-many")
    assert 1 <= int(answers[60].headers["Retry-After"]) <= 61
    assert other.post(GIVEN).status_code == 202
    assert busy.get(f"{EVENTS}?limit=1").status_code == 200


def test_tokens_that_do_not_hold_are_counted_by_where_they_come_from(make_app, armed):
    app = make_app(armed.path, rate_limit=True)
    answers = [Caller(app, f"unfc_{number}").post(b"").status_code for number in range(61)]
    assert answers == [401] * 60 + [429]
    assert Caller(app, armed.tokens["edit"]).post(GIVEN).status_code == 201


def test_word_of_no_stranger_is_told_as_what_can_not_be_written(shared: Flask, armed: Armed, client: FlaskClient):
    answer = Caller(shared, armed.tokens["edit"]).post({"kind": "\ud800", "\ud801": "x"})
    assert [field for field, _ in problem(answer, 422, "invalid")][:2] == ["kind", "?"]


def test_password_is_no_token(shared):
    problem(Caller(shared, PASSWORD.replace(" ", "-")).post(GIVEN), 401, "unauthorized")
