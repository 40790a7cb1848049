"""A second selection in the address of a page, its names begun with "against-": to check the first one against it."""

from dataclasses import dataclass

from flask import request

from calendar_app import addresses, selection, titles
from calendar_app.facets import FACETS
from calendar_app.selection import Selection
from calendar_app.store import naming, series
from calendar_app.titles import Names
from calendar_app.topics import SDGS, THEMES, Kind, Role
from calendar_app.web import current, facets, views
from calendar_app.web.facets import Chip

_BEFORE = "against-"
_PLAIN = ("q", "from", "to", "when")
NAMES = tuple(_BEFORE + name for name in (*FACETS, *_PLAIN))
# Everything is a selection too; without a name it would not be in the address.
_EVERYTHING = [(f"{_BEFORE}when", "all")]
_CHOICES = ("series", "kind", "theme", "sdg", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One field of the form: its name and label, the values with what they are called, and the chosen one."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the other selection is chosen; `title` is what is chosen now, "" for nothing.

    `presets` are ready-made ones with their addresses, `chips` the parts of what is chosen, and `hidden` what else a
    form has to send along.
    """

    title: str
    chips: tuple[tuple[str, str], ...]
    presets: tuple[tuple[str, str, bool], ...]
    choices: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...]
    off: str


def asked() -> Selection | None:
    """The other selection that the address names; None if it names none.

    Raises:
        SelectionError: it can't be one.
    """
    given = [
        (name.removeprefix(_BEFORE), value)
        for name, value in request.args.items(multi=True)
        if name in NAMES and value.strip()
    ]
    return selection.parse(given, views.known()) if given else None


def pairs(others: Selection | None) -> list[tuple[str, str]]:
    """The names and values that tell the other selection in an address."""
    if others is None:
        return []
    return [(_BEFORE + name, value) for name, value in others.pairs()] or _EVERYTHING


def form(others: Selection | None, wanted: Selection, *, show: str) -> Form:
    """How to choose what a selection is checked against."""
    texts, names = current.texts(), naming.names(current.store())
    kept = [*wanted.pairs(), *([("show", show)] if show else [])]

    def address(other: Selection | None) -> str:
        return views.with_pairs(addresses.OVERLAPS, [*kept, *pairs(other)])

    def rest(chip: Chip) -> str:
        return address(chip.rest if chip.rest != Selection() else None)

    return Form(
        title=_title(others, names) if others is not None else "",
        chips=tuple((chip.label, rest(chip)) for chip in facets.chips(others or Selection(), texts, names)),
        presets=tuple((name, address(each), each == others) for name, each in _presets(wanted)),
        choices=tuple(_choice(name, others or Selection()) for name in _CHOICES),
        hidden=(*kept, *_unseen(others)),
        off=address(None),
    )


def _title(others: Selection, names: Names) -> str:
    texts = current.texts()
    return titles.of(others, texts, names) if others != Selection() else texts.gettext("all events")


def _presets(wanted: Selection) -> list[tuple[str, Selection]]:
    """The other selections that are asked for most."""
    gettext, bodies = current.texts().gettext, str(Kind.GOVERNING_BODY)
    own = [
        (gettext("ITU’s governing bodies"), Selection.of(convener="ITU", kind=bodies)),
        (
            gettext("ITU’s governing bodies and conferences"),
            Selection.of(convener="ITU", kind=[bodies, Kind.CONFERENCE]),
        ),
    ]
    return (own if views.known()("convener", "ITU") else []) + (
        [(gettext("All events"), Selection())] if wanted != Selection() else []
    )


def _choice(name: str, others: Selection) -> Choice:
    texts, directory = current.texts(), series.directory(current.store())
    vocabularies: dict[str, list[tuple[str, str]]] = {
        "series": [(key, each.short_name) for key, each in directory.items()],
        "kind": [(kind, texts.label("kinds", kind)) for kind in Kind],
        "theme": [(slug, texts.gettext(theme.name)) for slug, theme in THEMES.items()],
        "sdg": [(str(number), f"{number} {texts.gettext(sdg.name)}") for number, sdg in SDGS.items()],
        "role": [(role, texts.label("role", role)) for role in Role],
    }
    chosen = next(iter(others.chosen(name)), "")
    return Choice(
        name=_BEFORE + name, label=texts.label("facet", name), options=tuple(vocabularies[name]), chosen=chosen
    )


def _unseen(others: Selection | None) -> list[tuple[str, str]]:
    """What of the other selection the fields of the form can't show."""
    if others is None:
        return []
    seen = {(name, next(iter(others.chosen(name)), "")) for name in _CHOICES}
    return [(_BEFORE + name, value) for name, value in others.pairs() if (name, value) not in seen]
