"""What a report is written from: its period, the events in it, what ITU did, figures, and what editors wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from calendar_app.engagement import Engagement, Partner
from calendar_app.events import Event, Series
from calendar_app.selection import query


class SectionKey(StrEnum):
    """The sections of such a report, in its order; the words of `report.csv`, with summary and introduction before."""

    SUMMARY = "summary"
    INTRODUCTION = "introduction"
    AGENDA = "2030-agenda"
    GOVERNANCE = "un-governance"
    SUMMITS = "summits-and-conferences"
    COORDINATION = "inter-agency-coordination"
    INITIATIVES = "key-initiatives"
    JIU = "jiu"


class HeaderField(StrEnum):
    """What stands above a report, written by editors for each period."""

    SYMBOL = "symbol"
    AGENDA_ITEM = "agenda-item"
    DATE = "date"
    TITLE = "title"
    ACTION = "action"


# The text of a period that says whether its report leaves out what the record does not hold, and the one that says so.
GAPS, LEFT_OUT = "gaps", "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that the report tells. `year` is text ("before 2016")."""

    subject: str
    year: str
    measure: str
    value: float
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlace:
    """Where such a report names an event or series ("event" and its slug, "series" and its key), and how."""

    subject: str
    key: str
    section: str
    position: int
    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What a report is about: first and last day, both inclusive.

    `since` and `until` are the sessions of Council between which it lies, if it was chosen so.
    """

    first: date
    last: date
    since: Event | None = None
    until: Event | None = None

    @property
    def year(self) -> int | None:
        """The calendar year that the period is; None if it is none."""
        whole = (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31)
        return self.first.year if whole and self.first.year == self.last.year else None

    @property
    def query(self) -> str:
        """The query of the report of this period, and of the list of the events that may fall in it."""
        return query([("from", self.first.isoformat()), ("to", self.last.isoformat())])


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a report is written from; only what is public.

    `events` are those that may fall in the period, in list order, side events and what was cancelled too; `before`
    those of `earlier`, the period that it is compared with. `engagements` tell of these events, or of series in years
    that the period touches, in the record's order; `engagements_before` likewise of the earlier one. `written` is
    what editors wrote for this period, by a SectionKey or HeaderField. `pillars` are the keys of the series that
    belong to another, by its key. `begun` are the placed series of which something is on record by the end of the
    period. `names` holds the events that an engagement or a side event names and the period
    does not hold, by uid.
    """

    period: Period
    events: tuple[Event, ...]
    series: Mapping[str, Series]
    begun: frozenset[str] = frozenset()
    earlier: Period | None = None
    before: tuple[Event, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    engagements_before: tuple[Engagement, ...] = ()
    partners: Mapping[str, Partner] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    places: tuple[ReportPlace, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    pillars: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, Event] = field(default_factory=dict)
