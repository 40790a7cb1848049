"""One proposal at the desk: what is proposed, beside what the calendar has, and the decision on it."""

import re
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk, submissions
from calendar_app.desk import changing
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.overlap import Likeness
from calendar_app.store import events
from calendar_app.store import submissions as queue
from calendar_app.store.accounts import Account
from calendar_app.topics import Kind
from calendar_app.web import current, differences, done
from calendar_app.web.choices import choices
from calendar_app.web.differences import Difference
from calendar_app.web.form import fields, told

pages = Blueprint("deciding", __name__)

_MOST_LIKELY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A proposal and the event that it changes, or that it became, as it stands now."""

    proposal: queue.Submission
    event: Event | None

    def form(self, text: dict[str, Any]) -> dict[str, Any]:
        """The editor's form filled with a text of the proposal; of a change, onto what the event says now."""
        if not self.proposal.about or self.event is None:
            return text
        return changing.fit(self.proposal.seen, text, submissions.fields_of(self.event), clashes=True)


@pages.get(f"{addresses.DESK}/submissions/<number>")
def submission(number: str) -> str:
    """One proposal: a change beside its event, a new event beside those that it may repeat."""
    current.editor()
    item = _item(number)
    return _page(item, item.form(item.proposal.fields))


@pages.post(f"{addresses.DESK}/submissions/<number>")
def decide(number: str) -> Response | tuple[str, int] | str:
    """Publishes a proposal as the editor has put it, or declines it."""
    account, given = current.editor(), fields(request.form)
    item = _item(number)
    try:
        return redirect(_decided(item.proposal, given, account), code=303)
    except ProblemsError as error:
        return _page(item, given, problems=error.problems), 422
    except ConflictError as error:
        return _conflict(_item(number), given, error), 409


def _item(number: str) -> _Item:
    if not re.fullmatch("[1-9][0-9]{0,8}", number):
        raise NotFoundError("submission-unknown")
    found = queue.by_id(current.store(), int(number))
    named = found.about or found.event
    return _Item(proposal=found, event=events.by_uid(current.store(), named) if named else None)


def _decided(found: queue.Submission, given: dict[str, Any], account: Account) -> str:
    number, store, now = found.id, current.store(), current.now()
    reason, actor = request.form.get("reason", ""), account.email
    version = current.number("version")
    if request.form.get("do") == "reject":
        desk.reject(store, number, version=version, actor=actor, reason=reason, now=now)
        done.tell("declined", found.fields["title"])
        return addresses.DESK
    if uid := request.form.get("merge", ""):
        seen = current.number(f"sequence-{uid}")
        merged = desk.merge(store, number, uid, sequence=seen, version=version, reason=reason, actor=actor, now=now)
        done.tell("merged", merged.title)
        return addresses.event(merged.slug)
    if request.form.get("do") != "approve":
        raise ProblemsError([Problem(field="reason", error=CalendarError("decision-none"))])
    basis = desk.Basis(version=version, sequence=current.number("sequence"))
    moved = "moved" in request.form
    event = desk.approve(store, number, given, basis=basis, moved=moved, actor=actor, reason=reason, now=now)
    done.tell("published", event.title)
    return addresses.event(event.slug) if event.public else addresses.desk_event(event.slug)


def _conflict(item: _Item, given: dict[str, Any], error: ConflictError) -> str:
    """The page once more, with what changed meanwhile and what the editor typed; an amendment is taken up into it."""
    texts, directory = current.texts(), current.listing().series
    if "merge" in request.form:
        # That form has nothing to type.
        return _page(item, item.form(item.proposal.fields), conflict=error)
    if error.message == "submission-amended":
        new, old = item.form(item.proposal.fields), item.form(_text(item.proposal))
        meanwhile = differences.between(old, new, texts, directory, blanks=True)
        return _page(item, changing.fit(old, new, given, clashes=False), conflict=error, meanwhile=meanwhile)
    if error.message == "event-changed" and item.event is not None:
        now = submissions.fields_of(item.event)
        meanwhile = differences.between(now, {**now, **given}, texts, directory, blanks=True)
        return _page(item, given, conflict=error, meanwhile=meanwhile)
    return _page(item, given, conflict=error)


def _text(found: queue.Submission) -> dict[str, Any]:
    """What the proposal said in the version that the editor had read; what it says now if there is no such version."""
    seen = current.number("version")
    return next((each.fields for each in queue.texts(current.store(), found.id) if each.version == seen), found.fields)


def _page(
    item: _Item,
    given: dict[str, Any],
    *,
    problems: tuple[Problem, ...] = (),
    conflict: ConflictError | None = None,
    meanwhile: list[Difference] | None = None,
) -> str:
    texts, found = current.texts(), item.proposal
    likely = [] if found.about else _duplicates(given)
    return render_template(
        "desk_submission.html",
        submission=found,
        given=given,
        editor=True,
        kept_as_is=bool(found.about),
        event=item.event,
        changes=_changes(item),
        amended=queue.texts(current.store(), found.id)[0].at if found.version > 1 else None,
        problems=told(problems),
        conflict=texts.error(conflict) if conflict else "",
        meanwhile=meanwhile or [],
        amends=conflict is not None and conflict.message == "submission-amended",
        reason=request.form.get("reason", ""),
        moved="moved" in request.form,
        duplicates=[(like, _compared(like, given)) for like in likely],
        rows_of={like.event.uid: current.listing().row(like.event, year=True) for like in likely},
        choices=choices(side_event=found.about != "" and found.seen.get("kind") == Kind.SIDE_EVENT),
    )


def _changes(item: _Item) -> list[differences.Proposed]:
    """What a change changes, as its proposer saw it, as they propose it, and as it stands while that matters."""
    found = item.proposal
    if not found.about or item.event is None:
        return []
    now = submissions.fields_of(item.event) if found.state == "pending" else found.seen
    return differences.proposed(
        changing.compare(found.seen, found.fields, now), current.texts(), current.listing().series
    )


def _duplicates(given: dict[str, Any]) -> list[Likeness]:
    try:
        draft = submissions.validate(given, current.listing().series, editor=True)
    except ProblemsError:
        return []
    return desk.duplicates(current.store(), draft)[:_MOST_LIKELY]


def _compared(like: Likeness, given: dict[str, Any]) -> list[Difference]:
    ours = submissions.fields_of(like.event)
    return differences.between(ours, given, current.texts(), current.listing().series, blanks=False)
