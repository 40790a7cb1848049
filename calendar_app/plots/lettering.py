"""Text in a picture: the font that is shipped, what it can draw, and where a line ends."""

from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from importlib import resources
from io import BytesIO
from unicodedata import normalize

from PIL import ImageFont

# What the shipped font has letters for (`fonts/README.md`): Latin with all its accents, Greek, Cyrillic.
_LETTERS = (
    *((0x20, 0x7E), (0xA0, 0x148), (0x14A, 0x1C3), (0x1C5, 0x24F), (0x2BB, 0x2BC)),
    *((0x386, 0x386), (0x388, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x45F), (0x490, 0x491)),
    *((0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022)),
    *((0x2026, 0x2026), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2212, 0x2212)),
)
_DRAWN = frozenset(code for first, last in _LETTERS for code in range(first, last + 1))
_MOST = 400  # letters of one text
Face = ImageFont.FreeTypeFont


@cache
def face(size: int, *, bold: bool = False) -> Face:
    """The shipped font at a size in pixels.

    Its letters are set one after the other, since what shapes them further is not on every machine.
    """
    name = "Inter-Bold.otf" if bold else "Inter-Regular.otf"
    data = resources.files("calendar_app.plots").joinpath("fonts", name).read_bytes()
    return ImageFont.truetype(BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def legible(text: str) -> bool:
    """Whether every letter of a text can be drawn."""
    return all(ord(letter) in _DRAWN for letter in normalize("NFC", text))


def drawable(text: str) -> str:
    """What of a text can be drawn, in one line: "COP 30 (COP 30)" of a title with a part in Chinese."""
    told = "".join(letter if ord(letter) in _DRAWN else " " for letter in normalize("NFC", text[:_MOST]))
    return " ".join(told.replace("\N{NO-BREAK SPACE}", " ").split())


def fitted(text: str, sizes: tuple[int, ...], *, width: int, bold: bool = False) -> Face:
    """The font at the first of these sizes at which a text keeps to the width, else at the last."""
    faces = [face(size, bold=bold) for size in sizes]
    return next((found for found in faces if found.getlength(text) <= width), faces[-1])


def lines(text: str, font: Face, *, width: int, most: int) -> list[str]:
    """A text broken into lines of a width in pixels; where it needs more than `most` of them, it ends in "…"."""
    found: list[str] = []
    rest = text.split()
    while rest and len(found) < most:
        taken = _taken(rest, font, width)
        if not taken:
            head, tail = _broken(rest[0], font, width)
            found.append(head)
            rest[0] = tail
            continue
        found.append(" ".join(rest[:taken]))
        del rest[:taken]
    if rest:
        found[-1] = _ended(found[-1], font, width)
    return found


def balanced(text: str, font: Face, *, width: int, most: int) -> list[str]:
    """The same, with the lines as even as they can be in as many, so that no word stands alone in the last."""
    found = lines(text, font, width=width, most=most)
    if not found or found[-1].endswith("…"):
        return found
    for narrower in range(width - 40, width // 2, -40):
        other = lines(text, font, width=narrower, most=most + 1)
        if len(other) > len(found):
            break
        found = other
    return found


def _taken(words: list[str], font: Face, width: int) -> int:
    """How many of the words go into one line."""
    return _fitting(len(words), lambda count: " ".join(words[:count]), font, width)


def _fitting(most: int, text: Callable[[int], str], font: Face, width: int) -> int:
    """How much of something goes into one line, where more of it is never narrower."""
    return bisect_right(range(1, most + 1), float(width), key=lambda count: font.getlength(text(count)))


def _broken(word: str, font: Face, width: int) -> tuple[str, str]:
    count = max(1, _fitting(len(word), lambda letters: word[:letters], font, width))
    return word[:count], word[count:]


def _ended(line: str, font: Face, width: int) -> str:
    while line and font.getlength(f"{line}…") > width:
        line = line[:-1].rstrip()
    return f"{line}…"
