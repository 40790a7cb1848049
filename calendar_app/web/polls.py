"""Feeds, as a WSGI application in front of Flask, whose session, limits and hooks cost more than the answer."""

import contextlib
import re
import traceback
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache, partial
from typing import Any
from urllib.parse import parse_qsl

from calendar_app import options, publish, selection
from calendar_app.addresses import CHANGES_FEED, CHANGES_FILE, EVENTS, FEEDS
from calendar_app.errors import BusyError, NotFoundError, SelectionError
from calendar_app.formats import FORMATS
from calendar_app.publish import Document, Publisher, Target
from calendar_app.selection import MOST_QUERY
from calendar_app.store import search
from calendar_app.web.tally import Tally

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Wsgi = Callable[[Environ, StartResponse], Iterable[bytes]]

_CACHE = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=86400"
_COMMON = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
]
_CHANGES = (CHANGES_FEED, CHANGES_FILE)
_FILE = re.compile(rf"{EVENTS}/(?P<slug>.*)\.(?P<extension>{'|'.join(FORMATS)})", re.DOTALL)
_MOST_TARGETS = 512
_MOST_PAIRS = 200


class Polls:
    """Answers `/feeds/...` and an event's files (`/events/<slug>.ics`); hands everything else on to the pages.

    A `tally` counts what is answered.
    """

    def __init__(
        self, pages: Wsgi, publisher: Publisher, today: Callable[[], date], *, tally: Tally | None = None
    ) -> None:
        self._pages = pages
        self._publisher = publisher
        self._today = today
        self._tally = tally
        self._targets: OrderedDict[tuple[str, str, int], Target] = OrderedDict()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        # WSGI hands bytes on as Latin-1 (PEP 3333).
        path = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
        if not (path.startswith(FEEDS) or path in _CHANGES or _FILE.fullmatch(path)):
            return self._pages(environ, start_response)
        today = self._today()
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            self._count(environ, today, "refused")
            return _refuse(environ, start_response, "405 Method Not Allowed", "A feed is only read: GET or HEAD.")
        try:
            document = self._document(path, environ.get("QUERY_STRING", ""), today)
        except (NotFoundError, SelectionError) as error:
            self._count(environ, today, "refused")
            status = "404 Not Found" if isinstance(error, NotFoundError) else "400 Bad Request"
            return _refuse(environ, start_response, status, self._publisher.texts.error(error))
        except BusyError as error:
            self._count(environ, today, "failed")
            return _refuse(environ, start_response, "503 Service Unavailable", self._publisher.texts.error(error))
        except Exception:
            self._count(environ, today, "failed")
            environ["wsgi.errors"].write(f"feed failed: {path!r}\n{traceback.format_exc()}")
            # A client that is given nothing keeps what it has; an empty calendar would clear it.
            return _refuse(environ, start_response, "503 Service Unavailable", "The feed can't be read just now.")
        unchanged, body = _answer(environ, start_response, document)
        self._count(environ, today, _counted_as(path), unchanged=unchanged)
        return body

    def _count(self, environ: Environ, today: date, feed: str, *, unchanged: bool = False) -> None:
        if self._tally:
            self._tally.count(today, feed, environ.get("HTTP_USER_AGENT", ""), unchanged=unchanged)

    def _document(self, path: str, query: str, today: date) -> Document:
        if file := _FILE.fullmatch(path):
            return self._publisher.event(file["slug"], extension=file["extension"])
        render = self._publisher.changes if path in _CHANGES else self._publisher.feed
        return render(self._target(path, query), today=today)

    def _target(self, path: str, query: str) -> Target:
        name, _, extension = path.removeprefix(FEEDS).rpartition(".")
        store = self._publisher.store
        if not (_takes_options(name) or path in _CHANGES):
            # A named feed takes no options, so that a file server may serve it; what is appended counts for nothing.
            query = ""
        key = (path, query, store.revision())
        target = self._targets.get(key)
        if target is not None:
            # Another thread may have dropped it meanwhile.
            with contextlib.suppress(KeyError):
                self._targets.move_to_end(key)
        else:
            target = self._targets[key] = self._found(path, name, query, extension)
            while len(self._targets) > _MOST_TARGETS:
                self._targets.popitem(last=False)
        return target

    def _found(self, path: str, name: str, query: str, extension: str) -> Target:
        store = self._publisher.store
        if path not in _CHANGES and not _takes_options(name):
            return publish.named(store, name, extension)
        told, rest = options.parse(_pairs(query))
        known = partial(search.known, store)
        if path in _CHANGES:
            narrowed, rest = publish.narrowed(rest)
            return publish.changed(selection.parse(rest, known), extension, options=told, narrowed=narrowed)
        if name == "select":
            return publish.selected(selection.parse(rest, known), extension, options=told)
        for other, _ in rest:
            raise SelectionError("option-unknown", name=other[:60])
        return publish.short(store, name.removeprefix("s/"), extension, options=told)


