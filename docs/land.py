"""Makes the land of the map from Natural Earth's: projected, simplified, and cut to the map's panels.

    python docs/land.py land-110m.json land-50m.json

The files are those of the npm package world-atlas 2.0.2. See calendar_app/plots/map/land/README.md.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from calendar_app.plots.map.panels import CENTRE, EUROPE, WORLD, Panel

Point = tuple[float, float]
FOLDER = Path(__file__).parents[1] / "calendar_app" / "plots" / "map" / "land"
SOUTHERNMOST = -60  # what lies wholly beyond is Antarctica, which the map leaves out
# In square units of a panel: what a corner adds at the least to be kept, and an island to be drawn.
DETAIL = {"world": 1.5, "europe": 2.0}
ISLAND = {"world": 3.0, "europe": 8.0}
MARGIN = 4  # units beyond a panel's edges that are kept, so that no coast is drawn along them
LINE = 120
WEST = CENTRE - 180


def main(small: str, medium: str) -> None:
    """Writes the land of both panels."""
    for panel, source in ((WORLD, small), (EUROPE, medium)):
        commands = " ".join(filter(None, (_ring(ring, panel) for ring in _rings(json.loads(Path(source).read_text())))))
        (FOLDER / f"{panel.name}.txt").write_text("\n".join(_lines(commands)) + "\n", "ascii")
        print(f"{panel.name}: {len(commands)} bytes")


def _rings(topology: dict[str, Any]) -> Iterable[list[Point]]:
    """The rings of a TopoJSON file as degrees east and north, each without a jump where the globe closes."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for numbers in polygon:
                yield _closed([point for number in numbers for point in _arc(arcs, number)[:-1]])


def _arc(arcs: Sequence[list[Point]], number: int) -> list[Point]:
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def _closed(ring: list[Point]) -> list[Point]:
    unwound = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((longitude - unwound[-1][0]) / 360)
        unwound.append((longitude - 360 * turns, latitude))
    middle = (min(unwound)[0] + max(unwound)[0]) / 2
    turns = (middle - WEST) // 360
    # The world is cut where it parts no more than the tip of an island.
    return [(min(max(longitude - 360 * turns, WEST), WEST + 359.99), latitude) for longitude, latitude in unwound]


def _ring(ring: list[Point], panel: Panel) -> str:
    """The commands of one ring; "" if it is not on the panel, or too small to be seen."""
    if max(latitude for _, latitude in ring) < SOUTHERNMOST:
        return ""
    points = [panel.project(latitude, longitude) for longitude, latitude in ring]
    points = _simple(_cut(points, panel), DETAIL[panel.name])
    if len(points) < 3 or abs(_area(points)) < ISLAND[panel.name]:
        return ""
    rounded = [(round(x), round(y)) for x, y in points]
    kept = [point for number, point in enumerate(rounded) if point != rounded[number - 1]]
    if len(kept) < 3:
        return ""
    steps = [(x - px, y - py) for (px, py), (x, y) in pairwise(kept)]
    return _told("M", [kept[0]]) + _told("l", steps) + "z"


def _told(command: str, pairs: Iterable[tuple[int, int]]) -> str:
    """A command with its numbers, parted by as little as can be."""
    told = " ".join(str(number) for pair in pairs for number in pair)
    return command + told.replace(" -", "-")


def _cut(points: list[Point], panel: Panel) -> list[Point]:
    """What of a ring lies on a panel (Sutherland and Hodgman)."""
    edges = ((0, -MARGIN, 1), (0, panel.width + MARGIN, -1), (1, -MARGIN, 1), (1, panel.height + MARGIN, -1))
    for axis, limit, side in edges:
        found: list[Point] = []
        for number, point in enumerate(points):
            before = points[number - 1]
            inside, was = (side * (each[axis] - limit) >= 0 for each in (point, before))
            if inside != was:
                part = (limit - before[axis]) / (point[axis] - before[axis])
                found.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
            if inside:
                found.append(point)
        points = found
    return points


def _simple(points: list[Point], least: float) -> list[Point]:
    """A ring without the corners that add too little to it (Visvalingam and Whyatt), the least first."""
    kept = list(points)
    while len(kept) > 3:
        sizes = [abs(_area([kept[n - 1], kept[n], kept[(n + 1) % len(kept)]])) for n in range(len(kept))]
        smallest = min(range(len(kept)), key=sizes.__getitem__)
        if sizes[smallest] >= least:
            break
        del kept[smallest]
    return kept


def _area(points: Sequence[Point]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def _lines(commands: str) -> Iterable[str]:
    """The commands in lines that break where a line break changes nothing: before a space, which starts the next."""
    while len(commands) > LINE:
        at = commands.rfind(" ", 1, LINE)
        yield commands[:at]
        commands = commands[at:]
    yield commands


if __name__ == "__main__":
    main(*sys.argv[1:])
