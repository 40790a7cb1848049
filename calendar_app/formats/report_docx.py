"""The report as a Word document: real headings, numbers, lists, tables, links and sources; same report, same bytes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.section import Section as Pages

from calendar_app.formats import reported
from calendar_app.formats.reported import line
from calendar_app.formats.word import package, tables
from calendar_app.formats.word.elements import (
    Element,
    Links,
    bookmarked,
    element,
    field,
    jump,
    paragraph,
    runs,
    tab,
    unnumbered,
)
from calendar_app.report.model import Listing, Paragraph, Report, Run, Section, Sentence, Source, Table
from calendar_app.texts import Texts

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Twentieths of a point: A4 less its margins, upright and on its side; what is left between a table and a paragraph.
_UPRIGHT, _ON_SIDE = 9412, 14344
_AFTER_TABLE = 180
# Between the numbers of two sources, which stay on one line with the word before them.
_AND = ",\u00a0"
_LANGUAGES = {"en": "en-GB", "fr": "fr-FR"}


def render(report: Report, texts: Texts, *, base: str) -> bytes:
    """The document. `base` is the base address that links to our own pages begin with."""
    return _Writer(report, texts, base).write()


class _Writer:
    """Writes one report; what it counts is the document's own."""

    def __init__(self, report: Report, texts: Texts, base: str) -> None:
        self.report, self.texts, self.base = report, texts, base
        language = _LANGUAGES[texts.language]
        self.title = reported.title(report, texts)
        self.document: Document = package.blank(language)
        told = {"title": self.title, "subject": line(report.header.period), "language": language}
        package.describe(self.document, **told, day=reported.day(report))
        self.body = self.document.element.body
        self.numbers = reported.Numbers(report.sources)
        self.links = Links(self.document.part)
        self.tables = count(1)

    def write(self) -> bytes:
        self.put(self.opening())
        for section in reported.numbered(self.report):
            self.put(self.section(section))
        self.put(self.sources())
        self.foot(self.document.sections[0], width=_UPRIGHT)
        self.annex()
        return package.packed(self.document)

    def put(self, elements: Iterable[Element]) -> None:
        """Adds elements at the end, before the properties of the last section, where the schema wants them."""
        last = self.body.sectPr
        for each in elements:
            last.addprevious(each)

    def turn(self, room: int) -> None:
        """Begins pages that are upright or lie on their side, by how much room a table has on them."""
        pages = self.document.add_section(WD_SECTION.NEW_PAGE)
        sides = sorted((pages.page_width, pages.page_height))
        pages.orientation = WD_ORIENT.LANDSCAPE if room == _ON_SIDE else WD_ORIENT.PORTRAIT
        pages.page_width, pages.page_height = reversed(sides) if room == _ON_SIDE else sides
        self.foot(pages, width=room)

    def foot(self, pages: Pages, *, width: int) -> None:
        """The foot of pages: symbol (else the period) on the left, number on the right."""
        pages.footer.is_linked_to_previous = False
        symbol = line(self.report.header.symbol).strip() or line(self.report.header.period).strip()
        content = [*runs(symbol), tab(), *field("PAGE", "1")]
        stop = element("tabs", element("tab", val="right", pos=width))
        whole = pages.footer.paragraphs[0]._p
        whole.getparent().replace(whole, paragraph("Footer", content, stop))

    def opening(self) -> Iterator[Element]:
        """What stands before the numbered sections, and the line below it."""
        rows = [([_bold(name)], [runs(value)]) for name, value in reported.head(self.report, self.texts)]
        yield tables.pairs(rows, widths=(2200, _UPRIGHT - 2200), style="HeaderBlock")
        yield paragraph("Title", runs(self.title))
        for section in reported.summary(self.report):
            yield self.heading(line(section.title))
            yield from self.blocks(section, style="BodyText")
        if action := reported.action(self.report):
            yield self.heading(self.texts.gettext("Action required"))
            yield paragraph("BodyText", runs(action))
        for section in reported.introduction(self.report):
            yield self.heading(line(section.title))
            yield from self.blocks(section, style="BodyText")
        yield paragraph("BodyText", (), element("pBdr", element("bottom", val="single", sz=8, color="404040")))

    def section(self, section: Section) -> Iterator[Element]:
        yield paragraph("Heading1", runs(line(section.title)))
        yield from self.blocks(section, style="NumberedParagraph")

    def heading(self, text: str, style: str = "Heading1") -> Element:
        """A heading without a number."""
        # Without the list's own indent.
        return paragraph(style, runs(text), unnumbered(), element("ind", left=0, firstLine=0))

    def blocks(self, section: Section, *, style: str) -> Iterator[Element]:
        after = False
        for block in reported.blocks(section, self.texts):
            apart = [element("spacing", before=_AFTER_TABLE)] if after else []
            after = isinstance(block, Table) and not block.note
            if isinstance(block, Paragraph):
                yield paragraph(style, self.sentences(block.sentences), *apart)
            elif isinstance(block, Listing):
                yield from self.listing(block, style=style, apart=apart)
            else:
                yield from self.table(block, room=_UPRIGHT)

    def listing(self, listing: Listing, *, style: str, apart: Sequence[Element]) -> Iterator[Element]:
        if listing.lead.runs:
            yield paragraph(style, self.sentences([listing.lead]), element("keepNext"), *apart)
        for item in listing.items:
            yield paragraph("ListBullet", self.sentences([item]))

    def table(self, table: Table, *, room: int) -> Iterator[Element]:
        name = self.texts.gettext("Table")
        caption = [
            *runs(f"{name} "),
            *field("SEQ Table \\* ARABIC", str(next(self.tables))),
            *runs(f". {line(table.caption)}"),
        ]
        yield paragraph("Caption", caption)
        head, shown = _shown(table)
        widths = tables.fitting(head, shown, room=room, numeric=table.numeric)
        rows = [[self.run(cell) for cell in row] for row in table.rows]
        yield tables.table(head, rows, widths=widths, numeric=table.numeric)
        if table.note:
            yield paragraph("TableNote", runs(line(table.note)))

    def sentences(self, sentences: Sequence[Sentence]) -> Iterator[Element]:
        for number, sentence in enumerate(sentences):
            yield from runs(" ") if number else []
            for run in sentence.runs:
                yield from self.run(run)
            for place, source in enumerate(self.numbers.of(sentence)):
                yield from runs(_AND, "SourceReference") if place else []
                yield jump(str(source), _bookmark(source), "SourceReference")

    def run(self, run: Run) -> list[Element]:
        return self.links.to(reported.link(run.address, self.base), line(run.text))

    def sources(self) -> Iterator[Element]:
        if not self.report.sources:
            return
        yield self.heading(self.texts.gettext("Sources"))
        for number, source in enumerate(self.report.sources, 1):
            yield paragraph("Source", bookmarked(self.source(source), _bookmark(number), number))

    def source(self, source: Source) -> list[Element]:
        """Its words, and its address in full, so that it can be read on paper."""
        words, address = line(source.words).strip(), reported.link(source.address, self.base)
        parted = runs(f"{words}, ") if words and address else runs(words)
        return [*parted, *self.links.to(address, address)]

    def annex(self) -> None:
        """Adds the tables of the annex, those that are wider than an upright page on pages that lie on their side."""
        standing = 0
        for number, table in enumerate(self.report.annex):
            wanted = sum(tables.wanting(*_shown(table), numeric=table.numeric))
            room = _ON_SIDE if wanted > _UPRIGHT else _UPRIGHT
            if room != standing:
                self.turn(room)
            standing = room
            self.put([] if number else [self.heading(self.texts.gettext("Annex"))])
            self.put(self.table(table, room=room))


def _shown(table: Table) -> tuple[list[str], list[list[str]]]:
    """The texts of a table: its head, and its rows."""
    return [line(each) for each in table.head], [[line(cell.text) for cell in row] for row in table.rows]


def _bookmark(source: int) -> str:
    return f"source_{source}"


def _bold(text: str) -> list[Element]:
    return runs(text, "Strong")
