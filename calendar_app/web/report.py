"""The Council report of a period, as a page and as files."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from flask import Blueprint, Response, render_template

from calendar_app import addresses, report, reporting
from calendar_app.errors import CalendarError
from calendar_app.events import Event
from calendar_app.formats import reported
from calendar_app.formats.report_files import ANNEX, FILES, TEXT, WORD, File
from calendar_app.report.facts import Period
from calendar_app.selection import Selection
from calendar_app.topics import Kind
from calendar_app.web import current, report_choices, report_compared, report_files, report_others, report_periods
from calendar_app.web.report_told import Teller, named_in

pages = Blueprint("report", __name__)

_SIDE_EVENTS = Selection.of(kind=Kind.SIDE_EVENT)


@pages.get(addresses.REPORT)
def page() -> Response | str | tuple[str, int]:
    """The report, what its period leaves out and takes in against others, and the choice of another."""
    return _answered(addresses.report, _page)


@pages.get(WORD.path)
def word() -> Response | str | tuple[str, int]:
    """The report as a Word document."""
    return _file(WORD)


@pages.get(TEXT.path)
def text() -> Response | str | tuple[str, int]:
    """The report as plain text."""
    return _file(TEXT)


@pages.get(ANNEX.path)
def annex() -> Response | str | tuple[str, int]:
    """The events of the report as a table for programs."""
    return _file(ANNEX)


def _file(file: File) -> Response | str | tuple[str, int]:
    return _answered(file.at, lambda period, _: report_files.sent(file, period))


def _answered(
    at: Callable[[str], str], answer: Callable[[Period, Sequence[Event]], Response | str]
) -> Response | str | tuple[str, int]:
    """What is answered for the period that is asked for; if it is none, the choice of one with what was typed."""
    try:
        period, sessions = report_periods.asked(at)
    except CalendarError as error:
        return render_template("report_refused.html", choices=report_choices.refused(error)), 400
    return answer(period, sessions)


def _page(period: Period, sessions: Sequence[Event]) -> str:
    texts, facts = current.texts(), reporting.gather(current.store(), period)
    written = report.write(facts, texts)
    near = report_others.beside(period, sessions)
    teller = Teller(written, facts, today=current.today())
    sections = teller.sections()
    return render_template(
        "report.html",
        period=period,
        name=report_others.name_of(period, texts),
        days=report_others.days_of(period, texts),
        beside=[(way, report_others.name_of(each, texts), report_others.address_of(each)) for way, each in near],
        compared=report_compared.compared(facts, sessions, texts),
        choices=report_choices.of(period, sessions),
        files=FILES,
        document=reported.title(written, texts),
        head=list(reported.head(written, texts)),
        action=reported.action(written) or texts.gettext("not given"),
        sections=sections,
        annex=teller.annex(),
        sources=written.sources,
        named_in=named_in(sections, teller.numbers),
        sides=addresses.events(replace(_SIDE_EVENTS, first=period.first, last=period.last).query),
        numbers=teller.numbers,
        drawn_on=teller.months,
        left=report.open_things(report.check(facts, texts), facts.written) if current.edits() else 0,
    )
