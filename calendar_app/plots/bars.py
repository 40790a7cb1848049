"""Bars: numbers of years as small columns, a year's events as a strip, and a measure as a line of its years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calendar_app.plots.widths import width

# A small drawing of columns or of a line, in its own units; its words are of this size.
WIDTH, HEIGHT, SIZE = 168, 104, 12
_TOP, _BASE, _WORDS = 18, 86, 100
_FILLED = 0.72  # of the room of a year
_APART, _INSET = 4.0, 12.0
# A strip, which is stretched to the room that it has.
LONG = 310


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word of a drawing: where it stands, and whether that is its start, middle or end."""

    text: str
    x: float
    y: float
    anchor: str = "middle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The number of a year; `open` if the year is not over."""

    x: float
    y: float
    width: float
    height: float
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A small drawing of numbers by year, and its words. A year without any has no column."""

    columns: tuple[Column, ...]
    words: tuple[Word, ...]
    base: float = _BASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value of a line."""

    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A small drawing of values over time; `loose` if it is not told in which year the first was reached."""

    points: tuple[Point, ...]
    words: tuple[Word, ...]
    loose: bool
    base: float = _BASE


def columns(numbers: Mapping[int, int], *, most: int, unfinished: int) -> Columns:
    """The drawing of the numbers of successive years, of which `most` is as high as it can be.

    Years from `unfinished` on are not over. The highest, the last and the first number stand at their columns where
    there is room.
    """
    years, room = list(numbers), WIDTH / len(numbers)
    found, labels = [], {}
    for place, (year, number) in enumerate(numbers.items()):
        if number:
            high = max(2.0, (_BASE - _TOP) * number / max(most, 1))
            left, wide = room * place + room * (1 - _FILLED) / 2, room * _FILLED
            found.append(Column(x=left, y=_BASE - high, width=wide, height=high, open=year >= unfinished))
            labels[year] = _held(str(number), left + wide / 2, _BASE - high - 4)
    ranked = sorted(labels, key=lambda year: (-numbers[year], -year))
    words = _apart([labels[year] for year in [*ranked[:1], *list(labels)[-1:], *list(labels)[:1]]])
    return Columns(columns=tuple(found), words=(*words, *_axis(str(years[0]), str(years[-1]))))


def line(values: Sequence[tuple[int, str, float, str]], *, full: float, loose: bool = False) -> Line:
    """The drawing of values in the order of their years, each with how its year and how it itself is told.

    `full` is the value at the top. First and last value are told at their points.
    """
    first, last = values[0][0], values[-1][0]
    points = []
    for year, _, value, _ in values:
        part = (year - first) / (last - first) if last > first else 0.5
        high = (_BASE - _TOP) * min(1.0, max(0.0, value / full))
        points.append(Point(x=round(_INSET + (WIDTH - 2 * _INSET) * part, 1), y=round(_BASE - high, 1)))
    ends = dict.fromkeys((len(values) - 1, 0))
    words = _apart([_held(values[place][3], points[place].x, _clear_of_line(points, place)) for place in ends])
    words += _apart([_held(values[place][1], points[place].x, _WORDS) for place in ends])
    return Line(points=tuple(points), words=tuple(words), loose=loose)


def _clear_of_line(points: Sequence[Point], place: int) -> float:
    """Where the value of the first or last point stands, so that the line does not cross it."""
    near = points[place + 1 if place == 0 else place - 1] if len(points) > 1 else points[place]
    over = near.y >= points[place].y
    return points[place].y - 8 if over else points[place].y + 17


def strip(number: int, most: int) -> float:
    """How long a number is on a strip on which `most` is the whole length."""
    return round(LONG * number / max(most, 1), 1)


def _axis(first: str, last: str) -> tuple[Word, ...]:
    if first == last:
        return (Word(text=first, x=WIDTH / 2, y=_WORDS),)
    return Word(text=first, x=0, y=_WORDS, anchor="start"), Word(text=last, x=WIDTH, y=_WORDS, anchor="end")


def _held(text: str, x: float, y: float) -> Word:
    """A word over a place, moved so far that it stands within the drawing."""
    half = width(text, SIZE, bold=True) / 2
    return Word(text=text, x=round(min(max(x, half), WIDTH - half), 1), y=round(y, 1))


def _apart(words: Sequence[Word]) -> list[Word]:
    """The words that don't touch one before them."""
    kept: list[Word] = []
    for word in words:
        if all(_clear(word, other) for other in kept):
            kept.append(word)
    return kept


def _clear(word: Word, other: Word) -> bool:
    room = sum(width(each.text, SIZE, bold=True) for each in (word, other)) / 2 + _APART
    return abs(word.x - other.x) >= room
