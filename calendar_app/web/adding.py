"""Adding one event as a copy: the pages of Google and Microsoft that are filled with it."""

from dataclasses import dataclass

from calendar_app import addresses, elsewhere
from calendar_app.events import Event
from calendar_app.formats import telling
from calendar_app.formats.feed import Context
from calendar_app.options import DEFAULT
from calendar_app.web import current


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The pages that take a copy of an event, filled with it."""

    google: str
    outlook: str
    office: str


def of(event: Event) -> Copies | None:
    """Where a copy is taken; None where it would say more than is known, or that what is off will be held."""
    if event.span.days is None or event.off:
        return None
    context = Context(base=current.publisher().base, texts=current.texts(), series={}, options=DEFAULT)
    said = {"location": telling.location(event, context), "details": _details(event, context)}
    return Copies(
        google=elsewhere.google_copy(event.title, event.span, **said),
        outlook=elsewhere.outlook_copy(event.title, event.span, **said),
        office=elsewhere.outlook_copy(event.title, event.span, **said, host="outlook.office.com"),
    )


def _details(event: Event, context: Context) -> str:
    """What is uncertain, and the event's page. Nothing that anyone typed: both take the text for HTML."""
    gettext = context.texts.gettext
    notes = [
        gettext("Dates unverified: no source was read for exactly these.") if event.unverified else "",
        gettext("Expected, not confirmed.") if event.expected else "",
        context.base + addresses.event(event.slug),
    ]
    return "\n".join(filter(None, notes))
