"""What administrators do with accounts, and the links that they give out."""

from datetime import timedelta
from pathlib import Path

import pytest

from calendar_app import accounts
from calendar_app.errors import CalendarError, ConflictError, DeniedError, NotFoundError, ProblemsError
from calendar_app.store import Store, account_links, tokens
from calendar_app.store import accounts as kept
from calendar_app.store.account_links import Link
from calendar_app.store.accounts import Account
from tests.conftest import NOW

PASSWORD, NEW = "correct horse battery", "staple correct horse"
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def peopled(loaded_database, tmp_path_factory) -> Path:
    """The catalogue with an administrator and a submitter; both have one password, whose hash is slow to make."""
    path = tmp_path_factory.mktemp("administering") / "events.db"
    path.write_bytes(loaded_database.read_bytes())
    store = Store(path)
    accounts.create(store, email="admin@example.org", password=PASSWORD, role="admin", now=NOW)
    admin = kept.by_email(store, "admin@example.org")
    with store.change(NOW, actor="test") as change:
        for role in ("submitter", "editor"):
            kept.add(change, email=f"{role}@example.org", role=role, password_hash=admin.password_hash)
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return path


@pytest.fixture
def store(peopled, tmp_path):
    path = tmp_path / "events.db"
    path.write_bytes(peopled.read_bytes())
    store = Store(path)
    yield store
    store.close()


@pytest.fixture
def admin(store) -> Account:
    return who(store, "admin")


def who(store: Store, role: str) -> Account:
    account = kept.by_email(store, f"{role}@example.org")
    assert account is not None
    return account


def session(store: Store, role: str) -> str:
    """A session that is open, without the slow comparison of signing in."""
    with store.change(NOW, actor="test") as change:
        return accounts.sessions.start(change, who(store, role).id)


def add(store: Store, email: str, role: str) -> Account:
    with store.change(NOW, actor="test") as change:
        kept.add(change, email=email, role=role, password_hash=who(store, "admin").password_hash)
    return kept.by_email(store, email)


def refused(act, *args: object, **given: object) -> tuple[type, str]:
    with pytest.raises(CalendarError) as caught:
        act(*args, **given)
    return type(caught.value), caught.value.message


def told(act, *args: object, **given: object) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsError) as caught:
        act(*args, **given)
    return [(problem.field, problem.error.message) for problem in caught.value.problems]


def journal(store: Store) -> list[tuple[str, str, str, str]]:
    found = store.db.conn.execute("SELECT actor, action, subject, detail FROM journal ORDER BY id").fetchall()
    return found[1:]


# Roles


def test_new_role_ends_the_sessions_of_its_account_and_no_others(store, admin):
    theirs, mine = session(store, "editor"), session(store, "admin")
    accounts.change_role(store, who(store, "editor").id, role="submitter", by=admin, now=NOW)
    assert who(store, "editor").role == "submitter"
    assert [accounts.of_session(store, each, now=NOW) for each in (theirs, mine)] == [None, admin]
    assert journal(store) == [("admin@example.org", "role-changed", "editor@example.org", "editor → submitter")]


def test_new_role_takes_the_tokens_away_that_it_may_not_have(store, admin):
    editor = who(store, "editor")
    made = {
        scope: accounts.make_token(store, editor, name=scope, scope=scope, days=9, now=NOW) for scope in tokens.SCOPES
    }
    accounts.change_role(store, editor.id, role="submitter", by=admin, now=NOW)
    assert [each.name for each in tokens.of_account(store, editor.id)] == ["propose", "read"]
    accounts.change_role(store, editor.id, role="editor", by=admin, now=NOW)
    assert [bool(accounts.of_token(store, made[scope], now=NOW)) for scope in tokens.SCOPES] == [True, True, False]


def test_same_role_changes_nothing(store, admin):
    theirs = session(store, "editor")
    accounts.change_role(store, who(store, "editor").id, role="editor", by=admin, now=NOW)
    assert accounts.of_session(store, theirs, now=NOW) == who(store, "editor")
    assert journal(store) == []


