"""Once: a secret that the page after a form shows, and no page again."""

from typing import cast

from flask import session

from calendar_app.web import current

_KEY = "once"


def keep(kind: str, secret: str) -> None:
    """Hands a secret on to the next page that asks for this kind, if the same account asks."""
    session[_KEY] = [kind, secret, current.signed_in().id]


def take(kind: str) -> str:
    """The secret that was handed on, or ""; it is then gone. A page that shows another kind drops it."""
    if _KEY not in session:
        return ""
    given, secret, account = session.pop(_KEY)
    return cast(str, secret) if (given, account) == (kind, current.signed_in().id) else ""
