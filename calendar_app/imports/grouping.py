"""The entries of a file as events: the versions and the changed occurrences of one together, what is none set aside."""

from collections.abc import Iterable
from dataclasses import dataclass

from calendar_app.errors import CalendarError
from calendar_app.imports import own
from calendar_app.imports.entries import Entry, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of a file: itself, if it is there, and its occurrences that are told apart from it."""

    uid: str
    entry: Entry | None
    changes: tuple[Entry, ...]


def events(entries: Iterable[Entry]) -> tuple[list[Event], list[CalendarError]]:
    """The events by their UID, each in its latest version (RFC 5545 §3.8.7.4), and notes of what is left out."""
    kept, notes = _own_events(entries)
    versions: dict[tuple[str, Moment | None], Entry] = {}
    repeated = 0
    for entry in kept:
        # No UID holds a line feed.
        version = entry.uid or f"\n{entry.place}", entry.recurrence
        before = versions.get(version)
        repeated += before is not None
        if before is None or entry.sequence >= before.sequence:
            versions[version] = entry
    if repeated:
        notes.append(CalendarError("import-twice", count=repeated))
    by_uid: dict[str, list[Entry]] = {}
    for (uid, _), entry in versions.items():
        by_uid.setdefault(uid, []).append(entry)
    return [_event(told) for told in by_uid.values()], notes


def _event(told: list[Entry]) -> Event:
    return Event(
        uid=told[0].uid,
        entry=next((entry for entry in told if entry.recurrence is None), None),
        changes=tuple(entry for entry in told if entry.recurrence is not None),
    )


def _own_events(entries: Iterable[Entry]) -> tuple[list[Entry], list[CalendarError]]:
    """The entries without what a feed of ours tells beside events: tombstones, and parts and deadlines of others."""
    kept, withdrawn, within = list[Entry](), 0, 0
    for entry in entries:
        if own.wrote(entry) and own.withdrawn(entry):
            withdrawn += 1
        elif own.wrote(entry) and own.within(entry):
            within += 1
        else:
            kept.append(entry)
    notes = [CalendarError("import-withdrawn", count=withdrawn)] if withdrawn else []
    return kept, notes + ([CalendarError("import-within", count=within)] if within else [])
