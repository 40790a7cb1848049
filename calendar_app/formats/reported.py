"""What the files of a report tell alike: the words of its head, where its links lead, the numbers of its sources."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from calendar_app import spans
from calendar_app.errors import SpanError
from calendar_app.formats import telling
from calendar_app.report.facts import SectionKey
from calendar_app.report.model import Block, Paragraph, Report, Run, Section, Sentence, Source
from calendar_app.spans import Precision
from calendar_app.texts import Texts

_UNNUMBERED = (SectionKey.SUMMARY, SectionKey.INTRODUCTION)
_OURS = re.compile(r"/(?!/)[^\s<>\"\\]*")
_WEB = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)


def line(text: str) -> str:
    """A text as one line without what XML and terminals don't bear; a space at its ends stays."""
    return re.sub(r"[ \t\n]+", " ", telling.plain(text))


def link(address: str, base: str) -> str:
    """The absolute address that an address of ours (a slash first) or of the web stands for; "" for any other."""
    told = telling.plain(address)
    if _OURS.fullmatch(told):
        return base + told
    return told if _WEB.fullmatch(told) else ""


def title(report: Report, texts: Texts) -> str:
    """What a report is called: as an editor wrote, else as such reports are."""
    return line(report.header.title).strip() or texts.gettext("ITU’s relations with the United Nations system")


def head(report: Report, texts: Texts) -> Iterator[tuple[str, str]]:
    """The names and values above a report; what nobody wrote is told as such."""
    told, none = report.header, texts.gettext("not given")
    yield texts.gettext("Agenda item"), line(told.agenda_item).strip() or none
    yield texts.gettext("Document"), line(told.symbol).strip() or none
    yield texts.gettext("Date"), line(told.date).strip() or none
    yield texts.gettext("Period"), line(told.period).strip()


def action(report: Report) -> str:
    """What is asked of who reads a report; "" where nobody wrote it."""
    return line(report.header.action).strip()


def day(report: Report) -> date:
    """The day that a report bears, else the last one that it is about."""
    try:
        span = spans.parse(report.header.date)
    except SpanError:
        return report.period.last
    return span.last if span.precision is Precision.DAY else report.period.last


def summary(report: Report) -> tuple[Section, ...]:
    """What stands before its numbered sections."""
    return tuple(section for section in report.sections if section.key is SectionKey.SUMMARY)


def introduction(report: Report) -> tuple[Section, ...]:
    """What stands between what is asked of readers and the numbered sections."""
    return tuple(section for section in report.sections if section.key is SectionKey.INTRODUCTION)


def numbered(report: Report) -> tuple[Section, ...]:
    """The sections whose paragraphs have numbers."""
    return tuple(section for section in report.sections if section.key not in _UNNUMBERED)


def blocks(section: Section, texts: Texts) -> tuple[Block, ...]:
    """What stands in a section; where nothing does, a sentence that says so."""
    nothing = Sentence(runs=(Run(text=texts.gettext("Nothing is on record for this section.")),))
    return section.blocks or (Paragraph(sentences=(nothing,)),)


class Numbers:
    """The numbers of a report's sources, from 1."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._numbers = {source: number for number, source in enumerate(sources, 1)}

    def of(self, sentence: Sentence) -> list[int]:
        """The numbers behind a sentence, each once, in their order."""
        return sorted({self._numbers[source] for source in sentence.sources})
