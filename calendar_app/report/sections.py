"""The sections of a report: what editors wrote, then its figures, roles, events and what ITU did, from the record."""

from collections.abc import Iterator, Sequence

from calendar_app import cadence
from calendar_app.engagement import Engagement
from calendar_app.events import Event, Series
from calendar_app.report import grouping, mechanisms, naming, numbers, periods, phrases, side_events, sources, written
from calendar_app.report.facts import SectionKey
from calendar_app.report.model import Block, Listing, Paragraph, Section, Sentence
from calendar_app.report.record import Record, Subject
from calendar_app.report.sentences import Teller, filled, sentence
from calendar_app.topics import Kind, Role

_FEW = 8  # names that a sentence bears
# What goes on without sessions, and sections that are about events.
_LASTING = (Kind.INTER_AGENCY_MECHANISM, Kind.OFFICE, Kind.INITIATIVE)
_OF_EVENTS = (SectionKey.AGENDA, SectionKey.GOVERNANCE, SectionKey.SUMMITS, SectionKey.COORDINATION)


def write(record: Record, key: SectionKey) -> Section:
    """A section with what is on record for it."""
    blocks = [*written.blocks(record.facts.written.get(key, "")), *_Writer(record, key).blocks()]
    return Section(key=key, title=record.texts.label("report-title", key), blocks=tuple(blocks))


def introduction(record: Record) -> tuple[Section, ...]:
    """What editors wrote to introduce the report, as a section; none where they wrote nothing."""
    key = SectionKey.INTRODUCTION
    blocks = written.blocks(record.facts.written.get(key, ""))
    return (Section(key=key, title=record.texts.label("report-title", key), blocks=blocks),) if blocks else ()


