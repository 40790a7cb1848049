"""The foot of a sheet: what its marks mean, the events that have no place on it, and the day it shows."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple
from xml.etree import ElementTree as Xml

from calendar_app.messages.marking import N_
from calendar_app.plots.planner import shapes
from calendar_app.plots.planner.axis import WIDTH, Stretch
from calendar_app.plots.planner.paper import Palette, add
from calendar_app.plots.planner.rows import Mark, Rival
from calendar_app.plots.planner.sheets import Sheet
from calendar_app.plots.planner.words import SIZE, unknown
from calendar_app.plots.widths import cut, width
from calendar_app.texts import Texts

_SAMPLE, _BESIDE, _APART = 44.0, 9, 28
_LINE, _MOST_LINES, _NAME = 22, 2, 320


def foot(root: Xml.Element, sheet: Sheet, texts: Texts, colours: Palette, *, today: date) -> None:
    """Draws it under the rows; `today` is UTC."""
    middle, left = sheet.bottom + 26, 0.0
    marks = [mark for row in sheet.rows for line in row.lines for mark in line]
    for sample in _SAMPLES:
        if any(map(sample.holds, marks)):
            sample.draw(root, Stretch(left=left, right=left + _SAMPLE), middle, colours)
            words, left = texts.gettext(sample.words), left + _SAMPLE + _BESIDE
            add(root, "text", words, x=left, y=middle + 6)
            left = round(left + width(words, SIZE) + _APART, 1)
    said = texts.gettext("Lines are Mondays. As of {day}.").format(day=texts.day(today))
    add(root, "text", said, x=WIDTH, y=middle + 6, text_anchor="end")
    for number, line in enumerate(_undrawn(sheet, texts, today), start=1):
        add(root, "text", line, x=0, y=middle + 10 + _LINE * number)


class _Sample(NamedTuple):
    """A mark of the key: in words, of which events it stands, and how it is drawn."""

    words: str
    holds: Callable[[Mark], bool]
    draw: Callable[[Xml.Element, Stretch, float, Palette], None]


def _known(mark: Mark) -> bool:
    return mark.entry.event.span.days is not None and not mark.entry.event.off and not _loose(mark)


def _loose(mark: Mark) -> bool:
    return mark.entry.event.expected or mark.entry.event.unverified


def _solid(root: Xml.Element, where: Stretch, middle: float, colours: Palette) -> None:
    shapes.solid(root, where, middle, colours.ink)


def _brackets(root: Xml.Element, where: Stretch, middle: float, colours: Palette) -> None:
    shapes.brackets(root, where, middle, colours.ink, colours.edge)


def _dashed(root: Xml.Element, where: Stretch, middle: float, colours: Palette) -> None:
    shapes.hollow(root, where, middle, colours.ink, colours.paper, dashed=True)


def _off(root: Xml.Element, where: Stretch, middle: float, colours: Palette) -> None:
    shapes.hollow(root, where, middle, colours.alert, colours.paper)
    shapes.strike(root, where, middle, colours.alert)


def _moved(root: Xml.Element, where: Stretch, middle: float, colours: Palette) -> None:
    shapes.solid(root, where, middle, colours.ink)
    shapes.stripe(root, where, middle, colours)


def _told(root: Xml.Element, where: Stretch, middle: float, colours: Palette) -> None:
    shapes.told(root, Rival(stretch=where, under=False, vague=False), middle, colours.alert)


_SAMPLES = (
    _Sample(N_("days known"), _known, _solid),
    _Sample(N_("month known"), lambda mark: mark.entry.event.span.days is None, _brackets),
    _Sample(N_("not confirmed"), _loose, _dashed),
    _Sample(N_("cancelled"), lambda mark: mark.entry.event.off, _off),
    _Sample(N_("moved"), lambda mark: bool(mark.entry.event.plans) and not mark.entry.event.off, _moved),
    _Sample(N_("another source"), lambda mark: bool(mark.rivals), _told),
)


def _undrawn(sheet: Sheet, texts: Texts, today: date) -> Iterator[str]:
    """The events of which only the year is known, as far as two lines hold them; then how many are left."""
    if not sheet.undrawn:
        return
    note = unknown(sheet.undrawn[0].event.span, texts, today=today)
    names = list(dict.fromkeys(cut(entry.name, _NAME, SIZE) for entry in sheet.undrawn))
    line = texts.gettext("{year}, {note}:").format(year=sheet.axis.year, note=note)
    lines = 1
    for place, name in enumerate(names):
        left = len(names) - place
        rest = texts.ngettext("and {count} more", "and {count} more", left).format(count=left)
        longer = f"{line} {name}{',' if left > 1 else ''}"
        last = lines == _MOST_LINES
        if width(f"{longer} {rest}" if last and left > 1 else longer, SIZE) <= WIDTH:
            line = longer
        elif last:
            line = f"{line} {rest}"
            break
        else:
            yield line
            line, lines = name + ("," if left > 1 else ""), lines + 1
    yield line
