"""The API: the use cases of readers, proposers and editors as JSON, each written down in its own document."""

from flask import Flask, g, request
from flask.wrappers import Response
from flask_wtf.csrf import CSRFProtect

from calendar_app.web.api import bearer, changing, events, problems, reference, vocabulary

__all__ = ["LIMITS", "bearer", "install", "problems"]

_BLUEPRINTS = (events, changing, vocabulary)
# A token's own; reading is never limited.
LIMITS = {"api_events.create": "60 per minute; 2000 per day", "api_changing.change": "120 per minute; 5000 per day"}


def install(app: Flask, csrf: CSRFProtect) -> None:
    """Puts the API and its reference on an application. No cookie is read, so no form of another site can use it."""
    for module in _BLUEPRINTS:
        csrf.exempt(module.pages)
        app.register_blueprint(module.pages)
    app.register_blueprint(reference.pages)


def _alone() -> None:
    g.cookieless = True


def _open(response: Response) -> Response:
    """Lets programs on other sites' pages read what anyone may read (the Fetch Standard's CORS protocol)."""
    if request.method in {"GET", "HEAD"}:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
    return response


for _module in _BLUEPRINTS:
    _module.pages.before_request(_alone)
    _module.pages.after_request(_open)
