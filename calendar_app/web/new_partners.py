"""Partners that a form names and no directory holds: what each is, asked for one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from calendar_app import fields, places
from calendar_app.desk import partner_names
from calendar_app.topics import PartnerKind
from calendar_app.web import current


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A new name, what was chosen for it, and what may be: kinds, and the partner that is nearly called so."""

    name: str
    chosen: str
    options: tuple[tuple[str, str], ...]


def typed() -> str:
    """What was chosen for each new name, as the desk reads it."""
    pairs = zip(request.form.getlist("new_kind"), request.form.getlist("new_name"), strict=False)
    return "\n".join(f"{kind} {fields.line(name)}" for kind, name in pairs if kind)


def of(given: Mapping[str, Any]) -> list[Asked]:
    """The new names of a form that was filled so."""
    if not given.get("partners"):
        return []
    lines = [line.partition(" ") for line in given.get("partner_kinds", "").splitlines()]
    chosen = {places.fold(name): kind for kind, _, name in lines}
    return [
        Asked(name=each.name, chosen=chosen.get(places.fold(each.name), ""), options=_options(each))
        for each in partner_names.unknown(current.store(), given["partners"])
    ]


def _options(asked: partner_names.Unknown) -> tuple[tuple[str, str], ...]:
    texts, near = current.texts(), asked.near
    kinds = [(str(kind), texts.label("partner", kind)) for kind in PartnerKind]
    if near is None:
        return tuple(kinds)
    same = texts.gettext("The same as {name}").format(name=near.name)
    return ((partner_names.SAME + near.key, same), *kinds)
