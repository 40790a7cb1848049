"""The IANA zone that a calendar program means by a name of its own."""

from collections.abc import Mapping
from functools import cache

from calendar_app.spans import ZONES


def find(name: str, located: Mapping[str, str], windows: Mapping[str, str]) -> str:
    """The zone of a TZID; "" if it is not known for certain.

    `located` are the places that the file itself gives its zones, `windows` the names that Windows has for zones.
    """
    for known in (name, located.get(name, ""), windows.get(name, "")):
        if zone := _zone(known):
            return zone
    return ""


def _zone(name: str) -> str:
    """A zone by its name, or by the end of a longer one: "/freeassociation.sourceforge.net/Europe/Zurich"."""
    parts = [part for part in name.strip(' "/').split("/") if part][-8:]
    ends = ("/".join(parts[start:]) for start in range(len(parts)))
    # A vendor's name ends in a zone of two parts or more; "Eastern" alone would fit too much.
    known = (_folded().get(end.casefold(), "") for end in ends if len(parts) == 1 or "/" in end)
    return next(filter(None, known), "")


@cache
def _folded() -> dict[str, str]:
    return {zone.casefold(): zone for zone in ZONES}
