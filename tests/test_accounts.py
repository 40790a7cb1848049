"""Accounts: who may sign in, for how long, how often they may try, and how the first one is made."""

from datetime import timedelta
from pathlib import Path

import pytest

from calendar_app import accounts
from calendar_app.errors import DeniedError, NotFoundError, ProblemsError
from calendar_app.store import Store
from calendar_app.store import accounts as kept
from calendar_app.store.accounts import Account
from tests.conftest import NOW

EMAIL, PASSWORD, ADDRESS = "editor@example.org", "correct horse battery", "192.0.2.1"
SECOND = timedelta(seconds=1)
WINDOW = timedelta(minutes=15)


@pytest.fixture(scope="module")
def with_account(tmp_path_factory) -> Path:
    """A database with one account, whose slow hash is made once."""
    path = tmp_path_factory.mktemp("accounts") / "events.db"
    store = Store(path)
    store.migrate()
    accounts.create(store, email=EMAIL, password=PASSWORD, role="editor", now=NOW)
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return path


@pytest.fixture
def store(with_account, tmp_path):
    path = tmp_path / "events.db"
    path.write_bytes(with_account.read_bytes())
    store = Store(path)
    yield store
    store.close()


def sign_in(store: Store, *, email=EMAIL, password=PASSWORD, address=ADDRESS, now=NOW, before="") -> str:
    return accounts.sign_in(store, email=email, password=password, address=address, now=now, before=before)


def refusal(store: Store, **given: object) -> tuple[str, dict[str, object]]:
    with pytest.raises(DeniedError) as caught:
        sign_in(store, **given)
    return caught.value.message, caught.value.data


def told(act, *args: object, **given: object) -> list[tuple[str, str, dict[str, object]]]:
    with pytest.raises(ProblemsError) as caught:
        act(*args, **given)
    return [(problem.field, problem.error.message, problem.error.data) for problem in caught.value.problems]


def file_of(store: Store) -> bytes:
    store.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store.path.read_bytes()


def subjects(email: str, address: str) -> list[str]:
    """Whose failure it is: of the account at the address, of the address, and of the account."""
    told = (f"pair:{email} {address}", f"address:{address}", f"account:{email}")
    return [accounts.hash_token(each) for each in told]


def fail(store: Store, count: int, *, email=EMAIL, address=ADDRESS, now=NOW) -> None:
    """Notes failures without the slow comparison of each: the same rows as signing in wrongly leaves."""
    with store.change(now, actor="test") as change:
        for _ in range(count):
            kept.add_failure(change, subjects(email, address), forget=NOW - WINDOW)


def test_signing_in_opens_a_session_and_out_ends_it(store):
    token = sign_in(store)
    account = accounts.of_session(store, token, now=NOW)
    assert account is not None
    assert (account.email, account.role, account.edits) == (EMAIL, "editor", True)
    other = sign_in(store, email=f" {EMAIL.upper()} ")
    accounts.sign_out(store, token, now=NOW)
    assert (accounts.of_session(store, token, now=NOW), accounts.of_session(store, other, now=NOW)) == (None, account)


@pytest.mark.parametrize("token", ["", "nothing", "\ud800", "' OR 1=1 --"])
def test_session_of_another_token_is_nobodys(store, token):
    sign_in(store)
    assert accounts.of_session(store, token, now=NOW) is None
    accounts.sign_out(store, token, now=NOW)


def test_hash_of_a_token_opens_no_session(store):
    assert accounts.of_session(store, accounts.hash_token(sign_in(store)), now=NOW) is None


def test_session_expires(store):
    token = sign_in(store)
    assert accounts.of_session(store, token, now=NOW + accounts.SESSION - SECOND) is not None
    assert accounts.of_session(store, token, now=NOW + accounts.SESSION) is None


def test_signing_in_anew_ends_the_session_before_and_no_other(store):
    before, elsewhere = sign_in(store), sign_in(store)
    after = sign_in(store, before=before)
    assert accounts.of_session(store, before, now=NOW) is None
    assert None not in {accounts.of_session(store, token, now=NOW) for token in (elsewhere, after)}


@pytest.mark.parametrize("before", ["", "nothing", "\ud800"])
def test_signing_in_with_no_session_before_ends_none(store, before):
    elsewhere = sign_in(store)
    assert accounts.of_session(store, sign_in(store, before=before), now=NOW) is not None
    assert accounts.of_session(store, elsewhere, now=NOW) is not None


