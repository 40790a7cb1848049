"""Events that are likely the same meeting: by series, span, city and title, each with its reasons."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher
from functools import lru_cache

from calendar_app import places
from calendar_app.events import Draft, Event, Series
from calendar_app.spans import Precision

_ALIKE = 0.82
_A_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """An event that a draft may repeat. `days` is how many days are certainly shared, 0 where months decide.

    `same_days` says that both give the same days, from the first to the last; `near` that one gives only months, and
    the other lies within a month of them: what was expected in November is announced for early December.
    """

    event: Event
    same_series: bool
    same_city: bool
    same_title: bool
    may_overlap: bool
    days: int
    same_days: bool = False
    near: bool = False

    @property
    def weight(self) -> int:
        """How strong the likeness is."""
        return 2 * self.same_series + 2 * self.same_title + self.same_city + 2 * self.may_overlap

    @property
    def likely(self) -> bool:
        """Whether it may be the same meeting: of one name or series, and at one time; or at one place on the same days.

        A city alone says nothing, even with an overlap; a city on just the same days is one meeting under two names.
        """
        one_meeting = self.may_overlap or (self.same_city and self.near)
        return self.same_title or (self.same_series and one_meeting) or (self.same_city and self.same_days)


def likely(draft: Draft, events: Iterable[Event], series: Mapping[str, Series]) -> list[Likeness]:
    """The events that a draft may repeat, the likeliest first. It informs; it never decides."""
    named = draft.series or _named(draft.title, series)
    compared = [_compare(draft, event, named) for event in events]
    found = [likeness for likeness in compared if likeness.likely]
    return sorted(found, key=lambda likeness: (-likeness.weight, -likeness.days, likeness.event.slug))


def _named(title: str, series: Mapping[str, Series]) -> str:
    """The series that a title names by its short or full name, the longest name first; "" if none."""
    told = _bare(title)
    names = ((name, each.key) for each in series.values() for name in (each.short_name, each.name))
    found = [named for named in names if _bare(named[0]) in told]
    return min(found, key=lambda named: (-len(named[0]), named), default=("", ""))[1]


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """The folded words of a text between single spaces, without signs."""
    return " ".join(["", *re.findall(r"[^\W_]+", _folded(text)), ""])


def _compare(draft: Draft, event: Event, series: str) -> Likeness:
    return Likeness(
        event=event,
        same_series=bool(series) and series == event.series,
        same_city=bool(draft.city) and _place(draft) == _place(event),
        same_title=_alike(draft.title, event.title),
        may_overlap=draft.span.overlaps(event.span.first, event.span.last),
        days=_shared_days(draft, event),
        same_days=_shared_days(draft, event) == draft.span.days == event.span.days,
        near=_near(draft, event),
    )


def _place(draft: Draft) -> str:
    city = places.find_city(draft.city, draft.country)
    return places.fold(city.name if city else draft.city)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return places.fold(text)


def _alike(one: str, other: str) -> bool:
    first, second = _folded(one), _folded(other)
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


def _near(draft: Draft, event: Event) -> bool:
    if draft.span.precision is event.span.precision is Precision.DAY:
        return False
    apart = max(draft.span.first - event.span.last, event.span.first - draft.span.last)
    return apart <= _A_MONTH
