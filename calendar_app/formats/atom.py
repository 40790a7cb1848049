"""Atom (RFC 4287): what is coming, for feed readers."""

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from calendar_app import addresses
from calendar_app.formats import news, telling
from calendar_app.formats.feed import Context, Feed
from calendar_app.formats.layers import Item
from calendar_app.topics import THEMES

NAMESPACE = "http://www.w3.org/2005/Atom"
_SDG_SCHEME = "http://metadata.un.org/sdg/"
_END = b"</feed>\n"


def entry(item: Item, context: Context) -> bytes:
    """The entry of an item (RFC 4287 §4.1.2); its id is the event's for good."""
    event, gettext = item.event, context.texts.gettext
    page = context.base + addresses.event(event.slug)
    element = Xml.Element("entry")
    add(element, "id", f"urn:uuid:{event.uid}")
    add(element, "title", telling.title(event, context))
    add(element, "updated", telling.moment(event.stamp))
    add(element, "link", rel="alternate", type="text/html", href=page)
    file = context.base + addresses.event_file(event.slug)
    add(element, "link", rel="related", type="text/calendar", href=file)
    for theme in event.themes:
        add(element, "category", term=theme, label=gettext(THEMES[theme].name))
    for number in event.sdgs:
        add(
            element,
            "category",
            term=str(number),
            scheme=_SDG_SCHEME,
            label=gettext("SDG {number}").format(number=number),
        )
    where = telling.location(event, context)
    add(element, "summary", ", ".join(filter(None, (news.when(event, context), where))))
    add(element, "content", telling.description(event, context), type="text")
    return written(element) + b"\n"


def document(feed: Feed, entries: Sequence[bytes]) -> bytes:
    """The feed that holds these entries (RFC 4287 §4.1.1)."""
    element = Xml.Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.texts.language})
    add(element, "id", f"urn:uuid:{feed.uid}")
    add(element, "title", feed.name)
    add(element, "subtitle", telling.calendar(feed, empty=not entries))
    add(element, "updated", telling.moment(feed.changed))
    add(element, "link", rel="self", type="application/atom+xml", href=feed.address)
    add(element, "link", rel="alternate", type="text/html", href=feed.page)
    add(Xml.SubElement(element, "author"), "name", "UN Forum Calendar")
    add(element, "generator", "UN Forum Calendar")
    return enclosed(element, entries)


def enclosed(element: Xml.Element, entries: Sequence[bytes]) -> bytes:
    """A feed's own element with these entries in it, as a document."""
    head = written(element).removesuffix(_END.strip())
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + head + b"\n" + b"".join(entries) + _END


def add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> None:
    """Adds an element with its text, less what XML forbids."""
    element = Xml.SubElement(parent, name, {key: telling.plain(value) for key, value in attributes.items()})
    element.text = telling.plain(text) or None


def written(element: Xml.Element) -> bytes:
    """An element as bytes."""
    return bytes(Xml.tostring(element, encoding="utf-8", xml_declaration=False))
