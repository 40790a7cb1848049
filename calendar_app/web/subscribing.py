"""The Subscribe panel: the ways into each client for exactly the selection on screen."""

import ipaddress
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from calendar_app import addresses, publish, titles
from calendar_app.publish import Publisher
from calendar_app.selection import Selection
from calendar_app.store import search, series

# Names that only a machine or its network knows (RFC 6761, 6762, 8375; .internal is ICANN's).
_LONGEST_GOOGLE = 255
_LOCAL = (".localhost", ".local", ".home.arpa", ".internal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed and the links that bring it into each client. `local` where Google and Outlook can't reach it.

    `waiting` counts the events that no calendar shows yet, since not even their month is settled; from a
    `rolling` feed an event leaves when it is over.
    """

    name: str
    address: str
    webcal: str
    google: str
    outlook: str
    office: str
    download: str
    local: bool
    waiting: int = 0
    rolling: bool = False

    @property
    def too_long(self) -> bool:
        """Whether Google's link would fail without a word: it does past about 256 characters."""
        return len(self.webcal) > _LONGEST_GOOGLE


def of(publisher: Publisher, selection: Selection, *, today: date) -> Subscription:
    """How to subscribe to a selection; `today` (UTC) is the day of the request."""
    path = publish.shortest(selection)
    name = titles.of_feed(selection, publisher.texts, series.directory(publisher.store))
    address = publisher.base + path
    return Subscription(
        name=name,
        address=address,
        webcal=addresses.webcal(address),
        google=addresses.google(address),
        outlook=addresses.outlook(address, name),
        office=addresses.outlook(address, name, host="outlook.office.com"),
        download=path,
        local=is_local(publisher.base),
        waiting=search.count(publisher.store, selection.at(today), undated=True),
        rolling=selection.when == "upcoming",
    )


def is_local(base: str) -> bool:
    """Whether a base address can be reached from this machine or network alone."""
    host = urlsplit(base).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(_LOCAL)
