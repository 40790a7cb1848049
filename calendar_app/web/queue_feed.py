"""The queue as a private feed, for editors' feed readers, which can't sign in."""

from flask import Blueprint, Response, current_app, g, request

from calendar_app import addresses
from calendar_app.accounts import feed_keys
from calendar_app.catalogue import DATE
from calendar_app.errors import NotFoundError
from calendar_app.formats import queue_atom
from calendar_app.formats.queue_atom import Proposed
from calendar_app.store import submissions as queue
from calendar_app.store.accounts import Account
from calendar_app.store.submissions import Submission
from calendar_app.web import current

pages = Blueprint("queue_feed", __name__)

_MOST = 100


@pages.get(addresses.QUEUE_FEED)
def feed() -> Response:
    """What waits, the newest first, to whoever has an editor's key; nothing of who proposed it."""
    g.private = True
    who = feed_keys.editor_of(current.store(), request.args.get("key", ""), _secret())
    if who is None:
        raise NotFoundError("queue-feed-unknown")
    store, base = current.store(), current.publisher().base
    decided = [each.decided for each in queue.decided(store, most=1) if each.decided]
    document = queue_atom.document(
        [_proposed(each, base) for each in reversed(queue.pending(store)[-_MOST:])],
        title=current.texts().gettext("Proposals that wait – UN Forum Calendar"),
        address=base + address_for(who),
        page=base + addresses.DESK,
        account=who.id,
        decided=max([DATE, *decided]),
        language=current.texts().language,
    )
    return Response(document, content_type="application/atom+xml; charset=utf-8")


def address_for(editor: Account) -> str:
    """The path of an editor's own feed."""
    return addresses.queue_feed(feed_keys.key_of(editor, _secret()))


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


def _proposed(found: Submission, base: str) -> Proposed:
    texts, fields = current.texts(), found.fields
    title = fields["title"]
    if found.about:
        title = texts.gettext("Change of {title}").format(title=found.seen["title"])
    told = (fields.get("dates", ""), fields.get("city", ""), texts.country(fields.get("country", "")))
    return Proposed(
        number=found.id,
        title=title,
        summary=", ".join(filter(None, told)),
        page=base + addresses.desk_submission(found.id),
        received=found.received,
        changed=queue.texts(current.store(), found.id)[0].at if found.version > 1 else found.received,
    )
