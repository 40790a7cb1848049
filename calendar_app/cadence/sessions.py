"""The sessions of a series held beside its cadence: which may be expected next, and which are missing.

What is expected is a guess from the rhythm of a series, and every use of it says so: months, never days.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

from calendar_app.cadence import rhythm
from calendar_app.cadence.rhythm import Occurrence, Rhythm, month_of
from calendar_app.events import Event, Series
from calendar_app.spans import Precision, Span, from_iso


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A session that the cadence of a series makes likely in these months.

    `number` of `times` counts the sessions of a year where it has several. `last` is the last session recorded before
    it, if any. `told` says that the series names its months; otherwise they are those of its last sessions.
    `postponed` is the event that was to be this session and waits for new dates.
    """

    series: Series
    span: Span
    number: int
    times: int
    last: Event | None
    told: bool
    postponed: Event | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Years of which fewer sessions are recorded than the cadence promises.

    `promised` and `recorded` are of each year from `first` to `last`, or of all of them together where the series
    meets once in several `years`. Of the present year `promised` may be less than the cadence's `times`.
    """

    series: Series
    first: int
    last: int
    promised: int
    recorded: int
    times: int = 1
    years: int = 1


def expected(series: Series, events: Iterable[Event], *, today: date) -> tuple[Expectation, ...]:
    """The sessions that may be expected from this month on, two years ahead, and that are not recorded yet.

    A cancelled session was one; a postponed one leaves its window open. Where a series meets once in several years,
    only the session after the last one can be told, and nothing once that one is overdue.
    """
    beat = rhythm.of(series, events, today=today)
    if beat is None:
        return ()
    return tuple(_expectation(series, beat, each) for each in beat.coming(today) if beat.is_open(each))


def overdue(series: Series, events: Iterable[Event], *, today: date) -> tuple[Overdue, ...]:
    """The years since the first recorded session of which some are missing, oldest first; never what is still to come.

    Of the present year, only windows that are past count, and only where the series itself names them.
    """
    beat = rhythm.of(series, events, today=today)
    if beat is None or not beat.sessions:
        return ()
    return tuple(_short_years(series, beat, today) if beat.cadence.years == 1 else _gaps(series, beat, today))


def _expectation(series: Series, beat: Rhythm, occurrence: Occurrence) -> Expectation:
    before = [event for event in beat.sessions if month_of(event.span.first) < occurrence.start]
    return Expectation(
        series=series,
        span=from_iso(_iso(occurrence.start), _iso(occurrence.end), Precision.MONTH),
        number=occurrence.number,
        times=beat.cadence.times,
        last=before[-1] if before else None,
        told=beat.told,
        postponed=beat.waiting(occurrence),
    )


def _short_years(series: Series, beat: Rhythm, today: date) -> list[Overdue]:
    """The years with too few sessions of what meets in every year; adjacent ones that are alike are one."""
    years = range(beat.year(beat.sessions[0]), today.year + 1)
    told = [(year, _due(beat, year, today), len(beat.counted(year))) for year in years if beat.cadence.holds(year)]
    short = [each for each in told if each[2] < each[1]]
    found = []
    # Years that follow each other lie as far apart as their places.
    for (_, promised, recorded), run in groupby(enumerate(short), lambda each: (each[1][0] - each[0], *each[1][1:])):
        alike = [year for _, (year, _, _) in run]
        gap = Overdue(series=series, first=alike[0], last=alike[-1], promised=promised, recorded=recorded)
        found.append(replace(gap, times=beat.cadence.times))
    return found


def _due(beat: Rhythm, year: int, today: date) -> int:
    """How many sessions a year should have had by now."""
    windows = beat.windows_of(year)
    past = sum(each.end < month_of(today) for each in windows)
    if year == today.year:
        return past if beat.told else 0
    return past if windows else beat.cadence.times


def _gaps(series: Series, beat: Rhythm, today: date) -> list[Overdue]:
    """The stretches in which whole periods of several years passed without a session; one a year late leaves none."""
    every = beat.cadence.years
    years = sorted({beat.year(event) for event in beat.sessions})
    missing = [(one + 1, other - 1, (other - one) // every - 1) for one, other in pairwise(years)]
    ends = [(year, _end(beat, year)) for year in range(years[-1] + every, today.year + 1, every)]
    passed = [year for year, end in ends if end < month_of(today)]
    if passed:
        missing.append((years[-1] + 1, max(passed[-1], today.year - 1), len(passed)))
    return [
        Overdue(series=series, first=first, last=last, promised=count, recorded=0, years=every)
        for first, last, count in missing
        if count > 0
    ]


def _end(beat: Rhythm, year: int) -> int:
    """The last month in which the session of a period may have been."""
    return max((each.end for each in beat.windows_of(year)), default=12 * year + 12)


def _iso(month: int) -> str:
    return f"{(month - 1) // 12:04}-{(month - 1) % 12 + 1:02}"
