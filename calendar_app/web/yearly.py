"""The year or less of a selection that a page has room for: its own period, the coming year, or the first of more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from calendar_app.events import Event
from calendar_app.selection import Selection
from calendar_app.spans import FIRST_YEAR, LAST_YEAR

_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)
_FIRST, _LAST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days that are looked at, inclusive. `why` is "next" for the coming year, "cut" where more was selected."""

    first: date
    last: date
    why: str = ""

    @property
    def year(self) -> int | None:
        """The calendar year that it is, if it is one."""
        whole = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        return self.first.year if whole and self.first.year == self.last.year else None


def of(wanted: Selection, *, today: date, picked: Callable[[], Sequence[Event]]) -> Period:
    """The period of a selection; `picked` gives its events, if it has no period and they are named one by one."""
    first, last = wanted.first, wanted.last
    if years := [int(year) for year in wanted.chosen("year")]:
        first = max(first or _FIRST, date(years[0], 1, 1))
        last = min(last or _LAST, date(years[-1], 12, 31))
    elif wanted.chosen("event") and not (first or last or wanted.when) and (spans := [each.span for each in picked()]):
        first, last = min(span.first for span in spans), max(span.last for span in spans)
    if not (first or last or wanted.when):
        return Period(first=today, last=ending(today), why="next")
    if wanted.when == "upcoming":
        first = max(first or today, today)
    elif wanted.when == "past":
        last = min(last or today - _DAY, today - _DAY)
    return _cut(first, last)


def moved(wanted: Selection, period: Period, *, forward: bool) -> tuple[Period, Selection] | None:
    """The year after a period, or the one before it, and the selection in it; None where no calendar goes."""
    if (wanted.chosen("event") and not period.why) or period.last < period.first:
        return None
    first = period.last + _DAY if forward else _beginning(period.first - _DAY)
    to = Period(first=first, last=ending(first) if forward else period.first - _DAY)
    if not _FIRST <= to.first <= to.last <= _LAST:
        return None
    chosen = replace(wanted.without("year"), first=to.first, last=to.last, when="")
    if to.year and wanted.chosen("year"):
        chosen = replace(chosen.choosing(year=[str(to.year)]), first=None, last=None)
    return to, chosen


def beside(wanted: Selection, period: Period, at: Callable[[Selection], str]) -> dict[str, tuple[Period, str] | None]:
    """The years before and after a period, each with the address that `at` gives the selection in it."""
    found = {"earlier": moved(wanted, period, forward=False), "later": moved(wanted, period, forward=True)}
    return {name: way and (way[0], at(way[1])) for name, way in found.items()}


def _cut(first: date | None, last: date | None) -> Period:
    """A period of which an end may be open, cut to a year, and to what the calendar holds."""
    if last is None or (first is not None and last - first >= _YEAR):
        first = first or _FIRST
        return Period(first=first, last=min(ending(first), _LAST), why="cut")
    if first is None:
        return Period(first=max(_beginning(last), _FIRST), last=last, why="cut")
    return Period(first=first, last=last)


def ending(first: date) -> date:
    """The last day of the year that begins on a day."""
    return _same_day(first, first.year + 1) - _DAY


def _beginning(last: date) -> date:
    """The first day of the year that ends on a day."""
    return _same_day(last + _DAY, (last + _DAY).year - 1)


def _same_day(day: date, year: int) -> date:
    """The same day of another year; the first of March for a leap day."""
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)