class _Writer:
    """Writes what the record tells in one section."""

    def __init__(self, record: Record, key: SectionKey) -> None:
        self.record, self.key, self.texts = record, key, record.texts
        self.events, self.series = record.events_in(key), record.series_in(key)
        self.held = [event for event in self.events if not event.off]
        self.statements = [each for each in record.statements if record.home_of(each) == key]
        self.by_series = key in phrases.SERIES

    def blocks(self) -> Iterator[Block]:
        yield from numbers.blocks(self.record, self.key, [] if self.by_series else self.series)
        if self.by_series:
            yield from mechanisms.blocks(self.record, self.key, self.series, self.statements)
        yield from self.listing()
        yield from self.deeds()
        yield from side_events.blocks(self.record, self.key)
        if not self.by_series:
            yield from self.roles()
        yield from self.silence()

    def listing(self) -> Iterator[Block]:
        """The events of the section, one by one."""
        if not self.events:
            return
        lead = self.texts.gettext(phrases.EVENTS[self.key]).format(when=when(self.record))
        yield Listing(lead=sentence(lead), items=tuple(self.item(event) for event in self.events))

    def item(self, event: Event) -> Sentence:
        """An event in house style."""
        said = self.record.place(event, self.key)
        days = naming.dates(event.span, self.record.period, self.texts)
        where = naming.place(event, self.texts, said) or self.texts.gettext("place not known")
        told = ", ".join((days, where))
        states = "; ".join((told, *naming.states(event, self.texts)))
        name = naming.linked(event, naming.event_name(event, said))
        return sentence(name, f" ({states})", sources=sources.of_event(event))

    def roles(self) -> Iterator[Block]:
        """ITU's roles in the series of the section that the record gives no year for, and nothing else tells."""
        found = tuple(mechanisms.standing_roles(self.record, self._with_roles(), Role))
        if found:
            yield Paragraph(sentences=found)

    def _with_roles(self) -> list[Series]:
        """The series whose role has to be told: those that last, and those that met without a word of ITU's part."""
        found = []
        for series in self.series:
            its = [event for event in self.held if event.series == series.key]
            said = any(event.roles or self._has_role(event) for event in its)
            if not said and (its or series.kind in _LASTING):
                found.append(series)
        return found

    def _has_role(self, event: Event) -> bool:
        return any(done.activity in phrases.ROLES for done in self.record.done_at(event))

    def deeds(self) -> Iterator[Block]:
        """What ITU did at the events and in the series of the section."""
        left = [each for each in self.statements if not self._elsewhere(each)]
        order: list[Subject] = (
            [*self.series, *self.events] if self.key is SectionKey.GOVERNANCE else [*self.events, *self.series]
        )
        groups = grouping.of(self.record, left, self._own_roles(), order=order)
        named = [*self.events, *(self.series if self.by_series else ())]
        yield from Teller(self.record, self.key, named=named).blocks(groups)

    def _own_roles(self) -> list[Event]:
        """The events with roles of their own, in the first section in which each stands."""
        return [
            event
            for event in self.held
            if event.roles and self.record.first_of(self.record.sections_of(event)) == self.key
        ]

    def _elsewhere(self, done: Engagement) -> bool:
        """Whether a statement is told beside a series or a side event that it alone is about."""
        subjects = list(self.record.subjects_of(done))
        if self.by_series and mechanisms.is_of_one(subjects, self.series):
            return True
        return all(isinstance(each, Event) and each.kind is Kind.SIDE_EVENT for each in subjects)

    def silence(self) -> Iterator[Block]:
        """What the record does not hold, said as such."""
        found = [*self._undated(), *self._untold()]
        if found:
            yield Paragraph(sentences=tuple(found))

    def _undated(self) -> Iterator[Sentence]:
        if not self.events and self.key in _OF_EVENTS:
            template = self.texts.gettext("The record holds no dated event of this section {when}.")
            yield sentence(template.format(when=when(self.record)), gap=True)
        elif not self.by_series and self.key in _OF_EVENTS:
            dated = {event.series for event in self.events}
            rest = [each for each in self.series if each.key not in dated and not self._is_named(each)]
            missed = [each for each in rest if self._is_missed(each)]
            if missed:
                template = self.texts.gettext("The record holds no dated event {when} of {where}.")
                yield self._gap(template, missed)
            yield from self._told_before([each for each in rest if each not in missed])

    def _told_before(self, rest: Sequence[Series]) -> Iterator[Sentence]:
        """What the report to Council of this very time names too, and the record has nothing of."""
        found: dict[int, list[Series]] = {}
        for series in rest:
            year = sources.council_year(series)
            if year and year - 1 in self.record.years:
                found.setdefault(year, []).append(series)
        for year, its in found.items():
            template = self.texts.gettext(
                "ITU’s report to Council {year} names {where} too, of which the record holds no event {when}."
            )
            yield self._gap(template, its, year=str(year))

    def _gap(self, template: str, series: Sequence[Series], **parts: str) -> Sentence:
        where = Teller(self.record, self.key).named(series)
        return sentence(*filled(template, when=when(self.record), where=where, **parts), gap=True)

    def _is_missed(self, series: Series) -> bool:
        """Whether a series that had begun should have met in the period by its cadence, which tells of whole years."""
        beat, period = cadence.parse(series.cadence), self.record.period
        if beat is None or beat.years > 1 or series.key not in self.record.facts.begun:
            return False
        whole = [each for each in periods.years(period) if period.first <= each.first and each.last <= period.last]
        return any(beat.holds(each.first.year) for each in whole)

    def _is_named(self, series: Series) -> bool:
        """Whether the section names a series without its events."""
        roles = series.kind in _LASTING and mechanisms.standing(self.record, series)
        return bool(roles) or any(series.key in each.series for each in self.statements)

    def _untold(self) -> Iterator[Sentence]:
        gettext, record = self.texts.gettext, self.record
        silent = [event for event in self.held if not (record.is_told(event) or record.is_told_of_series(event))]
        if not self.statements and len(silent) == len(self.held):
            yield sentence(
                gettext("The record holds no statement of what ITU did in the matters of this section {when}.").format(
                    when=when(self.record)
                ),
                gap=True,
            )
        elif silent and len(silent) <= _FEW:
            template = self.texts.ngettext(
                "The record does not tell what ITU did at {where}, or in its series as a whole.",
                "The record does not tell what ITU did at {where}, or in their series as a whole.",
                len(silent),
            )
            yield sentence(*filled(template, where=Teller(self.record, self.key, named=silent).named(silent)), gap=True)
        elif silent:
            template = gettext(
                "The record does not tell what ITU did at {count} of these {all} events, or in their series as a whole;"
                " the annex tells which."
            )
            yield sentence(template.format(count=len(silent), all=len(self.held)), gap=True)


def when(record: Record) -> str:
    """The period as an adverb: "in 2016", "on 27 March 2016", "from 3 June 2016 to 14 May 2017"."""
    if record.period.year:
        return record.texts.gettext("in {year}").format(year=record.period.year)
    first, last = (record.texts.day(day) for day in (record.period.first, record.period.last))
    if first == last:
        return record.texts.gettext("on {day}").format(day=first)
    return record.texts.gettext("from {first} to {last}").format(first=first, last=last)
