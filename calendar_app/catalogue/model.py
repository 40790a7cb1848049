"""What the catalogue tells, as one object."""

from dataclasses import dataclass
from datetime import UTC, datetime

from calendar_app.engagement import Engagement, Partner
from calendar_app.events import Event, Series
from calendar_app.report.facts import Figure, ReportPlace

# The day of the facts: the stamp of every event that nobody has edited.
DATE = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the files tell. Each engagement is with its name in them; a pillar with the series that it is of.

    `lacking` are the names of files that there need not be, and are not.
    """

    series: tuple[Series, ...]
    events: tuple[Event, ...]
    engagements: tuple[tuple[str, Engagement], ...]
    figures: tuple[Figure, ...]
    report: tuple[ReportPlace, ...]
    partners: tuple[Partner, ...] = ()
    pillars: tuple[tuple[str, str], ...] = ()
    lacking: frozenset[str] = frozenset()
