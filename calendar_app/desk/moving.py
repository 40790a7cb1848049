"""Moving: an event gets other dates, another place or another mode, and keeps what was to be as an earlier plan."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from calendar_app import pieces, submissions
from calendar_app.desk.editing import rewrite
from calendar_app.desk.saving import check_seen, told_of
from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import Store, events, series
from calendar_app.topics import Status

_STANDING = frozenset({Status.TENTATIVE, Status.CONFIRMED})
# What a move may change.
WHERE_AND_WHEN = ("dates", "start_time", "end_time", "timezone", "city", "country", "venue", "mode")


def move(store: Store, uid: str, given: Mapping[str, str], *, sequence: int, actor: str, now: datetime) -> Event:
    """The event then and there where it is held now, for the `reason` and from the `source` that are given.

    What is not given of WHERE_AND_WHEN stays. One that was postponed or cancelled is confirmed with it.
    `sequence` is the event's when the editor began.

    Raises:
        ProblemsError: every problem of the fields; no reason, no source, or nothing that moved.
        ConflictError: someone changed the event meanwhile.
        GoneError: it was withdrawn.
    """
    problems: list[Problem] = []
    why, source, address = told_of(given, problems)
    before = events.by_uid(store, uid)
    wanted = _wanted(before, given) | {"source": source, "source_url": address}
    try:
        draft = submissions.validate(
            wanted, series.directory(store), editor=True, complete=False, side_event=bool(before.held_at)
        )
    except ProblemsError as error:
        raise ProblemsError([*error.problems, *_others(problems, error)]) from None
    if problems:
        raise ProblemsError(problems)
    with store.change(now, actor=actor, reason=why, source=draft.source, source_url=draft.source_url) as change:
        event = events.by_uid(store, uid)
        check_seen(event, sequence)
        moved = rewrite(change, event, draft, wanted, moved=True)
        if all(getattr(moved, name) == getattr(event, name) for name in ("span", "city", "country", "venue", "mode")):
            raise ProblemsError([Problem(field="dates", error=CalendarError("move-nothing"))])
        return moved


def _wanted(event: Event, given: Mapping[str, str]) -> dict[str, Any]:
    """The event's fields with those that a move changes; its deadlines and parts stay as they are."""
    stands = {name: value for name, value in submissions.fields_of(event).items() if name not in pieces.FIELDS}
    status = {} if event.status in _STANDING else {"status": str(Status.CONFIRMED)}
    return stands | {name: given[name] for name in WHERE_AND_WHEN if name in given} | status


def _others(problems: list[Problem], error: ProblemsError) -> list[Problem]:
    """The problems of fields that an error does not tell of."""
    told = {problem.field for problem in error.problems}
    return [problem for problem in problems if problem.field not in told]
