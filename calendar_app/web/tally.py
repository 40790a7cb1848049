"""Tally: counts polls in memory, and hands them on about once a minute, holding no poll up."""

import atexit
import contextlib
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import structlog

from calendar_app.store.polls import Poller
from calendar_app.web import clients

SECONDS = 60.0
# As many rows as memory holds while the database takes none; what is new beyond is not counted.
_MOST_ROWS = 50_000
Keep = Callable[[Mapping[Poller, tuple[int, int]]], None]


class Tally:
    """Counts polls by day, feed and family, all threads' together.

    `keep` is given what was counted since the last time; what it raises loses nothing. `elapsed` gives seconds
    that never run backwards; `later` runs a function soon, in another thread.
    """

    def __init__(
        self,
        keep: Keep,
        *,
        elapsed: Callable[[], float] = time.monotonic,
        later: Callable[[Callable[[], None]], object] | None = None,
    ) -> None:
        self._keep = keep
        self._elapsed = elapsed
        # One thread, made at the first use: a process that was forked before has its own.
        self._later = later or ThreadPoolExecutor(max_workers=1, thread_name_prefix="polls").submit
        self._lock = threading.Lock()
        self._counts: dict[Poller, list[int]] = {}
        self._due = elapsed() + SECONDS

    def count(self, day: date, feed: str, agent: str, *, unchanged: bool) -> None:
        """Counts a poll of a day (UTC) by a client's User-Agent; raises nothing, and waits for nothing."""
        key = (day, feed, clients.family(agent))
        with self._lock:
            counted = self._counts.get(key)
            if counted is None:
                if len(self._counts) >= _MOST_ROWS:
                    return
                self._counts[key] = counted = [0, 0]
            counted[0] += 1
            counted[1] += unchanged
            if self._elapsed() < self._due:
                return
            self._due = self._elapsed() + SECONDS
        self._write_later()

    def write(self) -> None:
        """Hands on what was counted; what could not be written is counted on."""
        with self._lock:
            counts, self._counts = self._counts, {}
        if not counts:
            return
        try:
            self._keep({key: (polls, unchanged) for key, (polls, unchanged) in counts.items()})
        except Exception as error:
            self._take_back(counts)
            structlog.get_logger().warning("polls were not written, and are counted on", reason=str(error))

    def _write_later(self) -> None:
        try:
            self._later(self.write)
        except RuntimeError:
            # The interpreter is ending, or there is no thread to be had: the next time, or at the end.
            return

    def _take_back(self, counts: dict[Poller, list[int]]) -> None:
        with self._lock:
            for key, (polls, unchanged) in counts.items():
                counted = self._counts.setdefault(key, [0, 0])
                counted[0] += polls
                counted[1] += unchanged


def write_at_exit(tally: Tally) -> None:
    """Writes what a tally still holds when the process ends by itself; a tally that is gone is not kept for it."""
    held = weakref.ref(tally)

    def write() -> None:
        # There may be no log to write to any more.
        with contextlib.suppress(Exception):
            if left := held():
                left.write()

    atexit.register(write)
