"""What a feed of this calendar tells in its own words (`formats/`), taken back apart."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from calendar_app import spans, texts
from calendar_app.errors import CalendarError, SpanError
from calendar_app.fields import line
from calendar_app.imports.entries import Entry
from calendar_app.imports.plain import usable_link
from calendar_app.spans import Precision, Span
from calendar_app.topics import Mode, Status

PRODUCT = "-//UN Forum Calendar//Feeds//EN"
_CLOCK = re.compile(r"\(([A-Za-z0-9_+/-]+)\)$")
_ISO = re.compile(r", [0-9]{4}(?:-[0-9]{2}){0,2}$")
_LONGEST_VAGUE = 24  # months, of a feed that tells the first day alone
# Above and below the description, each as the feed's language has it; up to what it fills in.
_ABOVE = (
    "Dates unverified: no source was read for exactly these.",
    "Expected, not confirmed.",
    "Postponed; no new dates are given.",
    "When: {span}",
    "At the venue: {when}",
    "Earlier plan: {plan}",
    "Another source, {source}, says: {claim}",
)
_BELOW = (
    *(
        "Side event of ITU’s at: {value}",
        "Series: {value}",
        "Convened by: {value}",
        "ITU’s role: {value}",
        "Themes: {value}",
        "SDGs: {value}",
    ),
    *("Source of the dates: {value}", "Official page: {value}", "Registration: {value}", "Webcast: {value}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The fields that an entry of ours tells beside its days, the span where these are not given, its venue's zone."""

    fields: Mapping[str, str]
    vague: Span | None
    zone: str
    notes: tuple[CalendarError, ...]


def wrote(entry: Entry) -> bool:
    """Whether an entry is from a feed of this calendar."""
    return entry.calendar.get("PRODID", "") == PRODUCT


def within(entry: Entry) -> bool:
    """Whether an entry is a part or a deadline of another, which is told along with that; a side event is no part."""
    taken = (_template(told, _BELOW) for told in entry.description.split("\n"))
    return entry.within and all(found is None or found[0] != _BELOW[0] for found in taken)


def withdrawn(entry: Entry) -> bool:
    """Whether an entry is a tombstone, which tells nothing of its event."""
    names = {words.gettext("Withdrawn") for words in _languages()}
    return entry.status == "CANCELLED" and entry.title in names


def tell(entry: Entry, first: date, last: date) -> Telling:
    """What an entry of ours tells, its first and last day as the feed has them."""
    title, status = _status(entry.title)
    title, vague = _vague(title, first, last)
    lines = entry.description.split("\n")
    lines = lines[:-1] if lines[-1] == entry.url else lines
    above, rest = _taken(lines, _ABOVE)
    below, middle = _taken(rest[::-1], _BELOW)
    forum = below.get(_BELOW[0], "")
    title = _of_side_event(title, forum)
    expected = status or (Status.TENTATIVE if _ABOVE[1] in above else Status.CONFIRMED)
    told = {
        "title": title,
        "description": "\n".join(middle[::-1]),
        "status": str(expected),
        "series": entry.series,
        "mode": next((mode for mode in map(str, Mode) if mode in above), ""),
        "convener": "" if entry.series else below.get("Convened by: {value}", ""),
        "url": usable_link(below.get("Official page: {value}", "")),
        "registration_url": usable_link(below.get("Registration: {value}", "")),
        "webcast_url": usable_link(below.get("Webcast: {value}", "")),
        **_source(below.get("Source of the dates: {value}", "")),
    }
    clock = _CLOCK.search(above.get("At the venue: {when}", ""))
    return Telling(
        fields={name: value for name, value in told.items() if value},
        vague=vague,
        zone=clock[1] if clock and clock[1] in spans.ZONES else "",
        notes=_notes(above, forum),
    )


def _notes(above: Mapping[str, str], forum: str) -> tuple[CalendarError, ...]:
    unverified = (CalendarError("import-unverified"),) if _ABOVE[0] in above else ()
    return (*unverified, CalendarError("import-side-event", forum=forum)) if forum else unverified


def _status(title: str) -> tuple[str, Status | None]:
    """The title without the word that it is off, and what that word says."""
    off = {"CANCELLED: {title}": Status.CANCELLED, "POSTPONED: {title}": Status.POSTPONED}
    for words in _languages():
        for template, status in off.items():
            prefix = f"{line(_filled(words.gettext(template)))} "
            if title.startswith(prefix):
                return title.removeprefix(prefix), status
    return title, None


def _of_side_event(title: str, forum: str) -> str:
    """The title of a side event without the words that say what it is one of."""
    for words in _languages():
        for template in ("{title} (ITU side event at {forum})", "{title} (ITU side event)"):
            title = title.removesuffix(line(words.gettext(template).format(title=".", forum=forum)).removeprefix("."))
    return title


def _vague(title: str, first: date, last: date) -> tuple[str, Span | None]:
    """The title without the words that its days are not given, and the span that these words and the days mean."""
    if first.day != 1 or not title.endswith(")"):
        return title, None
    for words in _languages():
        for span in _spans(first, last):
            ending = f", {line(words.span_honest(span))}"  # without thin spaces, as the title
            if title.endswith(ending):
                return title.removesuffix(ending), span
    return title, None


def _spans(first: date, last: date) -> Iterator[Span]:
    """The spans without days that an entry of these days may stand for; some feeds tell the first day alone."""
    months = range(_LONGEST_VAGUE) if first == last else [(last.year - first.year) * 12 + last.month - first.month]
    for count in months:
        year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
        for start, end, precision in (
            (f"{first:%Y-%m}", f"{year}-{month + 1:02}", Precision.MONTH),
            (f"{first:%Y}", f"{year}", Precision.YEAR),
        ):
            try:
                span = spans.from_iso(start, end, precision)
            except SpanError:
                continue
            if span.first == first and last in {first, span.last}:
                yield span


def _source(told: str) -> dict[str, str]:
    """Source and link of "UN DESA, 2016-04, https://www.un.org/"."""
    words, _, last = told.rpartition(", ")
    address = usable_link(last)
    source = _ISO.sub("", words if address else told)
    return {"source": source or str(urlsplit(address).hostname or ""), "source_url": address}


def _taken(lines: list[str], templates: tuple[str, ...]) -> tuple[dict[str, str], list[str]]:
    """What the first lines say that are made of these templates or name a mode, by template; and the other lines."""
    said: dict[str, str] = {}
    for place, told in enumerate(lines):
        found = _template(told, templates)
        if not found:
            return said, lines[place:]
        said.setdefault(*found)
    return said, []


def _template(told: str, templates: tuple[str, ...]) -> tuple[str, str] | None:
    for words in _languages():
        for template in templates:
            filled = words.gettext(template)
            if told == filled or (told.startswith(_filled(filled)) and "{" in filled):
                return template, told.removeprefix(_filled(filled))
        for mode in Mode if templates is _ABOVE else ():
            if told == words.label("mode", mode):
                return str(mode), told
    return None


def _filled(template: str) -> str:
    return template.partition("{")[0]


@cache
def _languages() -> tuple[texts.Texts, ...]:
    return tuple(texts.of(language) for language in texts.LANGUAGES)
