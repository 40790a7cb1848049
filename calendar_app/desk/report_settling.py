"""What a report lacks and is to lack: settled at the desk for its period with the reason, and taken back."""

from collections.abc import Iterable
from datetime import datetime

from calendar_app import addresses, report, reporting, texts
from calendar_app.desk.report import named
from calendar_app.desk.saving import reason_of
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.report.facts import Period
from calendar_app.store import Store, journal
from calendar_app.store import report as kept

_ENGLISH = texts.of("en")


def settle(
    store: Store, period: Period, names: Iterable[str], *, reason: str, actor: str, now: datetime
) -> tuple[str, ...]:
    """Keeps why there is nothing to report of things that a check names; gives what they are called.

    `names` are those of `report.settling`; what is not open any more is left as it is.

    Raises:
        ProblemsError: nothing is chosen, or no reason is given.
    """
    chosen, problems = frozenset(names), list[Problem]()
    if not chosen:
        problems.append(Problem(field="settle", error=CalendarError("report-settle-none")))
    try:
        why = reason_of(reason, needed=True)
    except ProblemsError as error:
        problems += error.problems
    if problems:
        raise ProblemsError(problems)
    with store.change(now, actor=actor, reason=why) as change:
        facts = reporting.gather(store, period)
        left, _ = report.parted(report.check(facts, _ENGLISH), facts.written)
        found = {report.settling(check.kind, each): each.text for check in left for each in check.subjects}
        told = tuple(name for name in found if name in chosen)
        for name in told:
            kept.write(change, period.first, period.last, name=name, text=why)
        if told:
            detail = named(period, "; ".join(found[name] for name in told))
            journal.add(change, action="report-settled", subject=addresses.desk_report(period.query), detail=detail)
        return tuple(found[name] for name in told)


def reopen(store: Store, period: Period, name: str, *, actor: str, now: datetime) -> str:
    """Has a check name a thing again that was settled; gives what it is called.

    Raises:
        ConflictError: it is not settled.
    """
    with store.change(now, actor=actor) as change:
        facts = reporting.gather(store, period)
        _, done = report.parted(report.check(facts, _ENGLISH), facts.written)
        found = next((each for each in done if each.name == name), None)
        if found is None:
            raise ConflictError("report-settled-unknown", names=())
        kept.write(change, period.first, period.last, name=name, text="")
        detail = named(period, found.subject.text)
        journal.add(change, action="report-reopened", subject=addresses.desk_report(period.query), detail=detail)
        return found.subject.text
