"""iCalendar (RFC 5545, 7986, 9253): the one writer, and the only user of icalendar."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Component, Parameters, Timezone, TimezoneStandard
from icalendar import Event as VEvent
from icalendar.prop import vDuration, vText, vUri

from calendar_app import addresses, elsewhere
from calendar_app.events import Event
from calendar_app.formats import telling
from calendar_app.formats.feed import Context, Feed
from calendar_app.formats.layers import Item, Layer
from calendar_app.options import Cancelled, Options, Undated
from calendar_app.spans import Precision
from calendar_app.topics import Status

_PRODUCT = "-//UN Forum Calendar//Feeds//EN"
_REFRESH = timedelta(hours=6)
_COLOR = "goldenrod"
_COLOR_OF_DEADLINES = "firebrick"
_SDG = "http://metadata.un.org/sdg/{number}"
_END = b"END:VCALENDAR\r\n"
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_STATUS = {
    Status.TENTATIVE: "TENTATIVE",
    Status.CONFIRMED: "CONFIRMED",
    Status.POSTPONED: "CANCELLED",
    Status.CANCELLED: "CANCELLED",
    Status.WITHDRAWN: "CANCELLED",
}


def entry(item: Item, context: Context) -> bytes:
    """The VEVENT of an item as bytes."""
    return _bytes(component(item, context))


def component(item: Item, context: Context) -> VEvent:
    """The VEVENT of an item (RFC 5545 §3.6.1); of a withdrawn one a tombstone, so that clients take it away."""
    event, options = item.event, context.options
    vevent = _identity(event)
    _add_busy(vevent, item, options)
    _add_span(vevent, event, options)
    if event.status is Status.WITHDRAWN:
        vevent.add("summary", _text(context.texts.gettext("Withdrawn")))
        vevent.add("status", "CANCELLED")
        return vevent
    vevent.add("summary", _text(telling.title(event, context)))
    if status := _status(event, options):
        vevent.add("status", status)
    vevent.add("description", _text(telling.description(event, context)))
    vevent.add("url", vUri(context.base + addresses.event(event.slug)))
    _add_place(vevent, event, context)
    _add_topics(vevent, event)
    _add_links(vevent, event, context)
    _add_relations(vevent, item)
    _add_alarm(vevent, event, context)
    return vevent


def document(feed: Feed, entries: Sequence[bytes]) -> bytes:
    """The VCALENDAR that holds these entries; valid and explained without any (RFC 5545 §3.6 wants one component)."""
    return _bytes(calendar(feed, empty=not entries)).removesuffix(_END) + b"".join(entries) + _END


def calendar(feed: Feed, *, empty: bool) -> Calendar:
    """The VCALENDAR without its entries."""
    vcalendar = Calendar()
    vcalendar.add("version", "2.0")
    vcalendar.add("prodid", _PRODUCT)
    vcalendar.add("calscale", "GREGORIAN")
    # Classic Outlook opens a file that names a calendar as a new calendar, not as an event: MS-OXCICAL wants
    # X-WR-CALNAME left out of a single appointment.
    if empty or not feed.single:
        _describe(vcalendar, feed, empty=empty)
    if empty:
        vcalendar.add_component(_utc())
    return vcalendar


def _describe(vcalendar: Calendar, feed: Feed, *, empty: bool) -> None:
    """Says what the calendar is and how often to look (RFC 7986 §5)."""
    vcalendar.add("uid", vText(feed.uid))
    for name in ("name", "x-wr-calname"):
        vcalendar.add(name, _text(feed.name))
    for name in ("description", "x-wr-caldesc"):
        vcalendar.add(name, _text(telling.calendar(feed, empty=empty)))
    vcalendar.add("url", vUri(feed.page))
    # icalendar leaves out the VALUE that RFC 7986 §5.7 and §5.8 demand.
    vcalendar.add("refresh-interval", vDuration(_REFRESH), parameters={"VALUE": "DURATION"})
    vcalendar.add("x-published-ttl", vDuration(_REFRESH))
    vcalendar.add("source", _uri(feed.address))
    vcalendar.add("color", vText(_COLOR_OF_DEADLINES if feed.deadlines else _COLOR))


def _identity(event: Event) -> VEvent:
    vevent = VEvent()
    vevent.add("uid", vText(event.uid))
    vevent.add("dtstamp", event.stamp)
    vevent.add("last-modified", event.stamp)
    vevent.add("sequence", event.sequence)
    return vevent


def _add_busy(vevent: VEvent, item: Item, options: Options) -> None:
    """Blocks no time unless that is asked for, and then only days that are known and last days never."""
    event = item.event
    known = event.span.precision is Precision.DAY and not event.off and event.status is not Status.WITHDRAWN
    busy = options.busy and known and item.layer is not Layer.DEADLINE
    vevent.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    uncertain = "TENTATIVE" if event.unverified or event.expected else "BUSY"
    # [MS-OXCICAL] 2.1.3.1.1.20.31: without it Outlook takes an all-day event as it likes.
    vevent.add("x-microsoft-cdo-busystatus", uncertain if busy else "FREE")


def _add_span(vevent: VEvent, event: Event, options: Options) -> None:
    span = event.span
    if span.timed:
        # In UTC: a single event needs no VTIMEZONE, and several readers put an old table of their own first.
        vevent.add("dtstart", span.start_utc)
        vevent.add("dtend", span.end_utc)
    elif options.undated is Undated.FIRST_DAY and span.precision is not Precision.DAY:
        _add_days(vevent, span.first, span.first)
    else:
        _add_days(vevent, span.first, span.last)


def _add_days(vevent: VEvent, first: date, last: date) -> None:
    vevent.add("dtstart", first)
    # DTEND is exclusive (RFC 5545 §3.6.1), the span's last day is not.
    vevent.add("dtend", last + timedelta(days=1))
    vevent.add("x-microsoft-cdo-alldayevent", "TRUE")


def _status(event: Event, options: Options) -> str:
    """The STATUS; "" for what is off where it is to show by its title alone: none of the three would be true."""
    if event.off and options.cancelled is Cancelled.TITLE:
        return ""
    uncertain = event.unverified or event.span.precision is not Precision.DAY
    return "TENTATIVE" if uncertain and not event.off else _STATUS[event.status]


def _add_place(vevent: VEvent, event: Event, context: Context) -> None:
    if location := telling.location(event, context):
        vevent.add("location", _text(location))
    if coordinates := telling.coordinates(event):
        vevent.add("geo", coordinates)


def _add_topics(vevent: VEvent, event: Event) -> None:
    """Plain categories, which every client shows, and beside them the goals by their own URIs (RFC 9253 §8.1)."""
    if categories := telling.categories(event):
        vevent.add("categories", categories)
    for number in event.sdgs:
        vevent.add("concept", vUri(_SDG.format(number=number)))
    if event.series:
        vevent.add("refid", _text(event.series))


def _add_links(vevent: VEvent, event: Event, context: Context) -> None:
    """What the description tells as text, typed (RFC 9253 §8.2), and the webcast (RFC 7986 §5.11)."""
    gettext = context.texts.gettext
    links = (
        (event.source_url, "via", gettext("Source of the dates")),
        (event.url, "related", gettext("Official page")),
        (event.registration_url, "related", gettext("Registration")),
    )
    for given, relation, label in links:
        if address := elsewhere.uri(given):
            vevent.add("link", _uri(address, LINKREL=relation, LABEL=label))
    if webcast := elsewhere.uri(event.webcast_url):
        vevent.add("conference", _uri(webcast, FEATURE="VIDEO", LABEL=gettext("Webcast")))


def _add_relations(vevent: VEvent, item: Item) -> None:
    """What it belongs to (RFC 5545 §3.8.4.5), by default as to its parent (§3.2.15).

    The parts of what was split stand beside each other, the others inside their event, as side events in their forum.
    """
    event = item.event
    if event.part_of:
        beside = {"RELTYPE": "SIBLING"} if item.layer is Layer.EVENT else {}
        vevent.add("related-to", vText(event.part_of), parameters=beside)
    if event.forum:
        vevent.add("related-to", vText(event.held_at))


def _add_alarm(vevent: VEvent, event: Event, context: Context) -> None:
    """A reminder before what will be held on known days (RFC 5545 §3.6.6)."""
    before = context.options.alarm
    if before is None or event.off or event.span.precision is not Precision.DAY:
        return
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", _text(telling.title(event, context)))
    vevent.add_component(alarm)


def _utc() -> Timezone:
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - local by definition (RFC 5545 §3.6.5)
    standard.add("tzoffsetfrom", timedelta(0))
    standard.add("tzoffsetto", timedelta(0))
    zone.add_component(standard)
    return zone


class _Parameters(Parameters):
    """Parameters whose LINKREL stands bare: a quoted one is a URI, a bare one a registered name (RFC 9253 §6.1)."""

    always_quoted = ()  # type: ignore[assignment] # its class names a tuple of nine


def _uri(address: str, **parameters: str) -> vUri:
    """A URI that says that it is one."""
    value = vUri(address)
    value.params = _Parameters({"VALUE": "URI", **parameters})
    return value


class _Text(vText):
    """A text that is read back as it was; vText takes a typed backslash before N for a line break."""

    def to_ical(self) -> bytes:
        """The text escaped as RFC 5545 §3.3.11 says."""
        return "".join(_ESCAPES.get(letter, letter) for letter in self).encode()


def _text(text: str) -> vText:
    """Text without the control characters that RFC 5545 §3.1 forbids."""
    return _Text(telling.plain(text))


def _bytes(component: Component) -> bytes:
    return bytes(component.to_ical(sorted=False))
