"""Marking: which parts of a text are the words that it was found by."""

import re
import unicodedata
from collections.abc import Iterator

from calendar_app import places, words

_Range = tuple[int, int]


def marked(text: str, sought: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words sought, as a search finds them; joined, the text.

    "Genève" is marked by "geneve", and "COP30" by "cop 30".
    """
    folded, origin = _folded(text)
    found = sorted(_whole(text, origin[first], origin[last - 1] + 1) for first, last in _matches(folded, sought))
    return [(text[first:last], hit) for first, last, hit in _pieces(found, len(text)) if first < last]


def _folded(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its letters the place of the one that it comes from."""
    pieces = [places.fold(letter) or (" " if letter.isspace() else "") for letter in text]
    return "".join(pieces), [place for place, piece in enumerate(pieces) for _ in piece]


def _matches(folded: str, sought: str) -> Iterator[_Range]:
    runs = [(found.group(), found.span()) for found in re.finditer(r"[^\W\d_]+|\d+", folded)]
    for word in words.typed(sought):
        if words.spaceless(word):
            inside = r"\s*".join(map(re.escape, words.apart(word).split()))
            yield from (found.span() for found in re.finditer(inside, folded))
            continue
        wanted = words.tokens(word)
        for place in range(len(runs) - len(wanted) + 1):
            here = runs[place : place + len(wanted)]
            if wanted and [run for run, _ in here] == wanted:
                yield here[0][1][0], here[-1][1][1]


def _whole(text: str, first: int, last: int) -> _Range:
    """The range with the marks that stand on its last letter."""
    while last < len(text) and unicodedata.category(text[last]).startswith("M"):
        last += 1
    return first, last


def _pieces(found: list[_Range], length: int) -> Iterator[tuple[int, int, bool]]:
    """The whole text in ranges that follow each other; what is found twice, or without a gap, is one."""
    joined: list[_Range] = []
    for first, last in found:
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    here = 0
    for first, last in joined:
        yield here, first, False
        yield first, last, True
        here = last
    yield here, length, False
