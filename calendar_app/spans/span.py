"""Span: when an event is, and how exactly that is known; its ISO form and its written one."""

import enum
import re
import zoneinfo
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from calendar_app.errors import SpanError

# Only the tzdata package's zones: a system's table would win over it, and an older one gives other UTC times
# (2026f puts Casablanca at UTC+0, 2025b does not). What was read before this import is forgotten.
zoneinfo.reset_tzpath(to=[])
ZoneInfo.clear_cache()

ZONES = frozenset(zoneinfo.available_timezones()) - {"Factory"}  # the name of a clock that nobody has set
# fmt: off
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")
# fmt: on
LONGEST_QUOTE = 60  # characters
FIRST_YEAR, LAST_YEAR = 1900, 2199

_ISO_FORMS = {"day": r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "month": r"[0-9]{4}-[0-9]{2}", "year": r"[0-9]{4}"}


class Precision(enum.StrEnum):
    """How exactly a span's first and last day are known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When: first day, last day and precision, or one day with a timed start and end in a zone.

    `first` is the first day it may be and `last` the last, inclusive: the days themselves, or the bounds of
    their month or year. Times are local, whole minutes, in the IANA zone `zone`. Years are 1900 to 2199.

    Raises: SpanError for what cannot be: bounds, years, times or a zone.
    """

    first: date
    last: date
    precision: Precision
    start_time: time | None = None
    end_time: time | None = None
    zone: str | None = None

    def __post_init__(self) -> None:
        check_year(self.first.year)
        check_year(self.last.year)
        if self.last < self.first:
            first, last = (words(day, self.precision) for day in (self.first, self.last))
            raise SpanError("span-backwards", first=first, last=last)
        bounds = unit(self.first, self.precision)[0], unit(self.last, self.precision)[1]
        if (self.first, self.last) != bounds:
            first, last = self.first.isoformat(), self.last.isoformat()
            raise SpanError("span-bounds", first=first, last=last, precision=self.precision.value)
        if (self.start_time, self.end_time, self.zone) != (None, None, None):
            self._check_times()

    def _check_times(self) -> None:
        if self.start_time is None or self.end_time is None or self.zone is None:
            raise SpanError("span-times-incomplete")
        if self.days != 1:
            raise SpanError("span-times-days", dates=write(self))
        if self.zone not in ZONES:
            raise SpanError("span-zone", zone=shown(self.zone))
        for at in (self.start_time, self.end_time):
            if at.second or at.microsecond or at.tzinfo is not None:
                raise SpanError("span-times-minutes", time=at.isoformat())
        if self.end_time <= self.start_time:
            start, end = f"{self.start_time:%H:%M}", f"{self.end_time:%H:%M}"
            raise SpanError("span-times-backwards", start=start, end=end)
        for at in (self.start_time, self.end_time):
            if not self._exists(at):
                raise SpanError("span-times-skipped", time=f"{at:%H:%M}", dates=write(self), zone=self.zone)

    def _exists(self, at: time) -> bool:
        # Back from UTC, a local time that the clocks skip comes out as another.
        instant = self._instant(at)
        local = instant and instant.astimezone(ZoneInfo(self.zone or "UTC")).replace(tzinfo=None)
        return local == datetime.combine(self.first, at)

    def _instant(self, at: time | None) -> datetime | None:
        if at is None or self.zone is None:
            return None
        return datetime.combine(self.first, at.replace(fold=0), ZoneInfo(self.zone)).astimezone(UTC)

    @property
    def days(self) -> int | None:
        """The number of days, first and last included; None where the days are not known."""
        return (self.last - self.first).days + 1 if self.precision is Precision.DAY else None

    @property
    def single_month(self) -> bool:
        """Whether it is one month whose days are not given."""
        return self.precision is Precision.MONTH and unit(self.first, Precision.MONTH)[1] == self.last

    @property
    def timed(self) -> bool:
        """Whether it has a start and an end on its day."""
        return self.start_time is not None

    @property
    def start_utc(self) -> datetime | None:
        """The start in UTC, None where untimed; a local time that occurs twice means the earlier one."""
        return self._instant(self.start_time)

    @property
    def end_utc(self) -> datetime | None:
        """The end in UTC, None where untimed; a local time that occurs twice means the earlier one."""
        return self._instant(self.end_time)

    def overlaps(self, first: date | None, last: date | None) -> bool:
        """Whether it may overlap this period; both bounds are inclusive, None is open."""
        return (first is None or self.last >= first) and (last is None or self.first <= last)


