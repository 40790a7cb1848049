"""A report's facts, looked up: events and series by their sections, and what ITU did by its subjects."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from operator import itemgetter

from calendar_app.engagement import Engagement
from calendar_app.events import Event, Series
from calendar_app.report import figure_words, statistics
from calendar_app.report.facts import Facts, Figure, ReportPlace, SectionKey
from calendar_app.spans import SortKey, sort_key
from calendar_app.texts import Texts
from calendar_app.topics import Kind

Subject = Event | Series


class Record:
    """The facts of one report, with the words that it is told in. Only what anyone may see."""

    def __init__(self, facts: Facts, texts: Texts) -> None:
        self.facts, self.texts, self.period = facts, texts, facts.period
        self.events = tuple(event for event in facts.events if event.public)
        self.years = range(facts.period.first.year, facts.period.last.year + 1)
        self._by_uid = {event.uid: event for event in (*facts.names.values(), *self.events) if event.public}
        self._places: dict[tuple[str, str], dict[str, ReportPlace]] = defaultdict(dict)
        for place in facts.places:
            self._places[place.subject, place.key][place.section] = place
        self._met = Counter(event.series for event in self.meetings)
        self._within = {event.uid for event in self.events}
        self.statements = tuple(statistics.happened(self.events, facts.engagements))
        self._told = statistics.told(self.events, self.statements)
        self._at: dict[str, list[Engagement]] = defaultdict(list)
        self._in: dict[str, list[Engagement]] = defaultdict(list)
        for done in self.statements:
            for uid in done.events:
                self._at[uid].append(done)
            for key in done.series:
                self._in[key].append(done)

    @property
    def meetings(self) -> tuple[Event, ...]:
        """The events of the period without ITU's side events."""
        return tuple(event for event in self.events if event.kind is not Kind.SIDE_EVENT)

    @property
    def unplaced(self) -> list[Event]:
        """The events that stand in no section, and that nobody left out of all on purpose; not what is off.

        Of side events only those whose forum nobody may see: the others stand where that does.
        """
        found = [event for event in self.events if not (event.off or self.sections_of(event))]
        return [event for event in found if event.kind is not Kind.SIDE_EVENT or not self.event(event.held_at)]

    def event(self, uid: str) -> Event | None:
        """An event of the period, or one that is named beside it."""
        return self._by_uid.get(uid)

    def within(self, event: Event) -> bool:
        """Whether an event may fall in the period."""
        return event.uid in self._within

    def series_of(self, event: Event) -> Series | None:
        """The series that an event belongs to."""
        return self.facts.series.get(event.series)

    def done_at(self, event: Event) -> list[Engagement]:
        """What ITU did at an event; nothing at one that is off."""
        return [] if event.off else self._at[event.uid]

    def done_in(self, series: Series) -> list[Engagement]:
        """What ITU did in a series as a whole, in years that the period touches."""
        return self._in[series.key]

    def is_only(self, event: Event) -> bool:
        """Whether an event is the only one of its series in the period, so that the series' name can mean it."""
        return self._met[event.series] == 1

    def is_told(self, event: Event) -> bool:
        """Whether it is on record what ITU did at an event itself."""
        return event.uid in self._told

    def is_told_of_series(self, event: Event) -> bool:
        """Whether it is on record what ITU did in the series of an event as a whole."""
        return bool(self._in[event.series]) if event.series else False

    def place(self, event: Event, section: str | None = None) -> ReportPlace | None:
        """How a report was told to name an event, in a section or in the first that it has."""
        own = self._places.get(("event", event.slug), {})
        return own.get(section) if section else next(iter(own.values()), None)

    def sections_of(self, subject: Subject) -> tuple[str, ...]:
        """The sections in which an event or series stands: its own, else those of its series or forum."""
        if isinstance(subject, Series):
            return tuple(self._places.get(("series", subject.key), {}))
        if own := self._places.get(("event", subject.slug)):
            return tuple(own)
        above: Subject | None = self.event(subject.held_at) if subject.held_at else self.series_of(subject)
        return self.sections_of(above) if above else ()

    def events_in(self, section: SectionKey) -> list[Event]:
        """The events of a section in its order: those that have a place of their own by that, the others by date."""
        found = [event for event in self.meetings if section in self.sections_of(event)]
        return sorted(found, key=lambda event: self._order(event, section))

    def series_in(self, section: SectionKey) -> list[Series]:
        """The series of a section in its order."""
        placed = [place for place in self.facts.places if (place.subject, place.section) == ("series", section)]
        ordered = sorted(placed, key=lambda place: (place.position, place.key))
        return [self.facts.series[place.key] for place in ordered if place.key in self.facts.series]

    def side_events_in(self, section: SectionKey) -> list[Event]:
        """ITU's side events at the events of a section, by date."""
        held = (event for event in self.events if event.kind is Kind.SIDE_EVENT)
        return [event for event in held if section in self.sections_of(event)]

    def subjects_of(self, done: Engagement) -> Iterator[Subject]:
        """The events of the period, and the series, that a statement covers; not what is off."""
        found = (self.event(uid) for uid in done.events)
        yield from (event for event in found if event and self.within(event) and not event.off)
        yield from (self.facts.series[key] for key in done.series if key in self.facts.series)

    def outside(self, done: Engagement) -> tuple[Event, ...]:
        """The events outside the period that a statement covers too."""
        found = (self.event(uid) for uid in done.events)
        return tuple(event for event in found if event and not (event.off or self.within(event)))

    def home_of(self, done: Engagement) -> str:
        """The section in which a statement is told: the first in which a subject of it stands; "" for none."""
        return self.first_of(section for subject in self.subjects_of(done) for section in self.sections_of(subject))

    def figures_of(self, subject: str) -> list[Figure]:
        """The figures of a subject that were known in the period, in the order of their years."""
        latest = self.years[-1]
        dated = [(figure_words.year(each) or 0.0, each) for each in self.facts.figures if each.subject == subject]
        return [each for year, each in sorted(dated, key=itemgetter(0)) if year < latest + 1]

    def partner(self, key: str) -> str:
        """What a partner is called."""
        found, seen = self.facts.partners.get(key), {key}
        while found and found.same_as and found.same_as not in seen:
            seen.add(found.same_as)
            found = self.facts.partners.get(found.same_as)
        return found.name if found else key

    @staticmethod
    def first_of(sections: Iterable[str]) -> str:
        """The first of some sections in a report."""
        named = set(sections)
        return next((key for key in SectionKey if key in named), "")

    def _order(self, event: Event, section: SectionKey) -> tuple[int, int, SortKey, str, str]:
        place = self.place(event, section)
        ranked = (0, place.position) if place else (1, 0)
        return (*ranked, sort_key(event.span), event.title, event.uid)
