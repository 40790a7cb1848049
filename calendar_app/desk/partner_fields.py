"""The fields of a partner: what a form tells of one, or every problem by its field; and one as a form has it."""

from collections.abc import Mapping

from pydantic_core import PydanticCustomError

from calendar_app import places
from calendar_app.desk.saving import line_of
from calendar_app.engagement import Partner
from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.fields import LONGEST_LINK, LONGEST_NAME, link
from calendar_app.topics import PartnerKind

FIELDS = ("name", "kind", "aliases", "url")
MOST_ALIASES = 20


def read(given: Mapping[str, str], existing: Partner | None = None) -> Partner:
    """The partner that a mapping tells, with what the form has no field for as it stands; a new one without a key.

    Raises:
        ProblemsError: every problem, each at its field.
    """
    problems: list[Problem] = []
    name = line_of(given, "name", problems, most=LONGEST_NAME, needed=True)
    if name and not any(map(str.isalnum, name)):
        problems.append(Problem(field="name", error=CalendarError("title-signs")))
    kind = _kind(given.get("kind", ""), problems)
    aliases = _aliases(given.get("aliases", ""), name, problems)
    url = _link(line_of(given, "url", problems, most=LONGEST_LINK), problems)
    if problems or kind is None:
        order = {field: place for place, field in enumerate(FIELDS)}
        raise ProblemsError(sorted(problems, key=lambda each: (order[each.field], each.line)))
    kept = existing or Partner(key="", name=name, kind=kind)
    return Partner(key=kept.key, name=name, kind=kind, aliases=aliases, url=url, same_as=kept.same_as)


def fields_of(partner: Partner) -> dict[str, str]:
    """The form's fields as a partner would have filled them."""
    aliases = "\n".join(partner.aliases)
    return {"name": partner.name, "kind": str(partner.kind), "aliases": aliases, "url": partner.url}


def _kind(value: str, problems: list[Problem]) -> PartnerKind | None:
    try:
        return PartnerKind(value)
    except ValueError:
        error = CalendarError("choice-unknown", value=value[:60]) if value else CalendarError("required")
        problems.append(Problem(field="kind", error=error))
        return None


def _aliases(text: str, name: str, problems: list[Problem]) -> tuple[str, ...]:
    """The other names of a text, one a line, none of them twice or the name itself."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_ALIASES:
        error = CalendarError("lines-long", most=MOST_ALIASES, count=len(lines))
        problems.append(Problem(field="aliases", error=error))
        return ()
    found: dict[str, str] = {}
    for number, line in lines:
        wrong: list[Problem] = []
        alias = line_of({"aliases": line}, "aliases", wrong, most=LONGEST_NAME)
        if alias and not any(map(str.isalnum, alias)):
            wrong.append(Problem(field="aliases", error=CalendarError("title-signs")))
        problems += [Problem(field="aliases", error=each.error, line=number) for each in wrong]
        if alias and places.fold(alias) != places.fold(name):
            found.setdefault(places.fold(alias), alias)
    return tuple(found.values())


def _link(value: str, problems: list[Problem]) -> str:
    try:
        return link(value)
    except PydanticCustomError as error:
        problems.append(Problem(field="url", error=CalendarError(error.type, **(error.context or {}))))
        return ""
