"""The rhythm of a series: its windows, period by period, and the sessions that are recorded in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from dateutil.rrule import YEARLY, rrule

from calendar_app.cadence.text import Cadence, Window, months_of, parse, windows_in
from calendar_app.events import Event, Series
from calendar_app.spans import Precision, Span
from calendar_app.topics import Status

AHEAD = 24  # months
# How many of the last periods tell in which months a series meets that names none.
_RECENT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A window in the period of a year, the `number`th there. `start` and `end` count months, as `month_of` does."""

    year: int
    window: Window
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """A series that meets in a known rhythm: its sessions, oldest first, and those that are only postponed.

    `told` says that the series itself names its months; otherwise they are those of its last sessions.
    """

    cadence: Cadence
    windows: tuple[Window, ...]
    told: bool
    sessions: tuple[Event, ...]
    postponed: tuple[Event, ...]

    def year(self, event: Event) -> int:
        """The period of an event: its year, or the one before for what closes a window that began there."""
        tail = max((window.last for window in self.windows if window.last < window.first), default=0)
        vague = event.span.precision is Precision.YEAR
        return event.span.first.year - (event.span.first.month <= tail and not vague)

    def counted(self, year: int) -> list[Event]:
        """The sessions of a period."""
        return [event for event in self.sessions if self.year(event) == year]

    def coming(self, today: date) -> list[Occurrence]:
        """The windows that are not over and begin within two years, whether a session is recorded in them or not."""
        last = self.year(self.sessions[-1]) if self.sessions else None
        if self.cadence.years == 1:
            years = self._years(today.year - 1, today)
        else:
            # Of a longer rhythm only the next beat is sure; one that was missed may have shifted it.
            years = [] if last is None else [year for year in self._years(last, today) if year > last][:1]
        found = [each for year in years for each in self.windows_of(year)]
        near = [each for each in found if each.end >= month_of(today) and each.start <= month_of(today) + AHEAD]
        return sorted(near, key=lambda each: (each.start, each.end))

    def _years(self, begin: int, today: date) -> list[int]:
        first, until = datetime(begin, 1, 1), datetime(today.year + AHEAD // 12, 12, 31)  # noqa: DTZ001 - years alone
        found = rrule(YEARLY, interval=self.cadence.years, dtstart=first, until=until)
        return [each.year for each in found if self.cadence.holds(each.year)]

    def windows_of(self, year: int) -> list[Occurrence]:
        """The windows of a period; none where it can't be told in which of them its sessions fall."""
        windows = windows_in(self.windows, year)
        if self.cadence.times == 1 and len(windows) > 1:
            # Once a year, in one of several months.
            windows = (Window(first=windows[0].first, last=windows[-1].last),)
        if len(windows) != self.cadence.times:
            return []
        starts = [(12 * year + window.first, window) for window in windows]
        return [
            Occurrence(year=year, window=each, number=place, start=at, end=at + (each.last - each.first) % 12)
            for place, (at, each) in enumerate(starts, 1)
        ]

    def is_open(self, occurrence: Occurrence) -> bool:
        """Whether no session is recorded for a window."""
        sessions, beside = self.counted(occurrence.year), self.windows_of(occurrence.year)
        if self.cadence.times == 1:
            return not sessions
        vague = [event for event in sessions if event.span.precision is Precision.YEAR]
        taken = {nearest(event, beside) for event in sessions if event not in vague}
        # One of which only the year is known may be any of them: the first that is left.
        left = [each.number for each in beside if each.number not in taken][len(vague) :]
        return occurrence.number in left

    def waiting(self, occurrence: Occurrence) -> Event | None:
        """The event that was to be the session of a window and has no new dates yet."""
        beside = self.windows_of(occurrence.year)
        found = [event for event in self.postponed if self.year(event) == occurrence.year]
        return next((event for event in found if nearest(event, beside) == occurrence.number), None)


def of(series: Series, events: Iterable[Event], *, today: date) -> Rhythm | None:
    """The rhythm of a series, from its own words and its events; None where its cadence tells none."""
    cadence = parse(series.cadence)
    if cadence is None:
        return None
    # A further part of a session that was split is none of its own.
    whole = [event for event in events if not event.part_of and event.status is not Status.WITHDRAWN]
    whole.sort(key=lambda event: (event.span.first, event.span.last, event.uid))
    told = months_of(series.months)
    rhythm = Rhythm(
        cadence=cadence,
        windows=told,
        told=bool(told),
        sessions=tuple(event for event in whole if event.status is not Status.POSTPONED),
        postponed=tuple(event for event in whole if event.status is Status.POSTPONED),
    )
    return rhythm if told else replace(rhythm, windows=_windows_of(rhythm.sessions, cadence, today))


def month_of(day: date) -> int:
    """The month of a day, counted since the year 0."""
    return 12 * day.year + day.month


def nearest(event: Event, occurrences: Sequence[Occurrence]) -> int:
    """The number of the window that an event lies in or next to; 0 of none."""
    found = sorted(occurrences, key=lambda each: (each.window.distance(event.span.first.month), each.number))
    return found[0].number if found else 0


def _windows_of(sessions: Sequence[Event], cadence: Cadence, today: date) -> tuple[Window, ...]:
    """The months of the last sessions, where they are recent enough to say something of the next."""
    oldest = today.year - _RECENT * cadence.years
    recent = [each for each in sessions if each.span.first.year >= oldest and each.span.precision is not Precision.YEAR]
    if cadence.times == 1:
        months = sorted({month for each in recent[-_RECENT:] for month in _months(each.span)})
        return (_hull(months),) if months else ()
    starts = sorted({each.span.first.month for each in recent[-cadence.times :]})
    return tuple(Window(first=month, last=month) for month in starts) if len(starts) == cadence.times else ()


def _months(span: Span) -> tuple[int, ...]:
    """The months in which an event begins, as far as they are known."""
    return (span.first.month, span.last.month) if span.precision is Precision.MONTH else (span.first.month,)


def _hull(months: Sequence[int]) -> Window:
    """The shortest stretch of the year, across its end if need be, that holds all these months."""
    # Each stretch begins with one of them and ends with the one before it, a year on.
    stretches = [Window(first=first, last=months[place - 1]) for place, first in enumerate(months)]
    return min(stretches, key=lambda each: ((each.last - each.first) % 12, each.first))
