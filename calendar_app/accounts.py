"""Accounts: making them, signing in and out, and the one-time link that makes the first."""

import hashlib
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from calendar_app.errors import CalendarError, DeniedError, NotFoundError, Problem, ProblemsError
from calendar_app.fields import is_email
from calendar_app.store import Change, Store
from calendar_app.store import accounts as kept
from calendar_app.store.accounts import Account

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
SESSION = timedelta(days=14)
SETUP = timedelta(days=7)
ROLES = ("submitter", "editor", "admin")
_WINDOW = timedelta(minutes=15)
# One address is shut out from one account, or from all; an account alone only when very many try, so that
# nobody can shut its owner out.
_MOST_FAILURES = {"pair": 10, "address": 30, "account": 300}

_hasher = PasswordHasher()
# Compared with where there is no account, so that the time an answer takes does not tell which exist.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def hash_token(token: str) -> str:
    """What is kept of a secret that a link or cookie carries. A random token needs no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def create(store: Store, *, email: str, password: str, role: str, now: datetime) -> None:
    """Makes an account.

    Raises:
        ProblemsError: an e-mail that is none or taken, a password too short or too long.
    """
    _check(email, password)
    password_hash = _hasher.hash(password)
    with store.change(now, actor="accounts") as change:
        _add(change, email=email, role=role, password_hash=password_hash)


def make_setup_link(store: Store, *, now: datetime) -> str | None:
    """The token of a new set-up link while nobody has an account, else None. Earlier links then no longer hold."""
    if kept.any_there(store):
        return None
    token = secrets.token_urlsafe(32)
    with store.change(now, actor="accounts") as change:
        kept.add_setup_link(change, token_hash=hash_token(token), expires=now + SETUP)
    return token


def setup_holds(store: Store, token: str, *, now: datetime) -> bool:
    """Whether a set-up link can still be used."""
    return not kept.any_there(store) and kept.setup_link_holds(store, hash_token(token), now=now)


def set_up(store: Store, *, token: str, email: str, password: str, now: datetime) -> None:
    """Makes the first account, an administrator's, and takes the link out of use.

    Raises:
        NotFoundError: the link was used or is too old.
        ProblemsError: as `create`.
    """
    if not setup_holds(store, token, now=now):
        raise NotFoundError("link-used")
    _check(email, password)
    password_hash = _hasher.hash(password)
    with store.change(now, actor="accounts") as change:
        # Asked again inside the transaction: an account may have been made while this password was hashed.
        if kept.any_there(store) or not kept.use_setup_link(change, hash_token(token)):
            raise NotFoundError("link-used")
        _add(change, email=email, role="admin", password_hash=password_hash)


def sign_in(store: Store, *, email: str, password: str, address: str, now: datetime, before: str = "") -> str:
    """The token of a new session; the session of the token `before` ends.

    Raises:
        DeniedError: too many failures for this account or address, or e-mail and password don't belong
            together; neither tells whether the account exists.
    """
    account_name = email.strip().casefold()
    subjects = {"pair": f"{account_name} {address}", "address": address, "account": account_name}
    hashed = {kind: hash_token(f"{kind}:{value}") for kind, value in subjects.items()}
    for kind, subject in hashed.items():
        if kept.failures(store, subject, since=now - _WINDOW, until=now) >= _MOST_FAILURES[kind]:
            raise DeniedError("sign-in-many")
    account = kept.by_email(store, email.strip()) if is_email(email.strip()) else None
    if not _verified(account, password) or account is None:
        with store.change(now, actor="accounts") as change:
            kept.add_failure(change, list(hashed.values()), forget=now - _WINDOW)
        raise DeniedError("sign-in-wrong")
    token = secrets.token_urlsafe(32)
    with store.change(now, actor=account.email) as change:
        if _hasher.check_needs_rehash(account.password_hash):
            kept.rehash(change, account.id, _hasher.hash(password))
        kept.end_session(change, hash_token(before))
        kept.start_session(change, account.id, token_hash=hash_token(token), expires=now + SESSION)
    return token


def sign_out(store: Store, token: str, *, now: datetime) -> None:
    """Ends a session."""
    with store.change(now, actor="accounts") as change:
        kept.end_session(change, hash_token(token))


def of_session(store: Store, token: str, *, now: datetime) -> Account | None:
    """Whose open session a token names."""
    return kept.by_session(store, hash_token(token), now=now) if token else None


def _add(change: Change, *, email: str, role: str, password_hash: str) -> None:
    if not kept.add(change, email=email.strip(), role=role, password_hash=password_hash):
        raise ProblemsError([Problem(field="email", error=CalendarError("account-twice"))])


def _check(email: str, password: str) -> None:
    problems = []
    if not is_email(email.strip()):
        problems.append(Problem(field="email", error=CalendarError("email-unreadable")))
    if len(password) < SHORTEST_PASSWORD:
        problems.append(Problem(field="password", error=CalendarError("password-short", least=SHORTEST_PASSWORD)))
    if len(password) > LONGEST_PASSWORD:
        problems.append(Problem(field="password", error=CalendarError("password-long", most=LONGEST_PASSWORD)))
    if any("\ud800" <= letter <= "\udfff" for letter in password):
        problems.append(Problem(field="password", error=CalendarError("text-control")))
    if problems:
        raise ProblemsError(problems)


def _verified(account: Account | None, password: str) -> bool:
    try:
        hashed = account.password_hash if account else _NOBODY
        return _hasher.verify(hashed, password[: LONGEST_PASSWORD + 1]) and account is not None
    except (VerificationError, UnicodeEncodeError):
        return False
