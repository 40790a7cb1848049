"""Where a series stands: with whom ITU works in it, what it belongs to, and where the Council report names it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calendar_app import addresses
from calendar_app.events import Event, Series
from calendar_app.facets import bodies
from calendar_app.places import fold
from calendar_app.report import periods
from calendar_app.store import partners, report_places, stated
from calendar_app.store import series as kept
from calendar_app.topics import Kind
from calendar_app.web import current
from calendar_app.web.statements import Statement

_OURSELVES = "ITU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a series' page tells beside its own fields.

    `counterparts` are names with the address of the page of each, "" for none; `conveners` those of them that convene
    it, if they do so without ITU. `whole` is what it belongs to, of which
    it is a pillar (`pillar`) or a group under one; `parts` belong to it. `sections` are those of the Council report,
    and `report` the address of the last one that has something of it, of `year`.
    """

    counterparts: tuple[tuple[str, str], ...]
    conveners: tuple[str, ...]
    whole: Series | None
    parts: tuple[Series, ...]
    pillar: bool
    sections: tuple[str, ...]
    year: int | None
    report: str


def of(series: Series, statements: Sequence[Statement], editions: Iterable[Event]) -> Standing:
    """Where a series stands, from the statements and the editions that its page shows."""
    store, directory = current.store(), kept.directory(current.store())
    belonging = kept.pillars(store)
    whole = next((key for key, parts in belonging.items() if series.key in parts), "")
    above = {part for parts in belonging.values() for part in parts}
    year = _last_year(statements, editions)
    counterparts = _counterparts(series, statements)
    return Standing(
        counterparts=tuple(counterparts),
        conveners=_conveners(series, counterparts),
        whole=directory.get(whole),
        parts=tuple(directory[key] for key in belonging.get(series.key, ()) if key in directory),
        pillar=(whole or series.key) not in above,
        sections=_sections(series.key),
        year=year,
        report=addresses.report(periods.calendar_year(year).query) if year else "",
    )


def _counterparts(series: Series, statements: Sequence[Statement]) -> list[tuple[str, str]]:
    """Who ITU works with in a series, each once: an office itself, who convenes it, and whom statements name."""
    store = current.store()
    shown = stated.of_partners(store)
    names = [series.name] if series.kind is Kind.OFFICE else [*bodies(series.convener)]
    found: dict[str, tuple[str, str]] = {}
    for name in filter(None, names):
        partner = partners.by_name(store).get(fold(name))
        if partner is not None and partner.key in shown:
            found.setdefault(partner.key, (partner.name, addresses.partner(partner.key)))
        elif name != _OURSELVES:
            found.setdefault(f"/{fold(name)}", (name, ""))
    for partner in (partner for each in statements for partner in each.partners):
        found.setdefault(partner.key, (partner.name, addresses.partner(partner.key)))
    return list(found.values())


def _conveners(series: Series, counterparts: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    told, named_ = bodies(series.convener), {name for name, _ in counterparts}
    return tuple(told) if set(told) <= named_ else ()


def _sections(key: str) -> tuple[str, ...]:
    places = report_places.standing(current.store())
    return tuple(dict.fromkeys(place.section for place in places if (place.subject, place.key) == ("series", key)))


def _last_year(statements: Sequence[Statement], editions: Iterable[Event]) -> int | None:
    """The last year of which something is recorded: a statement, or an edition that was held or has begun."""
    begun = [event.span.first for event in editions if not event.off and event.span.first <= current.today()]
    years = [*(each.year for each in statements), *(first.year for first in begun)]
    return max(years, default=None)
