"""The two panels of a map, the world and Europe on a larger scale: how each is projected, and its land."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import asin, cos, radians, sin, sqrt

# From where to where each panel goes, in degrees. The world is cut in the Bering Strait, which parts no land, and
# ends south of Tierra del Fuego.
CENTRE, _NORTH, _SOUTH = 11.0, 84.0, -57.0
EUROPE_WEST, EUROPE_EAST, EUROPE_NORTH, EUROPE_SOUTH = -12.5, 37.0, 61.5, 34.5
_PARALLEL = 48.0  # that is true to scale in the panel of Europe
_WORLD_WIDTH, _EUROPE_WIDTH = 1000, 600
# Equal Earth: B. Šavrič, T. Patterson and B. Jenny, International Journal of Geographical Information Science 33
# (2018), https://doi.org/10.1080/13658816.2018.1504949, equations 7 and 8.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796

# From degrees north and east (WGS 84) to units of a panel, right and down from its corner.
Projection = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One drawing: its size in units, where places are on it, and its land as the commands of a path.

    `small` and `large` are sizes of type, for a wide screen and for a phone, on which the panel is smaller.
    """

    name: str
    width: int
    height: int
    project: Projection
    small: int
    large: int

    @property
    def land(self) -> str:
        """The land in it, as an SVG path."""
        return _land(self.name)

    def holds(self, x: float, y: float, *, inside: float = 0) -> bool:
        """Whether a point is in it, at least so far inside its edges."""
        return inside <= x <= self.width - inside and inside <= y <= self.height - inside


def equal_earth(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a place is on a globe of radius 1: right of its central meridian and up from the equator, equal in area.

    `longitude` is counted from the central meridian; both are degrees.
    """
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    x = 2 * sqrt(3) * radians(longitude) * cos(theta) / (3 * slope)
    return x, theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


def in_europe(latitude: float, longitude: float) -> bool:
    """Whether a place is on the panel of Europe."""
    return EUROPE_WEST <= longitude <= EUROPE_EAST and EUROPE_SOUTH <= latitude <= EUROPE_NORTH


def _on_world(latitude: float, longitude: float) -> tuple[float, float]:
    x, y = equal_earth(latitude, (longitude - CENTRE + 180) % 360 - 180)
    return _WORLD_WIDTH / 2 + x * _WORLD_SCALE, (_TOP - y) * _WORLD_SCALE


def _on_europe(latitude: float, longitude: float) -> tuple[float, float]:
    """Equirectangular: meridians and parallels as straight lines, true to scale on one parallel."""
    across = (longitude - EUROPE_WEST) * cos(radians(_PARALLEL))
    return across * _EUROPE_SCALE, (EUROPE_NORTH - latitude) * _EUROPE_SCALE


@cache
def _land(name: str) -> str:
    file = resources.files("calendar_app").joinpath("plots", "map", "land", f"{name}.txt")
    return file.read_text("ascii").replace("\n", "")


_TOP, _BOTTOM = (equal_earth(latitude, 0)[1] for latitude in (_NORTH, _SOUTH))
_WORLD_SCALE = _WORLD_WIDTH / 2 / equal_earth(0, 180)[0]
_EUROPE_SCALE = _EUROPE_WIDTH / ((EUROPE_EAST - EUROPE_WEST) * cos(radians(_PARALLEL)))

WORLD = Panel(
    name="world",
    width=_WORLD_WIDTH,
    height=round((_TOP - _BOTTOM) * _WORLD_SCALE),
    project=_on_world,
    small=17,
    large=38,
)
EUROPE = Panel(
    name="europe",
    width=_EUROPE_WIDTH,
    height=round((EUROPE_NORTH - EUROPE_SOUTH) * _EUROPE_SCALE),
    project=_on_europe,
    small=17,
    large=24,
)
