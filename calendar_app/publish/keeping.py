"""Keeping: documents that are rendered once for as long as the data stand, in bounded memory."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import nullcontext

from calendar_app.errors import BusyError
from calendar_app.publish.documents import Document
from calendar_app.store import Store

_MOST_WAITING = 3
# The path, and what else a document depends on.
Key = tuple[str, Hashable]


class Documents:
    """Documents of a store by their keys, `most` bytes of them; `busy` says what is not rendered where many wait."""

    def __init__(self, store: Store, *, most: int, busy: str) -> None:
        self._store = store
        self._most = most
        self._busy = busy
        self._lock = threading.RLock()
        self._revision = -1
        self._kept: OrderedDict[Key, Document] = OrderedDict()
        self._bytes = 0
        self._renderings: dict[tuple[Key, int], threading.Lock] = {}
        # There are more addresses than can be rendered: a stranger who asks for all must not take every thread. What is
        # rendered already, and what is not bounded, waits for none of this.
        self.slots, self._turn = threading.BoundedSemaphore(_MOST_WAITING), threading.Lock()

    def once(self, key: Key, render: Callable[[], Document], *, bounded: bool) -> Document:
        """The document of this key; one that is `bounded` is rendered while no other such one is.

        Raises:
            BusyError: `bounded`, and as many of these as may are being rendered or wait for it.
        """
        revision = self._store.revision()
        with self._lock:
            if revision != self._revision:
                self._revision, self._bytes = revision, 0
                self._kept.clear()
            document = self._kept.get(key)
            if document is not None:
                self._kept.move_to_end(key)
                return document
            rendering = self._renderings.setdefault((key, revision), threading.Lock())
        # One caller renders, without holding up the polls of other feeds; the rest wait for what it makes.
        with rendering:
            document = self._kept.get(key)
            if document is None or revision != self._revision:
                try:
                    document = self._rendered(render, bounded=bounded)
                finally:
                    self._renderings.pop((key, revision), None)
                self._keep(key, document, revision)
        return document

    def _rendered(self, render: Callable[[], Document], *, bounded: bool) -> Document:
        """What is rendered, all of it read at one revision."""
        if bounded and not self.slots.acquire(blocking=False):
            raise BusyError(self._busy)
        try:
            with self._turn if bounded else nullcontext(), self._store.snapshot():
                return render()
        finally:
            if bounded:
                self.slots.release()

    def _keep(self, key: Key, document: Document, revision: int) -> None:
        with self._lock:
            if revision != self._revision:
                return
            self._kept[key] = document
            self._bytes += _size(key, document)
            while self._bytes > self._most and len(self._kept) > 1:
                self._bytes -= _size(*self._kept.popitem(last=False))


def _size(key: Key, document: Document) -> int:
    """About the bytes that a document takes in memory, compressed too, with what it is asked for by."""
    return 2 * len(document.body) + 12 * len(key[0]) + 4096
