"""Subscribe: the builder, every ready-made feed, and what each client does with it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from calendar_app import addresses
from calendar_app.selection import Selection
from calendar_app.store import naming, search, series
from calendar_app.topics import SDGS, THEMES, Kind, Role
from calendar_app.web import building, current, embed, preview, qr, query, subscribing
from calendar_app.web.building import Build

pages = Blueprint("subscribe", __name__)


@pages.get(addresses.SUBSCRIBE)
def directory() -> Response | str:
    """The builder with what it was asked for, the directory of feeds and the help for each client."""
    given = query.pairs()
    build = building.parse(given, current.store())
    # A form sends its empty fields too. The order is left alone: a proxy may have changed it.
    if sorted(given) != sorted(build.pairs):
        return redirect(build.page, code=303)
    return render_template("subscribe.html", **_built(build), **_form(build), **_ready())


@pages.post(addresses.SUBSCRIBE)
def keep() -> Response:
    """Keeps a short address for what was chosen if its own is too long, and leads to the page that shows it."""
    build = building.parse(list(request.form.items(multi=True)), current.store())
    subscribing.shorten(current.publisher(), build.selection, build.options, now=current.now())
    return redirect(f"{build.page}#subscribe", code=303)


@pages.record
def _take_from_anywhere(state: BlueprintSetupState) -> None:
    """Lets `keep` do without a token: pages with lists set no cookie, and what it keeps is the same for everyone."""
    state.app.extensions["csrf"].exempt(keep)


@pages.get(addresses.ABOUT)
def about() -> str:
    """What this calendar is, where its facts come from, and how it treats people."""
    store = current.store()
    return render_template("about.html", total=search.count(store, Selection()), series=len(series.directory(store)))


def _built(build: Build) -> dict[str, Any]:
    """What was chosen: its address, and what a client will show of it."""
    publisher, today = current.publisher(), current.today()
    subscription = subscribing.of(publisher, build.selection, today=today, options=build.options)
    return {
        "build": build,
        "subscription": subscription,
        "preview": preview.of(publisher, build, subscription.download, today=today),
        "code": None if subscription.too_long else qr.svg(subscription.webcal),
        "snippets": embed.snippets(build.selection, subscription.name, language=build.options.language),
    }


def _form(build: Build) -> dict[str, Any]:
    """What there is to choose from."""
    store, texts = current.store(), current.texts()
    return {
        "boxes": building.boxes(store, build.selection, texts, naming.names(store)),
        "picked": building.picked(store, build.selection),
        "alarms": building.alarms(build.options, texts),
        "languages": building.languages(),
    }


def _ready() -> dict[str, Any]:
    """The ready-made feeds, each with the number of its events."""
    store, texts = current.store(), current.texts()
    counts = search.counts(store, Selection(), addresses.NAMED)
    return {
        "deadlines": search.count_deadlines(store),
        "total": search.count(store, Selection()),
        "counts": counts,
        "themes": sorted(THEMES.values(), key=lambda theme: theme.name.casefold()),
        "sdgs": SDGS.values(),
        "series": [each for each in series.directory(store).values() if each.key in counts["series"]],
        # ITU's side events join one by one, and are worth waiting for.
        "kinds": [kind for kind in Kind if kind in counts["kind"] or kind is Kind.SIDE_EVENT],
        "roles": [role for role in Role if role in counts["role"]],
        "countries": sorted(counts["country"], key=texts.country),
    }
