"""What every use case of the desk ends with: an event checked and written, a uid and a slug minted, a reason read."""

import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from calendar_app import pieces, places
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.events import Draft, Event, Series, free_slug
from calendar_app.fields import LONGEST_LINK, line, lines, link
from calendar_app.formats.checking import check
from calendar_app.store import Change, Store, events, series

_LONGEST_SLUG = 80
_LONGEST_REASON = 500  # characters
_LONGEST_SOURCE = 500
MOST_LINES = 40
T = TypeVar("T")


def save_new(change: Change, store: Store, draft: Draft, given: Mapping[str, Any], *, action: str) -> Event:
    """A new event from a draft, with the deadlines and parts that were given, as it was written."""
    uid = mint()
    event = Event.from_draft(draft, uid=uid, slug=mint_slug(store, draft, uid), now=change.now)
    return save(change, pieces.apply(event, given, mint=mint), action=action)


def save(change: Change, event: Event, *, action: str, directory: Mapping[str, Series] | None = None) -> Event:
    """The event as it was written; one that no calendar could hold is a problem of the form, and nothing is written.

    `directory` are the series as the change sees them, where many events are written in it.
    """
    hold(event, directory or series.read(change.db))
    return events.save(change, event, action=action)


def hold(event: Event, directory: Mapping[str, Series]) -> None:
    """Refuses an event that no calendar could hold.

    Raises:
        ProblemsError: the rule that its calendar would break.
    """
    try:
        check(event, directory)
    except CalendarError as error:
        raise ProblemsError([Problem(field="form", error=error)]) from None


def mint() -> str:
    """A new UUID, kept for good."""
    return str(uuid.uuid4())


def mint_slug(store: Store, draft: Draft, uid: str) -> str:
    """An address for the event's page: from its title and year, in ASCII, never one that was minted before."""
    plain = re.sub(r"[^a-z0-9]+", "-", places.fold(draft.title)).strip("-")[:_LONGEST_SLUG].strip("-")
    year = str(draft.span.first.year)
    base = plain if year in plain else f"{plain}-{year}" if plain else f"event-{uid[:8]}"
    return free_slug(base, events.slugs_like(store, base))


def reason_of(text: str, *, needed: bool = False) -> str:
    """A reason as one clean line."""
    reason = line(text)
    if needed and not reason:
        raise ProblemsError([Problem(field="reason", error=CalendarError("reason-required"))])
    if len(reason) > _LONGEST_REASON:
        error = CalendarError("text-long", most=_LONGEST_REASON, count=len(reason))
        raise ProblemsError([Problem(field="reason", error=error)])
    return reason


def with_reason(read: Callable[[], T], reason: str) -> tuple[T, str]:
    """What a form tells, as it is read, and why.

    Raises:
        ProblemsError: every problem of both.
    """
    why, problems = "", list[Problem]()
    try:
        why = reason_of(reason, needed=True)
    except ProblemsError as error:
        problems += error.problems
    try:
        told = read()
    except ProblemsError as error:
        raise ProblemsError([*error.problems, *problems]) from None
    if problems:
        raise ProblemsError(problems)
    return told, why


def check_seen(event: Event, sequence: int) -> None:
    """Refuses to change an event on top of another's change; `sequence` is the event's when the editor began.

    Raises:
        ConflictError: someone changed the event meanwhile.
    """
    if event.sequence != sequence:
        raise ConflictError("event-changed")


def told_of(given: Mapping[str, str], problems: list[Problem]) -> tuple[str, str, str]:
    """The `reason`, the `source` and its link that a step needs, cleaned; what is wrong is added to the problems."""
    why = ""
    try:
        why = reason_of(given.get("reason", ""), needed=True)
    except ProblemsError as error:
        problems += error.problems
    return why, *source_of(given, problems)


def source_of(given: Mapping[str, str], problems: list[Problem]) -> tuple[str, str]:
    """The `source` that is given and its `source_url`, cleaned; what is wrong with them is added to the problems."""
    told, address = line(given.get("source")), line(given.get("source_url"))
    if not told:
        problems.append(Problem(field="source", error=CalendarError("step-source")))
    for field, text, most in (("source", told, _LONGEST_SOURCE), ("source_url", address, LONGEST_LINK)):
        if len(text) > most:
            problems.append(Problem(field=field, error=CalendarError("text-long", most=most, count=len(text))))
    try:
        return told, link(address)
    except PydanticCustomError as error:
        problems.append(Problem(field="source_url", error=CalendarError(error.type, **(error.context or {}))))
        return told, ""


def line_of(given: Mapping[str, str], field: str, problems: list[Problem], *, most: int, needed: bool = False) -> str:
    """What a field of one line holds, cleaned; what is wrong with it is added to the problems."""
    try:
        told = " ".join(lines(given.get(field, "")).split())
        if needed and not told:
            raise CalendarError("required")
        if len(told) > most:
            raise CalendarError("text-long", most=most, count=len(told))
    except CalendarError as error:
        problems.append(Problem(field=field, error=error))
        return ""
    return told


def lines_of(
    given: Mapping[str, str],
    field: str,
    problems: list[Problem],
    read_line: Callable[[str], T],
    *,
    separator: str = "\n",
) -> tuple[T, ...]:
    """What the lines of a field say, each once, in their order; what is wrong with them is added to the problems."""
    try:
        typed = [text.split(separator) for text in lines(given.get(field, "")).split("\n")]
    except CalendarError as error:
        problems.append(Problem(field=field, error=error))
        return ()
    told = [(number, text) for number, texts in enumerate(typed, 1) for each in texts if (text := line(each))]
    if len(told) > MOST_LINES:
        problems.append(Problem(field=field, error=CalendarError("lines-long", most=MOST_LINES, count=len(told))))
        return ()
    found: dict[T, None] = {}
    for number, text in told:
        try:
            found.setdefault(read_line(text))
        except CalendarError as error:
            problems.append(Problem(field=field, error=error, line=number))
    return tuple(found)
