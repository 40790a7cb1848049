"""Two fillings of the form side by side, field by field, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calendar_app import pieces, submissions
from calendar_app.events import Series
from calendar_app.texts import Texts
from calendar_app.topics import THEMES

_LABELS = {"kind": "kind", "mode": "mode", "status": "status", "role": "role"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that differs: what the calendar has, and what was given."""

    field: str
    ours: str
    theirs: str


def between(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], texts: Texts, series: Mapping[str, Series], *, blanks: bool
) -> list[Difference]:
    """The fields that differ, in the order of the form; with `blanks`, those too that were left empty."""
    found = []
    for name in submissions.FIELDS:
        old, new = (_shown(name, values.get(name), texts, series) for values in (ours, theirs))
        if name != "submitter_email" and old != new and (new or blanks):
            found.append(Difference(field=texts.field(name), ours=old, theirs=new))
    return found


def _shown(name: str, value: object, texts: Texts, series: Mapping[str, Series]) -> str:
    if name in pieces.FIELDS:
        return "; ".join(pieces.tidy(name, str(value or "")))
    values: Sequence[object] = value if isinstance(value, list | tuple) else [value] if value else []
    return ", ".join(sorted(_word(name, str(each), texts, series) for each in values))


def _word(name: str, value: str, texts: Texts, series: Mapping[str, Series]) -> str:
    if name == "themes" and value in THEMES:
        return THEMES[value].name
    if name == "series" and value in series:
        return series[value].short_name
    if name == "country":
        return texts.country(value)
    return texts.label(_LABELS[name], value) if name in _LABELS else value
