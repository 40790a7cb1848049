"""The document of the API as people read it: operations, objects and problems, each a row of plain words."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from calendar_app import addresses
from calendar_app.texts import Texts
from calendar_app.web.api import bodies
from calendar_app.web.api.problems import KINDS

Object = dict[str, Any]
_METHODS = ("get", "post", "patch")
_MOST_SHOWN = 24
_BOUNDS = {
    "minimum": "from {}",
    "maximum": "to {}",
    "maxLength": "at most {} characters",
    "maxItems": "at most {} of them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A parameter, or a member of an object: its name, what it holds, and what it means."""

    name: str
    holds: Markup
    says: Markup
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an operation can answer: its status, what that means, and what is in the body."""

    status: str
    says: str
    holds: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: its name, method and address, and what goes in and comes out."""

    name: str
    method: str
    path: str
    title: str
    says: Markup
    token: bool
    parameters: tuple[Member, ...]
    body: Markup
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An object or a vocabulary of the document; `holds` is what it is where it has no members."""

    name: str
    says: Markup
    holds: Markup
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of problem: the name in its address, its status and its title."""

    name: str
    status: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commands:
    """What to type to read, to make an event, and to change one."""

    read: str
    create: str
    change: str


def commands(base: str) -> Commands:
    """Commands that work as they are, once a token, a key and an event are filled in."""
    return Commands(
        read=f"curl '{base}{addresses.api_events('sdg=13&when=upcoming')}'",
        create=_command(
            f"POST '{base}{addresses.API_EVENTS}'",
            "Authorization: Bearer TOKEN",
            "Idempotency-Key: KEY",
            f"Content-Type: {bodies.JSON}",
            body='{"title": "A rehearsal", "dates": "18-22 April 2033", "source": "Note verbale"}',
        ),
        change=_command(
            f"PATCH '{base}{addresses.api_event('UID')}'",
            "Authorization: Bearer TOKEN",
            'If-Match: "ETAG"',
            f"Content-Type: {bodies.MERGE_PATCH}",
            body='{"venue": "Room XX", "reason": "The letter of 3 March"}',
        ),
    )


def _command(request: str, *headers: str, body: str) -> str:
    return " \\\n  ".join([f"curl -X {request}", *(f"-H '{header}'" for header in headers), f"-d '{body}'"])


def operations(document: Object) -> list[Operation]:
    """The operations in the order of their addresses."""
    return [
        _operation(document, path, method, item)
        for path, item in document["paths"].items()
        for method in _METHODS
        if method in item
    ]


def objects(document: Object) -> list[Part]:
    """The objects and vocabularies by their names."""
    return [_part(name, said) for name, said in document["components"]["schemas"].items()]


def problems(texts: Texts) -> list[Kind]:
    """Every kind of problem by its status."""
    found = [Kind(name=name, status=status, title=texts.label("problem", name)) for name, status in KINDS.items()]
    return sorted(found, key=lambda kind: kind.status)


def _operation(document: Object, path: str, method: str, item: Object) -> Operation:
    said = item[method]
    given = [_followed(document, each) for each in (*item.get("parameters", ()), *said.get("parameters", ()))]
    body = said["requestBody"]["content"] if "requestBody" in said else {}
    return Operation(
        name=said["operationId"],
        method=method.upper(),
        path=path,
        title=said["summary"],
        says=_words(said["description"]),
        token="security" in said,
        parameters=tuple(_member(each["name"], each["schema"], each, each.get("required", False)) for each in given),
        body=_joined(Markup("{}, {}").format(kind, _holds(each["schema"])) for kind, each in body.items()),
        outcomes=tuple(_outcome(status, each) for status, each in said["responses"].items()),
    )


def _outcome(status: str, said: Object) -> Outcome:
    holds = _joined(_holds(each["schema"]) for each in said.get("content", {}).values())
    return Outcome(status=status, says=said["description"], holds=holds)


def _part(name: str, said: Object) -> Part:
    required = said.get("required", ())
    members = tuple(_member(each, held, held, each in required) for each, held in said.get("properties", {}).items())
    holds = Markup() if members else _holds(said)
    return Part(name=name, says=_words(said.get("description", "")), holds=holds, members=members)


def _member(name: str, schema: Object, said: Object, required: bool) -> Member:
    return Member(name=name, holds=_holds(schema), says=_words(said.get("description", "")), required=required)


def _holds(schema: Object) -> Markup:
    """What a schema takes: a type with its bounds, a vocabulary, or the name of an object."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#{0}">{0}</a>').format(name)
    for choice in ("anyOf", "oneOf"):
        if choice in schema and "properties" not in schema:
            return _joined(map(_holds, schema[choice]), " or ")
    if "const" in schema or "enum" in schema:
        return _values([schema["const"]] if "const" in schema else schema["enum"])
    kinds = schema.get("type", "any value")
    told = escape(" or ".join(kinds) if isinstance(kinds, list) else kinds)
    if "items" in schema:
        told += Markup(" of ") + _holds(schema["items"])
    return told + _bounds(schema)


def _values(found: list[Any]) -> Markup:
    shown = _joined((Markup("<code>{}</code>").format(_json(value)) for value in found[:_MOST_SHOWN]), ", ")
    rest = len(found) - _MOST_SHOWN
    return shown + (Markup(" and {} more").format(rest) if rest > 0 else Markup())


def _json(value: Any) -> str:
    """A value of a vocabulary; what can't be seen is told as JSON has it."""
    return value if isinstance(value, str) and value else json.dumps(value)


def _bounds(schema: Object) -> Markup:
    told = [words.format(schema[key]) for key, words in _BOUNDS.items() if key in schema]
    return escape(f", {', '.join(told)}") if told else Markup()


def _joined(parts: Iterable[Markup], between: str = "; ") -> Markup:
    return escape(between).join(dict.fromkeys(parts))


def _words(text: str) -> Markup:
    """Words with what stands between backquotes as code."""
    pieces = enumerate(text.split("`"))
    return Markup().join(Markup("<code>{}</code>").format(piece) if place % 2 else piece for place, piece in pieces)


def _followed(document: Object, said: Object) -> Object:
    """What a reference to a parameter refers to."""
    if "$ref" not in said:
        return said
    return dict(document["components"]["parameters"][said["$ref"].rpartition("/")[2]])
