"""Making accounts."""

from datetime import datetime

from calendar_app.accounts.hashes import hash_password, unfit
from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.fields import is_email
from calendar_app.store import Change, Store, journal
from calendar_app.store import accounts as kept

ROLES = ("submitter", "editor", "admin")


def create(store: Store, *, email: str, password: str, role: str, now: datetime, actor: str = "accounts") -> None:
    """Makes an account.

    Raises:
        ProblemsError: an e-mail that is none or taken, a password too short or too long.
    """
    check(email, password)
    password_hash = hash_password(password)
    with store.change(now, actor=actor) as change:
        add(change, email=email, role=role, password_hash=password_hash)


def add(change: Change, *, email: str, role: str, password_hash: str) -> int:
    """Makes an account inside a change that is open; gives its number.

    Raises:
        ProblemsError: the e-mail has one already.
    """
    number = kept.add(change, email=email.strip(), role=role, password_hash=password_hash)
    if not number:
        raise ProblemsError([Problem(field="email", error=CalendarError("account-twice"))])
    journal.add(change, action="account-made", subject=email.strip(), detail=role)
    return number


def check(email: str, password: str) -> None:
    """Checks what an account is to be made of.

    Raises:
        ProblemsError: an e-mail that is none, a password too short or too long.
    """
    problems = [] if is_email(email.strip()) else [Problem(field="email", error=CalendarError("email-unreadable"))]
    problems += unfit(password)
    if problems:
        raise ProblemsError(problems)
