"""Atom (RFC 4287): what changed in a selection, an entry a revision."""

import uuid
from collections.abc import Iterable
from xml.etree import ElementTree as Xml

from calendar_app import addresses
from calendar_app.changes import News, What
from calendar_app.formats import atom, news, telling
from calendar_app.formats.feed import Context, Feed


def entry(told: News, context: Context) -> bytes:
    """The entry of a revision (RFC 4287 §4.1.2); its id is the revision's for good."""
    event = told.after
    element = Xml.Element("entry")
    atom.add(element, "id", uuid.uuid5(uuid.UUID(event.uid), str(event.sequence)).urn)
    atom.add(element, "title", news.headline(told, context))
    atom.add(element, "updated", telling.moment(told.at))
    # An entry with content needs no link (§4.1.2); that of a withdrawn event would tell its title.
    if What.WITHDRAWN not in told.what:
        page = context.base + addresses.event(event.slug)
        atom.add(element, "link", rel="alternate", type="text/html", href=page)
    for each in told.what:
        atom.add(element, "category", term=each)
    atom.add(element, "content", "\n".join(news.lines(told, context)), type="text")
    return atom.written(element) + b"\n"


def document(feed: Feed, told: Iterable[News], context: Context) -> bytes:
    """The feed of these revisions, the newest first."""
    return atom.document(feed, [entry(each, context) for each in told])
