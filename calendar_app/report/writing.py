"""Writing: a report of a period, section by section, with its annex and all its sources."""

from dataclasses import replace

from calendar_app.report import annex, sections, sources, summary
from calendar_app.report.facts import GAPS, LEFT_OUT, Facts, HeaderField, SectionKey
from calendar_app.report.model import Block, Header, Paragraph, Report, Section
from calendar_app.report.record import Record
from calendar_app.spans import Precision, Span
from calendar_app.texts import Texts


def write(facts: Facts, texts: Texts) -> Report:
    """The report of a period from its facts; the same facts give the same report."""
    record = Record(facts, texts)
    first = (SectionKey.SUMMARY, SectionKey.INTRODUCTION)
    rest = [sections.write(record, key) for key in SectionKey if key not in first]
    told = (summary.write(record), *sections.introduction(record), *rest)
    if facts.written.get(GAPS) == LEFT_OUT:
        told = tuple(map(_without_gaps, told))
    return Report(
        period=facts.period,
        header=_header(record),
        sections=told,
        annex=annex.tables(record),
        sources=sources.of_sections(told),
    )


def _without_gaps(section: Section) -> Section:
    """A section without the sentences that say what the record does not hold."""
    blocks: list[Block] = []
    for block in section.blocks:
        if not isinstance(block, Paragraph):
            blocks.append(block)
        elif left := tuple(each for each in block.sentences if not each.gap):
            blocks.append(replace(block, sentences=left))
    return replace(section, blocks=tuple(blocks))


def _header(record: Record) -> Header:
    wrote = record.facts.written
    return Header(
        symbol=wrote.get(HeaderField.SYMBOL, ""),
        agenda_item=wrote.get(HeaderField.AGENDA_ITEM, ""),
        date=wrote.get(HeaderField.DATE, ""),
        title=wrote.get(HeaderField.TITLE, ""),
        action=wrote.get(HeaderField.ACTION, ""),
        period=_period(record),
    )


def _period(record: Record) -> str:
    """The period in words: "1 January – 31 December 2016"."""
    period, texts = record.period, record.texts
    days = texts.span(Span(first=period.first, last=period.last, precision=Precision.DAY))
    if period.since is None or period.until is None:
        return days
    template = texts.gettext("{days} (between {since} and {until})")
    return template.format(days=days, since=period.since.title, until=period.until.title)
