"""Answers of the API: JSON with its headers, and what is checked of a body before a use case is asked."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Response
from pydantic import BaseModel

from calendar_app import submissions
from calendar_app.errors import ProblemsError
from calendar_app.events import Event
from calendar_app.formats.feed import Context
from calendar_app.options import DEFAULT
from calendar_app.store import Store, series
from calendar_app.web import current
from calendar_app.web.api import bodies, objects
from calendar_app.web.api.once import Answer


def context() -> Context:
    """How events are told: as in a feed without options."""
    return Context(
        base=current.publisher().base,
        texts=current.texts(),
        series=series.directory(current.store()),
        options=DEFAULT,
    )


def model(found: BaseModel) -> Response:
    """An object of a model as JSON."""
    return _json(found.model_dump(mode="json"), status=200)


def event(found: Event) -> Response:
    """An event as it stands, with its ETag."""
    body = objects.of_event(found, context())
    return _json(body, status=200, headers={"ETag": etag(body)})


def of(answer: Answer) -> Response:
    """What a request was answered with, now or the first time it came."""
    return _json(answer.body, status=answer.status, headers=answer.headers)


def etag(body: Mapping[str, Any]) -> str:
    """The strong ETag of what is told of an event: it differs with each revision, and with the names that it uses."""
    return f'"{hashlib.sha256(_bytes(body)).hexdigest()[:32]}"'


def check(given: Mapping[str, Any], schema: Mapping[str, Any], store: Store) -> None:
    """Refuses what is not as the schema of the request says, along with all that the validator finds in the rest.

    Raises:
        ProblemsError: every problem, each at its field.
    """
    found = bodies.misshaped(given, schema)
    if not found:
        return
    wrong = {problem.field for problem in found}
    rest = {name: value for name, value in given.items() if name not in wrong and name in submissions.FIELDS}
    try:
        submissions.validate(rest, series.directory(store), editor=True)
    except ProblemsError as error:
        missing = set(schema["required"]) - set(given) if "required" in schema else set()
        found += [each for each in error.problems if each.field in missing | set(rest)]
    raise ProblemsError(found)


def _json(body: Mapping[str, Any], *, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return Response(_bytes(body), status, headers=headers, mimetype=bodies.JSON)


def _bytes(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()
