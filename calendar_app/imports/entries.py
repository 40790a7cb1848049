"""An event of a foreign calendar as it stands there: its properties as plain values, before they are told as fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from calendar_app.errors import CalendarError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day (midnight, not `timed`) or a time by the clock of `zone`, an IANA name.

    Without a zone it is by the clock of wherever one is, or of the zone `unknown`, which is none of ours.
    """

    at: datetime
    timed: bool = False
    zone: str = ""
    unknown: str = ""

    def by(self, zone: str) -> datetime:
        """The same moment by the clock of another IANA zone; as it stands for a day and where a zone is not known."""
        if not (self.timed and self.zone and zone) or self.zone == zone:
            return self.at
        here = self.at.replace(tzinfo=ZoneInfo(self.zone))
        try:
            return here.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        except OverflowError:
            return self.at  # of the years 1 and 9999, which the calendar has not


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One VEVENT: `place` counts from 1, `recurrence` is the occurrence that it changes, `length` its DURATION.

    `rules` are its RRULEs by part, UNTIL a Moment. `calendar` is what its calendar says of itself, by property.
    `within` says that it belongs to another event. Texts are "" if not told.
    """

    place: int
    calendar: Mapping[str, str]
    uid: str
    sequence: int
    start: Moment | None
    end: Moment | None
    length: timedelta | None
    recurrence: Moment | None
    rules: tuple[Mapping[str, list[object]], ...]
    added: tuple[Moment, ...]
    excluded: tuple[Moment, ...]
    title: str
    description: str
    location: str
    url: str
    status: str
    categories: tuple[str, ...]
    private: bool
    series: str
    within: bool
    problems: tuple[Problem, ...]
    notes: tuple[CalendarError, ...]
