"""An event as a picture of 1200 × 630, for where its address is shared: dates, brackets and bars as on the pages."""

import threading
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from calendar_app.plots import lettering
from calendar_app.plots.lettering import face
from calendar_app.plots.scale import Scale
from calendar_app.spans import Span

SIZE = (1200, 630)
_PAPER, _INK, _SOFT, _EDGE, _LINE = "#ffffff", "#141c19", "#48524d", "#6a746e", "#d3d7d0"
_NOW, _SUN = "#b8141b", "#ffd21f"
_LEFT, _RIGHT = 64, 1136
_TITLE = ((64, 2), (52, 3))
_RULER = 556
_KEPT = 256  # pictures in memory, of about 30 kB each
# One picture is drawn at a time: they cost more than a page, and a stranger may ask for all of them.
_turn = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a picture says. `dates` large with a `note` under them, `state` is a word or "".

    `vague` draws brackets, `dashed` an unconfirmed date, `off` one that was given up. No ruler without a `span`.
    """

    product: str
    title: str
    dates: str = ""
    note: str = ""
    place: str = ""
    state: str = ""
    vague: bool = False
    dashed: bool = False
    off: bool = False
    span: Span | None = None
    scale: Scale | None = None


@lru_cache(maxsize=_KEPT)
def draw(card: Card) -> bytes:
    """The picture of a card as PNG: the same bytes for the same card."""
    with _turn:
        image = Image.new("RGB", SIZE, _PAPER)
        pen = ImageDraw.Draw(image)
        _band(pen, card.product)
        top = _dates(pen, card) if card.dates else 116
        bottom = _title(pen, card, top + 34)
        _place(pen, card, bottom)
        if card.span and card.scale:
            _ruler(pen, card, card.span, card.scale)
        told = BytesIO()
        # Few colours but for the edges of letters: a palette takes a third of the bytes.
        image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(told, "PNG")
        return told.getvalue()


def _band(pen: ImageDraw.ImageDraw, name: str) -> None:
    pen.rectangle((0, 0, SIZE[0], 75), fill=_SUN)
    pen.rectangle((0, 76, SIZE[0], 83), fill=_INK)
    pen.text((_LEFT, 51), name, font=face(34, bold=True), fill=_INK, anchor="ls")


def _dates(pen: ImageDraw.ImageDraw, card: Card) -> int:
    """Draws the date block; gives where it ends."""
    font = lettering.fitted(card.dates, (84, 72, 60, 50), width=_RIGHT - _LEFT - 90, bold=not card.vague)
    top, base = 122, 122 + round(font.size)
    bottom = base + (58 if card.note else 22)
    start, width = _LEFT + (44 if card.vague else 38), font.getlength(card.dates)
    pen.text((start, base), card.dates, font=font, fill=_INK, anchor="ls")
    if card.off:
        _strike(pen, start, base - round(font.size * 0.22), start + width, colour=_NOW, weight=6)
    pen.text((start, base + 46), card.note, font=face(32), fill=_SOFT, anchor="ls")
    if card.vague:
        end = start + max(width, face(32).getlength(card.note)) + 44
        for at, way in ((_LEFT, 1), (round(end), -1)):
            _bracket(pen, at, (top, bottom), way=way, dashed=card.dashed)
    elif card.dashed:
        _dash(pen, (_LEFT + 4, top, _LEFT + 4, bottom), weight=8)
    else:
        pen.rectangle((_LEFT, top, _LEFT + 13, bottom), fill=_NOW if card.off else _INK)
    return bottom


def _title(pen: ImageDraw.ImageDraw, card: Card, top: int) -> int:
    """Draws the title under `top`; gives the line after the last."""
    text = lettering.drawable(card.title)
    for size, most in _TITLE:
        font = face(size, bold=True)
        found = lettering.balanced(text, font, width=_RIGHT - _LEFT, most=most)
        if found and not found[-1].endswith("…"):
            break
    base = top + size
    for line in found:
        pen.text((_LEFT, base), line, font=font, fill=_INK, anchor="ls")
        if card.off:
            _strike(pen, _LEFT, base - round(size * 0.22), _LEFT + font.getlength(line), colour=_INK, weight=4)
        base += round(size * 1.16)
    return base


def _place(pen: ImageDraw.ImageDraw, card: Card, base: int) -> None:
    """Draws the state in its frame and the place after it, in one line."""
    start, font = float(_LEFT), face(34)
    if card.state:
        badge = face(30, bold=card.off)
        end = start + badge.getlength(card.state) + 32
        frame = (start, base - 38, end, base + 12)
        if card.off:
            pen.rectangle(frame, fill=_NOW)
        else:
            _frame(pen, frame)
        pen.text((start + 16, base - 3), card.state, font=badge, fill=_PAPER if card.off else _INK, anchor="ls")
        start = end + 24
    for line in lettering.lines(lettering.drawable(card.place), font, width=_RIGHT - round(start), most=1):
        pen.text((start, base - 3), line, font=font, fill=_SOFT, anchor="ls")


def _ruler(pen: ImageDraw.ImageDraw, card: Card, span: Span, scale: Scale) -> None:
    font, width = face(22), _RIGHT - _LEFT - 215
    marks = [(_LEFT + round(width * scale.at(day)), words) for day, words in scale.marks]
    for at, words in marks:
        pen.line((at, _RULER - 4, at, _RULER + 50), fill=_EDGE, width=2)
        pen.text((at + 7, _RULER + 50), words, font=font, fill=_SOFT, anchor="ls")
    pen.line((_LEFT, _RULER - 4, _LEFT + width, _RULER - 4), fill=_INK, width=4)
    pen.text(
        (_RIGHT, _RULER + 24),
        scale.name,
        font=lettering.fitted(scale.name, (26, 22, 18), width=200),
        fill=_SOFT,
        anchor="rs",
    )
    left = _LEFT + round(width * scale.at(span.first))
    right = max(left + 6, _LEFT + round(width * (scale.at(span.last) + scale.day)))
    _bar(pen, card, left, right)


def _bar(pen: ImageDraw.ImageDraw, card: Card, left: int, right: int) -> None:
    top, bottom = _RULER + 4, _RULER + 26
    if card.vague:
        for at, way in ((left, 1), (right, -1)):
            _bracket(pen, at, (top, bottom), way=way, dashed=card.dashed, reach=10, weight=4)
        for at in range(left + 20, right - 18, 12):
            pen.rectangle((at, top + 10, at + 3, top + 13), fill=_EDGE)
    elif card.dashed:
        _frame(pen, (left, top, right, bottom))
    elif card.off:
        pen.rectangle((left, top, right, bottom), outline=_NOW, width=4)
        _strike(pen, left, top + 11, right, colour=_NOW, weight=4)
    else:
        pen.rectangle((left, top, right, bottom), fill=_INK)


def _bracket(
    pen: ImageDraw.ImageDraw,
    at: int,
    height: tuple[int, int],
    *,
    way: int,
    dashed: bool,
    reach: int = 18,
    weight: int = 6,
) -> None:
    """A bracket whose back stands at `at`; it opens to the end (1) or to the start (-1)."""
    top, bottom = height
    corner = at + reach * way
    _dash(pen, (at, top, at, bottom), weight=weight, dashed=dashed)
    for edge in (top, bottom):
        _dash(pen, (min(at, corner), edge, max(at, corner), edge), weight=weight, dashed=False)


def _frame(pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = map(round, box)
    for side in ((left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom)):
        _dash(pen, side, weight=3)
    _dash(pen, (right, top, right, bottom), weight=3)


def _dash(pen: ImageDraw.ImageDraw, line: tuple[int, int, int, int], *, weight: int, dashed: bool = True) -> None:
    """A level or upright line, broken if it is dashed."""
    left, top, right, bottom = line
    length, step = max(right - left, bottom - top), 2 * weight + 4
    half = weight // 2
    for start in range(0, length + 1, step if dashed else length + 1):
        end = min(start + weight + 4, length) if dashed else length
        across = (left + start, top - half, left + end, top + half)
        along = (left - half, top + start, left + half, top + end)
        pen.rectangle(across if right > left else along, fill=_INK)


def _strike(pen: ImageDraw.ImageDraw, left: float, level: int, right: float, *, colour: str, weight: int) -> None:
    pen.line((left, level, right, level), fill=colour, width=weight)
