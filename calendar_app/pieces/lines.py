"""A deadline or a part as one line of text: the strict reader, and the writer."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache

from pydantic_core import PydanticCustomError

from calendar_app import spans, texts
from calendar_app.errors import CalendarError
from calendar_app.events import Deadline, Part
from calendar_app.fields import LONGEST_LINK, LONGEST_NAME, link, read_time
from calendar_app.spans import Precision, Span
from calendar_app.topics import DeadlineKind

FARTHEST = timedelta(days=31)

_CLOCK = r"[0-9]{1,2}:[0-9]{2}"
_TIMED = re.compile(rf"([^:]*), ?({_CLOCK}) ?[-\u2010-\u2015\u2212] ?({_CLOCK})")
_VENUE = "@"


def read_deadline(text: str, *, event: Span | None = None) -> Deadline:
    """The deadline that a cleaned line tells, without a uid: "registration: 30 September 2027".

    `event` is the span of the event, after whose last day it may not lie.

    Raises:
        CalendarError: everything else.
    """
    name, _, day = text.partition(":")
    kind = _kinds().get(_folded(name))
    if not day.strip():
        raise CalendarError("deadline-form")
    if kind is None:
        raise CalendarError("deadline-kind", text=name[:60], allowed=", ".join(DeadlineKind))
    span = spans.parse(day)
    if span.days != 1:
        raise CalendarError("deadline-day", dates=spans.write(span))
    if event is not None and span.first > event.last:
        raise CalendarError("deadline-late", day=span.first, last=event.last)
    return Deadline(uid="", kind=kind, day=span.first)


def read_part(text: str, *, event: Span | None = None, zone: str = "UTC") -> Part:
    """The part that a cleaned line tells, without a uid: "6 July 2027, 13:15-14:30: Title @ venue https://link".

    Times are local in the IANA zone `zone`. `event` is the span of the event, near which it has to lie.

    Raises:
        CalendarError: everything else.
    """
    when, _, about = text.partition(": ")
    if not about:
        raise CalendarError("part-form")
    span = _when(when, zone)
    if event is not None and _far(span, event):
        raise CalendarError("part-far", dates=spans.write(span), days=FARTHEST.days, event=spans.write(event))
    words = about.split()
    url = _link(words.pop()) if _is_link(words[-1]) else ""
    title, venue = _about(words)
    return Part(uid="", title=title, span=span, venue=venue, url=url)


def write(piece: Deadline | Part) -> str:
    """A deadline or part as the one line that is read back to it."""
    if isinstance(piece, Deadline):
        return f"{piece.kind}: {_day(piece)}"
    start, end = piece.span.start_time, piece.span.end_time
    times = f", {start:%H:%M}-{end:%H:%M}" if start and end else ""
    venue = f" {_VENUE} {piece.venue}" if piece.venue else ""
    url = f" {piece.url}" if piece.url else ""
    return f"{spans.write(piece.span)}{times}: {piece.title}{venue}{url}"


@cache
def _kinds() -> Mapping[str, DeadlineKind]:
    """The kinds by their values and by their names in every language."""
    words = (texts.of(language) for language in texts.LANGUAGES)
    named = {_folded(each.label("deadline", kind)): kind for each in words for kind in DeadlineKind}
    return named | {_folded(kind): kind for kind in DeadlineKind}


def _folded(name: str) -> str:
    return " ".join(name.replace("-", " ").split()).casefold()


def _when(text: str, zone: str) -> Span:
    timed = _TIMED.fullmatch(text)
    if timed:
        start, end = read_time(timed[2]), read_time(timed[3])
        return spans.with_times(spans.parse(timed[1]), start=start, end=end, zone=zone)
    if re.search(_CLOCK, text):
        raise CalendarError("part-time")
    if ":" in text:
        raise CalendarError("part-form")
    return spans.parse(text)


def _far(span: Span, event: Span) -> bool:
    """Whether a part can't belong to the event: a day of it lies too far away, or all that a month or year holds."""
    first, last = event.first - FARTHEST, event.last + FARTHEST
    if span.precision is Precision.DAY:
        return span.first < first or span.last > last
    return not span.overlaps(first, last)


def _is_link(word: str) -> bool:
    return "://" in word or word.casefold().startswith("www.")


def _link(word: str) -> str:
    _refuse_long(word, LONGEST_LINK)
    try:
        return link(word)
    except PydanticCustomError as error:
        raise CalendarError(error.type, **(error.context or {})) from None


def _about(words: Sequence[str]) -> tuple[str, str]:
    """The title and the venue."""
    if any(map(_is_link, words)):
        raise CalendarError("part-link")
    if words.count(_VENUE) > 1 or (words and words[-1] == _VENUE):
        raise CalendarError("part-venue")
    title, _, venue = " ".join(words).partition(f" {_VENUE} ")
    if not words or words[0] == _VENUE:
        raise CalendarError("part-form")
    if re.match(rf"{_CLOCK}\b", title):
        raise CalendarError("part-time")
    if not any(map(str.isalnum, title)):
        raise CalendarError("title-signs")
    _refuse_long(title, LONGEST_NAME)
    _refuse_long(venue, LONGEST_NAME)
    return title, venue


def _refuse_long(text: str, most: int) -> None:
    if len(text) > most:
        raise CalendarError("text-long", most=most, count=len(text))


def _day(deadline: Deadline) -> str:
    return spans.write(Span(first=deadline.day, last=deadline.day, precision=Precision.DAY))
