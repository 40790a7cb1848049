"""Countries and cities: ISO 3166-1 codes, the names that were valid on a day, coordinates, zones and aliases."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

from calendar_app.topics import facts

# Letters that Unicode does not decompose but readers type plain.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "'"})

# Territories of CLDR that ISO 3166-1 has no officially assigned alpha-2 code for: exceptional reservations,
# user-assigned codes, and groupings.
_NOT_ISO = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city of the catalogue: where it lies (WGS 84 degrees), its IANA zone and its other usual names."""

    name: str
    country: str
    latitude: float
    longitude: float
    zone: str
    aliases: tuple[str, ...]


@cache
def countries() -> frozenset[str]:
    """Every officially assigned ISO 3166-1 alpha-2 code."""
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NOT_ISO


def country_name(code: str, /, *, on: date | None = None, language: str = "en") -> str:
    """The usual name of a country; with `on`, in English, the name that was valid on that day.

    Source: CLDR, and `country_names.csv` for names that changed (`until` is the day of the change, on which
    the new name is valid). An unknown code is given back as it is.
    """
    if language == "en":
        for row in facts("country_names.csv"):
            if row["country"] != code:
                continue
            if not row["until"] or (on is not None and on < date.fromisoformat(row["until"])):
                return row["name"]
    return str(Locale.parse(language).territories.get(code, code))


@cache
def cities() -> dict[tuple[str, str], City]:
    """Every city of the catalogue, by folded name and country."""
    found = {}
    for row in facts("cities.csv"):
        aliases = tuple(
            alias["alias"]
            for alias in facts("aliases.csv")
            if (alias["city"], alias["country"]) == (row["city"], row["country"])
        )
        found[fold(row["city"]), row["country"]] = City(
            name=row["city"],
            country=row["country"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            zone=row["timezone"],
            aliases=aliases,
        )
    return found


@cache
def country_names(code: str) -> frozenset[str]:
    """Every English name of a country, today's, earlier ones and other usual ones: what it may be looked for by."""
    told = {row["name"] for row in facts("country_names.csv") if row["country"] == code}
    told |= {row["alias"] for row in facts("aliases.csv") if row["country"] == code and not row["city"]}
    return frozenset(told | {country_name(code)})


def region(code: str) -> str:
    """The region of a country by the M49 standard of the UN Statistics Division: "Asia"; "" for an unknown code."""
    return _regions().get(code, "")


def find_city(name: str, country: str) -> City | None:
    """The city of that name or alias in that country (any country if it is empty and only one fits)."""
    fits = [city for city in _by_name().get(fold(name), ()) if not country or city.country == country]
    return fits[0] if len(fits) == 1 else None


@cache
def _regions() -> dict[str, str]:
    return {row["country"]: row["region"] for row in facts("regions.csv")}


@cache
def _by_name() -> dict[str, list[City]]:
    named: dict[str, list[City]] = {}
    for city in cities().values():
        for known in {fold(name) for name in (city.name, *city.aliases)}:
            named.setdefault(known, []).append(city)
    return named


def fold(text: str) -> str:
    """Text for comparing: case and diacritics dropped, compatibility forms unified, spaces single."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFKC", letters.translate(_PLAIN)).casefold().split())
