"""For operators and crawlers: is it alive, can it answer, what may be crawled."""

from flask import Blueprint, Response

from calendar_app.web import current

pages = Blueprint("operation", __name__)


@pages.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
def readyz() -> Response:
    """The record can be read."""
    current.store().revision()
    return Response("ready\n", mimetype="text/plain")


@pages.get("/robots.txt")
def robots() -> Response:
    """Everything may be crawled but the desk and the forms."""
    lines = ["User-agent: *", "Disallow: /desk", "Disallow: /login", "Disallow: /setup", "Disallow: /submissions", ""]
    return Response("\n".join(lines), mimetype="text/plain")
