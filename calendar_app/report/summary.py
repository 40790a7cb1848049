"""The summary of a report: what editors wrote, and the numbers of the period."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from calendar_app import addresses
from calendar_app.events import Event, roles_of
from calendar_app.report import naming, phrases, sections, statistics, written
from calendar_app.report.facts import Period, SectionKey
from calendar_app.report.model import Paragraph, Run, Section, Sentence
from calendar_app.report.record import Record
from calendar_app.report.sentences import filled, joined, sentence
from calendar_app.report.statistics import Totals
from calendar_app.selection import Selection
from calendar_app.texts import Texts
from calendar_app.topics import SDGS, Activity, Kind

_MOST_GOALS = 3  # goals that are named


def write(record: Record) -> Section:
    """The section before the others."""
    key, facts = SectionKey.SUMMARY, record.facts
    now = statistics.totals(record.events, facts.series, facts.engagements)
    opening = Paragraph(sentences=tuple(_opening(record)))
    numbers = Paragraph(sentences=(*_done(record, now), *_goals(record), *_doubts(record, now)))
    told = [block for block in (opening, numbers) if block.sentences]
    title = record.texts.label("report-title", key)
    return Section(key=key, title=title, blocks=(*written.blocks(facts.written.get(key, "")), *told))


def _opening(record: Record) -> Iterator[Sentence]:
    texts, period, facts = record.texts, record.period, record.facts
    template = texts.gettext(
        "This report tells what ITU did in the United Nations system {when}, as its record of UN events has it."
    )
    yield sentence(template.format(when=sections.when(record)))
    if period.since and period.until:
        template = texts.gettext("It begins the day after {since} and ends the day before {until}.")
        ends = {
            "since": naming.linked(period.since, period.since.title),
            "until": naming.linked(period.until, period.until.title),
        }
        yield sentence(*filled(template, **{name: [run] for name, run in ends.items()}))
    count = [_list(texts, record.events, period)]
    if facts.earlier:
        before = [_list(texts, facts.before, facts.earlier)]
        template = texts.gettext("The record holds {count} of the period, and {before} of the one before.")
        yield sentence(*filled(template, count=count, before=before))
    else:
        yield sentence(*filled(texts.gettext("The record holds {count} of the period."), count=count))


def _done(record: Record, now: Totals) -> Iterator[Sentence]:
    texts = record.texts
    template = texts.gettext("ITU’s role is on record for {roles} of them, and what ITU did there for {told}.")
    if not now.told:
        template = texts.gettext("ITU’s role is on record for {roles} of them, and what ITU did there for none.")
    yield sentence(template.format(roles=now.with_role, told=now.told))
    if now.of_series:
        template = texts.ngettext(
            "For {count} other event, it is on record what ITU did in its series as a whole.",
            "For {count} other events, it is on record what ITU did in their series as a whole.",
            now.of_series,
        )
        yield sentence(template.format(count=now.of_series))
    yield from _standing(record, now)
    yield from _beside(record, now)


def _standing(record: Record, now: Totals) -> Iterator[Sentence]:
    """How many of ITU's roles are on record for a whole series alone."""
    texts = record.texts
    if standing := sum(_only_by_series(record, event) for event in statistics.counted(record.events)):
        template = texts.gettext(
            "For {count} of the {roles} roles, the record has only ITU’s role in the whole series, without a year."
        )
        if standing == now.with_role:
            template = texts.ngettext(
                "For this role, the record has only ITU’s role in the whole series, without a year.",
                "For all {roles} roles, the record has only ITU’s role in the whole series, without a year.",
                standing,
            )
        yield sentence(template.format(count=standing, roles=now.with_role))


def _beside(record: Record, now: Totals) -> Iterator[Sentence]:
    """At how many events ITU held side events, and with how many partners."""
    texts, held = record.texts, len(_at_side_events(record))
    told = len(_at_side_events(record, with_partners=True))
    if not held:
        yield sentence(texts.gettext("No side event of ITU’s is on record."), gap=True)
    elif told:
        template = texts.gettext(
            "ITU held side events at {events}; for {told} of them partners are on record, {count} in all."
        )
        yield sentence(template.format(events=_events(texts, held), told=told, count=now.beside))
    else:
        yield sentence(texts.gettext("ITU held side events at {events}.").format(events=_events(texts, held)))


