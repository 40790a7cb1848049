"""Health of the feeds: each as it now stands, against the rules of its format and what Google Calendar takes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from calendar_app import publish, texts
from calendar_app.events import Event
from calendar_app.formats import FORMATS, Format, layers, lint
from calendar_app.formats.feed import Context
from calendar_app.formats.layers import Layer
from calendar_app.formats.lint import Finding
from calendar_app.options import DEFAULT, Options
from calendar_app.publish import Document, Publisher, Target
from calendar_app.selection import Selection
from calendar_app.store import events, search, series

# What people found; Google tells the first for imports alone (github.com/roed314/seminars/issues/777).
GOOGLE_BYTES = 1_000_000
GOOGLE_ENTRIES = 1_000
NEAR = 0.7  # of it
_CHANGED = re.compile(rb"^LAST-MODIFIED:(\d{8}T\d{6}Z)\r$", re.MULTILINE)
_UID = re.compile(rb"^UID:(\S+)\r$", re.MULTILINE)
_BEGIN = b"BEGIN:VEVENT\r\n"
_EVENT = re.compile(rb"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", re.MULTILINE | re.DOTALL)


def of_google(size: int, entries: int) -> float:
    """How much of what Google Calendar takes so many bytes and entries are, by whichever is more: 1 is all."""
    return max(size / GOOGLE_BYTES, entries / GOOGLE_ENTRIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """How a named feed stands. `size` is in bytes, `changed` the newest change of what it holds (UTC).

    `left_out` counts the events that it does not carry, by reason; `failed` are the slugs of those that should
    be there and are not, `flawed` of those that a finding is in. `broken` says why it could not be rendered.
    """

    name: str
    etag: str = ""
    entries: int = 0
    size: int = 0
    changed: datetime | None = None
    left_out: Mapping[str, int]
    failed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    flawed: tuple[str, ...] = ()
    broken: str = ""

    @property
    def share(self) -> float:
        """How much of what Google Calendar takes is used up, by bytes or by entries: 1 is all."""
        return of_google(self.size, self.entries)

    @property
    def large(self) -> bool:
        """Whether it comes near to what Google Calendar takes."""
        return self.share >= NEAR

    @property
    def wrong(self) -> bool:
        """Whether something is to be put right."""
        return bool(self.findings or self.failed or self.broken)


class _Expected(NamedTuple):
    """What a feed should hold of an event: the uids of its items, or why it has no place for it."""

    slug: str
    uids: frozenset[str]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A public event that a format can't tell, and why: the error's own words."""

    slug: str
    format: str
    reason: str


def examine(
    publisher: Publisher, names: Iterable[str], *, today: date, before: Sequence[FeedHealth] = ()
) -> list[FeedHealth]:
    """The health of these named feeds, all at one revision; what was found `before` stands for the same bytes."""
    names = list(names)
    while True:
        revision = publisher.store.revision()
        record, check = _Record(publisher), _Check(before)
        found = [_feed(publisher, name, record, check, today=today) for name in names]
        if publisher.store.revision() == revision:
            return found
        before = found


def untold(publisher: Publisher) -> Iterator[Untold]:
    """The public events that can't be told in one of the formats, in list order."""
    record = _Record(publisher)
    context = record.context(DEFAULT)
    for event in record.events.values():
        for form in FORMATS.values():
            if reason := _why_untold(form, event, context):
                yield Untold(slug=event.slug, format=form.name, reason=reason)
    for slug in events.unreadable(publisher.store):
        yield Untold(slug=slug, format="anything", reason="its row can't be read")


def _why_untold(form: Format, event: Event, context: Context) -> str:
    try:
        for item in layers.items(event, context):
            if not layers.refused(item.event, context.options, calendar=form.calendar):
                form.entry(item, context)
    except Exception as error:
        return _in_words(error)
    return ""


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


