"""Home, any selection, and an event."""

from functools import partial

from flask import Blueprint, render_template, request

from calendar_app import addresses, selection, titles
from calendar_app.errors import GoneError, NotFoundError, SelectionError
from calendar_app.events import Event, convener_of, roles_of
from calendar_app.places import City, find_city
from calendar_app.selection import Selection
from calendar_app.store import events, facts, history, search, series
from calendar_app.topics import SDGS, THEMES, Status
from calendar_app.web import current, facets, subscribing
from calendar_app.web.claims import compare
from calendar_app.web.dates import Ruler, block

pages = Blueprint("browse", __name__)

MOST_ROWS = 400
MOST_QUERY = 4096


@pages.get(addresses.HOME)
def home() -> str:
    """What is on and coming, by month."""
    upcoming = Selection(when="upcoming")
    listing, today = current.listing(), current.today()
    coming = events.by_ids(current.store(), search.ids(current.store(), upcoming.at(today), most=MOST_ROWS))
    on_now = [event for event in coming if _on(event)]
    later = [event for event in coming if event not in on_now]
    ended = events.by_ids(current.store(), search.ids(current.store(), _this_month_ended()))
    return render_template(
        "home.html",
        on_now=[listing.row(event, ruler=Ruler.month(today), year=True) for event in on_now],
        groups=listing.by_month(later),
        ended=[listing.row(event) for event in ended if event.span.days and not event.off],
        coming=len(later),
        dated=sum(event.span.days is not None for event in later),
        total=search.count(current.store(), Selection()),
        past=search.count(current.store(), Selection(when="past").at(today)),
        subscription=subscribing.of(current.publisher(), upcoming),
        sdgs=SDGS.values(),
        themes=_themes_to_come(),
        kinds={row["value"]: row["events"] for row in search.directory_counts(current.store(), "kind")},
    )


@pages.get(addresses.EVENTS)
def listing() -> str:
    """Any selection as a page, with its facets beside it."""
    wanted = _selection()
    absolute, store, directory = wanted.at(current.today()), current.store(), series.directory(current.store())
    count, page = search.count(store, absolute), _page()
    past = wanted.when == "past"
    numbers = search.ids(store, absolute, most=MOST_ROWS, offset=(page - 1) * MOST_ROWS, newest_first=past)
    found = events.by_ids(store, numbers)[:: -1 if past else 1]
    chips = facets.chips(wanted, current.texts(), directory)
    looser = [(chip, search.count(store, chip.rest.at(current.today()))) for chip in chips] if not count else []
    return render_template(
        "events.html",
        selection=wanted,
        title=titles.of(wanted, current.texts(), directory),
        count=count,
        off=sum(event.off for event in found),
        expected=sum(event.expected for event in found),
        groups=current.listing().groups(found),
        chips=chips,
        boxes=facets.boxes(store, absolute, current.texts(), directory),
        looser=[(chip, number) for chip, number in looser if number],
        subscription=subscribing.of(current.publisher(), wanted),
        page=page,
        pages=-(-count // MOST_ROWS),
    )


@pages.get(f"{addresses.EVENTS}/<slug>")
def event(slug: str) -> str:
    """One event: its dates and how sure they are, its place, its sources, what ITU did there."""
    store, found = current.store(), events.by_slug(current.store(), slug)
    if not found.public:
        if found.published and found.status is Status.WITHDRAWN:
            raise GoneError("event-withdrawn", title=found.title)
        raise NotFoundError("event-unknown", name=slug)
    directory = series.directory(store)
    its_series = directory.get(found.series)
    return render_template(
        "event.html",
        event=found,
        row=current.listing().row(found, year=True),
        date=block(found, current.texts(), today=current.today(), year=True),
        series=its_series,
        roles=roles_of(found, its_series),
        convener=convener_of(found, its_series),
        themes=[THEMES[theme] for theme in found.themes],
        sdgs=[SDGS[number] for number in found.sdgs],
        clock=found.span.zone or found.timezone or (city.zone if (city := _city(found)) else ""),
        sources=compare(found),
        engagements=facts.engagements_of_event(store, found.uid),
        shared=_shared_titles(found),
        revisions=history.of_event(store, found.uid),
        others=_other_editions(found),
        parts=_parts(found),
        subscription=subscribing.of(current.publisher(), Selection.of(series=found.series)) if its_series else None,
        address=current.publisher().base + addresses.event(slug),
    )


def _on(event: Event) -> bool:
    span, today = event.span, current.today()
    return span.days is not None and span.first <= today <= span.last and not event.off


def _this_month_ended() -> Selection:
    today = current.today()
    return Selection(first=today.replace(day=1), before=today)


def _themes_to_come() -> list[tuple[str, str, int]]:
    upcoming = Selection(when="upcoming").at(current.today())
    counts = search.counts(current.store(), upcoming, ["theme"])["theme"]
    found = [(slug, THEMES[slug].name, count) for slug, count in counts.items()]
    return sorted(found, key=lambda theme: (-theme[2], theme[1].casefold()))


def _selection() -> Selection:
    if len(request.query_string) > MOST_QUERY:
        raise SelectionError("query-long", most=MOST_QUERY)
    pairs = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return selection.parse(pairs, partial(search.known, current.store()))


def _page() -> int:
    text = request.args.get("page", "1")
    if not text.isdecimal() or not 1 <= int(text[:9]) <= 9999:
        raise SelectionError("select-value", name="page", value=text[:60])
    return int(text)


def _city(event: Event) -> City | None:
    return find_city(event.city, event.country) if event.city else None


def _other_editions(event: Event) -> list[Event]:
    if not event.series:
        return []
    found = events.by_ids(current.store(), search.ids(current.store(), Selection.of(series=event.series)))
    return [other for other in found if other.uid != event.uid]


def _parts(event: Event) -> list[Event]:
    """The other parts of an event that was split."""
    whole = event.part_of or event.uid
    return [other for other in _other_editions(event) if whole in {other.uid, other.part_of}]


def _shared_titles(event: Event) -> dict[str, str]:
    """The titles of the events that share a statement with this one, by slug."""
    slugs = {slug for each in facts.engagements_of_event(current.store(), event.uid) for slug in each.shared_with}
    return {slug: events.by_slug(current.store(), slug).title for slug in sorted(slugs) if slug != event.slug}
