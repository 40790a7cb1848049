"""What ITU did at an event, as its page tells it: by activity, with the side events held there."""

from collections.abc import Sequence
from dataclasses import dataclass

from calendar_app.engagement import Partner
from calendar_app.events import Event
from calendar_app.store import engagements, events, partners
from calendar_app.topics import Activity
from calendar_app.web import current, statements
from calendar_app.web.listing import Row
from calendar_app.web.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Engaged:
    """What ITU did at an event.

    `source` is that of every statement with its link, None where they differ. `side_events` are those of ITU's that are
    held there, each with its partners; `forum` is the public event at which this one is held as a side event.
    """

    groups: Sequence[tuple[Activity, Sequence[Statement]]]
    source: tuple[str, str] | None
    side_events: Sequence[tuple[Row, Sequence[Partner]]]
    forum: Event | None


def of_event(event: Event) -> Engaged:
    """What anyone may see of what ITU did at an event."""
    store = current.store()
    told = statements.of(engagements.of_event(store, event.uid))
    return Engaged(
        groups=statements.by_activity(told),
        source=statements.source_of(told),
        side_events=_side_events(event),
        forum=events.by_uid(store, event.held_at) if event.forum else None,
    )


def _side_events(event: Event) -> list[tuple[Row, list[Partner]]]:
    store, listing, directory = current.store(), current.listing(), partners.directory(current.store())
    held = [each for each in events.held_at(store, event.uid) if each.public]
    return [(listing.row(each), [directory[key] for key in each.partners]) for each in held]
