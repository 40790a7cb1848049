"""Two states of a series side by side, field by field, in words."""

from collections.abc import Mapping
from typing import Any

from calendar_app.desk import series_fields
from calendar_app.texts import Texts
from calendar_app.topics import THEMES, Kind
from calendar_app.web.differences import Difference


def between(ours: Mapping[str, Any], theirs: Mapping[str, Any], texts: Texts) -> list[Difference]:
    """The fields of two fillings of a series' form that differ, in the order of the form."""
    found = []
    for name in series_fields.FIELDS:
        old, new = (_shown(name, values.get(name), texts) for values in (ours, theirs))
        if old != new:
            found.append(Difference(field=texts.field(name), ours=old, theirs=new))
    return found


def _shown(name: str, value: Any, texts: Texts) -> str:
    if name == "kind":
        return texts.label("kind", value) if value in set(Kind) else str(value or "")
    if name == "roles":
        return "; ".join(filter(None, map(str.strip, str(value or "").splitlines())))
    if name == "themes":
        return ", ".join(sorted(THEMES[each].name if each in THEMES else each for each in value or ()))
    if name == "sdgs":
        return ", ".join(sorted(value or (), key=lambda each: (len(each), each)))
    return " ".join(str(value or "").split())
