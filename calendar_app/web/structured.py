"""What an event's page tells programs of the event, as linked data."""

from collections.abc import Sequence
from typing import Any

from calendar_app import addresses
from calendar_app.events import Event, Series
from calendar_app.formats import linked_data
from calendar_app.web import current


def of(
    event: Event, series: Series | None, *, forum: Event | None, side_events: Sequence[Event]
) -> dict[str, Any] | None:
    """The event as a schema.org Event; None where it is not told as a fact.

    `forum` is the public event at which it is held as a side event, `side_events` are those that are held at it.
    """
    if not linked_data.told(event):
        return None
    base = current.publisher().base
    return linked_data.of(
        event,
        series,
        current.texts(),
        page=base + addresses.event(event.slug),
        picture=base + addresses.event_picture(event.slug),
        series_page=base + addresses.series(series.key) if series else "",
        forum=(forum, base + addresses.event(forum.slug)) if forum else None,
        side_events=[(each, base + addresses.event(each.slug)) for each in side_events],
    )
