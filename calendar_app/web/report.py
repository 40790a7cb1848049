"""The Council report of a period, as a page and as files."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, render_template

from calendar_app import addresses, report, reporting
from calendar_app.errors import CalendarError
from calendar_app.formats import reported
from calendar_app.report import periods
from calendar_app.report.facts import Facts
from calendar_app.web import current, report_choices, report_compared, report_files, report_others, report_periods
from calendar_app.web.report_files import ANNEX, TEXT, WORD
from calendar_app.web.report_told import Teller

pages = Blueprint("report", __name__)

_Answer = TypeVar("_Answer")


@pages.get(addresses.REPORT)
def page() -> str | tuple[str, int]:
    """The report, what its period leaves out and takes in against others, and the choice of another."""
    return _answered(addresses.report, _page)


@pages.get(WORD.path)
def word() -> Response | tuple[str, int]:
    """The report as a Word document."""
    return _answered(WORD.at, lambda facts: report_files.sent(WORD, facts))


@pages.get(TEXT.path)
def text() -> Response | tuple[str, int]:
    """The report as plain text."""
    return _answered(TEXT.at, lambda facts: report_files.sent(TEXT, facts))


@pages.get(ANNEX.path)
def annex() -> Response | tuple[str, int]:
    """The events of the report as a table for programs."""
    return _answered(ANNEX.at, lambda facts: report_files.sent(ANNEX, facts))


def _answered(at: Callable[[str], str], answer: Callable[[Facts], _Answer]) -> _Answer | tuple[str, int]:
    """What is answered for the period that is asked for; if it is none, the choice of one with what was typed."""
    try:
        period = report_periods.asked(at)
    except CalendarError as error:
        last_year = periods.calendar_year(current.today().year - 1)
        choices = report_choices.refused(error, reporting.sessions(current.store(), near=last_year))
        return render_template("report_refused.html", choices=choices), 400
    return answer(reporting.gather(current.store(), period))


def _page(facts: Facts) -> str:
    texts, period = current.texts(), facts.period
    sessions = reporting.sessions(current.store(), near=period)
    written = report.write(facts, texts)
    near = report_others.beside(period, sessions)
    teller = Teller(written, facts, today=current.today())
    return render_template(
        "report.html",
        period=period,
        query=report_periods.query_of(period),
        name=report_others.name_of(period, texts),
        days=report_others.days_of(period, texts),
        beside=[(way, report_others.name_of(each, texts), report_others.address_of(each)) for way, each in near],
        compared=report_compared.compared(facts, sessions, texts),
        choices=report_choices.of(period, sessions),
        files={"word": WORD, "text": TEXT, "annex": ANNEX},
        document=reported.title(written, texts),
        head=list(reported.head(written, texts)),
        action=reported.action(written, texts),
        sections=teller.sections(),
        annex=teller.annex(),
        sources=written.sources,
        numbers=teller.numbers,
        drawn_on=teller.months,
        checks=len(report.check(facts, texts)) if current.edits() else 0,
    )
