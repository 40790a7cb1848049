"""Notices: who is told of a proposal by mail; each is written with the change that it tells of."""

from collections.abc import Mapping
from typing import Any

from calendar_app.events import Event
from calendar_app.store import Change, Store, outbox
from calendar_app.store import accounts as people
from calendar_app.store import submissions as queue
from calendar_app.store.submissions import Submission

# Messages to someone who may not have asked for them; with five proposals that wait, a sixth says nothing new.
_MOST_RECEIVED = 5


def proposed(change: Change, store: Store, given: Mapping[str, Any], *, number: int, token: str, about: bool) -> None:
    """Tells the proposer, with the private link, if they gave an e-mail; and everyone who may decide."""
    if not store.mails:
        return
    data = {
        "number": str(number),
        "title": str(given["title"]),
        "dates": str(given.get("dates", "")),
        "city": str(given.get("city", "")),
        "about": "yes" if about else "",
    }
    email = str(given.get("submitter_email", ""))
    if email and queue.count_pending_of(store, email) <= _MOST_RECEIVED:
        outbox.add(change, kind="proposal-received", recipient=email, data={**data, "token": token})
    for account in people.every(store):
        if account.edits and not account.closed:
            outbox.add(change, kind="proposal-waits", recipient=account.email, data=data)


def decided(change: Change, store: Store, found: Submission, event: Event | None = None) -> None:
    """Tells the proposer what became of a proposal: the `event` that it is in, or nothing, and why."""
    if not store.mails or not found.email or (event is not None and not event.public):
        return
    data = {"number": str(found.id), "title": str(found.fields["title"]), "reason": change.reason}
    if event is None:
        outbox.add(change, kind="proposal-rejected", recipient=found.email, data=data)
        return
    data |= {"title": event.title, "slug": event.slug}
    outbox.add(change, kind="proposal-approved", recipient=found.email, data=data)
