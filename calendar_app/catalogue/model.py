"""What the catalogue tells, as one object."""

from dataclasses import dataclass
from datetime import UTC, datetime

from calendar_app.events import Engagement, Event, Series

# The day of the facts: the stamp of every event that nobody has edited.
DATE = datetime(2026, 11, 23, tzinfo=UTC)


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
    """Where the Council report names an event or series, and under which name and place."""

    subject: str
    key: str
    section: str
    position: int
    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the files tell. Engagements are by ("event" or "series", key)."""

    series: tuple[Series, ...]
    events: tuple[Event, ...]
    engagements: tuple[tuple[str, str, Engagement], ...]
    figures: tuple[Figure, ...]
    report: tuple[ReportPlace, ...]
