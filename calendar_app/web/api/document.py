"""The document of the API (OpenAPI 3.1): written from the models that requests are read by and answers made of."""

import json
import re
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from pydantic.json_schema import models_json_schema

from calendar_app.web.api import objects, operations, schemas

Object = dict[str, Any]
_REF = "#/components/schemas/{model}"
_MODELS = (
    *(objects.EventPage, objects.Received, objects.SeriesList, objects.FacetList),
    objects.Problem,
)
# Vocabularies that are long, and so told once.
_LONG = (("timezone", "Timezone"), ("country", "CountryOrNone"))
_ABOUT = (
    "The UN forums, summits and conferences that ITU attends. Reading needs no token; whoever sends an event or a"
    " change has one from their account’s page. Every address, name and kind of problem is kept."
)


@cache
def of(base: str) -> Object:
    """The document for a base address; the same for everyone, whatever the record holds."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {"title": "UN Forum Calendar", "description": _ABOUT, "version": version("un-forum-calendar")},
        "servers": [{"url": base}],
        "paths": operations.paths(),
        "components": {
            "schemas": _schemas(),
            "parameters": operations.parameters(),
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token of an account; its scope is read, propose or edit, each with those before.",
                }
            },
        },
    }


def _schemas() -> Object:
    event = _event()
    found = {**event, **_models(), "EventWithFields": _with_fields(event["Event"])}
    found |= {"NewEvent": schemas.CREATE, "EventChange": schemas.CHANGE, "EventFields": schemas.FIELDS}
    found |= {name: {"type": "string", "enum": schemas.CREATE["properties"][field]["enum"]} for field, name in _LONG}
    return {name: _plain(found[name]) for name in sorted(found)}


def _models() -> Object:
    """The models of answers, which refer to one another and to what else is a component."""
    told = models_json_schema([(each, "serialization") for each in _MODELS], ref_template=_REF)[1]["$defs"]
    text = re.sub(
        rf'"{objects.COMPONENT}": "(\w+)"', lambda found: f'"$ref": "{_REF.format(model=found[1])}"', json.dumps(told)
    )
    return dict(json.loads(text))


def _event() -> Object:
    """How feeds tell an event, and the parts of that, as components."""
    text = files("calendar_app.formats").joinpath("feed.schema.json").read_text("utf-8")
    definitions = json.loads(text)["$defs"]
    for name in definitions:
        text = text.replace(f'"#/$defs/{name}"', f'"{_REF.format(model=_name(name))}"')
    return {_name(name): found for name, found in json.loads(text)["$defs"].items()}


def _with_fields(event: Object) -> Object:
    """The same object with one member more; a schema that is closed can't be added to by another."""
    fields = {"$ref": _REF.format(model="EventFields")}
    return {
        **event,
        "required": [*event["required"], "fields"],
        "properties": {**event["properties"], "fields": fields},
    }


def _name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def _plain(found: Object) -> Object:
    """Without the titles that pydantic makes of names, and without what is told elsewhere."""
    kept = {key: value for key, value in found.items() if key != "title"}
    if "properties" in kept:
        kept["properties"] = {name: _shared(name, _plain(said)) for name, said in kept["properties"].items()}
    return kept


def _shared(field: str, said: Object) -> Object:
    """What a property says, or where its vocabulary is told."""
    name = dict(_LONG).get(field)
    if name is None or "enum" not in said:
        return said
    reference: Object = {"$ref": _REF.format(model=name)}
    kept: Object = {key: said[key] for key in ("description", "default") if key in said}
    return {**kept, **({"anyOf": [reference, {"type": "null"}]} if None in said["enum"] else reference)}
