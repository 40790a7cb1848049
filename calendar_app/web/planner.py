"""A year on one sheet: twelve months across, a row a series, a bar an event."""

from datetime import date

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.errors import NotFoundError
from calendar_app.store import events, search
from calendar_app.web import current, views
from calendar_app.web.listing import MOST_ROWS

pages = Blueprint("planner", __name__)


@pages.get(f"{addresses.CALENDAR}/<int(fixed_digits=4):number>")
def year(number: int) -> str:
    """What of a selection lies in a year."""
    if not 1900 <= number <= 2199:
        raise NotFoundError("event-unknown", name=str(number))
    wanted = views.asked()
    shown = views.within(wanted, date(number, 1, 1), date(number, 12, 31))
    found = events.by_ids(current.store(), search.ids(current.store(), shown.at(current.today()), most=MOST_ROWS))
    framed = views.frame("year", wanted, shown, at=lambda chosen: addresses.year(number, chosen.query))
    return render_template("year.html", **framed, groups=current.listing().by_month(found))
