"""One statement of what ITU did, at the desk: its form, taken out and put back, its history and undoing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses
from calendar_app.desk import engagement_fields, engagements
from calendar_app.errors import ConflictError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.store import engagements as kept
from calendar_app.store import events, partners, series
from calendar_app.store.engagement_records import EngagementRevision, Kept
from calendar_app.topics import Activity
from calendar_app.web import current, done, new_partners, query
from calendar_app.web.differences import Difference
from calendar_app.web.engagement_where import MOST_NEAR, near
from calendar_app.web.form import told

pages = Blueprint("statement", __name__)

# So many changes are told at once.
_MOST_REVISIONS, _MOST_PAGES = 20, 1_000


@pages.get(f"{addresses.DESK}/engagements/<uid>")
def statement(uid: str) -> str:
    """A statement's form, filled with it, and its history."""
    current.editor()
    return _page(kept.find(current.store(), uid))


@pages.post(f"{addresses.DESK}/engagements/<uid>")
def change(uid: str) -> Response | tuple[str, int]:
    """Changes a statement, takes it out or puts it back, or undoes a change."""
    account, found = current.editor(), kept.find(current.store(), uid)
    try:
        _carry_out(uid, actor=account.email)
    except ProblemsError as error:
        return _page(found, problems=error.problems), 422
    except ConflictError as error:
        return _page(kept.find(current.store(), uid), conflict=current.texts().error(error)), 409
    return redirect(addresses.desk_engagement(uid), code=303)


def _carry_out(uid: str, *, actor: str) -> None:
    store, form = current.store(), request.form
    told_with: dict[str, Any] = {"seen": current.number("seen"), "actor": actor, "now": current.now()}
    if "undo" in form or form.get("do") in {"out", "back"}:
        with_why = told_with | {"reason": form.get("why", "")}
        try:
            if "undo" in form:
                engagements.undo(store, uid, current.number("undo"), **with_why)
                return done.tell("undo")
            if form["do"] == "out":
                engagements.take_out(store, uid, **with_why)
                return done.tell("engagement-removed")
            engagements.put_back(store, uid, **with_why)
            return done.tell("engagement-back")
        except ProblemsError as error:
            raise ProblemsError([Problem(field="why", error=each.error) for each in error.problems]) from None
    given = _given()
    given["events"] = "\n".join([given["events"], *form.getlist("also")[:MOST_NEAR]])
    engagements.change(store, uid, given, reason=form.get("reason", ""), **told_with)
    return done.tell("engagement-saved")


def _given() -> dict[str, str]:
    told = {name: request.form.get(name, "") for name in engagement_fields.FIELDS}
    return told | {"partner_kinds": new_partners.typed()}


def _page(found: Kept, *, problems: tuple[Problem, ...] = (), conflict: str = "") -> str:
    store, texts, uid = current.store(), current.texts(), found.engagement.uid
    stands, typed = engagement_fields.fields_of(store, found), "activity" in request.form
    number = query.page(_MOST_PAGES)
    start = (number - 1) * _MOST_REVISIONS
    revisions = kept.revisions(store, uid, most=_MOST_REVISIONS + 1, offset=start)
    given, known = _given() if typed else stands, partners.directory(store)
    return render_template(
        "desk_statement.html",
        kept=found,
        subjects=_subjects(found),
        near=_near(found),
        given=given
        | {name: request.form.get(name, "") for name in ("reason", "why")}
        | {"also": request.form.getlist("also")},
        # What it was begun with, until a conflict shows how the statement stands now.
        seen=request.form.get("seen", "") if problems else kept.newest_revision(store, uid),
        revisions=[
            (each, changed, engagements.can_undo(found, each, known))
            for each, changed in _revised(revisions[:_MOST_REVISIONS])
        ],
        number=number,
        more=len(revisions) > _MOST_REVISIONS,
        differences=_between(stands, given) if conflict and typed else [],
        activities=[(each, texts.label("activity", each)) for each in Activity],
        new_partners=new_partners.of(given),
        problems=told(problems),
        conflict=conflict,
    )


def _near(found: Kept) -> list[Event]:
    """The events at about the time of the first that it covers, less those that it covers."""
    covered = found.engagement.events
    first = events.by_uids(current.store(), covered[:1])
    return [each for each in near(first[0]) if each.uid not in covered] if first else []


def _subjects(found: Kept) -> list[tuple[str, str]]:
    """The pages at the desk of all that a statement tells of, each with its name."""
    store, directory = current.store(), series.directory(current.store())
    its = {event.uid: event for event in events.by_uids(store, found.engagement.events)}
    told = [its[uid] for uid in found.engagement.events if uid in its]
    named = [(addresses.engagement_at(event.slug), event.title) for event in told]
    return named + [(addresses.engagement_in(key), directory[key].short_name) for key in found.engagement.series]


def _revised(revisions: Sequence[EngagementRevision]) -> Iterator[tuple[EngagementRevision, list[Difference]]]:
    """Each revision with what it changed; nothing of the one that the statement came with."""
    states = [each.before or each.after for each in revisions] + [each.after for each in revisions]
    filled = engagement_fields.fields_of_all(current.store(), states)
    for place, each in enumerate(revisions):
        yield each, _changed(each, filled[place], filled[place + len(revisions)])


def _changed(revision: EngagementRevision, ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[Difference]:
    texts, before, after = current.texts(), revision.before, revision.after
    found = _between(ours, theirs)
    if before and before.removed != after.removed:
        no, yes = texts.gettext("no"), texts.gettext("yes")
        shown = (yes, no) if before.removed else (no, yes)
        found.append(Difference(field=texts.field("removed"), ours=shown[0], theirs=shown[1]))
    return found


def _between(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[Difference]:
    """The fields of two fillings of the form that differ, in the order of the form."""
    texts, found = current.texts(), list[Difference]()
    for name in engagement_fields.FIELDS:
        old, new = (_shown(name, fields.get(name, "")) for fields in (ours, theirs))
        if old != new and name != "partner_kinds":
            found.append(Difference(field=texts.field(name), ours=old, theirs=new))
    return found


def _shown(name: str, value: str) -> str:
    texts = current.texts()
    if name == "internal":
        return texts.gettext("yes") if value else texts.gettext("no")
    if name == "activity" and value in set(Activity):
        return texts.label("activity", value)
    return "; ".join(filter(None, map(str.strip, value.splitlines())))
