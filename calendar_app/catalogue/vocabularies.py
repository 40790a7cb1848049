"""The checks of the files that hold vocabularies: themes, goals, cities, aliases, countries’ names and regions."""

from importlib.resources.abc import Traversable

from calendar_app.catalogue import words
from calendar_app.catalogue.table import Problems, read, read_unique
from calendar_app.errors import CalendarError

_NO_SDGS: tuple[int, ...] = ()


def check(folder: Traversable, problems: Problems) -> None:
    """Notes every bad cell of these files; what they tell is read by `topics` and `places`."""
    for row in read_unique(folder, "themes.csv", ["slug"], problems):
        problems.checked(row, "sdgs", words.sdgs, default=_NO_SDGS)
        if "," in row["category"]:
            problems.add(row, "category", CalendarError("category-comma", value=row["category"]))
    for row in read_unique(folder, "sdgs.csv", ["number"], problems):
        problems.checked(row, "number", words.sdgs, default=_NO_SDGS)
    for row in read(folder, "country_names.csv", problems):
        problems.checked(row, "country", lambda cell: words.country(words.text(cell)), default="")
        problems.checked(row, "name", words.text, default="")
        problems.checked(row, "until", words.day, default="")
    for row in read_unique(folder, "regions.csv", ["country"], problems):
        problems.checked(row, "country", words.country, default="")
        problems.checked(row, "region", words.text, default="")
    _check_cities(folder, problems)


def _check_cities(folder: Traversable, problems: Problems) -> None:
    known = set[tuple[str, str]]()
    for row in read_unique(folder, "cities.csv", ["country", "city"], problems):
        problems.checked(row, "country", words.country, default="")
        problems.checked(row, "latitude", words.number, default=0.0)
        problems.checked(row, "longitude", words.number, default=0.0)
        problems.checked(row, "timezone", words.zone, default="")
        known.add((row["city"], row["country"]))
    for row in read(folder, "aliases.csv", problems):
        # Without a city, it is the country's.
        problems.checked(row, "country", words.country, default="")
        if row["city"] and (row["city"], row["country"]) not in known:
            problems.add(row, "city", CalendarError("key-unknown", value=row["city"]))
        problems.checked(row, "alias", words.text, default="")
