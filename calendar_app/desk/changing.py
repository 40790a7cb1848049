"""Changes that someone proposes to an event: what they change of what they saw, and how that fits what stands now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_app import submissions
from calendar_app.errors import CalendarError, ConflictError, GoneError, NotFoundError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import Store, history, series
from calendar_app.submissions import PROPOSED
from calendar_app.topics import Kind, Mode, Status

Fields = dict[str, Any]
_DATES = ("dates", "start_time", "end_time")
_SOURCE = ("source", "source_url")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One field that a proposal changes: what its proposer saw, what they propose, and what the event says now."""

    field: str
    seen: Any
    proposed: Any
    now: Any

    @property
    def done(self) -> bool:
        """Whether the event says already what is proposed."""
        return same(self.field, self.now, self.proposed)

    @property
    def clash(self) -> bool:
        """Whether someone changed the field meanwhile, to something else."""
        return not self.done and not same(self.field, self.now, self.seen)


def check_public(event: Event, *, name: str) -> None:
    """Refuses what nobody may see; `name` is what the event was asked for by.

    Raises:
        GoneError: it was withdrawn.
        NotFoundError: it is not published, so that nothing tells that it is there.
    """
    if event.public:
        return
    if event.published and event.status is Status.WITHDRAWN:
        raise GoneError("event-withdrawn", title=event.title)
    raise NotFoundError("event-unknown", name=name)


def seen_at(store: Store, event: Event, sequence: int) -> Fields:
    """What a proposer may change of an event, as it stood at that SEQUENCE and anyone could read it.

    Raises:
        ConflictError: it never stood so.
    """
    if event.sequence == sequence:
        return fields_of(event)
    for revision in history.public(store, event.uid):
        if revision.after.sequence == sequence and revision.after.public:
            return fields_of(revision.after)
    raise ConflictError("event-changed")


def fields_of(event: Event) -> Fields:
    """What a proposer may change of an event, empty fields too."""
    fields = submissions.fields_of(event)
    return {name: fields[name] for name in PROPOSED}


def read(store: Store, given: Mapping[str, Any], seen: Mapping[str, Any], *, now: datetime) -> Fields:
    """What an event would say after a proposed change, in the words of the form; empty fields are left out.

    Raises:
        ProblemsError: every problem of the fields, other dates from the same source, or nothing changed.
    """
    held = seen.get("kind") == Kind.SIDE_EVENT
    draft = submissions.validate(given, series.directory(store), complete=False, side_event=held)
    written = fields_of(Event.from_draft(draft, uid="", slug="", now=now))
    # An event shows its zone along with times alone.
    written["timezone"] = submissions.cleaned(given).get("timezone", "")
    fields = {name: seen[name] if same(name, seen[name], written[name]) else written[name] for name in PROPOSED}
    changed = {name for name in PROPOSED if fields[name] != seen[name]}
    if not changed:
        raise ProblemsError([Problem(field="form", error=CalendarError("change-none"))])
    if changed & {*_DATES} and not changed & {*_SOURCE}:
        raise ProblemsError([Problem(field="source", error=CalendarError("source-same"))])
    return {name: value for name, value in fields.items() if value}


def compare(seen: Mapping[str, Any], proposed: Mapping[str, Any], now: Mapping[str, Any]) -> list[Changed]:
    """The fields that a proposal changes, in the order of the form."""
    found = [
        Changed(field=name, seen=seen.get(name), proposed=proposed.get(name), now=now.get(name)) for name in PROPOSED
    ]
    return [each for each in found if not same(each.field, each.seen, each.proposed)]


def fit(old: Mapping[str, Any], new: Mapping[str, Any], onto: Mapping[str, Any], *, clashes: bool) -> Fields:
    """A filling of the form with what changed from `old` to `new` put in, all else as it was.

    Where it says neither what the old nor what the new does, someone wrote another thing: with `clashes` the new
    goes over that too.
    """
    changed = [each for each in compare(old, new, onto) if clashes or not each.clash]
    return {**onto, **{each.field: each.proposed or _EMPTY.get(each.field, "") for each in changed}}


_EMPTY: Mapping[str, list[str]] = {name: [] for name in submissions.LISTS}


def same(field: str, one: Any, other: Any) -> bool:
    """Whether two values of a field say the same; the order of a list and further spaces say nothing."""
    return _plain(field, one) == _plain(field, other)


def _plain(field: str, value: Any) -> object:
    if isinstance(value, list | tuple):
        return frozenset(map(str, value))
    if field in submissions.LISTS:
        return frozenset([str(value)] if value else [])
    return " ".join(str(value or "").split()) or (Mode.IN_PERSON.value if field == "mode" else "")
