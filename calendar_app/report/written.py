"""Written: what editors typed for a section, as paragraphs, and as lists where lines begin with a dash or dot."""

import re

from calendar_app.report.model import Block, Listing, Paragraph, Run, Sentence

_PARAGRAPHS = re.compile(r"\n\s*\n")
_ITEM = re.compile(r"\s*[-•]\s+(\S.*)")
# An address ends before the mark that ends its sentence.
_ADDRESS = re.compile(r"(https?://[^\s<>\"\\\\]*[^\s<>\"\\\\.,;:!?)\]’”])")


def blocks(text: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a text, each web address in it a link."""
    return tuple(block for part in _PARAGRAPHS.split(text) if (block := _block(part)))


def _block(part: str) -> Block | None:
    """A paragraph, or a list with what stands before its first item; None of nothing but spaces."""
    lead: list[str] = []
    items: list[list[str]] = []
    for line in part.splitlines():
        if found := _ITEM.fullmatch(line):
            items.append([found[1]])
        else:
            (items[-1] if items else lead).append(line)
    before = _sentence(lead)
    if items:
        return Listing(lead=before, items=tuple(map(_sentence, items)))
    return Paragraph(sentences=(before,)) if before.runs else None


def _sentence(lines: list[str]) -> Sentence:
    words = " ".join(" ".join(lines).split())
    pieces = [piece for piece in _ADDRESS.split(words) if piece]
    runs = (Run(text=piece, address=piece if _ADDRESS.fullmatch(piece) else "") for piece in pieces)
    return Sentence(runs=tuple(runs), written=True)
