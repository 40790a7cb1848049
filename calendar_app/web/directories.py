"""Series, themes and goals: the directory of each, and one of each."""

from collections import Counter
from dataclasses import replace
from itertools import groupby

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.errors import NotFoundError
from calendar_app.events import Engagement, Event
from calendar_app.selection import Selection
from calendar_app.store import events, facts, search, series
from calendar_app.topics import SDGS, THEMES, Kind, Role
from calendar_app.web import current, subscribing
from calendar_app.web.listing import MOST_ROWS

pages = Blueprint("directories", __name__)


@pages.get(addresses.SERIES)
def all_series() -> str:
    """Every series by its kind, those without dated events too."""
    directory = list(series.directory(current.store()).values())
    order = list(Kind)
    by_kind = groupby(sorted(directory, key=lambda each: order.index(each.kind)), key=lambda each: each.kind)
    return render_template(
        "series_directory.html",
        kinds=[(kind, list(found)) for kind, found in by_kind],
        counts=_counts("series"),
        upcoming=_upcoming("series"),
    )


@pages.get(f"{addresses.SERIES}/<key>")
def one_series(key: str) -> str:
    """A series, its editions, and ITU's part in it."""
    found = series.directory(current.store()).get(key)
    if found is None:
        raise NotFoundError("series-none", name=key)
    its_events = events.by_ids(current.store(), search.ids(current.store(), Selection.of(series=key)))
    return render_template(
        "series.html",
        series=found,
        themes=[THEMES[theme] for theme in found.themes],
        sdgs=[SDGS[number] for number in found.sdgs],
        engagements=facts.engagements_of_series(current.store(), key),
        done=_done(its_events),
        event_roles=[] if found.roles else _roles(its_events),
        **_listed(Selection.of(series=key)),
    )


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


def _done(its_events: list[Event]) -> list[tuple[Event, list[Engagement]]]:
    """What ITU did at each event of a series, the newest first."""
    told = [(event, facts.engagements_of_event(current.store(), event.uid)) for event in its_events]
    return [(event, engagements) for event, engagements in reversed(told) if engagements]


def _roles(its_events: list[Event]) -> list[tuple[Role, int]]:
    """ITU's own roles at the events of a series, each with their number."""
    return Counter(role for event in its_events for role in event.roles).most_common()


def _listed(selection: Selection) -> dict[str, object]:
    """What every page with a list is given: the coming events first, the past ones after, and how to subscribe."""
    store, listing, today = current.store(), current.listing(), current.today()
    coming, past = (replace(selection, when=when).at(today) for when in ("upcoming", "past"))
    newest = events.by_ids(store, search.ids(store, past, most=MOST_ROWS, newest_first=True))
    return {
        "selection": selection,
        "count": search.count(store, selection),
        "more": search.count(store, past) > len(newest),
        "coming": listing.by_year(events.by_ids(store, search.ids(store, coming, most=MOST_ROWS))),
        "past": listing.by_year(newest[::-1]),
        "subscription": subscribing.of(current.publisher(), selection, today=current.today()),
    }


def _counts(facet: str) -> dict[str, int]:
    return search.counts(current.store(), Selection(), [facet])[facet]


def _upcoming(facet: str) -> dict[str, int]:
    return search.counts(current.store(), Selection(when="upcoming").at(current.today()), [facet])[facet]
