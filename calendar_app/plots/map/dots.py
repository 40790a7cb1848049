"""Dots: a place each, its area by its number of events, moved aside where they would cover one another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, radians, sin, sqrt

from calendar_app.plots.map.panels import Panel

# Units: of one event while there are few in each place, and of the place with the most.
_ONE, _LARGEST = 6.0, 40.0
# Units between dots, and how far one is moved at the most; then it may lie on another, small ones on top.
_APART, _FARTHEST, _STEP = 2.0, 60, 4
_TURNS = tuple(turn * side for turn in range(0, 181, 15) for side in ((1,) if turn in {0, 180} else (1, -1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is drawn as a dot: where it lies (WGS 84 degrees), how many events it holds, and where its link leads.

    `told` says it in words. `many` are several places in one, drawn as a ring.
    """

    name: str
    told: str
    latitude: float
    longitude: float
    number: int
    address: str
    many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A place as it is drawn, in units of its panel; `home` is where it lies if it was moved out of its own circle."""

    place: Place
    x: float
    y: float
    radius: float
    home: tuple[float, float] | None = None

    def meets(self, x: float, y: float, radius: float) -> bool:
        """Whether a circle comes too close."""
        return hypot(self.x - x, self.y - y) < self.radius + radius + _APART


def lay(places: Sequence[Place], panel: Panel, *, most: int) -> tuple[Dot, ...]:
    """The places of a panel, those with the most events first; `most` is what the largest of all panels holds."""
    unit = min(_ONE, _LARGEST / sqrt(max(most, 1)))
    laid: list[Dot] = []
    for place in sorted(places, key=lambda each: (-each.number, each.name, each.latitude, each.longitude)):
        x, y = panel.project(place.latitude, place.longitude)
        dot = Dot(place=place, x=round(x, 1), y=round(y, 1), radius=round(sqrt(place.number) * unit, 1))
        laid.append(_aside(dot, laid, panel))
    return tuple(laid)


def _aside(dot: Dot, laid: Sequence[Dot], panel: Panel) -> Dot:
    """The dot where it lies if that is free, or else the nearest free place, away from what is in the way first."""
    near = [other for other in laid if other.meets(dot.x, dot.y, dot.radius)]
    if not near:
        return dot
    dx, dy = dot.x - near[0].x, dot.y - near[0].y
    length = hypot(dx, dy)
    # What lies on the very place of another goes east.
    east, south = (dx / length, dy / length) if length else (1.0, 0.0)
    for far in range(_STEP, _FARTHEST + 1, _STEP):
        for turn in _TURNS:
            c, s = cos(radians(turn)), sin(radians(turn))
            x, y = dot.x + far * (east * c - south * s), dot.y + far * (east * s + south * c)
            free = panel.holds(x, y, inside=dot.radius) and not any(o.meets(x, y, dot.radius) for o in laid)
            if free:
                return replace(dot, x=round(x, 1), y=round(y, 1), home=(dot.x, dot.y) if far > dot.radius else None)
    return dot
