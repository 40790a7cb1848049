"""What every format is given: a feed's own facts, and the context in which an item is told."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from calendar_app.events import Series
from calendar_app.options import Options
from calendar_app.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Where and how events are told. `base` is the base address, without a slash at its end."""

    base: str
    texts: Texts
    series: Mapping[str, Series]
    options: Options


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as a whole. `address` is its own, `page` shows the same.

    `left_out` counts the events that it does not carry, by reason ("undated", "omitted", "off", "failed"). `single` is
    the file of one event, no calendar to subscribe to. `changed` is the last change of what it holds (UTC),
    or when the first facts were gathered.
    """

    uid: str
    name: str
    description: str
    address: str
    page: str
    left_out: Counter[str]
    single: bool
    changed: datetime
    texts: Texts
    deadlines: bool = False
