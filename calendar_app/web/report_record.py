"""What the record itself says in each section of a report, beside what editors write there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from calendar_app.report.facts import SectionKey
from calendar_app.report.model import Block, Listing, Paragraph, Report, Section, Table
from calendar_app.report.record import Record
from calendar_app.web import current


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A piece of what the record says, by its kind: "paragraph", "listing" or "table"."""

    kind: str
    block: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """What stands in no section: the name of an event or of a whole series, and how a form names it."""

    value: str
    name: str


def sections(report: Report) -> list[tuple[Section, list[Said]]]:
    """Each section with what the record says in it; what editors wrote is left out.

    An introduction is among them in any case, since it is written there.
    """
    held = {section.key: section for section in report.sections}
    title = current.texts().label("report-title", SectionKey.INTRODUCTION)
    held.setdefault(SectionKey.INTRODUCTION, Section(key=SectionKey.INTRODUCTION, title=title, blocks=()))
    return [(held[key], list(_said(held[key]))) for key in SectionKey if key in held]


def unplaced(record: Record) -> tuple[list[Unplaced], list[Unplaced]]:
    """The series, then the events, that the report names in its annex alone and nobody left out on purpose."""
    events = record.unplaced
    series = dict.fromkeys(filter(None, map(record.series_of, events)))
    return (
        [Unplaced(value=f"series {each.key}", name=each.short_name) for each in series],
        [Unplaced(value=f"event {each.slug}", name=each.title) for each in events],
    )


def _said(section: Section) -> Iterator[Said]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            told = tuple(sentence for sentence in block.sentences if not sentence.written)
            if told:
                yield Said(kind="paragraph", block=replace(block, sentences=told))
        elif not (isinstance(block, Listing) and block.lead.written):
            yield Said(kind="table" if isinstance(block, Table) else "listing", block=block)
