"""The words of a series on how often and in which months it meets, read strictly: what is unclear says nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from calendar_app.spans import MONTHS

_TIMES = {"twice": 2, "two times": 2, "three times": 3, "four times": 4}
_TIMES_A_YEAR = re.compile(r"(twice|two times|three times|four times)(?: a year|-yearly)")
_YEARS = re.compile(r"every ([2-9]|[1-9][0-9]) years")
_YEARLY = re.compile(r"(?:annual|every year|once a year)(?: \(([0-9]{4})-([0-9]{4})\)| \(since ([0-9]{4})\))?")
_MONTH = "|".join(MONTHS)
_WINDOW = re.compile(rf"(?:[0-9]{{1,2}} )?({_MONTH})(?:-({_MONTH}))?(?: from ([0-9]{{4}}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """`times` sessions in each period of so many `years`; in the years from `first` to `last`, where they are told."""

    years: int = 1
    times: int = 1
    first: int = 0
    last: int = 9999

    def holds(self, year: int) -> bool:
        """Whether the series meets in this rhythm in a year."""
        return self.first <= year <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The months in which a session falls, 1 to 12, inclusive; `last` before `first` is in the next year.

    `since` is the year from which it holds, in the place of those from before.
    """

    first: int
    last: int
    since: int = 0

    def distance(self, month: int) -> int:
        """How many months lie between this month and the window, round the year; 0 inside."""
        if (month - self.first) % 12 <= (self.last - self.first) % 12:
            return 0
        return min((self.first - month) % 12, (month - self.last) % 12)


def parse(text: str) -> Cadence | None:
    """How often a series meets; None where it is not told, or not so that a year follows from it.

    "annual (2014-2020)", "every 2 years", "twice-yearly", "three times a year" are read; "every 2-3 years", "ad hoc",
    "once", "continuous" tell no next session.
    """
    if found := _YEARLY.fullmatch(text):
        first, last, since = (int(year) if year else 0 for year in found.groups())
        return Cadence(first=first or since, last=last or 9999)
    if found := _YEARS.fullmatch(text):
        return Cadence(years=int(found[1]))
    if found := _TIMES_A_YEAR.fullmatch(text):
        return Cadence(times=_TIMES[found[1]])
    return None


def months_of(text: str) -> tuple[Window, ...]:
    """The windows of "March-April; September" or "May; July from 2019"; none where any of it can't be read."""
    found = [_WINDOW.fullmatch(piece.strip()) for piece in text.split(";")]
    if not all(found):
        return ()
    return tuple(_window(*each.groups()) for each in found if each)


def windows_in(windows: Sequence[Window], year: int) -> tuple[Window, ...]:
    """The windows that hold in a year, in the order of their months."""
    newest = max((window.since for window in windows if window.since <= year), default=-1)
    return tuple(sorted((each for each in windows if each.since == newest), key=lambda each: each.first))


def _window(first: str, last: str | None, since: str | None) -> Window:
    start = MONTHS.index(first) + 1
    return Window(first=start, last=MONTHS.index(last) + 1 if last else start, since=int(since or 0))
