"""What ITU did at an event or in a series, at the desk: its role, the statements, and the form of a new one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses
from calendar_app.desk import engagement_fields, engagements
from calendar_app.errors import ConflictError, Problem, ProblemsError
from calendar_app.topics import Activity, Role
from calendar_app.web import current, done, new_partners, statements
from calendar_app.web.engagement_where import AtEvent, InSeries, Where
from calendar_app.web.form import told

pages = Blueprint("engagement", __name__)

_AT = f"{addresses.DESK}/events/<slug>/engagement"
_IN = f"{addresses.DESK_SERIES}/<key>/engagement"
_SOURCE = ("source", "source_url")
_OF_ROLE = {"reason": "why"}


@pages.get(_AT)
def at_event(slug: str) -> str:
    """What ITU did at an event."""
    current.editor()
    return _page(AtEvent.of(slug))


@pages.post(_AT)
def change_at_event(slug: str) -> Response | tuple[str, int]:
    """Adds a statement of what ITU did at an event, or sets its role there."""
    account = current.editor()
    return _changed(AtEvent.of(slug), actor=account.email)


@pages.get(_IN)
def in_series(key: str) -> str:
    """What ITU did in a series as a whole."""
    current.editor()
    return _page(InSeries.of(key))


@pages.post(_IN)
def change_in_series(key: str) -> Response | tuple[str, int]:
    """Adds a statement of what ITU did in a series as a whole, or sets its roles there."""
    account = current.editor()
    return _changed(InSeries.of(key), actor=account.email)


def _changed(where: Where, *, actor: str) -> Response | tuple[str, int]:
    try:
        if request.form.get("do") == "role":
            _set_role(where, actor=actor)
            query = ""
        else:
            query = _add(where, actor=actor)
    except ProblemsError as error:
        return _page(where, problems=error.problems), 422
    except ConflictError as error:
        return _page(where, conflict=current.texts().error(error)), 409
    return redirect(where.address(query), code=303)


def _add(where: Where, *, actor: str) -> str:
    """Adds what the form tells; gives the query by which the next form begins with its source, if that is public."""
    typed = {name: request.form.get(name, "") for name in engagement_fields.FIELDS}
    typed["partner_kinds"] = new_partners.typed()
    given, before = where.naming(typed, request.form.getlist("also"))
    try:
        added = engagements.add(current.store(), given, actor=actor, now=current.now()).engagement
    except ProblemsError as error:
        raise ProblemsError([_as_typed(each, before) for each in error.problems]) from None
    done.tell("engagement-added", added.detail)
    if not added.public:
        return ""  # an address is kept in logs and histories
    return urlencode({name: getattr(added, name) for name in _SOURCE if getattr(added, name)})


def _as_typed(problem: Problem, before: int) -> Problem:
    """A problem at the line as it was typed."""
    return replace(problem, line=max(0, problem.line - before)) if problem.field == "events" else problem


def _set_role(where: Where, *, actor: str) -> None:
    why: dict[str, Any] = {"reason": request.form.get("why", ""), "actor": actor, "now": current.now()}
    try:
        where.set_role(_role_typed(), seen=current.number(where.marks), **why)
    except ProblemsError as error:
        raise ProblemsError([_of_role(each) for each in error.problems]) from None
    done.tell("role-set")


def _of_role(problem: Problem) -> Problem:
    """A problem at a field of the small form; what the form has no field for is told at its head."""
    field = _OF_ROLE.get(problem.field, problem.field)
    return replace(problem, field=field if field in {"role", "roles", "why"} else "form")


def _page(where: Where, *, problems: tuple[Problem, ...] = (), conflict: str = "") -> str:
    texts, where = current.texts(), where.again()
    kept, given = where.statements(), _typed(where)
    its = list(zip(kept, statements.of(each.engagement for each in kept), strict=True))
    # What the role was begun with: until a conflict shows the newest, that of the form which was sent.
    begun = problems and request.form.get("do") == "role"
    return render_template(
        "desk_engagement.html",
        **where.shown(),
        address=where.address(),
        marks=where.marks,
        role=where.role(),
        statements=[each for each in its if not each[0].removed],
        removed=[each for each in its if each[0].removed],
        seen=current.number(where.marks) if begun else where.newest(),
        given=given,
        activities=[(each, texts.label("activity", each)) for each in Activity],
        new_partners=new_partners.of(given),
        all_roles=[(each, texts.label("role", each)) for each in Role],
        problems=told(problems),
        conflict=conflict,
    )


def _typed(where: Where) -> Mapping[str, Any]:
    """What the forms hold: what was typed, else what they begin with."""
    names = (*engagement_fields.FIELDS, "why")
    if request.method == "GET":
        begun = {name: request.args.get(name, "") for name in _SOURCE}
        return dict.fromkeys(names, "") | begun | {"also": []} | where.role_fields()
    role = _role_typed() if request.form.get("do") == "role" else where.role_fields()
    also = {"partner_kinds": new_partners.typed(), "also": request.form.getlist("also")}
    return {name: request.form.get(name, "") for name in names} | also | role


def _role_typed() -> dict[str, Any]:
    return {"role": request.form.getlist("role"), "roles": request.form.get("roles", "")}
