"""What of a selection lies nearest to a period in which it has nothing."""

from collections.abc import Iterator
from datetime import date, timedelta

from calendar_app.events import Event
from calendar_app.selection import Selection
from calendar_app.spans import FIRST_YEAR, LAST_YEAR
from calendar_app.store import events, search
from calendar_app.web import current, views

# How many years away is looked, the near ones first, so that the record's length costs nothing.
_YEARS = (2, 20, LAST_YEAR - FIRST_YEAR)


def around(wanted: Selection, first: date, last: date) -> list[Event]:
    """The last event of a selection before these days, and the first after them; either may be missing."""
    found = [next(numbers, None) for numbers in (_before(wanted, first), _after(wanted, last))]
    return events.by_ids(current.store(), [number for number in found if number])


def _before(wanted: Selection, first: date) -> Iterator[int]:
    if first > date(FIRST_YEAR, 1, 1):
        for years in _YEARS:
            start = date(max(FIRST_YEAR, first.year - years), 1, 1)
            yield from _one(views.within(wanted, start, first - timedelta(days=1)), newest_first=True)


def _after(wanted: Selection, last: date) -> Iterator[int]:
    if last < date(LAST_YEAR, 12, 31):
        for years in _YEARS:
            end = date(min(LAST_YEAR, last.year + years), 12, 31)
            yield from _one(views.within(wanted, last + timedelta(days=1), end), newest_first=False)


def _one(part: Selection, *, newest_first: bool) -> list[int]:
    return search.ids(current.store(), part.at(current.today()), most=1, newest_first=newest_first)
