"""Where reports name events and series, at the desk: each section in its order, and the form to place one."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses
from calendar_app.desk import report_places
from calendar_app.desk.report_places import SECTIONS, Subject
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, ProblemsError
from calendar_app.fields import line
from calendar_app.report.facts import ReportPlace
from calendar_app.store import report_places as kept
from calendar_app.store import series
from calendar_app.web import current, done, report_periods
from calendar_app.web.form import told

pages = Blueprint("desk_places", __name__)

_FIELDS = (*report_places.FIELDS, "event", "series", "reason")


@pages.get(addresses.DESK_PLACES)
def page() -> str:
    """Every section with what it names, and the form filled with the place that the query names."""
    current.editor()
    subject = _subject(request.args)
    if subject is None:
        return _page(None, {})
    return _page(subject, _filled(subject, request.args.get("section", "")))


@pages.post(addresses.DESK_PLACES)
def keep() -> Response | tuple[str, int]:
    """Places an event or series in a section, or takes it out of one."""
    account, subject = current.editor(), _subject(request.form)
    given = {name: request.form.get(name, "") for name in (*_FIELDS, "instead_of")}
    if subject is None:
        return _page(None, given, problems={"series": current.texts().error(CalendarError("report-subject"))}), 422
    try:
        _carry_out(subject, given, actor=account.email)
    except ProblemsError as error:
        return _page(subject, given, problems=told(error.problems)), 422
    except NotFoundError as error:
        # Named by its field again, so that another one can be.
        return _page(None, given, problems={subject.kind: current.texts().error(error)}), 422
    except ConflictError as error:
        return _page(subject, given, conflict=current.texts().error(error)), 409
    return redirect(_after(), code=303)


def _carry_out(subject: Subject, given: Mapping[str, str], *, actor: str) -> None:
    """Does what the form asks for, and has the next page tell it."""
    store, now = current.store(), current.now()
    name = report_places.name_of(store, subject)
    # A form without a mark showed no place of it, so one that it has would be lost unseen.
    seen = request.form.get("seen", report_places.mark(()))
    do, section, why = request.form.get("do"), given["instead_of"], given["reason"]
    if do == "out":
        report_places.take_out(store, subject, section, reason=why, seen=seen, actor=actor, now=now)
        return done.tell("report-taken-out", name)
    if do == "series":
        report_places.as_series(store, subject, reason=why, seen=seen, actor=actor, now=now)
        return done.tell("report-as-series", name)
    report_places.put(store, subject, given, instead_of=section, seen=seen, actor=actor, now=now)
    return done.tell("report-placed", name)


def _subject(given: Mapping[str, str]) -> Subject | None:
    """The event, by its slug or its address, or else the series that is named; None for none.

    A list of both names one by its kind: "event igf-2016".
    """
    # An address as it is copied from its page.
    if slug := line(given.get("event")).partition("?")[0].rstrip("/").rpartition("/")[2]:
        return Subject("event", slug)
    kind, _, key = line(given.get("what")).partition(" ")
    if key:
        return Subject("event" if kind == "event" else "series", key)
    key = line(given.get("series"))
    return Subject("series", key) if key else None


def _filled(subject: Subject, section: str) -> dict[str, str]:
    """The form as the place of a subject in a section fills it; empty where it has none there."""
    chosen = {"event": subject.key} if subject.kind == "event" else {"series": subject.key}
    mine = report_places.of(current.store(), subject)
    place = next((each for each in mine if each.section and (each.section == section or subject.kind == "event")), None)
    if place is None:
        return chosen | {"section": section}
    fields = {name: str(getattr(place, name)) for name in report_places.FIELDS}
    return chosen | fields | {"instead_of": place.section}


def _after() -> str:
    """Where it goes on: at the report that the form came from, else here."""
    period = report_periods.carried(request.form.get("period", ""))
    return addresses.desk_report(period.query) if period else addresses.DESK_PLACES


def _change(place: ReportPlace) -> str:
    """The address of the form that is filled with a place."""
    return addresses.desk_places(urlencode({place.subject: place.key, "section": place.section}))


def _page(
    subject: Subject | None, given: Mapping[str, str], *, problems: Mapping[str, str] | None = None, conflict: str = ""
) -> str:
    store, texts = current.store(), current.texts()
    places = sorted(kept.standing(store), key=lambda each: (each.subject == "event", each.position, each.key))
    mine = report_places.of(store, subject) if subject else ()
    return render_template(
        "desk_places.html",
        sections=[
            (key, texts.label("report-text", key), [(each, _change(each)) for each in places if each.section == key])
            for key in SECTIONS
        ],
        left_out=[(each, _change(each)) for each in places if not each.section],
        subject=subject,
        called=report_places.name_of(store, subject) if subject else "",
        mine=mine,
        seen=report_places.mark(mine),
        given={name: given.get(name, "") for name in (*_FIELDS, "instead_of")},
        period=request.form.get("period", ""),
        directory=series.directory(store),
        problems=problems or {},
        conflict=conflict,
    )
