"""Tokens of the API: who may make which, how long they hold, and what is kept of them."""

import dataclasses
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from calendar_app import accounts
from calendar_app.errors import ConflictError, DeniedError, NotFoundError, ProblemsError
from calendar_app.store import Store, tokens
from calendar_app.store import accounts as kept
from calendar_app.store.accounts import Account
from calendar_app.store.tokens import Token
from tests.conftest import NOW

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def peopled(tmp_path_factory) -> Path:
    """A database with an account of each role; all have one hash, since making it is slow."""
    path = tmp_path_factory.mktemp("tokens") / "events.db"
    store = Store(path)
    store.migrate()
    with store.change(NOW, actor="test") as change:
        for role in accounts.ROLES:
            kept.add(change, email=f"{role}@example.org", role=role, password_hash="$argon2id$none")
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


def who(store: Store, role: str = "editor") -> Account:
    account = kept.by_email(store, f"{role}@example.org")
    assert account is not None
    return account


def make(store: Store, role: str = "editor", *, name="the site", scope="read", days=30, now=NOW) -> str:
    return accounts.make_token(store, who(store, role), name=name, scope=scope, days=days, now=now)


def told(store: Store, **given: object) -> list[tuple[str, str, dict[str, object]]]:
    with pytest.raises(ProblemsError) as caught:
        make(store, **given)
    return [(problem.field, problem.error.message, problem.error.data) for problem in caught.value.problems]


def journal(store: Store) -> list[tuple[str, str, str, str]]:
    return store.db.conn.execute("SELECT actor, action, subject, detail FROM journal ORDER BY id").fetchall()


def test_token_stands_for_its_account_until_it_expires(store):
    token = make(store, scope="propose", name=" the  site ")
    expected = Token(
        id=1,
        account=who(store),
        name="the site",
        scope="propose",
        created=NOW,
        expires=NOW + 30 * DAY,
        used=None,
    )
    assert accounts.of_token(store, token, now=NOW) == expected
    last = accounts.of_token(store, token, now=NOW + 30 * DAY - SECOND)
    assert last == dataclasses.replace(expected, used=NOW)
    assert accounts.of_token(store, token, now=NOW + 30 * DAY) is None


def test_tokens_are_told_by_their_prefix_and_no_two_are_alike(store):
    made = {make(store) for _ in range(3)}
    assert len(made) == 3
    assert all(token.startswith("unfc_") and len(token) == 48 for token in made)


@pytest.mark.parametrize("token", ["", "unfc_", "unfc_nothing", "\ud800", "unfc_\ud800\0", "' OR 1=1 --", "x" * 10_000])
def test_what_is_no_token_stands_for_nobody(store, token):
    make(store)
    assert accounts.of_token(store, token, now=NOW) is None


def test_no_token_is_in_the_database_and_its_hash_is_none(store):
    token = make(store)
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = store.path.read_bytes()
    assert token.encode() not in found
    assert token.removeprefix("unfc_").encode() not in found
    assert accounts.hash_token(token).encode() in found
    assert accounts.of_token(store, f"unfc_{accounts.hash_token(token)}", now=NOW) is None


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("submitter", ["read", "propose"]),
        ("editor", ["read", "propose", "edit"]),
        ("admin", ["read", "propose", "edit"]),
    ],
)
def test_account_gives_no_more_than_its_role_has(store, role, allowed):
    for scope in allowed:
        found = accounts.of_token(store, make(store, role, scope=scope), now=NOW)
        assert (found.account, found.scope) == (who(store, role), scope)
    for scope in set(tokens.SCOPES) - set(allowed):
        assert told(store, role=role, scope=scope) == [("scope", "token-scope", {})]
    assert list(accounts.scopes_of(role)) == allowed


def test_each_scope_includes_those_before_it():
    account = Account(id=1, email="a@example.org", role="editor", password_hash="")
    common = {"id": 1, "account": account, "name": "x", "created": NOW, "expires": NOW, "used": None}
    allowed = {
        scope: [each for each in tokens.SCOPES if Token(scope=scope, **common).allows(each)] for scope in tokens.SCOPES
    }
    assert allowed == {"read": ["read"], "propose": ["read", "propose"], "edit": ["read", "propose", "edit"]}


def test_every_problem_of_a_token_is_told(store):
    assert told(store, name=" ", scope="all", days=0) == [
        ("token_name", "token-name", {}),
        ("scope", "token-scope", {}),
        ("days", "token-days", {"most": 366}),
    ]
    assert told(store, name="x" * 101, days=367) == [
        ("token_name", "text-long", {"most": 100, "count": 101}),
        ("days", "token-days", {"most": 366}),
    ]
    assert told(store, name="\ud800") == [("token_name", "token-name", {})]
    assert make(store, days=366)
    assert make(store, days=1, name="x" * 100)


