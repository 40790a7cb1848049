"""The addresses of the desk, and of signing in to it."""

from urllib.parse import urlencode

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
DESK_REPORT = "/desk/report"
DESK_PLACES = "/desk/report/places"
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


def desk_report(query: str = "") -> str:
    """What editors write for the report of a period, and what it lacks."""
    return DESK_REPORT + (f"?{query}" if query else "")


def desk_places(query: str = "") -> str:
    """In which sections reports name events and series, with the query of which of them to change."""
    return DESK_PLACES + (f"?{query}" if query else "")


def desk_partner(key: str) -> str:
    """A partner at the desk: its fields, and its history."""
    return f"{DESK_PARTNERS}/{key}"


def engagement_at(slug: str, query: str = "") -> str:
    """What ITU did at an event, at the desk, with the query of what its form begins with."""
    return f"{DESK}/events/{slug}/engagement" + (f"?{query}" if query else "")


def engagement_in(key: str, query: str = "") -> str:
    """What ITU did in a series as a whole, at the desk, with the query of what its form begins with."""
    return f"{DESK_SERIES}/{key}/engagement" + (f"?{query}" if query else "")


def desk_engagement(uid: str, *, page: int = 1) -> str:
    """One statement of what ITU did, at the desk: its fields, and a page of its history."""
    return f"{DESK}/engagements/{uid}" + (f"?page={page}" if page > 1 else "")


def side_event(slug: str) -> str:
    """Where a side event of ITU's at an event is added."""
    return f"{DESK}/events/{slug}/side-event"


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
