"""The states of an event: each step from one to another is one action with its reason and its source."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from calendar_app.desk.saving import check_seen, save, told_of
from calendar_app.errors import ConflictError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import Store, events, history
from calendar_app.store.history import Revision
from calendar_app.topics import Status


class Step(StrEnum):
    """What can happen to an event as a whole. Other dates or another place are an edit that says "it was moved"."""

    CONFIRM = "confirm"
    EXPECT = "expect"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    REINSTATE = "reinstate"
    WITHDRAW = "withdraw"


_STANDING = frozenset({Status.TENTATIVE, Status.CONFIRMED})
_OFF = frozenset({Status.POSTPONED, Status.CANCELLED, Status.WITHDRAWN})
# From which states each step leads, to which, and under what name it is recorded.
_STEPS = MappingProxyType(
    {
        Step.CONFIRM: (frozenset({Status.TENTATIVE}), Status.CONFIRMED, "confirmed"),
        Step.EXPECT: (frozenset({Status.CONFIRMED}), Status.TENTATIVE, "expected"),
        Step.POSTPONE: (_STANDING, Status.POSTPONED, "postponed"),
        Step.CANCEL: (_STANDING | {Status.POSTPONED}, Status.CANCELLED, "cancelled"),
        # It stands again as it last stood, which the history tells.
        Step.REINSTATE: (_OFF, None, "reinstated"),
        Step.WITHDRAW: (frozenset(Status) - {Status.WITHDRAWN}, Status.WITHDRAWN, "withdrawn"),
    }
)


def steps_of(event: Event) -> tuple[Step, ...]:
    """The steps that an event can take as it stands."""
    return tuple(step for step, (sources, _, _) in _STEPS.items() if event.status in sources)


def take(
    store: Store,
    uid: str,
    step: Step,
    *,
    given: Mapping[str, str],
    sequence: int,
    actor: str,
    now: datetime,
) -> Event:
    """Brings an event into another state, for the `reason` and from the `source` (and its `source_url`) that are given.

    `sequence` is the event's when the editor began.

    Raises:
        ProblemsError: no reason, no source, or a link that is none.
        ConflictError: someone changed the event meanwhile, or it can't take this step.
    """
    problems: list[Problem] = []
    why, told, address = told_of(given, problems)
    if problems:
        raise ProblemsError(problems)
    sources, status, action = _STEPS[step]
    with store.change(now, actor=actor, reason=why, source=told, source_url=address) as change:
        event = events.by_uid(store, uid)
        check_seen(event, sequence)
        if event.status not in sources:
            raise ConflictError("step-unfit")
        status = status or _standing(history.of_event(store, uid))
        return save(change, replace(event, status=status, sequence=event.sequence + 1), action=action)


def _standing(revisions: Iterable[Revision]) -> Status:
    """The state in which an event last stood to take place; confirmed if it never did."""
    told = (each.before.status for each in revisions if each.before is not None)
    return next((status for status in told if status in _STANDING), Status.CONFIRMED)
