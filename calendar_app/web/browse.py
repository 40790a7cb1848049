"""Home, and an event."""

from collections.abc import Mapping
from datetime import timedelta

from flask import Blueprint, render_template, request

from calendar_app import addresses, submissions
from calendar_app.errors import GoneError, NotFoundError
from calendar_app.events import Event, Series, convener_of, roles_of
from calendar_app.places import City, find_city
from calendar_app.selection import Selection
from calendar_app.store import events, history, search, series
from calendar_app.topics import SDGS, THEMES, Status
from calendar_app.web import adding, current, engaged, hours, overlaps, pieces, structured, subscribing
from calendar_app.web.claims import compare
from calendar_app.web.dates import Ruler, block

pages = Blueprint("browse", __name__)

_MOST_ENDED = 8
# Of its series an event's page names the newest; the page of the series has them all.
_MOST_EDITIONS = 20
# What home lists of what is coming: more than the record has, and no longer however long that grows.
_MOST_COMING = 50


@pages.get(addresses.HOME)
def home() -> str:
    """What is on and coming, by month."""
    upcoming = Selection(when="upcoming")
    listing, today = current.listing(), current.today()
    coming = events.by_ids(current.store(), search.ids(current.store(), upcoming.at(today), most=_MOST_COMING))
    count = search.count(current.store(), upcoming.at(today))
    to_come = search.counts(current.store(), upcoming.at(today), ["theme", "series"])
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
        coming=count - len(on_now),
        dated=sum(event.span.days is not None for event in later) if count == len(coming) else None,
        month_on=Ruler.month(today).last + timedelta(1),
        total=search.count(current.store(), Selection()),
        past=search.count(current.store(), Selection(when="past").at(today)),
        subscription=subscribing.of(current.publisher(), upcoming, today=current.today()),
        sdgs=SDGS.values(),
        themes=_themes_to_come(to_come["theme"]),
        series_coming=_series_to_come(to_come["series"]),
        kinds=search.counts(current.store(), Selection(), ["kind"])["kind"],
    )


@pages.get(f"{addresses.EVENTS}/<slug>")
def event(slug: str) -> tuple[str, int]:
    """One event: its dates and how sure they are, its place, its sources, what ITU did there."""
    store, found = current.store(), events.by_slug(current.store(), slug)
    if not found.public:
        if found.published and found.status is Status.WITHDRAWN:
            raise GoneError("event-withdrawn", title=found.title)
        raise NotFoundError("event-unknown", name=slug)
    its_series, others = series.directory(store).get(found.series), _other_editions(found)
    clock, did = _clock(found), engaged.of_event(found)
    page = render_template(
        "event.html",
        event=found,
        row=current.listing().row(found, year=True),
        date=block(found, current.texts(), today=current.today(), year=True),
        series=its_series,
        roles=roles_of(found, its_series),
        convener=convener_of(found, its_series),
        themes=[THEMES[theme] for theme in found.themes],
        sdgs=[SDGS[number] for number in found.sdgs],
        there=found.span.zone or found.timezone or (city.zone if (city := _city(found)) else ""),
        clock=clock,
        usual_zones=hours.usual_zones(),
        times=hours.of(found.span, current.texts(), city=found.city, country=found.country, zone=clock.zone),
        sources=compare(found),
        engaged=did,
        revisions=history.public(store, found.uid),
        others=others,
        parts=_parts(found),
        met=overlaps.beside(found),
        layers=pieces.of(found, current.texts(), zone=clock.zone),
        copies=adding.of(found),
        files=subscribing.files(slug),
        subscription=_subscription(found),
        changed=_changed,
        exchanged=lambda revision: pieces.exchanged(revision, current.texts()),
        address=current.publisher().base + addresses.event(slug),
        structured=structured.of(
            found, its_series, forum=did.forum, side_events=[row.event for row, _ in did.side_events]
        ),
    )
    return page, 400 if clock.problem else 200


def _clock(event: Event) -> hours.Asked:
    """The clock that a reader asks for, of an event that has times at all: days are the same everywhere."""
    timed = event.span.timed or any(part.span.timed for part in event.parts)
    return hours.asked(request.args.get("zone", "") if timed else "", current.texts())


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


def _series_to_come(counts: Mapping[str, int]) -> list[tuple[Series, int]]:
    """The series of what is on and coming, by name, each with how many of the events are its own."""
    directory = series.directory(current.store())
    named = [(directory[key], count) for key, count in counts.items() if key in directory]
    return sorted(named, key=lambda each: each[0].short_name.casefold())


def _this_month_ended() -> Selection:
    today = current.today()
    return Selection(first=today.replace(day=1), before=today)


def _themes_to_come(counts: Mapping[str, int]) -> list[tuple[str, str, int]]:
    found = [(slug, THEMES[slug].name, count) for slug, count in counts.items()]
    return sorted(found, key=lambda theme: (-theme[2], theme[1].casefold()))


def _city(event: Event) -> City | None:
    return find_city(event.city, event.country) if event.city else None


def _other_editions(event: Event) -> list[Event]:
    if not event.series:
        return []
    numbers = search.ids(current.store(), Selection.of(series=event.series), most=_MOST_EDITIONS, newest_first=True)
    return [other for other in events.by_ids(current.store(), numbers) if other.uid != event.uid]


def _parts(event: Event) -> list[Event]:
    """The other parts of an event that was split."""
    found = events.parts_of(current.store(), event.part_of or event.uid)
    return [other for other in found if other.public and other.uid != event.uid]
