"""What is written beside a bar: dates, city, what became of it, and what another source says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from calendar_app.events import Claim, Draft, Event, Plan
from calendar_app.plots.planner.entries import Entry
from calendar_app.plots.widths import cut, width
from calendar_app.spans import Precision, Span
from calendar_app.texts import Texts
from calendar_app.topics import Mode

SIZE = 17
_CITY, _SOURCE = 240, 190  # the room of a name, in the sheet's units


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a label in one style; what is red (`alert`) says in words why."""

    words: str
    bold: bool = False
    alert: bool = False

    @property
    def width(self) -> float:
        """The room it needs at the most."""
        return width(self.words, SIZE, bold=self.bold)


def room(pieces: Iterable[Piece]) -> float:
    """The room a label needs at the most."""
    return round(sum(piece.width for piece in pieces), 1)


def shorten(pieces: Iterable[Piece], most: float) -> tuple[Piece, ...]:
    """As much of a label as fits, with an ellipsis where it was cut."""
    kept: list[Piece] = []
    for piece in pieces:
        words = cut(piece.words, most - room(kept), SIZE, bold=piece.bold)
        kept += [replace(piece, words=words)] if words else []
        if words != piece.words:
            break
    return tuple(kept)


def label(entry: Entry, texts: Texts, *, year: int, today: date) -> tuple[Piece, ...]:
    """The label of an event on the sheet of a year; `today` (UTC) tells past from coming."""
    event, gettext = entry.event, texts.gettext
    dates = days(event.span, texts, year=year, month=False)
    if event.span.precision is not Precision.DAY:
        dates = f"{dates}, {unknown(event.span, texts, today=today)}"
    place = cut(_place(event, texts), _CITY, SIZE, bold=True)
    told = [texts.label("status", event.status).lower()] if event.off or event.expected else []
    told += [gettext("dates unverified")] if event.unverified else []
    told += [_moved(event, texts, year=year)] if event.plans else []
    pieces = [
        Piece(words=dates),
        Piece(words=f" {place}" if place else "", bold=True),
        *(Piece(words=f", {words}", alert=event.off and not number) for number, words in enumerate(told)),
        *(Piece(words=f", {words}", alert=True) for words in _rivals(entry, texts, year=year)),
    ]
    return tuple(piece for piece in pieces if piece.words)


def days(span: Span, texts: Texts, *, year: int, month: bool = True, full: bool = False) -> str:
    """A span in the sheet of a year: "29 Feb – 24 Mar", "November", "6–9 Dec"; another year is told with it.

    Without `month`, days inside one month go without its name: the column tells it. With `full`, months in full.
    """
    first, last = span.first, span.last
    if span.precision is Precision.YEAR:
        return texts.span(span)
    long = full or span.precision is Precision.MONTH
    names = [texts.month(day) if long else texts.month_short(day) for day in (first, last)]
    names = [name if day.year == year else f"{name} {day.year}" for name, day in zip(names, (first, last), strict=True)]
    same = (first.year, first.month) == (last.year, last.month)
    if span.precision is Precision.MONTH:
        return names[1] if same else f"{names[0]}–{names[1]}"
    if not same:
        return f"{first.day} {names[0]} – {last.day} {names[1]}"
    inside = f"{first.day}" if first == last else f"{first.day}–{last.day}"
    return f"{inside} {names[1]}" if month or first.year != year else inside


def unknown(span: Span, texts: Texts, *, today: date) -> str:
    """What is not known of a month's or year's span, said of past ones otherwise than of those to come."""
    past = span.last < today
    if span.precision is Precision.YEAR:
        return texts.gettext("month not given") if past else texts.gettext("month not announced")
    return texts.gettext("days not given") if past else texts.gettext("days not announced")


def _place(event: Draft, texts: Texts) -> str:
    online = texts.gettext("Online") if event.mode is Mode.ONLINE else ""
    return event.city or texts.country(event.country, on=event.span.first) or online


def _moved(event: Event, texts: Texts, *, year: int) -> str:
    plan = event.plans[-1]
    before = _other(plan, event, texts, year=year)
    return texts.gettext("moved from {plan}").format(plan=before) if before else texts.gettext("moved")


def _rivals(entry: Entry, texts: Texts, *, year: int) -> list[str]:
    if not entry.rivals:
        return []
    claim, others = entry.rivals[0], len(entry.rivals) - 1
    source = cut(claim.source, _SOURCE, SIZE) or texts.gettext("another source")
    said = _other(claim, entry.event, texts, year=year)
    words = texts.gettext("{source} says {claim}").format(source=source, claim=said)
    more = texts.ngettext("{count} more source", "{count} more sources", others).format(count=others)
    return [words, more] if others else [words]


def _other(told: Claim | Plan, event: Event, texts: Texts, *, year: int) -> str:
    """What of dates and place is other than the event's own."""
    span, own = told.span, event.span
    same = own.precision is Precision.DAY and (span.first.year, span.first.month) == (own.first.year, own.first.month)
    parts = [days(span, texts, year=year, month=not same)] if span != own else []
    if (told.city, told.country) != (event.city, event.country):
        parts.append(cut(told.city or texts.country(told.country, on=span.first), _CITY, SIZE))
    return ", ".join(filter(None, parts))
