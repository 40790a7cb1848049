"""The small forms under the checks of a report: there is nothing to report of a thing, or there is after all."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from calendar_app.desk import report_settling
from calendar_app.errors import ProblemsError
from calendar_app.report.facts import Period
from calendar_app.web import current, done
from calendar_app.web.form import told


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """What the form of a check holds. `kind` is the check's, `problems` are words by the field of the form."""

    kind: str = ""
    names: tuple[str, ...] = ()
    reason: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


def is_sent() -> bool:
    """Whether one of these forms was sent."""
    return request.form.get("do") in {"settle", "reopen"}


def sent() -> Ticked:
    """What was ticked and typed."""
    if request.form.get("do") != "settle":
        return Ticked()
    form = request.form
    return Ticked(kind=form.get("kind", ""), names=tuple(form.getlist("settle")), reason=form.get("reason", ""))


def carry_out(period: Period, *, actor: str) -> None:
    """Does what the form asks for, and has the next page tell it.

    Raises:
        ProblemsError: nothing is ticked, or no reason is given.
        ConflictError: what is to be opened again is not settled any more.
    """
    store, now = current.store(), current.now()
    if request.form.get("do") == "reopen":
        name = request.form.get("settled", "")
        return done.tell("report-reopened", report_settling.reopen(store, period, name, actor=actor, now=now))
    ticked = sent()
    found = report_settling.settle(store, period, ticked.names, reason=ticked.reason, actor=actor, now=now)
    return done.tell("report-settled" if found else "report-same", "; ".join(found))


def flawed(error: ProblemsError) -> Ticked:
    """The form as it was sent, with what is wrong with it."""
    ticked = sent()
    return Ticked(kind=ticked.kind, names=ticked.names, reason=ticked.reason, problems=told(error.problems))
