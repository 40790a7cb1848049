"""Engagement: what ITU did at events and in series, with which partners and documents."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from calendar_app import places
from calendar_app.topics import Activity, PartnerKind

# "A/RES/70/1", "E/2016/75", "A/71/67-E/2016/51"; and a document of the ITU Council, "C17/49".
_UN_SYMBOL = r"\b[AESTG]/(?:[A-Z0-9][A-Za-z0-9.()]*[/-])*[A-Z0-9][A-Za-z0-9.()]*\b"
_COUNCIL_SYMBOL = r"\bC([0-9]{2})/(?:INF/)?([0-9]{1,3})\b"
_LONGEST_KEY = 60
_SYMBOL = re.compile(f"(?:{_UN_SYMBOL})|(?:{_COUNCIL_SYMBOL})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document by its symbol (A/RES/70/1, C17/49), with a title and a link of its own if it has them."""

    symbol: str
    title: str = ""
    url: str = ""

    @property
    def address(self) -> str:
        """Where it is read: its own link, else where its symbol leads to; "" for a symbol of neither house."""
        if self.url:
            return self.url
        if council := re.fullmatch(_COUNCIL_SYMBOL, self.symbol):
            kind = "INF" if "/INF/" in self.symbol else "C"
            return f"https://www.itu.int/md/S{council[1]}-CL-{kind}-{int(council[2]):04}/en"
        return f"https://docs.un.org/en/{quote(self.symbol)}" if re.fullmatch(_UN_SYMBOL, self.symbol) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organisation that ITU works with. `aliases` are its other usual names (WEF).

    `same_as` is the key of the one that it turned out to be, which has all that was said of it; "" for one that stands.
    """

    key: str
    name: str
    kind: PartnerKind
    aliases: tuple[str, ...] = ()
    url: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """One statement of what ITU did, of all that it covers together, so that it counts once.

    `events` are uids, `series` keys, `partners` keys of the directory. `year` is the year it was done in as it was
    put down; what tells of events is told of the years of these, wherever they move. An internal one (`public` false)
    is told at the desk alone.
    """

    uid: str
    year: int
    activity: Activity
    detail: str
    events: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    outcome: str = ""
    source: str = ""
    source_url: str = ""
    public: bool = True


def key_of(name: str) -> str:
    """The key of a partner of this name, in ASCII; of one in letters of another script, a number that is always its."""
    folded = places.fold(name)
    plain = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:_LONGEST_KEY].strip("-")
    return plain or f"partner-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"


def by_names(known: Mapping[str, Partner]) -> dict[str, Partner]:
    """The partners that stand by each of their names, folded; of two with one name the first.

    A name of one that turned out to be another leads to that one.
    """
    found: dict[str, Partner] = {}
    for each in sorted(known.values(), key=lambda each: bool(each.same_as)):
        if stands := _standing(known, each):
            for name in (each.name, *each.aliases):
                found.setdefault(places.fold(name), stands)
    return found


def named(known: Mapping[str, Partner], name: str) -> Partner | None:
    """The partner that goes by this name, whatever its case and diacritics; None if no one does."""
    return by_names(known).get(places.fold(name))


def standing_keys(known: Mapping[str, Partner], keys: Iterable[str]) -> tuple[str, ...]:
    """Keys of partners, each once; in place of one that turned out to be another the key of that."""
    its = ((key, _standing(known, known[key]) if key in known else None) for key in keys)
    return tuple(dict.fromkeys(stands.key if stands else key for key, stands in its))


def _standing(known: Mapping[str, Partner], partner: Partner) -> Partner | None:
    """The partner that one turned out to be, or itself; None if that is not known."""
    found: Partner | None = partner
    for _ in known:
        if found is None or not found.same_as:
            break
        found = known.get(found.same_as)
    return found if found and not found.same_as else None


def documents_in(text: str) -> tuple[Document, ...]:
    """The documents that a text names by their symbols, each once, in its order."""
    return tuple(Document(symbol=symbol) for symbol in dict.fromkeys(each.group() for each in _SYMBOL.finditer(text)))
