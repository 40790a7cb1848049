"""The desk: the queue, and one proposal."""

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk, submissions
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.overlap import Likeness
from calendar_app.store import events
from calendar_app.store import submissions as queue
from calendar_app.store.accounts import Account
from calendar_app.web import current, differences
from calendar_app.web.choices import choices
from calendar_app.web.differences import Difference
from calendar_app.web.submit import fields, told

pages = Blueprint("desk", __name__)

_MOST_DECIDED = 20


@pages.get(addresses.DESK)
def waiting() -> str:
    """What waits for a decision, the oldest first, and what was decided last."""
    current.editor()
    store = current.store()
    return render_template(
        "desk.html",
        pending=queue.pending(store),
        decided=queue.decided(store, most=_MOST_DECIDED),
        unverified=events.count_unverified(store),
        withdrawn=events.withdrawn(store),
    )


@pages.get(f"{addresses.DESK}/submissions/<number>")
def submission(number: str) -> str:
    """One proposal beside the events that it may repeat."""
    current.editor()
    found = _found(number)
    return _page(found, found.fields)


@pages.post(f"{addresses.DESK}/submissions/<number>")
def decide(number: str) -> Response | tuple[str, int] | str:
    """Publishes a proposal as the editor has put it, or declines it."""
    account, given = current.editor(), fields(request.form)
    found = _found(number)
    try:
        return redirect(_decided(found.id, given, account), code=303)
    except ProblemsError as error:
        return _page(found, given, problems=error.problems), 422
    except ConflictError as error:
        return _page(_found(number), given, conflict=error), 409


def _found(number: str) -> queue.Submission:
    if not re.fullmatch("[1-9][0-9]{0,8}", number):
        raise NotFoundError("submission-unknown")
    return queue.by_id(current.store(), int(number))


def _decided(number: int, given: dict[str, Any], account: Account) -> str:
    store, now, reason = current.store(), current.now(), request.form.get("reason", "")
    if request.form.get("do") == "reject":
        desk.reject(store, number, actor=account.email, reason=reason, now=now)
        return addresses.DESK
    if uid := request.form.get("merge", ""):
        seen = current.number(f"sequence-{uid}")
        merged = desk.merge(store, number, uid, sequence=seen, reason=reason, actor=account.email, now=now)
        return addresses.event(merged.slug)
    if request.form.get("do") != "approve":
        raise ProblemsError([Problem(field="reason", error=CalendarError("decision-none"))])
    event = desk.approve(store, number, given, actor=account.email, reason=reason, now=now)
    return addresses.event(event.slug)


def _page(
    found: queue.Submission,
    given: dict[str, Any],
    *,
    problems: tuple[Problem, ...] = (),
    conflict: ConflictError | None = None,
) -> str:
    texts, likely = current.texts(), _duplicates(given)
    return render_template(
        "desk_submission.html",
        submission=found,
        given=given,
        editor=True,
        event=events.by_uid(current.store(), found.event) if found.event else None,
        problems=told(problems),
        conflict=texts.error(conflict) if conflict else "",
        reason=request.form.get("reason", ""),
        duplicates=[(like, _compared(like, given)) for like in likely],
        rows_of={like.event.uid: current.listing().row(like.event, year=True) for like in likely},
        choices=choices(),
    )


def _duplicates(given: dict[str, Any]) -> list[Likeness]:
    try:
        draft = submissions.validate(given, current.listing().series, editor=True)
    except ProblemsError:
        return []
    return desk.duplicates(current.store(), draft)[:5]


def _compared(like: Likeness, given: dict[str, Any]) -> list[Difference]:
    ours = submissions.fields_of(like.event)
    return differences.between(ours, given, current.texts(), current.listing().series, blanks=False)
