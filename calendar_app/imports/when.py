"""When an event of a foreign calendar takes place, as fields of the form: its days and hours by the venue's clock."""

from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, datetime, time, timedelta

from calendar_app import spans
from calendar_app.errors import CalendarError, Problem
from calendar_app.imports.entries import Entry, Moment
from calendar_app.spans import FIRST_YEAR, LAST_YEAR, Precision, Span

_LONGEST = timedelta(days=366 * (LAST_YEAR - FIRST_YEAR))


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The fields that tell when, the year for the row's key, and what could not be told."""

    fields: dict[str, str] = field(default_factory=dict)
    year: str = ""
    problems: tuple[Problem, ...] = ()
    notes: tuple[CalendarError, ...] = ()


def length(entry: Entry) -> timedelta:
    """How long an event is by the clock of its start; of days without an end, one (RFC 5545 §3.6.1)."""
    if entry.start is None:
        return timedelta(0)
    if entry.end is not None:
        return entry.end.by(entry.start.zone) - entry.start.at
    if entry.length is not None:
        return min(max(entry.length, -_LONGEST), _LONGEST)
    return timedelta(0) if entry.start.timed else timedelta(days=1)


def tell(start: Moment, lasting: timedelta, *, zone: str) -> When:
    """The days of an event, and its times where it has them on one day; `zone` is that of its venue, "" if not known.

    A time by no zone's clock is taken for the venue's.
    """
    zone = "" if start.unknown else zone or start.zone
    try:
        first = start.by(zone).replace(second=0, microsecond=0)
        end = replace(start, at=start.at + lasting).by(zone).replace(second=0, microsecond=0)
        last = end - timedelta(days=1) if end.time() == time.min and end > first else end
        days = Span(first=first.date(), last=last.date(), precision=Precision.DAY)
    except CalendarError as error:
        return When(problems=(Problem(field="dates", error=error),))
    except OverflowError:
        beyond = CalendarError("span-year-range", year=MAXYEAR, low=FIRST_YEAR, high=LAST_YEAR)
        return When(problems=(Problem(field="dates", error=beyond),))
    told = {"dates": spans.write(days)}
    notes = [CalendarError("import-zone", zone=start.unknown)] if start.unknown else []
    if start.timed and (first.time(), end.time()) != (time.min, time.min):
        hours, reason = _hours(first, end, zone)
        told |= hours
        notes += [reason] if reason and not start.unknown else []
    return When(fields=told, year=str(first.year), notes=tuple(notes))


def _hours(first: datetime, end: datetime, zone: str) -> tuple[dict[str, str], CalendarError | None]:
    """The fields of the hours of an event, or why it is told by its days alone."""
    start, until = f"{first:%H:%M}", f"{end:%H:%M}"
    if end == first:
        return {}, CalendarError("import-hours-end", start=start)
    if end.date() != first.date():
        return {}, CalendarError("import-hours-days", start=start, end=until)
    if not zone:
        return {}, CalendarError("import-hours-zone", start=start, end=until)
    return {"start_time": start, "end_time": until, "timezone": zone}, None
