"""Editing: an event added, changed or verified by an editor, and what it may repeat."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from calendar_app import overlap, pieces, submissions
from calendar_app.desk.saving import check_seen, mint, reason_of, save, save_new
from calendar_app.errors import CalendarError, ConflictError, GoneError, Problem, ProblemsError
from calendar_app.events import Draft, Event
from calendar_app.overlap import Likeness
from calendar_app.selection import Selection
from calendar_app.store import Change, Store, events, search, series
from calendar_app.topics import Status

T = TypeVar("T")
_NEAR = timedelta(days=200)
_MOST_NEAR = 2000


def add(store: Store, given: Mapping[str, Any], *, actor: str, now: datetime) -> Event:
    """Publishes an editor's own entry at once.

    Raises:
        ProblemsError: every problem of the fields.
    """
    draft = submissions.validate(given, series.directory(store), editor=True)
    with store.change(now, actor=actor) as change:
        return save_new(change, store, draft, given, action="added")


def edit(
    store: Store,
    uid: str,
    given: Mapping[str, Any],
    *,
    sequence: int,
    moved: bool = False,
    actor: str,
    reason: str,
    now: datetime,
) -> Event:
    """Changes an event's facts; a changed source of the dates makes them verified.

    Deadlines and parts stay where their fields are not given at all; an empty field takes them out.

    `sequence` is the event's when the editor began. `moved` keeps what stood as an earlier plan: the event
    was to be then and there; otherwise the change puts right what was wrong.

    Raises:
        ProblemsError: every problem of the fields.
        ConflictError: someone changed the event meanwhile.
    """
    held = bool(events.by_uid(store, uid).held_at)
    draft = submissions.validate(given, series.directory(store), editor=True, complete=False, side_event=held)
    with store.change(now, actor=actor, reason=reason_of(reason)) as change:
        event = events.by_uid(store, uid)
        check_seen(event, sequence)
        return rewrite(change, event, draft, given, moved=moved)


def rewrite(change: Change, event: Event, draft: Draft, given: Mapping[str, Any], *, moved: bool) -> Event:
    """The event as a form tells it, as it was written in a change that is open; itself if nothing differs.

    Raises:
        GoneError: it was withdrawn; only a step of its own puts it on again.
        ProblemsError: other dates from the same source.
    """
    if event.status is Status.WITHDRAWN:
        raise GoneError("event-withdrawn", title=event.title)
    _check_source(event, draft)
    revised = revise(event, draft, given)
    if moved:
        revised = revised.replacing(event, reason=change.reason)
    action = "moved" if revised.plans != event.plans else "edited"
    return save(change, revised, action=action) if revised != event else event


def revise(event: Event, draft: Draft, given: Mapping[str, Any]) -> Event:
    """The event as a form tells it, with what the form has no field for kept; nothing is written."""
    return pieces.apply(event.revise(_kept(event, draft)), given, mint=mint)


def verify(store: Store, uid: str, *, source: str, source_url: str, actor: str, now: datetime) -> Event:
    """Confirms the dates of an event that no source was read for.

    Raises:
        ProblemsError: no source, or a link that is none.
        ConflictError: the event is verified already.
    """
    event = events.by_uid(store, uid)
    given = submissions.fields_of(event) | {"source": source, "source_url": source_url, "status": ""}
    # What else the event has stays as it is, also a link that today's form would refuse.
    given |= dict.fromkeys((*pieces.FIELDS, "url", "registration_url", "webcast_url"), "")
    draft = submissions.validate(given, series.directory(store), editor=True, side_event=bool(event.held_at))
    with store.change(now, actor=actor, reason=draft.source) as change:
        event = events.by_uid(store, uid)
        if not event.unverified:
            raise ConflictError("event-verified")
        verified = event.verify(source=draft.source, source_url=draft.source_url)
        return save(change, verified, action="verified")


def duplicates(store: Store, draft: Draft) -> list[Likeness]:
    """The events that a draft may repeat, the likeliest first."""
    near = Selection(first=draft.span.first - _NEAR, last=draft.span.last + _NEAR)
    return overlap.likely(
        draft, events.by_ids(store, search.ids(store, near, most=_MOST_NEAR)), series.directory(store)
    )


def _kept(event: Event, draft: Draft) -> Draft:
    """The draft with what the form has no field for."""
    same_source = (draft.source, draft.source_url) == (event.source, event.source_url)
    same_place = (draft.city, draft.country) == (event.city, event.country)
    return replace(
        draft,
        # A form gives them in its own order, which says nothing.
        themes=_ordered(draft.themes, event.themes),
        roles=_ordered(draft.roles, event.roles),
        confidence=event.confidence if same_source else draft.confidence,
        source_date=event.source_date if same_source else "",
        participation=event.participation,
        notes=event.notes if same_source else "",
        timezone=draft.timezone or (event.timezone if same_place else ""),
    )


def _ordered(given: tuple[T, ...], kept: tuple[T, ...]) -> tuple[T, ...]:
    return kept if set(given) == set(kept) else given


def _check_source(event: Event, draft: Draft) -> None:
    """Other dates come from another source; the old one would be named for what it does not say."""
    same = (draft.source, draft.source_url) == (event.source, event.source_url)
    if same and draft.span != event.span:
        raise ProblemsError([Problem(field="source", error=CalendarError("source-same"))])
