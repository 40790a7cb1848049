"""A record of any size, the same every time: the catalogue's events, over more or fewer years."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from calendar_app import catalogue
from calendar_app.events import Event
from calendar_app.spans import Precision
from calendar_app.store import Store, events, series

NOW = datetime(2026, 11, 24, tzinfo=UTC)
_NAMESPACE = uuid.UUID("5d3a3f0a-93c0-4a53-8f57-9a1f7c0e3b11")
# Whole weeks, near twelve years: the catalogue's own length.
_SHIFT = timedelta(days=4382)


def store(folder: Path, count: int) -> Store:
    """A database with this many events, spread like today's: as many a year, over more years."""
    made = Store(folder / f"{count}.db")
    made.migrate()
    facts = catalogue.parse()
    with made.change(NOW, actor="benchmark") as change:
        series.put_vocabulary(change)
        series.put(change, facts.series)
        for number in range(count):
            rounds, place = divmod(number, len(facts.events))
            events.save(change, _again(facts.events[place], rounds), action="added")
    return made


def _again(event: Event, rounds: int) -> Event:
    """The event, or its like some rounds of years later."""
    if not rounds:
        return replace(event, part_of="", parts=())
    # Years run out at 2199: what comes after begins anew.
    shift = _SHIFT * (rounds % 13)
    span = replace(event.span, first=event.span.first + shift, last=event.span.last + shift, precision=Precision.DAY)
    name = f"{event.slug}-round-{rounds}"
    return replace(event, uid=str(uuid.uuid5(_NAMESPACE, name)), slug=name, span=span, part_of="", plans=(), parts=())
