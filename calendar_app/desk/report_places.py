"""Where reports name an event or a series: put in a section by an editor, or taken out of one."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, replace
from datetime import datetime
from typing import NamedTuple

from calendar_app import addresses, texts
from calendar_app.desk.saving import line_of, reason_of
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.report.facts import ReportPlace, SectionKey
from calendar_app.store import Change, Store, events, journal, series
from calendar_app.store import report_places as kept

# The summary names nothing by itself.
SECTIONS = tuple(key for key in SectionKey if key not in (SectionKey.SUMMARY, SectionKey.INTRODUCTION))
# How many characters each takes.
FIELDS = {"section": 60, "position": 10, "name": 300, "place": 100}
_ENGLISH = texts.of("en")
_POSITION = re.compile("[1-9][0-9]{0,2}")


class Subject(NamedTuple):
    """What is placed: "event" and its slug, or "series" and its key."""

    kind: str
    key: str


def of(store: Store, subject: Subject) -> tuple[ReportPlace, ...]:
    """The places that an event or series has of its own; section "" for an event that is to be in none."""
    return tuple(place for place in kept.standing(store) if (place.subject, place.key) == subject)


def name_of(store: Store, subject: Subject) -> str:
    """What an event or series is called.

    Raises:
        NotFoundError: there is none.
    """
    if subject.kind == "event":
        return events.by_slug(store, subject.key).title
    found = series.directory(store).get(subject.key)
    if found is None:
        raise NotFoundError("series-none", name=subject.key)
    return found.short_name


def mark(places: Iterable[ReportPlace]) -> str:
    """A short text that differs from one set of places to another; "" for none."""
    told = sorted(map(astuple, places))
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16] if told else ""


def put(
    store: Store,
    subject: Subject,
    given: Mapping[str, str],
    *,
    instead_of: str = "",
    seen: str,
    actor: str,
    now: datetime,
) -> ReportPlace:
    """Has reports name an event or series in a section, in place of what it had in the section `instead_of`.

    A series may be in several sections, an event is in one. `given` are the FIELDS and a `reason`; without a position
    it comes last. `seen` is the mark of its places when the editor began.

    Raises:
        NotFoundError: there is no such event or series.
        ProblemsError: every problem of the fields.
        ConflictError: someone placed it meanwhile.
    """
    place, why = _read(subject, given)
    with store.change(now, actor=actor, reason=why) as change:
        name = name_of(store, subject)
        stands = _as_seen(store, subject, seen)
        if not place.position:
            place = replace(place, position=_next(store, place.section))
        left = {instead_of, place.section}
        others = [each for each in stands if each.section not in left] if subject.kind == "series" else []
        if {place, *others} == set(stands):
            return place
        _keep(change, store, subject, [*others, place])
        journal.add(change, action="report-placed", subject=_address(subject), detail=f"{name}: {_section(place)}")
        return place


def take_out(
    store: Store, subject: Subject, section: str, *, reason: str, seen: str, actor: str, now: datetime
) -> None:
    """Has reports no longer name a series in a section; or an event in any, whose series may be in one.

    Raises:
        NotFoundError: there is no such event or series.
        ProblemsError: no reason, or one too long.
        ConflictError: someone placed it meanwhile, or it is not there.
    """
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        name = name_of(store, subject)
        stands = _as_seen(store, subject, seen)
        left = [each for each in stands if each.section != section]
        if subject.kind == "event":
            left = [ReportPlace(subject="event", key=subject.key, section="", position=0, name="", place="")]
        if set(left) == set(stands):
            raise ConflictError("report-place-unknown")
        _keep(change, store, subject, left)
        journal.add(change, action="report-taken-out", subject=_address(subject), detail=name)


def as_series(store: Store, subject: Subject, *, reason: str, seen: str, actor: str, now: datetime) -> None:
    """Has reports name an event where they name its series, under its own title.

    Raises:
        NotFoundError: there is no such event.
        ProblemsError: no reason, or one too long.
        ConflictError: someone placed it meanwhile, or it has no place of its own.
    """
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        name = name_of(store, subject)
        if not _as_seen(store, subject, seen):
            raise ConflictError("report-place-unknown")
        _keep(change, store, subject, [])
        journal.add(change, action="report-as-series", subject=_address(subject), detail=name)


def _as_seen(store: Store, subject: Subject, seen: str) -> tuple[ReportPlace, ...]:
    stands = of(store, subject)
    if mark(stands) != seen:
        raise ConflictError("report-place-changed")
    return stands


def _read(subject: Subject, given: Mapping[str, str]) -> tuple[ReportPlace, str]:
    """The place that a form tells, and why; every problem of both."""
    problems: list[Problem] = []
    told = {name: line_of(given, name, problems, most=most) for name, most in FIELDS.items()}
    if told["section"] not in SECTIONS:
        problems.append(Problem(field="section", error=CalendarError("report-section")))
    if told["position"] and not _POSITION.fullmatch(told["position"]):
        problems.append(Problem(field="position", error=CalendarError("report-position")))
    try:
        why = reason_of(given.get("reason", ""), needed=True)
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(problems)
    position = int(told.pop("position") or 0)
    return ReportPlace(subject=subject.kind, key=subject.key, position=position, **told), why


def _next(store: Store, section: str) -> int:
    return max((each.position for each in kept.standing(store) if each.section == section), default=0) + 1


def _keep(change: Change, store: Store, subject: Subject, places: list[ReportPlace]) -> None:
    if subject.kind == "event":
        kept.put(change, event=events.by_slug(store, subject.key).uid, places=places)
    else:
        kept.put(change, series=subject.key, places=places)


def _address(subject: Subject) -> str:
    return addresses.desk_event(subject.key) if subject.kind == "event" else addresses.desk_series(subject.key)


def _section(place: ReportPlace) -> str:
    return _ENGLISH.label("report-text", place.section)
