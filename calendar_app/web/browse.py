"""Home, any selection, and an event."""

import re

from flask import Blueprint, render_template, request

from calendar_app import addresses, submissions
from calendar_app.errors import GoneError, NotFoundError, SelectionError
from calendar_app.events import Event, convener_of, roles_of
from calendar_app.places import City, find_city
from calendar_app.selection import Selection
from calendar_app.store import events, facts, history, search, series
from calendar_app.topics import SDGS, THEMES, Status
from calendar_app.web import adding, current, pieces, subscribing, views
from calendar_app.web.claims import compare
from calendar_app.web.dates import Ruler, block
from calendar_app.web.listing import MOST_ROWS, Group

pages = Blueprint("browse", __name__)

_MOST_ENDED = 8


@pages.get(addresses.HOME)
def home() -> str:
    """What is on and coming, by month."""
    upcoming = Selection(when="upcoming")
    listing, today = current.listing(), current.today()
    coming = events.by_ids(current.store(), search.ids(current.store(), upcoming.at(today), most=MOST_ROWS))
    on_now = [event for event in coming if _on(event)]
    later = [event for event in coming if event not in on_now]
    ended = events.by_ids(
        current.store(), search.ids(current.store(), _this_month_ended(), most=_MOST_ENDED, newest_first=True)
    )
    return render_template(
        "home.html",
        on_now=[listing.row(event, ruler=Ruler.month(today), year=True) for event in on_now],
        groups=listing.by_month(later),
        ended=[listing.row(event) for event in ended if event.span.days and not event.off],
        coming=search.count(current.store(), upcoming.at(today)) - len(on_now),
        dated=sum(event.span.days is not None for event in later),
        total=search.count(current.store(), Selection()),
        past=search.count(current.store(), Selection(when="past").at(today)),
        subscription=subscribing.of(current.publisher(), upcoming, today=current.today()),
        sdgs=SDGS.values(),
        themes=_themes_to_come(),
        kinds={row["value"]: row["events"] for row in search.directory_counts(current.store(), "kind")},
    )


@pages.get(addresses.EVENTS)
def listing() -> str:
    """Any selection as a page, with its facets beside it."""
    wanted = views.asked()
    absolute, store, framed = wanted.at(current.today()), current.store(), views.frame("list", wanted, wanted)
    count = framed["count"]
    pages = -(-count // MOST_ROWS)
    page = _page(pages)
    past = wanted.when == "past"
    numbers = search.ids(store, absolute, most=MOST_ROWS, offset=(page - 1) * MOST_ROWS, newest_first=past)
    found = events.by_ids(store, numbers)[:: -1 if past else 1]
    looser = [(chip, search.count(store, chip.rest.at(current.today()))) for chip in framed["chips"] if not count]
    return render_template(
        "events.html",
        **framed,
        off=sum(event.off for event in found),
        expected=sum(event.expected for event in found),
        sections=_sections(found, whole=pages <= 1 and not wanted.when),
        looser=[(chip, number) for chip, number in looser if number],
        page=page,
        pages=pages,
    )


@pages.get(f"{addresses.EVENTS}/<slug>")
def event(slug: str) -> str:
    """One event: its dates and how sure they are, its place, its sources, what ITU did there."""
    store, found = current.store(), events.by_slug(current.store(), slug)
    if not found.public:
        if found.published and found.status is Status.WITHDRAWN:
            raise GoneError("event-withdrawn", title=found.title)
        raise NotFoundError("event-unknown", name=slug)
    its_series, others = series.directory(store).get(found.series), _other_editions(found)
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
        revisions=history.public(store, found.uid),
        others=others,
        parts=_parts(found),
        layers=pieces.of(found),
        copies=adding.of(found),
        files=subscribing.files(slug),
        subscription=_subscription(found),
        changed=_changed,
        exchanged=lambda revision: pieces.exchanged(revision, current.texts()),
        address=current.publisher().base + addresses.event(slug),
    )


def _subscription(event: Event) -> subscribing.Subscription:
    """How to be told of changes: with the series of the event, or with the event alone if it is in none."""
    chosen = Selection.of(series=event.series) if event.series else Selection.of(event=event.slug)
    return subscribing.of(current.publisher(), chosen, today=current.today())


def _changed(revision: history.Revision) -> list[str]:
    """The names of the form's fields that a revision changed."""
    before, after = revision.before, revision.after
    if before is None:
        return []
    old, new = submissions.fields_of(before), submissions.fields_of(after)
    differ = [name for name in new if old[name] != new[name]]
    # The form names the zone along with times alone; the event may have had it all the time.
    if before.timezone == after.timezone and "timezone" in differ:
        differ.remove("timezone")
    return [current.texts().field(name) for name in differ]


def _on(event: Event) -> bool:
    span, today = event.span, current.today()
    return span.days is not None and span.first <= today <= span.last and not event.off


def _sections(found: list[Event], *, whole: bool) -> list[tuple[str, list[Group]]]:
    """Rows in groups under a heading each: what is on and coming, then what is past, the newest first.

    A page of a longer list, or a list that was asked for by period, is one section without a heading.
    """
    groups, gettext, today = current.listing().groups, current.texts().gettext, current.today()
    coming = [event for event in found if event.span.last >= today]
    past = [event for event in found if event.span.last < today][::-1]
    if not whole or not coming or not past:
        return [("", groups(found if coming or not whole else past))]
    return [(gettext("On now and coming"), groups(coming)), (gettext("Past"), groups(past))]


def _this_month_ended() -> Selection:
    today = current.today()
    return Selection(first=today.replace(day=1), before=today)


def _themes_to_come() -> list[tuple[str, str, int]]:
    upcoming = Selection(when="upcoming").at(current.today())
    counts = search.counts(current.store(), upcoming, ["theme"])["theme"]
    found = [(slug, THEMES[slug].name, count) for slug, count in counts.items()]
    return sorted(found, key=lambda theme: (-theme[2], theme[1].casefold()))


def _page(pages: int) -> int:
    text = request.args.get("page", "1")
    number = int(text) if re.fullmatch(r"[1-9][0-9]{0,3}", text) else 0
    if not 1 <= number <= max(1, pages):
        raise SelectionError("select-value", name="page", value=text[:60])
    return number


def _city(event: Event) -> City | None:
    return find_city(event.city, event.country) if event.city else None


def _other_editions(event: Event) -> list[Event]:
    if not event.series:
        return []
    numbers = search.ids(current.store(), Selection.of(series=event.series), most=MOST_ROWS, newest_first=True)
    return [other for other in events.by_ids(current.store(), numbers) if other.uid != event.uid]


def _parts(event: Event) -> list[Event]:
    """The other parts of an event that was split."""
    found = events.parts_of(current.store(), event.part_of or event.uid)
    return [other for other in found if other.public and other.uid != event.uid]


def _shared_titles(event: Event) -> dict[str, str]:
    """The titles of the events that share a statement with this one, by slug."""
    slugs = {slug for each in facts.engagements_of_event(current.store(), event.uid) for slug in each.shared_with}
    found = [events.by_slug(current.store(), slug) for slug in sorted(slugs) if slug != event.slug]
    return {other.slug: other.title for other in found if other.public}
