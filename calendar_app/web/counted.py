"""Counted: numbers by year as rows of a table, each number with the list of the events that it counts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from calendar_app import addresses, places
from calendar_app.selection import MOST_QUERY, MOST_VALUES, Selection
from calendar_app.store.yearly import Counted
from calendar_app.texts import Texts
from calendar_app.topics import SDGS, THEMES, Kind, Role, Status

MOST_THEMES = 12
_TAKES_PLACE = (Status.CONFIRMED, Status.TENTATIVE)
Numbers = Mapping[int, int]
# The list of what is counted of a year; "" where there is none.
ListOf = Callable[[int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A number of a year; `address` is the list of what it counts, "" where none can be asked for."""

    year: int
    number: int
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The numbers of one value by year. `page` is the value's own page, if it has one, `style` the class of its bar."""

    key: str
    name: str
    cells: tuple[Cell, ...]
    page: str = ""
    style: str = ""

    @property
    def told(self) -> list[Cell]:
        """What is said of it in a sentence: its highest number, the later of two, and its last."""
        known = [cell for cell in self.cells if cell.number]
        highest = max(known, key=lambda cell: (cell.number, cell.year), default=None)
        return list(dict.fromkeys(cell for cell in (highest, *known[-1:]) if cell))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists behind the numbers of some years."""

    counted: Counted

    def of(self, year: int, **facets: Iterable[str]) -> str:
        """The list of the events of a year that are counted and have one of these values of each facet.

        It asks for as little as it can: for a status where something is off, for kinds where there are side events.
        """
        held = self.counted.events[year]
        asked = {"year": [str(year)], **{name: [str(value) for value in values] for name, values in facets.items()}}
        if held.off:
            asked["status"] = [*_TAKES_PLACE]
        if held.side_events or held.side_events_off:
            asked["kind"] = of_year(self.counted.values["kind"], year)
        return address(asked)

    def side_events(self, year: int) -> str:
        """The list of ITU's side events of a year that are counted."""
        asked = {"year": [str(year)], "kind": [str(Kind.SIDE_EVENT)]}
        if self.counted.events[year].side_events_off:
            asked["status"] = [*_TAKES_PLACE]
        return address(asked)

    def off(self, year: int) -> str:
        """The list of the events of a year that were cancelled or postponed, side events left out."""
        asked = {"year": [str(year)], "status": [str(Status.CANCELLED), str(Status.POSTPONED)]}
        if self.counted.events[year].side_events_off:
            asked["kind"] = [str(kind) for kind in Kind if kind is not Kind.SIDE_EVENT]
        return address(asked)


def address(asked: Mapping[str, Sequence[str]]) -> str:
    """The list of a selection; "" of one that is more than can be asked for."""
    query = Selection.of(**asked).query
    if sum(map(len, asked.values())) > MOST_VALUES or len(query) > MOST_QUERY:
        return ""
    return addresses.events(query)


def cells(numbers: Numbers, years: Iterable[int], at: ListOf = lambda _: "") -> tuple[Cell, ...]:
    """A cell for each year; one without a number leads nowhere."""
    told = ((year, numbers.get(year, 0)) for year in years)
    return tuple(Cell(year=year, number=number, address=at(year) if number else "") for year, number in told)


def of_year(values: Mapping[str, Numbers], year: int) -> list[str]:
    """The values that events of a year have, sorted."""
    return sorted(value for value, numbers in values.items() if year in numbers)


def roles(counted: Counted, texts: Texts) -> list[Row]:
    """The roles of ITU that are recorded in these years, in their order."""
    found = counted.values["role"]
    return [
        Row(key=role, name=texts.label("role", role), cells=_cells(counted, found[role], role=role))
        for role in map(str, Role)
        if role in found
    ]


def goals(counted: Counted) -> list[Row]:
    """All goals, in their order."""
    found = counted.values["sdg"]
    return [
        Row(
            key=str(number),
            name=sdg.name,
            cells=_cells(counted, found.get(str(number), {}), sdg=str(number)),
            page=addresses.sdg(number),
            style=f"g{number}",
        )
        for number, sdg in SDGS.items()
    ]


def themes(counted: Counted, texts: Texts) -> list[Row]:
    """The themes of these years, those with the most events first."""
    found = {slug: numbers for slug, numbers in counted.values["theme"].items() if slug in THEMES}
    ranked = sorted(found, key=lambda slug: (-sum(found[slug].values()), slug))
    return [
        Row(
            key=slug,
            name=texts.gettext(THEMES[slug].name),
            cells=_cells(counted, found[slug], theme=slug),
            page=addresses.theme(slug),
        )
        for slug in ranked
    ]


def other_themes(counted: Counted, numbers: Numbers, slugs: Sequence[str], name: str) -> Row:
    """The events that have one of these themes, which have no rows of their own."""
    lists, found = Lists(counted=counted), counted.values["theme"]

    def at(year: int) -> str:
        return lists.of(year, theme=[slug for slug in slugs if year in found[slug]])

    return Row(key="", name=name, cells=cells(numbers, counted.events, at))


def regions(counted: Counted, texts: Texts) -> list[Row]:
    """The regions of the countries in which events of these years are held, by name."""
    lists, found = Lists(counted=counted), counted.values["country"]

    def row(region: str, numbers: Numbers) -> Row:
        def at(year: int) -> str:
            held = of_year(found, year)
            return lists.of(year, country=[code for code in held if places.region(code) == region])

        return Row(key=region, name=texts.gettext(region), cells=cells(numbers, counted.events, at))

    return [row(region, numbers) for region, numbers in by_region(counted).items()]


def by_region(counted: Counted) -> dict[str, dict[int, int]]:
    """How many events of each year are held in each region, by its name in M49."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: dict.fromkeys(counted.events, 0))
    for code, numbers in sorted(counted.values["country"].items()):
        for year, number in numbers.items():
            found[places.region(code)][year] += number
    return {region: found[region] for region in sorted(found)}


def together(counted: Counted, texts: Texts) -> list[Row]:
    """ITU's side events by their entries, those that are only stated, and with whom ITU worked, each once a year."""
    gettext, years, at = texts.gettext, list(counted.events), Lists(counted=counted).side_events
    entries = {year: held.side_events for year, held in counted.events.items()}
    told = counted.statements
    stated = {year: told[year].side_events for year in years}
    partners = {year: told[year].partners for year in years}
    beside = {year: told[year].side_event_partners for year in years}
    return [
        Row(key="entries", name=gettext("Side events with an entry"), cells=cells(entries, years, at)),
        Row(key="stated", name=gettext("Side events told without an entry"), cells=cells(stated, years)),
        Row(key="partners", name=gettext("Partners"), cells=cells(partners, years)),
        Row(key="beside", name=gettext("Partners in side events"), cells=cells(beside, years)),
    ]


def _cells(counted: Counted, numbers: Numbers, **facet: str) -> tuple[Cell, ...]:
    lists = Lists(counted=counted)
    (name, value), *_ = facet.items()
    return cells(numbers, counted.events, lambda year: lists.of(year, **{name: [value]}))
