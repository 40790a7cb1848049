"""Words: how a text becomes the words that it is found by, whatever its case, its diacritics and its script."""

import re
import unicodedata

from calendar_app import places

_SEAM = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "THAI", "LAO", "KHMER", "MYANMAR", "HEBREW")


def typed(text: str) -> list[str]:
    """The words of a search, folded, each once, as the text's spaces part them.

    A dash between words, as in a title that was copied, says nothing and is none of them.
    """
    return list(dict.fromkeys(word for word in places.fold(text).split() if spoken(word)))


def tokens(text: str) -> list[str]:
    """The runs of letters and of figures in a text, folded: "COP-30: Belém" is cop, 30, belem."""
    return _TOKEN.findall(places.fold(text))


def apart(text: str) -> str:
    """The text with letters and figures set apart, so that "COP30" and "COP 30" are found alike."""
    return _SEAM.sub(" ", text)


def spoken(word: str) -> bool:
    """Whether a word holds a letter or a digit, and so can be looked up."""
    return any(map(str.isalnum, word))


def spaceless(word: str) -> bool:
    """Whether a word is in a script whose words no space parts, so that they are looked up inside a text."""
    return any(unicodedata.name(letter, "").startswith(_SPACELESS) for letter in word)
