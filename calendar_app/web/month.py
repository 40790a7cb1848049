"""A month as a grid of weeks, and its events as rows."""

from datetime import date

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.errors import NotFoundError
from calendar_app.store import events, search
from calendar_app.web import current, views
from calendar_app.web.dates import Ruler
from calendar_app.web.listing import MOST_ROWS

pages = Blueprint("month", __name__)


@pages.get(f"{addresses.CALENDAR}/<int(fixed_digits=4):year>-<int(fixed_digits=2):number>")
def month(year: int, number: int) -> str:
    """What of a selection lies in a month."""
    if not 1900 <= year <= 2199 or not 1 <= number <= 12:
        raise NotFoundError("event-unknown", name=f"{year}-{number}")
    ruler, wanted = Ruler.month(date(year, number, 1)), views.asked()
    shown = views.within(wanted, ruler.first, ruler.last)
    found = events.by_ids(current.store(), search.ids(current.store(), shown.at(current.today()), most=MOST_ROWS))
    framed = views.frame("month", wanted, shown, at=lambda chosen: addresses.month(ruler.first, chosen.query))
    return render_template("month.html", **framed, groups=current.listing().by_month(found))
