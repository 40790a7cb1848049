"""Atom (RFC 4287): proposals that wait, for editors' feed readers; not for the public."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as Xml

from calendar_app.formats import atom, telling

# The namespace of our ids (RFC 9562 §5.5), made once.
_OURS = uuid.UUID("5b0a3f6e-8c1d-4d0e-9a57-2f4b7c9e61d3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal that waits: its number and title, when and where it is to be, and its page at the desk.

    Moments are UTC. `changed` is when its text was sent last.
    """

    number: int
    title: str
    summary: str
    page: str
    received: datetime
    changed: datetime


def document(
    proposals: Sequence[Proposed],
    *,
    title: str,
    address: str,
    page: str,
    account: int,
    decided: datetime,
    language: str,
) -> bytes:
    """The feed of what waits, in the order given; `decided` is when something last went out of it (UTC)."""
    element = Xml.Element("feed", {"xmlns": atom.NAMESPACE, "xml:lang": language})
    atom.add(element, "id", uuid.uuid5(_OURS, f"account {account}").urn)
    atom.add(element, "title", title)
    atom.add(element, "updated", telling.moment(max([decided, *(each.changed for each in proposals)])))
    atom.add(element, "link", rel="self", type="application/atom+xml", href=address)
    atom.add(element, "link", rel="alternate", type="text/html", href=page)
    atom.add(Xml.SubElement(element, "author"), "name", "UN Forum Calendar")
    return atom.enclosed(element, [_entry(each) for each in proposals])


def _entry(proposal: Proposed) -> bytes:
    element = Xml.Element("entry")
    atom.add(element, "id", uuid.uuid5(_OURS, f"{proposal.number} {telling.moment(proposal.received)}").urn)
    atom.add(element, "title", proposal.title)
    atom.add(element, "published", telling.moment(proposal.received))
    atom.add(element, "updated", telling.moment(proposal.changed))
    atom.add(element, "link", rel="alternate", type="text/html", href=proposal.page)
    atom.add(element, "summary", proposal.summary)
    return atom.written(element) + b"\n"
