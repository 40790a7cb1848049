"""The city, country, venue and mode that the text of a place names, as far as the calendar knows them."""

import re
from dataclasses import dataclass, replace
from functools import cache

from calendar_app import places
from calendar_app.fields import line
from calendar_app.topics import Mode

_COMMAS, _DASHES = re.compile(r"\s*[,\n]\s*"), re.compile(r"\s*[,;\n()]\s*|\s+[-–—]\s+")
_SPACES = re.compile(r"[^\S\n]+")
_LONGEST = 1_000  # characters; what is longer is no name of a place
_ONLINE = re.compile(
    r"(?:online|virtual|remote|zoom|webex|microsoft teams|google meet|en ligne|virtuel(?:le)?)"
    r"(?: (?:only|meeting|event|reunion))?|webinar|reunion microsoft teams"
)
_HYBRID = re.compile(r"hybrid(?:e)?(?: (?:meeting|event))?")
_BOTH = re.compile(r"(.+?)\s*(?:\b(?:and|et|or|ou)\b|[&+/])\s*(?:online|virtual|remote|en ligne)", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
# What stands around a city in a postal address: "1211 Geneva 10"; "NY 10017" after it.
_POSTAL = re.compile(r"^(?:[A-Z]{1,2}-)?\d{4,6}\s+|\s+\d{1,2}$|\s+\d{4,6}$")
_STATE = re.compile(r"[A-Z]{2}(?:\s+\d{5}(?:-\d{4})?)?|\d{4,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an event is held, "" for what is not known; `zone` is the city's, `links` stood in the text."""

    city: str = ""
    country: str = ""
    venue: str = ""
    mode: str = ""
    zone: str = ""
    links: tuple[str, ...] = ()

    def fields(self) -> dict[str, str]:
        """The fields of the form that tell it."""
        told = {"city": self.city, "country": self.country, "venue": self.venue, "mode": self.mode}
        return {name: text for name, text in told.items() if text}


def find(text: str, *, cities: bool = False) -> Place:
    """The place that a text of one or more parts tells; with `cities`, any name before a country is its city's."""
    text = _SPACES.sub(" ", text)[:_LONGEST]
    links = tuple(_LINK.findall(text))
    bare = _LINK.sub(" ", text)
    found = _placed(_COMMAS.split(bare), cities=cities)
    if not found.country:
        by_dashes = _placed(_DASHES.split(bare), cities=cities)
        found = by_dashes if by_dashes.country else found
    # A link alone is where one joins a call.
    online = bool(links) and not (found.venue or found.country or found.mode)
    return replace(found, links=links, mode=str(Mode.ONLINE) if online else found.mode)


def mode_of(text: str) -> str:
    """The mode that a text names; "" if it names none."""
    folded = places.fold(text).strip(" .()")
    if _HYBRID.fullmatch(folded):
        return str(Mode.HYBRID)
    return str(Mode.ONLINE) if _ONLINE.fullmatch(folded) else ""


def with_online(text: str) -> str:
    """The place in "Geneva and online"; "" if the text is nothing like it."""
    both = _BOTH.fullmatch(text.strip())
    return both[1] if both else ""


def country_code(text: str) -> str:
    """The code of a country by one of its names, in English or French; "" if it is none."""
    return _countries().get(places.fold(text).removeprefix("the ").strip(" ."), "")


def known_city(text: str, country: str) -> places.City | None:
    """A city of the catalogue by its name, with or without its post code and hyphens; in any country if that is ""."""
    bare = _POSTAL.sub("", text).strip()
    spellings = dict.fromkeys((text, bare, bare.replace("-", " ")))
    return next(filter(None, (places.find_city(name, country) for name in spellings if name)), None)


def _placed(cut: list[str], *, cities: bool) -> Place:
    """The place that the parts of a text tell; online beside a city is hybrid."""
    parts = [named for part in cut if (named := line(part))]
    modes = {mode for part in parts if (mode := mode_of(part))}
    told = [part for part in parts if not mode_of(part)]
    bare = [with_online(part) or part for part in told]
    place = _located(bare, cities=cities)
    hybrid = Mode.HYBRID in modes or bare != told or bool(modes and place.city)
    return replace(place, mode=str(Mode.HYBRID) if hybrid else next(iter(modes), ""))


def _located(parts: list[str], *, cities: bool) -> Place:
    for last in range(len(parts) - 1, -1, -1):
        if code := country_code(parts[last]) or _code_after_city(parts[: last + 1]):
            return _in_country(parts[:last], parts[last + 1 :], code, cities=cities)
    return _with_city(parts, "") or Place(venue=", ".join(parts))


def _in_country(before: list[str], after: list[str], code: str, *, cities: bool) -> Place:
    told = before[:-1] if len(before) > 1 and _STATE.fullmatch(before[-1]) else before
    if place := _with_city(told, code):
        return replace(place, venue=", ".join(filter(None, (place.venue, *after))))
    city = told[-1] if told and cities else ""
    return Place(city=city, country=code, venue=", ".join((*(told[:-1] if city else told), *after)))


def _with_city(parts: list[str], code: str) -> Place | None:
    """The place with the last of the parts that is a city of that country, if one is."""
    for at in range(len(parts) - 1, -1, -1):
        if city := known_city(parts[at], code):
            venue = ", ".join(parts[:at] + parts[at + 1 :])
            return Place(city=city.name, country=city.country, zone=city.zone, venue=venue)
    return None


def _code_after_city(parts: list[str]) -> str:
    """The code that is the last of the parts, if the one before is a city of that country: "Geneva", "CH"."""
    code = parts[-1]
    known = len(parts) > 1 and code in places.countries() and known_city(parts[-2], code)
    return code if known else ""


@cache
def _countries() -> dict[str, str]:
    """The code of each country by its folded names."""
    named = {}
    for code in sorted(places.countries()):
        for name in (*places.country_names(code), places.country_name(code, language="fr")):
            named[places.fold(name)] = code
    return named
