"""What is sent to the API: strict JSON (RFC 8259) whose members are those of the schema, and merge patches."""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import request

from calendar_app import submissions
from calendar_app.errors import CalendarError, Problem
from calendar_app.web.api.problems import RefusedError

Object = dict[str, Any]
JSON, MERGE_PATCH = "application/json", "application/merge-patch+json"
_KEY = re.compile(r"[!-~]{1,255}")
_NOTHING: Mapping[str, Any] = MappingProxyType({name: [] for name in submissions.LISTS})


def sent(*media_types: str) -> Object:
    """The object that was sent.

    Raises:
        RefusedError: another media type, no JSON, or no object.
    """
    if request.mimetype not in media_types:
        accepted = ", ".join(media_types)
        name = "Accept-Patch" if request.method == "PATCH" else "Accept"
        raise RefusedError("media-type", "json-media", headers={name: accepted}, allowed=accepted)
    found = read(request.get_data())
    if not isinstance(found, dict):
        raise RefusedError("malformed", "json-object")
    return found


def read(body: bytes) -> Any:
    """The value of a JSON text; names that stand twice, numbers without end and endless nesting are no JSON here.

    Raises:
        RefusedError: it can't be read.
    """
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise RefusedError("malformed", "json-unreadable") from None


def idempotency_key() -> str:
    """The key by which a request that is sent again is known; "" for none.

    Raises:
        RefusedError: it is none.
    """
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        raise RefusedError("malformed", "key-unreadable")
    return key or ""


def misshaped(given: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Problem]:
    """What of an object is not of the type, in the list or within the length that its schema says, by its field.

    What the validator says of a text it says of the cleaned one; the schema is of the text as it was sent.
    """
    found = []
    for name, value in given.items():
        said = schema["properties"].get(name)
        error = CalendarError("field-unknown") if said is None else _unlike(value, said)
        if error:
            found.append(Problem(field=name[:60], error=error))
    return found


def blanked(patch: Mapping[str, Any]) -> Object:
    """A merge patch with what null takes away (RFC 7396) as the validator has it: empty."""
    return {name: _NOTHING.get(name, "") if value is None else value for name, value in patch.items()}


def _unlike(value: Any, schema: Mapping[str, Any]) -> CalendarError | None:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if value is None and "null" in kinds:
        return None
    if "boolean" in kinds:
        return None if isinstance(value, bool) else CalendarError("json-boolean")
    if "array" in kinds:
        return _unlike_list(value, schema)
    if not isinstance(value, str):
        return CalendarError("json-text")
    return _unlike_text(value, schema)


def _unlike_list(value: Any, schema: Mapping[str, Any]) -> CalendarError | None:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return CalendarError("json-texts")
    if len(value) > schema["maxItems"]:
        return CalendarError("list-long", most=schema["maxItems"])
    return next(filter(None, (_unlike_text(each, schema["items"]) for each in value)), None)


def _unlike_text(value: str, schema: Mapping[str, Any]) -> CalendarError | None:
    if "enum" in schema:
        return None if value in schema["enum"] else CalendarError("choice-unknown", value=value[:60])
    if len(value) > schema["maxLength"]:
        return CalendarError("text-long", most=schema["maxLength"], count=len(value))
    return None


def _once(pairs: list[tuple[str, Any]]) -> Object:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _constant(name: str) -> Any:
    raise ValueError(name)
