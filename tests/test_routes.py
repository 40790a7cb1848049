"""Who may use which address: a table written by hand, held against the application and its answers."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from calendar_app import accounts, addresses, desk
from calendar_app.accounts import feed_keys
from calendar_app.store import accounts as kept
from calendar_app.store import batches, selections
from calendar_app.store.accounts import Account
from tests.conftest import NOW
from tests.webapp import EDITOR, SUBMITTER, Staffed, applications, client_as, store_of

# Whoever asks: with no cookie, with a session of each role, or with a token of each scope (an administrator's).
SESSIONS = ("submitter", "editor", "admin")
TOKENS = ("read", "propose", "edit")
ACTORS = ("nobody", *SESSIONS, *(f"token {scope}" for scope in TOKENS))


class May(Enum):
    """Who may use an address, and what everyone else is told: to sign in, or that it is not for them."""

    ANYONE = frozenset(ACTORS)
    # The address itself is the secret; who asks does not matter, as long as the link is right.
    LINK_HOLDER = frozenset({*ACTORS, "link"})
    SIGNED_IN = frozenset(SESSIONS)
    EDITOR = frozenset({"editor", "admin"})
    ADMIN = frozenset({"admin"})
    # The API. A session counts for nothing there, since its requests carry no form's token.
    TOKEN_READ = frozenset({"token read", "token propose", "token edit"})
    TOKEN_PROPOSE = frozenset({"token propose", "token edit"})
    TOKEN_EDIT = frozenset({"token edit"})


# Every address and method. Where a use case asks for more than its address does, the line says so.
PAGES: dict[str, dict[str, May]] = {
    "/": {"GET": May.ANYONE},
    "/about": {"GET": May.ANYONE},
    "/api": {"GET": May.ANYONE},
    "/events": {"GET": May.ANYONE},
    "/events/<slug>": {"GET": May.ANYONE},
    "/series": {"GET": May.ANYONE},
    "/series/<key>": {"GET": May.ANYONE},
    "/partners": {"GET": May.ANYONE},
    "/partners/<key>": {"GET": May.ANYONE},
    "/themes": {"GET": May.ANYONE},
    "/themes/<slug>": {"GET": May.ANYONE},
    "/sdgs": {"GET": May.ANYONE},
    "/sdgs/<number>": {"GET": May.ANYONE},
    "/calendar": {"GET": May.ANYONE},
    "/calendar/<int(fixed_digits=4):year>-<int(fixed_digits=2):number>": {"GET": May.ANYONE},
    "/calendar/<int(fixed_digits=4):number>": {"GET": May.ANYONE},
    "/calendar/<int(fixed_digits=4):number>.svg": {"GET": May.ANYONE},
    "/map": {"GET": May.ANYONE},
    "/coverage": {"GET": May.ANYONE},
    "/overlaps": {"GET": May.ANYONE},
    "/changes": {"GET": May.ANYONE},
    "/report": {"GET": May.ANYONE},
    "/report.docx": {"GET": May.ANYONE},
    "/report.txt": {"GET": May.ANYONE},
    "/report/annex.csv": {"GET": May.ANYONE},
    "/report/figures": {"GET": May.ANYONE},
    "/report/figures.csv": {"GET": May.ANYONE},
    "/subscribe": {"GET": May.ANYONE, "POST": May.ANYONE},
    "/healthz": {"GET": May.ANYONE},
    "/readyz": {"GET": May.ANYONE},
    "/robots.txt": {"GET": May.ANYONE},
    "/sitemap.xml": {"GET": May.ANYONE},
    "/sitemap-<int:number>.xml": {"GET": May.ANYONE},
    "/embed": {"GET": May.ANYONE},
    "/card.png": {"GET": May.ANYONE},
    "/events/<slug>.png": {"GET": May.ANYONE},
    "/static/<path:filename>": {"GET": May.ANYONE},
    # What strangers send waits; what editors send, and submitters for series that they own, is saved at once.
    "/submit": {"GET": May.ANYONE, "POST": May.ANYONE},
    "/submissions/<token>": {"GET": May.LINK_HOLDER, "POST": May.LINK_HOLDER},
    "/submissions/<token>/edit": {"GET": May.LINK_HOLDER},
    "/login": {"GET": May.ANYONE, "POST": May.ANYONE},
    "/logout": {"POST": May.ANYONE},
    "/setup/<token>": {"GET": May.LINK_HOLDER, "POST": May.LINK_HOLDER},
    "/invite/<token>": {"GET": May.LINK_HOLDER, "POST": May.LINK_HOLDER},
    "/reset/<token>": {"GET": May.LINK_HOLDER, "POST": May.LINK_HOLDER},
    "/account": {"GET": May.SIGNED_IN, "POST": May.SIGNED_IN},
    "/desk": {"GET": May.EDITOR},
    "/desk/submissions/<number>": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/events/<slug>": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/events/<slug>/split": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/events/<slug>/engagement": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/events/<slug>/side-event": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/series/<key>/engagement": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/engagements/<uid>": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/series": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/series/new": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/series/<key>": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/partners": {"GET": May.EDITOR},
    "/desk/partners/new": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/partners/<key>": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/report": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/report/places": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/figures": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/verify": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/feeds": {"GET": May.EDITOR},
    "/desk/import": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/import/<number>": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/bulk": {"GET": May.EDITOR, "POST": May.EDITOR},
    "/desk/batches/<number>": {"GET": May.EDITOR, "POST": May.EDITOR},
    # What was done to accounts is told to administrators alone.
    "/desk/log": {"GET": May.EDITOR},
    "/desk/log.csv": {"GET": May.EDITOR},
    # Its link has an editor's key, which ends with their role, their password or their account.
    "/desk/submissions.atom": {"GET": May.LINK_HOLDER},
    "/desk/accounts": {"GET": May.ADMIN, "POST": May.ADMIN},
    "/desk/accounts/<number>": {"GET": May.ADMIN, "POST": May.ADMIN},
    # A new event waits unless the token may edit, or its account owns the series.
    "/api/v1/events": {"GET": May.ANYONE, "POST": May.TOKEN_PROPOSE},
    "/api/v1/events/<uid>": {"GET": May.ANYONE, "PATCH": May.TOKEN_PROPOSE},
    "/api/v1/series": {"GET": May.ANYONE},
    "/api/v1/facets": {"GET": May.ANYONE},
    "/openapi.json": {"GET": May.ANYONE},
}
# What the feeds' own application answers before the pages are asked; anyone may.
SHORT = "0123456789abcdef"
FEEDS = ("/feeds/all.ics", "/feeds/select.ics?q=cop", f"/feeds/s/{SHORT}.ics", "/events/igf-2016.ics", "/changes.atom")
FEEDS += ("/changes.json",)
# What stands for a part of an address that is no secret; links are made for the test.
EXAMPLES = {
    "/events/<slug>": "/events/igf-2016",
    "/events/<slug>.png": "/events/igf-2016.png",
    "/sitemap-<int:number>.xml": "/sitemap-1.xml",
    "/calendar/<int(fixed_digits=4):year>-<int(fixed_digits=2):number>": "/calendar/2026-11",
    "/calendar/<int(fixed_digits=4):number>": "/calendar/2026",
    "/calendar/<int(fixed_digits=4):number>.svg": "/calendar/2026.svg",
    "/series/<key>": "/series/hlpf",
    "/partners/<key>": "/partners/gsma",
    "/themes/<slug>": "/themes/climate-change",
    "/sdgs/<number>": "/sdgs/13",
    "/static/<path:filename>": "/static/calendar.css",
    "/desk/submissions/<number>": "/desk/submissions/1",
    "/desk/events/<slug>": "/desk/events/igf-2016",
    "/desk/events/<slug>/split": "/desk/events/igf-2016/split",
    "/desk/events/<slug>/engagement": "/desk/events/igf-2016/engagement",
    "/desk/events/<slug>/side-event": "/desk/events/igf-2016/side-event",
    "/desk/series/<key>/engagement": "/desk/series/hlpf/engagement",
    "/desk/engagements/<uid>": "/desk/engagements/859b670c-3575-5180-a0c3-c4c0c9e037ca",
    "/desk/series/<key>": "/desk/series/hlpf",
    "/desk/partners/<key>": "/desk/partners/gsma",
    "/desk/import/<number>": "/desk/import/1",
    "/desk/batches/<number>": "/desk/batches/1",
    "/desk/accounts/<number>": "/desk/accounts/1",
    "/api/v1/events/<uid>": "/api/v1/events/e9c70ae2-264b-57a0-a85b-dfffccf828de",
}
GIVEN = {"title": "Rehearsal of a Forum", "dates": "9-10 February 2027", "source": "A note verbale"}


class Route(NamedTuple):
    rule: str
    method: str


# Signing out stands last, since it ends the session that the others ask with.
TABLE = {
    Route(rule, method): may
    for rule, methods in sorted(PAGES.items(), key=lambda row: row[0] == "/logout")
    for method, may in methods.items()
}


class Site(NamedTuple):
    """An application where forms need no token, since who may is asked of every one of them, and its links."""

    app: Flask
    links: Mapping[str, str]
    tokens: Mapping[str, str]


@pytest.fixture(scope="module")
def site(staffed: Staffed, compiled, tmp_path_factory) -> Iterator[Site]:
    with applications(staffed, compiled, tmp_path_factory.mktemp("routes")) as make:
        app = make()
        app.config["WTF_CSRF_ENABLED"] = False
        store = store_of(app)
        client_as(app, "admin")
        admin = kept.by_email(store, "admin@example.org")
        invite = accounts.invite(store, email="new@example.org", role="editor", by=admin, now=NOW)
        reset = accounts.make_reset_link(store, kept.by_email(store, EDITOR).id, by=admin, now=NOW)
        proposal = f"/submissions/{desk.propose(store, GIVEN, now=NOW).token}"
        links = {
            "/submissions/<token>": proposal,
            "/submissions/<token>/edit": f"{proposal}/edit",
            "/invite/<token>": f"/invite/{invite}",
            "/reset/<token>": f"/reset/{reset}",
            "/desk/submissions.atom": queue_feed(app, admin),
        }
        tokens = {
            scope: accounts.make_token(store, admin, name=scope, scope=scope, days=9, now=NOW) for scope in TOKENS
        }
        with store.change(NOW, actor="test") as change:
            selections.keep(change, SHORT, "q=cop")
            batches.add(change, kind="import")
        pasted = {"pasted": "A Forum, 9 July 2027, Quito", "source": "A list", "origin": "a list"}
        taken = client_as(app, "admin").post("/desk/import", data=pasted)
        assert (taken.status_code, taken.headers.get("Location")) == (303, "/desk/import/1")
        yield Site(app, links, tokens)


def queue_feed(app: Flask, editor: Account) -> str:
    """The address of an editor's feed of the queue."""
    return addresses.queue_feed(feed_keys.key_of(editor, app.config["SECRET_KEY"]))


