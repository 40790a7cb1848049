"""Tables of Word documents: repeated heads, rows that stay whole, columns as wide as their words on the page."""

from collections.abc import Sequence

from calendar_app.formats.word.elements import Element, element, paragraph, runs

# Twentieths of a point: a character of 9 points on average, and what is left and right of a cell's text.
_CHARACTER = 104
_PADDING = 190
# A word of more characters is broken; a cell that wants more than these on a line gets several.
_LONGEST_WORD = 18
_LONGEST_LINE = 60
# A table of no more rows stays on one page.
_WHOLE = 20

Cells = Sequence[Sequence[Element]]


def table(head: Sequence[str], rows: Sequence[Cells], *, widths: Sequence[int], numeric: int = -1) -> Element:
    """A table with a head on each page; columns from `numeric` on are numbers (-1: none).

    `rows` hold the content of each cell's paragraph, `widths` are in twentieths of a point.
    """
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
    properties = element(
        "tblPr",
        element("tblStyle", val="TableGrid"),
        element("tblW", w=sum(widths), type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0620", **look),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    # Rows hold on to the next one, so that a table of a few lines is not parted.
    whole = len(rows) <= _WHOLE
    made = [_row([runs(text) for text in head], widths, numeric=numeric, head=True)]
    made += [
        _row(cells, widths, numeric=numeric, held=whole and number < len(rows)) for number, cells in enumerate(rows, 1)
    ]
    return element("tbl", properties, grid, *made)


def pairs(rows: Sequence[tuple[Cells, Cells]], *, widths: Sequence[int], style: str) -> Element:
    """A table of two columns without a head, whose cells hold the contents of paragraphs of a style."""
    properties = element(
        "tblPr",
        element("tblStyle", val="HeaderTable"),
        element("tblW", w=sum(widths), type="dxa"),
        element("tblLayout", type="fixed"),
        element("tblLook", val="0600", firstRow=0, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    made = [
        element(
            "tr",
            *(_cell([paragraph(style, each) for each in cell], width) for cell, width in zip(row, widths, strict=True)),
        )
        for row in rows
    ]
    return element("tbl", properties, grid, *made)


def fitting(head: Sequence[str], rows: Sequence[Sequence[str]], *, room: int, numeric: int = -1) -> list[int]:
    """The widths of a table's columns (twentieths of a point), by the words in them, together no more than `room`."""
    columns = [(title, [cells[number] for cells in rows]) for number, title in enumerate(head)]
    least = [_width(min(_LONGEST_WORD, _longest_word([title, *cells]))) for title, cells in columns]
    wanted = wanting(head, rows, numeric=numeric)
    if sum(wanted) <= room:
        return wanted
    if sum(least) >= room:
        return [width * room // sum(least) for width in least]
    # What is left over goes where the most text is.
    left, more = room - sum(least), [want - need for want, need in zip(wanted, least, strict=True)]
    return [need + left * extra // sum(more) for need, extra in zip(least, more, strict=True)]


def wanting(head: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: int = -1) -> list[int]:
    """The widths at which no cell needs a second line unless its text is long; the head of numbers may have two."""
    found = []
    for number, title in enumerate(head):
        least = max(_longest_word([title]), (len(title) + 1) // 2) if 0 <= numeric <= number else len(title)
        found.append(_width(min(_LONGEST_LINE, max([least, *(len(cells[number]) for cells in rows)]))))
    return found


def _width(characters: int) -> int:
    return _PADDING + characters * _CHARACTER


def _longest_word(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=1)


def _row(cells: Cells, widths: Sequence[int], *, numeric: int, head: bool = False, held: bool = False) -> Element:
    """A row that is not parted; `held` to the next one."""
    told = [element("cantSplit")] + ([element("tblHeader")] if head else [])
    style, keep = ("TableHead", False) if head else ("TableText", held)
    made = []
    for number, (content, width) in enumerate(zip(cells, widths, strict=True)):
        properties = [element("keepNext")] if keep else []
        properties += [element("jc", val="right")] if 0 <= numeric <= number else []
        made.append(_cell([paragraph(style, content, *properties)], width))
    return element("tr", element("trPr", *told), *made)


def _cell(paragraphs: Sequence[Element], width: int) -> Element:
    return element("tc", element("tcPr", element("tcW", w=width, type="dxa")), *paragraphs)
