"""Events as a line of a form names them: by the end of their address, or by words of their title and their year."""

import re

from calendar_app import places
from calendar_app.errors import CalendarError, NotFoundError, SelectionError
from calendar_app.events import Event
from calendar_app.selection import Selection, parse
from calendar_app.store import Store, events, search

_SLUG = re.compile(r"(?:\S*/events/)?([a-z0-9-]{1,120})/?")
_YEAR = re.compile(r"\b(?:19|20|21)[0-9]{2}\b")
# So many are told of where words mean several.
_MOST = 5


def read(store: Store, text: str) -> Event:
    """The event that a line names: an address or what stands at its end, or words that one public event alone has.

    Raises:
        CalendarError: there is none, or there are several.
    """
    slug = _SLUG.fullmatch(text)
    try:
        return events.by_slug(store, slug[1] if slug else "")
    except NotFoundError:
        found = _called(store, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise CalendarError("event-slug", value=text[:60])
    told = "; ".join(f"{event.title}: {event.slug}" for event in found[:_MOST])
    raise CalendarError("event-several" if len(found) <= _MOST else "event-many", value=text[:60], events=told)


def _called(store: Store, text: str) -> list[Event]:
    """The public events of these words, in the year among them; only the one of that very title, if there is one."""
    year = _YEAR.search(text)
    words = text.replace(year[0], " ", 1) if year else text
    try:
        wanted = parse([("q", words), *([("year", year[0])] if year else [])], lambda *_: None)
    except SelectionError:
        return []
    if wanted == Selection() or not wanted.words:
        return []
    found = events.by_ids(store, search.ids(store, wanted, most=_MOST + 1))
    exactly = [event for event in found if places.fold(event.title) == places.fold(text)]
    return exactly if len(exactly) == 1 else found
