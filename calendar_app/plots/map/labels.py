"""Labels: the names of dots, as many as there is room for, none over another or over a dot."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from calendar_app.plots import widths
from calendar_app.plots.map.dots import Dot
from calendar_app.plots.map.panels import Panel

_GAP = 4.0  # units between a dot and its label
_ASCENT, _DESCENT = 0.8, 0.25  # of a line, in parts of its size
# Where a label may stand by its dot, the best first: by which end of it, and where from the dot's centre, in parts of
# the dot's radius. Above and below it may go either way.
_SIDES = (
    ("start", 1.0, 0.0),
    ("end", -1.0, 0.0),
    ("middle", 0.0, -1.0),
    ("middle", 0.0, 1.0),
    ("start", 0.75, -0.75),
    ("start", 0.75, 0.75),
    ("end", -0.75, -0.75),
    ("end", -0.75, 0.75),
    ("start", 1.0, -0.5),
    ("start", 1.0, 0.5),
    ("end", -1.0, -0.5),
    ("end", -1.0, 0.5),
    ("start", -1.0, -1.0),
    ("start", -1.0, 1.0),
    ("end", 1.0, -1.0),
    ("end", 1.0, 1.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle of a panel, in its units."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two have anything in common."""
        apart = other.right <= self.left or other.left >= self.right
        return not (apart or other.bottom <= self.top or other.top >= self.bottom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text where it stands: its baseline at `y`, and at `x` its start, middle or end, as `anchor` says."""

    text: str
    x: float
    y: float
    anchor: str


def lay(dots: Sequence[Dot], panel: Panel, *, size: int) -> dict[Dot, Label]:
    """Name and number of each dot that has room for them, or its name alone, in type of this size; the first first."""
    taken = [_around(dot) for dot in dots]
    laid: dict[Dot, Label] = {}
    for dot in dots:
        for label in _offered(dot, size):
            box = _box(label, size)
            whole = panel.holds(box.left, box.top) and panel.holds(box.right, box.bottom)
            if whole and not any(box.meets(other) for other in taken):
                laid[dot] = label
                taken.append(box)
                break
    return laid


def _around(dot: Dot) -> Box:
    return Box(left=dot.x - dot.radius, top=dot.y - dot.radius, right=dot.x + dot.radius, bottom=dot.y + dot.radius)


def _offered(dot: Dot, size: int) -> list[Label]:
    offered = []
    texts = (f"{dot.place.name} {dot.place.number}", dot.place.name)
    for text, (anchor, across, down) in product(texts, _SIDES):
        away = dot.radius + _GAP
        # Above, it stands on the dot; below, it hangs from it; beside, its middle is level with the dot's.
        height = {-1.0: -_DESCENT, 1.0: _ASCENT}.get(down, (_ASCENT - _DESCENT) / 2)
        x, y = dot.x + across * away, dot.y + down * away + height * size
        offered.append(Label(text=text, x=round(x, 1), y=round(y, 1), anchor=anchor))
    return offered


def _box(label: Label, size: int) -> Box:
    width = widths.width(label.text, size, bold=True)
    left = label.x - width * {"start": 0, "middle": 0.5, "end": 1}[label.anchor]
    top, bottom = label.y - _ASCENT * size, label.y + _DESCENT * size
    return Box(left=left, top=top, right=left + width, bottom=bottom)
