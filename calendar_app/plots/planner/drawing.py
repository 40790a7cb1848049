"""The sheet as an SVG file: its head, the months, the rows, and what its marks mean."""

from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as Xml

from calendar_app.plots.planner import shapes
from calendar_app.plots.planner.axis import LEFT, TOP, WIDTH
from calendar_app.plots.planner.key import foot
from calendar_app.plots.planner.paper import DAY, NIGHT, Palette, add, document, number, written
from calendar_app.plots.planner.rows import Label, Mark, Row
from calendar_app.plots.planner.sheets import Sheet
from calendar_app.plots.planner.words import SIZE
from calendar_app.plots.widths import cut
from calendar_app.texts import Texts

_NAME, _FURTHEST = 22.0, 430.0  # where names begin, and end at the most
_EMPTY = 60  # below the head of a sheet without rows


def draw(sheet: Sheet, title: str, summary: str, texts: Texts, *, today: date, dark: bool = False) -> bytes:
    """The file of a sheet: `title` and `summary` are its head; `today` (UTC) is marked if it lies in the year."""
    colours = NIGHT if dark else DAY
    root = document(WIDTH, sheet.height, colours)
    named = texts.gettext("Year planner {year}: {summary}").format(year=sheet.axis.year, summary=summary)
    add(root, "title", named)
    add(root, "rect", width=WIDTH, height=sheet.height, fill=colours.paper)
    _head(root, sheet, title, summary, colours)
    _months(root, sheet, texts, colours)
    _rows(root, sheet, texts, colours, today)
    foot(root, sheet, texts, colours, today=today)
    return written(root)


def _head(root: Xml.Element, sheet: Sheet, title: str, summary: str, colours: Palette) -> None:
    room = WIDTH - LEFT
    add(root, "rect", width=WIDTH, height=8, fill=colours.sun)
    add(root, "text", str(sheet.axis.year), x=0, y=106, font_size=76, font_weight=700, letter_spacing=-3)
    heading = add(root, "text", cut(title, room, 22, bold=True), x=LEFT, y=60, font_size=22, font_weight=700)
    if heading.text != title:
        add(heading, "title", title)
    add(root, "text", cut(summary, room, 18), x=LEFT, y=90, font_size=18)


def _months(root: Xml.Element, sheet: Sheet, texts: Texts, colours: Palette) -> None:
    top = 132
    for day, stretch in sheet.axis.months():
        if day.month % 2 == 0:
            wide = round(stretch.right - stretch.left, 1)
            add(root, "rect", x=stretch.left, y=top, width=wide, height=sheet.bottom + 8 - top, fill=colours.wash)
        add(root, "text", texts.month(day), x=stretch.left + 6, y=158, font_weight=700)
    weeks = "".join(f"M{number(left)} {TOP}V{number(sheet.bottom)}" for left in sheet.axis.mondays())
    add(root, "path", d=weeks, stroke=colours.line, stroke_width=0.75)


def _rows(root: Xml.Element, sheet: Sheet, texts: Texts, colours: Palette, today: date) -> None:
    """Rules, then bars, then the needle of today, then words: what is written is never crossed."""
    rules, top = "", float(TOP)
    for row in sheet.rows:
        top += sheet.line * len(row.lines)
        rules += f"M0 {number(top)}H{WIDTH}"
    add(root, "path", d=rules, stroke=colours.line)
    for mark, middle in _marks(sheet):
        group = add(root, "g")
        add(group, "title", _told(mark, texts))
        shapes.draw(group, mark, middle, colours)
    _needle(root, sheet, texts, colours, today)
    add(root, "path", d=f"M0 {TOP}H{WIDTH}M0 {number(sheet.bottom)}H{WIDTH}", stroke=colours.ink, stroke_width=3)
    # Words have an edge of paper, so that they are read over lines.
    edged = {"stroke": colours.paper, "stroke_width": 4, "paint_order": "stroke", "stroke_linejoin": "round"}
    words = add(root, "g", **edged)
    top = float(TOP)
    for row in sheet.rows:
        _name(words, row, top + sheet.line / 2, colours)
        top += sheet.line * len(row.lines)
    for mark, middle in _marks(sheet):
        _label(words, mark, middle, colours)
    if not sheet.rows:
        nothing = texts.gettext("Nothing of this selection has a place in {year}.").format(year=sheet.axis.year)
        add(words, "text", nothing, x=LEFT + 6, y=TOP + _EMPTY)


