"""Options: how a calendar tells what it holds, beside what it selects. Named feeds take none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from calendar_app.errors import SelectionError
from calendar_app.texts import LANGUAGES

LONGEST_ALARM = timedelta(days=60)
# Of RFC 5545 §3.3.6: weeks, or days, hours or both.
_ALARM = re.compile(r"P(?!$)(?:([0-9]{1,2})W|(?:([0-9]{1,3})D)?(?:T([0-9]{1,3})H)?)")
T = TypeVar("T", bound=StrEnum)


class Cancelled(StrEnum):
    """How what is cancelled or postponed is told.

    By STATUS and title; by the title alone, for Google, which hides STATUS:CANCELLED; or not at all.
    """

    STATUS = "status"
    TITLE = "title"
    HIDE = "hide"


class Undated(StrEnum):
    """What becomes of an event without settled days.

    By itself a calendar takes one month as a span of that month, and leaves longer ranges and years out.
    """

    MONTH = ""
    SPAN = "span"
    FIRST_DAY = "first-day"
    OMIT = "omit"


class Deadlines(StrEnum):
    """Whether last days (registration, inputs) are told: not, beside the events, or alone."""

    NONE = ""
    WITH = "1"
    ONLY = "only"


@dataclass(frozen=True, kw_only=True)
class Options:
    """How events are told. `alarm` is how long before the start a client reminds; `busy` blocks the days."""

    cancelled: Cancelled = Cancelled.STATUS
    undated: Undated = Undated.MONTH
    deadlines: Deadlines = Deadlines.NONE
    parts: bool = False
    alarm: timedelta | None = None
    busy: bool = False
    language: str = "en"

    def pairs(self) -> list[tuple[str, str]]:
        """The names and values that differ from the default, sorted."""
        told = {
            "alarm": duration(self.alarm) if self.alarm else "",
            "busy": "1" if self.busy else "",
            "cancelled": "" if self.cancelled is Cancelled.STATUS else self.cancelled,
            "deadlines": self.deadlines,
            "lang": "" if self.language == LANGUAGES[0] else self.language,
            "parts": "1" if self.parts else "",
            "undated": self.undated,
        }
        return [(name, str(value)) for name, value in sorted(told.items()) if value]

    @cached_property
    def query(self) -> str:
        """The canonical query string: sorted, empty for the default."""
        return urlencode(self.pairs(), quote_via=quote)


DEFAULT = Options()
NAMES = ("alarm", "busy", "cancelled", "deadlines", "lang", "parts", "undated")


def parse(pairs: Iterable[tuple[str, str]]) -> tuple[Options, list[tuple[str, str]]]:
    """The options among the names and values of a query, and the rest of them; empty values count as absent.

    Raises:
        SelectionError: a value that an option doesn't have, or two of one.
    """
    given: dict[str, str] = {}
    rest = []
    for name, value in pairs:
        if name not in NAMES:
            rest.append((name, value))
        elif value.strip() and given.setdefault(name, value.strip()) != value.strip():
            raise SelectionError("select-twice", name=name)
    return _options(given), rest


def _options(given: dict[str, str]) -> Options:
    told: dict[str, Any] = {
        "cancelled": _one(Cancelled, "cancelled", given.get("cancelled", Cancelled.STATUS)),
        "undated": _one(Undated, "undated", given.get("undated", "")),
        "deadlines": _one(Deadlines, "deadlines", given.get("deadlines", "")),
        "busy": _switch("busy", given.get("busy", "")),
        "parts": _switch("parts", given.get("parts", "")),
        "alarm": _alarm(given.get("alarm", "")),
        "language": given.get("lang", LANGUAGES[0]),
    }
    if told["language"] not in LANGUAGES:
        raise _refused("lang", told["language"], LANGUAGES)
    return Options(**told)


def _one(vocabulary: type[T], name: str, value: str) -> T:
    try:
        return vocabulary(value)
    except ValueError:
        raise _refused(name, value, filter(None, vocabulary)) from None


def _switch(name: str, value: str) -> bool:
    if value not in {"", "0", "1"}:
        raise _refused(name, value, ("1",))
    return value == "1"


def _alarm(value: str) -> timedelta | None:
    if not value:
        return None
    found = _ALARM.fullmatch(value)
    weeks, days, hours = (int(number or 0) for number in found.groups()) if found else (0, 0, 0)
    before = timedelta(weeks=weeks, days=days, hours=hours)
    if not timedelta(0) < before <= LONGEST_ALARM:
        raise SelectionError("option-alarm", value=value[:60], most=LONGEST_ALARM.days)
    return before


def duration(span: timedelta) -> str:
    """A duration of whole hours as RFC 5545 §3.3.6 writes it: "P7D", "PT15H", "P6DT15H"."""
    days, hours = divmod(span // timedelta(hours=1), 24)
    return "P" + (f"{days}D" if days else "") + (f"T{hours}H" if hours else "")


def _refused(name: str, value: str, allowed: Iterable[str]) -> SelectionError:
    return SelectionError("option-value", name=name, value=value[:60], allowed=", ".join(allowed))
