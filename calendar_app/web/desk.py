"""The desk: the queue, one proposal, and what is to be verified."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk, submissions
from calendar_app.errors import ConflictError, DeniedError, Problem, ProblemsError
from calendar_app.overlap import Likeness
from calendar_app.store import events
from calendar_app.store import submissions as queue
from calendar_app.store.accounts import Account
from calendar_app.web import current
from calendar_app.web.choices import choices
from calendar_app.web.submit import fields

pages = Blueprint("desk", __name__)

_MOST_DECIDED = 20


class SignInFirst(Exception):  # noqa: N818 - no error: the way to the sign-in page and back
    """Nobody is signed in."""


def editor() -> Account:
    """The editor who is signed in.

    Raises:
        SignInFirst: nobody is.
        DeniedError: someone whose account may not edit.
    """
    account = current.account()
    if account is None:
        raise SignInFirst
    if not account.edits:
        raise DeniedError("not-yours")
    return account


@pages.get(addresses.DESK)
def waiting() -> str:
    """What waits for a decision, the oldest first, and what was decided last."""
    editor()
    store = current.store()
    return render_template(
        "desk.html",
        pending=queue.pending(store),
        decided=queue.decided(store, most=_MOST_DECIDED),
        unverified=len(events.unverified(store)),
    )


@pages.get(f"{addresses.DESK}/submissions/<int:number>")
def submission(number: int) -> str:
    """One proposal beside the events that it may repeat."""
    editor()
    found = queue.by_id(current.store(), number)
    return _page(found, found.fields)


@pages.post(f"{addresses.DESK}/submissions/<int:number>")
def decide(number: int) -> Response | tuple[str, int] | str:
    """Publishes a proposal as the editor has put it, or declines it."""
    account, given = editor(), fields(request.form)
    found = queue.by_id(current.store(), number)
    try:
        return redirect(_decided(number, given, account), code=303)
    except ProblemsError as error:
        return _page(found, given, problems=error.problems), 422
    except ConflictError as error:
        found = queue.by_id(current.store(), number)
        return _page(found, given, conflict=error), 409


@pages.get(addresses.VERIFY)
def to_verify() -> str:
    """The events whose dates no source was read for."""
    editor()
    return _verify_page()


@pages.post(addresses.VERIFY)
def verify() -> Response | tuple[str, int]:
    """Confirms an event's dates with a source."""
    account, slug = editor(), request.form.get("event", "")
    event = events.by_slug(current.store(), slug)
    given = {name: request.form.get(name, "") for name in ("source", "source_url")}
    try:
        desk.verify(current.store(), event.uid, **given, actor=account.email, now=current.now())
    except ProblemsError as error:
        return _verify_page(slug=slug, given=given, problems=error.problems), 422
    return redirect(addresses.VERIFY, code=303)


def _decided(number: int, given: dict[str, Any], account: Account) -> str:
    store, now, reason = current.store(), current.now(), request.form.get("reason", "")
    if request.form.get("do") == "reject":
        desk.reject(store, number, actor=account.email, reason=reason, now=now)
        return addresses.DESK
    event = desk.approve(store, number, given, actor=account.email, reason=reason, now=now)
    return addresses.event(event.slug)


def _page(
    found: queue.Submission,
    given: dict[str, Any],
    *,
    problems: tuple[Problem, ...] = (),
    conflict: ConflictError | None = None,
) -> str:
    texts = current.texts()
    return render_template(
        "desk_submission.html",
        submission=found,
        given=given,
        editor=True,
        event=events.by_uid(current.store(), found.event) if found.event else None,
        problems={problem.field: texts.error(problem.error) for problem in problems},
        conflict=texts.error(conflict) if conflict else "",
        reason=request.form.get("reason", ""),
        duplicates=[(like, _differences(like, given)) for like in _duplicates(given)],
        rows_of={like.event.uid: current.listing().row(like.event, year=True) for like in _duplicates(given)},
        choices=choices(),
    )


def _duplicates(given: dict[str, Any]) -> list[Likeness]:
    try:
        draft = submissions.validate(given, current.listing().series, editor=True)
    except ProblemsError:
        return []
    return desk.duplicates(current.store(), draft)[:5]


def _differences(like: Likeness, given: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Field, what the calendar has, what is proposed: those that differ."""
    ours = submissions.fields_of(like.event)
    return [
        (name, _shown(ours.get(name)), _shown(given.get(name)))
        for name in submissions.FIELDS
        if name not in {"submitter_email", *submissions.EDITOR_ONLY}
        and _shown(ours.get(name)) != _shown(given.get(name))
    ]


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _verify_page(*, slug: str = "", given: dict[str, str] | None = None, problems: tuple[Problem, ...] = ()) -> str:
    listing = current.listing()
    return render_template(
        "verify.html",
        rows_=[listing.row(event, year=True) for event in events.unverified(current.store())],
        slug=slug,
        given=given or {},
        problems={problem.field: current.texts().error(problem.error) for problem in problems},
    )
