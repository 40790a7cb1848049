"""The document of the API, and the page that is made of it."""

import json
from functools import cache

from flask import Blueprint, Response, render_template

from calendar_app import addresses
from calendar_app.web import current
from calendar_app.web.api import bodies, document, reading

pages = Blueprint("api_reference", __name__)


@pages.get(addresses.OPENAPI)
def openapi() -> Response:
    """The document, for programs."""
    return Response(_text(current.publisher().base), mimetype=bodies.JSON)


@pages.get(addresses.REFERENCE)
def page() -> str:
    """The document, for people."""
    base = current.publisher().base
    told = document.of(base)
    return render_template(
        "api.html",
        about=told["info"]["description"],
        commands=reading.commands(base),
        operations=reading.operations(told),
        objects=reading.objects(told),
        problems=reading.problems(current.texts()),
    )


@cache
def _text(base: str) -> str:
    return json.dumps(document.of(base), ensure_ascii=False, indent=1) + "\n"
