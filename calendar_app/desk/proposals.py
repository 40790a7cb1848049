"""Proposals: put in the queue, followed by a private link, published or declined."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_app import accounts, submissions
from calendar_app.desk.saving import reason_of, save_new
from calendar_app.errors import ConflictError
from calendar_app.events import Event
from calendar_app.fields import line
from calendar_app.store import Store, series
from calendar_app.store import submissions as queue
from calendar_app.store.submissions import Submission


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


def approve(store: Store, number: int, given: Mapping[str, Any], *, actor: str, reason: str, now: datetime) -> Event:
    """Publishes a proposal as the editor has put it.

    Raises:
        ProblemsError: every problem of the fields.
        ConflictError: someone has decided on it already.
    """
    draft = submissions.validate(given, series.directory(store), editor=True)
    with store.change(now, actor=actor, reason=reason_of(reason)) as change:
        still_pending(store, number)
        event = save_new(change, store, draft, given, action="approved")
        queue.decide(change, number, state="approved", event=event.uid)
    return event


def reject(store: Store, number: int, *, actor: str, reason: str, now: datetime) -> None:
    """Declines a proposal; the proposer's private link tells why.

    Raises:
        ProblemsError: no reason is given, or one too long.
        ConflictError: someone has decided on it already.
    """
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        still_pending(store, number)
        queue.decide(change, number, state="rejected", event=None)


def still_pending(store: Store, number: int) -> Submission:
    """The proposal of that number, which waits.

    Raises:
        ConflictError: someone has decided on it already.
    """
    found = queue.by_id(store, number)
    if found.state != "pending":
        raise ConflictError("submission-decided")
    return found
