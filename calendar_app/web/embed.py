"""A selection as a list on somebody else's site: a small page to frame, or a piece of HTML to copy or include."""

from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from calendar_app import addresses, selection, texts, titles
from calendar_app.events import Event
from calendar_app.selection import Selection
from calendar_app.store import events, naming, search, series
from calendar_app.texts import LANGUAGES, Texts
from calendar_app.web import current, headers, query
from calendar_app.web.listing import Listing

pages = Blueprint("embed", __name__)

MOST, _USUAL = 50, 10
_SECONDS = 300
# What may stand in the address beside the selection, each with its values; the first is meant where none is given.
OPTIONS = {
    "as": ("page", "fragment"),
    "count": (str(_USUAL), *map(str, range(1, MOST + 1))),
    "heading": ("1", "0"),
    "lang": LANGUAGES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """What is to be shown, and how: `count` events at the most, under a heading or not, as a page or a fragment."""

    selection: Selection
    count: int
    heading: bool
    fragment: bool
    texts: Texts

    @property
    def query(self) -> str:
        """The canonical query of a feed that holds the same, told in the same language."""
        return _query(self.selection, self.texts.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippets:
    """What a webmaster copies: the HTML of a frame and the address of a fragment; `page` is the path that both show."""

    frame: str
    fragment: str
    page: str


@pages.get(addresses.EMBED)
def embed() -> Response:
    """What is on and coming of a selection, or what it holds of the period that it asks for."""
    headers.keep(_SECONDS)
    wanted = _asked()
    listing = Listing(texts=wanted.texts, series=series.directory(current.store()), today=current.today())
    shown, found = _shown(wanted)
    told = render_template(
        "embed.html",
        embed=wanted,
        title=titles.of(shown, wanted.texts, naming.names(current.store())),
        rows=[listing.row(event) for event in found],
        texts=wanted.texts,
        gettext=wanted.texts.gettext,
    )
    response = Response(told)
    if wanted.fragment:
        # Everyone may read what is public, scripts of other sites too; without cookies, as feeds are.
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def snippets(chosen: Selection, name: str, *, language: str) -> Snippets:
    """How to show a selection on another site, under the name of its feed."""
    base = current.publisher().base
    page = addresses.view(addresses.EMBED, _query(chosen, language))
    fragment = addresses.view(addresses.EMBED, _query(chosen, language, ("as", "fragment")))
    frame = Markup(
        '<iframe src="{src}" title="{title}" width="100%" height="480" style="border: 0" loading="lazy"></iframe>'
    )
    return Snippets(frame=str(frame.format(src=base + page, title=name)), fragment=base + fragment, page=page)


def as_fragment() -> bool:
    """Whether the answer goes into somebody else's page, be it an error."""
    return request.path == addresses.EMBED and "fragment" in request.args.getlist("as")


def _query(chosen: Selection, language: str, *more: tuple[str, str]) -> str:
    lang = [] if language == LANGUAGES[0] else [("lang", language)]
    return selection.query(sorted([*chosen.pairs(), *lang, *more], key=selection.order))


def _asked() -> Embed:
    """What the address asks for.

    Raises:
        SelectionError: it can't be read.
    """
    rest = [(name, value) for name, value in query.pairs() if name not in OPTIONS]
    told = {name: _option(name) for name in OPTIONS}
    return Embed(
        selection=selection.parse(rest, partial(search.known, current.store())),
        count=int(told["count"]),
        heading=told["heading"] == "1",
        fragment=told["as"] == "fragment",
        texts=texts.of(told["lang"]),
    )


def _option(name: str) -> str:
    return query.option(name, OPTIONS[name], told=f"1–{MOST}" if name == "count" else "") or OPTIONS[name][0]


def _shown(wanted: Embed) -> tuple[Selection, list[Event]]:
    """What is shown: if no period is asked for, what is coming, or of what has nothing to come the latest."""
    chosen = wanted.selection
    if chosen.when or chosen.first or chosen.last:
        return chosen, _read(chosen, wanted.count)
    coming, past = replace(chosen, when="upcoming"), replace(chosen, when="past")
    if found := _read(coming, wanted.count):
        return coming, found
    found = _read(past, wanted.count)
    return (past if found else coming), found


def _read(chosen: Selection, most: int) -> list[Event]:
    """The first events of a selection; of what is past the latest, the newest first."""
    store, newest = current.store(), chosen.when == "past"
    numbers = search.ids(store, chosen.at(current.today()), most=most, newest_first=newest)
    return events.by_ids(store, numbers)[:: -1 if newest else 1]
