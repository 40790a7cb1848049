"""Preview: what a calendar client will make of a build, before anyone subscribes."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from calendar_app import texts
from calendar_app.events import Event
from calendar_app.formats import FORMATS, layers, telling
from calendar_app.formats.feed import Context
from calendar_app.health import NEAR, of_google
from calendar_app.options import Deadlines, Options, Undated
from calendar_app.publish import Document, Publisher, Target
from calendar_app.selection import Selection
from calendar_app.spans import Precision, Span
from calendar_app.store import events, search, series
from calendar_app.web.building import Build
from calendar_app.web.listing import MOST_ROWS

_SOON = 5
_UID = re.compile(rb"^UID:(\S+)\r$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as a client shows it. `first` and `last` are days, inclusive; `when` says them, with any hours."""

    title: str
    first: date
    last: date
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a feed comes to: the events that it selects, what it holds of them, its size in bytes, and what is next.

    `left_out` counts the events that it selects and does not carry, by reason, as the feed itself does.
    """

    events: int
    coming: int
    entries: int
    size: int
    left_out: tuple[tuple[str, int], ...]
    soon: tuple[Entry, ...]

    @property
    def kilobytes(self) -> int:
        """The size in thousands of bytes, a started one for a whole one, as at the desk."""
        return -(-self.size // 1000)

    @property
    def percent(self) -> int:
        """How much of what Google Calendar takes this is, by size or by number, whichever is more."""
        return round(100 * of_google(self.size, self.entries))

    @property
    def near(self) -> bool:
        """Whether it comes near to what Google Calendar takes, or is past it."""
        return of_google(self.size, self.entries) >= NEAR

    @property
    def over(self) -> bool:
        """Whether it is more than Google Calendar takes."""
        return of_google(self.size, self.entries) > 1


def of(publisher: Publisher, build: Build, path: str, *, today: date) -> Preview:
    """The preview of the feed at a path, which carries this build; `today` (UTC) is the day of the request."""
    target = Target(path=path, selection=build.selection, format=FORMATS["ics"], options=build.options)
    return _once(publisher, target, today, publisher.store.revision())


@lru_cache(maxsize=32)
def _once(publisher: Publisher, target: Target, today: date, _revision: int) -> Preview:
    """The same, kept for one data revision: what a whole feed leaves out takes as long as the feed is."""
    document = publisher.feed(target, today=today)
    chosen = target.selection.at(today)
    return Preview(
        events=search.count(publisher.store, chosen),
        coming=search.count(publisher.store, _from(chosen, today)),
        entries=document.entries,
        size=len(document.body),
        left_out=tuple(_left_out(publisher, chosen, document, target.options)),
        soon=tuple(_soon(publisher, chosen, target.options, today)),
    )


def _left_out(publisher: Publisher, chosen: Selection, document: Document, options: Options) -> list[tuple[str, int]]:
    """How many selected events a calendar file does not hold, by reason; "chosen" if too many to look at."""
    if options.deadlines is Deadlines.ONLY:
        return []
    store, held = publisher.store, {uid.decode() for uid in _UID.findall(document.body)}
    public = set(search.ids(store, chosen))
    missing = [each.id for each in search.versions(store, chosen) if each.id in public and each.uid not in held]
    if len(missing) > MOST_ROWS:
        return [("chosen", len(missing))]
    found = events.by_ids(store, missing)
    reasons = Counter(layers.refused(event, options, calendar=True) or "failed" for event in found)
    reasons["failed"] += len(missing) - len(found)
    return sorted((reason, count) for reason, count in reasons.items() if count)


def _soon(publisher: Publisher, chosen: Selection, options: Options, today: date) -> list[Entry]:
    """What comes next, of the first `MOST_ROWS` events that are not over."""
    store = publisher.store
    context = Context(
        base=publisher.base, texts=texts.of(options.language), series=series.directory(store), options=options
    )
    found = events.by_ids(store, search.ids(store, _from(chosen, today), most=MOST_ROWS))
    coming = [entry for entry in _entries(found, context) if entry.last >= today]
    return sorted(coming, key=lambda entry: (entry.first, entry.title))[:_SOON]


def _entries(found: Iterable[Event], context: Context) -> list[Entry]:
    items = (item.event for event in found for item in layers.items(event, context))
    return [_entry(item, context) for item in items if not layers.refused(item, context.options, calendar=True)]


def _entry(event: Event, context: Context) -> Entry:
    """An event as the calendar file tells it: by days, a month too, whose title says that its days are not given."""
    span, first_day = event.span, context.options.undated is Undated.FIRST_DAY
    last = span.first if first_day and span.precision is not Precision.DAY else span.last
    days = Span(first=span.first, last=last, precision=Precision.DAY)
    when = ", ".join(filter(None, (context.texts.span(days), context.texts.times(span))))
    return Entry(title=telling.plain(telling.title(event, context)), first=days.first, last=days.last, when=when)


def _from(chosen: Selection, today: date) -> Selection:
    return replace(chosen, first=max(chosen.first or today, today))
