"""Statements of what ITU did as pages tell them, with what they name: by year, or by what was done."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from calendar_app.engagement import Engagement, Partner
from calendar_app.events import Event, Series
from calendar_app.store import events, partners, series
from calendar_app.topics import Activity
from calendar_app.web import current

# "Topics of ITU contributions: digital divide; climate change": what it is a list of, and the list.
_LISTED = re.compile(r"([^:;]+): ([^:;]+(?:; [^:;]+)+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement. `text` are its words, less what of them is a list; `events` are those that anyone may see."""

    told: Engagement
    text: str
    listed: tuple[str, ...]
    events: tuple[Event, ...]
    series: tuple[Series, ...]
    partners: tuple[Partner, ...]

    @property
    def year(self) -> int:
        """The year in which it was done: that of its first event, which may have moved; of series alone, its own."""
        return min((event.span.first.year for event in self.events), default=self.told.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What was done at the same events, or in the same series as a whole."""

    events: tuple[Event, ...]
    series: tuple[Series, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What was done in a year, by its occasions: those of whole series first, then events in list order."""

    year: int
    occasions: tuple[Occasion, ...]


def of(told: Iterable[Engagement]) -> list[Statement]:
    """Statements with what they name, each once, in the order given."""
    kept = {each.uid: each for each in told}.values()
    store = current.store()
    found = events.by_uids(store, {uid for each in kept for uid in each.events})
    shown = {event.uid: event for event in found if event.public}
    listed, directory = series.directory(store), partners.directory(store)
    statements = []
    for each in kept:
        parts = _LISTED.fullmatch(each.detail)
        statement = Statement(
            told=each,
            text=parts[1] if parts else each.detail,
            listed=tuple(parts[2].split("; ")) if parts else (),
            events=tuple(shown[uid] for uid in each.events if uid in shown),
            series=tuple(listed[key] for key in each.series if key in listed),
            partners=tuple(directory[key] for key in each.partners),
        )
        statements.append(statement)
    return statements


def by_year(statements: Iterable[Statement]) -> list[Year]:
    """Statements by the year in which it was done, the newest first."""
    found = sorted(statements, key=lambda each: (-each.year, *_place(each)))
    return [
        Year(year=year, occasions=tuple(_occasions(tuple(its))))
        for year, its in groupby(found, key=lambda each: each.year)
    ]


def by_activity(statements: Iterable[Statement]) -> list[tuple[Activity, list[Statement]]]:
    """Statements by what was done, in the order of the vocabulary, each group in the order given."""
    found = list(statements)
    groups = ((kind, [each for each in found if each.told.activity is kind]) for kind in Activity)
    return [(kind, its) for kind, its in groups if its]


def source_of(statements: Sequence[Statement]) -> tuple[str, str] | None:
    """The source of all statements and its link; None if they have several, or none."""
    sources = {(each.told.source, each.told.source_url) for each in statements}
    (only,) = sources if len(sources) == 1 else [("", "")]
    return only if only[0] else None


def _occasions(statements: Sequence[Statement]) -> Iterable[Occasion]:
    for _, its in groupby(statements, key=_place):
        alike = tuple(its)
        yield Occasion(events=alike[0].events, series=alike[0].series, statements=alike)


def _place(statement: Statement) -> tuple[tuple[str, ...], ...]:
    """Sorts what was done on one occasion together."""
    days = (event.span.first.isoformat() for event in statement.events)
    names = (each.short_name for each in statement.series)
    return (tuple(days), tuple(event.uid for event in statement.events), tuple(names))
