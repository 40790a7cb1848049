"""CSV (RFC 4180): a row an event, its columns named as the form's fields, safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from calendar_app import addresses, spans
from calendar_app.events import convener_of, roles_of
from calendar_app.formats import telling
from calendar_app.formats.feed import Context, Feed
from calendar_app.formats.layers import Item

# The mark by which spreadsheets know UTF-8.
_MARK = b"\xef\xbb\xbf"
# Where a spreadsheet would take a cell for a formula, also by its signs' wide forms (OWASP, CSV Injection). Half of
# Europe's spreadsheets part cells at semicolons whatever the quotes say, and so may find one in the midst of a cell.
_FORMULA = re.compile(r"(?:^|(?<=[;\t\n]))(?=\s*[=+\-@＝＋－＠])|^(?=\s)")
COLUMNS = (
    *("uid", "layer", "title", "dates", "first", "last", "precision", "start_time", "end_time", "timezone", "status"),
    *("unverified", "city", "country", "venue", "mode", "series", "kind", "convener", "role", "themes", "sdgs"),
    *("url", "registration_url", "webcast_url", "source", "source_url", "part_of", "held_at", "page"),
    "updated",
)


def entry(item: Item, context: Context) -> bytes:
    """The row of an item. Dates are only as exact as they are known; several values of a cell part at "; "."""
    event, series = item.event, context.series.get(item.event.series)
    first, last = spans.to_iso(event.span)
    start, end = event.span.start_time, event.span.end_time
    values = {
        "uid": event.uid,
        "layer": item.layer,
        "title": event.title,
        "dates": context.texts.span(event.span),
        "first": first,
        "last": last,
        "precision": event.span.precision,
        "start_time": f"{start:%H:%M}" if start else "",
        "end_time": f"{end:%H:%M}" if end else "",
        "timezone": event.span.zone or event.timezone,
        "status": event.status,
        "unverified": "yes" if event.unverified else "no",
        "convener": convener_of(event, series),
        "held_at": event.held_at if event.forum else "",
        "role": "; ".join(roles_of(event, series)),
        "themes": "; ".join(event.themes),
        "sdgs": "; ".join(map(str, event.sdgs)),
        "page": context.base + addresses.event(event.slug),
        "updated": telling.moment(event.stamp),
    }
    return row([str(values[name] if name in values else getattr(event, name)) for name in COLUMNS])


def document(_feed: Feed, entries: Sequence[bytes]) -> bytes:
    """The table with its head."""
    return _MARK + row(COLUMNS) + b"".join(entries)


def table(head: Sequence[str], cells: Iterable[Sequence[str]]) -> bytes:
    """Any table of texts with its head."""
    return _MARK + row(head) + b"".join(map(row, cells))


def defused(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe is before what looks like one."""
    return _FORMULA.sub("'", telling.plain(cell))


def row(cells: Sequence[str]) -> bytes:
    """A line of cells, each defused."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([defused(cell) for cell in cells])
    return out.getvalue().encode()
