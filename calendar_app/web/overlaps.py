"""What meets in time in a selection, or of one with another, a year of it at the most; and what meets one event."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from flask import Blueprint, render_template

from calendar_app import addresses, overlap
from calendar_app.events import Event
from calendar_app.overlap import Clash, Finding
from calendar_app.selection import Selection
from calendar_app.spans import Precision
from calendar_app.store import events, search, series
from calendar_app.web import against, clashes, current, periods, query, views, yearly
from calendar_app.web.clashes import Pair
from calendar_app.web.yearly import Period

pages = Blueprint("overlaps", __name__)

# What is compared and what is told at the most: eight times what the record's fullest year has.
MOST_EVENTS, MOST_PAIRS = 400, 400
# On an event's page; the rest is a click away.
_MOST_BESIDE = 12
# How far around an event others are looked for: another source may have dated one of them a month away.
_AROUND = timedelta(days=35)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for: a selection, the one it is checked against (None: itself), and how they meet."""

    wanted: Selection
    others: Selection | None
    show: str
    period: Period

    @property
    def shown(self) -> Selection:
        """The selection in the period that is shown."""
        narrowed = views.within(self.wanted, self.period.first, self.period.last)
        return narrowed if self.period.why else self.wanted

    def held(self, show: str) -> list[tuple[str, str]]:
        """What an address says beside the selection, to show one way of meeting alone."""
        return [*against.pairs(self.others), *([("show", show)] if show else [])]

    def at(self, chosen: Selection) -> str:
        """The address of another selection, checked and shown in the same way."""
        return views.with_pairs(addresses.view(addresses.OVERLAPS, chosen.query), self.held(self.show))

    def to_show(self, show: str) -> str:
        """The address of the same selection, to show one way of meeting alone."""
        return views.with_pairs(addresses.view(addresses.OVERLAPS, self.wanted.query), self.held(show))


@pages.get(addresses.OVERLAPS)
def overlaps() -> str:
    """What meets in time."""
    asked = _asked()
    found = _found(asked.shown)
    others = found if asked.others is None else _found(_around(asked.others, asked.period))
    told = _clashes(found, others, across=asked.others is not None)
    return render_template(
        "overlaps.html",
        **_framed(asked),
        **_shown(asked, found, told),
        full=len(told) == MOST_PAIRS or MOST_EVENTS in {len(found), len(others)},
    )


def beside(event: Event) -> list[tuple[Finding, list[Pair]]]:
    """What meets an event, by how sure that is: for its page, the first few."""
    if _vague(event) or event.off:
        return []
    spans = [event.span, *(claim.span for claim in event.claims if claim.span.precision is not Precision.YEAR)]
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    near = _found(Selection(first=first - _AROUND, last=last + _AROUND))
    told = _clashes([event], near, across=True)
    ordered = sorted(told, key=lambda clash: list(Finding).index(clash.finding))[:_MOST_BESIDE]
    groups = groupby(ordered, key=lambda clash: clash.finding)
    return [(finding, clashes.pairs(event, found, current.listing())) for finding, found in groups]


def _asked() -> Asked:
    wanted, show = views.asked("show", *against.NAMES), query.option("show", [*Finding])
    period = yearly.of(wanted, today=current.today(), picked=lambda: _found(wanted))
    return Asked(wanted=wanted, others=against.asked(), show=show, period=period)


def _framed(asked: Asked) -> dict[str, Any]:
    """The frame of every view, with what is checked and shown here kept in its addresses and forms."""
    framed = views.frame("overlaps", asked.wanted, asked.shown, at=asked.at)
    presets = periods.presets(asked.wanted, current.texts(), today=current.today())
    return framed | {"held": [*framed["held"], *asked.held(asked.show)], "presets": presets}


def _shown(asked: Asked, found: list[Event], told: list[Clash]) -> dict[str, Any]:
    heads = {event.uid for event in found}
    chosen = [clash for clash in told if asked.show in {"", clash.finding}]
    vague = [event for event in found if _vague(event)]
    return {
        "period": asked.period,
        **yearly.beside(asked.wanted, asked.period, asked.at),
        "against": against.form(asked.others, asked.wanted, show=asked.show),
        "months": clashes.by_month(
            chosen, current.listing(), head=lambda clash: clash.one if clash.one.uid in heads else clash.other
        ),
        "ways_to_show": [
            (show, sum(show in {"", clash.finding} for clash in told), asked.to_show(show), show == asked.show)
            for show in ("", *Finding)
        ],
        "vague": vague if asked.show in {"", Finding.POSSIBLE} else [],
        "one": found[0] if found and asked.wanted == Selection.of(event=found[0].slug) else None,
        "rule": overlap,
    }


def _found(selection: Selection) -> list[Event]:
    store = current.store()
    return events.by_ids(store, search.ids(store, selection.at(current.today()), most=MOST_EVENTS))


def _clashes(found: list[Event], others: list[Event], *, across: bool) -> list[Clash]:
    """What meets, but for what by its year alone could meet anything."""
    directory = series.directory(current.store())
    one, other = ([event for event in each if not _vague(event)] for each in (found, others))
    if across:
        return overlap.across(one, other, directory, most=MOST_PAIRS)
    return overlap.among(one, directory, most=MOST_PAIRS)


def _around(others: Selection, period: Period) -> Selection:
    """The other selection in the period and the few days around it that a journey takes."""
    few = timedelta(overlap.MOST_FREE_DAYS + 1)
    return views.within(others, period.first - few, period.last + few)


def _vague(event: Event) -> bool:
    return event.span.precision is Precision.YEAR