def test_last_administrator_stays_one_and_stays_open(store, admin):
    change = {"role": "editor", "by": admin, "now": NOW}
    assert refused(accounts.change_role, store, admin.id, **change) == (ConflictError, "account-last")
    other = add(store, "second@example.org", "admin")
    accounts.close(store, other.id, by=admin, now=NOW)
    # One that is closed does not count.
    assert refused(accounts.change_role, store, admin.id, **change) == (ConflictError, "account-last")
    assert refused(accounts.close, store, admin.id, by=other, now=NOW) == (ConflictError, "account-last")
    accounts.reopen(store, other.id, by=admin, now=NOW)
    accounts.change_role(store, admin.id, **change)
    assert who(store, "admin").role == "editor"


def test_role_that_is_none_and_account_that_is_none_are_refused(store, admin):
    assert told(accounts.change_role, store, admin.id, role="king", by=admin, now=NOW) == [
        ("account_role", "account-role")
    ]
    for act, given in [
        (accounts.change_role, {"role": "editor"}),
        (accounts.close, {}),
        (accounts.reopen, {}),
        (accounts.give_series, {"keys": ["hlpf"]}),
        (accounts.make_reset_link, {}),
    ]:
        assert refused(act, store, 99, **given, by=admin, now=NOW) == (NotFoundError, "account-unknown")


# Closing


def test_closed_account_ends_at_once_with_its_sessions_tokens_and_links(store, admin):
    editor = who(store, "editor")
    theirs, token = (
        session(store, "editor"),
        accounts.make_token(store, editor, name="x", scope="read", days=9, now=NOW),
    )
    link = accounts.make_reset_link(store, editor.id, by=admin, now=NOW)
    accounts.close(store, editor.id, by=admin, now=NOW)
    assert who(store, "editor").closed
    assert (accounts.of_session(store, theirs, now=NOW), accounts.of_token(store, token, now=NOW)) == (None, None)
    assert refused(accounts.link_of, store, link, kind="reset", now=NOW) == (NotFoundError, "link-used")
    given = {"email": "editor@example.org", "password": PASSWORD, "address": "192.0.2.1", "now": NOW}
    assert refused(accounts.sign_in, store, **given) == (DeniedError, "sign-in-wrong")
    accounts.reopen(store, editor.id, by=admin, now=NOW)
    # What was ended stays ended; the password is what it was.
    assert (accounts.of_session(store, theirs, now=NOW), accounts.of_token(store, token, now=NOW)) == (None, None)
    assert accounts.of_session(store, accounts.sign_in(store, **given), now=NOW) == editor
    assert [each[1] for each in journal(store)] == ["token-made", "reset-made", "account-closed", "account-reopened"]


@pytest.mark.parametrize(
    "end", [accounts.close, lambda *given, **more: accounts.change_role(*given, role="editor", **more)]
)
def test_links_that_an_administrator_made_end_with_their_account_or_role(store, admin, end):
    accounts.create(store, email="second@example.org", password=PASSWORD, role="admin", now=NOW)
    second = kept.by_email(store, "second@example.org")
    kept_back = accounts.invite(store, email="back@example.org", role="admin", by=second, now=NOW)
    over = accounts.make_reset_link(store, admin.id, by=second, now=NOW)
    good = accounts.invite(store, email="new@example.org", role="editor", by=admin, now=NOW)
    end(store, second.id, by=admin, now=NOW)
    assert refused(accounts.link_of, store, kept_back, kind="invite", now=NOW) == (NotFoundError, "link-used")
    assert refused(accounts.link_of, store, over, kind="reset", now=NOW) == (NotFoundError, "link-used")
    assert accounts.link_of(store, good, kind="invite", now=NOW).email == "new@example.org"


