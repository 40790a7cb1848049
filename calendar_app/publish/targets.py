"""Target: what an address asks for, and the address of what is wanted."""

from dataclasses import dataclass, replace

from calendar_app import addresses, selection
from calendar_app.errors import NotFoundError, SelectionError
from calendar_app.facets import FACETS
from calendar_app.formats import FORMATS, Format
from calendar_app.options import DEFAULT, Deadlines, Options
from calendar_app.publish.narrowing import ALL, Narrowed
from calendar_app.selection import Selection
from calendar_app.store import Store, selections, series

_DEADLINES = Options(deadlines=Deadlines.ONLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is asked for: a feed's address, what it selects, in which format, and how that is told.

    `narrowed` is which changes a feed of changes holds.
    """

    path: str
    selection: Selection
    format: Format
    options: Options = DEFAULT
    narrowed: Narrowed = ALL

    @property
    def identity(self) -> str:
        """What the feed is, whatever its address: its layer, and the canonical query of selection and options."""
        if self.options.deadlines is Deadlines.ONLY:
            return f"deadlines?{_query(self.selection, replace(self.options, deadlines=Deadlines.NONE))}"
        return f"events?{_query(self.selection, self.options)}"


def named(store: Store, name: str, extension: str) -> Target:
    """What a named feed asks for: "all", "deadlines", "theme/climate-change".

    Raises:
        NotFoundError: no feed has this name.
    """
    form = FORMATS.get(extension)
    facet, _, value = name.partition("/")
    chosen = None
    if name in {"all", "deadlines"}:
        chosen = Selection()
    elif facet in addresses.NAMED and value in vocabulary(store, facet):
        chosen = Selection.of(**{facet: value})
    if form is None or chosen is None:
        raise NotFoundError("feed-unknown", name=f"{name}.{extension}" if name else extension)
    options = _DEADLINES if name == "deadlines" else DEFAULT
    return Target(path=addresses.feed(name, extension), selection=chosen, format=form, options=options)


def selected(chosen: Selection, extension: str, *, options: Options = DEFAULT) -> Target:
    """What `/feeds/select.ics?...` asks for.

    Raises:
        NotFoundError: no format has this extension.
    """
    path = addresses.select_feed(_query(chosen, options), extension)
    return Target(path=path, selection=chosen, format=_format("select", extension), options=options)


def short(store: Store, key: str, extension: str, *, options: Options = DEFAULT) -> Target:
    """What `/feeds/s/<id>.ics` asks for.

    Raises:
        NotFoundError: no selection has this short address, or no format this extension.
    """
    form, query = _format(f"s/{key}", extension), selections.query(store, key)
    if query is None:
        raise NotFoundError("feed-unknown", name=f"s/{key}.{extension}")
    chosen = selection.stored(query)
    return Target(
        path=addresses.short_feed(key, options.query, extension), selection=chosen, format=form, options=options
    )


def changed(
    chosen: Selection, extension: str = "atom", *, options: Options = DEFAULT, narrowed: Narrowed = ALL
) -> Target:
    """What `/changes.atom?...` and `/changes.json?...` ask for; of the options they take the language alone.

    Raises:
        SelectionError: another option.
    """
    for name, _ in replace(options, language=DEFAULT.language).pairs():
        raise SelectionError("select-name", name=name)
    query = selection.query(sorted([*pairs(chosen, options), *narrowed.pairs()], key=selection.order))
    file = addresses.view(addresses.CHANGES_FILE, query)
    return Target(
        path=file if extension == "json" else addresses.changes_feed(query),
        selection=chosen,
        format=FORMATS[extension],
        options=options,
        narrowed=narrowed,
    )


def shortest(chosen: Selection, extension: str = "ics", *, options: Options = DEFAULT) -> str:
    """The path of the feed that carries a selection: a named one where there is one."""
    plain = Selection(facets=chosen.facets)
    if chosen == Selection() and options == _DEADLINES:
        return addresses.feed("deadlines", extension)
    if options == DEFAULT and chosen == Selection():
        return addresses.feed("all", extension)
    if options == DEFAULT and len(chosen.facets) == 1 and chosen == plain:
        facet, values = chosen.facets[0]
        if facet in addresses.NAMED and len(values) == 1:
            return addresses.feed(f"{facet}/{values[0]}", extension)
    return addresses.select_feed(_query(chosen, options), extension)


def vocabulary(store: Store, facet: str) -> frozenset[str]:
    """The values that have a named feed of a facet."""
    closed = FACETS[facet].closed
    return frozenset(series.directory(store)) if closed is None else frozenset(map(str, closed()))


def pairs(chosen: Selection, options: Options) -> list[tuple[str, str]]:
    """The names and values of the canonical query of a selection and options, sorted."""
    return sorted([*chosen.pairs(), *options.pairs()], key=selection.order)


def _query(chosen: Selection, options: Options) -> str:
    return selection.query(pairs(chosen, options))


def _format(name: str, extension: str) -> Format:
    form = FORMATS.get(extension)
    if form is None:
        raise NotFoundError("feed-unknown", name=f"{name}.{extension}")
    return form
