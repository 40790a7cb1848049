"""What the form's lists offer, in the request's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from calendar_app import places, spans
from calendar_app.events import Series
from calendar_app.store import series
from calendar_app.topics import SDGS, SERIES_KINDS, THEMES, Kind, Mode, Role, Status
from calendar_app.web import current

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The vocabularies of the form as values and their names, sorted as people look things up."""

    series: Pairs
    kinds: Pairs
    modes: list[Mode]
    statuses: Pairs
    roles: Pairs
    countries: Pairs
    zones: list[str]
    cities: list[str]
    themes: Pairs
    sdgs: Pairs


def choices(*, side_event: bool = False) -> Choices:
    """All that the form offers; a `side_event` stays one, and is in no series."""
    texts = current.texts()
    kinds = (Kind.SIDE_EVENT,) if side_event else SERIES_KINDS
    directory = {} if side_event else series.directory(current.store())
    statuses = [status for status in Status if status is not Status.WITHDRAWN]
    return Choices(
        series=[(each.key, _series_name(each)) for each in directory.values()],
        kinds=[(kind, texts.label("kind", kind)) for kind in kinds],
        modes=list(Mode),
        statuses=[(status, texts.label("status", status)) for status in sorted(statuses, key=_usual)],
        roles=[(role, texts.label("role", role)) for role in Role],
        countries=_sorted((code, texts.country(code)) for code in places.countries()),
        zones=sorted(spans.ZONES),
        cities=sorted({city.name for city in places.cities().values()}),
        themes=_sorted((theme.slug, theme.name) for theme in THEMES.values()),
        sdgs=[(str(sdg.number), sdg.name) for sdg in SDGS.values()],
    )


def _series_name(each: Series) -> str:
    return each.short_name if each.short_name == each.name else f"{each.short_name}: {each.name}"


def _usual(status: Status) -> bool:
    """Sorts the usual status, confirmed, to the front."""
    return status is not Status.CONFIRMED


def _sorted(pairs: Iterable[tuple[str, str]]) -> Pairs:
    return sorted(pairs, key=lambda pair: places.fold(pair[1]))