def _pairs(query: str) -> list[tuple[str, str]]:
    """The names and values of a query as WSGI has it: bytes as Latin-1."""
    if len(query) > MOST_QUERY:
        raise SelectionError("query-long", most=MOST_QUERY)
    if query.count("&") >= _MOST_PAIRS:
        raise SelectionError("select-many", most=selection.MOST_VALUES)
    try:
        # What was not percent-encoded is UTF-8 all the same.
        return parse_qsl(query.encode("latin-1").decode("utf-8"), keep_blank_values=True, errors="strict")
    except ValueError:
        raise SelectionError("query-unreadable") from None


def _takes_options(name: str) -> bool:
    return name == "select" or name.startswith("s/")


@lru_cache(maxsize=1024)
def _counted_as(path: str) -> str:
    """What a poll that was answered counts as: a named feed by its name, any other by the kind of its address."""
    if path.startswith(EVENTS):
        return "event"
    if path in _CHANGES:
        return "changes"
    name = path.removeprefix(FEEDS).rpartition(".")[0]
    return "short" if name.startswith("s/") else name


def _answer(environ: Environ, start_response: StartResponse, document: Document) -> tuple[bool, Iterable[bytes]]:
    """Sends a document; gives whether the client had it already, and the body."""
    zipped = _accepts_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    etag = f'"{document.etag}-gz"' if zipped else f'"{document.etag}"'
    if (wanted := environ.get("HTTP_IF_MATCH", "")) and not _is_wanted(wanted, etag):
        words = "What was asked for has changed meanwhile."
        return False, _refuse(environ, start_response, "412 Precondition Failed", words)
    headers = [*_COMMON, ("Cache-Control", _CACHE), ("ETag", etag)]
    if _matches(environ.get("HTTP_IF_NONE_MATCH", ""), etag):
        start_response("304 Not Modified", headers)
        return True, []
    body = document.gzipped if zipped else document.body
    headers += [
        ("Content-Type", document.media_type),
        ("Content-Language", document.language),
        ("Content-Length", str(len(body))),
        ("Content-Disposition", f'inline; filename="{document.name}"'),
    ]
    if zipped:
        headers.append(("Content-Encoding", "gzip"))
    start_response("200 OK", headers)
    return False, [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _refuse(environ: Environ, start_response: StartResponse, status: str, words: str) -> Iterable[bytes]:
    body = f"{words}\n".encode()
    headers = [
        *_COMMON,
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    if status.startswith("405"):
        headers.append(("Allow", "GET, HEAD"))
    if status.startswith("503"):
        headers.append(("Retry-After", "300"))
    start_response(status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _is_wanted(header: str, etag: str) -> bool:
    """If-Match, by strong comparison (RFC 9110 §13.1.1)."""
    return header.strip() == "*" or etag in map(str.strip, header.split(","))


def _matches(header: str, etag: str) -> bool:
    """If-None-Match, by weak comparison (RFC 9110 §13.1.2); each encoding has a tag of its own (§8.8.3.3)."""
    return header.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in header.split(","))


def _accepts_gzip(header: str) -> bool:
    """Whether gzip is acceptable (RFC 9110 §12.5.3): named, else `*`, and not with a weight of nought."""
    weights = {}
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        weights[coding.strip()] = weight.replace(" ", "")
    named = next((weights[coding] for coding in ("gzip", "x-gzip", "*") if coding in weights), "q=0")
    return re.fullmatch(r"q=0(\.0*)?", named) is None
