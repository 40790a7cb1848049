"""The builder: what its form holds, and what a query asks of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from babel import Locale

from calendar_app import addresses, options, publish, selection
from calendar_app.errors import SelectionError
from calendar_app.options import Options
from calendar_app.selection import MOST_QUERY, Selection
from calendar_app.store import Store, events, search
from calendar_app.texts import LANGUAGES, Texts
from calendar_app.titles import Names
from calendar_app.web import facets
from calendar_app.web.facets import Box, Option

_DAY = timedelta(days=1)
# A day begins at midnight, and a reminder counts from there: one that rings at nine comes that much later.
_NINE = timedelta(hours=9)
_ALARMS = tuple(timedelta(days=days) - _NINE for days in (1, 7, 14, 28))


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What the builder was asked for: a selection, and how a calendar tells it."""

    selection: Selection
    options: Options

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of the canonical query, sorted."""
        return publish.pairs(self.selection, self.options)

    @property
    def alarm(self) -> str:
        """How long before the start a reminder comes, as its value is written; "" for none."""
        return options.duration(self.options.alarm) if self.options.alarm else ""

    @property
    def page(self) -> str:
        """The page that shows it, by its canonical query."""
        query = selection.query(self.pairs)
        return f"{addresses.SUBSCRIBE}?{query}" if query else addresses.SUBSCRIBE


def parse(pairs: Sequence[tuple[str, str]], store: Store) -> Build:
    """The build of a query or a form; empty values count as absent.

    Raises:
        SelectionError: a name, value or period that there is not, or more than an address may hold.
    """
    told, rest = options.parse(pairs)
    build = Build(selection=selection.parse(rest, partial(search.known, store)), options=told)
    if len(build.page) > len(addresses.SUBSCRIBE) + 1 + MOST_QUERY:
        raise SelectionError("query-long", most=MOST_QUERY)
    return build


def boxes(store: Store, chosen: Selection, texts: Texts, names: Names) -> list[Box]:
    """Every facet, each value with the number of its events in all, which stays the same whatever is chosen."""
    whole = {box.name: box for box in facets.boxes(store, Selection(), texts, names)}
    found = []
    for name in facets.SHOWN:
        box = whole.get(name) or Box(name=name, label=texts.label("facet", name), options=(), more=(), open=False)
        values = chosen.chosen(name)
        unused = set(values) - {option.value for option in box.options + box.more}
        rare = [
            Option(value=value, name=facets.name_of(name, value, texts, names), count=0, chosen=True)
            for value in values
            if value in unused
        ]
        found.append(_marked(box, values, rare))
    return [box for box in found if box.options]


def _marked(box: Box, values: Sequence[str], rare: Sequence[Option]) -> Box:
    """The box with what is chosen marked and in sight."""
    shown = [replace(option, chosen=option.value in values) for option in box.options]
    shown += [replace(option, chosen=True) for option in box.more if option.value in values]
    more = tuple(option for option in box.more if option.value not in values)
    return replace(box, options=(*shown, *rare), more=more, open=box.name == "theme" or bool(values))


def picked(store: Store, chosen: Selection) -> list[tuple[str, str]]:
    """The events that are picked by themselves, as slugs and titles."""
    found = [events.by_slug(store, slug) for slug in chosen.chosen("event")]
    return [(event.slug, event.title) for event in found if event.public]


def alarms(chosen: Options, texts: Texts) -> list[tuple[str, str]]:
    """The reminders to choose from, as values and words; the one chosen is among them."""
    offered = {*_ALARMS, *([chosen.alarm] if chosen.alarm else [])}
    return [(options.duration(before), _before(before, texts)) for before in sorted(offered)]


def languages() -> list[tuple[str, str]]:
    """The languages that a calendar can be told in, as codes and their own names."""
    return [(code, str(Locale.parse(code).get_language_name(code)).capitalize()) for code in LANGUAGES]


def _before(before: timedelta, texts: Texts) -> str:
    if not (before + _NINE) % _DAY:
        return texts.gettext("{when}, at 9 in the morning").format(when=_before(before + _NINE, texts))
    if before % _DAY:
        hours = before // timedelta(hours=1)
        return texts.ngettext("{count} hour before", "{count} hours before", hours).format(count=hours)
    days = before // _DAY
    if days % 7:
        return texts.ngettext("{count} day before", "{count} days before", days).format(count=days)
    return texts.ngettext("{count} week before", "{count} weeks before", days // 7).format(count=days // 7)
