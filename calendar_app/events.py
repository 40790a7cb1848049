"""Event, Series, Claim, Plan, Part, Deadline, Draft: the record, frozen; a transition returns a new one."""

from collections.abc import Container
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import Any, Self

from calendar_app.spans import Span
from calendar_app.topics import Confidence, DeadlineKind, Kind, Mode, Role, Status

# A release that tells published events otherwise (formats/, its words) raises this number: every event then gets a
# new SEQUENCE and stamp, since a client need not look at bytes under an old one.
TELLING = 1


# What stands for the source of an event whose dates were read nowhere; it names none.
NO_SOURCE = "General knowledge; no source read yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRole:
    """ITU's role in a series; `year` where it holds for that year alone."""

    role: Role
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What recurs or lasts: a forum, body, commission, mechanism, office or initiative.

    `cadence`, `months` and `place` are text for people, not for computing dates. `role_text` keeps the
    words of the source where they name no role of the vocabulary.
    """

    key: str
    short_name: str
    name: str
    kind: Kind
    convener: str = ""
    cadence: str = ""
    months: str = ""
    place: str = ""
    roles: tuple[SeriesRole, ...] = ()
    role_text: str = ""
    sdgs: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    url: str = ""
    quote: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What another source says of an event's span and place, beside the adopted one."""

    span: Span
    source: str
    city: str = ""
    country: str = ""
    source_url: str = ""
    source_date: str = ""
    confidence: Confidence = Confidence.MEDIUM
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An earlier plan of an event that was given up: where and when it was to be. `announced` is ISO text."""

    span: Span
    city: str = ""
    country: str = ""
    announced: str = ""
    reason: str = ""
    confidence: Confidence = Confidence.MEDIUM
    source_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A last day, inclusive, that belongs to an event. Its `uid` is its own."""

    uid: str
    kind: DeadlineKind
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of an event with a span of its own: a ministerial segment, a side event. Its `uid` is its own."""

    uid: str
    title: str
    span: Span
    venue: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What can be said of an event: the fields that a form, a file or an editor gives, checked.

    `timezone` is the IANA name of the venue's zone, known or not to have times; a timed span carries the same.
    """

    title: str
    span: Span
    source: str = ""
    source_url: str = ""
    source_date: str = ""
    series: str = ""
    kind: Kind = Kind.CONFERENCE
    status: Status = Status.CONFIRMED
    city: str = ""
    country: str = ""
    venue: str = ""
    timezone: str = ""
    mode: Mode = Mode.IN_PERSON
    url: str = ""
    registration_url: str = ""
    webcast_url: str = ""
    description: str = ""
    convener: str = ""
    themes: tuple[str, ...] = ()
    sdgs: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()
    participation: str = ""
    confidence: Confidence = Confidence.MEDIUM
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Draft):
    """One meeting with an identity.

    `uid` and `slug` are minted once and never change. `stamp` is the last visible change (UTC, whole
    seconds); `sequence` rises with each (RFC 5545 §3.8.7.4). `part_of` is the uid of the first part where
    the event was split; `parts` are pieces that stay with it. `held_at` is the uid of the event at which a
    side event of ITU's is held. Two are no word of the event's own, but are read with it from what stands
    beside it: `partners` are the keys of those with whom ITU worked there, as the public part of its
    engagement tells; `forum` is the title of the event at which it is held, "" where that is not public.
    """

    uid: str
    slug: str
    stamp: datetime
    sequence: int = 0
    published: bool = True
    part_of: str = ""
    held_at: str = ""
    plans: tuple[Plan, ...] = ()
    claims: tuple[Claim, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    parts: tuple[Part, ...] = ()
    partners: tuple[str, ...] = field(default=(), compare=False)
    forum: str = field(default="", compare=False)

    @classmethod
    def from_draft(cls, draft: Draft, *, uid: str, slug: str, now: datetime) -> Self:
        """A new, published event that says what the draft says."""
        return cls(**_facts(draft), uid=uid, slug=slug, stamp=now.astimezone(UTC).replace(microsecond=0))

    def draft(self) -> Draft:
        """What the event says, without its identity and history."""
        return Draft(**_facts(self))

    def revise(self, draft: Draft) -> Self:
        """The event as the draft tells it, one SEQUENCE on; itself if nothing differs."""
        if draft == self.draft():
            return self
        return replace(self, **_facts(draft), sequence=self.sequence + 1)

    def verify(self, *, source: str, source_url: str) -> Self:
        """The event with its dates read in a source, and public; one SEQUENCE on."""
        return replace(
            self,
            source=source,
            source_url=source_url,
            source_date="",
            notes="",
            confidence=Confidence.MEDIUM,
            published=True,
            sequence=self.sequence + 1,
        )

    def replacing(self, before: Self, *, reason: str) -> Self:
        """The event with what stood before as its latest earlier plan; itself if dates and place are the same."""
        if (before.span, before.city, before.country) == (self.span, self.city, self.country):
            return self
        plan = Plan(
            span=before.span,
            city=before.city,
            country=before.country,
            reason=reason,
            confidence=before.confidence,
            source_url=before.source_url,
        )
        return replace(self, plans=(*self.plans, plan))

    @property
    def sourced(self) -> bool:
        """Whether it is named where its dates were read."""
        return bool(self.source_url) or self.source not in {"", NO_SOURCE}

    @property
    def unverified(self) -> bool:
        """Whether no source was read for its dates, which every format then says."""
        return self.confidence is Confidence.LOW

    @property
    def expected(self) -> bool:
        """Whether it is expected by mandate or announced without settled dates."""
        return self.status is Status.TENTATIVE

    @property
    def off(self) -> bool:
        """Whether it will not be held as dated: cancelled, or postponed without new dates."""
        return self.status in {Status.CANCELLED, Status.POSTPONED}

    @property
    def public(self) -> bool:
        """The one predicate of what anyone may see; withdrawn events leave only tombstones."""
        return self.published and self.status is not Status.WITHDRAWN


def free_slug(wanted: str, taken: Container[str]) -> str:
    """The slug wanted, or with a number after it where an event has it already."""
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def roles_of(event: Event, series: Series | None) -> tuple[Role, ...]:
    """ITU's roles at an event: its own, else its series' for the years it may fall in."""
    if event.roles or series is None:
        return event.roles
    years = range(event.span.first.year, event.span.last.year + 1)
    return tuple(held.role for held in series.roles if held.year is None or held.year in years)


def convener_of(event: Event, series: Series | None) -> str:
    """Who convenes an event: its own convener, else its series'."""
    return event.convener or (series.convener if series else "")


def _facts(draft: Draft) -> dict[str, Any]:
    return {each.name: getattr(draft, each.name) for each in fields(Draft)}
