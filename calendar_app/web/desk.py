"""The desk: the queue, and what was decided last."""

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.store import events, staging
from calendar_app.store import submissions as queue
from calendar_app.web import current, queue_feed

pages = Blueprint("desk", __name__)

_MOST_DECIDED = 20


def counts() -> dict[str, int]:
    """How much waits, by the page that lists it."""
    store = current.store()
    return {addresses.DESK: queue.count_pending(store), addresses.VERIFY: events.count_unverified(store)}


@pages.get(addresses.DESK)
def waiting() -> str:
    """What waits for a decision, the oldest first, and what was decided last."""
    editor, store = current.editor(), current.store()
    return render_template(
        "desk.html",
        pending=queue.pending(store),
        decided=queue.decided(store, most=_MOST_DECIDED),
        withdrawn=events.withdrawn(store),
        unfinished=staging.waiting(store),
        feed=current.publisher().base + queue_feed.address_for(editor),
    )
