"""Which family of calendar programs asks, by its User-Agent."""

import re
from functools import lru_cache

from calendar_app.messages.marking import N_

OTHER = "other"
# A longer one is no calendar's, and none is worth the memory.
_MOST_LETTERS = 300

# The first that fits counts. Calendars come first: Thunderbird and old Outlooks call themselves Mozilla as
# browsers do, and Nextcloud called itself a crawler. Each word stands in agents that servers have seen.
_FAMILIES = {
    # `Google-Calendar-Importer`, and nothing else (github.com/aaronpk/Meetable/issues/138).
    "google": r"Google-Calendar-Importer",
    # Exchange fetches for Outlook on the web, the new Outlook and the phones:
    # `Microsoft Exchange/15.20 (Windows NT 10.0; Win64; x64)`. Classic Outlook fetches by itself:
    # `Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.16327; Pro)`, older ones
    # `Mozilla/4.0 (compatible; MSIE 7.0; ...; Microsoft Outlook 16.0.9029; ms-office; MSOffice 16)`.
    "outlook": r"Microsoft[ .]Exchange|\bExchange/\d|Microsoft Office|Outlook|MSOffice",
    # `iOS/18.0 (22A3354) dataaccessd/1.0`, macOS too since 13: `macOS/13.0 (22A380) dataaccessd/1.0`; before it
    # `Mac+OS+X/10.12.2 (16C67) CalendarAgent/384`, and first `CalendarStore/5.0 (1127); iCal/5.0 (1535); ...`
    # (github.com/browscap/browscap/issues/382, matomo-org/device-detector/issues/5600, tine20/tine20/issues/7407).
    "apple": r"dataaccessd|CalendarAgent|CalendarStore|\biCal/|\bCalendar/\S+ CFNetwork",
    # `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Thunderbird/115.6.0`.
    "thunderbird": r"Thunderbird|Lightning/|Betterbird",
    # `ICSx5/2.4.3 (ical4j/3.2.19 okhttp/5.3.2 Android/16)`, from its own source (github.com/bitfireAT/icsx5);
    # `DAVx5/4.3.3.2-ose (...) Android/13`.
    "icsx5": r"ICSx|ICSdroid|DAVx|DAVdroid",
    # `Nextcloud Webcal Service`, earlier `Nextcloud Webcal Crawler`: its own source (github.com/nextcloud/server).
    "nextcloud": r"Nextcloud|ownCloud",
    # `Evolution/3.40.3` is GNOME Calendar's too; `Mozilla/5.0 (X11; Linux x86_64) KIO/5.86 akonadi_...`
    # (github.com/nextcloud/server/pull/33729).
    "linux": r"Evolution/|GNOME|\bKIO/|akonadi|KOrganizer|Merkuro",
    # No agent of Yahoo Calendar's is on record; its other programs but the crawler bear the name.
    "yahoo": r"Yahoo(?!.*Slurp)",
    # CUBOT makes telephones.
    "crawler": r"(?<!cu)bot\b|crawl|spider|slurp|facebookexternal",
    "script": (
        r"\b(curl|wget|libwww-perl|python|aiohttp|httpx|go-http-client|okhttp|java|axios|undici|guzzle\w*|php|ruby"
        r"|powershell|wordpress|postman\w*|httpie|apache-httpclient)(-\w+)?/|^node\b"
    ),
    "browser": r"^(Mozilla|Opera)/",
}
# Every family with its name, in the order of a table.
NAMES = {
    "google": N_("Google Calendar"),
    "outlook": N_("Outlook and Exchange"),
    "apple": N_("Apple Calendar"),
    "thunderbird": N_("Thunderbird"),
    "icsx5": N_("ICSx⁵ and DAVx⁵"),
    "nextcloud": N_("Nextcloud"),
    "linux": N_("Evolution, GNOME and KDE"),
    "yahoo": N_("Yahoo"),
    "crawler": N_("Crawlers"),
    "script": N_("Scripts"),
    "browser": N_("Browsers"),
    OTHER: N_("Others"),
}
_PATTERNS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _FAMILIES.items()]


def family(agent: str) -> str:
    """The family that a User-Agent belongs to; "other" if it says nothing we know."""
    return _family(agent[:_MOST_LETTERS])


@lru_cache(maxsize=1024)
def _family(agent: str) -> str:
    return next((name for name, pattern in _PATTERNS if pattern.search(agent)), OTHER)