def _marks(sheet: Sheet) -> Iterator[tuple[Mark, float]]:
    """Each event with the middle of its line, in the order of the rows."""
    middle = TOP + sheet.line / 2
    for row in sheet.rows:
        for line in row.lines:
            for mark in line:
                yield mark, round(middle, 1)
            middle += sheet.line


def _name(words: Xml.Element, row: Row, middle: float, colours: Palette) -> None:
    if row.marked:
        square = {"fill": colours.sun, "stroke": colours.ink, "stroke_width": 1.5}
        add(words, "rect", x=1, y=round(middle - 6, 1), width=12, height=12, **square)
    # A long name may run on to where the row's first mark stands, but not far.
    first = min(mark.whole.left for mark in row.lines[0])
    room = max(LEFT - 6.0, min(first - 12, _FURTHEST)) - _NAME
    bold = {"font_weight": 700} if row.marked else {}
    shown = cut(row.name, room, SIZE, bold=row.marked)
    name = add(words, "text", shown, x=_NAME, y=_baseline(middle), **bold)
    if shown != row.name:
        add(name, "title", row.name)


def _label(words: Xml.Element, mark: Mark, middle: float, colours: Palette) -> None:
    label = mark.label
    if label.inside:
        # Words in a bar stand on paper, so that they are read whatever the bar is drawn with.
        left, wide = label.stretch.left - 5, label.stretch.right - label.stretch.left + 10
        plate = {"height": 16, "fill": colours.paper, "stroke": "none"}
        add(words, "rect", x=left, y=round(middle - 8, 1), width=round(wide, 1), **plate)
    text = add(words, "text", **_standing(label, middle))
    for piece in label.pieces:
        style: dict[str, object] = {"font_weight": 700} if piece.bold else {}
        style |= {"fill": colours.alert} if piece.alert else {}
        if style or len(text):
            add(text, "tspan", piece.words, **style)
        else:
            text.text = (text.text or "") + piece.words


def _standing(label: Label, middle: float) -> dict[str, object]:
    at = label.stretch.right if label.end else label.stretch.left
    return {"x": at, "y": _baseline(middle), **({"text_anchor": "end"} if label.end else {})}


def _baseline(middle: float) -> float:
    return round(middle + 6, 1)


def _told(mark: Mark, texts: Texts) -> str:
    """What a pointer on the bar is told: the whole title, the dates, the place."""
    event = mark.entry.event
    return ", ".join(
        filter(
            None,
            (event.title, texts.span_honest(event.span), texts.place(event.city, event.country, on=event.span.first)),
        )
    )


def _needle(root: Xml.Element, sheet: Sheet, texts: Texts, colours: Palette, today: date) -> None:
    axis = sheet.axis
    if not axis.first <= today <= axis.last:
        return
    at = axis.at(today, part=0.5)
    anchor = "start" if at < LEFT + 60 else "end" if at > WIDTH - 100 else "middle"
    add(
        root,
        "path",
        d=f"M{number(at)} 128V138M{number(at)} {TOP}V{number(sheet.bottom)}",
        stroke=colours.alert,
        stroke_width=2.5,
    )
    day = f"{today.day} {texts.month(today)}"
    words = texts.gettext("Today, {day}").format(day=day)
    add(root, "text", words, x=at, y=124, text_anchor=anchor, font_weight=700, fill=colours.alert)
