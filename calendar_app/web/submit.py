"""Add an event or change one: the form, its preview, and what becomes of it by who sends it."""

import contextlib
from typing import Any

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk, submissions
from calendar_app.errors import CalendarError, ConflictError, GoneError, ProblemsError
from calendar_app.events import Event
from calendar_app.store import events
from calendar_app.web import bots, current, done, pasted
from calendar_app.web.form import Sheet, fields, page, shown

pages = Blueprint("submit", __name__)


@pages.get(addresses.SUBMIT)
def form() -> str:
    """The empty form, one filled with the event to change that the address names, or with what a pasted line says."""
    sheet = _sheet(request.args.get("event", ""))
    if "line" in request.args and sheet.event is None:
        return pasted.filled(request.args["line"], request.args.get("source", ""), sheet)
    return page(dict(sheet.seen or {"series": request.args.get("series", "")}), sheet)


@pages.post(addresses.SUBMIT)
def send() -> Response | tuple[str, int] | str:
    """Sends a proposal to the editors, or publishes what the sender may publish; a preview if that was asked for."""
    given, sheet = fields(request.form), _sheet(request.form.get("event", ""))
    try:
        if request.form.get("do") == "preview":
            return page(given, sheet, preview=shown(given, sheet))
        if refusal := bots.refusal():
            return page(given, sheet, conflict=refusal), 422
        return redirect(_sent(given, sheet), code=303)
    except ProblemsError as error:
        return page(given, sheet, problems=error.problems), 422
    except ConflictError as error:
        return page(given, sheet, conflict=error), 409


def again(error: CalendarError) -> str:
    """The form once more, with what was typed and why it was not taken."""
    sheet = Sheet(account=current.account())
    # Whoever may not change the event is told so once they send it again.
    with contextlib.suppress(CalendarError):
        sheet = _sheet(request.form.get("event", ""))
    return page(fields(request.form), sheet, conflict=error)


def _sheet(slug: str) -> Sheet:
    """The form for an event of that slug, or for a new one."""
    account = current.account()
    if not slug:
        return Sheet(account=account)
    event = events.by_slug(current.store(), slug)
    # An editor may change also what is not published yet.
    if not current.edits():
        desk.check_public(event, name=slug)
    elif event.status == "withdrawn":
        raise GoneError("event-withdrawn", title=event.title)
    return Sheet(account=account, event=event, seen=submissions.fields_of(event))


def _sent(given: dict[str, Any], sheet: Sheet) -> str:
    """Where to go after the use case that the sender may carry out."""
    store, now, account, event = current.store(), current.now(), sheet.account, sheet.event
    sequence = current.number("sequence")
    if account is None or not desk.may_publish(store, account, given, event=event):
        about, base = (event.uid, sequence) if event else ("", None)
        return addresses.submission(desk.propose(store, given, about=about, base=base, now=now).token)
    published = desk.publish(
        store,
        given,
        account=account,
        event=event,
        sequence=sequence,
        moved="moved" in request.form,
        reason=request.form.get("reason", ""),
        now=now,
    )
    done.tell("saved" if event else "published", published.title)
    return _page_of(published)


def _page_of(event: Event) -> str:
    return addresses.event(event.slug) if event.public else addresses.desk_event(event.slug)
