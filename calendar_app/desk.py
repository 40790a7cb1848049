"""Every editorial use case, each one transaction; mints uids and slugs."""

import re
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from calendar_app import accounts, overlap, pieces, places, submissions
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.events import Draft, Event, free_slug
from calendar_app.fields import line
from calendar_app.formats.checking import check
from calendar_app.overlap import Likeness
from calendar_app.selection import Selection
from calendar_app.store import Change, Store, events, search, series
from calendar_app.store import submissions as queue
from calendar_app.store.submissions import Submission

T = TypeVar("T")
_NEAR = timedelta(days=200)
_MOST_NEAR = 2000
_LONGEST_SLUG = 80
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A proposal that is in the queue: its number, and the token of the proposer's private link."""

    number: int
    token: str


def propose(store: Store, given: Mapping[str, Any], *, now: datetime) -> Received:
    """Puts a proposal in the queue, each field cleaned as the validator does. Nothing of it is public.

    Raises:
        ProblemsError: every problem of the fields.
    """
    submissions.validate(given, series.directory(store))
    fields = submissions.cleaned(given)
    token = secrets.token_urlsafe(24)
    with store.change(now, actor="form") as change:
        number = queue.add(
            change,
            fields,
            email=line(given.get("submitter_email")),
            token_hash=accounts.hash_token(token),
        )
    return Received(number=number, token=token)


def proposal(store: Store, token: str) -> Submission:
    """The proposal of a private link.

    Raises:
        NotFoundError: there is none.
    """
    return queue.by_token(store, accounts.hash_token(token))


def add(store: Store, given: Mapping[str, Any], *, actor: str, now: datetime) -> Event:
    """Publishes an editor's own entry at once.

    Raises:
        ProblemsError: every problem of the fields.
    """
    draft = submissions.validate(given, series.directory(store), editor=True)
    with store.change(now, actor=actor) as change:
        return _save_new(change, store, draft, given, action="added")


def approve(store: Store, number: int, given: Mapping[str, Any], *, actor: str, reason: str, now: datetime) -> Event:
    """Publishes a proposal as the editor has put it.

    Raises:
        ProblemsError: every problem of the fields.
        ConflictError: someone has decided on it already.
    """
    draft = submissions.validate(given, series.directory(store), editor=True)
    with store.change(now, actor=actor, reason=_reason(reason)) as change:
        _still_pending(store, number)
        event = _save_new(change, store, draft, given, action="approved")
        queue.decide(change, number, state="approved", event=event.uid)
    return event


def reject(store: Store, number: int, *, actor: str, reason: str, now: datetime) -> None:
    """Declines a proposal; the proposer's private link tells why.

    Raises:
        ProblemsError: no reason is given, or one too long.
        ConflictError: someone has decided on it already.
    """
    with store.change(now, actor=actor, reason=_reason(reason, needed=True)) as change:
        _still_pending(store, number)
        queue.decide(change, number, state="rejected", event=None)


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
    draft = submissions.validate(given, series.directory(store), editor=True, complete=False)
    with store.change(now, actor=actor, reason=_reason(reason)) as change:
        event = events.by_uid(store, uid)
        if event.sequence != sequence:
            raise ConflictError("event-changed")
        _check_source(event, draft)
        revised = pieces.apply(event.revise(_kept(event, draft)), given, mint=_mint)
        if moved:
            revised = revised.replacing(event, reason=_reason(reason))
        action = "moved" if revised.plans != event.plans else "edited"
        return _save(change, revised, action=action) if revised != event else event


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
    draft = submissions.validate(given, series.directory(store), editor=True)
    with store.change(now, actor=actor, reason=draft.source) as change:
        event = events.by_uid(store, uid)
        if not event.unverified:
            raise ConflictError("event-verified")
        verified = event.verify(source=draft.source, source_url=draft.source_url)
        return _save(change, verified, action="verified")


def duplicates(store: Store, draft: Draft) -> list[Likeness]:
    """The events that a draft may repeat, the likeliest first."""
    near = Selection(first=draft.span.first - _NEAR, last=draft.span.last + _NEAR)
    return overlap.likely(
        draft, events.by_ids(store, search.ids(store, near, most=_MOST_NEAR)), series.directory(store)
    )


def _save_new(change: Change, store: Store, draft: Draft, given: Mapping[str, Any], *, action: str) -> Event:
    uid = _mint()
    event = Event.from_draft(draft, uid=uid, slug=_slug(store, draft, uid), now=change.now)
    return _save(change, pieces.apply(event, given, mint=_mint), action=action)


def _save(change: Change, event: Event, *, action: str) -> Event:
    """The event as it was written; one that no calendar could hold is a problem of the form, and nothing is written."""
    try:
        check(event, series.read(change.db))
    except CalendarError as error:
        raise ProblemsError([Problem(field="form", error=error)]) from None
    return events.save(change, event, action=action)


def _mint() -> str:
    return str(uuid.uuid4())


def _slug(store: Store, draft: Draft, uid: str) -> str:
    """An address for the event's page: from its title and year, in ASCII, never one that was minted before."""
    plain = re.sub(r"[^a-z0-9]+", "-", places.fold(draft.title)).strip("-")[:_LONGEST_SLUG].strip("-")
    year = str(draft.span.first.year)
    base = plain if year in plain else f"{plain}-{year}" if plain else f"event-{uid[:8]}"
    return free_slug(base, events.slugs_like(store, base))


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


def _still_pending(store: Store, number: int) -> None:
    if queue.by_id(store, number).state != "pending":
        raise ConflictError("submission-decided")


def _reason(text: str, *, needed: bool = False) -> str:
    """A reason as one clean line."""
    reason = line(text)
    if needed and not reason:
        raise ProblemsError([Problem(field="reason", error=CalendarError("reason-required"))])
    if len(reason) > _LONGEST_REASON:
        error = CalendarError("text-long", most=_LONGEST_REASON, count=len(reason))
        raise ProblemsError([Problem(field="reason", error=error)])
    return reason