def test_refused_sign_in_leaves_the_session_before(store):
    before = sign_in(store)
    assert refusal(store, password="wrong", before=before) == ("sign-in-wrong", {})
    assert accounts.of_session(store, before, now=NOW) is not None


def test_expired_sessions_are_cleared_away_at_the_next_sign_in(store):
    sign_in(store)
    sign_in(store, now=NOW + accounts.SESSION)
    assert store.db.conn.execute("SELECT count(*) FROM sessions").fetchone() == (1,)


def test_no_secret_is_in_the_database(store):
    token = sign_in(store)
    refusal(store, password="wrong secret word")
    found = file_of(store)
    assert accounts.hash_token(token).encode() in found
    assert b"$argon2id$" in found
    for secret in (token, PASSWORD, "wrong secret word", ADDRESS):
        assert secret.encode() not in found


def test_wrong_password_and_unknown_account_are_refused_alike(store):
    assert refusal(store, password="wrong") == ("sign-in-wrong", {})
    assert refusal(store, email="nobody@example.org") == ("sign-in-wrong", {})
    assert refusal(store, email="", password="") == ("sign-in-wrong", {})


@pytest.mark.parametrize("password", ["", PASSWORD.upper(), f"{PASSWORD} ", "x" * 100_000, "\ud800", "a\0b"])
def test_wrong_password_is_refused_whatever_it_is(store, password):
    assert refusal(store, password=password) == ("sign-in-wrong", {})


@pytest.mark.parametrize("email", ["\ud800@example.org", "a\0@example.org", "x" * 100_000])
def test_email_that_nobody_has_is_refused_whatever_it_is(store, email):
    assert refusal(store, email=email) == ("sign-in-wrong", {})


def test_ten_failures_close_an_account_for_a_while_to_that_address_alone(store):
    fail(store, 9)
    assert accounts.of_session(store, sign_in(store), now=NOW) is not None
    fail(store, 1)
    assert refusal(store) == ("sign-in-many", {})
    assert refusal(store, email=f" {EMAIL.upper()} ") == ("sign-in-many", {})
    assert refusal(store, now=NOW + WINDOW - SECOND) == ("sign-in-many", {})
    # Its owner is not shut out by who tries elsewhere, nor is the address from other accounts.
    assert sign_in(store, address="198.51.100.7")
    assert refusal(store, email="nobody@example.org") == ("sign-in-wrong", {})
    assert sign_in(store, now=NOW + WINDOW)


def test_three_hundred_failures_close_an_account_for_a_while_from_any_address(store):
    for number in range(299):
        fail(store, 1, address=f"2001:db8::{number:x}")
    assert sign_in(store)
    fail(store, 1, address="2001:db8::ffff")
    for address in (ADDRESS, "198.51.100.7"):
        assert refusal(store, address=address) == ("sign-in-many", {})
    assert refusal(store, email=EMAIL.upper()) == ("sign-in-many", {})
    assert refusal(store, email="nobody@example.org") == ("sign-in-wrong", {})
    assert refusal(store, now=NOW + WINDOW - SECOND) == ("sign-in-many", {})
    assert sign_in(store, now=NOW + WINDOW)


def test_failures_of_a_clock_that_ran_ahead_are_not_counted(store):
    fail(store, 10, now=NOW + SECOND)
    assert sign_in(store)
    assert refusal(store, now=NOW + SECOND) == ("sign-in-many", {})


def test_failures_at_an_unknown_account_are_counted_alike(store):
    fail(store, 10, email="nobody@example.org")
    assert refusal(store, email="nobody@example.org") == ("sign-in-many", {})
    assert sign_in(store)


def test_thirty_failures_close_an_address_for_a_while_for_any_account(store):
    for number in range(30):
        fail(store, 1, email=f"{number}@example.org")
    assert refusal(store) == ("sign-in-many", {})
    assert refusal(store, email="30@example.org") == ("sign-in-many", {})
    assert sign_in(store, address="198.51.100.7")
    assert sign_in(store, now=NOW + WINDOW)


def test_twenty_nine_failures_close_no_address(store):
    for number in range(29):
        fail(store, 1, email=f"{number}@example.org")
    assert sign_in(store)


def test_failure_is_noted_for_the_pair_the_address_and_the_account(store):
    refusal(store, email=f" {EMAIL.upper()}", password="wrong")
    noted = store.db.conn.execute("SELECT subject FROM sign_in_failures ORDER BY id").fetchall()
    assert noted == [(subject,) for subject in subjects(EMAIL, ADDRESS)]


