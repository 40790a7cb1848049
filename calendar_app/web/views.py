"""The views of a selection: what each of them is given, and the ways to the others."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from flask import request

from calendar_app import addresses, selection, titles
from calendar_app.errors import SelectionError
from calendar_app.selection import MOST_QUERY, Selection
from calendar_app.store import search, series
from calendar_app.web import current, facets, subscribing

# Names in a query that select nothing: which page of a list, how it is sorted, what was picked so far.
OWN = frozenset({"page", "sort", "pick"})
# The address of any selection in one view.
At = Callable[[Selection], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link to another view of the selection, or to the one on screen."""

    view: str
    address: str
    here: bool


def asked(*own: str) -> Selection:
    """The selection that the address names; `own` are further names that mean something to the view alone.

    Raises:
        SelectionError: it names none.
    """
    if len(request.query_string) > MOST_QUERY:
        raise SelectionError("query-long", most=MOST_QUERY)
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name not in OWN.union(own)]
    return selection.parse(pairs, partial(search.known, current.store()))


def within(wanted: Selection, first: date, last: date) -> Selection:
    """The selection less what lies outside these days, inclusive; one that ends before it begins if no day is left."""
    first, last = max(wanted.first or first, first), min(wanted.last or last, last)
    return replace(wanted, first=first, last=last)


def frame(view: str, wanted: Selection, shown: Selection, *, at: At | None = None) -> dict[str, Any]:
    """What every view's template is given.

    `wanted` is what the address selects, `shown` what of it is on screen and is subscribed to; they differ where a view
    has a period of its own. `at` gives the address of another selection in this view, if its path holds its period.
    """
    store, texts, today = current.store(), current.texts(), current.today()
    directory, absolute = series.directory(store), shown.at(today)
    ways, void = _ways(shown), bool(shown.first and shown.last and shown.last < shown.first)
    return {
        "view": view,
        "wanted": wanted,
        "selection": shown,
        "title": titles.of(wanted, texts, directory),
        "count": search.count(store, absolute),
        "chips": facets.chips(wanted, texts, directory),
        "boxes": facets.boxes(store, absolute, texts, directory),
        "subscription": subscribing.of(current.publisher(), wanted if void else shown, today=today),
        "ways": [
            Way(view=name, address=way(shown if name == "list" and not void else wanted), here=name == view)
            for name, way in ways.items()
        ],
        "here_at": at or ways[view],
        "nothing": Selection(),
    }


def _ways(shown: Selection) -> dict[str, At]:
    """How each view is addressed; where a view has a period in its path, one in which the selection has something."""
    day = _day(shown, current.today())
    return {
        "list": lambda chosen: addresses.events(chosen.query),
        "month": lambda chosen: addresses.month(day, chosen.query),
        "year": lambda chosen: addresses.year(day.year, chosen.query),
        "map": lambda chosen: addresses.view(addresses.MAP, chosen.query),
        "coverage": lambda chosen: addresses.view(addresses.COVERAGE, chosen.query),
        "overlaps": lambda chosen: addresses.view(addresses.OVERLAPS, chosen.query),
        "changes": lambda chosen: addresses.view(addresses.CHANGES, chosen.query),
    }


def _day(shown: Selection, today: date) -> date:
    """The day of the selection's period that is nearest to today."""
    years = [int(year) for year in shown.chosen("year")]
    nearest = min(years, key=lambda year: (abs(year - today.year), -year), default=today.year)
    day = today if nearest == today.year else date(nearest, 1 if nearest > today.year else 12, 1)
    first = shown.first or day
    return max(min(day, shown.last or day), first)
