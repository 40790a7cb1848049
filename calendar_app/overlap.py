"""Events that are likely the same meeting: by series, span, city and title, each with its reasons."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from calendar_app import places
from calendar_app.events import Draft, Event
from calendar_app.spans import Precision

_ALIKE = 0.82


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """An event that a draft may repeat. `days` is how many days are certainly shared, 0 where months decide."""

    event: Event
    same_series: bool
    same_city: bool
    same_title: bool
    may_overlap: bool
    days: int

    @property
    def weight(self) -> int:
        """How strong the likeness is; what weighs under 3 is no likely duplicate."""
        return 2 * self.same_series + 2 * self.same_title + self.same_city + 2 * self.may_overlap


def likely(draft: Draft, events: Iterable[Event]) -> list[Likeness]:
    """The events that a draft may repeat, the likeliest first. It informs; it never decides."""
    found = [likeness for event in events if (likeness := _compare(draft, event)).weight >= 3]
    near = [likeness for likeness in found if likeness.may_overlap or likeness.same_title]
    return sorted(near, key=lambda likeness: (-likeness.weight, -likeness.days, likeness.event.slug))


def _compare(draft: Draft, event: Event) -> Likeness:
    return Likeness(
        event=event,
        same_series=bool(draft.series) and draft.series == event.series,
        same_city=bool(draft.city) and _place(draft) == _place(event),
        same_title=_alike(draft.title, event.title),
        may_overlap=draft.span.overlaps(event.span.first, event.span.last),
        days=_shared_days(draft, event),
    )


def _place(draft: Draft) -> str:
    city = places.find_city(draft.city, draft.country)
    return places.fold(city.name if city else draft.city)


def _alike(one: str, other: str) -> bool:
    first, second = places.fold(one), places.fold(other)
    if first == second:
        return True
    # "COP 22" and "COP 23" are alike to the letter, and two meetings.
    if re.findall(r"\d+", first) != re.findall(r"\d+", second) and re.search(r"\d", first) and re.search(r"\d", second):
        return False
    matcher = SequenceMatcher(a=first, b=second, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _shared_days(draft: Draft, event: Event) -> int:
    if not draft.span.precision is event.span.precision is Precision.DAY:
        return 0
    first, last = max(draft.span.first, event.span.first), min(draft.span.last, event.span.last)
    return max(0, (last - first).days + 1)
