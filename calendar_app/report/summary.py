"""The summary of a report: what editors wrote, and the numbers of the period."""

from collections.abc import Iterator

from calendar_app import addresses
from calendar_app.report import naming, sections, statistics
from calendar_app.report.facts import Period, SectionKey
from calendar_app.report.model import Paragraph, Run, Section, Sentence
from calendar_app.report.record import Record
from calendar_app.report.sentences import filled, joined, sentence
from calendar_app.report.statistics import Totals
from calendar_app.topics import SDGS, Activity, Kind

_MOST_GOALS = 3  # goals that are named


def write(record: Record) -> Section:
    """The section before the others."""
    key, facts = SectionKey.SUMMARY, record.facts
    now = statistics.totals(record.events, facts.series, facts.engagements)
    opening = Paragraph(sentences=tuple(_opening(record, now)))
    numbers = Paragraph(sentences=(*_done(record, now), *_goals(record), *_doubts(record, now)))
    told = [block for block in (opening, numbers) if block.sentences]
    title = record.texts.label("report-title", key)
    return Section(key=key, title=title, blocks=(*sections.written(record, key), *told))


def _opening(record: Record, now: Totals) -> Iterator[Sentence]:
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
    count = [_list(_events(record, now.events), period)]
    if facts.earlier:
        before = statistics.totals(facts.before, facts.series, facts.engagements_before).events
        template = texts.gettext("The record holds {count} of the period, and {before} of the one before.")
        yield sentence(*filled(template, count=count, before=[_list(_events(record, before), facts.earlier)]))
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
            "For {count} other, it is on record what ITU did in its series as a whole.",
            "For {count} others, it is on record what ITU did in their series as a whole.",
            now.of_series,
        )
        yield sentence(template.format(count=now.of_series))
    held = _with_side_events(record)
    if not held:
        yield sentence(texts.gettext("No side event of ITU’s is on record."))
    elif now.beside:
        template = texts.ngettext(
            "ITU held side events at {events}, with {count} partner.",
            "ITU held side events at {events}, with {count} partners in all.",
            now.beside,
        )
        yield sentence(template.format(events=_events(record, held), count=now.beside))
    else:
        yield sentence(texts.gettext("ITU held side events at {events}.").format(events=_events(record, held)))


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
        yield sentence(template.format(events=_events(record, now.unverified)))
    if now.undated:
        template = texts.gettext("The days of {events} are not known.")
        yield sentence(template.format(events=_events(record, now.undated)))
    if apart := len(record.unplaced):
        template = texts.ngettext(
            "{count} event stands in no section and is told in the annex alone.",
            "{count} events stand in no section and are told in the annex alone.",
            apart,
        )
        yield sentence(template.format(count=apart))


def _with_side_events(record: Record) -> int:
    """At how many events of the period ITU is on record with side events of its own, stated or with an entry."""
    stated = {uid for done in record.facts.engagements if done.activity is Activity.SIDE_EVENT for uid in done.events}
    entries = {event.held_at for event in record.events if event.kind is Kind.SIDE_EVENT and not event.off}
    return sum(event.uid in stated | entries for event in record.meetings)


def _events(record: Record, count: int) -> str:
    return record.texts.ngettext("{count} event", "{count} events", count).format(count=count)


def _goal(record: Record, goal: str) -> Run:
    text = record.texts.gettext("SDG {number}").format(number=goal)
    return Run(text=f"{text}, {record.texts.gettext(SDGS[int(goal)].name)}", address=addresses.sdg(goal))


def _list(text: str, period: Period) -> Run:
    return Run(text=text, address=addresses.events(period.query))
