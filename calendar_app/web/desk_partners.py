"""The partners at the desk: added, edited, joined with another, and their history."""

from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses
from calendar_app.desk import partner_fields, partner_merging, partners
from calendar_app.desk.partner_fields import FIELDS
from calendar_app.engagement import Partner
from calendar_app.errors import ConflictError, Problem, ProblemsError
from calendar_app.store import partners as directory
from calendar_app.store import stated
from calendar_app.store.partners import PartnerRevision
from calendar_app.topics import PartnerKind
from calendar_app.web import current, done
from calendar_app.web.differences import Difference
from calendar_app.web.form import told

pages = Blueprint("desk_partners", __name__)

_MOST_REVISIONS = 100


@pages.get(addresses.DESK_PARTNERS)
def all_partners() -> str:
    """Every partner, those too of which nothing is public."""
    current.editor()
    store = current.store()
    return render_template(
        "desk_partners.html", directory=directory.directory(store).values(), told=stated.of_partners(store)
    )


@pages.get(addresses.NEW_PARTNER)
def new() -> str:
    """The empty form of a partner."""
    current.editor()
    return _page(None, {})


@pages.post(addresses.NEW_PARTNER)
def add() -> Response | tuple[str, int]:
    """Adds a partner."""
    account, given = current.editor(), _given()
    try:
        added = partners.add(current.store(), given, reason=_reason(), actor=account.email, now=current.now())
    except ProblemsError as error:
        return _page(None, given, problems=error.problems), 422
    done.tell("partner-added", added.name)
    return redirect(addresses.desk_partner(added.key), code=303)


@pages.get(f"{addresses.DESK_PARTNERS}/<key>")
def one(key: str) -> str:
    """A partner's form, filled with it, and its history."""
    current.editor()
    found = partners.find(current.store(), key)
    return _page(found, partner_fields.fields_of(found))


@pages.post(f"{addresses.DESK_PARTNERS}/<key>")
def change(key: str) -> Response | tuple[str, int]:
    """Changes a partner, joins it with the one that it is, or puts back what a change did."""
    account = current.editor()
    found, given = partners.find(current.store(), key), _given()
    try:
        said, name = _do(found, given, actor=account.email)
    except ProblemsError as error:
        return _page(found, given, problems=error.problems), 422
    except ConflictError as error:
        return _page(partners.find(current.store(), key), given, conflict=current.texts().error(error)), 409
    done.tell(said, name)
    return redirect(addresses.desk_partner(key), code=303)


def _do(found: Partner, given: dict[str, str], *, actor: str) -> tuple[str, str]:
    """Does what the button that was pressed says; gives what is told of it, and of whom."""
    store, now, seen = current.store(), current.now(), current.number("seen")
    number = current.number("revision")
    match request.form.get("do", ""):
        case "merge":
            into = request.form.get("same_as", "")
            names = "names" in request.form
            with_why: dict[str, Any] = {"seen": seen, "reason": _reason(), "actor": actor, "now": now}
            kept = partner_merging.merge(store, found.key, into, names=names, **with_why)
            return "partner-merged", kept.name
        case "part":
            back = partner_merging.part(store, found.key, number, reason=_reason(), actor=actor, now=now)
            return "partner-parted", back.name
        case "undo":
            back = partners.undo(store, found.key, number, seen=seen, reason=_reason(), actor=actor, now=now)
            return "undo", ""
        case _:
            told = partners.edit(store, found.key, given, seen=seen, reason=_reason(), actor=actor, now=now)
            return "partner-saved", told.name


def _given() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in FIELDS}


def _reason() -> str:
    return request.form.get("reason", "")


def _page(
    found: Partner | None, given: dict[str, str], *, problems: tuple[Problem, ...] = (), conflict: str = ""
) -> str:
    store, texts = current.store(), current.texts()
    revisions = directory.revisions(store, found.key)[:_MOST_REVISIONS] if found else []
    known = directory.directory(store)
    told_of = stated.of_partners(store).get(found.key, 0) if found else 0
    stands = partner_fields.fields_of(found) if found else {}
    return render_template(
        "desk_partner.html",
        partner=found,
        now=known.get(found.same_as) if found else None,
        given=given,
        do=request.form.get("do", ""),
        same_as=request.form.get("same_as", ""),
        revision=current.number("revision"),
        reason=_reason(),
        # The revision that the form was begun with, until a conflict shows the newest.
        seen=request.form.get("seen", "") if problems else revisions[0].id if revisions else 0,
        problems=told(problems),
        conflict=conflict,
        differences=_between(stands, given) if conflict and not request.form.get("do") else [],
        revisions=[(each, _changed(each), _way(found, each)) for each in revisions],
        told=told_of,
        # What was never public is not made so without being asked.
        names="names" in request.form if request.form.get("do") == "merge" else bool(told_of),
        kinds=[(kind, texts.label("partner", kind)) for kind in PartnerKind],
        others=[each for each in known.values() if not each.same_as and each != found],
    )


def _way(found: Partner | None, revision: PartnerRevision) -> str:
    """How a change can be put back: "undo", "part" where two were joined, or "" for not at all."""
    if found is None or revision.before is None:
        return ""
    if revision.before.same_as != revision.after.same_as:
        return "part" if found.same_as and found == revision.after else ""
    return "undo" if not found.same_as and partners.can_undo(found, revision) else ""


def _changed(revision: PartnerRevision) -> list[Difference]:
    """What a revision changed; nothing of the one that the partner came with."""
    if revision.before is None:
        return []
    return _between(*map(partner_fields.fields_of, (revision.before, revision.after)))


def _between(ours: dict[str, str], theirs: dict[str, str]) -> list[Difference]:
    texts, found = current.texts(), []
    for name in FIELDS:
        old, new = (_shown(name, values.get(name, "")) for values in (ours, theirs))
        if old != new:
            found.append(Difference(field=texts.field(name), ours=old, theirs=new))
    return found


def _shown(name: str, value: str) -> str:
    if name == "kind" and value in set(PartnerKind):
        return current.texts().label("partner", value)
    return "; ".join(filter(None, map(str.strip, value.splitlines())))
