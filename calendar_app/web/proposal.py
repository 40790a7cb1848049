"""A proposer's own pages, for whoever holds the private link: what was sent, what became of it, and amending it."""

from flask import Blueprint, g, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk, submissions
from calendar_app.errors import CalendarError, ConflictError, ProblemsError
from calendar_app.events import Draft
from calendar_app.store import events
from calendar_app.store import submissions as queue
from calendar_app.topics import Kind
from calendar_app.web import current, differences, done
from calendar_app.web.form import Sheet, fields, page, shown

pages = Blueprint("proposal", __name__)


@pages.get("/submissions/<token>")
def status(token: str) -> str:
    """What was sent, and what became of it."""
    return _status(token)


@pages.get("/submissions/<token>/edit")
def form(token: str) -> str | tuple[str, int]:
    """The form with what was sent, while it waits."""
    found = _found(token)
    if found.state != "pending":
        return _status(token, conflict=ConflictError("submission-decided")), 409
    return page(found.fields, _sheet(token, found))


@pages.post("/submissions/<token>")
def amend(token: str) -> Response | tuple[str, int] | str:
    """Gives a proposal that waits another text; a preview of it if that was asked for."""
    given, sheet = fields(request.form), _sheet(token, _found(token))
    try:
        if request.form.get("do") == "preview":
            return page(given, sheet, preview=shown(given, sheet))
        desk.amend(current.store(), token, given, now=current.now())
        done.tell("amended")
        return redirect(addresses.submission(token), code=303)
    except ProblemsError as error:
        return page(given, sheet, problems=error.problems), 422
    except ConflictError as error:
        return _status(token, conflict=error), 409


def again(token: str, error: CalendarError) -> str:
    """The form once more, with what was typed and why it was not taken."""
    return page(fields(request.form), _sheet(token, _found(token)), conflict=error)


def _found(token: str) -> queue.Submission:
    g.private = True
    return desk.proposal(current.store(), token)


def _sheet(token: str, found: queue.Submission) -> Sheet:
    """The form of a proposal. Also an editor who has its link amends it as its proposer would."""
    title = found.seen.get("title") or found.fields["title"]
    return Sheet(action=addresses.submission(token), seen=found.seen if found.about else None, amends=title)


def _status(token: str, *, conflict: ConflictError | None = None) -> str:
    store, texts, found = current.store(), current.texts(), _found(token)
    named = found.event or found.about
    event = events.by_uid(store, named) if named else None
    draft = _draft_of(found) if found.state == "pending" else None
    return render_template(
        "submission.html",
        submission=found,
        token=token,
        event=event if event and event.public else None,
        address=current.publisher().base + addresses.submission(token),
        draft=draft,
        amended=queue.texts(store, found.id)[0].at if found.version > 1 else None,
        sent=_sent(found),
        duplicates=desk.duplicates(store, draft) if draft and not found.about else [],
        conflict=texts.error(conflict) if conflict else "",
    )


def _sent(found: queue.Submission) -> list[differences.Difference]:
    """What was sent, field by field; of a change what differs from what the proposer saw."""
    texts, series = current.texts(), current.listing().series
    return differences.between(found.seen, found.fields, texts, series, blanks=True)


def _draft_of(found: queue.Submission) -> Draft | None:
    try:
        held = bool(found.about) and found.seen.get("kind") == Kind.SIDE_EVENT
        return submissions.validate(found.fields, current.listing().series, complete=not found.about, side_event=held)
    except ProblemsError:
        return None
