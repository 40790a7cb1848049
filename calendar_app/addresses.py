"""Every path as a pure function. They are kept for ever; a test holds them against the web's own map."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

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
LOGIN = "/login"
LOGOUT = "/logout"
SETUP = "/setup"
FEEDS = "/feeds/"

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


def webcal(address: str) -> str:
    """An absolute feed address as a link that calendar programs open themselves."""
    return "webcal://" + address.partition("://")[2]


def google(address: str) -> str:
    """Google Calendar's page that adds a feed. It wants a percent-encoded webcal address."""
    return "https://calendar.google.com/calendar/r?cid=" + quote(webcal(address), safe="")


def outlook(address: str, name: str, *, host: str = "outlook.live.com") -> str:
    """Outlook's page that adds a feed, on outlook.live.com or outlook.office.com."""
    return f"https://{host}/calendar/0/addfromweb?url={quote(address, safe='')}&name={quote(name, safe='')}"


def uri(address: str) -> str:
    """A web address as people paste it (an IRI) as the URI that it stands for (RFC 3987 §3.1); "" for none at all."""
    try:
        parts = urlsplit(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", address))
        # The codec of IDNA keeps ASCII as it is, userinfo and port included.
        host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except ValueError:
        return ""
    path, query, fragment = (quote(part, safe="%/:@!$&'()*+,;=~?") for part in parts[2:])
    return urlunsplit((parts.scheme, host, path, query, fragment))
