"""The map of a selection: its cities as dots over the land, the list of them beside it, and what is on no map."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template

from calendar_app import addresses, places
from calendar_app.events import Event
from calendar_app.places import City
from calendar_app.plots import map as plot
from calendar_app.selection import Selection
from calendar_app.store import cities, events, search
from calendar_app.web import current, views, yearly
from calendar_app.web.yearly import Period

pages = Blueprint("map", __name__)

# A selection of more is shown a year at a time; all that the catalogue holds is less than half of it.
MOST = 1_000
# How many events without a city are named; the rest is in the list of all.
MOST_NOWHERE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A city of the list: how many events it holds, where they are listed, the next of them, and where it lies.

    `address` is "" where no selection holds these events and no others; `lies` is None for what can't be drawn.
    """

    city: str
    country: str
    number: int
    address: str
    next: Event
    lies: City | None


@pages.get(addresses.MAP)
def map_of() -> str:
    """Where a selection is held."""
    wanted, store, today, listing = views.asked(), current.store(), current.today(), current.listing()
    period = _period(wanted)
    shown = views.within(wanted, period.first, period.last) if period else wanted
    rows = _rows(shown)
    beside = events.by_ids(store, cities.nowhere(store, shown.at(today), most=MOST_NOWHERE))
    return render_template(
        "map.html",
        **views.frame("map", wanted, shown),
        period=period,
        most=MOST,
        **(yearly.beside(wanted, period, lambda chosen: addresses.view(addresses.MAP, chosen.query)) if period else {}),
        cities=rows,
        placed=sum(row.number for row in rows),
        drawings=(drawings := _drawings(rows)),
        aside=any(mark.dot.home for each in drawings for mark in each.marks),
        nowhere=[listing.row(event, year=True) for event in beside],
    )


def _period(wanted: Selection) -> Period | None:
    """The year that is shown of a selection with more events than a map takes; None for all of it."""
    if search.count(current.store(), wanted.at(current.today())) <= MOST:
        return None
    # What is picked one by one is never so many.
    period = yearly.of(wanted, today=current.today(), picked=list)
    return period if period.why else None


def _rows(shown: Selection) -> list[Row]:
    store, texts, today = current.store(), current.texts(), current.today()
    held = cities.held(store, shown.at(today), today=today)
    nearest = {event.uid: event for event in events.by_ids(store, [each.id for each in held])}
    times = Counter(each.city for each in held)
    rows = []
    for each in held:
        event, alone = nearest[each.uid], times[each.city] == 1
        row = Row(
            city=each.city,
            country=texts.country(each.country, on=event.span.first),
            number=each.number,
            address=addresses.events(_in(shown, each, alone=alone).query) if alone or each.country else "",
            next=event,
            lies=places.find_city(each.city, each.country),
        )
        rows.append(row)
    return rows


def _in(shown: Selection, held: cities.Held, *, alone: bool) -> Selection:
    """The selection in one city; with its country where another country has a city of that name."""
    chosen = shown.choosing(city=[held.city])
    return chosen if alone else chosen.choosing(country=[held.country])


def _drawings(rows: Sequence[Row]) -> tuple[plot.Drawing, ...]:
    texts = current.texts()
    found = []
    for row in rows:
        if row.lies:
            counted = texts.ngettext("{place}: one event", "{place}: {count} events", row.number)
            place = ", ".join(filter(None, (row.city, row.country)))
            dot = plot.Place(
                name=row.city,
                told=counted.format(place=place, count=row.number),
                latitude=row.lies.latitude,
                longitude=row.lies.longitude,
                number=row.number,
                address=row.address,
            )
            found.append(dot)
    europe = texts.gettext("Europe")
    return plot.draw(found, europe=europe, told=texts.gettext("Europe, drawn larger below"), address="#europe")
