"""Renderings of a selection as a document: one module a format, one row each in `FORMATS`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from calendar_app.formats import atom, csv_rows, ical, jcal, json_objects
from calendar_app.formats.feed import Context, Feed
from calendar_app.formats.layers import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a selection becomes a document: its entries, each from one item, and what holds them together.

    An entry depends on its item and the context alone, so that an edit renders one entry anew, not all. A
    `calendar` is what clients subscribe to: it keeps tombstones, and shows no years. `coming` leaves out
    what is over, unless a period is asked for.
    """

    name: str
    media_type: str
    entry: Callable[[Item, Context], bytes]
    document: Callable[[Feed, Sequence[bytes]], bytes]
    calendar: bool = False
    coming: bool = False


# A new format is a new module and a new row.
FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            name="ics",
            media_type="text/calendar; charset=utf-8",
            entry=ical.entry,
            document=ical.document,
            calendar=True,
        ),
        Format(
            name="jcal",
            media_type="application/calendar+json; charset=utf-8",
            entry=jcal.entry,
            document=jcal.document,
            calendar=True,
        ),
        Format(
            name="atom",
            media_type="application/atom+xml; charset=utf-8",
            entry=atom.entry,
            document=atom.document,
            coming=True,
        ),
        Format(
            name="json",
            media_type="application/json; charset=utf-8",
            entry=json_objects.entry,
            document=json_objects.document,
        ),
        Format(
            name="csv",
            media_type="text/csv; charset=utf-8; header=present",
            entry=csv_rows.entry,
            document=csv_rows.document,
        ),
    )
}
