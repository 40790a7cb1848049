"""A year on one sheet: twelve months across, a row a series, a bar an event; and the same in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, Response, render_template

from calendar_app import addresses, titles
from calendar_app.errors import NotFoundError
from calendar_app.events import Claim, Event
from calendar_app.formats.telling import rival
from calendar_app.plots import planner
from calendar_app.selection import Selection
from calendar_app.spans import FIRST_YEAR, LAST_YEAR, Precision
from calendar_app.store import events, facts, naming, search, series
from calendar_app.texts import Texts
from calendar_app.web import current, nearest, query, views
from calendar_app.web.listing import MOST_ROWS, Row

pages = Blueprint("planner", __name__)

_YEAR = f"{addresses.CALENDAR}/<int(fixed_digits=4):number>"
_YEARS_ROUND = 12  # how many years before and after the one on screen are listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event as the table tells it: its days inside the year, and what other sources say."""

    row: Row
    days: str
    unknown: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What of a selection lies in a year; `count` is all of it, `found` as much as is drawn and told."""

    year: int
    wanted: Selection
    shown: Selection
    count: int
    found: tuple[Event, ...]


@pages.get(_YEAR)
def year(number: int) -> str:
    """The planner of a year: its sheets, and what is on them as a table."""
    planned, axis = _planned(number, views.asked()), planner.Axis(year=number)
    wanted, sheets = planned.wanted, _sheets(planned)
    return render_template(
        "year.html",
        **views.frame("year", wanted, planned.shown, at=lambda chosen: addresses.year(number, chosen.query)),
        year=number,
        sheets=[sheet for sheet in sheets if sheet.rows],
        width=planner.WIDTH,
        summary=_summary(planned, current.texts()),
        told=len(planned.found),
        months=_months(planned),
        vague=any(event.span.precision is Precision.MONTH for event in planned.found),
        undrawn=[_told(event, number) for event in planned.found if event.span.precision is Precision.YEAR],
        beside=[year for year in (number - 1, number + 1) if FIRST_YEAR <= year <= LAST_YEAR],
        years=_years(number),
        nearest=[] if planned.found else nearest.around(wanted, axis.first, axis.last),
    )


@pages.get(f"{_YEAR}.svg")
def sheet(number: int) -> Response:
    """One sheet of a year as a file: by daylight, or with `dark=1` at night; `sheet=2` where there are several."""
    wanted, texts, today = views.asked("sheet", "dark"), current.texts(), current.today()
    planned = _planned(number, wanted)
    sheets = _sheets(planned)
    dark = query.option("dark", ("1",))
    chosen = query.option("sheet", [str(sheet.number) for sheet in sheets]) or "1"
    drawn = sheets[int(chosen) - 1]
    title = texts.gettext("UN forums, summits and conferences that ITU attends")
    if wanted.query:
        title = titles.of(wanted, texts, naming.names(current.store()))
    summary = _head(drawn, _summary(planned, texts), texts)
    file = planner.draw(drawn, title, summary, texts, today=today, dark=bool(dark))
    return Response(file, mimetype="image/svg+xml")


def _planned(number: int, wanted: Selection) -> Planned:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise NotFoundError("year-unknown", year=f"{number:04}", first=str(FIRST_YEAR), last=str(LAST_YEAR))
    store, axis = current.store(), planner.Axis(year=number)
    shown = views.within(wanted, axis.first, axis.last)
    absolute = shown.at(current.today())
    found = tuple(events.by_ids(store, search.ids(store, absolute, most=MOST_ROWS)))
    count = len(found) if len(found) < MOST_ROWS else search.count(store, absolute)
    return Planned(year=number, wanted=wanted, shown=shown, count=count, found=found)


def _sheets(planned: Planned) -> list[planner.Sheet]:
    entries, axis = _entries(planned.found), planner.Axis(year=planned.year)
    return planner.sheets(entries, axis, current.texts(), today=current.today())


def _entries(found: Iterable[Event]) -> list[planner.Entry]:
    directory, dated = series.directory(current.store()), facts.dated_in_report(current.store())
    entries = []
    for event in found:
        its_series = directory.get(event.series)
        entry = planner.Entry(
            event=event,
            key=its_series.key if its_series else event.uid,
            name=its_series.short_name if its_series else event.title,
            kind=its_series.kind if its_series else event.kind,
            marked=(event.series or event.uid) in dated,
            rivals=tuple(claim for claim in event.claims if rival(event, claim)),
        )
        entries.append(entry)
    return entries


def _summary(planned: Planned, texts: Texts) -> str:
    """How much there is: "47 events in 38 series"."""
    count, held = planned.count, len({event.series for event in planned.found if event.series})
    words = texts.ngettext("One event", "{count} events", count).format(count=count)
    if count > len(planned.found):
        words = texts.gettext("{events}, the first {count} of them drawn").format(
            events=words, count=len(planned.found)
        )
    if held:
        among = texts.ngettext("one series", "{count} series", held).format(count=held)
        words = texts.gettext("{events} in {series}").format(events=words, series=among)
    return words


def _head(drawn: planner.Sheet, summary: str, texts: Texts) -> str:
    """The second line of a sheet: how much there is, which part of it this is, and what its squares mean."""
    parts = [f"{summary}."]
    if drawn.of > 1:
        kinds = texts.all_of(texts.label("kinds", kind) for kind in drawn.kinds)
        told = texts.gettext("Sheet {number} of {count}: {kinds}.")
        parts.append(told.format(number=drawn.number, count=drawn.of, kinds=kinds))
    if any(row.marked for row in drawn.rows):
        parts.append(texts.gettext("A square marks a series whose dates for 2016 are in ITU’s report to Council 2017."))
    return " ".join(parts)


def _months(planned: Planned) -> list[tuple[str, list[Told]]]:
    """The events of which a month is known, by the month in which they begin."""
    texts, groups = current.texts(), []
    known = [event for event in planned.found if event.span.precision is not Precision.YEAR]
    for (number, month), found in groupby(known, key=lambda event: (event.span.first.year, event.span.first.month)):
        name = texts.month(date(number, month, 1))
        heading = name if number == planned.year else f"{name} {number}"
        groups.append((heading, [_told(event, planned.year) for event in found]))
    return groups


def _told(event: Event, year: int) -> Told:
    texts, today, span = current.texts(), current.today(), event.span
    others = [_says(claim, event, texts) for claim in event.claims if rival(event, claim)]
    vague = span.precision is not Precision.DAY
    return Told(
        row=current.listing().row(event),
        days=planner.days(span, texts, year=year, full=True),
        unknown=planner.unknown(span, texts, today=today) if vague else "",
        others=tuple(others),
    )


def _says(claim: Claim, event: Event, texts: Texts) -> str:
    """What of dates and place another source says otherwise: "UN DESA says 18–20 April 2016"."""
    parts = [texts.span_honest(claim.span)] if claim.span != event.span else []
    if (claim.city, claim.country) != (event.city, event.country):
        parts.append(texts.place(claim.city, claim.country, on=claim.span.first))
    said = ", ".join(filter(None, parts)) or texts.gettext("another place")
    return texts.gettext("{source} says {claim}").format(source=claim.source, claim=said)


def _years(number: int) -> list[int]:
    """The years of the record around one, and the record's first and last."""
    store = current.store()
    ends = [search.ids(store, Selection(), most=1, newest_first=newest) for newest in (False, True)]
    found = events.by_ids(store, [number for numbers in ends for number in numbers])
    if not found:
        return []
    first, last = found[0].span.first.year, found[-1].span.last.year
    near = range(max(first, number - _YEARS_ROUND), min(last, number + _YEARS_ROUND) + 1)
    return sorted({first, *near, last})
