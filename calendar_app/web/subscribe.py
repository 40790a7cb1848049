"""Subscribe: every ready-made feed, and what each client does with it."""

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.selection import Selection
from calendar_app.store import search, series
from calendar_app.topics import SDGS, THEMES, Kind, Role
from calendar_app.web import current, subscribing

pages = Blueprint("subscribe", __name__)


@pages.get(addresses.SUBSCRIBE)
def directory() -> str:
    """The directory of feeds and the help for each client."""
    store, texts = current.store(), current.texts()
    counts = search.counts(store, Selection(), addresses.NAMED)
    countries = sorted(counts["country"], key=texts.country)
    return render_template(
        "subscribe.html",
        subscription=subscribing.of(current.publisher(), Selection(), today=current.today()),
        deadlines=search.count_deadlines(store),
        total=search.count(store, Selection()),
        counts=counts,
        themes=sorted(THEMES.values(), key=lambda theme: theme.name.casefold()),
        sdgs=SDGS.values(),
        series=[each for each in series.directory(store).values() if each.key in counts["series"]],
        kinds=[kind for kind in Kind if kind in counts["kind"]],
        roles=[role for role in Role if role in counts["role"]],
        countries=countries,
    )


@pages.get(addresses.ABOUT)
def about() -> str:
    """What this calendar is, where its facts come from, and how it treats people."""
    store = current.store()
    return render_template("about.html", total=search.count(store, Selection()), series=len(series.directory(store)))
