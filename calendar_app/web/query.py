"""The query of a request, but for what it selects: all that it names, one of a few values, or a page of a list."""

import re
from collections.abc import Sequence

from flask import request

from calendar_app.errors import SelectionError
from calendar_app.selection import MOST_QUERY


def pairs() -> list[tuple[str, str]]:
    """All names and values, as they were sent.

    Raises:
        SelectionError: the query is longer than any that a page writes.
    """
    if len(request.query_string) > MOST_QUERY:
        raise SelectionError("query-long", most=MOST_QUERY)
    return list(request.args.items(multi=True))


def option(name: str, allowed: Sequence[str], *, told: str = "") -> str:
    """The value of a name, one of these; "" if it is not given. `told` says in short what is allowed.

    Raises:
        SelectionError: it has another value, or two.
    """
    values = dict.fromkeys(value for value in request.args.getlist(name) if value)
    for value in values:
        if value not in allowed:
            raise SelectionError("option-value", name=name, value=value[:60], allowed=told or ", ".join(allowed))
    if len(values) > 1:
        raise SelectionError("select-twice", name=name)
    return next(iter(values), "")


def page(pages: int) -> int:
    """Which page of so many is asked for, from 1; the first is there even of nothing.

    Raises:
        SelectionError: there is no such page.
    """
    text = request.args.get("page", "1")
    number = int(text) if re.fullmatch(r"[1-9][0-9]{0,5}", text) else 0
    if not 1 <= number <= max(1, pages):
        raise SelectionError("select-value", name="page", value=text[:60])
    return number
