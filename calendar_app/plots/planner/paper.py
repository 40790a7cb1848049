"""SVG elements: attributes only, numbers as short as they are exact, text that XML allows."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FONTS = "Inter, Roboto, Helvetica Neue, Arial Nova, Liberation Sans, Arial, sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of a sheet: the tokens of the stylesheet, by daylight or at night."""

    paper: str
    wash: str
    line: str
    edge: str
    ink: str
    alert: str
    sun: str = "#ffd21f"
    shade: str = "#141c19"  # round yellow, whatever it lies on


DAY = Palette(paper="#ffffff", wash="#f3f4ef", line="#cdd2cb", edge="#6a746e", ink="#141c19", alert="#b8141b")
NIGHT = Palette(paper="#101513", wash="#1a211e", line="#36413c", edge="#86938c", ink="#edf1ec", alert="#ff7b72")


def document(width: int, height: int, colours: Palette) -> Xml.Element:
    """A drawing of this size."""
    box = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    look = {"font-family": _FONTS, "font-size": "17", "fill": colours.ink}
    return Xml.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **box, **look})


def add(parent: Xml.Element, tag: str, text: str = "", /, **attributes: object) -> Xml.Element:
    """A new element in another; `font_size` is the attribute font-size."""
    told = {name.rstrip("_").replace("_", "-"): _written(value) for name, value in attributes.items()}
    element = Xml.SubElement(parent, tag, told)
    if text:
        element.text = _FORBIDDEN.sub("", text)
    return element


def number(value: float) -> str:
    """A number with one decimal at the most: "12" or "12.5"."""
    return f"{value:.1f}".removesuffix(".0")


def written(element: Xml.Element) -> bytes:
    """The drawing as a file."""
    return bytes(Xml.tostring(element, encoding="utf-8")) + b"\n"


def _written(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)