def test_session_of_a_closed_account_is_nobodys_even_if_it_were_left(store):
    theirs = session(store, "editor")
    store.db.conn.execute("UPDATE accounts SET closed = 1 WHERE role = 'editor'")
    assert accounts.of_session(store, theirs, now=NOW) is None


def test_nobody_closes_their_own_account(store, admin):
    add(store, "second@example.org", "admin")
    assert refused(accounts.close, store, admin.id, by=admin, now=NOW) == (ConflictError, "account-own")


def test_closing_and_reopening_twice_is_doing_it_once(store, admin):
    editor = who(store, "editor")
    for act in (accounts.close, accounts.close, accounts.reopen, accounts.reopen):
        act(store, editor.id, by=admin, now=NOW)
    assert [each[1] for each in journal(store)] == ["account-closed", "account-reopened"]


# Series


def test_submitter_owns_the_series_that_were_given_last(store, admin):
    submitter = who(store, "submitter")
    assert kept.owned_series(store, submitter.id) == frozenset()
    for keys in (["hlpf", "igf"], ["igf", "hlpf", "hlpf"], ["igf"]):
        accounts.give_series(store, submitter.id, keys, by=admin, now=NOW)
        assert kept.owned_series(store, submitter.id) == frozenset(keys)
    assert kept.owned_series(store, admin.id) == frozenset()
    assert [each[1:] for each in journal(store)] == [
        ("series-given", "submitter@example.org", "hlpf, igf"),
        ("series-given", "submitter@example.org", "igf"),
    ]
    assert told(accounts.give_series, store, submitter.id, ["igf", "nothing"], by=admin, now=NOW) == [
        ("series", "choice-unknown")
    ]
    accounts.give_series(store, submitter.id, [], by=admin, now=NOW)
    assert kept.owned_series(store, submitter.id) == frozenset()


# Invites


def test_invite_makes_an_account_of_its_role_once_and_signs_it_in(store, admin):
    token = accounts.invite(store, email=" New@example.org ", role="editor", by=admin, now=NOW)
    expected = Link(
        kind="invite",
        email="New@example.org",
        role="editor",
        account=None,
        expires=NOW + timedelta(days=7),
        created_by="admin@example.org",
    )
    assert account_links.open_invites(store, now=NOW) == [expected]
    assert accounts.link_of(store, token, kind="invite", now=NOW) == expected
    assert told(accounts.accept_invite, store, token, password="short", now=NOW) == [("password", "password-short")]
    opened = accounts.accept_invite(store, token, password=NEW, now=NOW)
    account = accounts.of_session(store, opened, now=NOW)
    assert (account.email, account.role) == ("New@example.org", "editor")
    assert account_links.open_invites(store, now=NOW) == []
    assert refused(accounts.accept_invite, store, token, password=NEW, now=NOW) == (NotFoundError, "link-used")
    assert journal(store) == [
        ("admin@example.org", "account-invited", "New@example.org", "editor"),
        ("New@example.org", "account-made", "New@example.org", "editor"),
    ]


def test_link_is_of_its_kind_and_time_alone_and_the_newest_alone_holds(store, admin):
    given = {"email": "new@example.org", "role": "editor", "by": admin, "now": NOW}
    first, second = accounts.invite(store, **given), accounts.invite(store, **{**given, "email": "NEW@example.org"})
    reset = accounts.make_reset_link(store, who(store, "editor").id, by=admin, now=NOW)
    for token, kind, moment in [
        (first, "invite", NOW),
        (second, "reset", NOW),
        (reset, "invite", NOW),
        ("\ud800", "invite", NOW),
        ("", "reset", NOW),
        (second, "invite", NOW + timedelta(days=7)),
        (reset, "reset", NOW + timedelta(hours=24)),
    ]:
        assert refused(accounts.link_of, store, token, kind=kind, now=moment) == (NotFoundError, "link-used")
    assert accounts.link_of(store, second, kind="invite", now=NOW + timedelta(days=7) - SECOND).role == "editor"
    assert accounts.link_of(store, reset, kind="reset", now=NOW + timedelta(hours=24) - SECOND).role == "editor"


