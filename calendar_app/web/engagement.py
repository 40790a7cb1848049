"""What ITU did at an event or in a series, at the desk: its role, the statements, and the form of a new one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk
from calendar_app.desk import engagement_fields, engagements, series_fields
from calendar_app.errors import ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.events import Event, Series, roles_of
from calendar_app.selection import Selection
from calendar_app.store import engagements as kept
from calendar_app.store import events, partners, search, series
from calendar_app.store.engagements import Kept
from calendar_app.topics import Activity, PartnerKind, Role
from calendar_app.web import current, done
from calendar_app.web.form import told

pages = Blueprint("engagement", __name__)

_AT = f"{addresses.DESK}/events/<slug>/engagement"
_IN = f"{addresses.DESK_SERIES}/<key>/engagement"
# Which events beside one are offered to tell of along with it.
_NEAR, _MOST_NEAR = timedelta(days=45), 12
_SOURCE = ("source", "source_url")
_OF_ROLE = {"reason": "why"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the page is about: an event, or a series as a whole."""

    event: Event | None = None
    series: Series | None = None

    def address(self, query: str = "") -> str:
        """The page, with the query of what its form begins with."""
        if self.event:
            return addresses.engagement_at(self.event.slug, query)
        return addresses.engagement_in(self.series.key if self.series else "", query)

    def statements(self) -> list[Kept]:
        """All that is kept of it."""
        store = current.store()
        if self.event:
            return kept.kept_of_event(store, self.event.uid)
        return kept.kept_of_series(store, self.series.key if self.series else "")


@pages.get(_AT)
def at_event(slug: str) -> str:
    """What ITU did at an event."""
    current.editor()
    return _page(_event(slug))


@pages.post(_AT)
def change_at_event(slug: str) -> Response | tuple[str, int]:
    """Adds a statement of what ITU did at an event, or sets its role there."""
    account = current.editor()
    return _changed(_event(slug), actor=account.email)


@pages.get(_IN)
def in_series(key: str) -> str:
    """What ITU did in a series as a whole."""
    current.editor()
    return _page(_series(key))


@pages.post(_IN)
def change_in_series(key: str) -> Response | tuple[str, int]:
    """Adds a statement of what ITU did in a series as a whole, or sets its roles there."""
    account = current.editor()
    return _changed(_series(key), actor=account.email)


def _event(slug: str) -> Subject:
    return Subject(event=events.by_slug(current.store(), slug))


def _series(key: str) -> Subject:
    found = series.directory(current.store()).get(key)
    if found is None:
        raise NotFoundError("series-none", name=key)
    return Subject(series=found)


def _changed(subject: Subject, *, actor: str) -> Response | tuple[str, int]:
    try:
        if request.form.get("do") == "role":
            _set_role(subject, actor=actor)
            query = ""
        else:
            query = _add(subject, actor=actor)
    except ProblemsError as error:
        return _page(subject, problems=error.problems), 422
    except ConflictError as error:
        return _page(subject, conflict=current.texts().error(error)), 409
    return redirect(subject.address(query), code=303)


def _add(subject: Subject, *, actor: str) -> str:
    """Adds what the form tells; gives the query by which the next form begins with its source."""
    given, before = _given(subject)
    try:
        added = engagements.add(current.store(), given, actor=actor, now=current.now()).engagement
    except ProblemsError as error:
        raise ProblemsError([_as_typed(each, before) for each in error.problems]) from None
    done.tell("engagement-added", added.detail)
    return urlencode({name: getattr(added, name) for name in _SOURCE if getattr(added, name)})


def _given(subject: Subject) -> tuple[dict[str, str], int]:
    """The fields as the validator takes them, and how many lines of events stand before those that were typed."""
    given = {name: request.form.get(name, "") for name in engagement_fields.FIELDS}
    if subject.series:
        return given | {"series": "\n".join([subject.series.key, given["series"]])}, 0
    named = [subject.event.slug if subject.event else "", *request.form.getlist("also")[:_MOST_NEAR]]
    return given | {"events": "\n".join([*named, given["events"]])}, len(named)


def _as_typed(problem: Problem, before: int) -> Problem:
    """A problem at the line as it was typed."""
    return replace(problem, line=max(0, problem.line - before)) if problem.field == "events" else problem


