"""Selection: facets, words and a period as one object, which a page shows and a feed carries."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Self
from unicodedata import category, normalize
from urllib.parse import parse_qsl, quote, urlencode

from calendar_app import places
from calendar_app.errors import SelectionError
from calendar_app.facets import FACETS
from calendar_app.spans import FIRST_YEAR, LAST_YEAR

MOST_VALUES = 60
MOST_QUERY = 4096  # bytes of a query string, of a page or a feed
MOST_LETTERS, MOST_WORDS = 200, 30
_WHEN = ("upcoming", "past")
# What mail programs and social networks append to a link; it selects nothing and is left out.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|msclkid")


# Gives the vocabulary's own spelling of a value of an open facet, or None if no event ever had it.
Known = Callable[[str, str], str | None]


@dataclass(frozen=True, kw_only=True)
class Selection:
    """What is selected. `first` and `last` bound the period, inclusive; `when` is "", "upcoming" or "past".

    The same facet repeated means OR, different facets mean AND. `before` is set by `at` alone: only what
    ended before that day. Two selections that mean the same are equal.
    """

    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    words: str = ""
    first: date | None = None
    last: date | None = None
    when: str = ""
    before: date | None = None

    @classmethod
    def of(cls, **facets: str | Iterable[str]) -> Self:
        """The selection of these facets, from values already known to be in their vocabulary."""
        chosen = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in facets.items()}
        return cls(facets=_sorted(chosen))

    @cached_property
    def query(self) -> str:
        """The canonical query string: sorted, empty for everything."""
        return query(self.pairs())

    @cached_property
    def short(self) -> str:
        """The id of its short address: 80 bits of a hash of the canonical query, in letters and figures."""
        digest = hashlib.sha256(self.query.encode()).digest()[:10]
        return base64.b32encode(digest).decode().lower()

    def pairs(self) -> list[tuple[str, str]]:
        """The names and values of the canonical query, sorted."""
        found = [(name, value) for name, values in self.facets for value in values]
        found += [("q", self.words)] if self.words else []
        found += [("from", self.first.isoformat())] if self.first else []
        found += [("to", self.last.isoformat())] if self.last else []
        found += [("when", self.when)] if self.when else []
        return sorted(found, key=order)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The values selected of one facet."""
        return dict(self.facets).get(facet, ())

    def without(self, name: str, value: str = "") -> Self:
        """The selection less a value of a facet (all of them if none is given), or less `q`, `from`, `to` or `when`."""
        plain = {"q": {"words": ""}, "from": {"first": None}, "to": {"last": None}, "when": {"when": ""}}
        if name in plain:
            return replace(self, **plain[name])  # type: ignore[arg-type]
        kept = tuple(chosen for chosen in self.chosen(name) if value and chosen != value)
        return self.choosing(**{name: kept})

    def choosing(self, **facets: Iterable[str]) -> Self:
        """The selection with these values of these facets, from their vocabularies, in place of its own of them."""
        return replace(self, facets=_sorted(dict(self.facets) | facets))

    def at(self, today: date) -> Self:
        """The selection with its relative period made absolute: what is looked up and cached."""
        if self.when == "upcoming":
            first = max(self.first, today) if self.first else today
            return replace(self, first=first, when="")
        if self.when == "past":
            return replace(self, before=today, when="")
        return self


def query(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values as a query string."""
    return urlencode(list(pairs), quote_via=quote)


def order(pair: tuple[str, str]) -> tuple[str, tuple[int, str]]:
    """By which names and values are sorted: numbers by size."""
    return pair[0], _natural(pair[1])


def parse(pairs: Iterable[tuple[str, str]], known: Known) -> Selection:
    """The selection of a query, each name and value checked; empty values count as absent.

    Raises:
        SelectionError: a name that is no facet, a value outside its vocabulary, a period that is none, or
            more than `MOST_VALUES` values.
    """
    given = [(name, value.strip()) for name, value in pairs if value.strip() and not _TRACKING.fullmatch(name)]
    if len(given) > MOST_VALUES:
        raise SelectionError("select-many", most=MOST_VALUES)
    facets: dict[str, set[str]] = {}
    plain: dict[str, str] = {}
    for name, value in given:
        if name in FACETS:
            facets.setdefault(name, set()).add(_value(name, value, known))
        elif name in {"q", "from", "to", "when"}:
            if plain.setdefault(name, value) != value:
                raise SelectionError("select-twice", name=name)
        else:
            raise SelectionError("select-name", name=_short(name))
    return _checked(facets, plain)


def stored(query: str) -> Selection:
    """The selection of a canonical query that was kept; a value that the vocabulary has lost selects nothing."""
    facets: dict[str, list[str]] = {}
    plain: dict[str, str] = {}
    for name, value in parse_qsl(query):
        if name in FACETS:
            facets.setdefault(name, []).append(value)
        else:
            plain[name] = value
    first, last = read_day("from", plain.get("from")), read_day("to", plain.get("to"))
    words, when = plain.get("q", ""), plain.get("when", "")
    return Selection(facets=_sorted(facets), words=words, first=first, last=last, when=when)


def _checked(facets: dict[str, set[str]], plain: dict[str, str]) -> Selection:
    first, last = read_day("from", plain.get("from")), read_day("to", plain.get("to"))
    if first and last and last < first:
        raise SelectionError("select-backwards", first=first, last=last)
    when = plain.get("when", "all")
    if when not in {*_WHEN, "all"}:
        raise SelectionError("select-when", value=_short(when))
    # Pasted words bring marks that show nothing (category Cf) and letters in parts, and yet have one address.
    seen = "".join(letter for letter in plain.get("q", "") if category(letter) != "Cf")
    words = " ".join(normalize("NFC", seen).split())
    # Folding can make many words of one letter (U+FDFA), and each of them is looked up.
    if len(words) > MOST_LETTERS or len(places.fold(words).split()) > MOST_WORDS:
        raise SelectionError("select-words", most=MOST_LETTERS, words=MOST_WORDS)
    if any(not letter.isprintable() for letter in words):
        raise SelectionError("select-letters")
    chosen = {name: tuple(values) for name, values in facets.items()}
    return Selection(facets=_sorted(chosen), words=words, first=first, last=last, when="" if when == "all" else when)


def _value(name: str, value: str, known: Known) -> str:
    closed = FACETS[name].closed
    if closed is None:
        found = known(name, value)
    else:
        wanted = value.upper() if name == "country" and value.isascii() else value
        found = wanted if wanted in frozenset(map(str, closed())) else None
    if found is None:
        raise SelectionError("select-value", name=name, value=_short(value))
    return found


def read_day(name: str, text: str | None) -> date | None:
    """The day that a query names (2026-11-24), None for no text; a SelectionError for any other."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise SelectionError("select-day", name=name, value=_short(text))
    return day


def _sorted(facets: Mapping[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    kept = {name: tuple(sorted(set(values), key=_natural)) for name, values in facets.items()}
    return tuple((name, kept[name]) for name in sorted(kept) if kept[name])


def _natural(value: str) -> tuple[int, str]:
    """Sorts numbers by size, before words."""
    return (int(value), value) if re.fullmatch("[0-9]{1,4}", value) else (10_000, value)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
