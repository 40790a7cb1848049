"""An event at the desk: what happened to it, as one step each, and its changes to undo."""

import re

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import events, history
from calendar_app.web import current
from calendar_app.web.submit import told

pages = Blueprint("desk_event", __name__)

_GIVEN = ("step", "reason", "source", "source_url", "why")


@pages.get(f"{addresses.DESK}/events/<slug>")
def event(slug: str) -> str:
    """How an event stands, withdrawn ones too, and what can be done with it."""
    current.editor()
    return _page(events.by_slug(current.store(), slug))


@pages.post(f"{addresses.DESK}/events/<slug>")
def change(slug: str) -> Response | tuple[str, int]:
    """Takes a step with an event, or undoes one of its changes."""
    account, found = current.editor(), events.by_slug(current.store(), slug)
    try:
        if request.form.get("undo"):
            _undo(found, actor=account.email)
        else:
            _take(found, actor=account.email)
    except ProblemsError as error:
        return _page(found, problems=error.problems), 422
    except ConflictError as error:
        return _page(events.by_slug(current.store(), slug), conflict=current.texts().error(error)), 409
    return redirect(addresses.desk_event(slug), code=303)


def _take(found: Event, *, actor: str) -> None:
    given = {name: request.form.get(name, "") for name in ("reason", "source", "source_url")}
    step = request.form.get("step", "")
    if step not in set(desk.Step):
        raise ProblemsError([Problem(field="step", error=CalendarError("step-none"))])
    desk.take(
        current.store(), found.uid, desk.Step(step), given=given, sequence=_sequence(), actor=actor, now=current.now()
    )


def _undo(found: Event, *, actor: str) -> None:
    number, reason = request.form.get("undo", ""), request.form.get("why", "")
    revision = int(number) if re.fullmatch("[0-9]{1,15}", number) else 0
    try:
        desk.undo(
            current.store(), found.uid, revision, sequence=_sequence(), reason=reason, actor=actor, now=current.now()
        )
    except ProblemsError as error:
        raise ProblemsError([Problem(field="why", error=each.error) for each in error.problems]) from None


def _sequence() -> int:
    text = request.form.get("sequence", "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1


def _page(found: Event, *, problems: tuple[Problem, ...] = (), conflict: str = "") -> str:
    revisions = history.of_event(current.store(), found.uid)
    return render_template(
        "desk_event.html",
        event=found,
        row=current.listing().row(found, year=True),
        steps=desk.steps_of(found),
        revisions=[(each, desk.can_undo(found, each)) for each in revisions],
        given={name: request.form.get(name, "") for name in _GIVEN},
        problems=told(problems),
        conflict=conflict,
    )
