"""Bulk: one change of many events at once, seen before it is made and undone as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from calendar_app.desk.saving import reason_of, save
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.events import Event, Series, roles_of
from calendar_app.fields import LONGEST_NAME, line
from calendar_app.store import Store, batches, events, series
from calendar_app.topics import SDGS, SERIES_KINDS, THEMES, Kind, Role

# Events that are changed in one transaction.
MOST = 100


class What(StrEnum):
    """What can be changed of many events."""

    ADD_THEME = "add-theme"
    REMOVE_THEME = "remove-theme"
    ADD_SDG = "add-sdg"
    REMOVE_SDG = "remove-sdg"
    SERIES = "series"
    KIND = "kind"
    CONVENER = "convener"
    ADD_ROLE = "add-role"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change that is the same for every event, and why; `value` is "" where a series or convener is taken away."""

    what: What
    value: str
    reason: str


def read_edit(what: str, value: str, reason: str, directory: Mapping[str, Series]) -> Edit:
    """The change that a form names.

    Raises:
        ProblemsError: it is none, its value is none of its vocabulary, or no reason is given.
    """
    told, why, problems = line(value), "", list[Problem]()
    if what not in set(What) or told not in _allowed(What(what), told, directory):
        problems.append(Problem(field="what", error=CalendarError("bulk-change")))
    elif len(told) > LONGEST_NAME:
        error = CalendarError("text-long", most=LONGEST_NAME, count=len(told))
        problems.append(Problem(field="what", error=error))
    try:
        why = reason_of(reason, needed=True)
    except ProblemsError as refused:
        problems += refused.problems
    if problems:
        raise ProblemsError(problems)
    return Edit(what=What(what), value=told, reason=why)


def _allowed(what: What, told: str, directory: Mapping[str, Series]) -> frozenset[str]:
    vocabularies: Mapping[What, Iterable[object]] = {
        **dict.fromkeys((What.ADD_THEME, What.REMOVE_THEME), THEMES),
        **dict.fromkeys((What.ADD_SDG, What.REMOVE_SDG), SDGS),
        What.SERIES: ("", *directory),
        What.KIND: SERIES_KINDS,
        What.CONVENER: (told,),
        What.ADD_ROLE: Role,
    }
    return frozenset(map(str, vocabularies[what]))


def changed(event: Event, edit: Edit, directory: Mapping[str, Series]) -> Event:
    """The event after a change, one SEQUENCE on; itself if nothing differs."""
    values = _values(event, edit, directory)
    if all(getattr(event, name) == value for name, value in values.items()):
        return event
    return replace(event, **values, sequence=event.sequence + 1)


def preview(store: Store, uids: Iterable[str], edit: Edit) -> list[tuple[Event, Event]]:
    """Each of some events that a change would change, before and after it.

    Raises:
        ProblemsError: there are none.
        NotFoundError: one of them is no event.
    """
    directory = series.directory(store)
    found = [(event, changed(event, edit, directory)) for event in (events.by_uid(store, uid) for uid in uids)]
    if not found:
        raise ProblemsError([Problem(field="events", error=CalendarError("bulk-events"))])
    differing = [(before, after) for before, after in found if before != after]
    if not differing:
        raise ProblemsError([Problem(field="events", error=CalendarError("bulk-same"))])
    return differing


def apply(store: Store, seen: Mapping[str, int], edit: Edit, *, name: str, actor: str, now: datetime) -> int:
    """Makes a change of many events, all or none; gives the number of its batch.

    `seen` is the SEQUENCE of each event, by uid, when the editor began; `name` tells the change in words.

    Raises:
        ProblemsError: no events, or none that would change.
        ConflictError: someone changed one of them meanwhile.
    """
    with store.change(now, actor=actor, reason=edit.reason) as change:
        differing = preview(store, list(seen)[:MOST], edit)
        if any(before.sequence != seen[before.uid] or not before.public for before, _ in differing):
            raise ConflictError("bulk-gone")
        number = batches.add(change, kind="bulk", name=name)
        of_batch, directory = replace(change, batch=number), series.read(change.db)
        for _, after in differing:
            save(of_batch, after, action="edited", directory=directory)
    return number


def _values(event: Event, edit: Edit, directory: Mapping[str, Series]) -> dict[str, Any]:
    value = edit.value
    if event.held_at and edit.what in {What.KIND, What.SERIES}:
        # A side event stays one, and is in no series.
        return {}
    if edit.what in {What.ADD_THEME, What.REMOVE_THEME}:
        others = tuple(theme for theme in event.themes if theme != value)
        added = event.themes if value in event.themes else (*event.themes, value)
        return {"themes": added if edit.what is What.ADD_THEME else others}
    if edit.what in {What.ADD_SDG, What.REMOVE_SDG}:
        number = int(value)
        if (number in event.sdgs) is (edit.what is What.ADD_SDG):
            return {}
        return {"sdgs": tuple(sorted({*event.sdgs} ^ {number}))}
    if edit.what is What.ADD_ROLE:
        # What the series gives stands only while an event has no role of its own.
        roles = roles_of(event, directory.get(event.series))
        return {} if value in roles else {"roles": (*roles, Role(value))}
    if edit.what is What.KIND:
        return {"kind": Kind(value)}
    return {edit.what.value: value}
