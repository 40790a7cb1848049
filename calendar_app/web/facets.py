"""The facet panel and the chips of a selection: every value with the number of events it would show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from calendar_app import titles
from calendar_app.facets import FACETS
from calendar_app.places import fold
from calendar_app.selection import Selection
from calendar_app.store import Store, search
from calendar_app.texts import Texts
from calendar_app.titles import Names
from calendar_app.topics import SDGS

# In the order of the panel; an event is picked on its own page, not here.
SHOWN = (
    *("theme", "sdg", "year", "kind", "series", "country", "city"),
    *("role", "partner", "mode", "status", "convener"),
)
_OPEN = ("theme", "sdg")
_BY_VALUE = ("sdg", "year")
# How many options of a long facet are in sight.
_SHORT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of a facet: its name, how many events it would show, and whether it is chosen."""

    value: str
    name: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One facet of the panel. `more` are the options that a short list leaves out."""

    name: str
    label: str
    options: tuple[Option, ...]
    more: tuple[Option, ...]
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One part of a selection, and the selection without it."""

    label: str
    rest: Selection


def boxes(store: Store, selection: Selection, texts: Texts, names: Names, *, today: date | None = None) -> list[Box]:
    """The panel beside a selection. `selection` has its period absolute; the years nearest to `today` come first."""
    counted = search.counts(store, selection, SHOWN)
    found = [_box(name, counted[name], selection, texts, names) for name in SHOWN]
    return [_around(box, today) if box.name == "year" and today else box for box in found if box.options]


def _around(box: Box, today: date) -> Box:
    """The box of the years with what is chosen, this year and those next to it in sight."""
    options = box.options + box.more
    near = {option.value for option in sorted(options, key=lambda option: _apart(option, today))[:_SHORT]}
    shown = [option for option in options if option.chosen or option.value in near]
    return replace(box, options=tuple(shown), more=tuple(option for option in options if option not in shown))


def _apart(option: Option, today: date) -> int:
    return abs(2 * (int(option.value) - today.year) - 1)


def _box(name: str, counts: Mapping[str, int], selection: Selection, texts: Texts, names: Names) -> Box:
    chosen = selection.chosen(name)
    options = [
        Option(value=value, name=name_of(name, value, texts, names), count=counts.get(value, 0), chosen=value in chosen)
        for value in {**dict.fromkeys(chosen), **counts}
    ]
    options.sort(key=_by_value if name in _BY_VALUE else _by_count)
    short = len(options) if name == "sdg" or len(options) <= _SHORT + 2 else max(_SHORT, len(chosen))
    more = options[short:] if name in _BY_VALUE else sorted(options[short:], key=_by_name)
    return Box(
        name=name,
        label=texts.label("facet", name),
        options=tuple(options[:short]),
        more=tuple(more),
        open=name in _OPEN or bool(chosen),
    )


def _by_value(option: Option) -> tuple[bool, int]:
    return False, int(option.value)


def _by_count(option: Option) -> tuple[bool, int, str]:
    return not option.chosen, -option.count, option.name.casefold()


def _by_name(option: Option) -> str:
    return fold(option.name)


def name_of(facet: str, value: str, texts: Texts, names: Names) -> str:
    """What a value is called beside the label of its facet, which a title has to do without."""
    if facet == "sdg":
        return SDGS[int(value)].name
    # "ITU as" is said by the facet's own label.
    if facet in {"role", "kind"}:
        return texts.label(facet, value)
    if facet == "partner":
        return titles.partner_name(value, names)
    return value if facet == "convener" else titles.value_name(facet, value, texts, names)


def chips(selection: Selection, texts: Texts, names: Names) -> list[Chip]:
    """The parts of a selection, each a link to the selection without it."""
    parts = [
        (f"{texts.label('facet', facet)}: {name_of(facet, value, texts, names)}", facet, value)
        for facet in FACETS
        if facet != "event"
        for value in selection.chosen(facet)
    ]
    if picked := selection.chosen("event"):
        label = texts.ngettext("{count} picked event", "{count} picked events", len(picked))
        parts.append((label.format(count=len(picked)), "event", ""))
    if selection.words:
        parts.append((selection.words, "q", ""))
    if selection.first:
        parts.append((texts.gettext("From {day}").format(day=texts.day(selection.first)), "from", ""))
    if selection.last:
        parts.append((texts.gettext("Until {day}").format(day=texts.day(selection.last)), "to", ""))
    if selection.when:
        label = texts.gettext("On now and coming") if selection.when == "upcoming" else texts.gettext("Past")
        parts.append((label, "when", ""))
    return [Chip(label=label, rest=selection.without(name, value)) for label, name, value in parts]
