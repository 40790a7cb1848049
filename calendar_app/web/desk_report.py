"""The report of a period at the desk: what editors write for it, what the record says, and what it lacks."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from flask import Blueprint, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from calendar_app import addresses, report, reporting
from calendar_app.desk import report as writing
from calendar_app.errors import CalendarError, ConflictError, ProblemsError
from calendar_app.events import Event
from calendar_app.report.facts import Period, SectionKey
from calendar_app.store import report as kept
from calendar_app.web import current, done, report_choices, report_others, report_periods, report_record, report_texts
from calendar_app.web.form import told
from calendar_app.web.report_texts import Typed

pages = Blueprint("desk_report", __name__)

_PERIOD = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{4}-[0-9]{2}-[0-9]{2})")


@pages.get(addresses.DESK_REPORT)
def page() -> str | tuple[str, int]:
    """The texts of a period, with what the record says beside each, and the checks before it is published."""
    current.editor()
    try:
        period = report_periods.asked(addresses.desk_report)
    except CalendarError as error:
        return _refused(error)
    return _page(period)


@pages.post(addresses.DESK_REPORT)
def keep() -> Response | str | tuple[str, int]:
    """Keeps the texts that were changed, puts an earlier one back, or offers those of another period as drafts."""
    account, typed = current.editor(), report_texts.sent()
    if not request.query_string:
        return redirect(addresses.DESK_REPORT, code=303)
    try:
        period = report_periods.asked(addresses.desk_report)
    except CalendarError as error:
        return _refused(error)
    if request.form.get("do") == "start":
        return _page(period, replace(typed, drafts=_drafts()))
    try:
        names = _keep(period, typed, actor=account.email)
    except ProblemsError as error:
        return _page(period, replace(typed, problems=told(error.problems))), 422
    except ConflictError as error:
        return _page(period, replace(typed, clash=_clash(error)), conflict=error), 409
    return redirect(addresses.desk_report(report_periods.query_of(period)) + _anchor(names), code=303)


def again(error: CalendarError) -> str | None:
    """The page with what was typed, after what went wrong before it could be kept; None if that can't be shown."""
    if not current.edits():
        return None
    try:
        period = report_periods.asked(addresses.desk_report)
    except (CalendarError, HTTPException):
        # The address names no period, or in another way than the form does.
        return None
    return _page(period, report_texts.sent(), conflict=error)


def _keep(period: Period, typed: Typed, *, actor: str) -> tuple[str, ...]:
    """Does what the form asks for, and has the next page tell it; gives the names of what was written."""
    names = writing.write(
        current.store(),
        period,
        given=typed.texts,
        seen=typed.seen,
        back=current.number("back") if "back" in request.form else 0,
        actor=actor,
        now=current.now(),
    )
    texts = current.texts()
    words = texts.all_of(texts.label("report-text", name) for name in names)
    done.tell("report-saved" if names else "report-same", words)
    return names


def _drafts() -> dict[str, str]:
    """The texts of the period that was chosen to start from; none if it is none."""
    chosen = _PERIOD.fullmatch(request.form.get("like", ""))
    try:
        first, last = map(date.fromisoformat, chosen.groups()) if chosen else (date.max, date.min)
    except ValueError:
        return {}
    return writing.start(current.store(), Period(first=first, last=last))


def _clash(error: ConflictError) -> tuple[str, ...]:
    """The names of the texts that someone else wrote meanwhile."""
    names = error.data.get("names")
    return names if isinstance(names, tuple) else ()


def _anchor(names: Sequence[str]) -> str:
    """Where on the page it goes on: at the section whose button was pressed, or in which a text was put back."""
    section = request.form.get("save", "")
    if "back" in request.form and names:
        section = names[-1]
    return f"#{section}" if section in set(SectionKey) else ""


def _beside(period: Period, sessions: Sequence[Event]) -> list[tuple[str, str, str]]:
    """The periods before and after: the way there, what it is called, and its address."""
    texts = current.texts()
    return [
        (way, report_others.name_of(each, texts), addresses.desk_report(report_periods.query_of(each)))
        for way, each in report_others.beside(period, sessions)
    ]


def _starts(period: Period) -> list[tuple[str, str]]:
    """The other periods that editors wrote for, as the form sends them and in words."""
    here, texts = (period.first, period.last), current.texts()
    return [
        (f"{first} {last}", report_others.name_of(Period(first=first, last=last), texts))
        for first, last in kept.periods(current.store())
        if (first, last) != here
    ]


def _refused(error: CalendarError) -> tuple[str, int]:
    choices = report_choices.refused(error, reporting.sessions(current.store()))
    return render_template("report_refused.html", choices=choices, choose_at=addresses.DESK_REPORT), 400


def _page(period: Period, typed: Typed | None = None, *, conflict: CalendarError | None = None) -> str:
    store, texts = current.store(), current.texts()
    facts, sessions = reporting.gather(store, period), reporting.sessions(store)
    history = kept.history(store, period.first, period.last)
    query = report_periods.query_of(period)
    return render_template(
        "desk_report.html",
        period=period,
        query=query,
        name=report_others.name_of(period, texts),
        days=report_others.days_of(period, texts),
        choices=report_choices.of(period, sessions),
        choose_at=addresses.DESK_REPORT,
        beside=_beside(period, sessions),
        fields=report_texts.fields(history, typed),
        typed=typed,
        problems={f"text-{name}": words for name, words in typed.problems.items()} if typed else {},
        conflict=texts.error(conflict) if conflict else "",
        starts=_starts(period),
        record=report_record.sections(report.write(facts, texts)),
        unplaced=report_record.unplaced(facts),
        checks=report.check(facts, texts),
    )
