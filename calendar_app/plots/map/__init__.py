"""A map: the places of a selection as dots over the land of the world, and those of Europe on a larger scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from calendar_app.plots.map import dots, labels
from calendar_app.plots.map.dots import Dot, Place
from calendar_app.plots.map.labels import Label
from calendar_app.plots.map.panels import (
    EUROPE,
    EUROPE_EAST,
    EUROPE_NORTH,
    EUROPE_SOUTH,
    EUROPE_WEST,
    WORLD,
    Panel,
    in_europe,
)

__all__ = ["EUROPE", "WORLD", "Drawing", "Mark", "Place", "draw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A dot with its name, at a wide screen's size and at a phone's; None where there is no room for it."""

    dot: Dot
    small: Label | None
    large: Label | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A panel and what is on it, the largest first; `frame` is the outline of what another panel enlarges."""

    panel: Panel
    marks: tuple[Mark, ...]
    frame: str = ""


def draw(places: Sequence[Place], *, europe: str, told: str, address: str) -> tuple[Drawing, ...]:
    """The world, and if two places or more lie in Europe, which is one ring of the world then, Europe.

    `europe` is what the ring is called, `told` what it says in words, `address` where it leads.
    """
    near = [place for place in places if in_europe(place.latitude, place.longitude)]
    if len(near) < 2:
        return (_drawn(places, WORLD, most=_most(places)),)
    ring = Place(
        name=europe,
        told=told,
        latitude=(EUROPE_NORTH + EUROPE_SOUTH) / 2,
        longitude=(EUROPE_EAST + EUROPE_WEST) / 2,
        number=sum(place.number for place in near),
        address=address,
        many=True,
    )
    far = [place for place in places if place not in near]
    most = _most([*far, ring])
    return _drawn([*far, ring], WORLD, most=most, frame=_frame()), _drawn(near, EUROPE, most=most)


def _most(places: Sequence[Place]) -> int:
    return max((place.number for place in places), default=1)


def _drawn(places: Sequence[Place], panel: Panel, *, most: int, frame: str = "") -> Drawing:
    laid = dots.lay(places, panel, most=most)
    small, large = (labels.lay(laid, panel, size=size) for size in (panel.small, panel.large))
    marks = tuple(Mark(dot=dot, small=small.get(dot), large=large.get(dot)) for dot in laid)
    return Drawing(panel=panel, marks=marks, frame=frame)


def _frame() -> str:
    """Where the panel of Europe lies in the world; its sides are meridians, bent a little."""
    middle = (EUROPE_NORTH + EUROPE_SOUTH) / 2
    east, west = ([(lat, lon) for lat in (EUROPE_NORTH, middle, EUROPE_SOUTH)] for lon in (EUROPE_EAST, EUROPE_WEST))
    points = (WORLD.project(latitude, longitude) for latitude, longitude in [*east, *west[::-1]])
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "Z"
