"""What is kept of a secret: a slow hash of a password, a fast one of a random token."""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from calendar_app.errors import CalendarError, Problem
from calendar_app.store.accounts import Account

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200

_hasher = PasswordHasher()
# Compared with where there is no account, so that the time an answer takes does not tell which exist.
_NOBODY = _hasher.hash(secrets.token_urlsafe(16))


def new_token() -> str:
    """A random token that nobody can guess, for a link or a cookie."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is kept of a secret that a link or cookie carries. A random token needs no slow hash."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def hash_password(password: str) -> str:
    """What is kept of a password; slow by design."""
    return _hasher.hash(password)


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made with older parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


def verified(account: Account | None, password: str) -> bool:
    """Whether it is the account's password; takes as long where there is no account."""
    try:
        hashed = account.password_hash if account else _NOBODY
        return _hasher.verify(hashed, password[: LONGEST_PASSWORD + 1]) and account is not None
    except (VerificationError, UnicodeEncodeError):
        return False


def unfit(password: str) -> list[Problem]:
    """What keeps a text from being a password, at the field `password`."""
    problems = []
    if len(password) < SHORTEST_PASSWORD:
        problems.append(Problem(field="password", error=CalendarError("password-short", least=SHORTEST_PASSWORD)))
    if len(password) > LONGEST_PASSWORD:
        problems.append(Problem(field="password", error=CalendarError("password-long", most=LONGEST_PASSWORD)))
    if any("\ud800" <= letter <= "\udfff" for letter in password):
        problems.append(Problem(field="password", error=CalendarError("text-control")))
    return problems
