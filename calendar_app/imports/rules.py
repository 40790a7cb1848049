"""A recurrence rule (RFC 5545 §3.3.10) as an endless or ending series of times, by `dateutil.rrule`.

dateutil goes on to the year 9999 where a rule fits no day, and for ever where it fits no minute. Here it looks
at as many years, months, weeks or days as lie before an end, and no further.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from dateutil import rrule

from calendar_app.errors import CalendarError
from calendar_app.imports.limits import LONGEST_INTERVAL, MOST_WORK

_FREQUENCIES = {"YEARLY": rrule.YEARLY, "MONTHLY": rrule.MONTHLY, "WEEKLY": rrule.WEEKLY, "DAILY": rrule.DAILY}
_OFTEN = {"HOURLY", "MINUTELY", "SECONDLY"}
# What one look at a year, month, week or day takes, as measured, and the way to the next one where it is long.
_COST = {rrule.YEARLY: 30, rrule.MONTHLY: 3, rrule.WEEKLY: 2, rrule.DAILY: 1}
_WAY = {rrule.YEARLY: 0, rrule.MONTHLY: 0, rrule.WEEKLY: 2, rrule.DAILY: 1 / 4}
_WEEKDAYS = {str(day): day for day in (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)}
# The numbers that each part may hold.
_NUMBERS = {
    "BYMONTH": ("bymonth", 1, 12),
    "BYMONTHDAY": ("bymonthday", -31, 31),
    "BYYEARDAY": ("byyearday", -366, 366),
    "BYWEEKNO": ("byweekno", -53, 53),
    "BYSETPOS": ("bysetpos", -366, 366),
    "BYHOUR": ("byhour", 0, 23),
    "BYMINUTE": ("byminute", 0, 59),
    "BYSECOND": ("bysecond", 0, 59),
}
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_NUMBERS}


@dataclass(slots=True, kw_only=True)
class Budget:
    """What is left of the work that a file may make."""

    left: int = MOST_WORK


class _Spent(Exception):  # noqa: N818 - ends a search, is no error
    """As many periods were looked at as may be."""


class _Interval(int):
    """An interval that counts how often dateutil goes on by it, and stops it in time."""

    most: int
    steps: int

    def _step(self) -> int:
        self.steps += 1
        if self.steps > self.most:
            raise _Spent
        return int(self)

    def __radd__(self, other: int) -> int:
        return other + self._step()

    def __mul__(self, other: int) -> int:  # by which weeks become days
        return self._step() * other


def times(rule: Mapping[str, list[object]], start: datetime, end: datetime, budget: Budget) -> Iterator[datetime]:
    """The times that fit a rule, from `start` to `end`, both without a zone; COUNT and UNTIL are left to the caller.

    Raises:
        CalendarError: a rule that can't be read, recurs within the hour, or is too much work.
    """
    frequency, arguments = _read(rule)
    interval = _Interval(_number(rule, "INTERVAL", 1, LONGEST_INTERVAL))
    interval.steps = 0
    needed = _steps(frequency, interval, start, end)
    work = _COST[frequency] * _weight(arguments) + int(_WAY[frequency] * int(interval))
    interval.most = min(needed, budget.left // work)
    found = rrule.rrule(cast(Any, frequency), dtstart=start, interval=interval, **arguments)
    try:
        for at in found:
            if at > end:
                return
            yield at
    except _Spent:
        if interval.most < needed:
            raise CalendarError("import-rule-work", most=MOST_WORK) from None
    finally:
        budget.left -= (interval.steps + 1) * work


def check(rule: Mapping[str, list[object]]) -> None:
    """Refuses a rule that can't be read or recurs within the hour, however soon it ends.

    Raises:
        CalendarError: one of these.
    """
    _read(rule)


def number(rule: Mapping[str, list[object]], part: str) -> int | None:
    """The number that a rule has for COUNT or the like; None if it has none."""
    return _number(rule, part, 1, 10**9) if part in rule else None


def _read(rule: Mapping[str, list[object]]) -> tuple[int, dict[str, Any]]:
    frequency = str(next(iter(rule.get("FREQ", [])), "")).upper()
    if frequency in _OFTEN:
        raise CalendarError("import-rule-often", frequency=frequency)
    if frequency not in _FREQUENCIES or not set(rule) - {"RSCALE"} <= _KNOWN or _calendar(rule) != "GREGORIAN":
        raise CalendarError("import-rule")
    arguments: dict[str, Any] = {
        name: sorted({_checked(said, low, high) for said in rule[part]})
        for part, (name, low, high) in _NUMBERS.items()
        if part in rule
    }
    if "BYDAY" in rule:
        arguments["byweekday"] = [_weekday(str(said)) for said in dict.fromkeys(rule["BYDAY"])]
    if "WKST" in rule:
        arguments["wkst"] = _weekday(str(rule["WKST"][0]))
    if len(arguments.get("byminute", [0])) > 1 or len(arguments.get("bysecond", [0])) > 1:
        raise CalendarError("import-rule-often", frequency=frequency)
    return _FREQUENCIES[frequency], arguments


def _calendar(rule: Mapping[str, list[object]]) -> str:
    return str(next(iter(rule.get("RSCALE", [])), "GREGORIAN")).upper()


def _checked(said: object, low: int, high: int) -> int:
    # BYMONTH is a number or, with RSCALE, a number and L.
    if not isinstance(said, int) or not low <= said <= high or (said == 0 and low < 0) or getattr(said, "leap", False):
        raise CalendarError("import-rule")
    return int(said)


def _number(rule: Mapping[str, list[object]], part: str, low: int, high: int) -> int:
    said = rule.get(part, [low])
    return _checked(said[0] if len(said) == 1 else None, low, high)


def _weekday(said: str) -> Any:
    """A weekday, or the n-th of the month or year: "MO", "-1FR"."""
    day, place = _WEEKDAYS.get(said[-2:].upper()), said[:-2]
    if day is None or not (place or "1").lstrip("+-").isdecimal():
        raise CalendarError("import-rule")
    return day(_checked(int(place), -53, 53)) if place else day


def _weight(arguments: Mapping[str, list[Any]]) -> int:
    """How much more work than one look at each day the parts of a rule make."""
    places = len(arguments.get("bysetpos", [])) + len(arguments.get("byweekday", []))
    return (1 + places) * len(arguments.get("byhour", [0]))


def _steps(frequency: int, interval: int, start: datetime, end: datetime) -> int:
    """How often one goes on from the period of `start` before what follows lies after `end`."""
    months = (end.year - start.year) * 12 + end.month - start.month
    days = (cast(date, end) - cast(date, start)).days + 7  # the week of the start begins before it
    passed = {rrule.YEARLY: end.year - start.year, rrule.MONTHLY: months, rrule.WEEKLY: days // 7, rrule.DAILY: days}
    return max(0, passed[frequency]) // int(interval) + 1
