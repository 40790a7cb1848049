"""For operators and crawlers: is it alive, can it answer, what may be crawled."""

import structlog
from flask import Blueprint, Response

from calendar_app import addresses
from calendar_app.web import current

pages = Blueprint("operation", __name__)

_PRIVATE = (addresses.DESK, addresses.LOGIN, addresses.SETUP, "/submissions")
# Google Calendar fetches no feed that robots.txt forbids.
_FEEDS = (addresses.FEEDS, addresses.CHANGES_FEED, addresses.EMBED)
# A report is named by its first and last day; those that lead nowhere new say so themselves.
_REPORTS = f"{addresses.REPORT}?"
_PREVIEWS = ("facebookexternalhit", "LinkedInBot", "Twitterbot")


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


@pages.get(addresses.ROBOTS)
def robots() -> Response:
    """Everything may be crawled but the desk, the forms and selections of several parts, of which there is no end."""
    private = [f"Disallow: {path}" for path in _PRIVATE]
    # Whoever fetches one page to show what was shared may see any selection.
    preview = [*(f"User-agent: {name}" for name in _PREVIEWS), *private]
    crawl = ["User-agent: *", *(f"Allow: {path}" for path in (*_FEEDS, _REPORTS)), *private, "Disallow: /*?*&"]
    site_map = f"Sitemap: {current.publisher().base}{addresses.SITEMAP}"
    return Response("\n".join([*preview, "", *crawl, "", site_map, ""]), mimetype="text/plain")
