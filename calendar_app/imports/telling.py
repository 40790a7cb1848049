"""An event of a foreign calendar as the fields of the form, save for its days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from calendar_app.errors import CalendarError
from calendar_app.fields import LONGEST_NAME, line
from calendar_app.imports import locations, naming, own, plain, when
from calendar_app.imports.entries import Entry, Moment
from calendar_app.spans import FIRST_YEAR, LAST_YEAR, Span
from calendar_app.topics import Status

_STATUS = {
    "TENTATIVE": Status.TENTATIVE,
    "CONFIRMED": Status.CONFIRMED,
    "CANCELLED": Status.CANCELLED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The fields of an event, its venue's zone ("" if not known), and its span where our own feed gives it no days."""

    fields: Mapping[str, Any]
    notes: tuple[CalendarError, ...]
    zone: str = ""
    vague: Span | None = None


def tell(entry: Entry) -> Told:
    """What an event of a foreign calendar, or of a feed of ours, says beside its days."""
    if own.wrote(entry) and entry.start and FIRST_YEAR <= entry.start.at.year <= LAST_YEAR:
        return _own(entry, entry.start)
    place = locations.find(entry.location)
    description = plain.text(entry.description)
    fields = {
        "title": entry.title,
        "url": plain.usable_link(entry.url),
        "description": plain.cut(description, plain.LONGEST_DESCRIPTION),
        "status": str(_STATUS.get(entry.status, "")),
        **place.fields(),
        **naming.of_categories(entry.categories),
    }
    notes = list(entry.notes)
    if fields["description"] != description:
        notes.append(CalendarError("import-description-cut", most=plain.LONGEST_DESCRIPTION))
    if len(place.venue) > LONGEST_NAME:
        notes.append(CalendarError("import-venue-cut", most=LONGEST_NAME))
        fields["venue"] = plain.name(place.venue)
    if entry.url and not fields["url"]:
        notes.append(CalendarError("import-link-left", link=entry.url[:60]))
    notes += [CalendarError("import-link-place", link=line(link)[:60]) for link in place.links[:1]]
    notes += [CalendarError("import-private")] if entry.private else []
    return Told(fields=_filled(fields), notes=tuple(notes), zone=place.zone)


def _own(entry: Entry, start: Moment) -> Told:
    """What an entry of a feed of ours says; its last day is exclusive there."""
    first = start.at.date()
    last = max(first, (start.at + when.length(entry)).date() - timedelta(days=1)) if not start.timed else first
    told = own.tell(entry, first, last)
    place = locations.find(entry.location, cities=True)
    fields = {**naming.of_categories(entry.categories), **place.fields(), **told.fields}
    return Told(fields=fields, notes=(*entry.notes, *told.notes), zone=told.zone or place.zone, vague=told.vague)


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
