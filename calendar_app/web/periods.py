"""Periods to choose with one click, each as absolute days, so that its address keeps its meaning."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from calendar_app.selection import Selection
from calendar_app.spans import Precision, unit
from calendar_app.texts import Texts
from calendar_app.web import yearly


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A period to choose with one click; `here` if the selection has it already."""

    label: str
    selection: Selection
    here: bool


def presets(wanted: Selection, texts: Texts, *, today: date) -> list[Preset]:
    """The periods around a day (UTC), each as the selection cut to it instead of to its own period."""
    gettext, quarter = texts.gettext, (today.month - 1) // 3 * 3 + 1
    quarters_last = date(today.year, quarter + 2, 1)
    monday = today - timedelta(today.weekday())
    offered: list[tuple[str, date, date | None]] = [
        (gettext("This week"), monday, monday + timedelta(6)),
        (gettext("This month"), *unit(today, Precision.MONTH)),
        (gettext("This quarter"), date(today.year, quarter, 1), unit(quarters_last, Precision.MONTH)[1]),
        (gettext("This year"), *unit(today, Precision.YEAR)),
        (gettext("Next twelve months"), today, yearly.ending(today)),
        (gettext("Since 1 January"), date(today.year, 1, 1), None),
    ]
    found = [(label, replace(wanted, first=first, last=last, when="")) for label, first, last in offered]
    return [Preset(label=label, selection=chosen, here=chosen == wanted) for label, chosen in found]
