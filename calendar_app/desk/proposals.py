"""Proposals of events and of changes: put in the queue, followed and amended by a private link, decided on."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_app import accounts, addresses, submissions
from calendar_app.desk import changing, notices
from calendar_app.desk.editing import rewrite
from calendar_app.desk.saving import check_seen, reason_of, save_new
from calendar_app.errors import ConflictError
from calendar_app.events import Event
from calendar_app.fields import line
from calendar_app.store import Store, events, journal, series
from calendar_app.store import submissions as queue
from calendar_app.store.submissions import Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A proposal that is in the queue: its number, and the token of the proposer's private link."""

    number: int
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What an editor had read: the version of the proposal and, of a change, the SEQUENCE of its event.

    What is None is not checked.
    """

    version: int | None = None
    sequence: int | None = None


UNCHECKED = Basis()


def propose(
    store: Store,
    given: Mapping[str, Any],
    *,
    now: datetime,
    about: str = "",
    base: int | None = None,
    actor: str = "form",
) -> Received:
    """Puts a proposal in the queue, each field cleaned as the validator does. Nothing of it is public.

    Without `about` it is a new event. With the uid of an event it is a change of that one: `given` then holds all its
    fields as they are to be, and `base` is its SEQUENCE as the proposer read it (None: as it stands).

    Raises:
        ProblemsError: every problem of the fields; of a change, that it changes nothing, or dates without their source.
        NotFoundError: nobody may see the event.
        GoneError: the event was withdrawn.
        ConflictError: the event never stood at that SEQUENCE.
    """
    seen = None
    if about:
        event = events.by_uid(store, about)
        changing.check_public(event, name=about)
        base = event.sequence if base is None else base
        seen = changing.seen_at(store, event, base)
    fields = _read(store, given, seen, now=now)
    token = secrets.token_urlsafe(24)
    with store.change(now, actor=actor) as change:
        number = queue.add(
            change,
            fields,
            email=line(given.get("submitter_email")),
            token_hash=accounts.hash_token(token),
            about=about,
            base=base if about else None,
            seen=seen,
        )
        told = {**fields, "submitter_email": line(given.get("submitter_email"))}
        notices.proposed(change, store, told, number=number, token=token, about=bool(about))
    return Received(number=number, token=token)


def proposal(store: Store, token: str) -> Submission:
    """The proposal of a private link.

    Raises:
        NotFoundError: there is none.
    """
    return queue.by_token(store, accounts.hash_token(token))


def amend(store: Store, token: str, given: Mapping[str, Any], *, now: datetime) -> None:
    """Gives the proposal of a private link another text; the one before is kept.

    Raises:
        NotFoundError: there is none.
        ProblemsError: as `propose`.
        ConflictError: someone has decided on it.
    """
    found = still_pending(store, proposal(store, token).id)
    fields = _read(store, given, found.seen if found.about else None, now=now)
    with store.change(now, actor="form") as change:
        found = still_pending(store, found.id)
        if fields != found.fields:
            queue.amend(change, found, fields)


def approve(
    store: Store,
    number: int,
    given: Mapping[str, Any],
    *,
    basis: Basis = UNCHECKED,
    moved: bool = False,
    actor: str,
    reason: str,
    now: datetime,
) -> Event:
    """Publishes a proposal as the editor has put it: a new event, or a change as an edit (`moved` as in `edit`).

    Raises:
        ProblemsError: every problem of the fields; of a change also as `edit`.
        ConflictError: someone has decided on it already, amended it, or changed its event.
        GoneError: its event was withdrawn.
    """
    about = queue.by_id(store, number).about
    held = bool(about and events.by_uid(store, about).held_at)
    draft = submissions.validate(given, series.directory(store), editor=True, complete=not about, side_event=held)
    with store.change(now, actor=actor, reason=reason_of(reason)) as change:
        found = still_pending(store, number, version=basis.version)
        if found.about:
            event = _as_seen(store, found.about, basis.sequence)
            event = rewrite(change, event, draft, given, moved=moved)
        else:
            event = save_new(change, store, draft, given, action="approved")
        queue.decide(change, number, state="approved", event=event.uid)
        notices.decided(change, store, found, event)
    return event


def reject(store: Store, number: int, *, version: int | None = None, actor: str, reason: str, now: datetime) -> None:
    """Declines a proposal; the proposer's private link tells why. `version` is the one that the editor had read.

    Raises:
        ProblemsError: no reason is given, or one too long.
        ConflictError: someone has decided on it already, or amended it.
    """
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        found = still_pending(store, number, version=version)
        queue.decide(change, number, state="rejected", event=None)
        notices.decided(change, store, found)
        subject = addresses.desk_submission(number)
        journal.add(change, action="proposal-rejected", subject=subject, detail=found.fields["title"])


def still_pending(store: Store, number: int, *, version: int | None = None) -> Submission:
    """The proposal of that number, which waits, and is of that version if one is given.

    Raises:
        ConflictError: someone has decided on it already, or amended it.
    """
    found = queue.by_id(store, number)
    if found.state != "pending":
        raise ConflictError("submission-decided")
    if version is not None and version != found.version:
        raise ConflictError("submission-amended")
    return found


def _read(store: Store, given: Mapping[str, Any], seen: dict[str, Any] | None, *, now: datetime) -> dict[str, Any]:
    """The fields of a proposal; `seen` are those of the event that it is to change."""
    if seen is not None:
        return changing.read(store, given, seen, now=now)
    submissions.validate(given, series.directory(store))
    return submissions.cleaned(given)


def _as_seen(store: Store, uid: str, sequence: int | None) -> Event:
    event = events.by_uid(store, uid)
    if sequence is not None:
        check_seen(event, sequence)
    return event
