"""Every path as a pure function. They are kept for ever; a test holds them against the web's own map."""

import re
from datetime import date, timedelta
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from calendar_app.spans import Span

HOME = "/"
EVENTS = "/events"
SERIES = "/series"
THEMES = "/themes"
SDGS = "/sdgs"
SUBSCRIBE = "/subscribe"
SUBMIT = "/submit"
ABOUT = "/about"
DESK = "/desk"
VERIFY = "/desk/verify"
FEED_HEALTH = "/desk/feeds"
LOGIN = "/login"
LOGOUT = "/logout"
SETUP = "/setup"
FEEDS = "/feeds/"
CHANGES_FEED = "/changes.atom"

# Userinfo, host and port in the characters of RFC 3986 §3.2; of names, in those that hosts have.
_AUTHORITY = re.compile(
    r"(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?"
)

# The facets that have named feeds, with the word in their path.
NAMED = ("theme", "sdg", "series", "kind", "country", "role", "year")


def events(query: str = "") -> str:
    """The page of a selection, from its canonical query."""
    return f"{EVENTS}?{query}" if query else EVENTS


def event(slug: str) -> str:
    """An event's page."""
    return f"{EVENTS}/{slug}"


def event_file(slug: str, extension: str = "ics") -> str:
    """An event's calendar file."""
    return f"{EVENTS}/{slug}.{extension}"


def series(key: str) -> str:
    """A series' page."""
    return f"{SERIES}/{key}"


def theme(slug: str) -> str:
    """A theme's page."""
    return f"{THEMES}/{slug}"


def sdg(number: int | str) -> str:
    """A goal's page."""
    return f"{SDGS}/{number}"


def submission(token: str) -> str:
    """A proposer's own view of a submission."""
    return f"/submissions/{token}"


def desk_submission(number: int) -> str:
    """An item of the queue."""
    return f"{DESK}/submissions/{number}"


def desk_event(slug: str) -> str:
    """An event at the desk: its states, and its changes to undo."""
    return f"{DESK}/events/{slug}"


def verify(source: str = "", source_url: str = "", at: str = "") -> str:
    """The list to verify, with the source that is being read filled in, and the event that comes next."""
    given = {name: value for name, value in (("source", source), ("source_url", source_url), ("at", at)) if value}
    return VERIFY + (f"?{urlencode(given)}" if given else "") + (f"#{at}" if at else "")


def setup(token: str) -> str:
    """The one-time link that makes the first account."""
    return f"{SETUP}/{token}"


def feed(name: str = "all", extension: str = "ics") -> str:
    """A feed by its name: "all", "deadlines", "theme/climate-change"."""
    return f"{FEEDS}{quote(name)}.{extension}"


def select_feed(query: str, extension: str = "ics") -> str:
    """Any selection as a feed, from its canonical query."""
    return f"{FEEDS}select.{extension}" + (f"?{query}" if query else "")


def short_feed(key: str, options: str = "", extension: str = "ics") -> str:
    """A long selection's feed by the id of its short address, with the canonical query of its options."""
    return f"{FEEDS}s/{key}.{extension}" + (f"?{options}" if options else "")


def changes_feed(query: str = "") -> str:
    """What changed in any selection as an Atom feed, from its canonical query."""
    return CHANGES_FEED + (f"?{query}" if query else "")


def webcal(address: str) -> str:
    """An absolute feed address as a link that calendar programs open themselves."""
    return "webcal://" + address.partition("://")[2]


def google(address: str) -> str:
    """Google Calendar's page that adds a feed. It wants a percent-encoded webcal address."""
    return "https://calendar.google.com/calendar/r?cid=" + quote(webcal(address), safe="")


def outlook(address: str, name: str, *, host: str = "outlook.live.com") -> str:
    """Outlook's page that adds a feed, on outlook.live.com or outlook.office.com."""
    return f"https://{host}/calendar/0/addfromweb?url={quote(address, safe='')}&name={quote(name, safe='')}"


def google_copy(title: str, span: Span, *, location: str, details: str) -> str:
    """Google Calendar's page that adds one event, filled with it; "" for a span whose days are not known.

    Its end is exclusive; times are in UTC. It takes `details` for HTML.
    """
    if span.days is None:
        return ""
    form = "%Y%m%dT%H%M%SZ" if span.timed else "%Y%m%d"
    dates = "/".join(end.strftime(form) for end in _ends(span))
    given = {"action": "TEMPLATE", "text": title, "dates": dates, "location": location, "details": details}
    return f"https://calendar.google.com/calendar/render?{_filled(given)}"


def outlook_copy(title: str, span: Span, *, location: str, details: str, host: str = "outlook.live.com") -> str:
    """Outlook's page that adds one event, filled with it; "" for a span whose days are not known.

    Nothing documents it: its end is exclusive in browsers, times are in UTC, and it takes `details` for HTML.
    """
    if span.days is None:
        return ""
    form = "%Y-%m-%dT%H:%M:%SZ" if span.timed else "%Y-%m-%d"
    start, end = (each.strftime(form) for each in _ends(span))
    given = {"path": "/calendar/action/compose", "rru": "addevent", "subject": title, "startdt": start, "enddt": end}
    given |= {"allday": "" if span.timed else "true", "location": location, "body": details}
    return f"https://{host}/calendar/0/deeplink/compose?{_filled(given)}"


def _ends(span: Span) -> tuple[date, date]:
    """Start and exclusive end of a span: moments in UTC if it has times, else days."""
    return span.start_utc or span.first, span.end_utc or span.last + timedelta(days=1)


def _filled(given: dict[str, str]) -> str:
    return urlencode({name: value for name, value in given.items() if value}, quote_via=quote, safe="/:")


def uri(address: str) -> str:
    """A web address as people paste it (an IRI) as the URI that it stands for (RFC 3987 §3.1); "" if it has no host."""
    try:
        parts = urlsplit(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", address))
        # The codec of IDNA keeps ASCII as it is, userinfo and port included.
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except ValueError:
        return ""
    if not _AUTHORITY.fullmatch(host):
        return ""
    path, query, fragment = (quote(part, safe="%/:@!$&'()*+,;=~?") for part in parts[2:])
    return urlunsplit((parts.scheme, host, path, query, fragment))
