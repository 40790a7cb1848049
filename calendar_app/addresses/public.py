"""The addresses that everyone may ask for."""

from datetime import date
from urllib.parse import quote

HOME = "/"
EVENTS = "/events"
SERIES = "/series"
THEMES = "/themes"
SDGS = "/sdgs"
SUBSCRIBE = "/subscribe"
SUBMIT = "/submit"
ABOUT = "/about"
PARTNERS = "/partners"
REPORT = "/report"
ANNEX = "/report/annex.csv"
FIGURES = "/report/figures"
FIGURES_FILE = "/report/figures.csv"
FEEDS = "/feeds/"
CALENDAR = "/calendar"
MAP = "/map"
COVERAGE = "/coverage"
OVERLAPS = "/overlaps"
CHANGES = "/changes"
CHANGES_FEED = "/changes.atom"
CHANGES_FILE = "/changes.json"
EMBED = "/embed"
SITEMAP = "/sitemap.xml"
ROBOTS = "/robots.txt"
CARD = "/card.png"
REFERENCE = "/api"
API = "/api/v1"
API_EVENTS = "/api/v1/events"
API_SERIES = "/api/v1/series"
API_FACETS = "/api/v1/facets"
OPENAPI = "/openapi.json"

# The facets that have named feeds, with the word in their path.
NAMED = ("theme", "sdg", "series", "kind", "country", "role", "year")


def api_events(query: str = "") -> str:
    """The events of a selection in the API, from its query."""
    return f"{API_EVENTS}?{query}" if query else API_EVENTS


def api_event(uid: str) -> str:
    """An event in the API."""
    return f"{API_EVENTS}/{uid}"


def reference(anchor: str = "") -> str:
    """The reference page of the API, at one of its headings; also what names a kind of problem (RFC 9457 §3.1.1)."""
    return f"{REFERENCE}#{anchor}" if anchor else REFERENCE


def events(query: str = "") -> str:
    """The page of a selection, from its canonical query."""
    return f"{EVENTS}?{query}" if query else EVENTS


def month(day: date, query: str = "") -> str:
    """The month grid of a day's month, with the canonical query of what it shows."""
    return f"{CALENDAR}/{day:%Y-%m}" + (f"?{query}" if query else "")


def year(number: int, query: str = "") -> str:
    """The planner of a year, with the canonical query of what it shows."""
    return f"{CALENDAR}/{number:04}" + (f"?{query}" if query else "")


def sheet(number: int, query: str = "", *, page: int = 1, dark: bool = False) -> str:
    """The planner of a year as a drawing: one of its sheets, by daylight or at night."""
    parts = [query, "dark=1" if dark else "", f"sheet={page}" if page > 1 else ""]
    told = "&".join(filter(None, parts))
    return f"{CALENDAR}/{number:04}.svg" + (f"?{told}" if told else "")


def view(path: str, query: str = "") -> str:
    """A view of a selection (MAP, COVERAGE, OVERLAPS, CHANGES, CHANGES_FILE, EMBED), from its canonical query."""
    return path + (f"?{query}" if query else "")


def event(slug: str) -> str:
    """An event's page."""
    return f"{EVENTS}/{slug}"


def event_file(slug: str, extension: str = "ics") -> str:
    """An event's calendar file."""
    return f"{EVENTS}/{slug}.{extension}"


def event_picture(slug: str) -> str:
    """An event as a picture, for where its address is shared."""
    return f"{EVENTS}/{slug}.png"


def sitemap(number: int) -> str:
    """One file of the site map: 0 holds the pages that are no events, each further one a stretch of the events."""
    return f"/sitemap-{number}.xml"


def series(key: str) -> str:
    """A series' page."""
    return f"{SERIES}/{key}"


def theme(slug: str) -> str:
    """A theme's page."""
    return f"{THEMES}/{slug}"


def sdg(number: int | str) -> str:
    """A goal's page."""
    return f"{SDGS}/{number}"


def partner(key: str) -> str:
    """A partner's page."""
    return f"{PARTNERS}/{key}"


def report(query: str = "") -> str:
    """The Council report of a period, from its query (`from=2016-01-01&to=2016-12-31`)."""
    return REPORT + (f"?{query}" if query else "")


def report_file(extension: str, query: str = "") -> str:
    """The same report as a file: "docx" or "txt"."""
    return f"{REPORT}.{extension}" + (f"?{query}" if query else "")


def submission(token: str) -> str:
    """A proposer's own view of a submission."""
    return f"/submissions/{token}"


def amend(token: str) -> str:
    """The form by which a proposer amends a submission."""
    return f"/submissions/{token}/edit"


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
