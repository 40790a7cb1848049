"""Narrowing: which changes of a selection are asked for, by when and of what kind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from calendar_app import selection
from calendar_app.changes import What
from calendar_app.errors import NotFoundError, SelectionError
from calendar_app.store import Store, events

NAMES = ("since", "what")
_Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Changes since a day ("2016-06-02") or an event's last day (its slug), of one kind; "" is open."""

    since: str = ""
    what: str = ""

    def pairs(self) -> _Pairs:
        """The names and values of the canonical query."""
        return [(name, value) for name, value in (("since", self.since), ("what", self.what)) if value]

    def first(self, store: Store) -> date | None:
        """The first day (UTC) of what is asked for, None for all; an event's last day is one of them.

        Raises:
            SelectionError: no public event has this slug, or there is no such day.
        """
        if not self.since or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", self.since):
            return selection.read_day("since", self.since or None)
        try:
            event = events.by_slug(store, self.since)
        except NotFoundError:
            event = None
        if event is None or not event.public:
            raise SelectionError("since-unknown", value=self.since[:60])
        return event.span.last


ALL = Narrowed()


def narrowed(pairs: Iterable[tuple[str, str]]) -> tuple[Narrowed, _Pairs]:
    """Which changes a query asks for, and the names and values that are left; empty values count as absent.

    Raises:
        SelectionError: a name that stands twice, or a kind of change that there is not.
    """
    told: dict[str, str] = {}
    rest: _Pairs = []
    for name, value in pairs:
        if name not in NAMES:
            rest.append((name, value))
        elif value.strip() and told.setdefault(name, value.strip()) != value.strip():
            raise SelectionError("select-twice", name=name)
    if (what := told.get("what", "")) and what not in set(What):
        raise SelectionError("select-value", name="what", value=what[:60])
    return Narrowed(since=told.get("since", ""), what=what), rest
