"""Signing in and out, changing the password, and how often one may try."""

from datetime import datetime, timedelta

from calendar_app.accounts.hashes import hash_password, hash_token, is_outdated, new_token, unfit, verified
from calendar_app.errors import CalendarError, DeniedError, Problem, ProblemsError
from calendar_app.fields import is_email
from calendar_app.store import Change, Store, account_links, journal
from calendar_app.store import accounts as kept
from calendar_app.store.accounts import Account

SESSION = timedelta(days=14)
_WINDOW = timedelta(minutes=15)
# One address is shut out from one account, or from all; an account alone only when very many try, so that
# nobody can shut its owner out.
_MOST_FAILURES = {"pair": 10, "address": 30, "account": 300}


def sign_in(store: Store, *, email: str, password: str, address: str, now: datetime, before: str = "") -> str:
    """The token of a new session; the session of the token `before` ends.

    Raises:
        DeniedError: too many failures for this account or address, or e-mail and password don't belong
            together; neither tells whether the account exists, nor whether it is closed.
    """
    subjects = _subjects(email, address)
    _refuse_many(store, subjects, now=now)
    account = kept.by_email(store, email.strip()) if is_email(email.strip()) else None
    if not verified(account, password) or account is None or account.closed:
        _note_failure(store, subjects, now=now)
        raise DeniedError("sign-in-wrong")
    with store.change(now, actor=account.email) as change:
        _refuse_changed(store, account)
        if is_outdated(account.password_hash):
            kept.set_password(change, account.id, hash_password(password))
        kept.end_session(change, hash_token(before))
        return start(change, account.id)


def start(change: Change, account: int) -> str:
    """The token of a new session of an account, inside a change that is open."""
    token = new_token()
    kept.start_session(change, account, token_hash=hash_token(token), expires=change.now + SESSION)
    return token


def sign_out(store: Store, token: str, *, now: datetime) -> None:
    """Ends a session."""
    with store.change(now, actor="accounts") as change:
        kept.end_session(change, hash_token(token))


def sign_out_everywhere(store: Store, account: Account, *, now: datetime) -> None:
    """Ends every session of an account."""
    with store.change(now, actor=account.email) as change:
        kept.end_sessions(change, account.id)
        journal.add(change, action="sessions-ended", subject=account.email)


def of_session(store: Store, token: str, *, now: datetime) -> Account | None:
    """Whose open session a token names."""
    return kept.by_session(store, hash_token(token), now=now) if token else None


def change_password(store: Store, account: Account, *, current: str, password: str, address: str, now: datetime) -> str:
    """Sets another password, ends every session of the account and the link by which another could set one.

    Gives the token of a new session.

    Raises:
        DeniedError: too many failures, which count together with those of signing in.
        ProblemsError: `current` is not the password, or the new one is too short or too long.
    """
    subjects = _subjects(account.email, address)
    _refuse_many(store, subjects, now=now)
    problems = unfit(password)
    if not verified(account, current):
        _note_failure(store, subjects, now=now)
        problems.insert(0, Problem(field="current_password", error=CalendarError("password-wrong")))
    if problems:
        raise ProblemsError(problems)
    password_hash = hash_password(password)
    with store.change(now, actor=account.email) as change:
        _refuse_changed(store, account)
        kept.set_password(change, account.id, password_hash)
        kept.end_sessions(change, account.id)
        account_links.remove(change, kind="reset", email=account.email)
        journal.add(change, action="password-changed", subject=account.email)
        return start(change, account.id)


def _subjects(email: str, address: str) -> dict[str, str]:
    """What failures are counted for, by kind: the account at this address, the address, the account."""
    account = email.strip().casefold()
    subjects = {"pair": f"{account} {address}", "address": address, "account": account}
    return {kind: hash_token(f"{kind}:{value}") for kind, value in subjects.items()}


def _refuse_many(store: Store, subjects: dict[str, str], *, now: datetime) -> None:
    for kind, subject in subjects.items():
        if kept.failures(store, subject, since=now - _WINDOW, until=now) >= _MOST_FAILURES[kind]:
            raise DeniedError("sign-in-many")


def _note_failure(store: Store, subjects: dict[str, str], *, now: datetime) -> None:
    with store.change(now, actor="accounts") as change:
        kept.add_failure(change, list(subjects.values()), forget=now - _WINDOW)


def _refuse_changed(store: Store, account: Account) -> None:
    """Refuses what was verified before the transaction, if the account was closed or its password changed since."""
    stands = kept.by_id(store, account.id)
    if stands is None or stands.closed or stands.password_hash != account.password_hash:
        raise DeniedError("sign-in-wrong")
