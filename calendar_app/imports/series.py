"""The series that a title or a cell names: by its key, its names, or the letters that people write for it."""

import re
from collections.abc import Mapping

from calendar_app.events import Series
from calendar_app.places import fold

# Where the short name says more than people write.
_LETTERS = {
    "cop": "unfccc-cop",
    "ecosoc ffd forum": "ffd-forum",
    "global platform for disaster risk reduction": "drr-global-platform",
    "high level political forum": "hlpf",
    "ldc": "ldc-conference",
    "lldc": "lldc-conference",
    "pp": "itu-plenipotentiary",
    "sb": "unfccc-sb",
    "sids": "sids-conference",
}
# What tells one session from another: "71st", "Third", "III", "2027", "-28", "session", "annual".
_ORDINAL = re.compile(
    r"\b[0-9]+(?:st|nd|rd|th|e|eme|re|er)\b|\b[ivx]+$"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_OF = re.compile(r"\b(?:of )+of\b")
_SESSION = re.compile(r"\b(?:the|annual|sessions?|meeting|united nations)\b")
_NUMBER = re.compile(r"[ -]*\b[0-9]+\b|(?<=[a-z])-?[0-9]+$|(?<=[a-z])[0-9]+(?= )")


class Names:
    """The series by what they are called."""

    def __init__(self, series: Mapping[str, Series]) -> None:
        self._keys: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        for key, told in series.items():
            whole = (key, told.short_name, told.name)
            self._exact |= {fold(name): key for name in whole}
            for bare in {_bare(each) for name in whole for each in (name, *_variants(name))} - {""}:
                # A name of two series is neither's.
                self._keys[bare] = key if self._keys.get(bare, key) == key else ""
        self._keys |= {letters: key for letters, key in _LETTERS.items() if key in series}

    def find(self, text: str) -> str:
        """The key of the series that a text names and nothing else: "CSW71", "10th Internet Governance Forum"."""
        wholes = (text, *_variants(text), *_BRACKETS.findall(text))
        exact = self._exact.get(fold(text), "")
        return exact or next(filter(None, (self._keys.get(_bare(each), "") for each in wholes)), "")


def _variants(name: str) -> list[str]:
    """A name without what stands in brackets, and each of two that a stroke parts."""
    bare = _BRACKETS.sub("", name).strip()
    return [bare, *bare.split(" / ")] if bare else []


def _bare(text: str) -> str:
    words = _NUMBER.sub(" ", _ORDINAL.sub(" ", fold(text)))
    plain = " ".join(_SESSION.sub(" ", words).replace("-", " ").split()).removeprefix("un ")
    return _OF.sub("of", plain).strip(" ,.:'\"")
