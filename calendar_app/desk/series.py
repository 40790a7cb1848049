"""Series at the desk: edited, added, and their next sessions put down as expected."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from calendar_app import addresses, cadence, places, spans, submissions
from calendar_app.cadence import Expectation, Overdue
from calendar_app.desk.saving import mint, reason_of, save_new, with_reason
from calendar_app.desk.series_fields import read
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.events import Event, Series, free_slug
from calendar_app.formats.checking import check
from calendar_app.loading import tell_renamed
from calendar_app.spans import Span
from calendar_app.store import Change, Store, events, journal
from calendar_app.store import series as directory
from calendar_app.topics import Confidence, Status

_LONGEST_KEY = 60
_LONGEST_SOURCE = 500
# Where the desk adds a series; no key may stand there.
_NEW = addresses.NEW_SERIES.rpartition("/")[2]


def expected(store: Store, *, today: date) -> list[Expectation]:
    """The sessions of all series that may be expected and are not recorded, by the month in which they begin."""
    found = [each for series, its in _told(store) for each in cadence.expected(series, its, today=today)]
    return sorted(found, key=lambda each: (each.span.first, each.span.last, each.series.key))


def overdue(store: Store, *, today: date) -> list[tuple[Series, tuple[Overdue, ...]]]:
    """The series of which fewer sessions are recorded than their cadence promises, by name."""
    found = [(series, cadence.overdue(series, its, today=today)) for series, its in _told(store)]
    return [(series, missing) for series, missing in found if missing]


def add_expected(store: Store, key: str, span: Span, *, today: date, actor: str, now: datetime) -> Event:
    """Publishes the session of a series that may be expected in these months, as expected and unverified.

    Raises:
        NotFoundError: there is no such series.
        ConflictError: it is recorded by now, or can't be expected any more.
        ProblemsError: no calendar could hold it.
    """
    told = next((each for each in _of(store, key, today) if each.span == span and each.postponed is None), None)
    if told is None:
        raise ConflictError("expected-gone")
    given = _fields(told)
    with store.change(now, actor=actor, reason=reason_of(given["source"][:_LONGEST_SOURCE])) as change:
        if told not in _of(store, key, today):
            raise ConflictError("expected-gone")
        draft = submissions.validate(given, directory.read(change.db), editor=True)
        # No source was read for these months: the rhythm of the series is all that there is.
        return save_new(change, store, replace(draft, confidence=Confidence.LOW), {}, action="added")


def edit_series(
    store: Store, key: str, given: Mapping[str, Any], *, seen: int, reason: str, actor: str, now: datetime
) -> Series:
    """Changes a series; each of its events whose text changes with it gets a revision of its own.

    `seen` is the number of its last revision when the editor began, 0 for none.

    Raises:
        NotFoundError: there is no such series.
        ProblemsError: every problem of the fields, or no reason.
        ConflictError: someone changed the series meanwhile.
    """
    existing = _find(store, key)
    _, why = with_reason(lambda: read(given, existing), reason)
    with store.change(now, actor=actor, reason=why) as change:
        if directory.newest_revision(change.db, key) != seen:
            raise ConflictError("series-changed")
        before = _find(store, key)
        revised = read(given, before)
        if revised == before:
            return before
        _check_name(change, revised)
        directory.put(change, [revised])
        _check_events(change, store, key)
        tell_renamed(change, store, of=key)
        journal.add(change, action="series-edited", subject=addresses.desk_series(key), detail=revised.short_name)
        return revised


def add_series(store: Store, given: Mapping[str, Any], *, reason: str, actor: str, now: datetime) -> Series:
    """Adds a series under a key that is made from its short name and never changes.

    Raises:
        ProblemsError: every problem of the fields, or no reason.
    """
    told, why = with_reason(lambda: read(given), reason)
    with store.change(now, actor=actor, reason=why) as change:
        _check_name(change, told)
        added = replace(told, key=_key(change, told))
        directory.put(change, [added])
        journal.add(change, action="series-added", subject=addresses.desk_series(added.key), detail=added.short_name)
        return added


def _told(store: Store) -> list[tuple[Series, list[Event]]]:
    """Each series with its events, by name."""
    found: dict[str, list[Event]] = {}
    for event in events.of_series(store):
        found.setdefault(event.series, []).append(event)
    return [(series, found.get(key, [])) for key, series in directory.directory(store).items()]


def _of(store: Store, key: str, today: date) -> tuple[Expectation, ...]:
    return cadence.expected(_find(store, key), events.of_series(store, key), today=today)


def _find(store: Store, key: str) -> Series:
    found = directory.find(store.db, key)
    if found is None:
        raise NotFoundError("series-none", name=key)
    return found


def _fields(told: Expectation) -> dict[str, str]:
    """What is said of a session that is expected; its source names the rhythm, and where the series is known from."""
    series = told.series
    year = told.span.first.year
    number = f" ({told.number} of {told.times})" if told.times > 1 else ""
    months = series.months if told.told else "in the months of its last sessions"
    basis = f"Expected from the usual cadence, {series.cadence}, {months}; not announced."
    source = f"{basis} Series: {series.source}" if series.source else basis
    return {
        "title": f"{series.short_name} {year}{number}",
        "dates": spans.write(told.span),
        "series": series.key,
        "status": str(Status.TENTATIVE),
        "source": source if len(source) <= _LONGEST_SOURCE else f"{source[: _LONGEST_SOURCE - 1]}…",
        "source_url": series.url,
    }


def _check_name(change: Change, told: Series) -> None:
    """Refuses the short name of another series: people tell them apart by it."""
    name = places.fold(told.short_name)
    for other in directory.read(change.db).values():
        if other.key != told.key and places.fold(other.short_name) == name:
            error = CalendarError("series-twice", name=other.name)
            raise ProblemsError([Problem(field="short_name", error=error)])


def _check_events(change: Change, store: Store, key: str) -> None:
    """Refuses names under which no calendar could hold an event of the series."""
    names = directory.read(change.db)
    try:
        for event in events.of_series(store, key):
            check(event, names)
    except CalendarError as error:
        raise ProblemsError([Problem(field="form", error=error)]) from None


def _key(change: Change, told: Series) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", places.fold(told.short_name)).strip("-")[:_LONGEST_KEY].strip("-")
    return free_slug(plain or f"series-{mint()[:8]}", {*directory.read(change.db), _NEW})