def test_links_are_kept_as_hashes_and_expired_ones_not_for_long(store, admin):
    token = accounts.invite(store, email="new@example.org", role="editor", by=admin, now=NOW)
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert token.encode() not in store.path.read_bytes()
    accounts.invite(store, email="other@example.org", role="editor", by=admin, now=NOW + timedelta(days=8))
    assert store.db.conn.execute("SELECT email FROM account_links").fetchall() == [("other@example.org",)]


def test_withdrawn_invite_makes_no_account(store, admin):
    token = accounts.invite(store, email="new@example.org", role="editor", by=admin, now=NOW)
    accounts.withdraw_invite(store, email="new@example.org", by=admin, now=NOW)
    assert refused(accounts.accept_invite, store, token, password=NEW, now=NOW) == (NotFoundError, "link-used")
    for email in ("new@example.org", "", "\ud800"):
        again = {"email": email, "by": admin, "now": NOW}
        assert refused(accounts.withdraw_invite, store, **again) == (NotFoundError, "invite-unknown")
    assert [each[1] for each in journal(store)] == ["account-invited", "invite-withdrawn"]


def test_invite_ends_when_its_person_has_an_account_otherwise(store, admin):
    token = accounts.invite(store, email="new@example.org", role="editor", by=admin, now=NOW)
    add(store, "New@example.org", "submitter")
    assert refused(accounts.accept_invite, store, token, password=NEW, now=NOW) == (NotFoundError, "link-used")


@pytest.mark.parametrize(
    ("email", "role", "problems"),
    [
        ("nobody", "king", [("email", "email-unreadable"), ("account_role", "account-role")]),
        ("EDITOR@example.org", "editor", [("email", "account-twice")]),
        ("\ud800@example.org", "", [("email", "email-unreadable"), ("account_role", "account-role")]),
    ],
)
def test_invite_that_can_not_be_is_refused(store, admin, email, role, problems):
    assert told(accounts.invite, store, email=email, role=role, by=admin, now=NOW) == problems
    assert account_links.open_invites(store, now=NOW) == []


# Resets


def test_reset_sets_the_password_ends_all_sessions_and_works_once(store, admin):
    editor, theirs, mine = who(store, "editor"), session(store, "editor"), session(store, "admin")
    link = accounts.make_reset_link(store, editor.id, by=admin, now=NOW)
    # Until it is used, nothing has changed.
    assert accounts.of_session(store, theirs, now=NOW) == editor
    assert told(accounts.reset_password, store, link, password="short", now=NOW) == [("password", "password-short")]
    opened = accounts.reset_password(store, link, password=NEW, now=NOW)
    found = who(store, "editor")
    assert accounts.hashes.verified(found, NEW)
    assert [accounts.of_session(store, each, now=NOW) for each in (theirs, mine, opened)] == [None, admin, found]
    assert refused(accounts.reset_password, store, link, password=NEW, now=NOW) == (NotFoundError, "link-used")
    assert journal(store) == [
        ("admin@example.org", "reset-made", "editor@example.org", ""),
        ("editor@example.org", "password-reset", "editor@example.org", ""),
    ]


def test_closed_account_gets_no_link(store, admin):
    editor = who(store, "editor")
    accounts.close(store, editor.id, by=admin, now=NOW)
    assert refused(accounts.make_reset_link, store, editor.id, by=admin, now=NOW) == (ConflictError, "account-closed")


def test_nothing_here_tells_readers_of_something_new(store, admin):
    before, editor = store.revision(), who(store, "editor")
    accounts.give_series(store, editor.id, ["hlpf"], by=admin, now=NOW)
    accounts.invite(store, email="new@example.org", role="editor", by=admin, now=NOW)
    accounts.change_role(store, editor.id, role="submitter", by=admin, now=NOW)
    accounts.close(store, editor.id, by=admin, now=NOW)
    assert store.revision() == before
