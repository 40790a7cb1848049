"""For operators and crawlers: is it alive, can it answer, what may be crawled."""

import structlog
from flask import Blueprint, Response

from calendar_app.web import current

pages = Blueprint("operation", __name__)


@pages.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@pages.get("/readyz")
def readyz() -> Response:
    """The record can be read; 503 if it can't."""
    try:
        current.store().revision()
    except Exception:
        structlog.get_logger().exception("the record can't be read")
        return Response("not ready\n", status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")


@pages.get("/robots.txt")
def robots() -> Response:
    """Everything may be crawled but the desk and the forms."""
    lines = ["User-agent: *", "Disallow: /desk", "Disallow: /login", "Disallow: /setup", "Disallow: /submissions", ""]
    return Response("\n".join(lines), mimetype="text/plain")
