"""Elements of WordprocessingML, in the order that its schema wants: paragraphs, runs, links, bookmarks, fields."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

Element: TypeAlias = BaseOxmlElement

# Hebrew, Arabic and their neighbours, with the spaces and signs between two of their words.
_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL = re.compile(rf"([{_LETTERS}](?:[{_LETTERS}\s\d.,\-–’']*[{_LETTERS}])?)")


def element(tag: str, *children: Element, **attributes: object) -> Element:
    """An element of the main namespace ("p") with its children and attributes (`val=1`)."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def paragraph(style: str, content: Iterable[Element], *properties: Element) -> Element:
    """A paragraph of a style. `properties` follow the style in the order of the schema (ISO/IEC 29500-1 §17.3.1.26)."""
    return element("p", element("pPr", element("pStyle", val=style), *properties), *content)


def unnumbered() -> Element:
    """What takes a paragraph out of the list that its style is bound to."""
    return element("numPr", element("ilvl", val=0), element("numId", val=0))


def runs(text: str, style: str = "") -> list[Element]:
    """A text as runs, words that are written from right to left apart and marked as such."""
    pieces = [(piece, bool(number % 2)) for number, piece in enumerate(_RTL.split(text)) if piece]
    return [_run([_text(piece)], style=style, rtl=rtl) for piece, rtl in pieces]


def tab() -> Element:
    """A tab."""
    return _run([element("tab")])


def field(code: str, shown: str) -> list[Element]:
    """A field ("PAGE") with what it shows until it is worked out anew."""
    instruction = element("instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    begin, separate, end = (element("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    return [_run([each]) for each in (begin, instruction, separate)] + runs(shown) + [_run([end])]


class Links:
    """The addresses that a part of a document leads to, each by one relationship."""

    def __init__(self, part: Part) -> None:
        self._part = part
        self._ids: dict[str, str] = {}

    def to(self, address: str, text: str) -> list[Element]:
        """A text that leads to an absolute address; as it is if there is none to lead to."""
        if not (address and text.strip()):
            return runs(text)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._id(address))
        link.set(qn("w:history"), "1")
        link.extend(runs(text, "Hyperlink"))
        return [link]

    def _id(self, address: str) -> str:
        # Part.relate_to looks through all that there are, each time.
        if address not in self._ids:
            name = f"link{len(self._ids) + 1}"
            self._part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
            self._ids[address] = name
        return self._ids[address]


def jump(text: str, bookmark: str, style: str) -> Element:
    """A text that leads to a bookmark of the same document."""
    return element("hyperlink", *runs(text, style), anchor=bookmark, history=1)


def bookmarked(content: Iterable[Element], name: str, number: int) -> Iterator[Element]:
    """Contents with a bookmark round them; `number` is its own in the document."""
    yield element("bookmarkStart", id=number, name=name)
    yield from content
    yield element("bookmarkEnd", id=number)


def _run(content: Iterable[Element], *, style: str = "", rtl: bool = False) -> Element:
    told = [element("rStyle", val=style)] if style else []
    told += [element("rtl")] if rtl else []
    return element("r", *([element("rPr", *told)] if told else []), *content)


def _text(text: str) -> Element:
    made = element("t")
    made.text = text
    made.set(qn("xml:space"), "preserve")
    return made