def ask(site: Site, actor: str, method: str, address: str) -> TestResponse:
    if actor in SESSIONS:
        return client_as(site.app, actor).open(address, method=method, buffered=True)
    headers = {"Authorization": f"Bearer {site.tokens[actor.split()[1]]}"} if actor.startswith("token ") else {}
    return site.app.test_client().open(address, method=method, headers=headers, buffered=True)


def decided(answer: TestResponse) -> str:
    """What an answer decides. A form that lacks something is answered as such only to who may send it."""
    location = answer.headers.get("Location", "")
    if answer.status_code == 401 or (answer.status_code == 303 and location.startswith("/login?next=")):
        return "sign in"
    if answer.status_code == 403:
        return "not for this account"
    good = {200, 302} if answer.request.method == "GET" else {303, 404, 409, 415, 422}
    return "allowed" if answer.status_code in good else f"{answer.status_code}"


def expected(may: May, actor: str) -> str:
    if actor in may.value:
        return "allowed"
    if may in {May.TOKEN_READ, May.TOKEN_PROPOSE, May.TOKEN_EDIT}:
        return "not for this account" if actor.startswith("token ") else "sign in"
    return "not for this account" if actor in SESSIONS else "sign in"


def held(may: May) -> bool:
    return may is May.LINK_HOLDER


