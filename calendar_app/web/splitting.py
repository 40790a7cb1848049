"""Splitting an event at the desk: the form of its parts."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk, submissions
from calendar_app.errors import ConflictError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import events
from calendar_app.web import current, done
from calendar_app.web.choices import choices
from calendar_app.web.form import told

pages = Blueprint("splitting", __name__)

_PARTS = range(1, 5)
_WHY = ("reason", "source", "source_url")


@pages.get(f"{addresses.DESK}/events/<slug>/split")
def form(slug: str) -> str:
    """The form, its first part filled with the event as it stands."""
    current.editor()
    event = _whole(slug)
    stands = submissions.fields_of(event)
    return _page(event, {f"{name}_1": stands[name] for name in desk.PART_FIELDS})


@pages.post(f"{addresses.DESK}/events/<slug>/split")
def split(slug: str) -> Response | tuple[str, int]:
    """Splits the event, and shows it as it then stands."""
    account, event = current.editor(), _whole(slug)
    names = [f"{name}_{number}" for number in _PARTS for name in desk.PART_FIELDS]
    given = {name: request.form.get(name, "") for name in (*names, *_WHY)}
    try:
        desk.split(
            current.store(),
            event.uid,
            [{name: given[f"{name}_{number}"] for name in desk.PART_FIELDS} for number in _PARTS],
            given={name: given[name] for name in _WHY},
            sequence=current.number("sequence"),
            actor=account.email,
            now=current.now(),
        )
    except ProblemsError as error:
        return _page(event, given, problems=error.problems), 422
    except ConflictError as error:
        return _page(_whole(slug), given, conflict=current.texts().error(error)), 409
    done.tell("split")
    return redirect(addresses.desk_event(slug), code=303)


def _whole(slug: str) -> Event:
    event = events.by_slug(current.store(), slug)
    desk.check_whole(event)
    return event


def _page(event: Event, given: dict[str, str], *, problems: tuple[Problem, ...] = (), conflict: str = "") -> str:
    words = told(problems)
    return render_template(
        "split.html",
        event=event,
        row=current.listing().row(event, year=True),
        # What it was begun with, until a conflict shows how the event stands now.
        sequence=request.form.get("sequence", "") if words else event.sequence,
        given=given,
        numbers=_PARTS,
        fields=desk.PART_FIELDS,
        problems=words,
        conflict=conflict,
        choices=choices(),
    )
