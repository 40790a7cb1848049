"""The desk log: everything that was done, by whom and why, to filter and to take along as a file."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, Response, g, render_template, request

from calendar_app import addresses, messages
from calendar_app.errors import CalendarError, Problem, ProblemsError, SelectionError
from calendar_app.fields import LONGEST_NAME, line
from calendar_app.formats import csv_rows, telling
from calendar_app.selection import read_day
from calendar_app.store import log, series
from calendar_app.store.log import Entry, Wanted
from calendar_app.web import current, differences, query
from calendar_app.web.choices import choices
from calendar_app.web.differences import Difference
from calendar_app.web.form import told

pages = Blueprint("log", __name__)

_MOST_ROWS, _MOST_PAGES = 100, 999_999
# Entries that are read at once for a file.
_CHUNK = 2000
_FIELDS = ("who", "what", "event", "series", "from", "to", "batch")
COLUMNS = (
    *("at", "who", "what", "action", "subject", "detail", "why", "source", "source_url", "batch", "changed", "page"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry in words: what was done, what it was done to, and what it changed."""

    entry: Entry
    what: str
    subject: str
    changed: list[Difference]


@pages.get(addresses.LOG)
def page() -> str | tuple[str, int]:
    """What was done, the newest first, a hundred a page."""
    everyone = current.editor().administers
    try:
        wanted, number = _wanted(), query.page(_MOST_PAGES)
    except ProblemsError as error:
        return _page([], problems=told(error.problems)), 422
    start = (number - 1) * _MOST_ROWS
    found = log.entries(current.store(), wanted, everyone=everyone, most=_MOST_ROWS + 1, offset=start)
    lines = list(_lines(found[:_MOST_ROWS]))
    return _page(lines, number=number, more=len(found) > _MOST_ROWS)


@pages.get(addresses.LOG_FILE)
def file() -> Response | tuple[str, int]:
    """All that the page with the same query shows, as CSV."""
    g.private, everyone = True, current.editor().administers
    try:
        wanted = _wanted()
    except ProblemsError as error:
        return _page([], problems=told(error.problems)), 422
    with current.store().snapshot():
        table = csv_rows.table(COLUMNS, map(_cells, _all(wanted, everyone=everyone)))
    headers = {"Content-Disposition": 'attachment; filename="desk-log.csv"'}
    return Response(table, content_type="text/csv; charset=utf-8; header=present", headers=headers)


def _all(wanted: Wanted, *, everyone: bool) -> Iterator[Line]:
    start = 0
    while found := log.entries(current.store(), wanted, everyone=everyone, most=_CHUNK, offset=start):
        yield from _lines(found)
        start += _CHUNK


def _wanted() -> Wanted:
    """What the query narrows the log to.

    Raises:
        ProblemsError: every value that narrows it to nothing that there is.
    """
    given = {name: line(request.args.get(name)) for name in _FIELDS}
    problems = list(_misfits(given))
    first, last = (_day(given, name, problems) for name in ("from", "to"))
    if first and last and first > last:
        problems.append(Problem(field="to", error=CalendarError("select-backwards", first=first, last=last)))
    if problems:
        raise ProblemsError(problems)
    chosen = {name: given[name] for name in ("who", "what", "event", "series")}
    return Wanted(**chosen, first=first, last=last, batch=int(given["batch"]) if given["batch"] else None)


def _misfits(given: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("who", "event"):
        if (count := len(given[name])) > LONGEST_NAME:
            yield Problem(field=name, error=CalendarError("text-long", most=LONGEST_NAME, count=count))
    for name, known in (("what", _actions()), ("series", series.directory(current.store()))):
        if given[name] and given[name] not in known:
            yield Problem(field=name, error=CalendarError("choice-unknown", value=given[name][:60]))
    if given["batch"] and not re.fullmatch("[1-9][0-9]{0,8}", given["batch"]):
        yield Problem(field="batch", error=CalendarError("batch-unknown"))


def _day(given: Mapping[str, str], name: str, problems: list[Problem]) -> date | None:
    try:
        return read_day(name, given[name] or None)
    except SelectionError as error:
        problems.append(Problem(field=name, error=error))
        return None


def _actions() -> dict[str, str]:
    """Every action that the log may tell, with its words."""
    labels = messages.LABELS
    return {action: current.texts().gettext(words) for action, words in (labels["action"] | labels["journal"]).items()}


def _lines(found: list[Entry]) -> Iterator[Line]:
    actions, texts, directory = _actions(), current.texts(), series.directory(current.store())
    for each in found:
        changed = []
        if each.before is not None and each.after is not None:
            changed = differences.revised(each.before, each.after, texts, directory)
        subject = texts.gettext("Change of {title}").format(title=each.about) if each.about else each.title
        # A release that went before may have known other actions.
        yield Line(entry=each, what=actions.get(each.action, each.action), subject=subject, changed=changed)


def _cells(told_line: Line) -> list[str]:
    entry, base = told_line.entry, current.publisher().base
    changed = [f"{each.field}: {each.ours} → {each.theirs}" for each in told_line.changed]
    return [
        *(telling.moment(entry.at), entry.actor, told_line.what, entry.action, told_line.subject, entry.detail),
        *(entry.reason, entry.source, entry.source_url, f"{entry.batch or ''}", "; ".join(changed)),
        base + entry.address if entry.address else "",
    ]


def _page(lines: list[Line], *, problems: Mapping[str, str] | None = None, number: int = 1, more: bool = False) -> str:
    given = {name: request.args.get(name, "") for name in _FIELDS}
    chosen, offered = urlencode({name: value for name, value in given.items() if value}), choices()
    known = {"what": _actions(), "series": dict(offered.series)}
    return render_template(
        "desk_log.html",
        lines=lines,
        given=given,
        problems=problems or {},
        query=chosen,
        narrowed=[
            f"{current.texts().field(name)}: {known.get(name, {}).get(value, value)}"
            for name, value in given.items()
            if value
        ],
        earlier=f"{chosen}&page={number + 1}".lstrip("&") if more else "",
        later=f"{chosen}&page={number - 1}".lstrip("&") if number > 1 else "",
        number=number,
        actions=sorted(known["what"].items(), key=lambda pair: pair[1]),
        choices=offered,
    )