def test_account_has_twenty_tokens_at_most(store):
    for _ in range(20):
        make(store)
    assert told(store) == [("token_name", "token-many", {"most": 20})]
    assert make(store, "submitter")
    accounts.revoke_token(store, who(store), 1, now=NOW)
    assert make(store)


def test_revoked_token_stands_for_nobody_and_others_do(store):
    token, other = make(store), make(store)
    accounts.revoke_token(store, who(store), 1, now=NOW)
    assert accounts.of_token(store, token, now=NOW) is None
    assert accounts.of_token(store, other, now=NOW) is not None
    with pytest.raises(NotFoundError) as caught:
        accounts.revoke_token(store, who(store), 1, now=NOW)
    assert caught.value.message == "token-unknown"


def test_token_of_another_is_revoked_by_administrators_alone(store):
    token = make(store, "submitter")
    with pytest.raises(NotFoundError) as caught:
        accounts.revoke_token(store, who(store, "editor"), 1, now=NOW)
    assert caught.value.message == "token-unknown"
    assert accounts.of_token(store, token, now=NOW) is not None
    accounts.revoke_token(store, who(store, "admin"), 1, now=NOW)
    assert accounts.of_token(store, token, now=NOW) is None


def test_token_of_a_closed_account_stands_for_nobody_and_none_is_made(store):
    account, token = who(store), make(store)
    store.db.conn.execute("UPDATE accounts SET closed = 1 WHERE email = 'editor@example.org'")
    assert accounts.of_token(store, token, now=NOW) is None
    with pytest.raises(ConflictError) as caught:
        accounts.make_token(store, account, name="x", scope="read", days=1, now=NOW)
    assert caught.value.message == "account-closed"


def test_token_of_a_scope_that_its_account_has_lost_stands_for_nobody(store):
    account, edits, reads = who(store), make(store, scope="edit"), make(store)
    store.db.conn.execute("UPDATE accounts SET role = 'submitter' WHERE email = 'editor@example.org'")
    assert accounts.of_token(store, edits, now=NOW) is None
    assert accounts.of_token(store, reads, now=NOW) is not None
    with pytest.raises(DeniedError):
        accounts.make_token(store, account, name="x", scope="edit", days=1, now=NOW)


def used(store: Store) -> list[tuple[str | None]]:
    return store.db.conn.execute("SELECT used FROM tokens").fetchall()


def test_use_is_noted_once_an_hour(store):
    token = make(store)
    assert used(store) == [(None,)]
    for moment, noted in [
        (NOW, "2026-11-24T09:30:00Z"),
        (NOW + HOUR - SECOND, "2026-11-24T09:30:00Z"),
        (NOW + HOUR, "2026-11-24T10:30:00Z"),
    ]:
        accounts.of_token(store, token, now=moment)
        assert used(store) == [(noted,)]


def test_token_holds_while_the_database_is_busy_or_read_and_waits_for_nothing(store):
    token = make(store)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert accounts.of_token(store, token, now=NOW) is not None
        other.execute("ROLLBACK")
    with store.snapshot():
        assert accounts.of_token(store, token, now=NOW) is not None
    assert used(store) == [(None,)]
    assert store.db.conn.execute("PRAGMA busy_timeout").fetchone() == (3000,)
    assert accounts.of_token(store, token, now=NOW) is not None
    assert used(store) != [(None,)]


def test_token_holds_while_the_database_is_full(store):
    token = make(store)
    store.db.conn.execute("PRAGMA query_only = ON")
    assert accounts.of_token(store, token, now=NOW) is not None
    assert used(store) == [(None,)]


def test_use_of_a_token_tells_readers_of_nothing_new(store):
    before = store.revision()
    token = make(store)
    accounts.of_token(store, token, now=NOW)
    assert store.revision() == before


def test_making_and_revoking_is_in_the_journal_without_the_token(store):
    token = make(store, "submitter", scope="propose")
    accounts.revoke_token(store, who(store, "admin"), 1, now=NOW)
    assert journal(store) == [
        ("submitter@example.org", "token-made", "submitter@example.org", "the site (propose)"),
        ("admin@example.org", "token-revoked", "submitter@example.org", "the site (propose)"),
    ]
    assert token not in str(journal(store))


def test_tokens_are_listed_newest_first_by_account(store):
    for role, name in [("editor", "a"), ("submitter", "b"), ("editor", "c")]:
        make(store, role, name=name)
    assert [each.name for each in tokens.of_account(store, who(store).id)] == ["c", "a"]
    assert [each.name for each in tokens.every(store)] == ["c", "a", "b"]
