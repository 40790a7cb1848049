"""The dates in a line of text: the longest piece of it that the strict parser reads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from calendar_app.errors import CalendarError, SpanError
from calendar_app.imports import cells
from calendar_app.imports.limits import MOST_DATES
from calendar_app.spans import LONGEST_QUOTE, MONTHS, Precision, Span

_WORD = re.compile(r"[^\s,;()]+")
_SIGNS = re.compile(r"[-/.\u2010-\u2015\u2212]")
_NUMBER, _YEAR = re.compile(r"[0-9]{1,4}"), re.compile(r"[0-9]{4}")
# A run of numbers alone needs a year or a sign between them.
_DIGIT, _TELLING, _PARTED = re.compile("[0-9]"), re.compile(r"[A-Za-z]|[0-9]{4}|[0-9][-./][0-9]"), re.compile("[;()\t]")
_COMMA_BEFORE_YEAR = re.compile(r",\s*(?=[0-9]{4}$)")
_NAMES = {name.lower() for name in MONTHS} | {name[:3].lower() for name in MONTHS} | {"sept", "to"}
_BEFORE = re.compile(r"(?<![^\s,;:()])[0-9][^\s,;:()]* +$")
_MOST_WORDS = 9
# What is wrong with a text that was meant as a date; the rest are no dates at all.
_MEANT = {
    *("span-ambiguous", "span-numeric", "span-month-first", "span-no-year", "span-no-such-day", "span-backwards"),
    *("span-year-range", "span-mixed"),
}
_RANK = {Precision.DAY: 2, Precision.MONTH: 1, Precision.YEAR: 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Where in a line its dates stand, and the span or why there is none."""

    begin: int
    end: int
    span: Span | None = None
    error: CalendarError | None = None

    def holds(self, other: "Dates") -> bool:
        """Whether another piece lies in this one."""
        return self.begin <= other.begin and other.end <= self.end


def find(text: str) -> Dates | None:
    """The dates of a line: days before months before a year that stands alone, the longest; None if there are none.

    What is longer and was meant as a date, or is one beside it, makes them an error: nothing is guessed.
    """
    runs = list(islice(_runs(text), MOST_DATES + 1))
    if len(runs) > MOST_DATES:
        return None
    pieces = [piece for begin, run in runs if (piece := _piece(text, begin, run))]
    read = [piece for piece in pieces if piece.span]
    meant = [piece for piece in pieces if piece.error]
    best = max(read, key=_rank, default=None)
    if best is None or best.span is None:
        return max(meant, key=_rank, default=None)
    refused = max((piece for piece in meant if piece.holds(best)), key=_rank, default=None)
    if refused:
        return refused
    beside = next((piece for piece in read if _beside(piece, best)), None)
    if beside:
        one, other = sorted((text[piece.begin : piece.end] for piece in (best, beside)), key=text.find)
        return Dates(begin=best.begin, end=best.end, error=CalendarError("import-dates-two", one=one, other=other))
    before = _BEFORE.search(text, 0, best.begin)
    if before and best.span.precision is not Precision.DAY:
        # "6th July 2027" is not the whole of July.
        whole = text[before.start() : best.end][:LONGEST_QUOTE]
        return Dates(begin=before.start(), end=best.end, error=SpanError("span-unreadable", text=whole))
    return best


def _rank(piece: Dates) -> tuple[int, int]:
    return _RANK[piece.span.precision] if piece.span else 0, piece.end - piece.begin


def _beside(piece: Dates, best: Dates) -> bool:
    """Whether both are days that stand apart in the line, and not the same ones."""
    days = piece.span is not None and piece.span.precision is Precision.DAY
    return days and (piece.end <= best.begin or best.end <= piece.begin) and piece.span != best.span


def _runs(text: str) -> Iterator[tuple[int, str]]:
    """Each run of words that may be a date, and where it begins."""
    words = [(word, _may_date(word[0])) for word in _WORD.finditer(text)]
    for first, (word, _) in enumerate(words):
        for last, fits in words[first : first + _MOST_WORDS]:
            if not fits:
                break
            run = text[word.start() : last.end()].rstrip(".:")
            if _DIGIT.search(run) and _TELLING.search(run) and not _PARTED.search(run):
                yield word.start(), run


def _may_date(word: str) -> bool:
    parts = [part for part in _SIGNS.split(word.rstrip(".:").lower()) if part]
    return all(part in _NAMES or _NUMBER.fullmatch(part) for part in parts)


def _piece(text: str, begin: int, run: str) -> Dates | None:
    """What the parser says of a run of words; None if it is no date, and a year is one only where it stands alone."""
    end = begin + len(run)
    try:
        span = cells.span(_COMMA_BEFORE_YEAR.sub(" ", run))
    except SpanError as error:
        meant = error.message in _MEANT and not run.isdigit()
        return Dates(begin=begin, end=end, error=error) if meant else None
    if span.precision is Precision.YEAR and not _alone(text, begin, end):
        return None
    return Dates(begin=begin, end=end, span=span)


def _alone(text: str, begin: int, end: int) -> bool:
    """Whether a piece stands between separators, and is no number at the end of a name."""
    before, after = text[:begin].rstrip(" "), text[end:].lstrip(" ")
    return (not before or before[-1] in ",;:\t(|") and (not after or after[0] in ",;:\t)|")
