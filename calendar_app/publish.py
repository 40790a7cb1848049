"""A selection in a format as a document (bytes, type, etag), rendered once."""

import gzip
import hashlib
import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from calendar_app import addresses, texts, titles
from calendar_app.errors import NotFoundError
from calendar_app.events import Series
from calendar_app.formats import DEADLINES, FORMATS, Format
from calendar_app.formats.feed import Context, Feed
from calendar_app.selection import FACETS, Selection
from calendar_app.store import Store, events, search, series

# Names every feed of this calendar, whatever its host (RFC 7986 §5.3). Never change it.
_NAMESPACE = uuid.UUID("0b7f9c7e-52a5-5d0c-8f5e-7d5b6c1f0a44")
_MOST_BYTES = 64 * 2**20
_MOST_ENTRIES = 50_000
_Key = tuple[str, Selection]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A rendered document. `name` is the file name to save it under; `etag` a hash of its bytes, unquoted."""

    body: bytes
    media_type: str
    name: str

    @cached_property
    def etag(self) -> str:
        """A strong validator (RFC 9110 §8.8.3): equal for equal bytes, and for those alone."""
        return hashlib.sha256(self.body).hexdigest()[:32]

    @cached_property
    def gzipped(self) -> bytes:
        """The body compressed; the same bytes every time, since no moment of compression is told."""
        return gzip.compress(self.body, mtime=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is asked for: a feed's address, what it selects, and in which format."""

    path: str
    selection: Selection
    format: Format

    @property
    def layer(self) -> str:
        """Which entries of the selection: the events themselves, or their last days."""
        return "deadlines" if self.format is DEADLINES else "events"


class Publisher:
    """Renders documents from a store and remembers them, in bounded memory, for as long as the data stand."""

    def __init__(self, store: Store, *, base: str, language: str = "en") -> None:
        self.store = store
        self.base = base.rstrip("/")
        self.texts = texts.of(language)
        self._lock = threading.RLock()
        self._revision = -1
        self._documents: OrderedDict[_Key, Document] = OrderedDict()
        self._bytes = 0
        self._renderings: dict[tuple[_Key, int], threading.Lock] = {}
        self._entries: OrderedDict[tuple[Format, str, int, datetime], bytes | None] = OrderedDict()

    def feed(self, target: Target, *, today: date) -> Document:
        """The document of a feed. `today` (UTC) makes a relative period absolute; nothing else depends on it."""
        resolved = target.selection.at(today)
        key = (target.path, resolved)
        revision = self.store.revision()
        with self._lock:
            if revision != self._revision:
                self._revision, self._bytes = revision, 0
                self._documents.clear()
            document = self._documents.get(key)
            if document is not None:
                self._documents.move_to_end(key)
                return document
            rendering = self._renderings.setdefault((key, revision), threading.Lock())
        # One caller renders, without holding up the polls of other feeds; the rest wait for what it makes.
        with rendering:
            document = self._documents.get(key)
            if document is None or revision != self._revision:
                try:
                    document = self._render(target, resolved)
                finally:
                    self._renderings.pop((key, revision), None)
                self._keep(key, document, revision)
        return document

    def event(self, slug: str, *, extension: str = "ics") -> Document:
        """The calendar file of one event; of a withdrawn one a tombstone.

        Raises:
            NotFoundError: no event that was ever public has this slug.
        """
        if extension not in FORMATS or search.known(self.store, "event", slug) is None:
            raise NotFoundError("event-unknown", name=slug)
        path = addresses.event_file(slug, extension)
        return self.feed(
            Target(path=path, selection=Selection.of(event=slug), format=FORMATS[extension]), today=date.max
        )

    def _render(self, target: Target, resolved: Selection) -> Document:
        directory = series.directory(self.store)
        context = Context(base=self.base, texts=self.texts, series=directory)
        entries = self._entries_of(target.format, resolved, context)
        feed = Feed(
            uid=str(uuid.uuid5(_NAMESPACE, f"{target.layer}?{target.selection.query}")),
            name=self._name(target, directory),
            description=self._description(),
            address=self.base + target.path,
            page=self.base + addresses.events(target.selection.query),
            left_out=sum(entry is None for entry in entries) if target.format is not DEADLINES else 0,
            single=target.path.startswith(addresses.EVENTS),
            texts=self.texts,
        )
        body = target.format.document(feed, filter(None, entries))
        return Document(body=body, media_type=target.format.media_type, name=_file_name(target.path))

    def _name(self, target: Target, directory: Mapping[str, Series]) -> str:
        if target.format is DEADLINES:
            return self.texts.gettext("UN forums: deadlines")
        slugs = target.selection.chosen("event")
        if target.selection == Selection.of(event=slugs) and len(slugs) == 1:
            event = events.by_slug(self.store, slugs[0])
            title = event.title if event.public else self.texts.gettext("Withdrawn")
            return self.texts.gettext("UN forums: {selection}").format(selection=title)
        return titles.of_feed(target.selection, self.texts, directory)

    def _description(self) -> str:
        return self.texts.gettext("UN forums, summits and conferences that ITU attends. Every date names its source.")

    def _entries_of(self, form: Format, selection: Selection, context: Context) -> list[bytes | None]:
        """The entries of a selection in list order, None for a public event that the format doesn't carry."""
        found = search.versions(self.store, selection)
        keys = [(form, version.uid, version.sequence, version.stamp) for version in found]
        with self._lock:
            # Taken at once: another thread may drop one of them meanwhile.
            entries = {key: self._entries[key] for key in keys if key in self._entries}
        missing = [version.id for version, key in zip(found, keys, strict=True) if key not in entries]
        # An event that was saved between the two reads goes under the key looked for, which never comes again.
        wanted = {key[1]: key for key in keys}
        for event in events.by_ids(self.store, missing):
            left_out = None if event.public else b""
            entries[wanted[event.uid]] = form.entry(event, context) if form.carries(event) else left_out
        with self._lock:
            self._entries |= entries
            while len(self._entries) > max(_MOST_ENTRIES, 3 * len(keys)):
                self._entries.popitem(last=False)
        return [entries[key] for key in keys]

    def _keep(self, key: _Key, document: Document, revision: int) -> None:
        with self._lock:
            if revision != self._revision:
                return
            self._documents[key] = document
            self._bytes += _size(document)
            while self._bytes > _MOST_BYTES and len(self._documents) > 1:
                self._bytes -= _size(self._documents.popitem(last=False)[1])


