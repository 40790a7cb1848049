"""Which days a report is about, and what one choice of them takes in that another leaves out."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from calendar_app import spans
from calendar_app.errors import CalendarError
from calendar_app.events import Event
from calendar_app.report.facts import Period
from calendar_app.spans import Precision

# As many months as a table or a ruler of them bears.
MOST_MONTHS = 14
_DAY = timedelta(days=1)


def calendar_year(year: int) -> Period:
    """The days of a year."""
    return Period(first=date(year, 1, 1), last=date(year, 12, 31))


def months(period: Period) -> Iterator[Period]:
    """The months that a period touches, whole."""
    for first in spans.months(period.first, period.last):
        yield Period(first=first, last=spans.unit(first, Precision.MONTH)[1])


def years(period: Period) -> Iterator[Period]:
    """The years that a period touches, whole."""
    return map(calendar_year, range(period.first.year, period.last.year + 1))


def between(since: Event, until: Event) -> Period:
    """From the day after the earlier session's last day to the day before the later one's first.

    Raises:
        CalendarError: a session has no days on record, or no day lies between them.
    """
    first, last = day_after(since), day_before(until)
    if last < first <= until.span.first:
        raise CalendarError("report-adjacent", since=since.title, until=until.title)
    if last < first:
        raise CalendarError("report-backwards", since=since.title, until=until.title)
    return Period(first=first, last=last, since=since, until=until)


def day_after(session: Event) -> date:
    """The day after a session's last, with which the period after it begins.

    Raises:
        CalendarError: its days are not on record.
    """
    _check_days(session)
    return session.span.last + _DAY


def day_before(session: Event) -> date:
    """The day before a session's first, with which the period before it ends.

    Raises:
        CalendarError: its days are not on record.
    """
    _check_days(session)
    return session.span.first - _DAY


def _check_days(session: Event) -> None:
    if session.span.precision is not Precision.DAY:
        raise CalendarError("report-no-days", title=session.title)


def compare(chosen: Sequence[Event], other: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """What a choice leaves out of another's events, and what it takes in beyond them, each in its list order."""
    mine, theirs = {event.uid for event in chosen}, {event.uid for event in other}
    drops = [event for event in other if event.uid not in mine]
    takes = [event for event in chosen if event.uid not in theirs]
    return drops, takes
