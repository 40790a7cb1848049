"""Journeys: whether enough time lies between two events in two cities for people who are wanted at both.

The rule is plain, so that anyone can check it: a journey takes no free day up to 500 km (an evening by train or plane),
one up to 9,000 km, and two beyond, in a straight line between the cities. A free day is a whole day after the last of
the one and before the first of the other. It holds where both are held in a city, not online alone, on known days.

The same people may be wanted at both where ITU has the same role at both, or convenes one of them, alone or with
others: its own governing bodies and conferences want people of every role.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from calendar_app.events import Event, Series, convener_of, roles_of
from calendar_app.places import City, find_city
from calendar_app.spans import Precision
from calendar_app.topics import Mode

# Up to how many kilometres so many free days are enough.
NO_DAY, ONE_DAY = 500, 9_000
MOST_FREE_DAYS = 2
_RADIUS = 6371.0  # of the Earth, kilometres
_ITU = re.compile(r"\bITU\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A way for which too little time is left: between two cities, in kilometres.

    `free` is how many free days lie between, -1 where both are on one day; `needed` how many the way takes.
    """

    start: str
    end: str
    km: int
    free: int
    needed: int


def hurried(one: Event, other: Event, series: Mapping[str, Series]) -> Journey | None:
    """The journey from one event to a later one, if the same people may be wanted at both and it takes more days."""
    if not one.span.precision is other.span.precision is Precision.DAY or not _same_people(one, other, series):
        return None
    start, end = _city(one), _city(other)
    if start is None or end is None:
        return None
    km, free = kilometres(start, end), (other.span.first - one.span.last).days - 1
    needed = 0 if km <= NO_DAY else 1 if km <= ONE_DAY else MOST_FREE_DAYS
    if km <= NO_DAY or free >= needed:
        return None
    return Journey(start=start.name, end=end.name, km=km, free=free, needed=needed)


def kilometres(one: City, other: City) -> int:
    """How far two cities are apart, along the great circle."""
    return round(_distance(one.latitude, one.longitude, other.latitude, other.longitude))


def _same_people(one: Event, other: Event, series: Mapping[str, Series]) -> bool:
    """Whether people may be wanted at both: ITU convenes one of them, or has one role at both."""
    pairs = [(event, series.get(event.series)) for event in (one, other)]
    if any(_ITU.search(convener_of(event, its_series)) for event, its_series in pairs):
        return True
    return bool(set.intersection(*(set(roles_of(event, its_series)) for event, its_series in pairs)))


def _city(event: Event) -> City | None:
    """Where one has to be for it; None if it is online alone, or nobody knows."""
    return find_city(event.city, event.country) if event.city and event.mode is not Mode.ONLINE else None


@lru_cache(maxsize=4096)
def _distance(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The length of the great circle between two points (WGS 84 degrees) in kilometres, by the haversine formula."""
    south, north = radians(latitude), radians(other_latitude)
    east, up = radians(other_longitude - longitude), north - south
    half = sin(up / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * _RADIUS * asin(sqrt(half))
