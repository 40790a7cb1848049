"""Importing at the desk: a file or a pasted text is taken, and what waits or was imported is listed."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses
from calendar_app.desk import importing
from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.store import batches, staging
from calendar_app.web import current
from calendar_app.web.form import told

pages = Blueprint("importing", __name__)

_GIVEN = ("pasted", "source", "source_url", "origin")
_MOST_PAST = 30


@pages.get(addresses.IMPORT)
def choose() -> str:
    """The form that takes a file or a text, the imports that wait, and those that were made."""
    current.editor()
    return _page()


@pages.post(addresses.IMPORT)
def take() -> Response | tuple[str, int]:
    """Reads what was sent, and keeps it row by row until it is applied or dropped."""
    account = current.editor()
    try:
        number = _staged(account.email)
    except ProblemsError as error:
        return _page(error.problems), 422
    return redirect(addresses.desk_import(number), code=303)


def _staged(actor: str) -> int:
    name, data, field = _source()
    store, now = current.store(), current.now()
    try:
        form, read = importing.read(store, name, data, today=current.today())
    except ProblemsError:
        raise
    except CalendarError as error:
        raise ProblemsError([Problem(field=field, error=error)]) from None
    told_by = {each: request.form.get(each, "") for each in ("source", "source_url", "origin")}
    number = importing.stage(
        store, read, importing.heading(read, form=form, name=name, **told_by), actor=actor, now=now
    )
    if staging.by_id(store, number).state == "checking":
        importing.check_on(store, number, actor=actor, now=now)
    return number


def _source() -> tuple[str, bytes, str]:
    """Name and bytes of what was sent, and the field that holds it."""
    file, pasted = request.files.get("file"), request.form.get("pasted", "")
    sent = file is not None and bool(file.filename)
    if sent and pasted.strip():
        raise ProblemsError([Problem(field=field, error=CalendarError("staged-both")) for field in ("file", "pasted")])
    if file is not None and sent:
        return file.filename or "", file.read(), "file"
    if pasted.strip():
        return "", pasted.encode("utf-8", "replace"), "pasted"
    raise ProblemsError([Problem(field="file", error=CalendarError("staged-nothing"))])


def _page(problems: tuple[Problem, ...] = ()) -> str:
    store = current.store()
    past = batches.newest(store, "import", most=_MOST_PAST)
    return render_template(
        "desk_import.html",
        given={name: request.form.get(name, "") for name in _GIVEN},
        problems=told(problems),
        waiting=staging.waiting(store),
        past=[(batch, batches.tally(store, batch.id)) for batch in past],
    )
