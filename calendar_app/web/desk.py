"""The desk: the queue, and what was decided last."""

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.store import events
from calendar_app.store import submissions as queue
from calendar_app.web import current, queue_feed

pages = Blueprint("desk", __name__)

_MOST_DECIDED = 20


@pages.get(addresses.DESK)
def waiting() -> str:
    """What waits for a decision, the oldest first, and what was decided last."""
    editor, store = current.editor(), current.store()
    return render_template(
        "desk.html",
        pending=queue.pending(store),
        decided=queue.decided(store, most=_MOST_DECIDED),
        unverified=events.count_unverified(store),
        withdrawn=events.withdrawn(store),
        feed=current.publisher().base + queue_feed.address_for(editor),
    )
