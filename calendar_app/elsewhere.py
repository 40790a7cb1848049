"""Addresses elsewhere: what people paste, and the pages of Google, Microsoft and others that take up what is ours."""

import re
from datetime import date, timedelta
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from calendar_app.spans import Span

# Userinfo, host and port in the characters of RFC 3986 §3.2; of names, in those that hosts have.
_AUTHORITY = re.compile(
    r"(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]*)?"
)


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
