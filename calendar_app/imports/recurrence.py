"""The occurrences of an event that recurs (RFC 5545 §3.8.5), within a window and within limits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, islice

from calendar_app.errors import CalendarError
from calendar_app.imports import rules
from calendar_app.imports.entries import Entry, Moment
from calendar_app.imports.limits import MOST_OCCURRENCES
from calendar_app.imports.rules import Budget

_LONGEST = timedelta(days=3_660)  # of an event that reaches into the window


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """When an event takes place, by the clock of its start, each with what tells it from the others.

    `capped` says that there are more in the window.
    """

    times: tuple[tuple[str, datetime], ...]
    capped: bool = False


def recurs(entry: Entry) -> bool:
    """Whether an event has occurrences beside its start."""
    return bool(entry.rules or entry.added)


def expand(entry: Entry, start: Moment, *, length: timedelta, window: tuple[date, date], budget: Budget) -> Occurrences:
    """The occurrences that touch the window, its first and last day included; the start is always one.

    Raises:
        CalendarError: a rule that can't be read, recurs within the hour, or is too much work.
    """
    for rule in entry.rules:
        rules.check(rule)
    low = datetime.combine(window[0], time.min) - min(max(length, timedelta(0)), _LONGEST)
    high = datetime.combine(window[1], time.max)
    ruled = (islice(_ruled(rule, start, high, budget), rules.number(rule, "COUNT")) for rule in entry.rules)
    wanted: set[datetime] = set()
    for at in chain([start.at], (moment.by(start.zone) for moment in entry.added), *ruled):
        if low <= at <= high:
            wanted.add(at)
        if len(wanted) > 2 * MOST_OCCURRENCES:
            break
    times = {moment.by(start.zone) for moment in entry.excluded if moment.timed}
    # A day takes out what begins on it.
    days = {moment.at.date() for moment in entry.excluded if not (moment.timed and start.timed)}
    kept = [(name, at) for name, at in _named(sorted(wanted)) if at not in times and at.date() not in days]
    return Occurrences(times=tuple(kept[:MOST_OCCURRENCES]), capped=len(kept) > MOST_OCCURRENCES)


def name(changed: Moment, start: Moment | None, times: Iterable[tuple[str, datetime]]) -> str:
    """What tells the occurrence that another event changes from the others of that event."""
    at = changed.by(start.zone) if start else changed.at
    same = (name for name, each in times if each == at or (not changed.timed and each.date() == at.date()))
    return next(same, at.date().isoformat())


def _named(times: list[datetime]) -> Iterator[tuple[str, datetime]]:
    """Times named by their day; a second one on a day by its hour too."""
    for place, at in enumerate(times):
        again = place and times[place - 1].date() == at.date()
        yield (f"{at:%Y-%m-%dT%H%M}" if again else at.date().isoformat()), at


def _ruled(rule: Mapping[str, list[object]], start: Moment, high: datetime, budget: Budget) -> Iterator[datetime]:
    """The times of a rule; the first is the start, whether the rule fits it or not (RFC 5545 §3.8.5.3)."""
    until = _until(rule, start, high)
    yield start.at
    yield from (at for at in rules.times(rule, start.at, min(until, high), budget) if at != start.at)


def _until(rule: Mapping[str, list[object]], start: Moment, high: datetime) -> datetime:
    """The last moment that a rule allows, `high` if it names none, by the clock of the start; of a day its end."""
    if "UNTIL" not in rule:
        return high
    said = rule["UNTIL"][0]
    if not isinstance(said, Moment):
        raise CalendarError("import-rule")
    return said.by(start.zone) if said.timed and start.timed else datetime.combine(said.at, time.max)
