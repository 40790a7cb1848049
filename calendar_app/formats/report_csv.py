"""The table of all events of a report as CSV (RFC 4180): a row an event, safe to open in a spreadsheet."""

from collections import defaultdict
from collections.abc import Sequence

from calendar_app import addresses, spans
from calendar_app.engagement import Engagement
from calendar_app.events import Event, roles_of
from calendar_app.formats import csv_rows
from calendar_app.report import naming
from calendar_app.report.facts import Facts
from calendar_app.report.record import Record
from calendar_app.texts import Texts

MEDIA_TYPE = "text/csv; charset=utf-8; header=present"
COLUMNS = (
    *("start", "end", "precision", "title", "report_name", "place", "country", "kind", "series", "section", "role"),
    *("sdgs", "themes", "side_events", "partners", "engagement", "status", "confidence", "source", "source_url"),
    "page",
)


def render(facts: Facts, texts: Texts, *, base: str) -> bytes:
    """The table with its head, events in the order of the facts; several values of a cell part at "; "."""
    record = Record(facts, texts)
    held: dict[str, list[str]] = defaultdict(list)
    for event in record.events:
        held[event.held_at].append(event.title)
    return csv_rows.table(COLUMNS, [_row(event, record, held=held[event.uid], base=base) for event in record.events])


def _row(event: Event, record: Record, *, held: Sequence[str], base: str) -> list[str]:
    """The cells of an event; `held` are the side events at it."""
    series, told, done = record.series_of(event), record.place(event), record.done_at(event)
    start, end = spans.to_iso(event.span)
    values = {
        "start": start,
        "end": end,
        "precision": event.span.precision,
        "report_name": told.name if told else "",
        "place": naming.place(event, record.texts, told),
        "kind": series.kind if series else event.kind,
        "section": record.first_of(record.sections_of(event)),
        "role": "; ".join(roles_of(event, series)),
        "sdgs": "; ".join(map(str, event.sdgs)),
        "themes": "; ".join(event.themes),
        "side_events": "; ".join(held),
        "partners": "; ".join(dict.fromkeys(record.partner(key) for each in done for key in each.partners)),
        "engagement": "; ".join(_told(each, record.texts) for each in done),
        "page": base + addresses.event(event.slug),
    }
    return [str(values[name] if name in values else getattr(event, name)) for name in COLUMNS]


def _told(done: Engagement, texts: Texts) -> str:
    """What ITU did, by its sort and in the words of the record."""
    words = texts.label("activity", done.activity)
    return f"{words}: {done.detail}" if done.detail else words
