"""Links that are used once: the first account's, an invite's, a new password's."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from calendar_app import accounts, addresses
from calendar_app.errors import NotFoundError, ProblemsError
from calendar_app.store.account_links import Link
from calendar_app.web import current
from calendar_app.web.account import signed_in
from calendar_app.web.form import told

pages = Blueprint("account_links", __name__)


@pages.get(f"{addresses.SETUP}/<token>")
def setup(token: str) -> str:
    """The form that makes the first account."""
    if not accounts.setup_holds(current.store(), token, now=current.now()):
        raise NotFoundError("link-used")
    return _setup_page()


@pages.post(f"{addresses.SETUP}/<token>")
def set_up(token: str) -> Response | tuple[str, int]:
    """Makes the first account, an administrator's, and signs it in."""
    email = request.form.get("email", "")
    try:
        session = accounts.set_up(current.store(), token=token, email=email, password=_password(), now=current.now())
    except ProblemsError as error:
        return _setup_page(email, told(error.problems)), 422
    return signed_in(session)


@pages.get(f"{addresses.INVITE}/<token>")
def invite(token: str) -> str:
    """The form that makes the account that someone was invited to."""
    return _password_page(_link(token, "invite"))


@pages.post(f"{addresses.INVITE}/<token>")
def accept(token: str) -> Response | tuple[str, int]:
    """Makes the account, and signs it in."""
    try:
        session = accounts.accept_invite(current.store(), token, password=_password(), now=current.now())
    except ProblemsError as error:
        return _password_page(_link(token, "invite"), told(error.problems)), 422
    return signed_in(session)


@pages.get(f"{addresses.RESET}/<token>")
def reset(token: str) -> str:
    """The form that sets a password anew."""
    return _password_page(_link(token, "reset"))


@pages.post(f"{addresses.RESET}/<token>")
def set_anew(token: str) -> Response | tuple[str, int]:
    """Sets the password, ends the account's sessions, and signs it in."""
    try:
        session = accounts.reset_password(current.store(), token, password=_password(), now=current.now())
    except ProblemsError as error:
        return _password_page(_link(token, "reset"), told(error.problems)), 422
    return signed_in(session)


def _password() -> str:
    return request.form.get("password", "")


def _link(token: str, kind: str) -> Link:
    return accounts.link_of(current.store(), token, kind=kind, now=current.now())


def _setup_page(email: str = "", problems: dict[str, str] | None = None) -> str:
    return render_template(
        "setup.html", given={"email": email}, problems=problems or {}, least=accounts.SHORTEST_PASSWORD
    )


def _password_page(link: Link, problems: dict[str, str] | None = None) -> str:
    return render_template("password.html", link=link, problems=problems or {}, least=accounts.SHORTEST_PASSWORD)
