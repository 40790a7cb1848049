"""Simulated clients: what a calendar program holds after its polls, by the rule it merges by.

They read calendars with a few lines of their own, none of the writer's.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

Answer = tuple[str, dict[str, str], bytes]
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PROPERTY = re.compile(r'([A-Za-z0-9-]+)((?:;[^=:;]+=(?:"[^"]*"|[^":;]*))*):(.*)', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a person sees of an entry. `first` and `last` are days, inclusive, or the moments (UTC) of a timed one."""

    title: str
    first: date
    last: date
    place: str
    status: str


@dataclass(frozen=True)
class Entry:
    """A VEVENT as its unfolded lines, without what encloses them."""

    lines: tuple[str, ...]

    @cached_property
    def values(self) -> dict[str, str]:
        """Each property's value as written, the first of several; nothing of an alarm inside."""
        found: dict[str, str] = {}
        inside = 0
        for line in self.lines:
            inside += line.startswith("BEGIN:")
            name, _, value = _PROPERTY.fullmatch(line).groups()
            if not inside:
                found.setdefault(name.upper(), value)
            inside -= line.startswith("END:")
        return found

    @property
    def uid(self) -> str:
        return self.values["UID"]

    @property
    def sequence(self) -> int:
        return int(self.values["SEQUENCE"])

    @property
    def stamp(self) -> datetime:
        return moment(self.values["DTSTAMP"])

    @property
    def modified(self) -> datetime:
        return moment(self.values["LAST-MODIFIED"])

    @property
    def tombstone(self) -> bool:
        """Whether it only takes away: cancelled, and nothing told of it."""
        return self.values.get("STATUS") == "CANCELLED" and "DESCRIPTION" not in self.values

    @property
    def shown(self) -> Shown:
        first, end = self.values["DTSTART"], self.values["DTEND"]
        timed = "T" in first
        return Shown(
            title=text(self.values["SUMMARY"]),
            first=moment(first) if timed else day(first),
            last=moment(end) if timed else day(end) - timedelta(days=1),
            place=text(self.values.get("LOCATION", "")),
            status=self.values.get("STATUS", ""),
        )

    def local_days(self) -> tuple[date, date]:
        """The first and last day that a reader sees whose machine is set to the zone of this process."""
        first, end = self.values["DTSTART"], self.values["DTEND"]
        start, stop = (moment(at) if "T" in at else midnight(day(at)) for at in (first, end))
        return start.astimezone().date(), (stop - timedelta(seconds=1)).astimezone().date()


def moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def day(written: str) -> date:
    return date.fromisoformat(written)


def midnight(on: date) -> datetime:
    """The moment (UTC) at which a day begins by the clock of this process."""
    return datetime(on.year, on.month, on.day).astimezone(UTC)


def text(written: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], written)


def unfolded(body: bytes) -> list[str]:
    """The content lines of a calendar (RFC 5545 §3.1)."""
    assert body.endswith(b"\r\n")
    return body.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode().removesuffix("\r\n").split("\r\n")


def entries(body: bytes) -> Iterator[Entry]:
    """The events that a calendar holds, in its order."""
    lines = unfolded(body)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    starts = [at for at, line in enumerate(lines) if line == "BEGIN:VEVENT"]
    ends = [at for at, line in enumerate(lines) if line == "END:VEVENT"]
    for start, end in zip(starts, ends, strict=True):
        yield Entry(tuple(lines[start + 1 : end]))


def by_uid(body: bytes) -> dict[str, Entry]:
    """The events that a calendar holds by their UID, which none shares."""
    found = list(entries(body))
    held = {entry.uid: entry for entry in found}
    assert len(held) == len(found)
    return held


class Client:
    """A program that subscribes to one address and polls it as HTTP has it: with the validator of what it holds.

    What a poll no longer brings it takes away. What it ever held it remembers, so that an entry that comes
    back under an old number does not pass for a new one.
    """

    def __init__(self, ask: Callable[..., Answer], path: str, query: str = "") -> None:
        self._ask = ask
        self._path, self._query = path, query
        self._remembered: dict[str, Entry] = {}
        self.etag = ""
        self.held: dict[str, Entry] = {}

    @staticmethod
    def is_newer(polled: Entry, held: Entry) -> bool:
        """Whether the rule takes what was polled in the place of what is held."""
        raise NotImplementedError

    def poll(self) -> bool:
        """Asks once; gives whether there was something new."""
        asking = {"if_none_match": self.etag} if self.etag else {}
        status, headers, body = self._ask(self._path, self._query, **asking)
        assert status in {"200 OK", "304 Not Modified"}
        if status == "304 Not Modified":
            assert (headers["ETag"], body) == (self.etag, b"")
            return False
        self.etag = headers["ETag"]
        self.merge(by_uid(body))
        return True

    def merge(self, polled: dict[str, Entry]) -> None:
        """Takes what the rule says of a whole calendar."""
        for uid, entry in polled.items():
            held = self._remembered.get(uid)
            if held is None or self.is_newer(entry, held):
                self._remembered[uid] = entry
        self.held = {uid: self._remembered[uid] for uid in polled}

    @property
    def shown(self) -> dict[str, Shown]:
        """What its user sees, by UID; tombstones take away."""
        return {uid: entry.shown for uid, entry in self.held.items() if not entry.tombstone}


class ReplaceAll(Client):
    """Takes every poll whole (Google, Outlook)."""

    @staticmethod
    def is_newer(polled: Entry, held: Entry) -> bool:
        return True


class BySequence(Client):
    """Takes what has a higher SEQUENCE alone; RFC 5546 §2.1.5 lets a later DTSTAMP do where it is the same."""

    @staticmethod
    def is_newer(polled: Entry, held: Entry) -> bool:
        return polled.sequence > held.sequence


class ByLastModified(Client):
    """Takes what has a later LAST-MODIFIED."""

    @staticmethod
    def is_newer(polled: Entry, held: Entry) -> bool:
        return polled.modified > held.modified


RULES = (ReplaceAll, BySequence, ByLastModified)
