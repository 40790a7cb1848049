"""Themes and goals: the directory of each, and one of each."""

from dataclasses import replace

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.errors import NotFoundError
from calendar_app.selection import Selection
from calendar_app.store import events, search
from calendar_app.topics import SDGS, THEMES
from calendar_app.web import current, subscribing, views

pages = Blueprint("directories", __name__)

# Of what is coming and of what is past, each; the list has the rest.
_MOST_LISTED = 60


@pages.get(addresses.THEMES)
def all_themes() -> str:
    """Every theme with its events counted."""
    themes = sorted(THEMES.values(), key=lambda theme: theme.name.casefold())
    return render_template("themes.html", themes=themes, counts=_counts("theme"), upcoming=_upcoming("theme"))


@pages.get(f"{addresses.THEMES}/<slug>")
def one_theme(slug: str) -> str:
    """A theme and its events."""
    theme = THEMES.get(slug)
    if theme is None:
        raise NotFoundError("theme-none", name=slug)
    sdgs = [SDGS[number] for number in theme.sdgs]
    return render_template("theme.html", theme=theme, sdgs=sdgs, **_listed(Selection.of(theme=slug)))


@pages.get(addresses.SDGS)
def all_sdgs() -> str:
    """The seventeen goals with their events counted."""
    return render_template("sdgs.html", sdgs=SDGS.values(), counts=_counts("sdg"), upcoming=_upcoming("sdg"))


@pages.get(f"{addresses.SDGS}/<number>")
def one_sdg(number: str) -> str:
    """A goal and its events."""
    if not number.isascii() or not number.isdecimal() or str(int(number[:4])) != number or int(number) not in SDGS:
        raise NotFoundError("sdg-none", name=number[:20])
    themes = sorted((theme for theme in THEMES.values() if int(number) in theme.sdgs), key=lambda theme: theme.name)
    return render_template("sdg.html", sdg=SDGS[int(number)], themes=themes, **_listed(Selection.of(sdg=number)))


def _listed(selection: Selection) -> dict[str, object]:
    """What every page with a list is given: the coming events first, the past ones after, and how to subscribe."""
    store, listing, today = current.store(), current.listing(), current.today()
    coming, past = (replace(selection, when=when).at(today) for when in ("upcoming", "past"))
    newest = events.by_ids(store, search.ids(store, past, most=_MOST_LISTED, newest_first=True))
    counts = [search.count(store, chosen) for chosen in (coming, past)]
    return {
        "selection": selection,
        "count": search.count(store, selection),
        "ways": views.ways(selection, selection),
        "more": max(counts) > _MOST_LISTED,
        "coming": listing.by_year(events.by_ids(store, search.ids(store, coming, most=_MOST_LISTED))),
        "past": listing.by_year(newest[::-1]),
        "subscription": subscribing.of(current.publisher(), selection, today=current.today()),
    }


def _counts(facet: str) -> dict[str, int]:
    return search.counts(current.store(), Selection(), [facet])[facet]


def _upcoming(facet: str) -> dict[str, int]:
    return search.counts(current.store(), Selection(when="upcoming").at(current.today()), [facet])[facet]
