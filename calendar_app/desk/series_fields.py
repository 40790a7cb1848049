"""The fields of a series: what a form tells of one, or every problem by its field; and one as a form has it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.events import Series, SeriesRole
from calendar_app.fields import SeriesFields
from calendar_app.spans import FIRST_YEAR, LAST_YEAR
from calendar_app.submissions import problem_of
from calendar_app.topics import Kind, Role

FIELDS = tuple(SeriesFields.model_fields)
LISTS = ("themes", "sdgs")
_PLAIN = ("short_name", "name", "convener", "cadence", "months", "place", "role_text", "url", "source")
_ROLE = re.compile(r"([a-z][a-z -]*?)(?:,? \(?([0-9]{4})\)?)?", re.IGNORECASE)
_MOST_ROLES = 20

T = TypeVar("T")


def read(given: Mapping[str, Any], existing: Series | None = None) -> Series:
    """The series that a mapping tells, with what the form has no field for as it stands; a new one without a key.

    Raises:
        ProblemsError: every problem, each at its field.
    """
    problems: list[Problem] = []
    fields = None
    try:
        fields = SeriesFields.model_validate(given)
    except ValidationError as error:
        problems += map(problem_of, error.errors())
    roles = _roles(given.get("roles"), problems)
    if problems or fields is None:
        raise ProblemsError(_once(problems))
    told = Series(
        key="",
        kind=Kind(fields.kind),
        roles=roles,
        themes=tuple(dict.fromkeys(fields.themes)),
        sdgs=tuple(sorted({int(number) for number in fields.sdgs})),
        **{name: getattr(fields, name) for name in _PLAIN},
    )
    return told if existing is None else _kept(existing, told)


def fields_of(series: Series) -> dict[str, Any]:
    """The form's fields as a series would have filled them."""
    return {
        **{name: getattr(series, name) for name in _PLAIN},
        "kind": str(series.kind),
        "roles": "\n".join(f"{held.role} {held.year or ''}".strip() for held in series.roles),
        "themes": list(series.themes),
        "sdgs": [str(number) for number in series.sdgs],
    }


def _kept(existing: Series, told: Series) -> Series:
    return replace(
        told,
        key=existing.key,
        quote=existing.quote,
        # A form gives them in its own order, which says nothing.
        themes=_ordered(told.themes, existing.themes),
        sdgs=_ordered(told.sdgs, existing.sdgs),
    )


def _ordered(given: tuple[T, ...], kept: tuple[T, ...]) -> tuple[T, ...]:
    return kept if set(given) == set(kept) else given


def _roles(text: Any, problems: list[Problem]) -> tuple[SeriesRole, ...]:
    """The roles of a text, one a line: "member", "co-chair 2016"."""
    lines = [line.strip() for line in text.splitlines()] if isinstance(text, str) else []
    if len(lines) > _MOST_ROLES:
        error = CalendarError("lines-long", most=_MOST_ROLES, count=len(lines))
        problems.append(Problem(field="roles", error=error))
        return ()
    found: dict[SeriesRole, int] = {}
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            held = _role(line)
            if held in found:
                raise CalendarError("line-twice", first=found[held])
            found[held] = number
        except CalendarError as error:
            problems.append(Problem(field="roles", error=error, line=number))
    return tuple(found)


def _role(line: str) -> SeriesRole:
    told = _ROLE.fullmatch(line)
    name = told[1].lower().replace(" ", "-") if told else ""
    year = int(told[2]) if told and told[2] else None
    if name not in set(Role) or (year and not FIRST_YEAR <= year <= LAST_YEAR):
        raise CalendarError("role-line", allowed=", ".join(Role))
    return SeriesRole(role=Role(name), year=year)


def _once(problems: list[Problem]) -> list[Problem]:
    """The first problem of each field, or of each of its lines, in the order of the form."""
    first = {(problem.field, problem.line): problem for problem in reversed(problems)}
    order = {name: place for place, name in enumerate(FIELDS)}
    return sorted(first.values(), key=lambda each: (order.get(each.field, len(order)), each.field, each.line))
