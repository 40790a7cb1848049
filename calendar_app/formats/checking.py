"""Whether an event can be told as a calendar demands: asked before it is saved, so that no feed ever breaks."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache

from calendar_app import texts
from calendar_app.errors import CalendarError
from calendar_app.events import Event, Series
from calendar_app.formats import ical, layers, lint
from calendar_app.formats.feed import Context, Feed
from calendar_app.options import Deadlines, Options

_EVERYTHING = Options(deadlines=Deadlines.WITH, parts=True)
_BASE = "https://calendar.invalid"
_FEED = Feed(
    uid="00000000-0000-4000-8000-000000000000",
    name="Check",
    description="Check",
    address=_BASE,
    page=_BASE,
    left_out=Counter(),
    single=False,
    changed=datetime(2026, 1, 1, tzinfo=UTC),
    texts=texts.of("en"),
)


def check(event: Event, series: Mapping[str, Series]) -> None:
    """Writes an event with its parts and last days, and reads that with a linter that shares nothing with the writer.

    Raises:
        CalendarError: a rule that the calendar of this event would break.
    """
    context = Context(base=_BASE, texts=texts.of("en"), series=series, options=_EVERYTHING)
    entries = [ical.entry(item, context) for item in layers.items(event, context)]
    before, after = _around()
    for finding in lint.check(before + b"".join(entries) + after):
        raise CalendarError("event-unwritable", name=event.title, clause=finding.clause, words=finding.words)


@cache
def _around() -> tuple[bytes, bytes]:
    """What stands before and after the entries of a calendar; an import would write it thousands of times."""
    mark = b"BEGIN:X\r\n"
    before, _, after = ical.document(_FEED, [mark]).partition(mark)
    return before, after
