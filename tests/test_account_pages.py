"""The pages of accounts: one's own, those of all for administrators, and the links that they give out."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from calendar_app import accounts, texts
from calendar_app.errors import CalendarError
from calendar_app.store import accounts as kept
from calendar_app.store import tokens
from tests.conftest import BASE, NOW
from tests.webapp import (
    EDITOR,
    PASSWORD,
    SUBMITTER,
    client_as,
    filled,
    page,
    send,
    sign_in,
    store_of,
    token,
)

NEW = "staple correct horse"
COOKIE = "calendar_session"


@pytest.fixture
def admin_client(app):
    """An administrator who is signed in."""
    return client_as(app, "admin")


def word(message: str, **data: object) -> str:
    return texts.of("en").error(CalendarError(message, **data))


def number(app, email: str) -> int:
    return kept.by_email(store_of(app), email).id


def shown(found, name: str) -> str:
    """The secret that a page shows, or "" if it shows none."""
    return next((field["value"] for field in found.all("input", id=name)), "")


def summary(found) -> list[str]:
    return [item.text for item in found.one("div", id="problems").all("li")]


def cells(found, table: str) -> list[list[str]]:
    """The rows of a table by its heading's id, without their last cell if it holds a button."""
    for each in found.all("table"):
        if each["aria-labelledby"] == table:
            return [[cell.text for cell in row if cell.tag in {"th", "td"}] for row in each.one("tbody").all("tr")]
    return []


# Where one goes


@pytest.mark.parametrize(
    ("email", "after", "there"),
    [
        (SUBMITTER, "", "/submit"),
        (SUBMITTER, "/desk", "/submit"),
        (SUBMITTER, "/desk/verify", "/submit"),
        (SUBMITTER, "/account", "/account"),
        (SUBMITTER, "/submit?event=cop-22", "/submit?event=cop-22"),
        (EDITOR, "/account", "/account"),
    ],
)
def test_sign_in_leads_where_the_account_may_go(read_app, email, after, there):
    answer = sign_in(read_app.test_client(), email, next=after)
    assert (answer.status_code, answer.headers["Location"]) == (303, there)


def test_way_to_ones_account_goes_by_the_sign_in_page_and_back(read_app):
    client = read_app.test_client()
    assert client.get("/account").headers["Location"] == "/login?next=/account"
    data = {"csrf_token": token(client, "/login"), "do": "token"}
    assert client.post("/account", data=data).headers["Location"] == "/login?next=/account"


def test_foot_leads_to_the_account_and_the_desk_to_all_for_administrators_alone(app, admin_client, editor_client):
    def led(client, address: str) -> set[str]:
        return {link["href"] for link in page(client.get(address)).all("a")} & {"/account", "/desk/accounts"}

    assert [led(client, "/desk") for client in (admin_client, editor_client)] == [
        {"/account", "/desk/accounts"},
        {"/account"},
    ]
    assert led(client_as(app, "submitter"), "/submit") == {"/account"}
    assert led(app.test_client(), "/submit") == set()


# One's own account


def test_new_password_gives_this_browser_a_new_session_and_ends_all_others(app):
    client, elsewhere = client_as(app, "submitter"), client_as(app, "submitter")
    before = client.get_cookie(COOKIE).value
    answer = send(client, "/account", {"do": "password", "current_password": PASSWORD, "password": NEW})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    cookie = client.get_cookie(COOKIE)
    assert cookie.value != before
    assert (cookie.http_only, cookie.same_site, cookie.path, cookie.secure) == (True, "Lax", "/", True)
    page(client.get("/account"))
    assert elsewhere.get("/account").headers["Location"] == "/login?next=/account"
    thief = app.test_client()
    thief.set_cookie(COOKIE, before)
    assert thief.get("/account").status_code == 303


def test_password_that_can_not_be_is_told_at_its_field_and_never_shown_again(app, editor_client):
    given = {"do": "password", "current_password": "wrong one typed", "password": "short"}
    found = page(send(editor_client, "/account", given), 422)
    assert summary(found) == [
        f"Your password: {word('password-wrong')}",
        f"Password: {word('password-short', least=12)}",
    ]
    assert (found.one("span", id="current_password-e").text, found.one("span", id="password-e").text) == (
        word("password-wrong"),
        word("password-short", least=12),
    )
    assert [found.one("input", id=name).get("value") for name in ("current_password", "password")] == [None, None]
    page(editor_client.get("/account"))


