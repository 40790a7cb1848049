"""What meets in time in a selection, or of one selection with another."""

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.store import events, search
from calendar_app.web import current, views
from calendar_app.web.listing import MOST_ROWS

pages = Blueprint("overlaps", __name__)


@pages.get(addresses.OVERLAPS)
def overlaps() -> str:
    """What meets in time."""
    wanted = views.asked()
    found = events.by_ids(current.store(), search.ids(current.store(), wanted.at(current.today()), most=MOST_ROWS))
    framed = views.frame("overlaps", wanted, wanted)
    return render_template("overlaps.html", **framed, groups=current.listing().groups(found))
