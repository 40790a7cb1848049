"""Which goals a selection covers in which months of a year."""

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.store import events, search
from calendar_app.web import current, views
from calendar_app.web.listing import MOST_ROWS

pages = Blueprint("coverage", __name__)


@pages.get(addresses.COVERAGE)
def coverage() -> str:
    """The goals by the months."""
    wanted = views.asked()
    found = events.by_ids(current.store(), search.ids(current.store(), wanted.at(current.today()), most=MOST_ROWS))
    framed = views.frame("coverage", wanted, wanted)
    return render_template("coverage.html", **framed, groups=current.listing().groups(found))
