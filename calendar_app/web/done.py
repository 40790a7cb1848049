"""Done: the page after a form tells once that what was asked for is done."""

from typing import cast

from flask import g, session

from calendar_app.web import current

_KEY = "done"
# The session is a cookie.
_LONGEST = 200


def tell(what: str, name: str = "") -> None:
    """Has the next page tell that this is done, and of what by its name."""
    session[_KEY] = [current.texts().label("done", what), name[:_LONGEST]]


def take() -> tuple[str, str] | None:
    """What is to be told, in words, and the name that follows; it is then gone. Public pages know nothing of it."""
    # Asking the session makes a page depend on a cookie.
    if (current.account() is None and "private" not in g) or _KEY not in session:
        return None
    words, name = cast("tuple[str, str]", session.pop(_KEY))
    return words, name
