"""What changed in a selection, with before and after."""

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.store import events, search
from calendar_app.web import current, views
from calendar_app.web.listing import MOST_ROWS

pages = Blueprint("changes", __name__)


@pages.get(addresses.CHANGES)
def changes() -> str:
    """What changed."""
    wanted = views.asked()
    found = events.by_ids(current.store(), search.ids(current.store(), wanted.at(current.today()), most=MOST_ROWS))
    framed = views.frame("changes", wanted, wanted)
    return render_template("changes.html", **framed, groups=current.listing().groups(found))
