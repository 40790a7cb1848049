"""Who asks the API: a bearer token (RFC 6750) alone, never a cookie."""

import re
from collections.abc import Sequence
from typing import cast

from flask import g, request

from calendar_app import accounts
from calendar_app.errors import CalendarError, Problem
from calendar_app.store.tokens import Token
from calendar_app.web import current
from calendar_app.web.api.problems import RefusedError

_REALM = 'Bearer realm="UN Forum Calendar"'
_HEADER = re.compile(r"bearer +([A-Za-z0-9._~+/-]+=*) *", re.IGNORECASE)


def token() -> Token | None:
    """The token that was sent, if it still holds."""
    if "bearer" not in g:
        g.bearer = accounts.of_token(current.store(), secret(), now=current.now())
    return cast("Token | None", g.bearer)


def secret() -> str:
    """The text of the token that was sent; "" for none, or what is none."""
    found = _HEADER.fullmatch(request.headers.get("Authorization", ""))
    return found[1] if found else ""


def need(scope: str) -> Token:
    """The token that was sent, which allows what the scope says.

    Raises:
        RefusedError: 401 for no token or one that does not hold, 403 for one of a lesser scope (RFC 6750 §3.1).
    """
    found = token()
    if found is None:
        given = "Authorization" in request.headers
        challenge = f'{_REALM}, error="invalid_token"' if given else _REALM
        message = "bearer-wrong" if given else "bearer-none"
        raise RefusedError("unauthorized", message, headers={"WWW-Authenticate": challenge})
    if not found.allows(scope):
        raise scarce(scope)
    return found


def scarce(scope: str, *, fields: Sequence[str] = ()) -> RefusedError:
    """What is said to a token whose scope is too small, for all that was asked or for some fields of it."""
    challenge = f'{_REALM}, error="insufficient_scope", scope="{scope}"'
    problems = tuple(Problem(field=name, error=CalendarError("bearer-scope", scope=scope)) for name in fields)
    return RefusedError(
        "forbidden", "bearer-scope", headers={"WWW-Authenticate": challenge}, problems=problems, scope=scope
    )


def who() -> str:
    """By what a token's posts are counted; "" without one that holds."""
    found = token()
    return f"token {found.id}" if found else ""