SortKey = tuple[int, int, bool, date, date, time, time, str]


def sort_key(span: Span) -> SortKey:
    """The place of a span in a list: a month after the days that start in it, a year after its months.

    Then by first day, last day and local start time, untimed first. Only equal spans have equal keys.
    """
    month = len(MONTHS) + 1 if span.precision is Precision.YEAR else span.first.month
    times = (span.start_time or time.min, span.end_time or time.min)
    vague = span.precision is not Precision.DAY
    return (span.first.year, month, vague, span.first, span.last, *times, span.zone or "")


def with_times(span: Span, *, start: time, end: time, zone: str) -> Span:
    """The same day with a start and an end: local time, whole minutes, IANA zone.

    Raises: SpanError for more than one day, an unknown zone, an end not after the start, a skipped hour.
    """
    return replace(span, start_time=start, end_time=end, zone=zone)


def from_iso(start: str, end: str, precision: str) -> Span:
    """The untimed span that files and the database hold as "2016-11-07", "2016-11" or "2016", twice.

    Raises: SpanError, `span-iso` for another form than the precision's or a date that is not one.
    """
    try:
        form = _ISO_FORMS[precision]
        if not re.fullmatch(form, start) or not re.fullmatch(form, end):
            raise ValueError(form)
        days = [date(*map(int, f"{text}-01-01"[:10].split("-"))) for text in (start, end)]
    except (KeyError, ValueError):
        data = {"start": shown(start), "end": shown(end), "precision": shown(precision)}
        raise SpanError("span-iso", **data) from None
    known = Precision(precision)
    return Span(first=unit(days[0], known)[0], last=unit(days[1], known)[1], precision=known)


def to_iso(span: Span) -> tuple[str, str]:
    """Start and end as `from_iso` reads them, as long as the precision; times are not included."""
    length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[span.precision]
    return span.first.isoformat()[:length], span.last.isoformat()[:length]


def write(span: Span) -> str:
    """The dates in ASCII English, the one way, for the form field; times are not included.

    `parse` reads it back to the same span.
    """
    first, last = (words(day, span.precision) for day in (span.first, span.last))
    if first == last:
        return last
    if span.precision is Precision.YEAR:
        return f"{first}-{last}"
    if span.first.year != span.last.year:
        return f"{first} - {last}"
    month = MONTHS[span.first.month - 1]
    if span.precision is Precision.MONTH:
        return f"{month}-{last}"
    if span.first.month == span.last.month:
        return f"{span.first.day}-{last}"
    return f"{span.first.day} {month} - {last}"


def check_year(year: int) -> None:
    """Refuses a year that the calendar does not hold."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise SpanError("span-year-range", year=year, low=FIRST_YEAR, high=LAST_YEAR)


def words(day: date, precision: Precision) -> str:
    """A day, its month or its year in ASCII English: "18 April 2016"."""
    parts = [str(day.day), MONTHS[day.month - 1], str(day.year)]
    return " ".join(parts[{Precision.DAY: 0, Precision.MONTH: 1, Precision.YEAR: 2}[precision] :])


def unit(day: date, precision: Precision) -> tuple[date, date]:
    """The first and last day of the day, month or year that this day lies in."""
    if precision is Precision.YEAR:
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if precision is Precision.MONTH:
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return day, day


def months(first: date, last: date) -> Iterator[date]:
    """The first days of the months from that of one day to that of another, inclusive."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield date(number // 12, number % 12 + 1, 1)


def shown(text: str) -> str:
    """Give what was typed, safe to say back: short, only what prints (a lone surrogate breaks UTF-8)."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text[:LONGEST_QUOTE])
