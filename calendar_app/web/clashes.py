"""What meets in time as pages show it: each event with those that meet it, in words and drawn on one ruler."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, islice

from calendar_app import spans
from calendar_app.events import Event
from calendar_app.overlap import Clash, Doubt, Finding, Journey, Why
from calendar_app.plots import grid
from calendar_app.spans import Precision
from calendar_app.texts import Texts
from calendar_app.web.dates import Path, Ruler
from calendar_app.web.listing import Listing, Row

_MOST_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An event that meets another: how, and in words."""

    finding: Finding
    row: Row
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An event with those that meet it. `months` are those that all of them are drawn on: first day, and how many."""

    row: Row
    months: tuple[tuple[date, int], ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The events that begin in a month, by its first day, with those that meet them."""

    first: date
    blocks: tuple[Block, ...]


def by_month(clashes: Iterable[Clash], listing: Listing, *, head: Callable[[Clash], Event]) -> list[Month]:
    """Pairs under the one of the two that is the head, the heads by the month in which they begin."""
    gathered: dict[str, list[tuple[Event, Clash]]] = {}
    for clash in clashes:
        gathered.setdefault(head(clash).uid, []).append((head(clash), clash))
    heads = sorted(gathered.values(), key=lambda found: (found[0][0].span.first, -found[0][0].span.last.toordinal()))
    blocks = [_block(found[0][0], [clash for _, clash in found], listing) for found in heads]
    months = groupby(blocks, key=lambda block: block.row.event.span.first.replace(day=1))
    return [Month(first=first, blocks=tuple(found)) for first, found in months]


def pairs(event: Event, clashes: Iterable[Clash], listing: Listing) -> list[Pair]:
    """What meets an event, as rows without a drawing."""
    return [_pair(event, clash, listing) for clash in clashes]


def words(clash: Clash, it: Event, listing: Listing) -> str:
    """How one of two events meets the other, told of `it`: "Wholly inside: 3 days, 27–29 May 2016"."""
    texts = listing.texts
    if clash.journey:
        return _doubted(_journey(clash.journey, texts), clash.doubts, listing)
    if clash.doubts:
        days = _days(clash, texts)
        may = texts.gettext("May share {days}").format(days=days) if days else texts.gettext("May meet")
        return _doubted(may, clash.doubts, listing)
    if clash.hours is not None:
        return _hours(clash, texts)
    if clash.same_days:
        return texts.gettext("On the same days: {days}").format(days=_days(clash, texts))
    if clash.inner is None:
        return texts.gettext("Shares {days}").format(days=_days(clash, texts))
    inside = texts.gettext("Wholly inside: {days}"), texts.gettext("Covers all of it: {days}")
    return inside[clash.inner.uid != it.uid].format(days=_days(clash, texts))


def _block(event: Event, clashes: Sequence[Clash], listing: Listing) -> Block:
    others = [clash.beside(event) for clash in clashes]
    held = [event.span, *(other.span for other in others)]
    first = min(span.first for span in held)
    months = tuple(islice(spans.months(first, max(span.last for span in held)), _MOST_MONTHS))
    ruler = Ruler.months(months[0], months[-1])
    seams = tuple(Path(name="seam", d=f"M{ruler.at(month)} -6V22") for month in months[1:])
    row = listing.row(event, ruler=ruler)
    under = (_shade(event, ruler), *seams)
    found = (_pair(event, clash, listing, ruler=ruler) for clash in clashes)
    return Block(
        row=replace(row, strip=(*seams, *row.strip)),
        months=tuple((month, monthrange(month.year, month.month)[1]) for month in months),
        pairs=tuple(replace(pair, row=replace(pair.row, strip=(*under, *pair.row.strip))) for pair in found),
    )


def _pair(event: Event, clash: Clash, listing: Listing, *, ruler: Ruler | None = None) -> Pair:
    other = clash.beside(event)
    row = listing.row(other, ruler=ruler, year=ruler is None)
    return Pair(finding=clash.finding, row=row, words=words(clash, other, listing))


def _shade(event: Event, ruler: Ruler) -> Path:
    """The days of the head behind those that meet it: filled where they are known, an outline where they are not."""
    left, right = ruler.at(event.span.first), ruler.at(event.span.last + timedelta(1))
    vague = event.span.precision is not Precision.DAY
    return Path(name="shade vague" if vague else "shade", d=f"M{left} -6H{max(right, left + 3)}V22H{left}Z")


def _days(clash: Clash, texts: Texts) -> str:
    """The days that both have: "3 days, 27–29 May 2016"; "" if they are not known."""
    span = clash.shared
    if span is None or span.days is None:
        return ""
    counted = texts.ngettext("one day, {span}", "{count} days, {span}", span.days)
    return counted.format(count=span.days, span=texts.span(span))


def _hours(clash: Clash, texts: Texts) -> str:
    if clash.shared is None:
        return texts.gettext("At the same hours, on the next day by the other clock")
    if clash.hours:
        return texts.gettext("At the same hours on {day}").format(day=texts.span(clash.shared))
    return texts.gettext("The same day, {day}, at different hours").format(day=texts.span(clash.shared))


def _journey(journey: Journey, texts: Texts) -> str:
    if journey.free < 0:
        told = texts.gettext("On the same day in {start} and in {end}, {km} km apart")
    elif journey.free == 0:
        told = texts.gettext("No day between {start} and {end}, {km} km apart")
    else:
        told = texts.ngettext(
            "Only one day between {start} and {end}, {km} km apart",
            "Only {count} days between {start} and {end}, {km} km apart",
            journey.free,
        )
    return told.format(start=journey.start, end=journey.end, km=f"{round(journey.km, -1):,}", count=journey.free)


def _doubted(told: str, doubts: Sequence[Doubt], listing: Listing) -> str:
    gettext, kinds = listing.texts.gettext, [doubt.why for doubt in doubts]
    both = {
        Why.MONTH: gettext("of both only the month is known"),
        Why.EXPECTED: gettext("both are expected, not confirmed"),
        Why.UNVERIFIED: gettext("the dates of both are unverified"),
    }
    if len(kinds) == 2 and kinds[0] == kinds[1] in both:
        return f"{told}: {both[kinds[0]]}"
    reasons = "; ".join(_reason(doubt, listing) for doubt in doubts)
    return f"{told}: {reasons}" if reasons else told


def _reason(doubt: Doubt, listing: Listing) -> str:
    texts, event = listing.texts, doubt.event
    name = grid.short(event, listing.series.get(event.series))
    if doubt.claim:
        told = texts.gettext("{source} dates {name} {span}")
        return told.format(source=doubt.claim.source, name=name, span=texts.span(doubt.claim.span))
    reasons = {
        Why.YEAR: texts.gettext("of {name} only {span} is known"),
        Why.MONTH: texts.gettext("of {name} only {span} is known"),
        Why.EXPECTED: texts.gettext("{name} is expected, not confirmed"),
        Why.UNVERIFIED: texts.gettext("the dates of {name} are unverified"),
    }
    return reasons[doubt.why].format(name=name, span=texts.span(event.span))