class _Record:
    """All public events as they are read once, and what calendars should hold of each."""

    def __init__(self, publisher: Publisher) -> None:
        store = publisher.store
        versions = search.versions(store, Selection())
        self.events = {event.uid: event for event in events.by_ids(store, [version.id for version in versions])}
        self._publisher = publisher
        self._series = series.directory(store)
        self._expected: dict[Options, dict[str, _Expected]] = {}

    def context(self, options: Options) -> Context:
        """How feeds of these options tell events."""
        words = texts.of(options.language)
        return Context(base=self._publisher.base, texts=words, series=self._series, options=options)

    def expected(self, options: Options) -> dict[str, _Expected]:
        """What a calendar of these options should hold, by the uid of the event."""
        if options not in self._expected:
            context = self.context(options)
            self._expected[options] = {uid: _expect(event, context) for uid, event in self.events.items()}
        return self._expected[options]


def _expect(event: Event, context: Context) -> _Expected:
    reasons = {
        item: layers.refused(item.event, context.options, calendar=True) for item in layers.items(event, context)
    }
    uids = frozenset(item.event.uid for item, reason in reasons.items() if not reason)
    own = (reason for item, reason in reasons.items() if item.layer is Layer.EVENT and reason != "gone")
    return _Expected(event.slug, uids, next(own, ""))


class _Check:
    """Checks documents against the rules. An event that was found right in one feed is right in the next ten."""

    def __init__(self, before: Sequence[FeedHealth]) -> None:
        self._known = {each.etag: each.findings for each in before if each.etag}
        self._right: set[bytes] = set()

    def findings(self, document: Document) -> tuple[Finding, ...]:
        """All that is wrong with a document."""
        known, body = self._known.get(document.etag), document.body
        if known is not None:
            return known
        uids = _UID.findall(body)
        found: tuple[Finding, ...] = ()
        if len(set(uids)) < len(uids) or lint.check(self._shortened(body)):
            found = tuple(lint.check(body))
        self._remember(body, wrong={finding.uid.encode() for finding in found})
        return found

    def _shortened(self, body: bytes) -> bytes:
        """The document without what was found right before, but for its first event: an empty one is a finding."""
        first = body.find(_BEGIN)
        return _EVENT.sub(lambda each: each[0] if each.start() == first or each[0] not in self._right else b"", body)

    def _remember(self, body: bytes, *, wrong: set[bytes]) -> None:
        for event in _EVENT.findall(body):
            uid = _UID.search(event)
            if uid and uid[1] not in wrong:
                self._right.add(event)


def _feed(publisher: Publisher, name: str, record: _Record, check: _Check, *, today: date) -> FeedHealth:
    try:
        target = publish.named(publisher.store, name, "ics")
        document = publisher.feed(target, today=today)
    except Exception as error:
        return FeedHealth(name=name, left_out={}, broken=_in_words(error))
    expected = record.expected(target.options)
    left_out, failed = _left_out(publisher, target, document, expected)
    findings = check.findings(document)
    inside = {finding.uid for finding in findings}
    return FeedHealth(
        name=name,
        etag=document.etag,
        entries=document.entries,
        size=len(document.body),
        changed=_changed(document.body),
        left_out=left_out,
        failed=failed,
        findings=findings,
        flawed=tuple(sorted(each.slug for each in expected.values() if not inside.isdisjoint(each.uids))),
    )


def _left_out(
    publisher: Publisher, target: Target, document: Document, expected: Mapping[str, _Expected]
) -> tuple[Counter[str], tuple[str, ...]]:
    held = {uid.decode() for uid in _UID.findall(document.body)}
    versions = search.versions(publisher.store, target.selection)
    # One that was published this very moment is in the next round.
    chosen = [expected[version.uid] for version in versions if version.uid in expected]
    failed = tuple(sorted(each.slug for each in chosen if not each.uids <= held))
    counted = Counter(each.reason for each in chosen if each.reason)
    return counted + Counter(failed=len(failed)), failed


def _changed(body: bytes) -> datetime | None:
    told = max(_CHANGED.findall(body), default=b"").decode()
    return datetime.strptime(told, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if told else None
