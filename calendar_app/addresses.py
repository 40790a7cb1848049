"""Every path as a pure function. They are kept for ever; a test holds them against the web's own map."""

from datetime import date
from urllib.parse import quote, urlencode

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
DESK_SERIES = "/desk/series"
NEW_SERIES = "/desk/series/new"
IMPORT = "/desk/import"
BULK = "/desk/bulk"
BATCHES = "/desk/batches"
LOG = "/desk/log"
LOG_FILE = "/desk/log.csv"
QUEUE_FEED = "/desk/submissions.atom"
PARTNERS = "/partners"
REPORT = "/report"
ANNEX = "/report/annex.csv"
FIGURES = "/report/figures"
FIGURES_FILE = "/report/figures.csv"
DESK_REPORT = "/desk/report"
DESK_FIGURES = "/desk/figures"
DESK_PARTNERS = "/desk/partners"
NEW_PARTNER = "/desk/partners/new"
LOGIN = "/login"
LOGOUT = "/logout"
SETUP = "/setup"
INVITE = "/invite"
RESET = "/reset"
ACCOUNT = "/account"
ACCOUNTS = "/desk/accounts"
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


def desk_report(query: str = "") -> str:
    """What editors write for the report of a period, and what it lacks."""
    return DESK_REPORT + (f"?{query}" if query else "")


def desk_partner(key: str) -> str:
    """A partner at the desk: its fields, and its history."""
    return f"{DESK_PARTNERS}/{key}"


def engagement_at(slug: str) -> str:
    """What ITU did at an event, at the desk."""
    return f"{DESK}/events/{slug}/engagement"


def engagement_in(key: str) -> str:
    """What ITU did in a series as a whole, at the desk."""
    return f"{DESK_SERIES}/{key}/engagement"


def desk_engagement(uid: str) -> str:
    """One statement of what ITU did, at the desk: its fields, and its history."""
    return f"{DESK}/engagements/{uid}"


def side_event(slug: str) -> str:
    """Where a side event of ITU's at an event is added."""
    return f"{DESK}/events/{slug}/side-event"


def submission(token: str) -> str:
    """A proposer's own view of a submission."""
    return f"/submissions/{token}"


def amend(token: str) -> str:
    """The form by which a proposer amends a submission."""
    return f"/submissions/{token}/edit"


def desk_submission(number: int) -> str:
    """An item of the queue."""
    return f"{DESK}/submissions/{number}"


def desk_event(slug: str) -> str:
    """An event at the desk: its states, and its changes to undo."""
    return f"{DESK}/events/{slug}"


def desk_import(number: int, query: str = "") -> str:
    """An import that waits: its columns, how far it is, its preview with the query of what to show of it."""
    return f"{IMPORT}/{number}" + (f"?{query}" if query else "")


def bulk(query: str = "") -> str:
    """One change of many events of a selection, from its canonical query."""
    return BULK + (f"?{query}" if query else "")


def batch(number: int) -> str:
    """What an import or a change of many events wrote, and undoing it."""
    return f"{BATCHES}/{number}"


def split(slug: str) -> str:
    """Where an event is split into parts."""
    return f"{DESK}/events/{slug}/split"


def log(query: str = "") -> str:
    """What was done at the desk, with the query of what to show of it."""
    return LOG + (f"?{query}" if query else "")


def log_file(query: str = "") -> str:
    """The same as a file."""
    return LOG_FILE + (f"?{query}" if query else "")


def queue_feed(key: str) -> str:
    """What waits in the queue as a feed, by the key of an editor's account."""
    return f"{QUEUE_FEED}?{urlencode({'key': key})}"


def desk_series(key: str) -> str:
    """A series at the desk: its fields, and its history."""
    return f"{DESK_SERIES}/{key}"


def verify(source: str = "", source_url: str = "", at: str = "") -> str:
    """The list to verify, with the source that is being read filled in, and the event that comes next."""
    given = {name: value for name, value in (("source", source), ("source_url", source_url), ("at", at)) if value}
    return VERIFY + (f"?{urlencode(given)}" if given else "")


def setup(token: str) -> str:
    """The one-time link that makes the first account."""
    return f"{SETUP}/{token}"


def invite(token: str) -> str:
    """The one-time link that makes an account for who was invited."""
    return f"{INVITE}/{token}"


def reset(token: str) -> str:
    """The one-time link that sets a password anew."""
    return f"{RESET}/{token}"


def desk_account(number: int) -> str:
    """An account, for administrators."""
    return f"{ACCOUNTS}/{number}"


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
