"""An event at the desk: what happened to it, as one step each, and its changes to undo."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk, submissions
from calendar_app.desk import side_events
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import events, history
from calendar_app.topics import Mode, Status
from calendar_app.web import contacts, current, differences, done
from calendar_app.web.choices import choices
from calendar_app.web.differences import Difference
from calendar_app.web.form import told

pages = Blueprint("desk_event", __name__)

_CLAIM = ("dates", "source", "source_url")
_MOVE = "move"
_GIVEN = ("step", "reason", "source", "source_url", "why", *(f"claim_{name}" for name in _CLAIM))
_BESIDE = {"reason": "why", **{name: f"claim_{name}" for name in _CLAIM}}


@pages.get(f"{addresses.DESK}/events/<slug>")
def event(slug: str) -> str:
    """How an event stands, withdrawn ones too, and what can be done with it."""
    current.editor()
    return _page(events.by_slug(current.store(), slug))


@pages.post(f"{addresses.DESK}/events/<slug>")
def change(slug: str) -> Response | tuple[str, int]:
    """Takes a step with an event, adopts or notes a claim, undoes a change, or sets its focal point."""
    account, found = current.editor(), events.by_slug(current.store(), slug)
    try:
        _carry_out(found, actor=account.email)
    except ProblemsError as error:
        return _page(found, problems=error.problems), 422
    except ConflictError as error:
        return _page(events.by_slug(current.store(), slug), conflict=current.texts().error(error)), 409
    return redirect(addresses.desk_event(slug), code=303)


def _carry_out(found: Event, *, actor: str) -> None:
    for name, act in (("undo", _undo), ("adopt", _adopt), ("claim", _claim), ("contact", contacts.change)):
        if request.form.get(name):
            try:
                act(found, actor=actor)
                return done.tell(name)
            except ProblemsError as error:
                # Their fields are others than those of a step.
                beside = [replace(each, field=_BESIDE.get(each.field, each.field)) for each in error.problems]
                raise ProblemsError(beside) from None
    _take(found, actor=actor)
    if request.form["step"] == _MOVE and (left := _outside(found)):
        return done.tell("moved-away", "; ".join(each.title for each in left))
    return done.tell("step", current.texts().label("step", request.form["step"]))


def _take(found: Event, *, actor: str) -> None:
    given = {name: request.form.get(name, "") for name in ("reason", "source", "source_url")}
    step = request.form.get("step", "")
    if step == _MOVE:
        given |= {name: request.form[name] for name in desk.WHERE_AND_WHEN if name in request.form}
        desk.move(
            current.store(),
            found.uid,
            given,
            sequence=current.number("sequence"),
            actor=actor,
            now=current.now(),
        )
        return
    if step not in set(desk.Step):
        raise ProblemsError([Problem(field="step", error=CalendarError("step-none"))])
    desk.take(
        current.store(),
        found.uid,
        desk.Step(step),
        given=given,
        sequence=current.number("sequence"),
        actor=actor,
        now=current.now(),
    )


def _outside(found: Event) -> list[Event]:
    """The side events that lie outside the days of their forum as they stand now."""
    store = current.store()
    return side_events.outside(store, events.by_uid(store, found.uid))


def _undo(found: Event, *, actor: str) -> None:
    desk.undo(current.store(), found.uid, current.number("undo"), sequence=current.number("sequence"), **_why(actor))


def _adopt(found: Event, *, actor: str) -> None:
    desk.adopt(current.store(), found.uid, current.number("adopt"), sequence=current.number("sequence"), **_why(actor))


def _claim(found: Event, *, actor: str) -> None:
    given = {name: request.form.get(f"claim_{name}", "") for name in _CLAIM}
    desk.add_claim(current.store(), found.uid, given, sequence=current.number("sequence"), **_why(actor))


def _why(actor: str) -> dict[str, Any]:
    return {"reason": request.form.get("why", ""), "actor": actor, "now": current.now()}


def _told(revision: history.Revision) -> list[Difference]:
    """What a revision changed; nothing of the one that the event came with, which its page tells."""
    if revision.before is None:
        return []
    return differences.revised(revision.before, revision.after, current.texts(), current.listing().series)


def _page(found: Event, *, problems: tuple[Problem, ...] = (), conflict: str = "") -> str:
    revisions = history.of_event(current.store(), found.uid)
    fields = submissions.fields_of(found)
    stands = {name: request.form.get(name, fields[name]) for name in desk.WHERE_AND_WHEN}
    return render_template(
        "desk_event.html",
        event=found,
        row=current.listing().row(found, year=True),
        steps=(*((_MOVE,) if found.status is not Status.WITHDRAWN else ()), *desk.steps_of(found)),
        revisions=[(each, _told(each), desk.can_undo(found, each)) for each in revisions],
        given=stands | {name: request.form.get(name, "") for name in _GIVEN},
        choices=choices(),
        modes=[(mode, current.texts().label("mode", mode)) for mode in Mode],
        outside=_outside(found),
        problems=told(problems),
        conflict=conflict,
        **contacts.shown(found, again=bool(problems)),
    )
