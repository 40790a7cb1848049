"""How an event is drawn on its line: solid, dashed, in brackets or struck, and what another source says of it."""

from xml.etree import ElementTree as Xml

from calendar_app.plots.planner.axis import WIDTH, Stretch
from calendar_app.plots.planner.paper import Palette, add
from calendar_app.plots.planner.paper import number as n
from calendar_app.plots.planner.rows import Mark, Rival
from calendar_app.spans import Precision

THICK = 14.0
_POINT = 7.0
_DASHES, _DOTS = "3 2", "1 6"


def draw(parent: Xml.Element, mark: Mark, middle: float, colours: Palette) -> None:
    """Draws an event; `middle` is that of its line."""
    event, stretch = mark.entry.event, mark.stretch
    dashed = event.expected or event.unverified
    if event.span.precision is not Precision.DAY:
        brackets(parent, stretch, middle, colours.alert if event.off else colours.ink, colours.edge, dashed=dashed)
    elif event.off:
        hollow(parent, stretch, middle, colours.alert, colours.paper)
    elif dashed:
        hollow(parent, stretch, middle, colours.ink, colours.paper, dashed=True)
    else:
        solid(parent, stretch, middle, colours.ink)
    if event.off:
        strike(parent, stretch, middle, colours.alert)
    elif event.plans:
        stripe(parent, stretch, middle, colours)
    for rival in mark.rivals:
        told(parent, rival, middle, colours.alert)


def solid(parent: Xml.Element, stretch: Stretch, middle: float, ink: str) -> None:
    """The days are known."""
    add(parent, "path", d=_bar(stretch, middle), fill=ink)


def hollow(parent: Xml.Element, stretch: Stretch, middle: float, ink: str, paper: str, *, dashed: bool = False) -> None:
    """The days are told, but not confirmed (dashed), or it is not held."""
    dashes = {"stroke_dasharray": _DASHES} if dashed else {}
    add(parent, "path", d=_bar(stretch, middle, inset=1), fill=paper, stroke=ink, stroke_width=2, **dashes)


def brackets(
    parent: Xml.Element, stretch: Stretch, middle: float, ink: str, edge: str, *, dashed: bool = False
) -> None:
    """Only the months are known."""
    top, bottom = n(middle - 9), n(middle + 9)
    left, right = stretch.left + 1, stretch.right - 1
    inner = left + 8, right - 8
    opening = f"M{n(inner[0])} {top}H{n(left)}V{bottom}H{n(inner[0])}"
    closing = f"M{n(inner[1])} {top}H{n(right)}V{bottom}H{n(inner[1])}"
    if stretch.before:
        opening = f"M{n(inner[0])} {top}L{n(left)} {n(middle)}L{n(inner[0])} {bottom}"
    if stretch.after:
        closing = f"M{n(inner[1])} {top}L{n(right)} {n(middle)}L{n(inner[1])} {bottom}"
    dashes = {"stroke_dasharray": _DASHES} if dashed else {}
    add(parent, "path", d=opening + closing, fill="none", stroke=ink, stroke_width=2.5, **dashes)
    dots = f"M{n(left + 13)} {n(middle)}H{n(right - 11)}"
    add(parent, "path", d=dots, stroke=edge, stroke_width=2.5, stroke_dasharray=_DOTS)


def strike(parent: Xml.Element, stretch: Stretch, middle: float, ink: str) -> None:
    """It is cancelled or postponed: a line through it."""
    left, right = max(0.0, stretch.left - 3), min(float(WIDTH), stretch.right + 3)
    add(parent, "path", d=f"M{n(left)} {n(middle)}H{n(right)}", stroke=ink, stroke_width=2.5)


def stripe(parent: Xml.Element, stretch: Stretch, middle: float, colours: Palette) -> None:
    """It was moved: a yellow stripe along it, edged so that it shows on paper too."""
    line = f"M{n(stretch.left)} {n(middle)}H{n(stretch.right)}"
    add(parent, "path", d=line, stroke=colours.shade, stroke_width=6)
    add(parent, "path", d=line, stroke=colours.sun, stroke_width=4)


def told(parent: Xml.Element, rival: Rival, middle: float, ink: str) -> None:
    """What another source says: a thin line."""
    at = middle + THICK / 2 + 2.5 if rival.under else middle
    line = f"M{n(rival.stretch.left)} {n(at)}H{n(rival.stretch.right)}"
    add(parent, "path", d=line, stroke=ink, stroke_width=4, **({"stroke_dasharray": "2 4"} if rival.vague else {}))


def _bar(stretch: Stretch, middle: float, *, inset: float = 0) -> str:
    left, right = stretch.left + inset, stretch.right - inset
    top, bottom = n(middle - THICK / 2 + inset), n(middle + THICK / 2 - inset)
    point = min(_POINT, (right - left) / 2)
    start = f"M{n(left)} {n(middle)}L{n(left + point)} {top}" if stretch.before else f"M{n(left)} {top}"
    end = f"H{n(right - point)}L{n(right)} {n(middle)}L{n(right - point)} {bottom}"
    end = end if stretch.after else f"H{n(right)}V{bottom}"
    return f"{start}{end}H{n(left + point if stretch.before else left)}Z"
