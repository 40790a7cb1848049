"""A month as a grid of weeks, and its events as rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses
from calendar_app.errors import NotFoundError
from calendar_app.events import Event
from calendar_app.plots import grid
from calendar_app.selection import Selection
from calendar_app.spans import FIRST_YEAR, LAST_YEAR, Span, sort_key
from calendar_app.store import events, search, series
from calendar_app.web import current, hours, nearest, views
from calendar_app.web.claims import compare
from calendar_app.web.dates import Ruler, block

pages = Blueprint("month", __name__)

# What a month draws and lists at the most, ten times what the record's fullest has; a list goes over pages instead.
MOST = 200
# What a note above the grid names before it points to the rows.
_MOST_NAMED = 12
_FIRST_DAY, _LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Events of which the same is known and no day, said above the grid: `when`, and in `unknown` what is missing.

    `sure` if they are in the month for certain; `rest` counts those that are named below alone.
    """

    sure: bool
    when: str
    unknown: str
    events: tuple[Event, ...]
    rest: int

    @property
    def expected(self) -> bool:
        """Whether none of them is confirmed."""
        return all(event.expected for event in self.events)


@pages.get(addresses.CALENDAR)
def this_month() -> Response:
    """The way to the month that it is, with the selection that the address names and what was picked."""
    wanted, picked = views.asked(), [("pick", slug) for slug in request.args.getlist("pick")]
    return redirect(views.with_pairs(addresses.month(current.today()), [*wanted.pairs(), *picked]))


@pages.get(f"{addresses.CALENDAR}/<int(fixed_digits=4):year>-<int(fixed_digits=2):number>")
def month(year: int, number: int) -> str:
    """What of a selection lies in a month."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= number <= 12:
        raise NotFoundError("month-unknown", name=f"{year:04}-{number:02}")
    ruler, wanted, store = Ruler.month(date(year, number, 1)), views.asked(), current.store()
    shown = views.within(wanted, ruler.first, ruler.last)
    found = events.by_ids(store, search.ids(store, shown.at(current.today()), most=MOST))
    listing, weeks = current.listing(), grid.of(ruler.first, ruler.last, found, series.directory(store))
    return render_template(
        "month.html",
        **views.frame("month", wanted, shown, at=lambda chosen: addresses.month(ruler.first, chosen.query)),
        month=ruler.first,
        weeks=weeks,
        lists=_lists(wanted, weeks),
        notes=_notes(found, ruler),
        listed=[listing.row(event, ruler=ruler) for event in found],
        place_of=lambda event: event.city or listing.place(event),
        hours_of=hours.short,
        rivals_of=lambda event: compare(event).rivals,
        before=_next_to(ruler.first - timedelta(1)),
        after=_next_to(ruler.last + timedelta(1)),
        nearest=[] if found else nearest.around(wanted, ruler.first, ruler.last),
    )


def _next_to(day: date) -> date | None:
    """A day outside the month, if the calendar holds its year."""
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _lists(wanted: Selection, weeks: Iterable[grid.Week]) -> dict[tuple[date, date], str]:
    """The addresses of the lists of each week and day, but where the selection has no day in it."""
    found = {}
    for week in weeks:
        for first, last in [(week.days[0], week.days[-1]), *((day, day) for day in week.days)]:
            part = views.within(wanted, max(first, _FIRST_DAY), min(last, _LAST_DAY))
            if part.first and part.last and part.first <= part.last:
                found[first, last] = addresses.events(part.query)
    return found


def _notes(found: Iterable[Event], ruler: Ruler) -> list[Note]:
    vague = sorted((event for event in found if not event.span.days), key=lambda event: sort_key(event.span))
    parts = [(span, tuple(events)) for span, events in groupby(vague, key=lambda event: event.span)]
    return [_note(span, events, ruler) for span, events in parts]


def _note(span: Span, named: tuple[Event, ...], ruler: Ruler) -> Note:
    texts = current.texts()
    return Note(
        sure=ruler.first <= span.first and span.last <= ruler.last,
        when=texts.span(span),
        unknown=block(named[0], texts, today=current.today()).note,
        events=named[:_MOST_NAMED],
        rest=len(named[_MOST_NAMED:]),
    )
