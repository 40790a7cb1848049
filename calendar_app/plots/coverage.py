"""Goals by months as a table of numbers with shades: how many events of each goal lie in each month of a year."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from calendar_app import spans
from calendar_app.spans import Precision, Span

MONTHS = 12
# Shades beside none, the darkest for the cell with the most.
SHADES = 4
# Of one span and the same goals: whether they are still to come, and how many they are.
Held = tuple[Span, tuple[int, ...], bool, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A month of a goal: events whose days are known, and those of which only the month is, or several months."""

    known: int = 0
    vague: int = 0
    shade: int = 0

    @property
    def number(self) -> int:
        """All that lie in the month, for all that is known."""
        return self.known + self.vague


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table: its twelve months, those of which only the year is known, and each event once.

    `coming` of them are still to come. `goal` is 0 for a line that is no goal's.
    """

    goal: int
    cells: tuple[Cell, ...]
    undated: int
    total: int
    coming: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The lines of the goals, of what has none, and of all events, each counted once."""

    months: tuple[date, ...]
    rows: tuple[Row, ...]
    without: Row
    all: Row


@dataclass(slots=True, kw_only=True)
class _Line:
    known: list[int] = field(default_factory=lambda: [0] * MONTHS)
    vague: list[int] = field(default_factory=lambda: [0] * MONTHS)
    undated: int = 0
    total: int = 0
    coming: int = 0


def months(first: date) -> tuple[date, ...]:
    """The first days of the twelve months from one on."""
    return tuple(islice(spans.months(first, first.replace(year=first.year + 1)), MONTHS))


def table(held: Iterable[Held], goals: Sequence[int], *, start: date, first: date, last: date) -> Table:
    """The table of the twelve months from the first day `start`; events count for their days from `first` to `last`."""
    lines: dict[int | str, _Line] = defaultdict(_Line)
    for span, its_goals, coming, number in held:
        reached = _reached(span, start, first, last)
        for line in (*its_goals, *(() if its_goals else ("without",)), "all"):
            _add(lines[line], span, reached, number, coming=coming)
    most = max((_most(lines[goal]) for goal in goals), default=0)
    return Table(
        months=months(start),
        rows=tuple(_row(lines[goal], goal, most) for goal in goals),
        without=_row(lines["without"], 0, 0),
        all=_row(lines["all"], 0, 0),
    )


def _reached(span: Span, start: date, first: date, last: date) -> range:
    """Which of the months a span reaches into, none if only its year is known."""
    if span.precision is Precision.YEAR:
        return range(0)
    begins, ends = (
        (day.year - start.year) * MONTHS + day.month - start.month
        for day in (max(span.first, first), min(span.last, last))
    )
    return range(max(begins, 0), min(ends, MONTHS - 1) + 1)


def _add(line: _Line, span: Span, reached: range, number: int, *, coming: bool) -> None:
    counted = line.known if span.precision is Precision.DAY else line.vague
    for month in reached:
        counted[month] += number
    line.undated += number if span.precision is Precision.YEAR else 0
    line.total += number
    line.coming += number if coming else 0


def _most(line: _Line) -> int:
    return max(known + vague for known, vague in zip(line.known, line.vague, strict=True))


def _row(line: _Line, goal: int, most: int) -> Row:
    pairs = zip(line.known, line.vague, strict=True)
    cells = tuple(Cell(known=known, vague=vague, shade=_shade(known + vague, most)) for known, vague in pairs)
    return Row(goal=goal, cells=cells, undated=line.undated, total=line.total, coming=line.coming)


def _shade(number: int, most: int) -> int:
    """From 1 for the fewest to `SHADES` for the most; 0 for none, or where there are no shades."""
    return -(-SHADES * number // most) if most else 0
