"""Add an event: the form, its preview, and the proposer's own view of what was sent."""

import contextlib
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from calendar_app import addresses, desk, pieces, submissions
from calendar_app.errors import CalendarError, ConflictError, GoneError, Problem, ProblemsError
from calendar_app.events import Draft, Event
from calendar_app.store import events
from calendar_app.store import submissions as queue
from calendar_app.web import current
from calendar_app.web import pieces as layers
from calendar_app.web.choices import choices
from calendar_app.web.dates import block
from calendar_app.web.differences import Difference, between

pages = Blueprint("submit", __name__)


@pages.get(addresses.SUBMIT)
def form() -> str:
    """The empty form; for an editor, filled with an event to change if the address names one."""
    event = _event_to_change(request.args.get("event", ""))
    return _page(submissions.fields_of(event) if event else {}, event=event)


@pages.post(addresses.SUBMIT)
def send() -> Response | tuple[str, int] | str:
    """Sends a proposal to the editors, or publishes an editor's own entry; a preview if that was asked for."""
    given, event = fields(request.form), _event_to_change(request.form.get("event", ""))
    try:
        if request.form.get("do") == "preview":
            return _page(given, event=event, draft=_validated(given))
        return redirect(_sent(given, event), code=303)
    except ProblemsError as error:
        return _page(given, event=event, problems=error.problems), 422
    except ConflictError as error:
        assert event is not None  # noqa: S101 - only a change of an event can conflict
        return _page(given, event=event, conflict=error), 409


@pages.get("/submissions/<token>")
def status(token: str) -> str:
    """What became of a proposal, for whoever holds its private link."""
    g.private = True
    found = desk.proposal(current.store(), token)
    event = events.by_uid(current.store(), found.event) if found.event else None
    draft = _draft_of(found) if found.state == "pending" else None
    return render_template(
        "submission.html",
        submission=found,
        event=event if event and event.public else None,
        address=current.publisher().base + addresses.submission(token),
        draft=draft,
        duplicates=desk.duplicates(current.store(), draft) if draft else [],
    )


def again(error: CalendarError) -> str:
    """The form once more, with what was typed and why it was not taken."""
    event = None
    # Whoever may not change the event is told so once they send it again.
    with contextlib.suppress(CalendarError):
        event = _event_to_change(request.form.get("event", ""))
    return _page(fields(request.form), event=event, conflict=error)


def fields(form: "MultiDict[str, str]") -> dict[str, Any]:
    """The form's fields as the validator takes them; what is not one of them (tokens, buttons) is left out."""
    given: dict[str, Any] = {}
    for name in submissions.FIELDS:
        if name in submissions.LISTS:
            given[name] = [value for value in form.getlist(name) if value]
        elif name in form:
            given[name] = form[name]
    return given


def told(problems: Sequence[Problem]) -> dict[str, str]:
    """What problems say, by field; each on a line of its own, with the number of the line it is about."""
    texts, words = current.texts(), dict[str, list[str]]()
    for problem in problems:
        sentence = texts.error(problem.error)
        if problem.line:
            sentence = texts.gettext("Line {line}: {problem}").format(line=problem.line, problem=sentence)
        words.setdefault(problem.field, []).append(sentence)
    return {field: "\n".join(sentences) for field, sentences in words.items()}


def _sent(given: dict[str, Any], event: Event | None) -> str:
    """Where to go after the use case that the sender may carry out."""
    store, now, account = current.store(), current.now(), current.account()
    if account is None or not account.edits:
        return addresses.submission(desk.propose(store, given, now=now).token)
    if event is None:
        return addresses.event(desk.add(store, given, actor=account.email, now=now).slug)
    reason = request.form.get("reason", "")
    changed = desk.edit(
        store,
        event.uid,
        given,
        sequence=current.number("sequence"),
        moved="moved" in request.form,
        actor=account.email,
        reason=reason,
        now=now,
    )
    return addresses.event(changed.slug)


def _event_to_change(slug: str) -> Event | None:
    """The event that an editor wants to change; others propose events, not yet changes."""
    if not slug:
        return None
    current.editor()
    event = events.by_slug(current.store(), slug)
    if event.status == "withdrawn":
        raise GoneError("event-withdrawn", title=event.title)
    return event


def _compared(event: Event, given: dict[str, Any]) -> list[Difference]:
    """What the calendar has now beside what the editor typed."""
    return between(submissions.fields_of(event), given, current.texts(), current.listing().series, blanks=True)


def _validated(given: dict[str, Any]) -> Draft:
    return submissions.validate(given, current.listing().series, editor=current.edits())


def _draft_of(found: queue.Submission) -> Draft | None:
    try:
        return submissions.validate(found.fields, current.listing().series)
    except ProblemsError:
        return None


def _sequence(event: Event | None, conflict: CalendarError | None) -> str:
    """The SEQUENCE that the editor has seen: the one they began with, until a conflict shows them how it stands now."""
    if event is None:
        return ""
    seen = request.form.get("sequence", "")
    return str(event.sequence) if not seen or isinstance(conflict, ConflictError) else seen


def _shown(given: dict[str, Any], draft: Draft) -> Event:
    """The event as it would read; its deadlines and parts too, if an editor gives them."""
    shown = Event.from_draft(draft, uid="", slug="preview", now=current.now())
    return pieces.apply(shown, given, mint=str) if current.edits() else shown


def _page(
    given: dict[str, Any],
    *,
    event: Event | None,
    problems: tuple[Problem, ...] = (),
    draft: Draft | None = None,
    conflict: CalendarError | None = None,
) -> str:
    shown = _shown(given, draft) if draft else None
    return render_template(
        "submit.html",
        given=given,
        event=event,
        sequence=_sequence(event, conflict),
        reason=request.form.get("reason", ""),
        editor=current.edits(),
        problems=told(problems),
        conflict=current.texts().error(conflict) if conflict else "",
        preview=current.listing().row(shown, year=True) if shown else None,
        layers=layers.of(shown) if shown else None,
        preview_date=block(draft, current.texts(), today=current.today(), year=True) if draft else None,
        duplicates=[
            like for like in desk.duplicates(current.store(), draft) if not event or like.event.uid != event.uid
        ]
        if draft
        else [],
        moved="moved" in request.form,
        differences=_compared(event, given) if event and isinstance(conflict, ConflictError) else [],
        choices=choices(),
    )
