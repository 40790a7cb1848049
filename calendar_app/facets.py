"""The FACETS table: by which properties events are selected, and what each of them is."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from calendar_app import places, topics
from calendar_app.events import Event, Series, convener_of, roles_of
from calendar_app.spans import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One property to select by: its name, the values an event has, and its vocabulary.

    `closed` is the vocabulary where it is known beforehand; None where the record itself holds it. `beside` says that
    an event's own revisions don't tell it: it is of what is recorded beside the event.
    """

    name: str
    values: Callable[[Event, Series | None], Iterable[str]]
    closed: Callable[[], Iterable[str]] | None = None
    beside: bool = False


def _years(event: Event, _series: Series | None) -> Iterable[str]:
    return map(str, range(event.span.first.year, event.span.last.year + 1))


def bodies(convener: str) -> list[str]:
    """Each body of a convener: "ECOSOC / UN DESA" and "ITU and UN Women" are two, what has no acronyms is one."""
    told = re.split(r" / |, | and ", convener)
    return told if "(" not in convener and all(re.search("[A-Z]{2}", body) for body in told) else [convener]


def _conveners(event: Event, series: Series | None) -> Iterable[str]:
    return bodies(convener_of(event, series))


# A new facet is a new row.
FACETS: Mapping[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet(name="theme", values=lambda event, _: event.themes, closed=lambda: topics.THEMES),
        Facet(name="sdg", values=lambda event, _: map(str, event.sdgs), closed=lambda: map(str, topics.SDGS)),
        Facet(name="series", values=lambda event, _: [event.series]),
        Facet(name="kind", values=lambda event, _: [event.kind], closed=lambda: topics.Kind),
        Facet(name="country", values=lambda event, _: [event.country], closed=lambda: sorted(places.countries())),
        Facet(name="city", values=lambda event, _: [event.city]),
        Facet(name="convener", values=_conveners),
        Facet(
            name="role",
            values=lambda event, series: map(str, roles_of(event, series)),
            closed=lambda: topics.Role,
        ),
        Facet(name="mode", values=lambda event, _: [event.mode], closed=lambda: topics.Mode),
        Facet(name="year", values=_years, closed=lambda: map(str, range(FIRST_YEAR, LAST_YEAR + 1))),
        Facet(
            name="status",
            values=lambda event, _: [event.status],
            closed=lambda: [status for status in topics.Status if status is not topics.Status.WITHDRAWN],
        ),
        Facet(name="partner", values=lambda event, _: event.partners, beside=True),
        Facet(name="event", values=lambda event, _: [event.slug]),
    )
}
