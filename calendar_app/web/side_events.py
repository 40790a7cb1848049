"""A side event of ITU's at the desk: the form by which one is added at its forum."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses
from calendar_app.desk import side_events
from calendar_app.errors import Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import events
from calendar_app.topics import Mode
from calendar_app.web import current, done, new_partners
from calendar_app.web.choices import choices
from calendar_app.web.form import told

pages = Blueprint("side_events", __name__)

_AT = f"{addresses.DESK}/events/<slug>/side-event"


@pages.get(_AT)
def form(slug: str) -> str:
    """The form, begun with the clock, the themes and the goals of the forum."""
    current.editor()
    forum = _forum(slug)
    return _page(forum, dict.fromkeys(side_events.FIELDS, "") | side_events.start(forum))


@pages.post(_AT)
def add(slug: str) -> Response | tuple[str, int]:
    """Puts the side event into the calendar, and leads back to what ITU did at the forum."""
    account, forum = current.editor(), _forum(slug)
    given: dict[str, Any] = {name: request.form.get(name, "") for name in side_events.FIELDS}
    given["partner_kinds"] = new_partners.typed()
    given |= {name: [each for each in request.form.getlist(name) if each] for name in side_events.LISTS}
    try:
        added = side_events.add(current.store(), forum.uid, given, actor=account.email, now=current.now())
    except ProblemsError as error:
        return _page(forum, given, problems=error.problems), 422
    done.tell("side-event-outside" if side_events.outside(current.store(), added) else "side-event-added", added.title)
    return redirect(addresses.engagement_at(slug), code=303)


def _forum(slug: str) -> Event:
    forum = events.by_slug(current.store(), slug)
    side_events.check_forum(forum)
    return forum


def _page(forum: Event, given: dict[str, Any], *, problems: tuple[Problem, ...] = ()) -> str:
    texts = current.texts()
    return render_template(
        "desk_side_event.html",
        forum=forum,
        row=current.listing().row(forum, year=True),
        given=given,
        problems=told(problems),
        choices=choices(side_event=True),
        modes=[(mode, texts.label("mode", mode)) for mode in Mode],
        new_partners=new_partners.of(given),
    )