def _set_role(subject: Subject, *, actor: str) -> None:
    why: dict[str, Any] = {"reason": request.form.get("why", ""), "actor": actor, "now": current.now()}
    store = current.store()
    try:
        if subject.event:
            roles, sequence = request.form.getlist("role"), current.number("sequence")
            engagements.set_roles(store, subject.event.uid, roles, sequence=sequence, **why)
        elif subject.series:
            given = series_fields.fields_of(subject.series) | {"roles": request.form.get("roles", "")}
            desk.edit_series(store, subject.series.key, given, seen=current.number("seen"), **why)
    except ProblemsError as error:
        raise ProblemsError([_of_role(each) for each in error.problems]) from None
    done.tell("role-set")


def _of_role(problem: Problem) -> Problem:
    """A problem at a field of the small form; what the form has no field for is told at its head."""
    field = _OF_ROLE.get(problem.field, problem.field)
    return replace(problem, field=field if field in {"role", "roles", "why"} else "form")


def _page(subject: Subject, *, problems: tuple[Problem, ...] = (), conflict: str = "") -> str:
    store, texts = current.store(), current.texts()
    subject = _event(subject.event.slug) if subject.event else _series(subject.series.key if subject.series else "")
    event, statements = subject.event, subject.statements()
    return render_template(
        "desk_engagement.html",
        subject=subject,
        event=event,
        series=subject.series,
        row=current.listing().row(event, year=True) if event else None,
        roles=_roles(subject),
        statements=[each for each in statements if not each.removed],
        removed=[each for each in statements if each.removed],
        side_events=[current.listing().row(each, year=True) for each in events.held_at(store, event.uid)]
        if event
        else (),
        near=_near(event) if event else [],
        seen=_seen(subject, again=bool(problems)),
        given=_typed(subject),
        partners=partners.directory(store),
        activities=[(each, texts.label("activity", each)) for each in Activity],
        partner_kinds=[(each, texts.label("partner", each)) for each in PartnerKind],
        all_roles=[(each, texts.label("role", each)) for each in Role],
        problems=told(problems),
        conflict=conflict,
    )


def _roles(subject: Subject) -> str:
    """ITU's role in words, as it stands; of an event without one of its own, that of its series."""
    texts = current.texts()
    if subject.event:
        its = series.directory(current.store()).get(subject.event.series)
        return ", ".join(texts.label("role", role) for role in roles_of(subject.event, its))
    held = subject.series.roles if subject.series else ()
    return ", ".join(texts.label("role", each.role) + (f" ({each.year})" if each.year else "") for each in held)


def _seen(subject: Subject, *, again: bool) -> int:
    """What the role was begun with: until a conflict shows the newest, that of the form which was sent."""
    name = "sequence" if subject.event else "seen"
    if again and request.form.get("do") == "role":
        return current.number(name)
    if subject.event:
        return subject.event.sequence
    return series.newest_revision(current.store().db, subject.series.key) if subject.series else 0


def _near(event: Event) -> list[Event]:
    """The events at about the same time."""
    period = Selection(first=event.span.first - _NEAR, last=event.span.last + _NEAR)
    found = events.by_ids(current.store(), search.ids(current.store(), period, most=_MOST_NEAR + 1))
    return [each for each in found if event.uid not in {each.uid, each.held_at}][:_MOST_NEAR]


def _typed(subject: Subject) -> Mapping[str, Any]:
    """What the forms hold: what was typed, else what they begin with."""
    names = (*engagement_fields.FIELDS, "why")
    roles = series_fields.fields_of(subject.series)["roles"] if subject.series else ""
    own = [str(role) for role in subject.event.roles] if subject.event else []
    if request.method == "GET":
        begun = {name: request.args.get(name, "") for name in _SOURCE}
        return dict.fromkeys(names, "") | begun | {"role": own, "roles": roles, "also": []}
    sent = request.form.get("do") == "role"
    return {name: request.form.get(name, "") for name in names} | {
        "role": request.form.getlist("role") if sent else own,
        "roles": request.form.get("roles", "") if sent else roles,
        "also": request.form.getlist("also"),
    }
