"""Series at the desk: what is expected next and what is missing; one to edit, and a new one."""

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import addresses, desk, spans
from calendar_app.cadence import Overdue
from calendar_app.desk import series_fields
from calendar_app.errors import ConflictError, NotFoundError, Problem, ProblemsError, SpanError
from calendar_app.events import Event, Series
from calendar_app.spans import Precision, Span
from calendar_app.store import events, series
from calendar_app.web import current, done, series_changes
from calendar_app.web.choices import choices
from calendar_app.web.differences import Difference
from calendar_app.web.form import told

pages = Blueprint("desk_series", __name__)

_MONTHS = re.compile(r"([a-z0-9-]{1,80}) ([0-9]{4}-[0-9]{2}) ([0-9]{4}-[0-9]{2})")


@pages.get(addresses.DESK_SERIES)
def all_series() -> str:
    """What may be expected next, where sessions are missing, and every series to edit."""
    current.editor()
    return _list()


@pages.post(addresses.DESK_SERIES)
def add_expected() -> Response | tuple[str, int]:
    """Puts one expected session into the calendar, as expected."""
    account = current.editor()
    try:
        key, span = _session(request.form.get("add", ""))
        event = desk.add_expected(
            current.store(), key, span, today=current.today(), actor=account.email, now=current.now()
        )
    except ConflictError as error:
        return _list(conflict=current.texts().error(error)), 409
    except ProblemsError as error:
        return _list(conflict=" ".join(told(error.problems).values())), 422
    return redirect(f"{addresses.DESK_SERIES}?added={event.slug}", code=303)


@pages.get(addresses.NEW_SERIES)
def new() -> str:
    """The empty form of a series."""
    current.editor()
    return _page(None, {"kind": "forum"})


@pages.post(addresses.NEW_SERIES)
def add() -> Response | tuple[str, int]:
    """Adds a series."""
    account, given = current.editor(), _given()
    reason = request.form.get("reason", "")
    try:
        added = desk.add_series(current.store(), given, reason=reason, actor=account.email, now=current.now())
    except ProblemsError as error:
        return _page(None, given, problems=error.problems), 422
    done.tell("series-added", added.name)
    return redirect(addresses.series(added.key), code=303)


@pages.get(f"{addresses.DESK_SERIES}/<key>")
def one(key: str) -> str:
    """A series' form, filled with it, and its history."""
    current.editor()
    found = _found(key)
    return _page(found, series_fields.fields_of(found))


@pages.post(f"{addresses.DESK_SERIES}/<key>")
def edit(key: str) -> Response | tuple[str, int]:
    """Changes a series."""
    account, found, given = current.editor(), _found(key), _given()
    try:
        desk.edit_series(
            current.store(),
            key,
            given,
            seen=current.number("seen"),
            reason=request.form.get("reason", ""),
            actor=account.email,
            now=current.now(),
        )
    except ProblemsError as error:
        return _page(found, given, problems=error.problems), 422
    except ConflictError as error:
        return _page(_found(key), given, conflict=current.texts().error(error)), 409
    done.tell("series-saved", found.name)
    return redirect(addresses.desk_series(key), code=303)


def _found(key: str) -> Series:
    found = series.directory(current.store()).get(key)
    if found is None:
        raise NotFoundError("series-none", name=key)
    return found


def _session(value: str) -> tuple[str, Span]:
    """The series and the months that a button of the list names."""
    told_by = _MONTHS.fullmatch(value)
    if told_by is None:
        raise ConflictError("expected-gone")
    return told_by[1], _months(told_by[2], told_by[3])


def _months(first: str, last: str) -> Span:
    try:
        return spans.from_iso(first, last, Precision.MONTH)
    except SpanError:
        raise ConflictError("expected-gone") from None


def _given() -> dict[str, Any]:
    """The form's fields as the validator takes them."""
    given: dict[str, Any] = {name: request.form.get(name, "") for name in series_fields.FIELDS}
    return given | {name: [each for each in request.form.getlist(name) if each] for name in series_fields.LISTS}


def _list(*, conflict: str = "") -> str:
    store, today = current.store(), current.today()
    return render_template(
        "desk_series.html",
        expected=[(each, _value(each.series, each.span)) for each in desk.expected(store, today=today)],
        overdue=[(each, [_missing(gap) for gap in gaps]) for each, gaps in desk.overdue(store, today=today)],
        directory=series.directory(store).values(),
        added=_added(request.args.get("added", "")),
        conflict=conflict,
    )


def _value(of: Series, span: Span) -> str:
    return " ".join([of.key, *spans.to_iso(span)])


def _added(slug: str) -> Event | None:
    """The event that was added just now."""
    try:
        return events.by_slug(current.store(), slug) if slug else None
    except NotFoundError:
        return None


def _missing(gap: Overdue) -> str:
    """Which sessions are missing, in words: "2018", "1 of 2 in 2016", "none of 2 in 2017–2018"."""
    gettext = current.texts().gettext
    years = str(gap.first) if gap.first == gap.last else f"{gap.first}–{gap.last}"
    if gap.times == 1:
        return years
    recorded = gap.recorded or gettext("none")
    if gap.promised < gap.times:
        words = gettext("{recorded} of {promised} so far in {years}")
    else:
        words = gettext("{recorded} of {promised} in {years}")
    return words.format(recorded=recorded, promised=gap.promised, years=years)


def _page(
    found: Series | None, given: dict[str, Any], *, problems: tuple[Problem, ...] = (), conflict: str = ""
) -> str:
    store, texts = current.store(), current.texts()
    revisions = series.revisions(store, found.key) if found else []
    stands = series_fields.fields_of(found) if found else {}
    return render_template(
        "desk_one_series.html",
        series=found,
        given=given,
        reason=request.form.get("reason", ""),
        # The revision that the form was begun with, until a conflict shows the newest.
        seen=request.form.get("seen", "") if problems else revisions[0].id if revisions else 0,
        problems=told(problems),
        conflict=conflict,
        differences=series_changes.between(stands, given, texts) if conflict else [],
        revisions=[(each, _changed(each)) for each in revisions],
        count=len(events.of_series(store, found.key)) if found else 0,
        choices=choices(),
    )


def _changed(revision: series.SeriesRevision) -> list[Difference]:
    """What a revision changed; nothing of the one that the series came with."""
    if revision.before is None:
        return []
    before, after = (series_fields.fields_of(each) for each in (revision.before, revision.after))
    return series_changes.between(before, after, current.texts())