def test_old_failures_are_forgotten(store):
    fail(store, 3)
    refusal(store, password="wrong", now=NOW + WINDOW)
    assert store.db.conn.execute("SELECT count(*) FROM sign_in_failures").fetchone() == (3,)


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"email": "nobody"}, [("email", "email-unreadable", {})]),
        ({"password": "short"}, [("password", "password-short", {"least": 12})]),
        ({"password": "x" * 201}, [("password", "password-long", {"most": 200})]),
        (
            {"email": "", "password": ""},
            [("email", "email-unreadable", {}), ("password", "password-short", {"least": 12})],
        ),
        ({"email": EMAIL}, [("email", "account-twice", {})]),
        ({"email": EMAIL.upper()}, [("email", "account-twice", {})]),
    ],
)
def test_account_that_can_not_be_is_refused(store, given, problems):
    wanted = {"email": "new@example.org", "password": PASSWORD, **given}
    assert told(accounts.create, store, **wanted, role="admin", now=NOW) == problems
    assert store.db.conn.execute("SELECT count(*) FROM accounts").fetchone() == (1,)


@pytest.mark.parametrize(("role", "edits"), [("submitter", False), ("editor", True), ("admin", True)])
def test_account_edits_by_its_role(role, edits):
    assert Account(id=1, email=EMAIL, role=role, password_hash="").edits is edits


def test_roles_are_those_that_the_database_takes(store):
    for role in accounts.ROLES:
        accounts.create(store, email=f"a.{role}@example.org", password=PASSWORD, role=role, now=NOW)
    assert store.db.conn.execute("SELECT count(*) FROM accounts").fetchone() == (4,)


def test_longest_password_signs_in_and_one_more_letter_does_not(store):
    longest = "é" * accounts.LONGEST_PASSWORD
    accounts.create(store, email="long@example.org", password=longest, role="editor", now=NOW)
    assert sign_in(store, email="long@example.org", password=longest)
    assert refusal(store, email="long@example.org", password=f"{longest}x") == ("sign-in-wrong", {})


def test_setup_link_makes_the_first_account_once(empty_store):
    token = accounts.make_setup_link(empty_store, now=NOW)
    assert token is not None
    assert accounts.setup_holds(empty_store, token, now=NOW)
    accounts.set_up(empty_store, token=token, email=f" {EMAIL} ", password=PASSWORD, now=NOW)
    account = accounts.of_session(empty_store, sign_in(empty_store), now=NOW)
    assert account is not None
    assert (account.email, account.role) == (EMAIL, "admin")
    assert not accounts.setup_holds(empty_store, token, now=NOW)
    assert token.encode() not in file_of(empty_store)
    with pytest.raises(NotFoundError) as caught:
        accounts.set_up(empty_store, token=token, email="other@example.org", password=PASSWORD, now=NOW)
    assert caught.value.message == "link-used"


def test_setup_link_is_made_only_while_nobody_has_an_account(store):
    assert accounts.make_setup_link(store, now=NOW) is None


def test_setup_link_ends_when_an_account_is_made_otherwise(empty_store):
    token = accounts.make_setup_link(empty_store, now=NOW)
    accounts.create(empty_store, email=EMAIL, password=PASSWORD, role="editor", now=NOW)
    assert not accounts.setup_holds(empty_store, token, now=NOW)
    with pytest.raises(NotFoundError):
        accounts.set_up(empty_store, token=token, email="other@example.org", password=PASSWORD, now=NOW)


