"""What a report's period leaves out and takes in against others, with all of them drawn on one ruler."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from calendar_app.events import Event
from calendar_app.report import periods, statistics
from calendar_app.report.facts import Facts, Period, SectionKey
from calendar_app.selection import Selection
from calendar_app.spans import Precision, Span
from calendar_app.store import events, search
from calendar_app.texts import Texts
from calendar_app.web import current, report_others
from calendar_app.web.dates import Path, Ruler, drawn
from calendar_app.web.report_others import Undated

# Of a longer list the first are told, and how many more there are.
MOST_TOLD = 60
# The sections that name events one by one.
_NAMING = {SectionKey.AGENDA, SectionKey.SUMMITS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Events that are in one period alone: the first of them, each with whether the report names it, and how many."""

    told: tuple[tuple[Event, bool], ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A period by its name (and days, where that tells none), with its report's address, how many events, and drawn.

    `drops` are those of its events that the chosen period leaves out, `takes` those that this one takes in besides.
    `undated` is the session without days on record because of which it is no period.
    """

    name: str
    days: str = ""
    address: str = ""
    count: int = 0
    strip: tuple[Path, ...] = ()
    drops: Difference | None = None
    takes: Difference | None = None
    undated: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The chosen period, and the others that it touches, on a ruler of whole years."""

    years: tuple[int, ...]
    chosen: Line
    others: tuple[Line, ...]


def compared(facts: Facts, sessions: Sequence[Event], texts: Texts) -> Compared:
    """The period of a report beside those that one might choose instead."""
    others = list(report_others.touched(facts.period, sessions))
    dated = [facts.period, *(period for period in others if isinstance(period, Period))]
    first, last = min(period.first for period in dated), max(period.last for period in dated)
    store = current.store()
    found = statistics.counted(events.by_ids(store, search.ids(store, Selection(first=first, last=last))))
    teller = _Teller(facts, found, Ruler.months(date(first.year, 1, 1), date(last.year, 12, 31)), texts)
    return Compared(
        years=tuple(range(first.year, last.year + 1)),
        chosen=teller.line(facts.period),
        others=tuple(teller.other(period) for period in others),
    )


class _Teller:
    """Tells of periods what a chosen one leaves out and takes in; `found` are the counted events of all of them."""

    def __init__(self, facts: Facts, found: Sequence[Event], ruler: Ruler, texts: Texts) -> None:
        self._chosen, self._found, self._ruler, self._texts = facts.period, found, ruler, texts
        self._named = {place.key for place in facts.places if place.section in _NAMING}

    def line(self, period: Period) -> Line:
        """A period as itself."""
        span = Span(first=period.first, last=period.last, precision=Precision.DAY)
        return Line(
            name=report_others.name_of(period, self._texts),
            days=report_others.days_of(period, self._texts) if period.since else "",
            address=report_others.address_of(period),
            count=len(self._within(period)),
            strip=(self._shade(), *drawn(span, self._ruler)),
        )

    def other(self, period: Period | Undated) -> Line:
        """A period against the chosen one."""
        if isinstance(period, Undated):
            return Line(name=report_others.name_of(period, self._texts), undated=period.lacking)
        drops, takes = periods.compare(self._within(self._chosen), self._within(period))
        return replace(self.line(period), drops=self._difference(drops), takes=self._difference(takes))

    def _difference(self, found: Sequence[Event]) -> Difference:
        told = tuple((event, bool({event.slug, event.series} & self._named)) for event in found[:MOST_TOLD])
        return Difference(told=told, count=len(found))

    def _within(self, period: Period) -> list[Event]:
        """The counted events that may fall in a period, as its report counts them."""
        return [each for each in self._found if each.span.first <= period.last and each.span.last >= period.first]

    def _shade(self) -> Path:
        """The chosen period, behind the others."""
        left, right = self._ruler.at(self._chosen.first), self._ruler.at(self._chosen.last)
        return Path(name="shade", d=f"M{left} -6H{max(right, left + 1)}V22H{left}Z")
