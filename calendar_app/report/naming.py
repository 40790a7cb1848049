"""House style: how a report names events and series, with their dates and places."""

import re
from datetime import date

from calendar_app import addresses, cadence, places
from calendar_app.events import Event, Series
from calendar_app.report.facts import Period, ReportPlace
from calendar_app.report.model import Run
from calendar_app.spans import Precision, Span
from calendar_app.texts import Texts
from calendar_app.topics import Mode, Status

# Where the United Nations has its headquarters, a report names no country.
_SEATS = frozenset({("new york", "US"), ("geneva", "CH"), ("nairobi", "KE"), ("vienna", "AT")})
_SHORT_ENOUGH = 40  # characters of a name that is said in full each time
_ACRONYM = re.compile(r"\(([^()]*[A-Z][^()]*[A-Z][^()]{0,10})\)$")
# Names with one of these are of one thing of its sort, and take an article in a sentence.
_ONE = re.compile(
    r"\b(?:forum|summit|conference|commission|committee|council|assembly|assemblies|congress|group|board|network|team"
    r"|task force|unit|office|partnership|segment|review|awards|prizes|debate|symposium|session|mechanism)\b"
)
# But for these: with an article of their own, a session by its number or year, or a motto; and initials alone.
_NAKED = re.compile(r"^the |:|^[\w-]+,|, [0-9]")
# And what is called by initials and a year: "WSIS Forum 2016", but "the High-level Political Forum 2016".
_BY_YEAR = re.compile(r"^\w*[A-Z]\w*[A-Z].*\b[12][0-9]{3}$")
# "COP 31: UN Climate Change Conference 2026", "CSW70: Commission on the Status of Women".
_NUMBERED = re.compile(r"^([A-Z]{2,}[ -]?[0-9]+): ")


def dates(span: Span, period: Period, texts: Texts) -> str:
    """The days of a span as reports write them: "11-20 July", "November"; years where the period is not within one."""
    years = {period.first.year, period.last.year, span.first.year, span.last.year}
    if span.precision is Precision.YEAR:
        told = "-".join(dict.fromkeys((str(span.first.year), str(span.last.year))))
        return texts.gettext("{year}, month not known").format(year=told)
    last = _day(span.last, span.precision, texts) + (f" {span.last.year}" if len(years) > 1 else "")
    if span.first == span.last or span.single_month:
        return last
    if span.precision is Precision.DAY and (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{span.first.day}-{last}"
    other_year = f" {span.first.year}" if span.first.year != span.last.year else ""
    return f"{_day(span.first, span.precision, texts)}{other_year}-{last}"


def hours(span: Span) -> str:
    """The hours of a timed span by the clock of its place: "13:15-14:30"; "" if it has none."""
    if span.start_time is None or span.end_time is None:
        return ""
    return f"{span.start_time:%H:%M}-{span.end_time:%H:%M}"


def place(event: Event, texts: Texts, said: ReportPlace | None = None) -> str:
    """Where an event is, as reports say it: "Istanbul, Turkey", "New York", "online"; "" if that is not known.

    What a report says of it (`said`) holds only as long as the event is still in that city and country.
    """
    if event.mode is Mode.ONLINE:
        return texts.gettext("online")
    told = said.place if said and _still(said.place, event) else ""
    if not told:
        told = _city(event, texts)
    if event.mode is Mode.HYBRID:
        return texts.gettext("{place} and online").format(place=told) if told else texts.gettext("online")
    return told


def states(event: Event, texts: Texts) -> tuple[str, ...]:
    """What has to be said of an event besides, in words: "cancelled", "dates unverified"."""
    words = {
        Status.CANCELLED: texts.gettext("cancelled"),
        Status.POSTPONED: texts.gettext("postponed"),
        Status.TENTATIVE: texts.gettext("expected"),
    }
    told = [words[event.status]] if event.status in words else []
    return (*told, texts.gettext("dates unverified")) if event.unverified else tuple(told)


def event_name(event: Event, said: ReportPlace | None) -> str:
    """What a report calls an event: as it was told to, else its title."""
    return said.name if said and said.name else event.title


def event_in_short(name: str, series: Series | None) -> str:
    """A name for its second mention: "HLPF" for one that ends so in brackets, "COP 31" for one that begins so.

    A long one goes by the short name of its series only where that meets so seldom that no other event is meant.
    """
    if found := _ACRONYM.search(name) or _NUMBERED.search(name):
        return found[1]
    return series.short_name if series and len(name) > _SHORT_ENOUGH and _is_rare(series) else name


def series_name(series: Series) -> str:
    """The full name of a series with its short one: "Committee on Programmes (HLCP)"."""
    name, short = series.name, series.short_name
    words = set(re.findall(r"\w+", places.fold(name)))
    if not short or set(re.findall(r"\w+", places.fold(short))) <= words:
        return name
    if not name.endswith(")"):
        return f"{name} ({short})"
    start, _, rest = name.rpartition(" (")
    return name if "(" in short else f"{start} ({short}; {rest}"


def linked(event: Event, words: str) -> Run:
    """Words that lead to an event's page."""
    return Run(text=words, address=addresses.event(event.slug))


def linked_series(series: Series, words: str) -> Run:
    """Words that lead to a series' page."""
    return Run(text=words, address=addresses.series(series.key))


def article(name: str, texts: Texts) -> str:
    """The article that a name takes within an English sentence: "the " or ""."""
    plain = places.fold(name)
    alone = name.isupper() or texts.language != "en" or _NAKED.search(plain) or _BY_YEAR.search(name)
    return "the " if not alone and _ONE.search(plain) else ""


def _is_rare(series: Series) -> bool:
    """Whether a series meets less often than every year, as far as its cadence tells."""
    beat = cadence.parse(series.cadence)
    return series.cadence.startswith("once") if beat is None else beat.years > 1


def _day(day: date, precision: Precision, texts: Texts) -> str:
    month = texts.month(day)
    return f"{day.day} {month}" if precision is Precision.DAY else month


def _city(event: Event, texts: Texts) -> str:
    """City and country, but a city alone that is a seat of the United Nations or gives its country the name."""
    country = texts.country(event.country, on=event.span.first)
    city = places.fold(event.city)
    if city and ((city, event.country) in _SEATS or places.fold(country).startswith(city)):
        return event.city
    return texts.place(event.city, event.country, on=event.span.first)


def _still(said: str, event: Event) -> bool:
    """Whether a place that was written down is still where the event is: in its city, and in no other country."""
    if not said or not event.city:
        return False
    parts = [places.fold(part) for part in said.split(",")]
    city = places.fold(event.city)
    countries = {places.fold(name) for name in places.country_names(event.country)} if event.country else set()
    return city in parts and parts[-1] in {city, *countries}
