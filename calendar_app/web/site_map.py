"""The site map for crawlers (sitemaps.org): an index, the pages that are no events, and the events in stretches."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from calendar_app import addresses
from calendar_app.errors import NotFoundError
from calendar_app.report import periods
from calendar_app.store import series, site_map, stated
from calendar_app.topics import SDGS, THEMES
from calendar_app.web import current, report_others

pages = Blueprint("site_map", __name__)

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES = (
    *(addresses.HOME, addresses.EVENTS, addresses.SERIES, addresses.THEMES, addresses.SDGS, addresses.SUBSCRIBE),
    *(addresses.MAP, addresses.COVERAGE, addresses.OVERLAPS, addresses.CHANGES, addresses.SUBMIT, addresses.ABOUT),
    addresses.REFERENCE,
    addresses.PARTNERS,
    addresses.FIGURES,
)


@pages.get(addresses.SITEMAP)
def index() -> Response:
    """Where the files of the site map are."""
    numbers = range(site_map.stretches(current.store()) + 1)
    return _sent("sitemapindex", "sitemap", ((addresses.sitemap(number), "") for number in numbers))


@pages.get("/sitemap-<int:number>.xml")
def one(number: int) -> Response:
    """One file of the site map."""
    store = current.store()
    if number > site_map.stretches(store):
        raise NotFoundError("site-map-unknown", name=number)
    if number == 0:
        return _sent("urlset", "url", ((path, "") for path in _paths()))
    return _sent("urlset", "url", ((addresses.event(slug), at) for slug, at in site_map.stretch(store, number)))


def _paths() -> Iterator[str]:
    """The public pages that are no events, each once."""
    yield from _PAGES
    yield from map(addresses.series, series.directory(current.store()))
    yield from map(addresses.partner, sorted(stated.of_partners(current.store())))
    yield from map(addresses.theme, THEMES)
    yield from map(addresses.sdg, SDGS)
    years = site_map.years(current.store())
    yield from map(addresses.year, years)
    over = (periods.calendar_year(year) for year in years if year < current.today().year)
    yield from map(report_others.address_of, over)


def _sent(kind: str, item: str, told: Iterable[tuple[str, str]]) -> Response:
    """A file of the site map: for each path when it last changed, where that is known."""
    base = current.publisher().base
    rows = (f"<{item}><loc>{escape(base + path)}</loc>{_changed(at)}</{item}>" for path, at in told)
    body = "\n".join([f'{_HEAD}<{kind} xmlns="{_SCHEMA}">', *rows, f"</{kind}>", ""])
    return Response(body, mimetype="application/xml")


def _changed(at: str) -> str:
    return f"<lastmod>{at}</lastmod>" if at else ""
