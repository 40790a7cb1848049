"""The views of a selection: what each of them is given, and the ways to the others."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from flask import abort, g, redirect, request

from calendar_app import addresses, selection, titles
from calendar_app.selection import Selection
from calendar_app.store import naming, search
from calendar_app.web import current, facets, found, periods, picks, query, subscribing

# Names in a query that select nothing: which page of a list, how it is sorted, what was picked so far.
OWN = frozenset({"page", "sort", "pick"})
SORTS = ("date", "relevance")
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

    An address with the empty fields that a form sends leads to the same without them (303), so that what is on
    screen has one.

    Raises:
        SelectionError: it names none.
    """
    sent = query.pairs()
    g.named = named = OWN.union(own)
    wanted = selection.parse(given(), known())
    query.option("sort", SORTS)
    kept = [(name, value) for name, value in sent if name in named and value.strip() and (name, value) != ("page", "1")]
    if any(not value.strip() for _, value in sent) or ("page", "1") in sent:
        abort(redirect(with_pairs(request.path, [*wanted.pairs(), *kept]), code=303))
    return wanted


def ranked(wanted: Selection) -> bool:
    """Whether a list is sorted by how well the words fit, which it is unless the address asks for dates."""
    return bool(wanted.words) and request.args.get("sort") != "date"


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
    names, absolute = naming.names(store), shown.at(today)
    plain, picked = at or _ways(shown)[view], picks.parse(request.args.getlist("pick"), wanted, known())
    return {
        "view": view,
        "wanted": wanted,
        "selection": shown,
        "title": titles.of(wanted, texts, names),
        "count": search.count(store, absolute),
        "chips": facets.chips(wanted, texts, names),
        "boxes": facets.boxes(store, absolute, texts, names, today=today),
        "subscription": subscribing.of(current.publisher(), wanted if _void(shown) else shown, today=today),
        "ways": ways(wanted, shown, view=view, picked=picked),
        "here_at": _carried(plain, picked),
        "plain_at": plain,
        "carry": lambda address: with_pairs(address, picked.pairs),
        "presets": [] if at else periods.presets(wanted, texts, today=today),
        "picks": picked,
        "held": [*picked.pairs, *([("sort", "date")] if request.args.get("sort") == "date" else [])],
        "nothing": Selection(),
        "typed": {"q": wanted.words, "from": wanted.first or "", "to": wanted.last or ""},
        "problems": {},
        "unread": (),
        "mark": found.marker(wanted.words),
    }


def ways(wanted: Selection, shown: Selection, *, view: str = "", picked: picks.Picks = picks.NONE) -> list[Way]:
    """The ways to all the views of a selection; `view` is the one on screen, if any is."""
    listed = wanted if _void(shown) else shown
    return [
        Way(view=name, address=_carried(way, picked)(listed if name == "list" else wanted), here=name == view)
        for name, way in _ways(shown).items()
    ]


def _void(shown: Selection) -> bool:
    return bool(shown.first and shown.last and shown.last < shown.first)


def given() -> list[tuple[str, str]]:
    """The names and values of the address that are to select something."""
    return [(name, value) for name, value in request.args.items(multi=True) if name not in g.named]


def known() -> selection.Known:
    """Who knows the vocabularies that the record itself holds."""
    return partial(search.known, current.store())


def with_pairs(address: str, pairs: list[tuple[str, str]]) -> str:
    """An address with more names and values."""
    return f"{address}{'&' if '?' in address else '?'}{selection.query(pairs)}" if pairs else address


def _carried(at: At, picked: picks.Picks) -> At:
    """The addresses of a view with what was picked, and by what words are sorted, kept in them."""
    sort = request.args.get("sort", "")

    def address(chosen: Selection) -> str:
        return with_pairs(at(chosen), [*picked.pairs, *([("sort", sort)] if sort and chosen.words else [])])

    return address


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
