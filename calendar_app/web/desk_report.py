"""The report of a period at the desk: what editors write for it, what the record says, and what it lacks."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from calendar_app import addresses, report, reporting
from calendar_app.desk import report as writing
from calendar_app.errors import CalendarError, ConflictError, ProblemsError
from calendar_app.events import Event
from calendar_app.report.facts import Period, SectionKey
from calendar_app.report.record import Record
from calendar_app.store import report as kept
from calendar_app.web import (
    current,
    done,
    report_choices,
    report_others,
    report_periods,
    report_record,
    report_settled,
    report_texts,
)
from calendar_app.web.form import told
from calendar_app.web.report_settled import Ticked
from calendar_app.web.report_texts import Typed

pages = Blueprint("desk_report", __name__)


@pages.get(addresses.DESK_REPORT)
def page() -> str | tuple[str, int]:
    """The texts of a period, with what the record says beside each, and the checks before it is published."""
    current.editor()
    try:
        period, sessions = report_periods.asked(addresses.desk_report)
    except CalendarError as error:
        return _refused(error)
    return _page(period, sessions)


@pages.post(addresses.DESK_REPORT)
def keep() -> Response | str | tuple[str, int]:
    """Keeps the texts that were changed, puts an earlier one back, or offers those of another period as drafts."""
    account, typed = current.editor(), report_texts.sent()
    if not request.query_string:
        return redirect(addresses.DESK_REPORT, code=303)
    try:
        period, sessions = report_periods.asked(addresses.desk_report)
    except CalendarError as error:
        return _refused(error)
    if request.form.get("do") == "start":
        return _page(period, sessions, replace(typed, drafts=_drafts()))
    if report_settled.is_sent():
        return _settle(period, sessions, actor=account.email)
    try:
        names = _keep(period, typed, actor=account.email)
    except ProblemsError as error:
        return _page(period, sessions, replace(typed, problems=told(error.problems))), 422
    except ConflictError as error:
        return _page(period, sessions, replace(typed, clash=_clash(error)), conflict=error), 409
    return redirect(addresses.desk_report(period.query) + _anchor(names), code=303)


def _settle(period: Period, sessions: Sequence[Event], *, actor: str) -> Response | tuple[str, int]:
    """Settles things of a check, or opens one again."""
    try:
        report_settled.carry_out(period, actor=actor)
    except ProblemsError as error:
        return _page(period, sessions, ticked=report_settled.flawed(error)), 422
    except ConflictError as error:
        return _page(period, sessions, conflict=error), 409
    return redirect(addresses.desk_report(period.query) + "#checks", code=303)


def again(error: CalendarError) -> str | None:
    """The page with what was typed, after what went wrong before it could be kept; None if that can't be shown."""
    if not current.edits():
        return None
    try:
        period, sessions = report_periods.asked(addresses.desk_report)
    except (CalendarError, HTTPException):
        # The address names no period, or in another way than the form does.
        return None
    if report_settled.is_sent():
        return _page(period, sessions, ticked=report_settled.sent(), conflict=error)
    return _page(period, sessions, report_texts.sent(), conflict=error)


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
    chosen = report_periods.carried(request.form.get("like", ""))
    return writing.start(current.store(), chosen) if chosen else {}


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
        (way, report_others.name_of(each, texts), addresses.desk_report(each.query))
        for way, each in report_others.beside(period, sessions)
    ]


def _starts(period: Period) -> list[tuple[str, str]]:
    """The other periods that editors wrote for, as the form sends them and in words."""
    texts = current.texts()
    others = (Period(first=first, last=last) for first, last in kept.periods(current.store()))
    return [(each.query, report_others.name_of(each, texts)) for each in others if each.query != period.query]


def _refused(error: CalendarError) -> tuple[str, int]:
    choices = report_choices.refused(error)
    return render_template("report_refused.html", choices=choices, choose_at=addresses.DESK_REPORT), 400


def _page(
    period: Period,
    sessions: Sequence[Event],
    typed: Typed | None = None,
    *,
    ticked: Ticked | None = None,
    conflict: CalendarError | None = None,
) -> str:
    store, texts = current.store(), current.texts()
    facts = reporting.gather(store, period)
    checks, settled = report.parted(report.check(facts, texts), facts.written)
    history = kept.history(store, period.first, period.last)
    return render_template(
        "desk_report.html",
        period=period,
        name=report_others.name_of(period, texts),
        days=report_others.days_of(period, texts),
        choices=report_choices.of(period, sessions),
        choose_at=addresses.DESK_REPORT,
        beside=_beside(period, sessions),
        fields=report_texts.fields(history, typed),
        typed=typed,
        problems=typed.problems if typed else {},
        labels={name: texts.label("report-text", name) for name in typed.problems} if typed else {},
        conflict=texts.error(conflict) if conflict else "",
        starts=_starts(period),
        record=report_record.sections(report.write(facts, texts)),
        unplaced=report_record.unplaced(Record(facts, texts)),
        checks=checks,
        left=sum(len(each.subjects) for each in checks),
        settled=settled,
        name_of=report.settling,
        ticked=ticked or Ticked(),
    )
