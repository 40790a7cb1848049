"""The events of a selection in the order in which they fit its words."""

import json
from datetime import date

from calendar_app.events import Event
from calendar_app.selection import Selection
from calendar_app.store import events, search
from calendar_app.store.connection import Store

_UIDS = "SELECT e.uid FROM json_each(?) given JOIN events e ON e.id = given.value ORDER BY given.key"


def best(store: Store, selection: Selection, *, today: date, most: int, offset: int = 0) -> list[Event]:
    """The selected public events, best first; a page of `most` at the most. `selection` has its period absolute."""
    numbers = search.ids(store, selection, most=most, offset=offset, by_relevance=True, today=today)
    found = {event.uid: event for event in events.by_ids(store, numbers)}
    uids = [row[0] for row in store.db.conn.execute(_UIDS, [json.dumps(numbers)])]
    return [found[uid] for uid in uids if uid in found]
