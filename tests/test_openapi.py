"""The document of the API: each operation is a route, each route an operation, and each schema what is done."""

import json
import re
from typing import Any

import pytest

from calendar_app import addresses, submissions
from calendar_app.facets import FACETS
from calendar_app.fields import Fields
from calendar_app.topics import SDGS, SERIES_KINDS, THEMES, Mode, Role
from calendar_app.web.api import document, schemas
from calendar_app.web.api.problems import KINDS
from tests.conftest import BASE
from tests.webapp import page

DOCUMENT = document.of(BASE)
METHODS = {"get", "post", "patch"}
OPERATIONS = {
    (path, method): operation
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method in METHODS
}


def test_document_is_openapi_for_the_base_address(reader):
    answer = reader.get("/openapi.json")
    assert answer.json == DOCUMENT
    assert (answer.content_type, answer.headers["Cache-Control"]) == ("application/json", "no-cache")
    assert (DOCUMENT["openapi"], DOCUMENT["servers"]) == ("3.1.0", [{"url": BASE}])
    again = reader.get("/openapi.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_every_operation_is_a_route_and_every_route_an_operation(read_app):
    routes = {
        (re.sub(r"<(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in read_app.url_map.iter_rules()
        if rule.rule.startswith(addresses.API)
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert set(OPERATIONS) == routes


def test_every_reference_leads_somewhere_and_every_component_is_referred_to():
    text = json.dumps(DOCUMENT)
    named = set(re.findall(r'"#/components/(\w+)/(\w+)"', text))
    held = {(kind, name) for kind in ("schemas", "parameters") for name in DOCUMENT["components"][kind]}
    assert named == held
    assert "$defs" not in text
    assert "x-component" not in text


@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_operation_tells_every_kind_of_problem_it_can_have(operation):
    path, method = operation
    said = OPERATIONS[operation]
    refused = {500, 503}
    refused |= {400, 404} if path in {addresses.API_EVENTS, addresses.API_FACETS} and method == "get" else set()
    refused |= {404, 410} if "{uid}" in path else set()
    if method != "get":
        refused |= {400, 401, 403, 413, 415, 422, 429}
        assert said["security"] == [{"bearer": []}]
    refused |= {409, 412, 428} if method == "patch" else set()
    assert {int(status) for status in said["responses"] if status >= "400"} == refused
    assert refused <= set(KINDS.values())
    for status, answer in said["responses"].items():
        kinds = list(answer["content"])
        assert kinds == ["application/problem+json" if status >= "400" else "application/json"]


def test_request_is_the_validators_own_model():
    model = Fields.model_json_schema()
    told = DOCUMENT["components"]["schemas"]["NewEvent"]
    assert (list(told["properties"]), told["required"]) == (list(model["properties"]), model["required"])
    assert (told["additionalProperties"], told["type"]) == (False, "object")
    for name, said in model["properties"].items():
        kept = {key: said[key] for key in ("default", "maxItems", "minLength") if key in said}
        assert kept.items() <= told["properties"][name].items()
    assert set(submissions.EDITOR_ONLY) <= set(told["properties"])


def test_change_takes_what_an_event_tells_of_its_fields():
    fields = DOCUMENT["components"]["schemas"]["EventFields"]
    change = DOCUMENT["components"]["schemas"]["EventChange"]["properties"]
    assert set(change) - {"reason", "moved"} == set(fields["properties"]) == set(fields["required"])
    assert set(fields["required"]) == set(submissions.FIELDS) - {"submitter_email"}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("kind", [*SERIES_KINDS, ""]),
        ("mode", [*Mode, ""]),
        ("status", ["tentative", "confirmed", "postponed", "cancelled", ""]),
        ("themes", list(THEMES)),
        ("sdgs", list(map(str, SDGS))),
        ("role", list(Role)),
    ],
)
def test_vocabulary_of_a_field_is_told(field, values):
    said = schemas.CREATE["properties"][field]
    assert said.get("enum", said.get("items", {}).get("enum")) == values


def test_every_facet_is_a_parameter_with_its_vocabulary_if_that_is_closed():
    told = DOCUMENT["components"]["parameters"]
    assert set(told) == {*FACETS, "q", "from", "to", "when"}
    for name, facet in FACETS.items():
        items = told[name]["schema"]["items"]
        if facet.closed is None:
            assert items == {"type": "string", "minLength": 1}
        elif name == "year":
            assert [year for year in map(str, range(10_000)) if re.fullmatch(items["pattern"], year)] == [
                *facet.closed()
            ]
        else:
            assert items["enum"] == [*map(str, facet.closed())]
    # A set's own order is another one in each process, and so would the document and its ETag be.
    countries = told["country"]["schema"]["items"]["enum"]
    assert countries == sorted(countries)


def examples() -> dict[str, Any]:
    return {name: said["examples"][0] for name, said in schemas.CREATE["properties"].items() if "examples" in said}


def test_examples_are_an_event(store):
    given = examples() | {"dates": "6 July 2033", "timezone": "Europe/Zurich"}
    draft = submissions.validate(given, {}, editor=True)
    assert (draft.title, draft.city, draft.span.timed) == ("World Telecommunication Policy Forum", "Geneva", True)


def test_examples_of_parameters_select_something(reader):
    told = DOCUMENT["components"]["parameters"].values()
    query = {each["name"]: each["example"] for each in told if "example" in each}
    assert set(query) == {"q", "from", "to"}
    assert reader.get(addresses.API_EVENTS, query_string=query).json["total"] > 0


def test_page_tells_every_operation_object_and_kind_of_problem(reader):
    found = page(reader.get("/api"))
    ids = [node["id"] for node in found if node.get("id")]
    assert len(ids) == len(set(ids))
    named = {operation["operationId"] for operation in OPERATIONS.values()}
    assert {*named, *DOCUMENT["components"]["schemas"], *KINDS} <= set(ids)
    links = {
        node["href"].removeprefix("#")
        for node in found.all("a")
        if node.get(
            "href",
        ).startswith("#")
    }
    assert links <= set(ids)
    assert [node for node in found.all("script") if node["src"].startswith("http")] == []
    text = found.one("section", **{"aria-labelledby": "createEvent"}).text
    assert "POST /api/v1/events" in text
    assert "Idempotency-Key" in text


def test_kinds_of_problems_are_named_by_the_page_that_their_addresses_lead_to(reader):
    told = reader.get(f"{addresses.API_EVENTS}/x").json["type"]
    path, _, anchor = told.removeprefix(BASE).partition("#")
    assert page(reader.get(path)).one("dt", id=anchor).text == "404 not-found"
