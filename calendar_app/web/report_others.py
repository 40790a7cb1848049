"""The periods that a report might have instead of its own: the ones before and after, and those that it touches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from calendar_app import addresses
from calendar_app.errors import CalendarError
from calendar_app.events import Event
from calendar_app.report import periods
from calendar_app.report.facts import Period
from calendar_app.spans import FIRST_YEAR, LAST_YEAR, Precision, Span
from calendar_app.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """The time between two sessions of Council, of which one (`lacking`) has no days on record."""

    since: Event
    until: Event
    lacking: Event


def address_of(period: Period) -> str:
    """The address of the report of a period."""
    return addresses.report(period.query)


def name_of(period: Period | Undated, texts: Texts) -> str:
    """What a period is called: "2016", "ITU Council 2016 to ITU Council 2017", else its days."""
    if period.since and period.until:
        words = texts.gettext("{since} to {until}")
        return words.format(since=period.since.title, until=period.until.title)
    if isinstance(period, Period) and period.year:
        return str(period.year)
    return days_of(period, texts) if isinstance(period, Period) else ""


def days_of(period: Period, texts: Texts) -> str:
    """The days of a period: "3 June 2016 – 14 May 2017"."""
    return texts.span(Span(first=period.first, last=period.last, precision=Precision.DAY))


def beside(period: Period, sessions: Sequence[Event]) -> Iterator[tuple[str, Period]]:
    """The periods of the same kind before ("prev") and after it ("next"), where there are such."""
    found: list[tuple[str, Period | Undated | None]] = []
    if period.year:
        steps = (("prev", period.year - 1), ("next", period.year + 1))
        found = [(way, periods.calendar_year(year)) for way, year in steps if FIRST_YEAR <= year <= LAST_YEAR]
    elif period.since and period.until:
        slugs = [event.slug for event in sessions]
        first, last = slugs.index(period.since.slug), slugs.index(period.until.slug)
        found += [("prev", _between(sessions[first - 1], period.since))] if first else []
        found += [("next", _between(period.until, sessions[last + 1]))] if last + 1 < len(slugs) else []
    yield from ((way, each) for way, each in found if isinstance(each, Period))


def touched(chosen: Period, sessions: Sequence[Event]) -> Iterator[Period | Undated]:
    """The calendar years, then the times from one Council to the next, that share days with a period, but itself."""
    days = chosen.first, chosen.last
    for year in range(chosen.first.year, chosen.last.year + 1):
        if chosen.year != year:
            yield periods.calendar_year(year)
    for since, until in pairwise(sessions):
        if since.span.first <= chosen.last and until.span.last >= chosen.first:
            period = _between(since, until)
            if isinstance(period, Undated) or (period and (period.first, period.last) != days):
                yield period


def _between(since: Event, until: Event) -> Period | Undated | None:
    """The time between two sessions; None where no day lies between them."""
    lacking = [event for event in (since, until) if event.span.days is None]
    if lacking:
        return Undated(since=since, until=until, lacking=lacking[0])
    try:
        return periods.between(since, until)
    except CalendarError:
        return None
