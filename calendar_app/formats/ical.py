"""iCalendar (RFC 5545, 7986): the one writer, and the only user of icalendar."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar, Component, Timezone, TimezoneStandard
from icalendar import Event as VEvent
from icalendar.prop import vDuration, vText, vUri

from calendar_app import addresses
from calendar_app.events import Deadline, Event
from calendar_app.formats import telling
from calendar_app.formats.feed import Context, Feed
from calendar_app.spans import Precision
from calendar_app.topics import Status

_PRODUCT = "-//UN Forum Calendar//Feeds//EN"
_REFRESH = timedelta(hours=6)
_END = b"END:VCALENDAR\r\n"
_CONTROLS = dict.fromkeys([*range(0x20), 0x7F, 0x85, 0x2028, 0x2029, 0xFEFF, *range(0xD800, 0xE000)], None)
_CONTROLS = {code: None for code in _CONTROLS if code not in (0x09, 0x0A)}
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_STATUS = {
    Status.TENTATIVE: "TENTATIVE",
    Status.CONFIRMED: "CONFIRMED",
    Status.POSTPONED: "CANCELLED",
    Status.CANCELLED: "CANCELLED",
    Status.WITHDRAWN: "CANCELLED",
}


def carries(event: Event) -> bool:
    """Whether the event is an entry: known to the day or to one month. Longer ranges would fill a calendar's weeks."""
    return event.span.precision is Precision.DAY or event.span.single_month


def entry(event: Event, context: Context) -> bytes:
    """The VEVENT of an event (RFC 5545 §3.6.1); of a withdrawn one a tombstone, so that clients take it away."""
    component = _component(event.uid, event)
    _add_span(component, event)
    if event.status is Status.WITHDRAWN:
        return _tombstone(component, context)
    component.add("summary", _text(telling.title(event, context)))
    component.add("status", _status(event))
    component.add("description", _text(telling.description(event, context)))
    component.add("url", vUri(context.base + addresses.event(event.slug)))
    _add_place(component, event, context)
    if categories := telling.categories(event):
        component.add("categories", categories)
    if event.part_of:
        component.add("related-to", vText(event.part_of))
    return _bytes(component)


def deadline_entries(event: Event, context: Context) -> bytes:
    """A VEVENT for each deadline of an event, on its last day, related to the event (RFC 5545 §3.8.4.5)."""
    return b"".join(_deadline(event, deadline, context) for deadline in event.deadlines)


def document(feed: Feed, entries: Iterable[bytes]) -> bytes:
    """The VCALENDAR that holds these entries; valid and explained without any (RFC 5545 §3.6 wants one component)."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    body = b"".join(entries)
    # Classic Outlook opens a file that names a calendar as a new calendar, not as an event: MS-OXCICAL wants
    # X-WR-CALNAME left out of a single appointment.
    if not (feed.single and body):
        _describe(calendar, feed, empty=not body)
    if not body:
        calendar.add_component(_utc())
    return _bytes(calendar).removesuffix(_END) + body + _END


def _describe(calendar: Calendar, feed: Feed, *, empty: bool) -> None:
    """Says what the calendar is and how often to look (RFC 7986 §5)."""
    calendar.add("uid", vText(feed.uid))
    for name in ("name", "x-wr-calname"):
        calendar.add(name, _text(feed.name))
    for name in ("description", "x-wr-caldesc"):
        calendar.add(name, _text(_explained(feed, empty=empty)))
    calendar.add("url", vUri(feed.page))
    # icalendar leaves out the VALUE that RFC 7986 §5.7 and §5.8 demand.
    calendar.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    calendar.add("source", vUri(feed.address), parameters={"VALUE": "URI"})


def _component(uid: str, event: Event) -> VEvent:
    component = VEvent()
    component.add("uid", vText(uid))
    component.add("dtstamp", event.stamp)
    component.add("last-modified", event.stamp)
    component.add("sequence", event.sequence)
    component.add("transp", "TRANSPARENT")
    component.add("x-microsoft-cdo-busystatus", "FREE")
    return component


def _tombstone(component: VEvent, context: Context) -> bytes:
    component.add("summary", _text(context.texts.gettext("Withdrawn")))
    component.add("status", "CANCELLED")
    return _bytes(component)


def _add_span(component: VEvent, event: Event) -> None:
    if event.span.timed:
        # In UTC: a single event needs no VTIMEZONE, and several readers put an old table of their own first.
        component.add("dtstart", event.span.start_utc)
        component.add("dtend", event.span.end_utc)
        return
    _add_days(component, event.span.first, event.span.last)


def _add_days(component: VEvent, first: date, last: date) -> None:
    component.add("dtstart", first)
    # DTEND is exclusive (RFC 5545 §3.6.1), the span's last day is not.
    component.add("dtend", last + timedelta(days=1))
    component.add("x-microsoft-cdo-alldayevent", "TRUE")


def _status(event: Event) -> str:
    uncertain = event.unverified or event.span.precision is not Precision.DAY
    return "TENTATIVE" if uncertain and not event.off else _STATUS[event.status]


def _add_place(component: VEvent, event: Event, context: Context) -> None:
    if location := telling.location(event, context):
        component.add("location", _text(location))
    if coordinates := telling.coordinates(event):
        component.add("geo", coordinates)


def _deadline(event: Event, deadline: Deadline, context: Context) -> bytes:
    component = _component(deadline.uid, event)
    _add_days(component, deadline.day, deadline.day)
    if event.status is Status.WITHDRAWN:
        return _tombstone(component, context)
    kind = context.texts.label("deadline", deadline.kind)
    component.add("summary", _text(f"{kind}: {telling.title(event, context)}"))
    component.add("status", "CANCELLED" if event.off else "CONFIRMED")
    component.add("description", _text(context.base + addresses.event(event.slug)))
    component.add("url", vUri(context.base + addresses.event(event.slug)))
    component.add("related-to", vText(event.uid))
    return _bytes(component)


def _explained(feed: Feed, *, empty: bool) -> str:
    texts = feed.texts
    if empty and not feed.left_out:
        note = texts.gettext("There are no events in this selection now; they appear here when there are.")
        return f"{feed.description} {note}"
    if not feed.left_out:
        return feed.description
    note = texts.ngettext(
        "{count} event without a settled month is not in this calendar; it is at {page}",
        "{count} events without a settled month are not in this calendar; they are at {page}",
        feed.left_out,
    )
    return f"{feed.description} {note.format(count=feed.left_out, page=feed.page)}"


def _utc() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local by definition (RFC 5545 §3.6.5)
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone.add_component(standard)
    return zone


class _Text(vText):
    """A text that is read back as it was; vText takes a typed backslash before N for a line break."""

    def to_ical(self) -> bytes:
        """The text escaped as RFC 5545 §3.3.11 says."""
        return "".join(_ESCAPES.get(letter, letter) for letter in self).encode()


def _text(text: str) -> vText:
    """Text without the control characters that RFC 5545 §3.1 forbids."""
    return _Text(text.replace("\r\n", "\n").translate(_CONTROLS))


def _bytes(component: Component) -> bytes:
    return bytes(component.to_ical(sorted=False))
