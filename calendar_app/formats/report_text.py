"""The report as plain text: numbered paragraphs, lists, tables in columns, the sources with their addresses."""

from collections.abc import Iterator, Sequence
from itertools import count

from calendar_app.formats import columns, reported
from calendar_app.formats.columns import wrap
from calendar_app.formats.reported import line
from calendar_app.report.model import Listing, Paragraph, Report, Section, Sentence, Source, Table
from calendar_app.texts import Texts

MEDIA_TYPE = "text/plain; charset=utf-8"
_ROOM = 78
# Where the text of a numbered paragraph begins, and how far the items of a list stand in.
_INDENT = 6


def render(report: Report, texts: Texts, *, base: str) -> bytes:
    """The text in UTF-8, lines no longer than 78 columns but for long addresses. `base` begins our own addresses."""
    return ("\n".join(_Writer(report, texts, base).lines()) + "\n").encode()


class _Writer:
    """Writes one report; what it counts is the document's own."""

    def __init__(self, report: Report, texts: Texts, base: str) -> None:
        self.report, self.texts, self.base = report, texts, base
        self.numbers = reported.Numbers(report.sources)
        self.tables = count(1)

    def lines(self) -> Iterator[str]:
        yield from self.opening()
        for number, section in enumerate(reported.numbered(self.report), 1):
            yield from self.section(section, number)
        yield from self.sources()
        if self.report.annex:
            yield from _heading(self.texts.gettext("Annex"))
            for table in self.report.annex:
                yield from self.table(table)

    def opening(self) -> Iterator[str]:
        for name, value in reported.head(self.report, self.texts):
            yield from wrap(value, room=_ROOM, first=f"{name}: ", rest="  ")
        yield ""
        yield from _ruled(wrap(reported.title(self.report, self.texts), room=_ROOM), "=")
        for section in reported.summary(self.report):
            yield from _heading(line(section.title))
            yield from self.blocks(section, number=0)
        if action := reported.action(self.report):
            yield from _heading(self.texts.gettext("Action required"))
            yield ""
            yield from wrap(action, room=_ROOM)
        for section in reported.introduction(self.report):
            yield from _heading(line(section.title))
            yield from self.blocks(section, number=0)
        yield from ("", "_" * 12)

    def section(self, section: Section, number: int) -> Iterator[str]:
        yield from _heading(line(section.title), f"{number}")
        yield from self.blocks(section, number=number)

    def blocks(self, section: Section, *, number: int) -> Iterator[str]:
        """What stands in a section, its paragraphs numbered in it; 0 for one without numbers."""
        paragraphs = count(1)
        for block in reported.blocks(section, self.texts):
            if isinstance(block, Table):
                yield from self.table(block)
                continue
            sentences = block.sentences if isinstance(block, Paragraph) else (block.lead,) if block.lead.runs else ()
            if sentences:
                yield from self.paragraph(sentences, f"{number}.{next(paragraphs)}" if number else "")
            if isinstance(block, Listing):
                yield from self.items(block)

    def paragraph(self, sentences: Sequence[Sentence], number: str) -> Iterator[str]:
        first, rest = (f"{number:<{_INDENT - 1}} ", " " * _INDENT) if number else ("", "")
        yield ""
        yield from wrap(" ".join(map(self.sentence, sentences)), room=_ROOM, first=first, rest=rest)

    def items(self, listing: Listing) -> Iterator[str]:
        yield ""
        for item in listing.items:
            first = " " * _INDENT + "-   "
            yield from wrap(self.sentence(item), room=_ROOM, first=first, rest=" " * len(first))

    def sentence(self, sentence: Sentence) -> str:
        """A sentence, and the numbers of its sources in brackets."""
        numbers = ", ".join(map(str, self.numbers.of(sentence)))
        return line(sentence.text).strip() + (f" [{numbers}]" if numbers else "")

    def table(self, table: Table) -> Iterator[str]:
        name = self.texts.gettext("Table")
        yield ""
        yield from wrap(line(table.caption), room=_ROOM, first=f"{name} {next(self.tables)}. ")
        yield ""
        rows = [[line(cell.text).strip() for cell in row] for row in table.rows]
        yield from columns.table([line(each) for each in table.head], rows, room=_ROOM, numeric=table.numeric)
        if table.note:
            yield ""
            yield from wrap(line(table.note), room=_ROOM)

    def sources(self) -> Iterator[str]:
        if not self.report.sources:
            return
        yield from _heading(self.texts.gettext("Sources"))
        yield ""
        for number, source in enumerate(self.report.sources, 1):
            mark = f"[{number}]"
            yield from wrap(self.source(source), room=_ROOM, first=f"{mark:<5} ", rest=" " * _INDENT)

    def source(self, source: Source) -> str:
        address = reported.link(source.address, self.base)
        return ", ".join(filter(None, (line(source.words).strip(), address)))


def _heading(text: str, number: str = "") -> Iterator[str]:
    first = f"{number:<{_INDENT - 1}} " if number else ""
    yield from ("", "")
    yield from _ruled(wrap(text, room=_ROOM, first=first, rest=" " * len(first)), "-")


def _ruled(lines: Sequence[str], sign: str) -> Iterator[str]:
    yield from lines
    yield sign * max(map(columns.width, lines))
