"""Rows: the events of one series on as few lines as hold them, so that no label meets a bar or another label."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from calendar_app.plots.planner.axis import LEFT, WIDTH, Axis, Stretch
from calendar_app.plots.planner.entries import Entry
from calendar_app.plots.planner.words import Piece, label, room, shorten
from calendar_app.spans import Precision
from calendar_app.texts import Texts
from calendar_app.topics import Kind

_BESIDE, _GAP, _INSIDE = 8, 7, 14
# A label of this room always finds a place: where neither side of a bar has it, the bar itself does.
_ALWAYS = (WIDTH - LEFT) / 3 - _BESIDE - _INSIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What another source says: a line under the bar, or on the middle of the row if it lies elsewhere."""

    stretch: Stretch
    under: bool
    vague: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The words of an event, and where they begin and end at the most; `end` if they end at the bar."""

    pieces: tuple[Piece, ...]
    stretch: Stretch
    end: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An event on its line: its stretch, its label, and what other sources say."""

    entry: Entry
    stretch: Stretch
    label: Label
    rivals: tuple[Rival, ...] = ()

    @property
    def whole(self) -> Stretch:
        """All of the line that it takes, with what lies between its parts, so that nobody reads them as another's."""
        return _around([self.stretch, self.label.stretch, *(rival.stretch for rival in self.rivals)])


Line = tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The events of one series, or one event that is in none. `name` is what it is called in little room."""

    key: str
    name: str
    kind: Kind
    marked: bool
    lines: tuple[Line, ...]


def arrange(entries: Iterable[Entry], axis: Axis, texts: Texts, *, today: date) -> list[Row]:
    """The rows of a year, in the order of their first event; `today` is UTC."""
    placed = [(entry, stretch) for entry in entries if entry.drawn and (stretch := axis.of(entry.event.span))]
    placed.sort(key=lambda each: (each[0].key, each[1].left, each[1].right, each[0].order))
    rows = [_row(list(group), axis, texts, today) for _, group in groupby(placed, key=lambda each: each[0].key)]
    return sorted(rows, key=_first)


def _first(row: Row) -> tuple[float, float, tuple[str, str, str]]:
    """A row's place in the staircase; its first event is the first on its first line."""
    mark = row.lines[0][0]
    return mark.stretch.left, mark.stretch.right, mark.entry.order


def _row(placed: Sequence[tuple[Entry, Stretch]], axis: Axis, texts: Texts, today: date) -> Row:
    lines: list[list[Mark]] = []
    for entry, stretch in placed:
        pieces = label(entry, texts, year=axis.year, today=today)
        _place(lines, entry, stretch, _drawn(entry, stretch, axis), pieces)
    entry = placed[0][0]
    kept = tuple(tuple(line) for line in lines)
    return Row(key=entry.key, name=entry.name, kind=entry.kind, marked=entry.marked, lines=kept)


def _place(
    lines: list[list[Mark]], entry: Entry, stretch: Stretch, rivals: tuple[Rival, ...], pieces: tuple[Piece, ...]
) -> None:
    """Puts an event on the first line that has room for it and its whole label, or on a new one.

    Where even a new line has none, what other sources say is left to the words, and at last the label is cut.
    """
    for words, others in ((pieces, rivals), (pieces, ()), (shorten(pieces, _ALWAYS), ())):
        own = [stretch, *(rival.stretch for rival in others)]
        fitting = [found for found in _labels(words, own) if _fits(found, own)]
        for line in [*lines, []]:
            found = _label(line, own, fitting)
            if found:
                line.append(Mark(entry=entry, stretch=stretch, label=found, rivals=others))
                lines += [line] if len(line) == 1 else []
                return


def _label(line: list[Mark], own: Sequence[Stretch], fitting: Sequence[Label]) -> Label | None:
    """Where the label goes if the event goes on this line; None if the event can't."""
    return next((found for found in fitting if not _meets(_around([*own, found.stretch]), line)), None)


def _labels(pieces: tuple[Piece, ...], own: Sequence[Stretch]) -> Iterator[Label]:
    """Where a label may stand: right of the bar, left of it, past what other sources say, or in the bar."""
    bar, wide = own[0], room(pieces)
    right, left = max(each.right for each in own), min(each.left for each in own)
    for edge in dict.fromkeys((bar.right, right)):
        yield Label(pieces=pieces, stretch=_from(edge + _BESIDE, wide))
        if edge == bar.right:
            yield Label(pieces=pieces, stretch=_from(bar.left - _BESIDE - wide, wide), end=True)
    if left < bar.left:
        yield Label(pieces=pieces, stretch=_from(left - _BESIDE - wide, wide), end=True)
    yield Label(pieces=pieces, stretch=_from(bar.left + _INSIDE, wide), inside=True)


def _from(left: float, wide: float) -> Stretch:
    return Stretch(left=round(left, 1), right=round(left + wide, 1))


def _fits(found: Label, own: Sequence[Stretch]) -> bool:
    """Whether a label keeps to the sheet and clear of its own bar, or to its bar if it stands in it."""
    stretch = found.stretch
    if found.inside:
        return stretch.right + _INSIDE <= own[0].right
    return stretch.left >= LEFT and stretch.right <= WIDTH and not any(map(stretch.meets, own))


def _meets(whole: Stretch, line: list[Mark]) -> bool:
    return any(whole.meets(mark.whole, gap=_GAP) for mark in line)


def _around(parts: Sequence[Stretch]) -> Stretch:
    return Stretch(left=min(each.left for each in parts), right=max(each.right for each in parts))


def _drawn(entry: Entry, bar: Stretch, axis: Axis) -> tuple[Rival, ...]:
    """What other sources say of the days, as far as it lies in the year and is not the whole of it."""
    told = [claim.span for claim in entry.rivals if claim.span != entry.event.span]
    found = dict.fromkeys(span for span in told if span.precision is not Precision.YEAR)
    return tuple(
        Rival(stretch=stretch, under=stretch.meets(bar), vague=span.precision is not Precision.DAY)
        for span in found
        if (stretch := axis.of(span))
    )
