"""Tokens of the API: made for an account, shown once, kept as a hash."""

from datetime import datetime, timedelta

from calendar_app import fields
from calendar_app.accounts.hashes import hash_token, new_token
from calendar_app.errors import CalendarError, ConflictError, DeniedError, NotFoundError, Problem, ProblemsError
from calendar_app.store import Store, journal
from calendar_app.store import accounts as people
from calendar_app.store import tokens as kept
from calendar_app.store.accounts import Account
from calendar_app.store.tokens import SCOPES, Token

PREFIX = "unfc_"
LONGEST_DAYS, MOST_TOKENS, LONGEST_NAME = 366, 20, 100
_ALLOWED = {"submitter": ("read", "propose"), "editor": SCOPES, "admin": SCOPES}


def scopes_of(role: str) -> tuple[str, ...]:
    """The scopes that an account of this role may give a token; each includes those before it."""
    return _ALLOWED[role]


def make_token(store: Store, account: Account, *, name: str, scope: str, days: int, now: datetime) -> str:
    """A new token of an account, for so many days; it can't be read again.

    Raises:
        ProblemsError: no name or too long a one, a scope that the account's role lacks, 0 or too many days, or
            as many tokens as an account may have.
        ConflictError: the account is closed.
        DeniedError: it has lost its role meanwhile.
    """
    name = fields.line(name)
    _check(name, scope, days, account.role)
    token = PREFIX + new_token()
    with store.change(now, actor=account.email) as change:
        # Read again inside the transaction: the account may have been closed or lost its role meanwhile.
        stands = people.by_id(store, account.id)
        if stands is None or stands.closed:
            raise ConflictError("account-closed")
        if scope not in scopes_of(stands.role):
            raise DeniedError("not-yours")
        if len(kept.of_account(store, account.id)) >= MOST_TOKENS:
            raise ProblemsError([Problem(field="token_name", error=CalendarError("token-many", most=MOST_TOKENS))])
        expires = now + timedelta(days=days)
        kept.add(change, account.id, token_hash=hash_token(token), name=name, scope=scope, expires=expires)
        journal.add(change, action="token-made", subject=account.email, detail=f"{name} ({scope})")
    return token


def of_token(store: Store, token: str, *, now: datetime) -> Token | None:
    """What a token that still holds stands for; None if it expired, was revoked, or its account was closed.

    Notes when it was used last, at most once an hour, and only if the database takes it at once.
    """
    if not token.startswith(PREFIX):
        return None
    found = kept.by_hash(store, hash_token(token), now=now)
    if found is None or found.account.closed or found.scope not in scopes_of(found.account.role):
        return None
    kept.note_use(store, found, now=now)
    return found


def revoke_token(store: Store, account: Account, number: int, *, now: datetime) -> None:
    """Ends a token, one's own or, for an administrator, anyone's.

    Raises:
        NotFoundError: the account has no such token.
    """
    with store.change(now, actor=account.email) as change:
        found = kept.by_id(store, number)
        if found is None or not (account.administers or found.account.id == account.id):
            raise NotFoundError("token-unknown")
        kept.remove(change, number)
        journal.add(change, action="token-revoked", subject=found.account.email, detail=f"{found.name} ({found.scope})")


def _check(name: str, scope: str, days: int, role: str) -> None:
    problems = []
    if not name:
        problems.append(Problem(field="token_name", error=CalendarError("token-name")))
    elif len(name) > LONGEST_NAME:
        error = CalendarError("text-long", most=LONGEST_NAME, count=len(name))
        problems.append(Problem(field="token_name", error=error))
    if scope not in scopes_of(role):
        problems.append(Problem(field="scope", error=CalendarError("token-scope")))
    if not 1 <= days <= LONGEST_DAYS:
        problems.append(Problem(field="days", error=CalendarError("token-days", most=LONGEST_DAYS)))
    if problems:
        raise ProblemsError(problems)
