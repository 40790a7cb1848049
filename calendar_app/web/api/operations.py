"""The operations of the API as OpenAPI tells them: their parameters, bodies, and every answer they can give."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from calendar_app import addresses
from calendar_app.facets import FACETS
from calendar_app.selection import MOST_LETTERS, MOST_VALUES
from calendar_app.spans import FIRST_YEAR, LAST_YEAR
from calendar_app.web.api import asked, bodies, problems

Object = dict[str, Any]
_UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_DAY = r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"
_BEARER = [{"bearer": list[str]()}]
_READS: Mapping[int, str] = {500: "The calendar failed", 503: "The calendar is busy: try again"}
_WRITES: Mapping[int, str] = {
    400: "No JSON, or a header that is none",
    401: "No token, or one that does not hold",
    403: "The token’s scope is too small",
    413: "The body is too large",
    415: "Another media type",
    422: "A field is not right; or another request came with the same key",
    429: "Too many requests of this token",
    **_READS,
}


def paths() -> Object:
    """Every path of the API with its operations."""
    return {
        addresses.API_EVENTS: {"get": _list_events(), "post": _create_event()},
        addresses.api_event("{uid}"): {"parameters": [_uid()], "get": _get_event(), "patch": _change_event()},
        addresses.API_SERIES: {"get": _list_series()},
        addresses.API_FACETS: {"get": _list_facets()},
    }


def _list_events() -> Object:
    selected = {400: "A parameter that is none, or a value outside its vocabulary", 404: "A value that names nothing"}
    return {
        "operationId": "listEvents",
        "summary": "The events of a selection",
        "description": "As a page or a feed of the same query, in the order of their dates. What waits in the queue is"
        f" never there. At most {MOST_VALUES} values altogether.",
        "parameters": [*_selecting(), *_paging()],
        "responses": {"200": _ok("EventPage", "A page of them", etag=True), **_refusals({**selected, **_READS})},
    }


def _get_event() -> Object:
    return {
        "operationId": "getEvent",
        "summary": "One event",
        "description": "All that is known of it, the `fields` that a change changes, and the ETag that such a change"
        " names.",
        "responses": {
            "200": {**_ok("EventWithFields", "The event", etag=True), "links": _links()},
            **_refusals({404: "No such event", 410: "It was withdrawn", **_READS}),
        },
    }


def _create_event() -> Object:
    made = _ok("EventWithFields", "It is public", etag=True)
    waits = _ok("Received", "It waits for an editor")
    made["headers"]["Location"] = _header("The event’s address in the API")
    made["links"] = _links()
    return {
        "operationId": "createEvent",
        "summary": "A new event",
        "description": "With the scope `edit` it is public at once; with `propose` it waits for an editor, unless the"
        " account owns the series. A request that is sent again with the same `Idempotency-Key` within 24 hours is"
        " answered as the first time and does nothing more.",
        "security": _BEARER,
        "parameters": [_key()],
        "requestBody": _body("NewEvent", bodies.JSON),
        "responses": {"201": made, "202": waits, **_refusals(_WRITES)},
    }


def _change_event() -> Object:
    refused = {
        404: "No such event",
        409: "What was sent does not go with the rest of the event",
        410: "It was withdrawn",
        412: "The event is not as If-Match has it",
        428: "If-Match is missing",
    }
    return {
        "operationId": "changeEvent",
        "summary": "A change of an event",
        "description": "Of the event as it was read: `If-Match` names its ETag. With the scope `edit` it is made at"
        " once; with `propose` it waits for an editor, unless the account owns the series, and then names neither"
        " `reason` nor `moved`. A body of `application/json` is read as a merge patch too.",
        "security": _BEARER,
        "parameters": [_match()],
        "requestBody": _body("EventChange", bodies.MERGE_PATCH),
        "responses": {
            "200": {**_ok("EventWithFields", "The event as it is now", etag=True), "links": _links()},
            "202": _ok("Received", "It waits for an editor"),
            **_refusals({**refused, **_WRITES}),
        },
    }


def _list_series() -> Object:
    return {
        "operationId": "listSeries",
        "summary": "The series",
        "description": "What recurs or lasts, also what has no dated event.",
        "responses": {"200": _ok("SeriesList", "All of them", etag=True), **_refusals(_READS)},
    }


def _list_facets() -> Object:
    selected = {400: "A parameter that is none, or a value outside its vocabulary", 404: "A value that names nothing"}
    return {
        "operationId": "listFacets",
        "summary": "The facets of a selection",
        "description": "What the events of a selection can be narrowed by, with counts.",
        "parameters": _selecting(),
        "responses": {"200": _ok("FacetList", "The facets", etag=True), **_refusals({**selected, **_READS})},
    }


def parameters() -> Object:
    """The parameters that select, by name."""
    return {each["name"]: each for each in _selection()}


def _selecting() -> list[Object]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in parameters()]


def _selection() -> list[Object]:
    facets = [_facet(name, facet.closed) for name, facet in FACETS.items()]
    day = {"type": "string", "format": "date", "pattern": _DAY}
    words = {"type": "string", "minLength": 1, "maxLength": MOST_LETTERS, "format": "words"}
    when = {"type": "string", "enum": ["upcoming", "past", "all"]}
    return [
        *facets,
        _query("q", words, "words that all have to be found", example="climate"),
        _query("from", day, f"first day, inclusive; {FIRST_YEAR} to {LAST_YEAR}", example="2027-01-01"),
        _query("to", day, "last day, inclusive, not before `from`", example="2027-12-31"),
        _query("when", when, "on now and coming, or past"),
    ]


def _facet(name: str, closed: Callable[[], Iterable[str]] | None) -> Object:
    items: Object = {"type": "string", "minLength": 1}
    words = "as the record has it; `/api/v1/facets` lists them"
    if name == "year":
        items, words = {"type": "string", "pattern": "^(19|20|21)[0-9]{2}$"}, f"{FIRST_YEAR} to {LAST_YEAR}"
    elif closed:
        items, words = {"type": "string", "enum": [*map(str, closed())]}, "one of them"
    found = _query(name, {"type": "array", "items": items, "minItems": 1}, f"{words}; given twice, either")
    return {**found, "style": "form", "explode": True}


def _paging() -> list[Object]:
    limit = {"type": "integer", "minimum": 1, "maximum": asked.MOST, "default": asked.LIMIT}
    return [
        _query("limit", limit, "how many events a page has at the most"),
        _query(
            "cursor", {"type": "string", "pattern": _UUID}, "where a page begins, as `next` of the one before has it"
        ),
    ]


def _query(name: str, schema: Object, words: str, *, example: str = "") -> Object:
    found: Object = {"name": name, "in": "query", "description": words, "schema": schema}
    return {**found, "example": example} if example else found


def _uid() -> Object:
    return {
        "name": "uid",
        "in": "path",
        "required": True,
        "description": "the event’s `uid`, which it keeps for ever",
        "schema": {"type": "string", "minLength": 1},
    }


def _key() -> Object:
    schema = {"type": "string", "pattern": "^[!-~]{1,255}$", "minLength": 1, "maxLength": 255}
    words = "names this request, so that it may be sent again; a new one, such as a UUID, for each new event"
    return {"name": "Idempotency-Key", "in": "header", "description": words, "schema": schema}


def _match() -> Object:
    return {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": "the ETag of the event as it was read; `*` for whatever it is",
        "schema": {"type": "string"},
    }


def _body(name: str, media_type: str) -> Object:
    return {"required": True, "content": {media_type: {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


def _ok(name: str, words: str, *, etag: bool = False) -> Object:
    found: Object = {
        "description": words,
        "content": {bodies.JSON: {"schema": {"$ref": f"#/components/schemas/{name}"}}},
    }
    return {**found, "headers": {"ETag": _header("Changes with the answer")}} if etag else found


def _header(words: str) -> Object:
    return {"description": words, "required": True, "schema": {"type": "string"}}


def _refusals(said: Mapping[int, str]) -> Object:
    return {str(status): _refusal(status, said[status]) for status in sorted(said)}


def _refusal(status: int, words: str) -> Object:
    headers = {401: "WWW-Authenticate", 403: "WWW-Authenticate", 429: "Retry-After", 503: "Retry-After"}
    found: Object = {
        "description": words,
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in headers:
        found["headers"] = {headers[status]: {"schema": {"type": "string"}}}
    return found


def _links() -> Object:
    """What the answer gives to the operations on the same event."""
    event = {"uid": "$response.body#/uid"}
    return {
        "event": {"operationId": "getEvent", "parameters": event},
        "change": {"operationId": "changeEvent", "parameters": {**event, "If-Match": "$response.header.ETag"}},
    }