def test_setup_link_ends_when_an_account_is_made_while_it_is_used(empty_store):
    token = accounts.make_setup_link(empty_store, now=NOW)
    other = Store(empty_store.path)

    def meanwhile(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE":
            empty_store.db.conn.set_trace_callback(None)
            accounts.create(other, email=EMAIL, password=PASSWORD, role="editor", now=NOW)

    empty_store.db.conn.set_trace_callback(meanwhile)
    with pytest.raises(NotFoundError):
        accounts.set_up(empty_store, token=token, email="other@example.org", password=PASSWORD, now=NOW)
    other.close()
    assert empty_store.db.conn.execute("SELECT email FROM accounts").fetchall() == [(EMAIL,)]


def test_newest_setup_link_alone_holds(empty_store):
    first, second = (accounts.make_setup_link(empty_store, now=NOW) for _ in range(2))
    assert (accounts.setup_holds(empty_store, first, now=NOW), accounts.setup_holds(empty_store, second, now=NOW)) == (
        *(False, True),
    )


def test_setup_link_expires(empty_store):
    token = accounts.make_setup_link(empty_store, now=NOW)
    assert accounts.setup_holds(empty_store, token, now=NOW + accounts.SETUP - SECOND)
    assert not accounts.setup_holds(empty_store, token, now=NOW + accounts.SETUP)


def test_setup_link_outlives_a_refused_password(empty_store):
    token = accounts.make_setup_link(empty_store, now=NOW)
    assert told(accounts.set_up, empty_store, token=token, email=EMAIL, password="short", now=NOW) == [
        ("password", "password-short", {"least": 12})
    ]
    assert accounts.setup_holds(empty_store, token, now=NOW)


# Another password


NEW = "staple correct horse"


def change_password(store: Store, *, current=PASSWORD, password=NEW, address=ADDRESS) -> str:
    account = kept.by_email(store, EMAIL)
    return accounts.change_password(store, account, current=current, password=password, address=address, now=NOW)


def test_new_password_ends_every_session_and_opens_one(store):
    here, elsewhere = sign_in(store), sign_in(store)
    opened = change_password(store)
    assert [accounts.of_session(store, each, now=NOW) for each in (here, elsewhere, opened)] == [
        *(None, None, kept.by_email(store, EMAIL)),
    ]
    assert refusal(store) == ("sign-in-wrong", {})
    assert sign_in(store, password=NEW)
    noted = store.db.conn.execute("SELECT actor, action, subject, detail FROM journal ORDER BY id DESC").fetchone()
    assert noted == (EMAIL, "password-changed", EMAIL, "")


def test_new_password_ends_the_link_by_which_another_could_set_one(store):
    account = kept.by_email(store, EMAIL)
    link = accounts.make_reset_link(store, account.id, by=account, now=NOW)
    change_password(store)
    with pytest.raises(NotFoundError):
        accounts.link_of(store, link, kind="reset", now=NOW)


def test_every_problem_of_a_new_password_is_told_and_changes_nothing(store):
    here = sign_in(store)
    assert told(change_password, store, current="wrong", password="short") == [
        ("current_password", "password-wrong", {}),
        ("password", "password-short", {"least": 12}),
    ]
    assert told(change_password, store, password="\ud800" * 12) == [("password", "text-control", {})]
    assert accounts.of_session(store, here, now=NOW) == kept.by_email(store, EMAIL)


def test_guesses_at_the_password_count_with_those_at_the_door(store):
    told(change_password, store, current="wrong")
    fail(store, 8)
    refusal(store, password="wrong")
    with pytest.raises(DeniedError) as caught:
        change_password(store)
    assert caught.value.message == "sign-in-many"
    assert refusal(store) == ("sign-in-many", {})
    assert change_password(store, address="198.51.100.7")


def test_password_that_changed_while_it_was_compared_opens_no_session(store):
    other, elsewhere = Store(store.path), kept.by_email(store, EMAIL)

    def meanwhile(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE":
            store.db.conn.set_trace_callback(None)
            with other.change(NOW, actor="test") as change:
                kept.set_password(change, elsewhere.id, "$argon2id$another")

    for act in (sign_in, change_password):
        with other.change(NOW, actor="test") as change:
            kept.set_password(change, elsewhere.id, elsewhere.password_hash)
        store.db.conn.set_trace_callback(meanwhile)
        with pytest.raises(DeniedError) as caught:
            act(store)
        assert caught.value.message == "sign-in-wrong"
    other.close()
    assert kept.count_sessions(store, elsewhere.id, now=NOW) == 0


def test_signing_out_everywhere_ends_every_session_of_that_account(store):
    accounts.create(store, email="other@example.org", password=PASSWORD, role="editor", now=NOW)
    mine, theirs = [sign_in(store), sign_in(store)], sign_in(store, email="other@example.org")
    account = kept.by_email(store, EMAIL)
    assert kept.count_sessions(store, account.id, now=NOW) == 2
    accounts.sign_out_everywhere(store, account, now=NOW)
    assert [accounts.of_session(store, each, now=NOW) for each in mine] == [None, None]
    assert accounts.of_session(store, theirs, now=NOW) is not None


def test_last_time_of_signing_in_stays_when_the_session_ends(store):
    account = kept.by_email(store, EMAIL)
    assert kept.last_sign_ins(store) == {}
    accounts.sign_out(store, sign_in(store), now=NOW)
    assert kept.last_sign_ins(store) == {account.id: NOW}