def test_every_address_and_method_of_the_application_has_a_row_and_every_row_one(read_app):
    found = {
        Route(rule.rule, method)
        for rule in read_app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert found - set(TABLE) == set(), "say who may use these"
    assert set(TABLE) - found == set(), "these are no more"


def test_every_address_with_a_part_to_fill_in_has_an_example():
    filled = {rule for rule, methods in PAGES.items() if "<" in rule and not held(methods.get("GET", May.ANYONE))}
    assert filled == set(EXAMPLES)


@pytest.mark.parametrize("actor", ACTORS)
def test_address_is_for_those_whom_the_table_names(site, actor):
    rows = {route: may for route, may in TABLE.items() if not held(may)}
    found = {route: decided(ask(site, actor, route.method, EXAMPLES.get(route.rule, route.rule))) for route in rows}
    assert found == {route: expected(may, actor) for route, may in rows.items()}


@pytest.mark.parametrize("actor", ACTORS)
def test_address_that_is_a_secret_opens_with_the_secret_and_not_without(site, actor):
    rows = [route for route, may in TABLE.items() if held(may)]
    wrong = {route: ask(site, actor, route.method, route.rule.replace("<token>", "x")).status_code for route in rows}
    assert wrong == dict.fromkeys(rows, 404)
    # The set-up link holds only while nobody has an account.
    right = [route for route in rows if route.rule in site.links]
    assert {route.rule for route in rows} - set(site.links) == {"/setup/<token>"}
    found = {route: ask(site, actor, route.method, site.links[route.rule]).status_code for route in right}
    assert found == {route: 200 if route.method == "GET" else 422 for route in right}


@pytest.mark.parametrize("address", FEEDS)
def test_feed_is_for_anyone_and_only_read(site, address):
    found = {
        actor: tuple(ask(site, actor, method, address).status_code for method in ("GET", "HEAD", "POST", "DELETE"))
        for actor in ("nobody", "submitter", "admin", "token edit")
    }
    assert found == dict.fromkeys(found, (200, 200, 405, 405))


def test_every_form_wants_the_token_that_its_page_gave_out(read_app):
    """But the API, which takes no session and so no form that another site sends along with one."""
    posted = [route for route in TABLE if route.method != "GET" and not route.rule.startswith("/api/")]
    assert posted
    client = read_app.test_client()
    found = {}
    for rule, method in posted:
        address = EXAMPLES.get(rule, rule).replace("<token>", "x")
        found[rule] = client.open(address, method=method, data={"email": SUBMITTER}).status_code
    assert found == dict.fromkeys((rule for rule, _ in posted), 400)


def test_closed_account_is_nobody_everywhere(site):
    store = store_of(site.app)
    client = client_as(site.app, "submitter")
    store.db.conn.execute("UPDATE accounts SET closed = 1 WHERE role = 'submitter'")
    try:
        answers = [client.get("/account"), client.get("/desk"), client.post("/account", data={"do": "everywhere"})]
    finally:
        store.db.conn.execute("UPDATE accounts SET closed = 0 WHERE role = 'submitter'")
    assert [decided(answer) for answer in answers] == ["sign in"] * 3
