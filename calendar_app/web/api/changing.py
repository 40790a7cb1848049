"""A change of an event in the API: made at once, or proposed to the editors, by what the token may do."""

from typing import Any

from flask import Blueprint, Response

from calendar_app import addresses, desk, submissions
from calendar_app.errors import ConflictError, ProblemsError
from calendar_app.events import Event
from calendar_app.store.tokens import Token
from calendar_app.web import current
from calendar_app.web.api import answers, bearer, bodies, matching, objects
from calendar_app.web.api.events import public
from calendar_app.web.api.once import Answer
from calendar_app.web.api.problems import RefusedError
from calendar_app.web.api.schemas import CHANGE

pages = Blueprint("api_changing", __name__)

# What is said of a change that is made at once, beside the fields of the event.
_BESIDE = ("reason", "moved")


@pages.patch(f"{addresses.API_EVENTS}/<uid>")
def change(uid: str) -> Response:
    """Changes an event that is as the caller saw it, or puts the change in the queue."""
    token = bearer.need("propose")
    patch, found = bodies.sent(bodies.MERGE_PATCH, bodies.JSON), public(uid)
    matching.check(answers.etag(objects.of_event(found, answers.context())))
    answers.check(patch, CHANGE, current.store())
    beside = {name: patch.pop(name, None) for name in _BESIDE}
    told = bodies.blanked(patch)
    if wrong := submissions.wrong_alone(told, answers.context().series):
        raise ProblemsError(wrong)
    given = submissions.fields_of(found) | told
    at_once = token.allows("edit") or (
        not token.account.edits and desk.may_publish(current.store(), token.account, given, event=found)
    )
    _check_scope(told if at_once else told | beside, token)
    try:
        return _made(found, given, beside, token) if at_once else _proposed(found, given, token)
    except ConflictError:
        raise matching.stale() from None
    except ProblemsError as error:
        # Each field that was sent is right by itself: it is with the event that it does not go together.
        raise RefusedError("conflict", "api-unfit", problems=error.problems) from None


def _check_scope(named: dict[str, Any], token: Token) -> None:
    """What only an editor may say is not left out in silence; nor what a proposal has no place for."""
    editors = [name for name in (*submissions.EDITOR_ONLY, *_BESIDE) if named.get(name)]
    if editors and not token.allows("edit"):
        raise bearer.scarce("edit", fields=editors)


def _made(found: Event, given: dict[str, Any], beside: dict[str, Any], token: Token) -> Response:
    changed = desk.publish(
        current.store(),
        given,
        account=token.account,
        event=found,
        sequence=found.sequence,
        moved=bool(beside["moved"]),
        reason=beside["reason"] or "",
        now=current.now(),
    )
    return answers.event(changed)


def _proposed(found: Event, given: dict[str, Any], token: Token) -> Response:
    received = desk.propose(
        current.store(),
        given,
        about=found.uid,
        base=found.sequence,
        actor=token.account.email,
        now=current.now(),
    )
    link = answers.context().base + addresses.submission(received.token)
    return answers.of(Answer(status=202, headers={}, body={"state": "pending", "link": link}, secret=received.token))
