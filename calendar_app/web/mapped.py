"""The map of a selection."""

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.store import events, search
from calendar_app.web import current, views
from calendar_app.web.listing import MOST_ROWS

pages = Blueprint("map", __name__)


@pages.get(addresses.MAP)
def map_of() -> str:
    """Its cities as dots over the land, and the list beside it:Where a selection is held."""
    wanted = views.asked()
    found = events.by_ids(current.store(), search.ids(current.store(), wanted.at(current.today()), most=MOST_ROWS))
    framed = views.frame("map", wanted, wanted)
    return render_template("map.html", **framed, groups=current.listing().groups(found))
