"""Entries: what a format makes of each event, kept in bounded memory, so that an edit renders one anew."""

import threading
from collections import OrderedDict
from typing import NamedTuple

import structlog

from calendar_app.events import Event
from calendar_app.formats import Format, layers
from calendar_app.formats.feed import Context
from calendar_app.formats.layers import Layer
from calendar_app.options import Options
from calendar_app.store import Store, events, search

_MOST_ENTRIES = 50_000
_Key = tuple[str, Options, str, int, str]


class Told(NamedTuple):
    """What a format makes of an event: an entry for each of its items, or why it has no place for it."""

    entries: tuple[bytes, ...]
    left_out: str = ""


_FAILED = Told((), "failed")


class Entries:
    """The entries of a store's events, for one base address."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, Told] = OrderedDict()

    def of(self, form: Format, versions: list[search.Version], context: Context) -> list[Told]:
        """What a format makes of these events, in list order; only what was not told before is told now."""
        keys = [(form.name, context.options, each.uid, each.sequence, each.stamp) for each in versions]
        with self._lock:
            # Taken at once: another thread may drop one of them meanwhile.
            told = {key: self._kept[key] for key in keys if key in self._kept}
        missing = [version.id for version, key in zip(versions, keys, strict=True) if key not in told]
        wanted = {key[2]: key for key in keys}
        for event in events.by_ids(self._store, missing):
            told[wanted[event.uid]] = _tell(form, event, context)
        with self._lock:
            self._kept |= told
            while len(self._kept) > max(_MOST_ENTRIES, 3 * len(keys)):
                self._kept.popitem(last=False)
        # A row that can't be read is no event, and a gap that the feed names.
        return [told.get(key, _FAILED) for key in keys]


def _tell(form: Format, event: Event, context: Context) -> Told:
    entries, left_out = list[bytes](), ""
    try:
        for item in layers.items(event, context):
            reason = layers.refused(item.event, context.options, calendar=form.calendar)
            if not reason:
                entries.append(form.entry(item, context))
            elif item.layer is Layer.EVENT and reason != "gone":
                left_out = reason
    except Exception:
        # One event that can't be told leaves a gap that the feed names; the others still reach their readers.
        structlog.get_logger().exception("an event was left out", format=form.name, uid=event.uid, slug=event.slug)
        return _FAILED
    return Told(tuple(entries), left_out)
