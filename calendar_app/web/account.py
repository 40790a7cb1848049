"""Signing in and out."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import accounts, addresses
from calendar_app.errors import DeniedError
from calendar_app.web import current

pages = Blueprint("account", __name__)


@pages.get(addresses.LOGIN)
def login() -> str:
    """The sign-in form."""
    return _login_page(request.args.get("next", ""))


@pages.post(addresses.LOGIN)
def sign_in() -> Response | tuple[str, int]:
    """Starts a session, a new one each time."""
    email, after = request.form.get("email", ""), request.form.get("next", "")
    try:
        token = accounts.sign_in(
            current.store(),
            email=email,
            password=request.form.get("password", ""),
            address=current.network(),
            now=current.now(),
            before=request.cookies.get(current.COOKIE, ""),
        )
    except DeniedError as error:
        status = 429 if error.message == "sign-in-many" else 422
        return _login_page(after, email=email, problem=current.texts().error(error)), status
    return signed_in(token, after)


@pages.post(addresses.LOGOUT)
def sign_out() -> Response:
    """Ends the session, on the server too."""
    accounts.sign_out(current.store(), request.cookies.get(current.COOKIE, ""), now=current.now())
    return signed_out()


def signed_in(token: str, after: str = "") -> Response:
    """The way to a page, or to where the account's work is, with the cookie of a session that has begun."""
    who = accounts.of_session(current.store(), token, now=current.now())
    here = after if _ours(after) else addresses.DESK
    if here.startswith(addresses.DESK) and not (who and who.edits):
        # The desk would refuse them.
        here = addresses.SUBMIT
    response = make_response(redirect(here, code=303))
    response.set_cookie(
        current.COOKIE,
        token,
        max_age=int(accounts.SESSION.total_seconds()),
        secure=current.publisher().base.startswith("https://"),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def signed_out() -> Response:
    """The way home, without the cookie of a session that has ended."""
    response = redirect(addresses.HOME, code=303)
    response.delete_cookie(current.COOKIE, path="/")
    return response


def _ours(path: str) -> bool:
    """Whether a path stays on this site: absolute, and no browser reads a host into it."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path


def _login_page(after: str, *, email: str = "", problem: str = "") -> str:
    return render_template("login.html", after=after if _ours(after) else "", email=email, problem=problem)
