"""Renderings of a selection as a document: one module a format, one row each in `FORMATS`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from calendar_app.events import Event
from calendar_app.formats import ical
from calendar_app.formats.feed import Context, Feed


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a selection becomes a document: its entries, each from one event, and what holds them together.

    An entry depends on its event and the context alone, so that an edit renders one entry anew, not all.
    `carries` says whether an event has a place in this format.
    """

    name: str
    media_type: str
    carries: Callable[[Event], bool]
    entry: Callable[[Event, Context], bytes]
    document: Callable[[Feed, Iterable[bytes]], bytes]


# A new format is a new module and a new row.
FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            name="ics",
            media_type="text/calendar; charset=utf-8",
            carries=ical.carries,
            entry=ical.entry,
            document=ical.document,
        ),
    )
}

# The layer of last days, apart from events: same calendar, other entries.
DEADLINES = Format(
    name="ics",
    media_type="text/calendar; charset=utf-8",
    carries=lambda event: bool(event.deadlines),
    entry=ical.deadline_entries,
    document=ical.document,
)
