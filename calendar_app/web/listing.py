"""Events as rows in groups: by month while a selection is dense, by year when it is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from calendar_app.events import Event, Series
from calendar_app.spans import Precision
from calendar_app.texts import Texts
from calendar_app.topics import Mode
from calendar_app.web import hours
from calendar_app.web.dates import DateBlock, Path, Ruler, block, strip

# What one page lists at the most; the rest is on further pages.
MOST_ROWS = 400
_DENSE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An event as a list shows it. `hours` are those by the venue's clock, "" if it has none."""

    event: Event
    series: Series | None
    date: DateBlock
    place: str
    plans: tuple[str, ...]
    hours: str = ""
    strip: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows under one heading. `kind` is "month", "year", or "few" for those of which only the year is known."""

    kind: str
    heading: str
    year: int
    anchor: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What rows need to be told: words, series and the day that is today (UTC)."""

    texts: Texts
    series: Mapping[str, Series]
    today: date

    def row(self, event: Event, *, ruler: Ruler | None = None, year: bool = False) -> Row:
        """One event as a row, drawn on a ruler if there is one."""
        return Row(
            event=event,
            series=self.series.get(event.series),
            date=block(event, self.texts, today=self.today, year=year),
            place=self.place(event),
            plans=tuple(self._plan(event, number) for number in range(len(event.plans))),
            hours=hours.short(event.span),
            strip=strip(event, ruler, today=self.today) if ruler else (),
        )

    def groups(self, events: Sequence[Event]) -> list[Group]:
        """Events in list order, in groups; by month if there are two or more to a month."""
        if not events:
            return []
        starts = [event.span.first for event in events]
        first, last = min(starts), max(starts)
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        return self.by_month(events) if len(events) >= _DENSE * months else self.by_year(events)

    def by_month(self, events: Sequence[Event]) -> list[Group]:
        """Events in list order, by the month in which they begin; those without a month after their year's."""
        groups = []
        for (year, month), found in groupby(events, key=_month_of):
            if month is None:
                rows = tuple(self.row(event) for event in found)
                groups.append(Group(kind="few", heading=str(year), year=year, anchor=f"y{year}", rows=rows))
                continue
            day = date(year, month, 1)
            rows = tuple(self.row(event, ruler=Ruler.month(day)) for event in found)
            heading, anchor = self.texts.month(day), f"m{day:%Y-%m}"
            groups.append(Group(kind="month", heading=heading, year=year, anchor=anchor, rows=rows))
        return groups

    def by_year(self, events: Sequence[Event]) -> list[Group]:
        """Events in list order, by the year in which they begin."""
        groups = []
        for year, found in groupby(events, key=lambda event: event.span.first.year):
            rows = tuple(self.row(event, ruler=Ruler.year(year)) for event in found)
            groups.append(Group(kind="year", heading=str(year), year=year, anchor=f"y{year}", rows=rows))
        return groups

    def place(self, event: Event) -> str:
        """Where it is held, as a row says it: "Geneva, Switzerland and online"; in words if nothing is known."""
        gettext = self.texts.gettext
        place = self.texts.place(event.city, event.country, on=event.span.first)
        if event.mode is Mode.ONLINE:
            return place or gettext("Online")
        if event.mode is Mode.HYBRID:
            return gettext("{place} and online").format(place=place) if place else gettext("Online and in person")
        if place:
            return place
        if event.venue:
            return event.venue[0].upper() + event.venue[1:]
        past = event.span.last < self.today
        return gettext("Place not given") if past else gettext("Place not announced")

    def _plan(self, event: Event, number: int) -> str:
        """An earlier plan as a row strikes it out: its dates, and its place where the next plan changed it."""
        plan = event.plans[number]
        after = event.plans[number + 1] if number + 1 < len(event.plans) else event
        moved = plan.city and (plan.city, plan.country) != (after.city, after.country)
        words = self.texts.span(plan.span)
        return f"{words}, {plan.city}" if moved else words


def _month_of(event: Event) -> tuple[int, int | None]:
    span = event.span
    return span.first.year, None if span.precision is Precision.YEAR else span.first.month