def _only_by_series(record: Record, event: Event) -> bool:
    """Whether ITU's role at an event is on record by a role in its series alone that has no year."""
    series = record.series_of(event)
    if event.roles or series is None or not roles_of(event, series):
        return False
    years = range(event.span.first.year, event.span.last.year + 1)
    stated = any(done.activity in phrases.ROLES for done in record.done_at(event))
    return not stated and not any(held.year in years for held in series.roles)


def _goals(record: Record) -> Iterator[Sentence]:
    """To which goals the events relate, those with the most of them by name."""
    texts = record.texts
    found = statistics.by(record.events, record.facts.series, "sdg")
    most = sorted(found, key=lambda goal: (-found[goal], int(goal)))[:_MOST_GOALS]
    if most:
        template = texts.gettext(
            "The events relate to {count} of the 17 Sustainable Development Goals, most often to {goals}."
        )
        if len(found) == len(SDGS):
            template = texts.gettext(
                "The events relate to all {count} Sustainable Development Goals, most often to {goals}."
            )
        named = joined([[_goal(record, goal), Run(text=f" ({found[goal]})")] for goal in most], record)
        yield sentence(*filled(template, count=str(len(found)), goals=named))


def _doubts(record: Record, now: Totals) -> Iterator[Sentence]:
    texts = record.texts
    if now.off:
        template = texts.ngettext(
            "{count} other was cancelled or postponed.", "{count} others were cancelled or postponed.", now.off
        )
        yield sentence(template.format(count=now.off))
    if now.unverified:
        template = texts.gettext("The dates of {events} are unverified.")
        yield sentence(template.format(events=_events(texts, now.unverified)))
    if now.undated:
        template = texts.gettext("The days of {events} are not known.")
        yield sentence(template.format(events=_events(texts, now.undated)))
    if apart := len(record.unplaced):
        template = texts.ngettext(
            "{count} event stands in no section and is told in the annex alone.",
            "{count} events stand in no section and are told in the annex alone.",
            apart,
        )
        yield sentence(template.format(count=apart))


def _at_side_events(record: Record, *, with_partners: bool = False) -> set[str]:
    """The events of the period at which ITU is on record with side events, stated or with an entry, by uid.

    With partners, only those of whose side events a statement names any.
    """
    stated = [done for done in record.statements if done.activity is Activity.SIDE_EVENT]
    named = {uid for done in stated if done.partners or not with_partners for uid in done.events}
    entries = [event for event in record.events if event.kind is Kind.SIDE_EVENT and not event.off]
    forums = {event.held_at for event in entries if event.uid in named or not with_partners}
    return {event.uid for event in statistics.counted(record.events) if event.uid in named | forums}


def _events(texts: Texts, count: int) -> str:
    return texts.ngettext("{count} event", "{count} events", count).format(count=count)


def _goal(record: Record, goal: str) -> Run:
    text = record.texts.gettext("SDG {number}").format(number=goal)
    return Run(text=f"{text}, {record.texts.gettext(SDGS[int(goal)].name)}", address=addresses.sdg(goal))


def _list(texts: Texts, events: Sequence[Event], period: Period) -> Run:
    """How many events are counted, with the list of just these."""
    held, facets = statistics.counted(events), {}
    public = [event for event in events if event.public]
    if any(event.off for event in public):
        facets["status"] = sorted({str(event.status) for event in held})
    if any(event.kind is Kind.SIDE_EVENT for event in public):
        facets["kind"] = sorted({str(event.kind) for event in held})
    selection = replace(Selection.of(**facets), first=period.first, last=period.last)
    return Run(text=_events(texts, len(held)), address=addresses.events(selection.query) if held else "")
