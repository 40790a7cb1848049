"""What a request selects: the query grammar of pages and feeds, strictly, and which page of it."""

import re
from dataclasses import dataclass
from functools import partial
from unicodedata import category

from calendar_app import addresses, selection
from calendar_app.errors import CalendarError, Problem, SelectionError
from calendar_app.facets import FACETS
from calendar_app.selection import Selection
from calendar_app.store import search
from calendar_app.web import current, query
from calendar_app.web.api.problems import RefusedError

LIMIT, MOST = 50, 200
_PAGING = ("limit", "cursor")
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page of a selection: at most `limit` events, those after the one that `cursor` names."""

    selection: Selection
    limit: int = LIMIT
    cursor: str = ""

    def next(self, cursor: str) -> str:
        """The path of the page after that event."""
        pairs = [*self.selection.pairs(), ("limit", str(self.limit)), ("cursor", cursor)]
        return addresses.api_events(selection.query(pairs))


def read(*, paged: bool) -> Asked:
    """What the query of the request asks for; `paged` allows `limit` and `cursor`.

    Raises:
        SelectionError: the query is too long.
        RefusedError: every parameter that is none, or has a value outside its vocabulary.
    """
    given = query.pairs()
    plain = {name: value for name, value in given if paged and name in _PAGING}
    chosen = [(name, value) for name, value in given if name not in plain]
    problems = [*_problems_of_paging(given, plain), *_problems_of(chosen)]
    if problems:
        raise _refusal(problems)
    found = selection.parse(chosen, partial(search.known, current.store()))
    return Asked(selection=found, limit=int(plain.get("limit", LIMIT)), cursor=plain.get("cursor", ""))


def _problems_of_paging(given: list[tuple[str, str]], plain: dict[str, str]) -> list[Problem]:
    found = []
    for name, value in plain.items():
        if sum(other == name for other, _ in given) > 1:
            found.append(Problem(field=name, error=SelectionError("select-twice", name=name)))
        elif name == "limit" and not (re.fullmatch("[1-9][0-9]{0,2}", value) and int(value) <= MOST):
            found.append(Problem(field=name, error=CalendarError("api-limit", most=MOST)))
        elif name == "cursor" and not _UUID.fullmatch(value):
            found.append(Problem(field=name, error=CalendarError("api-cursor")))
    return found


def _problems_of(pairs: list[tuple[str, str]]) -> list[Problem]:
    found = []
    for name, value in dict.fromkeys(pairs[: selection.MOST_VALUES]):
        try:
            _check(name, value)
            selection.parse([(name, value)], partial(search.known, current.store()))
        except SelectionError as error:
            found.append(Problem(field=name[:60], error=error))
    return found


def _check(name: str, value: str) -> None:
    """Pages take a value with spaces around it, a country in small letters, and nothing for everything."""
    if not value:
        raise SelectionError("api-empty")
    if name == "q" and not _shown(value):
        raise SelectionError("select-letters")
    closed = FACETS[name].closed if name in FACETS else None
    if (closed and value not in set(map(str, closed()))) or (name in FACETS and not value.strip()):
        raise SelectionError("select-value", name=name, value=value[:60])


def _shown(words: str) -> bool:
    """Whether words are of what can be shown, and more than spaces."""
    kinds = {category(letter) for letter in words}
    return all(kind[0] in "LMNPS" or kind == "Zs" for kind in kinds) and kinds != {"Zs"}


def _refusal(problems: list[Problem]) -> CalendarError:
    """What the record does not know is not found; a value that no record could know is no value."""
    told = tuple(problems)
    if all(problem.field in FACETS and FACETS[problem.field].closed is None for problem in problems):
        return RefusedError("not-found", "api-unknown", problems=told)
    return RefusedError("selection", "api-query", problems=told)
