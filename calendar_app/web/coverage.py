"""Which goals a selection covers in which months: seventeen lines by twelve months, each cell a link to its list."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import Blueprint, render_template

from calendar_app import addresses
from calendar_app.plots import coverage as plot
from calendar_app.selection import Selection
from calendar_app.spans import FIRST_YEAR, LAST_YEAR, Precision, unit
from calendar_app.store import coverage as counted
from calendar_app.topics import SDGS
from calendar_app.web import current, views

pages = Blueprint("coverage", __name__)

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Twelve months, by their first days, and their last day."""

    months: tuple[date, ...]
    last: date

    @classmethod
    def of(cls, start: date) -> "Year":
        """The twelve months from that of a day on; a calendar year where the calendar has no later one."""
        months = plot.months(date(start.year, 1 if start.year == LAST_YEAR else start.month, 1))
        return cls(months=months, last=unit(months[-1], Precision.MONTH)[1])

    @property
    def first(self) -> date:
        """Their first day."""
        return self.months[0]

    @property
    def number(self) -> int | None:
        """The calendar year that they are."""
        return self.first.year if self.first.month == 1 else None


@pages.get(addresses.COVERAGE)
def coverage() -> str:
    """The goals by the months."""
    wanted, today = views.asked(), current.today()
    year = Year.of(_start(wanted, today))
    shown = views.within(wanted, year.first, year.last)
    table = _table(shown, year)
    past = year.last < today or wanted.when == "past"
    return render_template(
        "coverage.html",
        **views.frame("coverage", wanted, shown),
        year=year,
        table=table,
        goals=SDGS,
        past=past,
        gaps=[SDGS[row.goal] for row in table.rows if not (row.total if past else row.coming)],
        beside=[(number, addresses.view(addresses.COVERAGE, _in_year(wanted, number).query)) for number in _near(year)],
        listed=lambda goal=0, month=None: _listed(wanted, year, goal=goal, month=month),
    )


def _start(wanted: Selection, today: date) -> date:
    """A day of the first month that is shown: of the selection's own period if it has one, else of this year."""
    if years := [int(year) for year in wanted.chosen("year")]:
        return date(min(years, key=lambda year: (abs(year - today.year), -year)), 1, 1)
    first, last = wanted.first, wanted.last
    if wanted.when == "upcoming":
        first = max(first or today, today)
    elif wanted.when == "past":
        last = min(last or today - _DAY, today - _DAY)
    ahead = wanted.when == "upcoming" and last is None
    # The next twelve months, from any day but the first of one, are in thirteen; the last of them is left out.
    if first and (ahead or (last and first.year != last.year and _apart(first, last) <= plot.MONTHS)):
        return first
    day = max(min(today, last or today), first or date.min)
    return date(day.year, 1, 1)


def _apart(first: date, last: date) -> int:
    return (last.year - first.year) * plot.MONTHS + last.month - first.month


def _table(shown: Selection, year: Year) -> plot.Table:
    today = current.today()
    absolute = shown.at(today)
    held = counted.held(current.store(), absolute, today=today)
    goals = [int(goal) for goal in shown.chosen("sdg")] or list(SDGS)
    first, last = absolute.first or year.first, absolute.last or year.last
    return plot.table(held, goals, start=year.first, first=first, last=last)


def _listed(wanted: Selection, year: Year, *, goal: int, month: date | None) -> str:
    """The list behind a number: of a goal, or of all (0), in a month, or in all twelve; "" if no day is left."""
    first, last = unit(month, Precision.MONTH) if month else (year.first, year.last)
    # What lies in one of these months is of the year that was chosen.
    part = views.within(wanted.without("year"), first, last)
    if goal:
        part = part.choosing(sdg=[str(goal)])
    absolute = part.at(current.today())
    ends = min(filter(None, (absolute.last, absolute.before and absolute.before - _DAY)))
    return addresses.events(part.query) if absolute.first and absolute.first <= ends else ""


def _near(year: Year) -> list[int]:
    """The calendar years next to the months shown, or those that they are part of."""
    numbers = (year.number - 1, year.number + 1) if year.number else (year.first.year, year.last.year)
    return [number for number in numbers if FIRST_YEAR <= number <= LAST_YEAR]


def _in_year(wanted: Selection, number: int) -> Selection:
    """The selection with a calendar year for its period."""
    return replace(wanted.choosing(year=[str(number)]), first=None, last=None, when="")