def test_guessing_at_the_password_is_limited(app, editor_client):
    store = store_of(app)
    failed = accounts.sessions._subjects(EDITOR, "127.0.0.1")
    with store.change(NOW, actor="test") as change:
        for _ in range(10):
            kept.add_failure(change, list(failed.values()), forget=NOW - timedelta(hours=1))
    given = {"do": "password", "current_password": PASSWORD, "password": NEW}
    found = page(send(editor_client, "/account", given), 429)
    assert found.one("span", id="current_password-e").text == word("sign-in-many")
    assert accounts.hashes.verified(kept.by_email(store, EDITOR), PASSWORD)


def test_token_is_shown_once_and_listed_and_revoked(app, editor_client):
    given = {"do": "token", "token_name": "The website", "scope": "edit", "days": "30"}
    answer = send(editor_client, "/account", given)
    assert (answer.status_code, answer.headers["Location"], b"unfc_" in answer.data) == (303, "/account", False)
    found = page(editor_client.get("/account"))
    made = shown(found, "token")
    assert accounts.of_token(store_of(app), made, now=NOW).name == "The website"
    again = page(editor_client.get("/account"))
    assert shown(again, "token") == ""
    assert cells(again, "tokens") == [
        [
            "The website",
            "Read, propose and edit",
            "24 December 2026",
            "24 November 2026, 09:30 UTC",
            "Revoke: The website",
        ]
    ]
    (revoke,) = again.all("button", name="revoke")
    answer = send(editor_client, "/account", {"do": "revoke", "revoke": revoke["value"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert (accounts.of_token(store_of(app), made, now=NOW), cells(page(editor_client.get("/account")), "tokens")) == (
        *(None, []),
    )
    assert page(send(editor_client, "/account", {"revoke": revoke["value"]}), 404).one("p", class_="lede").text == word(
        "token-unknown"
    )


def test_token_is_shown_to_no_other_account_in_the_same_browser(app, editor_client):
    send(editor_client, "/account", {"do": "token", "token_name": "x", "scope": "read", "days": "7"})
    other = client_as(app, "submitter").get_cookie(COOKIE).value
    editor_client.set_cookie(COOKIE, other)
    assert shown(page(editor_client.get("/account")), "token") == ""


def test_token_that_can_not_be_is_told_with_what_was_typed_still_there(app):
    client = client_as(app, "submitter")
    form = page(client.get("/account"))
    assert [option["value"] for option in form.one("select", id="scope").all("option")] == ["read", "propose"]
    given = {"do": "token", "token_name": "x" * 101, "scope": "edit", "days": "999"}
    found = page(send(client, "/account", given), 422)
    assert summary(found) == [
        f"Name of the token: {word('text-long', most=100, count=101)}",
        f"It may: {word('token-scope')}",
        f"It holds for: {word('token-days', most=366)}",
    ]
    assert found.one("input", id="token_name")["value"] == "x" * 101
    assert tokens.every(store_of(app)) == []


def test_token_of_another_is_not_ones_own_to_revoke(app, editor_client):
    store = store_of(app)
    submitter = kept.by_email(store, SUBMITTER)
    made = accounts.make_token(store, submitter, name="x", scope="read", days=7, now=NOW)
    page(send(editor_client, "/account", {"do": "revoke", "revoke": "1"}), 404)
    assert accounts.of_token(store, made, now=NOW) is not None


@pytest.mark.parametrize("data", [{}, {"do": "fly"}, {"do": "token"}, {"revoke": "9" * 40}, {"do": "password"}])
def test_account_refuses_what_no_form_of_it_sends(editor_client, data):
    answer = send(editor_client, "/account", data)
    assert answer.status_code in {404, 422}
    page(editor_client.get("/account"))


def test_signing_out_everywhere_ends_this_session_too(app):
    client, elsewhere = client_as(app, "editor"), client_as(app, "editor")
    answer = send(client, "/account", {"do": "everywhere"})
    assert (answer.status_code, answer.headers["Location"], client.get_cookie(COOKIE)) == (303, "/", None)
    assert elsewhere.get("/desk").status_code == 303


def test_submitter_sees_the_series_that_they_own(app):
    client, store = client_as(app, "submitter"), store_of(app)
    with store.change(NOW, actor="test") as change:
        kept.set_owned_series(change, number(app, SUBMITTER), ["hlpf", "igf"])
    links = [link["href"] for link in page(client.get("/account")).one("main").all("a")]
    assert links == ["/series/hlpf", "/series/igf"]


# All accounts


def test_invite_is_shown_once_and_makes_the_account_that_it_names(app, admin_client):
    answer = send(admin_client, "/desk/accounts", {"email": "new@example.org", "account_role": "submitter"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/accounts")
    found = page(admin_client.get("/desk/accounts"))
    address = shown(found, "link")
    assert address.startswith(f"{BASE}/invite/")
    again = page(admin_client.get("/desk/accounts"))
    assert shown(again, "link") == ""
    assert cells(again, "invites") == [
        ["new@example.org", "Submitter", "1 December 2026, 09:30 UTC", "admin@example.org", "Withdraw: new@example.org"]
    ]
    path, client, late = urlsplit(address).path, app.test_client(), app.test_client()
    form = page(client.get(path)).one("main").one("form")
    waiting = token(late, path)
    assert "new@example.org" in page(client.get(path)).one("p", class_="lede").text
    found = page(client.post(path, data={**filled(form), "password": "short"}), 422)
    assert found.one("span", id="password-e").text == word("password-short", least=12)
    answer = client.post(path, data={**filled(form), "password": NEW})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/submit")
    page(client.get("/account"))
    for answer in (late.get(path), late.post(path, data={"csrf_token": waiting, "password": NEW})):
        assert page(answer, 404).one("p", class_="lede").text == word("link-used")
    assert sign_in(app.test_client(), "New@example.org").status_code == 422
    rows = cells(page(admin_client.get("/desk/accounts")), "people")
    assert ["new@example.org", "Submitter", "Open", "24 November 2026, 09:30 UTC", ""] in rows


def test_invite_is_refused_with_what_was_typed_still_there_and_withdrawn(app, admin_client):
    given = {"email": EDITOR.upper(), "account_role": "admin"}
    found = page(send(admin_client, "/desk/accounts", given), 422)
    assert summary(found) == [f"E-mail: {word('account-twice')}"]
    assert (found.one("input", id="email")["value"], filled(found.one("main").one("form"))["account_role"]) == (
        *(EDITOR.upper(), ["admin"]),
    )
    send(admin_client, "/desk/accounts", {**given, "email": "new@example.org"})
    answer = send(admin_client, "/desk/accounts", {"withdraw": "new@example.org"})
    assert (answer.status_code, cells(page(admin_client.get("/desk/accounts")), "invites")) == (303, [])
    page(send(admin_client, "/desk/accounts", {"withdraw": "new@example.org"}), 404)


def test_reset_link_is_shown_once_sets_the_password_and_signs_out_elsewhere(app, admin_client, editor_client):
    address = f"/desk/accounts/{number(app, EDITOR)}"
    assert send(admin_client, address, {"do": "reset"}).headers["Location"] == address
    # Another page does not show it, and then nobody sees it again.
    link = urlsplit(shown(page(admin_client.get(address)), "link")).path
    assert (link[:7], shown(page(admin_client.get(address)), "link")) == ("/reset/", "")
    client = app.test_client()
    answer = send(client, link, {"password": NEW})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk")
    page(client.get("/desk"))
    assert editor_client.get("/desk").status_code == 303
    assert page(client.get(link), 404).one("p", class_="lede").text == word("link-used")


def test_secret_for_one_page_is_not_shown_on_another(app, admin_client):
    send(admin_client, f"/desk/accounts/{number(app, EDITOR)}", {"do": "reset"})
    assert shown(page(admin_client.get(f"/desk/accounts/{number(app, SUBMITTER)}")), "link") == ""


def test_role_series_and_state_of_an_account_are_changed(app, admin_client, editor_client):
    address, store = f"/desk/accounts/{number(app, EDITOR)}", store_of(app)
    answer = send(admin_client, address, {"do": "role", "account_role": "submitter"})
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    assert (kept.by_email(store, EDITOR).role, editor_client.get("/desk").status_code) == ("submitter", 303)
    send(admin_client, address, {"do": "series", "series": ["hlpf", "igf"]})
    found = page(admin_client.get(address))
    ticked = [box["value"] for box in found.all("input", name="series") if "checked" in box.attributes]
    assert ticked == ["hlpf", "igf"]
    send(admin_client, address, {"do": "close"})
    assert [each["value"] for each in page(admin_client.get(address)).one("main").all("input", name="do")] == ["reopen"]
    assert [EDITOR, "Submitter", "Closed", "24 November 2026, 09:30 UTC", "HLPF, IGF"] in cells(
        page(admin_client.get("/desk/accounts")), "people"
    )
    send(admin_client, address, {"do": "reopen"})
    assert not kept.by_email(store, EDITOR).closed


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({"do": "role", "account_role": "editor"}, 409, word("account-last")),
        ({"do": "close"}, 409, word("account-own")),
        ({"do": "role", "account_role": "king"}, 422, word("account-role")),
        ({"do": "series", "series": "nothing"}, 422, word("choice-unknown", value="nothing")),
    ],
)
def test_what_an_account_can_not_take_is_told(app, admin_client, data, status, words):
    address = f"/desk/accounts/{number(app, 'admin@example.org')}"
    found = page(send(admin_client, address, data), status)
    assert words in found.one("div", id="problems").text
    page(admin_client.get(address))


def test_own_account_offers_no_closing(app, admin_client):
    found = page(admin_client.get(f"/desk/accounts/{number(app, 'admin@example.org')}"))
    assert [each["value"] for each in found.one("main").all("input", name="do")] == ["role", "reset"]


@pytest.mark.parametrize("name", ["99", "x", "-1", "1" * 30, "%00", "٣"])
def test_account_that_is_none_is_not_found(admin_client, name):
    assert page(admin_client.get(f"/desk/accounts/{name}"), 404).one("p", class_="lede").text == word("account-unknown")


def test_administrator_revokes_the_token_of_another(app, admin_client):
    store = store_of(app)
    made = accounts.make_token(store, kept.by_email(store, EDITOR), name="x", scope="read", days=7, now=NOW)
    assert cells(page(admin_client.get("/desk/accounts")), "tokens") == [
        [EDITOR, "x", "Read", "1 December 2026", "Never", f"Revoke: x, {EDITOR}"]
    ]
    assert send(admin_client, "/desk/accounts", {"revoke": "1"}).status_code == 303
    assert accounts.of_token(store, made, now=NOW) is None


# Secrets in addresses


def test_page_of_a_link_tells_its_address_to_nobody_and_is_stored_nowhere(app, make_app, loaded_database):
    new = make_app(loaded_database)
    store, editor = store_of(app), kept.by_email(store_of(app), EDITOR)
    setup = accounts.make_setup_link(store_of(new), now=NOW)
    invite = accounts.invite(store, email="new@example.org", role="editor", by=editor, now=NOW)
    reset = accounts.make_reset_link(store, editor.id, by=editor, now=NOW)
    answers = [
        new.test_client().get(f"/setup/{setup}"),
        *(app.test_client().get(address) for address in (f"/invite/{invite}", f"/reset/{reset}")),
        *(app.test_client().get(address) for address in ("/setup/x", "/invite/x", "/reset/x")),
    ]
    told = [(each.status_code, each.headers["Referrer-Policy"], each.headers["Cache-Control"]) for each in answers]
    assert told == [(200, "no-referrer", "no-store")] * 3 + [(404, "no-referrer", "no-store")] * 3


@pytest.mark.parametrize("address", ["/account", "/desk/accounts", "/desk/accounts/1"])
def test_pages_of_accounts_are_stored_nowhere(admin_client, address):
    answer = admin_client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"], "ETag" in answer.headers) == (200, "no-store", False)


def test_guesses_from_one_network_shut_out_that_network_and_not_the_account(app):
    """Whoever has an IPv6 network has addresses without end; all of them together may not shut the owner out."""

    def sign_in_from(address: str, password: str) -> int:
        data, base = {"email": EDITOR, "password": password}, {"REMOTE_ADDR": address}
        return send(app.test_client(), "/login", data, environ_base=base).status_code

    assert {sign_in_from(f"2001:db8::{number:x}", "wrong") for number in range(10)} == {422}
    assert sign_in_from("2001:db8::ffff", PASSWORD) == 429
    assert sign_in_from("2001:db8:0:1::1", PASSWORD) == 303


def test_links_are_tried_so_often_and_no_more(make_app):
    client = make_app(rate_limit=True).test_client()
    data = {"csrf_token": token(client, "/login"), "password": NEW}
    answers = [client.post("/reset/x", data=data).status_code for _ in range(31)]
    assert answers == [404] * 30 + [429]
