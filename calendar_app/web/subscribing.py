"""The Subscribe panel: the ways into each client for exactly the selection on screen."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from calendar_app import addresses, publish, titles
from calendar_app.publish import Publisher
from calendar_app.selection import Selection
from calendar_app.store import series

_LOCAL = ("localhost", "127.", "10.", "192.168.", "0.0.0.0", "::1", "[::1]")  # noqa: S104 - compared, not bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed and the links that bring it into each client. `local` where Google and Outlook can't reach it."""

    name: str
    address: str
    webcal: str
    google: str
    outlook: str
    office: str
    download: str
    local: bool


def of(publisher: Publisher, selection: Selection) -> Subscription:
    """How to subscribe to a selection."""
    path = publish.shortest(selection)
    return at(publisher, path, titles.of_feed(selection, publisher.texts, series.directory(publisher.store)))


def at(publisher: Publisher, path: str, name: str) -> Subscription:
    """How to subscribe to the feed of a path."""
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
    )


def is_local(base: str) -> bool:
    """Whether a base address can be reached from this machine or network alone."""
    host = urlsplit(base).hostname or ""
    return host.startswith(_LOCAL) or "." not in host
