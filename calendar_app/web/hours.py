"""The hours of a timed span by several clocks, each named: the venue's, UTC, and another that a reader asks for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from calendar_app import places, spans
from calendar_app.errors import SpanError
from calendar_app.spans import LONGEST_QUOTE, Span
from calendar_app.texts import Texts

_MOST_TYPED = 200
_MOMENT = "%Y-%m-%dT%H:%MZ"
_UNIVERSAL = frozenset({"UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A timed span in words: by the venue's clock, and by UTC or the clock that was asked for ("" if that is the same).

    `start` and `end` are the moments (UTC, ISO 8601), `day` and `local` the venue's day and hours, from which a script
    tells the reader's own time, unless a zone was `asked` for.
    """

    venue: str
    other: str
    local: str
    start: str
    end: str
    day: date
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Another clock that a reader asks for: what was typed, and its zone, or what is wrong with it in words."""

    typed: str = ""
    zone: str = ""
    problem: str = ""


def of(span: Span, texts: Texts, *, city: str = "", country: str = "", zone: str = "") -> Hours | None:
    """The hours of a span that has times, held in a city if one is told; `zone` is another clock that was asked for."""
    start, end = span.start_utc, span.end_utc
    if start is None or end is None or span.zone is None:
        return None
    universal = span.zone in _UNIVERSAL
    if zone:
        other = _by(ZoneInfo(zone), start, end, span.first, texts)
        other = texts.gettext("{hours} in {zone}").format(hours=other, zone=f"{zone} ({_names(zone, start, end)})")
    else:
        other = "" if universal else f"{_by(UTC, start, end, span.first, texts)} UTC"
    return Hours(
        venue=_venue(span, texts, city=city, country=country),
        other=other,
        local=_local(span),
        start=start.strftime(_MOMENT),
        end=end.strftime(_MOMENT),
        day=span.first,
        asked=bool(zone),
    )


def short(span: Span) -> str:
    """The hours in little room, by the venue's clock: "10:00–13:00 CET", "09:00–10:30 UTC+1"; "" if it has none."""
    start = span.start_utc
    if start is None or span.zone is None:
        return ""
    local = start.astimezone(ZoneInfo(span.zone))
    return f"{_local(span)} {_abbreviation(local) or _offset(local)}"


def asked(text: str, texts: Texts) -> Asked:
    """The clock that a text asks for, none if it is empty."""
    typed = "".join(letter if letter.isprintable() else "\ufffd" for letter in text.strip()[:_MOST_TYPED])
    try:
        return Asked(typed=typed, zone=read_zone(typed))
    except SpanError as error:
        return Asked(typed=typed, problem=texts.error(error))


def read_zone(text: str) -> str:
    """The IANA zone that a reader names: "Asia/Tokyo", "asia/tokyo", or a city of it, "Tokyo" or "Genève"; "" for none.

    Raises:
        SpanError: there is no such zone, or more than one.
    """
    typed = " ".join(text.split())
    if not typed:
        return ""
    city = places.find_city(typed, "")
    named = _zones().get(typed.casefold().replace(" ", "_"), ())
    found = {city.zone} if city and typed not in spans.ZONES else set(named)
    if len(found) != 1:
        raise SpanError("span-zone", zone=typed[:LONGEST_QUOTE])
    return found.pop()


@cache
def usual_zones() -> list[str]:
    """The zones of the cities that events are held in, to choose from."""
    return sorted({city.zone for city in places.cities().values()} | {"UTC"})


@cache
def _zones() -> dict[str, list[str]]:
    """The zones by their name, and by the city at its end, in small letters."""
    found: dict[str, list[str]] = {}
    for zone in sorted(spans.ZONES):
        for name in {zone.casefold(), zone.casefold().rpartition("/")[2]}:
            found.setdefault(name, []).append(zone)
    return found | {zone.casefold(): [zone] for zone in spans.ZONES}


def _venue(span: Span, texts: Texts, *, city: str, country: str) -> str:
    zone, start, end = str(span.zone), span.start_utc, span.end_utc
    hours = _local(span)
    if zone in _UNIVERSAL or start is None or end is None:
        return f"{hours} UTC"
    names = _names(zone, start, end)
    # An event may be timed by another clock than its city's.
    known = places.find_city(city, country) if city else None
    if known and start.astimezone(ZoneInfo(known.zone)).utcoffset() == start.astimezone(ZoneInfo(zone)).utcoffset():
        return texts.gettext("{hours} in {city} ({zone})").format(hours=hours, city=city, zone=names)
    return f"{hours} ({zone}, {names})"


def _by(clock: tzinfo, start: datetime, end: datetime, day: date, texts: Texts) -> str:
    """From start to end by a clock; with the day where it is not the venue's."""
    first, last = start.astimezone(clock), end.astimezone(clock)
    if first.date() != last.date():
        return f"{texts.day(first.date())}, {first:%H:%M} – {texts.day(last.date())}, {last:%H:%M}"
    hours = f"{first:%H:%M}–{last:%H:%M}"
    return hours if first.date() == day else f"{texts.day(first.date())}, {hours}"


def _local(span: Span) -> str:
    return f"{span.start_time:%H:%M}–{span.end_time:%H:%M}"


def _names(zone: str, start: datetime, end: datetime) -> str:
    """What the clock is called: "CET, UTC+1"; both names where it is changed meanwhile."""
    clock = ZoneInfo(zone)
    named = [_name(at.astimezone(clock)) for at in (start, end)]
    return ", then ".join(dict.fromkeys(named))


def _name(local: datetime) -> str:
    return ", ".join(filter(None, (_abbreviation(local), _offset(local))))


def _abbreviation(local: datetime) -> str:
    """The usual letters for a clock; "" where there are none but its offset."""
    name = local.tzname() or ""
    return name if name.isalpha() else ""


def _offset(local: datetime) -> str:
    """How far a clock is from UTC: "UTC+5:30"."""
    offset = local.utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
