"""Events in the API: a page of a selection, one event, and a new one."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from calendar_app import addresses, desk, submissions
from calendar_app.errors import NotFoundError
from calendar_app.events import Event
from calendar_app.formats import json_objects
from calendar_app.store import Store, events, search
from calendar_app.store.tokens import Token
from calendar_app.web import current
from calendar_app.web.api import answers, asked, bearer, bodies, objects, once
from calendar_app.web.api.once import Answer
from calendar_app.web.api.schemas import CREATE

pages = Blueprint("api_events", __name__)


@pages.get(addresses.API_EVENTS)
def listing() -> Response:
    """The events of a selection, in the order of their dates."""
    wanted, store = asked.read(paged=True), current.store()
    with store.snapshot():
        absolute = wanted.selection.at(current.today())
        numbers = _numbers(store, absolute, wanted)
        found = events.by_ids(store, numbers[: wanted.limit])
        total, context = search.count(store, absolute), answers.context()
    more = len(numbers) > wanted.limit and found
    return answers.model(
        objects.EventPage(
            events=[json_objects.of_event(event, context) for event in found],
            total=total,
            next=context.base + wanted.next(found[-1].uid) if more else None,
        )
    )


def _numbers(store: Store, absolute: Any, wanted: asked.Asked) -> list[int]:
    """The row ids of the page, and of one event more if there is one."""
    if not wanted.cursor:
        return search.ids(store, absolute, most=wanted.limit + 1)
    found = search.ids_after(store, absolute, wanted.cursor, most=wanted.limit + 1)
    if found is None:
        raise NotFoundError("api-cursor-gone")
    return found


@pages.get(f"{addresses.API_EVENTS}/<uid>")
def event(uid: str) -> Response:
    """One event, with the fields that a change of it changes, and the ETag that such a change has to name."""
    return answers.event(public(uid))


@pages.post(addresses.API_EVENTS)
def create() -> Response:
    """Publishes a new event, or puts it in the queue, by what the token may do."""
    token, key = bearer.need("propose"), bodies.idempotency_key()
    given = bodies.sent(bodies.JSON)
    act = partial(_created, given=given, token=token)
    if not key:
        return answers.of(act(current.store()))
    # The same text to the letter, so that nothing is taken for the same that is not.
    sent = request.get_data()
    return answers.of(
        once.carry_out(current.store(), act, bearer=bearer.secret(), key=key, request=sent, now=current.now())
    )


def _created(store: Store, *, given: dict[str, Any], token: Token) -> Answer:
    answers.check(given, CREATE, store)
    _check_scope(given, token)
    now, account, context = current.now(), token.account, answers.context()
    if token.allows("edit") or (not account.edits and desk.may_publish(store, account, given)):
        body = objects.of_event(desk.publish(store, given, account=account, now=now), context)
        found = {"Location": addresses.api_event(body["uid"]), "ETag": answers.etag(body)}
        return Answer(status=201, headers=found, body=body)
    received = desk.propose(store, given, now=now, actor=account.email)
    link = context.base + addresses.submission(received.token)
    return Answer(status=202, headers={}, body={"state": "pending", "link": link}, secret=received.token)


def _check_scope(given: dict[str, Any], token: Token) -> None:
    """What is an editor's to say is not left out in silence."""
    named = [name for name in submissions.EDITOR_ONLY if given.get(name)]
    if named and not token.allows("edit"):
        raise bearer.scarce("edit", fields=named)


def public(uid: str) -> Event:
    """The event of that uid, if anyone may see it.

    Raises:
        NotFoundError: there is none.
        GoneError: it was withdrawn.
    """
    found = events.by_uid(current.store(), uid)
    desk.check_public(found, name=uid[:60])
    return found
