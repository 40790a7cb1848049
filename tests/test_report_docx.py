"""The report as a Word document, read back by python-docx: headings, lists, tables, links, and hostile text."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from calendar_app import texts
from calendar_app.formats import report_docx
from calendar_app.report.facts import SectionKey
from calendar_app.report.model import Report, Run, Section, Source
from tests.conftest import BASE
from tests.reported import EMPTY, SMALL, of, paragraph, table

ENGLISH = texts.of("en")
TOOK_PART = (
    "ITU took part in the High-level Political Forum (11-20 July, New York) and in the 11th Annual Internet"
    " Governance Forum (November, Guadalajara, Mexico).1,\u00a02 Editors wrote <b>this</b> & that."
)


def file(report: Report) -> bytes:
    return report_docx.render(report, ENGLISH, base=BASE)


def read(report: Report) -> Document:
    return docx.Document(io.BytesIO(file(report)))


def part(report: Report, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(file(report))) as package:
        return package.read(name).decode()


def told(document: Document) -> list[tuple[str, str] | list[list[str]]]:
    """Style and text of each paragraph, and the cells of each table."""
    return [
        [[cell.text for cell in row.cells] for row in block.rows]
        if isinstance(block, WordTable)
        else (str(block.style.name), block.text)
        for block in document.iter_inner_content()
    ]


def test_document_holds_the_report_under_real_styles():
    assert told(read(SMALL)) == [
        [
            ["Agenda item", "PL 1.2"],
            ["Document", "C17/39"],
            ["Date", "29 March 2017"],
            ["Period", "1 January to 31 December 2016"],
        ],
        ("Title", "Relations with the United Nations system"),
        ("Heading 1", "Summary"),
        ("Body Text", "What ITU did in the UN system in 2016."),
        ("Heading 1", "Action required"),
        ("Body Text", "The Council is invited to note this report."),
        ("Body Text", ""),
        ("Heading 1", "2030 Agenda for Sustainable Development"),
        ("Numbered Paragraph", TOOK_PART),
        ("Numbered Paragraph", "It worked with partners:2"),
        ("List Bullet", "GeSI;3"),
        ("List Bullet", "GSMA and many others, whose names go on and on here."),
        ("Caption", "Table 1. What was counted"),
        [["Measure", "Before 2016", "2016"], ["acceptance rate", "50", "87"], ["implementation rate", "46", "86"]],
        ("Numbered Paragraph", "Nothing else is recorded."),
        ("Heading 1", "UN governance"),
        ("Numbered Paragraph", "ITU is an observer in the General Assembly."),
        ("Heading 1", "Sources"),
        ("Source", "UN DESA, calendar of 2016, https://sdgs.example.org/hlpf/2016?a=1&b=2"),
        ("Source", "Council report, section on the 2030 Agenda"),
        ("Source", "IGF 2016, in the calendar, https://calendar.example/events/igf-2016"),
        ("Normal", ""),  # holds the end of the pages that stand upright
        ("Heading 1", "Annex"),
        ("Caption", "Table 2. All events"),
        [
            ["Dates", "Event", "Place", "Role", "What ITU did there"],
            [
                *("11–20 July 2016", "High-level Political Forum on Sustainable Development"),
                *("New York, United States", "observer", "side events, inputs, issue briefs"),
            ],
            [
                *("November 2016 (days not given)", "11th Annual Internet Governance Forum"),
                *("Guadalajara, Mexico", "", "took part"),
            ],
        ],
        ("Table Note", "What has no days is told as such."),
    ]


def test_numbers_come_from_one_list_of_levels_that_styles_are_bound_to():
    document = read(SMALL)
    levels = {
        level.find(qn("w:pStyle")).get(qn("w:val")): (
            level.get(qn("w:ilvl")),
            level.getparent().get(qn("w:abstractNumId")),
            *(level.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("numFmt", "lvlText")),
        )
        for level in document.part.numbering_part.element.iter(qn("w:lvl"))
        if level.find(qn("w:pStyle")) is not None
    }
    assert levels == {
        "Heading1": ("0", "0", "decimal", "%1"),
        "NumberedParagraph": ("1", "0", "decimal", "%1.%2"),
        "ListBullet": ("2", "1", "bullet", "•"),
        "Source": ("0", "2", "decimal", "%1"),
    }
    bound = {
        style.style_id: [each.get(qn("w:val")) for each in style.element.pPr.numPr]
        for style in document.styles
        if style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    }
    assert bound == {
        "Heading1": ["1"],
        "NumberedParagraph": ["1", "1"],
        "ListBullet": ["2", "2"],
        "Source": ["3"],
    }
    # Headings that are no sections take themselves out of it.
    plain = [each.text for each in document.paragraphs if each._p.pPr is not None and each._p.pPr.numPr is not None]
    assert plain == ["Summary", "Action required", "Sources", "Annex"]


def test_links_lead_to_pages_and_numbers_to_their_source():
    document = read(SMALL)
    found = [(link.text, link.url) for each in document.paragraphs for link in each.hyperlinks if link.url]
    desa = "https://sdgs.example.org/hlpf/2016?a=1&b=2"
    assert found == [
        ("High-level Political Forum", f"{BASE}/events/hlpf-2016"),
        ("General Assembly", f"{BASE}/series/unga"),
        (desa, desa),
        (f"{BASE}/events/igf-2016", f"{BASE}/events/igf-2016"),
    ]
    jumps = [(link.text, link.fragment) for each in document.paragraphs for link in each.hyperlinks if link.fragment]
    assert jumps == [("1", "source_1"), ("2", "source_2"), ("2", "source_2"), ("3", "source_3")]
    marks = [(each.get(qn("w:name")), text_after(each)) for each in document.element.body.iter(qn("w:bookmarkStart"))]
    assert marks == [
        ("source_1", "UN DESA, calendar of 2016, "),
        ("source_2", "Council report, section on the 2030 Agenda"),
        ("source_3", "IGF 2016, in the calendar, "),
    ]


def text_after(mark: object) -> str:
    return str(mark.getnext().text)


def test_tables_repeat_their_head_and_fit_their_page():
    document = read(SMALL)
    _, figures, events = document.tables
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in events.rows] == [True, False, False]
    assert [[cell.paragraphs[0].alignment for cell in row.cells] for row in figures.rows] == [[None, 2, 2]] * 3
    upright, on_side = document.sections
    assert (upright.orientation, on_side.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    for each, pages in ((figures, upright), (events, on_side)):
        room = pages.page_width - pages.left_margin - pages.right_margin
        assert sum(column.width for column in each.columns) <= room


def test_annex_turns_its_pages_for_the_tables_that_need_it_and_back():
    narrow, wide = table(("x",), head=("Head",)), table(("word " * 20,) * 3, head=("One", "Two", "Three"))
    sides = [pages.orientation for pages in read(of(annex=(narrow, narrow, wide, wide, narrow))).sections]
    assert sides == [WD_ORIENT.PORTRAIT, WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    sizes = [(each.page_width.twips, each.page_height.twips) for each in read(of(annex=(wide, narrow))).sections]
    assert sizes == [(11906, 16838), (16838, 11906), (11906, 16838)]


def test_table_of_numbers_parts_its_heads_rather_than_being_wide():
    counted = table(("Goal", "1", "2"), head=("Goal", "3 June 2016 – 14 May 2017", "May"), numeric=1)
    (_, found) = read(of(counted)).tables
    assert [column.width.twips for column in found.columns] == [606, 1542, 502]


def test_table_of_few_rows_stays_on_one_page_and_a_long_one_is_parted_between_rows():
    for rows, held in ((20, [True] * 19 + [False]), (21, [False] * 21)):
        (_, found) = read(of(table(*(("x",),) * rows, head=("Head",)))).tables
        lines = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in found.rows[1:]]
        assert [bool(line) for line in lines] == held
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in found.rows)


def test_wide_table_is_as_wide_as_its_page_and_gives_the_room_to_where_the_text_is():
    wide = table(("1", "word " * 100, "Antananarivo " * 3), head=("No.", "Text", "Place"))
    (_, found) = read(of(wide)).tables
    assert [column.width.twips for column in found.columns] == [502, 5238, 3671]


def test_foot_has_the_symbol_and_the_number_of_the_page():
    for pages in read(SMALL).sections:
        (line,) = pages.footer.paragraphs
        assert line.text == "C17/39\t1"
        assert [code.text for code in line._p.iter(qn("w:instrText"))] == [" PAGE "]


def test_properties_are_the_report_s_own_and_never_the_clock_s():
    found = read(SMALL).core_properties
    assert (found.title, found.subject) == (SMALL.header.title, SMALL.header.period)
    assert (found.author, found.last_modified_by, found.language) == ("UN Forum Calendar", "UN Forum Calendar", "en-GB")
    assert found.created == found.modified == datetime(2017, 3, 29, tzinfo=UTC)
    assert (found.comments, found.keywords, found.category) == ("", "", "")
    undated = read(replace(SMALL, header=replace(SMALL.header, date="spring"))).core_properties
    assert undated.created == datetime(2016, 12, 31, tzinfo=UTC)
    assert "python-docx" not in "".join(part(SMALL, name) for name in names(SMALL))


def names(report: Report) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(file(report))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return package.namelist()


def test_document_is_in_british_english():
    assert re.findall(r"<w:lang [^>]*>", part(SMALL, "word/styles.xml")) == [
        '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
    ]


def test_same_report_is_the_same_file_in_another_process():
    code = (
        "import hashlib; from calendar_app import texts; from calendar_app.formats import report_docx;"
        " from tests.reported import SMALL;"
        f" print(hashlib.sha256(report_docx.render(SMALL, texts.of('en'), base={BASE!r})).hexdigest())"
    )
    environment = os.environ | {"TZ": "Pacific/Pago_Pago", "PYTHONHASHSEED": "7"}
    root = Path(__file__).parents[1]
    there = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, check=True)
    assert there.stdout.decode().strip() == hashlib.sha256(file(SMALL)).hexdigest()


HOSTILE = [
    ("</w:t></w:r><w:r><w:br/>&amp; ]]> <!--", "</w:t></w:r><w:r><w:br/>&amp; ]]> <!--"),
    ("a\x00\x08\x0b\x1f\x7fb\ud800\ufffe\uffff c", "ab c"),
    ("one\r\ntwo\tthree\u2028", "one two three"),
    ("=cmd|'/C calc'!A0 { INCLUDETEXT x }", "=cmd|'/C calc'!A0 { INCLUDETEXT x }"),
]


@pytest.mark.parametrize(("words", "shown"), HOSTILE)
def test_text_stands_as_it_was_typed_less_what_xml_can_t_hold(words, shown):
    source = Source(words=words)
    report = of(
        paragraph(words, sources=(source,)),
        table((words,), head=(words,), note=words),
        annex=(table((words,), head=(words,)),),
        sources=(source,),
        **dict.fromkeys(("symbol", "agenda_item", "date", "title", "action", "period"), words),
    )
    document = read(report)
    assert document.core_properties.title == shown
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Agenda item", shown]
    assert [block for block in told(document) if shown in str(block)][1:] == [
        ("Title", shown),
        ("Body Text", shown),
        ("Numbered Paragraph", f"{shown}1"),
        [[shown], [shown]],
        ("Table Note", shown),
        ("Source", shown),
        [[shown], [shown]],
    ]
    assert [each.text for each in document.sections[0].footer.paragraphs] == [f"{shown}\t1"]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "//evil.example", "https://a b", "ftp://example.org/x", 'https://a"><w:br/>', "x"],
)
def test_address_that_is_none_makes_no_link(address):
    source = Source(words="A source", address=address)
    document = read(of(paragraph(Run(text="words", address=address), sources=(source,)), sources=(source,)))
    assert [link.url for each in document.paragraphs for link in each.hyperlinks if link.url] == []
    assert [each.text for each in document.paragraphs][-1] == "A source"


def test_words_from_right_to_left_are_marked_as_such_and_keep_their_order():
    words = paragraph("The שלום עולם forum, ", Run(text="مرحبا 2016 بالعالم", address="/events/x"), ".")
    (found,) = [each for each in read(of(words)).paragraphs if each.style.name == "Numbered Paragraph"]
    assert found.text == "The שלום עולם forum, مرحبا 2016 بالعالم."
    assert [each.text for each in right_to_left(found)] == ["שלום עולם", "مرحبا 2016 بالعالم"]


def right_to_left(found: WordParagraph) -> list[object]:
    return [run for run in found._p.iter(qn("w:r")) if run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None]


def test_introduction_stands_before_the_line_and_the_numbered_sections():
    key = SectionKey.INTRODUCTION
    first = Section(key=key, title="Introduction", blocks=(paragraph("Why we write."),))
    found = told(read(replace(SMALL, sections=(SMALL.sections[0], first, *SMALL.sections[1:]))))
    at = found.index(("Heading 1", "Introduction"))
    assert found[at - 1 : at + 3] == [
        ("Body Text", "The Council is invited to note this report."),
        ("Heading 1", "Introduction"),
        ("Body Text", "Why we write."),
        ("Body Text", ""),
    ]


def test_empty_report_says_what_was_not_given():
    assert told(read(EMPTY)) == [
        [["Agenda item", "not given"], ["Document", "not given"], ["Date", "not given"], ["Period", "2016"]],
        ("Title", "ITU’s relations with the United Nations system"),
        ("Body Text", ""),
    ]


def test_title_of_any_length_is_in_the_document_and_cut_in_its_properties():
    title = "A very long title " * 100
    document = read(of(paragraph("x"), title=title))
    assert told(document)[1] == ("Title", title.strip())
    assert document.core_properties.title == title[:255]


# ISO/IEC 29500-1 §17.3.1.26, §17.3.2.28, §17.4.59, §17.4.69: Word refuses a file whose properties stand otherwise.
ORDER = {
    "pPr": "pStyle keepNext keepLines numPr pBdr tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b bCs color sz szCs u vertAlign rtl lang",
    "tblPr": "tblStyle tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW shd",
    "trPr": "cantSplit tblHeader",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr rPr",
}


def test_properties_stand_in_the_order_of_the_schema():
    document = read(
        of(
            *SMALL.sections[1].blocks,
            table(("1",), head=("x",), numeric=0),
            paragraph("ש", "x"),
            annex=SMALL.annex,
            sources=SMALL.sources,
        )
    )
    roots = [document.element, document.styles.element, document.part.numbering_part.element]
    roots += [pages.footer._element for pages in document.sections]
    wrong = []
    for root in roots:
        for name, order in ORDER.items():
            for each in root.iter(qn(f"w:{name}")):
                children = [child.tag.rpartition("}")[2] for child in each]
                if children != sorted(children, key=order.split().index):
                    wrong.append((name, children))
    assert wrong == []
