"""The parts of events that the catalogue knows: what has days of its own inside an event."""

from collections.abc import Callable, Iterable, MutableMapping
from dataclasses import replace

from calendar_app.catalogue import words
from calendar_app.catalogue.table import Problems, Row
from calendar_app.errors import CalendarError
from calendar_app.events import Event, Part
from calendar_app.spans import Span


def add(
    events: MutableMapping[str, Event], rows: Iterable[Row], *, span: Callable[[Row], Span], problems: Problems
) -> None:
    """Gives each event its parts, in the order of the file; a row of an unknown event becomes a problem."""
    for row in rows:
        title = problems.checked(row, "title", words.text, default="")
        part = Part(uid=words.uid(row["key"]), title=title, span=span(row))
        event = events.get(row["event_key"])
        if event is None:
            problems.add(row, "event_key", CalendarError("key-unknown", value=row["event_key"]))
        else:
            events[row["event_key"]] = replace(event, parts=(*event.parts, part))
