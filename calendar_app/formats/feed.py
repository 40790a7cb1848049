"""What every format is given: a feed's own facts, and the context in which an event is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from calendar_app.events import Series
from calendar_app.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where and in which language events are told. `base` is the base address, without a slash at its end."""

    base: str
    texts: Texts
    series: Mapping[str, Series]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as a whole. `address` is its own, `page` shows the same; `left_out` counts what it can't carry.

    `single` is the file of one event, no calendar to subscribe to.
    """

    uid: str
    name: str
    description: str
    address: str
    page: str
    left_out: int
    single: bool
    texts: Texts
