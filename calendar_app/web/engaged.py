"""What ITU did at an event or in a series, as a page shows it: by activity, with those told of together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from calendar_app.engagement import Engagement, Partner
from calendar_app.events import Event
from calendar_app.store import engagements, events, partners
from calendar_app.topics import Activity
from calendar_app.web import current
from calendar_app.web.listing import Row

Group = tuple[Activity, tuple[Engagement, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engaged:
    """What ITU did at an event.

    `shared` are the public events that a statement tells of together with it, by uid. `source` is that of every
    statement with its link, both "" where they differ. `side_events` are those of ITU's that are held there, `forum` is
    the public event at which this one is held as a side event.
    """

    groups: tuple[Group, ...]
    partners: Mapping[str, Partner]
    shared: Mapping[str, Event]
    source: tuple[str, str]
    side_events: tuple[Row, ...]
    forum: Event | None


def of_event(event: Event) -> Engaged:
    """What anyone may see of what ITU did at an event."""
    store, listing = current.store(), current.listing()
    found = engagements.of_event(store, event.uid)
    return Engaged(
        groups=grouped(found),
        partners=partners.directory(store),
        shared=_shared(event, found),
        source=one_source(found),
        side_events=tuple(listing.row(held) for held in events.held_at(store, event.uid) if held.public),
        forum=events.by_uid(store, event.held_at) if event.forum else None,
    )


def grouped(found: Sequence[Engagement]) -> tuple[Group, ...]:
    """Statements by their activity, in the order of the vocabulary, each group in the order in which they come."""
    groups = ((kind, tuple(each for each in found if each.activity is kind)) for kind in Activity)
    return tuple((kind, its) for kind, its in groups if its)


def one_source(found: Sequence[Engagement]) -> tuple[str, str]:
    """The source of several statements and its link, if it is that of all of them; both "" if it is not, or of one."""
    sources = {(each.source, each.source_url) for each in found}
    return sources.pop() if len(found) > 1 and len(sources) == 1 else ("", "")


def _shared(event: Event, found: Sequence[Engagement]) -> dict[str, Event]:
    uids = {uid for each in found for uid in each.events} - {event.uid}
    others = [events.by_uid(current.store(), uid) for uid in sorted(uids)]
    return {other.uid: other for other in others if other.public}
