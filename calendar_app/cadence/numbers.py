"""The number of an edition, as far as its own title tells it of its own series: "46th session", "COP 22", "Third"."""

import re

_WORDS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_ORDINAL = rf"[1-9][0-9]*(?:st|nd|rd|th)|{'|'.join(_WORDS)}"
_SITTING = r"session|meeting|series of meetings"
# "Statistical Commission, 46th session"; what goes before must be the series: a working group counts its own meetings.
_AFTER = re.compile(rf"(?P<name>.+?), (?P<number>(?:{_ORDINAL}) (?:{_SITTING}))\b(?! of)", re.IGNORECASE)
_ASIDE = re.compile(rf"\((?P<number>(?:{_ORDINAL}) (?:{_SITTING}))\)", re.IGNORECASE)
# "General Debate of the 70th session of the General Assembly"
_INSIDE = re.compile(rf"\bof the (?P<number>(?:{_ORDINAL}) (?:{_SITTING})) of ", re.IGNORECASE)
# "Third UN Ocean Conference", "11th Annual Internet Governance Forum", "LLDC3: Third UN Conference on ..."
_BEFORE = re.compile(rf"(?:^|: )(?P<number>{_ORDINAL}) (?:annual )?(?P<name>[^,:(]+)", re.IGNORECASE)
_ACRONYM = r"(?<![\w+-]){name}(?: ?|-)(?:[1-9][0-9]{{0,2}}|[IVX]+)(?![\w+])"


def number(title: str, short_name: str, name: str) -> str:
    """What an edition's title says of its number, in its own words; "" if it says nothing that is sure.

    `short_name` and `name` are those of its series.
    """
    for token in reversed(re.findall(r"[A-Za-z]*[A-Z][A-Za-z]*", short_name)):
        if found := re.search(_ACRONYM.format(name=token), title):
            return found[0]
    names = {_plain(short_name), _plain(name)}
    for form in (_AFTER, _BEFORE):
        found = form.search(title)
        if found and any(_plain(found["name"]) in each for each in names):
            return found["number"]
    aside = _ASIDE.search(title) or _INSIDE.search(title)
    return aside["number"] if aside else ""


def _plain(text: str) -> str:
    """A name without what is written in several ways."""
    return re.sub(r"\bunited nations\b", "un", text.casefold()).strip()