def _size(document: Document) -> int:
    """About the bytes that a document takes in memory, compressed too."""
    return 2 * len(document.body) + 2048


def named(store: Store, name: str, extension: str) -> Target:
    """What a named feed asks for: "all", "deadlines", "theme/climate-change".

    Raises:
        NotFoundError: no feed has this name.
    """
    form = FORMATS.get(extension)
    asked = f"{name}.{extension}" if name else extension
    facet, _, value = name.partition("/")
    selection = None
    if name in {"all", "deadlines"}:
        selection = Selection()
    elif facet in addresses.NAMED and value in vocabulary(store, facet):
        selection = Selection.of(**{facet: value})
    if form is None or selection is None:
        raise NotFoundError("feed-unknown", name=asked)
    path = addresses.feed(name, extension)
    return Target(path=path, selection=selection, format=DEADLINES if name == "deadlines" else form)


def selected(selection: Selection, extension: str) -> Target:
    """What `/feeds/select.ics?...` asks for.

    Raises:
        NotFoundError: no format has this extension.
    """
    if extension not in FORMATS:
        raise NotFoundError("feed-unknown", name=f"select.{extension}")
    path = addresses.select_feed(selection.query, extension)
    return Target(path=path, selection=selection, format=FORMATS[extension])


def shortest(selection: Selection, extension: str = "ics") -> str:
    """The path of the feed that carries a selection: a named one where there is one."""
    if selection == Selection():
        return addresses.feed("all", extension)
    if len(selection.facets) == 1 and selection == Selection(facets=selection.facets):
        facet, values = selection.facets[0]
        if facet in addresses.NAMED and len(values) == 1:
            return addresses.feed(f"{facet}/{values[0]}", extension)
    return addresses.select_feed(selection.query, extension)


def vocabulary(store: Store, facet: str) -> frozenset[str]:
    """The values that have a named feed of a facet."""
    closed = FACETS[facet].closed
    return frozenset(series.directory(store)) if closed is None else frozenset(map(str, closed()))


def _file_name(path: str) -> str:
    """A name to save a feed under, from its path without the query."""
    return "un-forums-" + path.partition("?")[0].strip("/").removeprefix("feeds/").replace("/", "-")
