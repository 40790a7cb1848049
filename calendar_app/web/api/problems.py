"""Problems: what the API answers instead of what was asked for (RFC 9457), one kind a row."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flask import Response, current_app, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge, TooManyRequests

from calendar_app import addresses
from calendar_app.errors import (
    BusyError,
    CalendarError,
    ConflictError,
    DeniedError,
    GoneError,
    NotFoundError,
    Problem,
    ProblemsError,
    SelectionError,
)
from calendar_app.web import current
from calendar_app.web.clock import system

MEDIA_TYPE = "application/problem+json"
# A new kind is a new row: the name in its address, kept for ever, and its status; LABELS has its title.
KINDS = MappingProxyType(
    {
        "malformed": 400,
        "selection": 400,
        "unauthorized": 401,
        "forbidden": 403,
        "not-found": 404,
        "method": 405,
        "conflict": 409,
        "gone": 410,
        "changed": 412,
        "too-large": 413,
        "media-type": 415,
        "invalid": 422,
        "key-reused": 422,
        "unconditional": 428,
        "too-many": 429,
        "failed": 500,
        "busy": 503,
    }
)
_BY_ERROR: tuple[tuple[type[CalendarError], str], ...] = (
    (SelectionError, "selection"),
    (DeniedError, "forbidden"),
    (NotFoundError, "not-found"),
    (ConflictError, "conflict"),
    (GoneError, "gone"),
    (BusyError, "busy"),
)
_BY_STATUS = {status: kind for kind, status in reversed(list(KINDS.items()))}
_AGAIN = "5"  # seconds


class RefusedError(CalendarError):
    """A problem that the API itself sees: its kind, what it says, further headers, and each thing to put right."""

    def __init__(
        self,
        kind: str,
        message: str,
        /,
        *,
        headers: Mapping[str, str] = MappingProxyType({}),
        problems: tuple[Problem, ...] = (),
        **data: object,
    ) -> None:
        super().__init__(message, **data)
        self.kind = kind
        self.headers = headers
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    kind: str
    error: CalendarError
    headers: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def wanted() -> bool:
    """Whether it is the API that is asked, which answers with problems, not with pages."""
    return request.path.startswith(f"{addresses.REFERENCE}/") or request.path == addresses.OPENAPI


def answer(error: Exception) -> Response:
    """The problem that an error is."""
    told = _told(error)
    status = error.code if isinstance(error, HTTPException) and error.code else KINDS[told.kind]
    response = of(told.kind, told.error, status=status, problems=told.problems)
    response.headers.extend(dict(told.headers))
    return response


def of(kind: str, error: CalendarError, *, status: int, problems: tuple[Problem, ...] = ()) -> Response:
    """The problem document of a kind; what cannot be written as UTF-8 is told as a question mark."""
    texts = current.texts()
    body: dict[str, Any] = {
        "type": current.publisher().base + addresses.reference(kind),
        "title": texts.label("problem", kind),
        "status": status,
        "detail": texts.error(error),
    }
    if problems:
        body["errors"] = [_one(problem) for problem in problems]
    return Response(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), status, mimetype=MEDIA_TYPE)


def _one(problem: Problem) -> dict[str, Any]:
    told: dict[str, Any] = {"field": problem.field, "detail": current.texts().error(problem.error)}
    return told | ({"line": problem.line} if problem.line else {})


def _told(error: Exception) -> _Told:
    if isinstance(error, RefusedError):
        return _Told(kind=error.kind, error=error, headers=error.headers, problems=error.problems)
    if isinstance(error, ProblemsError):
        return _Told(kind="invalid", error=error, problems=error.problems)
    if isinstance(error, CalendarError):
        kind = next((kind for sort, kind in _BY_ERROR if isinstance(error, sort)), "invalid")
        return _Told(kind=kind, error=error, headers={"Retry-After": _AGAIN} if kind == "busy" else {})
    if isinstance(error, HTTPException):
        return _http(error)
    # The record may be what failed, so nothing is asked of it.
    g.bearer = None
    return _Told(kind="failed", error=CalendarError("api-failed"))


def _http(error: HTTPException) -> _Told:
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or []))
        return _Told(kind="method", error=CalendarError("api-method", allowed=allowed), headers={"Allow": allowed})
    if isinstance(error, RequestEntityTooLarge):
        return _Told(kind="too-large", error=CalendarError("api-body", most=current.MOST_BODY))
    if isinstance(error, TooManyRequests):
        return _Told(kind="too-many", error=CalendarError("api-rate"), headers={"Retry-After": str(_wait())})
    kind = _BY_STATUS.get(error.code or 500, "malformed")
    return _Told(kind=kind, error=CalendarError("api-none" if kind == "not-found" else "api-request"))


def _wait() -> int:
    """In how many seconds the limit that was reached lets through more."""
    limit = current_app.extensions["limiter-kept"].current_limit
    return max(1, round(limit.reset_at - system().timestamp())) if limit else 60
