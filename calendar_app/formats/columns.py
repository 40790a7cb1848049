"""Plain text in columns of the eye: wrapped lines, tables side by side or as blocks."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

# Between columns of a table; a table of numbers that is too wide bears less.
_GAP, _NARROW_GAP = "  ", " "
# A column that is narrower than this, or than its longest word, is not worth reading.
_NARROWEST = 8


def width(text: str) -> int:
    """How many columns of a terminal a text takes: two for East Asian wide signs, none for marks and joiners."""
    return len(text) if text.isascii() else sum(map(_width, text))


def wrap(text: str, *, room: int, first: str = "", rest: str = "") -> list[str]:
    """The lines of a text, after `first` on its first line and `rest` on the others; an address stays whole."""
    lines, line, empty = [], first, True
    for word in chain.from_iterable(_pieces(word, room - width(rest)) for word in text.split()):
        if not empty and width(line) + 1 + width(word) > room:
            lines.append(line)
            line, empty = rest, True
        line, empty = line + ("" if empty else " ") + word, False
    return [*lines, line.rstrip()]


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, room: int, numeric: int = -1) -> list[str]:
    """A table in columns where it has room, else a block for each row; columns from `numeric` on are numbers."""
    for gap in (_GAP, _NARROW_GAP) if numeric >= 0 else (_GAP,):
        if widths := _fitting(head, rows, room=room - len(gap) * (len(head) - 1), numeric=numeric):
            return _columns(head, rows, widths, numeric=numeric, gap=gap)
    return list(_blocks(head, rows, room=room))


def _pieces(word: str, room: int) -> Iterator[str]:
    """A word, in pieces if it has no room on a line (as Chinese has, which leaves no spaces) and is no address."""
    if "://" in word or width(word) <= room:
        yield word
        return
    piece, taken = "", 0
    for letter in word:
        if piece and taken + _width(letter) > room:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + letter, taken + _width(letter)
    yield piece


def _width(letter: str) -> int:
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def _fitting(head: Sequence[str], rows: Sequence[Sequence[str]], *, room: int, numeric: int) -> list[int]:
    """The widths of columns that together have room; none if they can't. Heads of numbers give way before texts."""
    columns = [[title, *(row[number] for row in rows)] for number, title in enumerate(head)]
    longest = [max(width(word) for text in column for word in (text.split() or [""])) for column in columns]
    wanted = [max(map(width, column)) for column in columns]
    if numeric >= 0 and sum(wanted) > room:
        wanted[numeric:] = longest[numeric:]
    least = [min(want, max(word, _NARROWEST)) for want, word in zip(wanted, longest, strict=True)]
    if sum(least) > room:
        return []
    while sum(wanted) > room:
        # The widest of those that can still give way.
        widest = max((want, number) for number, want in enumerate(wanted) if want > least[number])[1]
        wanted[widest] -= 1
    return wanted


def _columns(
    head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, numeric: int, gap: str
) -> list[str]:
    told = [_wrapped(cells, widths) for cells in rows]
    # Where rows have several lines, an empty one tells them apart.
    apart = any(len(lines) > 1 for lines in told)
    lines = [*_wrapped(head, widths), ["-" * each for each in widths]]
    for number, each in enumerate(told):
        lines += [[""] * len(widths)] if apart and number else []
        lines += each
    return [_line(pieces, widths, numeric=numeric, gap=gap) for pieces in lines]


def _wrapped(cells: Sequence[str], widths: Sequence[int]) -> list[list[str]]:
    """The lines of a row, each with a piece for every column."""
    wrapped = [wrap(cell, room=room) for cell, room in zip(cells, widths, strict=True)]
    return [list(pieces) for pieces in zip_longest(*wrapped, fillvalue="")]


def _line(pieces: Sequence[str], widths: Sequence[int], *, numeric: int, gap: str) -> str:
    padded = []
    for number, (piece, room) in enumerate(zip(pieces, widths, strict=True)):
        space = " " * (room - width(piece))
        padded.append(space + piece if 0 <= numeric <= number else piece + space)
    return gap.join(padded).rstrip()


def _blocks(head: Sequence[str], rows: Sequence[Sequence[str]], *, room: int) -> Iterator[str]:
    for number, row in enumerate(rows):
        if number:
            yield ""
        for title, cell in zip(head, row, strict=True):
            if cell.strip():
                yield from wrap(cell, room=room, first=f"{title}: ", rest=_GAP)
