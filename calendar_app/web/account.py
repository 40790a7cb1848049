"""Signing in and out, and the one-time link that makes the first account."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import accounts, addresses
from calendar_app.errors import DeniedError, NotFoundError, Problem, ProblemsError
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
            address=request.remote_addr or "",
            now=current.now(),
            before=request.cookies.get(current.COOKIE, ""),
        )
    except DeniedError as error:
        status = 429 if error.message == "sign-in-many" else 422
        return _login_page(after, email=email, problem=current.texts().error(error)), status
    return _signed_in(token, after)


@pages.post(addresses.LOGOUT)
def sign_out() -> Response:
    """Ends the session, on the server too."""
    accounts.sign_out(current.store(), request.cookies.get(current.COOKIE, ""), now=current.now())
    response = redirect(addresses.HOME, code=303)
    response.delete_cookie(current.COOKIE, path="/")
    return response


@pages.get(f"{addresses.SETUP}/<token>")
def setup(token: str) -> str:
    """The form that makes the first account."""
    if not accounts.setup_holds(current.store(), token, now=current.now()):
        raise NotFoundError("link-used")
    return _setup_page({}, ())


@pages.post(f"{addresses.SETUP}/<token>")
def set_up(token: str) -> Response | tuple[str, int]:
    """Makes the first account, an administrator's, and signs it in."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        accounts.set_up(current.store(), token=token, email=email, password=password, now=current.now())
    except ProblemsError as error:
        return _setup_page({"email": email}, error.problems), 422
    address = request.remote_addr or ""
    session = accounts.sign_in(current.store(), email=email, password=password, address=address, now=current.now())
    return _signed_in(session, "")


def _signed_in(token: str, after: str) -> Response:
    response = make_response(redirect(after if _ours(after) else addresses.DESK, code=303))
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


def _ours(path: str) -> bool:
    """Whether a path stays on this site: absolute, and no browser reads a host into it."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path


def _login_page(after: str, *, email: str = "", problem: str = "") -> str:
    return render_template("login.html", after=after if _ours(after) else "", email=email, problem=problem)


def _setup_page(given: dict[str, str], problems: tuple[Problem, ...]) -> str:
    words = {problem.field: current.texts().error(problem.error) for problem in problems}
    return render_template("setup.html", given=given, problems=words, least=accounts.SHORTEST_PASSWORD)
