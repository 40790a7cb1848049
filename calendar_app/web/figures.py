"""Numbers of years: what ITU attended, in which role, where and about what; plotted, as tables and as a file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request

from calendar_app import addresses
from calendar_app.errors import SelectionError
from calendar_app.plots import bars
from calendar_app.report import periods
from calendar_app.spans import FIRST_YEAR, LAST_YEAR
from calendar_app.store import figures as kept_figures
from calendar_app.store import series, site_map
from calendar_app.store import yearly as counting
from calendar_app.store.yearly import Counted
from calendar_app.web import counted, current, figures_file, measures, query
from calendar_app.web.counted import Cell, Lists, Row

pages = Blueprint("figures", __name__)

MOST_YEARS, _USUAL = 25, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A row with its drawing; None where it has no number."""

    row: Row
    drawing: bars.Columns | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A section of the page: rows that are drawn on one scale, and rows that say what these leave out."""

    key: str
    drawn: tuple[Drawn, ...]
    beside: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The line of a year: how long its bars are, and its numbers."""

    number: int
    events: Cell
    with_role: Cell
    told: Cell
    held: counting.Events
    off: Cell
    statements: int
    report: str
    strips: tuple[float, ...]


@pages.get(addresses.FIGURES)
def page() -> str:
    """The figures of some years, by year."""
    years, store, texts = _years(), current.store(), current.texts()
    with store.snapshot():
        found, told = counting.count(store, years), counting.told(store, years)
        groups = list(_groups(found))
        kept = measures.of(kept_figures.standing(store), years, texts, series.directory(store))
    return render_template(
        "figures.html",
        years=_lines(found, told),
        groups=groups,
        measures=kept,
        most_years=MOST_YEARS,
        first=years[0],
        last=years[-1],
        usual=not query.pairs(),
        file=addresses.view(addresses.FIGURES_FILE, f"from={years[0]}&to={years[-1]}"),
        drawn=bars,
    )


@pages.get(addresses.FIGURES_FILE)
def file() -> Response:
    """All that the page with the same query shows, and every theme, as CSV."""
    years, store = _years(), current.store()
    with store.snapshot():
        table = figures_file.table(counting.count(store, years), kept_figures.standing(store))
    headers = {"Content-Disposition": f'attachment; filename="figures-{years[0]}-{years[-1]}.csv"'}
    return Response(table, content_type="text/csv; charset=utf-8; header=present", headers=headers)


def _years() -> range:
    """The years that the address asks for; without any the last twelve, or as many as the record holds.

    Raises:
        SelectionError: it names no years, or more than are shown at once.
    """
    this = current.today().year
    first, last = (_year(name) for name in ("from", "to"))
    if first is None and last is None:
        held = site_map.years(current.store())
        return range(min(max(this - _USUAL + 1, held.start), this), this + 1)
    if first is None or last is None:
        first = first or max((last or this) - _USUAL + 1, FIRST_YEAR)
        last = last or min(max(this, first), first + MOST_YEARS - 1)
    if first > last:
        raise SelectionError("select-backwards", first=date(first, 1, 1), last=date(last, 12, 31))
    if last - first >= MOST_YEARS:
        raise SelectionError("figures-many", most=MOST_YEARS, count=last - first + 1)
    return range(first, last + 1)


def _year(name: str) -> int | None:
    """The year that the address gives under a name; None if it gives none."""
    query.pairs()
    values = {value.strip() for value in request.args.getlist(name) if value.strip()}
    if len(values) > 1:
        raise SelectionError("select-twice", name=name)
    for value in values:
        if not re.fullmatch("[0-9]{4}", value) or not FIRST_YEAR <= int(value) <= LAST_YEAR:
            raise SelectionError("year-unknown", year=value[:60], first=FIRST_YEAR, last=LAST_YEAR)
        return int(value)
    return None


def _lines(found: Counted, told: Mapping[int, Sequence[str]]) -> list[Year]:
    lists, roles = Lists(counted=found), found.values["role"]
    longest = max(held.events for held in found.events.values())
    return [
        Year(
            number=year,
            events=_cell(year, held.events, lists.of(year)),
            with_role=_cell(year, held.with_role, lists.of(year, role=counted.of_year(roles, year))),
            told=_cell(year, held.told, counted.address({"event": told.get(year, ())})),
            off=_cell(year, held.off, lists.off(year)),
            held=held,
            statements=found.statements[year].statements,
            report=addresses.report(periods.calendar_year(year).query),
            strips=tuple(bars.strip(number, longest) for number in (held.events, held.with_role, held.told)),
        )
        for year, held in found.events.items()
    ]


def _cell(year: int, number: int, address: str) -> Cell:
    return Cell(year=year, number=number, address=address if number else "")


def _groups(found: Counted) -> Iterator[Group]:
    """The sections of the page that have small drawings."""
    texts, events = current.texts(), found.events
    rest = {year: held.events - held.with_role for year, held in events.items()}
    yield _group("role", counted.roles(found, texts), _beside(texts.gettext("No role recorded"), rest))
    rest = {year: held.without_goal for year, held in events.items()}
    yield _group("sdg", counted.goals(found), _beside(texts.gettext("No goal given"), rest))
    themes = counted.themes(found, texts)
    yield _group("theme", themes[: counted.MOST_THEMES], _other_themes(found, themes[counted.MOST_THEMES :]))
    rest = {year: held.without_country for year, held in events.items()}
    yield _group("region", counted.regions(found, texts), _beside(texts.gettext("Online, or no country given"), rest))
    yield _group("together", counted.together(found, texts))


def _group(key: str, rows: Sequence[Row], beside: Sequence[Row] = ()) -> Group:
    most = max((cell.number for row in rows for cell in row.cells), default=0)
    drawn = tuple(Drawn(row=row, drawing=_drawing(row, most)) for row in rows)
    return Group(key=key, drawn=drawn, beside=tuple(beside))


def _drawing(row: Row, most: int) -> bars.Columns | None:
    numbers = {cell.year: cell.number for cell in row.cells}
    return bars.columns(numbers, most=most, unfinished=current.today().year) if any(numbers.values()) else None


def _beside(name: str, numbers: Mapping[int, int]) -> list[Row]:
    """A row of what the others leave out, if there is any."""
    return [Row(key="", name=name, cells=counted.cells(numbers, list(numbers)))] if any(numbers.values()) else []


def _other_themes(found: Counted, rows: Sequence[Row]) -> list[Row]:
    slugs, texts = [row.key for row in rows], current.texts()
    if not slugs:
        return []
    numbers = counting.with_any(current.store(), list(found.events), "theme", slugs)
    words = texts.ngettext("Another theme", "One of {count} other themes", len(slugs)).format(count=len(slugs))
    return [counted.other_themes(found, numbers, slugs, words)]
