"""The cell of a table as the value of a field."""

import re
from collections.abc import Callable

from calendar_app import spans
from calendar_app.errors import SpanError
from calendar_app.fields import line
from calendar_app.imports import locations, naming
from calendar_app.imports.series import Names
from calendar_app.messages import LABELS
from calendar_app.places import fold
from calendar_app.spans import Span

# What spreadsheets and programs write for a day: "2027-07-06 00:00:00", "2027-07-06T09:00Z".
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(?::[0-9.]{2,12})?(?:Z|[+-][0-9:]{4,6})?")
_FULL_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_LIST, _NUMBERS = re.compile(r"[;|\n]"), re.compile(r"[;|\n,]")
_SECONDS = re.compile(r"([0-9]{1,2}:[0-9]{2}):[0-9]{2}(?:\.[0-9]+)?")


def span(cell: str) -> Span:
    """The span that a cell tells: what the form takes, a day with its time, and 13/7/2027, which can be one day only.

    Raises:
        SpanError: anything else; 6/7/2027 may be two days.
    """
    moment = _MOMENT.fullmatch(cell)
    try:
        return spans.parse(moment[1] if moment else cell)
    except SpanError as error:
        if error.message != "span-numeric" or not _FULL_YEAR.search(cell):
            raise
        return spans.parse(str(error.data["example"]))


def joined(start: str, end: str) -> Span:
    """The span from one cell to another; an empty one is as the other.

    Raises:
        SpanError: one can't be read, both are not equally exact, or they stand the wrong way round.
    """
    first, last = span(start or end), span(end or start)
    if first.precision is not last.precision:
        raise SpanError("span-mixed", first=spans.write(first), last=spans.write(last))
    return Span(first=first.first, last=last.last, precision=first.precision)


def hour(cell: str) -> str:
    """The time that stands beside a day in its cell; "" for midnight, which spreadsheets write, and for none."""
    moment = _MOMENT.fullmatch(cell)
    return moment[2] if moment and moment[2] != "00:00" else ""


def value(field: str, cell: str, names: Names) -> str | list[str]:
    """What the form takes for a cell; what it does not take is left as it is, for the validator to refuse."""
    if field == "description":
        return cell
    told = line(cell)
    if field in {"kind", "mode", "status"}:
        return _choice(field, told)
    if field in {"start_time", "end_time"}:
        time = _SECONDS.fullmatch(told)
        return time[1] if time else told
    if field == "series":
        return names.find(told) or told
    if field == "country":
        return locations.country_code(told) or told
    if field in _LISTS:
        separator, read = _LISTS[field]
        words = [line(word) for word in separator.split(cell)]
        return list(dict.fromkeys(read(word) or word for word in words if word))
    return told


def _choice(vocabulary: str, told: str) -> str:
    """A value of a closed vocabulary by itself or by its name on the pages."""
    named = {fold(name): key for key, label in LABELS[vocabulary].items() for name in (key, label)}
    known = named.get(fold(told), "") or (locations.mode_of(told) if vocabulary == "mode" else "")
    return known or told


def _role(word: str) -> str:
    return _choice("role", word)


_LISTS: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "themes": (_LIST, naming.theme),
    "sdgs": (_NUMBERS, naming.goal),
    "role": (_LIST, _role),
}
