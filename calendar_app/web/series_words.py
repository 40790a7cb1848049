"""A series in words: how often, when in the year and where it meets."""

import re

from calendar_app import cadence
from calendar_app.events import Series
from calendar_app.texts import Texts

_RANGE = re.compile(r"(?<=\w)-(?=\w)")


def rhythm(series: Series, texts: Texts) -> str:
    """How often a series meets, in which months and where: "Every year in July, New York"; "" if nothing is told."""
    often = _often(series.cadence, texts)
    months = _months(series.months, texts)
    told = ", ".join(filter(None, (" ".join(filter(None, (often, months))), _where(series.place, texts))))
    return told[:1].upper() + told[1:]


def _often(text: str, texts: Texts) -> str:
    told, gettext = cadence.parse(text), texts.gettext
    if told is None:
        return text
    words = texts.ngettext("every year", "every {count} years", told.years).format(count=told.years)
    if told.times == 2:
        words = gettext("twice a year")
    elif told.times > 2:
        words = gettext("{count} times a year").format(count=told.times)
    if told.first and told.last < 9999:
        return gettext("{often} from {first} to {last}").format(often=words, first=told.first, last=told.last)
    return gettext("{often} since {first}").format(often=words, first=told.first) if told.first else words


def _months(text: str, texts: Texts) -> str:
    if not text:
        return ""
    parts = [_RANGE.sub("–", part.strip()) for part in text.split(";")]
    if any(char.isdigit() for char in text):
        return texts.gettext("({months})").format(months="; ".join(parts))
    return texts.gettext("in {months}").format(months=texts.all_of(parts))


def _where(text: str, texts: Texts) -> str:
    return texts.gettext("in changing places") if text == "rotates" else text
