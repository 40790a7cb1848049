"""Error pages that say what is so, then what to do."""

import contextlib
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import structlog
from flask import Flask, Response, g, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, TooManyRequests
from werkzeug.wrappers import Response as ResponseBase

from calendar_app import addresses
from calendar_app.errors import (
    BusyError,
    CalendarError,
    ConflictError,
    DeniedError,
    GoneError,
    NotFoundError,
    SelectionError,
)
from calendar_app.web import again, current, desk_report, embed, headers, proposal, refused, submit, uploads
from calendar_app.web.api import problems
from calendar_app.web.current import SignInFirst

_STATUS: dict[type[CalendarError], int] = {
    SelectionError: 400,
    DeniedError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    GoneError: 410,
    BusyError: 503,
}


def install(app: Flask) -> None:
    """Answers every error with a page of our own, or in the API with a problem."""
    app.register_error_handler(CalendarError, _told(_refused))
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _told(_http))
    app.register_error_handler(SignInFirst, _sign_in)
    app.register_error_handler(Exception, _failed)


def _told(page: Callable[[Any], Any]) -> Callable[[Exception], Any]:
    return lambda error: problems.answer(error) if problems.wanted() else page(error)


def _refused(error: CalendarError) -> tuple[str, int]:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 422)
    if status == 503:
        return _again(error, status)
    if isinstance(error, SelectionError) and (page := refused.again()):
        return page, status
    return _page(status, current.texts().error(error))


def _expired(_error: CSRFError) -> tuple[str, int]:
    return _again(CalendarError("form-expired"), 400)


def _again(error: CalendarError, status: int) -> tuple[str, int]:
    """The form of an event or of a report with what was typed, if that was sent; else a page that says why."""
    if request.path == addresses.SUBMIT:
        return submit.again(error), status
    if request.endpoint == "desk_report.keep" and (page := desk_report.again(error)):
        return page, status
    if request.endpoint == "proposal.amend":
        # The link that this comes by may be none.
        with contextlib.suppress(NotFoundError):
            return proposal.again((request.view_args or {})["token"], error), status
    words = current.texts().error(error)
    if page := again.page(words):
        return page, status
    return _page(status, words)


def _http(error: HTTPException) -> tuple[str, int] | ResponseBase:
    gettext, code = current.texts().gettext, error.code or 500
    if isinstance(error, RequestEntityTooLarge):
        return _page(413, current.texts().error(uploads.too_large()))
    if isinstance(error, TooManyRequests):
        return _again(CalendarError("rate"), 429)
    words = {
        400: gettext("The request can’t be read. Go back and try again."),
        404: gettext("There is no page at this address. Look for the event, or start from what is coming."),
        405: gettext("This address can’t be used in that way. Follow a link instead."),
    }
    page, status = _page(code, words.get(code, gettext("This can’t be answered. Go back and try again.")))
    if code != 405:
        return page, status
    response = Response(page, status)
    response.headers["Allow"] = ", ".join(sorted(error.valid_methods or []))  # type: ignore[attr-defined]
    return response


def _sign_in(_error: SignInFirst) -> ResponseBase:
    elsewhere = request.path if request.path == addresses.ACCOUNT else addresses.DESK
    after = request.full_path.rstrip("?") if request.method == "GET" else elsewhere
    return redirect(f"{addresses.LOGIN}?next={quote(after, safe='/')}", code=303)


def _failed(error: Exception) -> tuple[str, int] | ResponseBase:
    # An address that is a secret is logged without it.
    path = str(request.url_rule) if headers.secret() else request.path
    structlog.get_logger().error("request failed", path=path, exc_info=error)
    if problems.wanted():
        return problems.answer(error)
    # The record may be what failed, so the page must not ask it who is signed in.
    g.account = None
    return _page(500, current.texts().gettext("Something went wrong here, not with you. Try again in a minute."))


def _page(status: int, words: str) -> tuple[str, int]:
    if request.path == addresses.EMBED:
        return render_template("embed_error.html", words=words, fragment=embed.as_fragment()), status
    return render_template("error.html", status=status, words=words), status
