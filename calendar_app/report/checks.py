"""Checks: what the period of a report lacks, as a list to work off."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from calendar_app import addresses, places
from calendar_app.engagement import Engagement
from calendar_app.events import Claim, Event, Series
from calendar_app.messages.marking import N_
from calendar_app.report import figure_words, naming, statistics
from calendar_app.report.facts import Facts, HeaderField, SectionKey
from calendar_app.report.model import Run
from calendar_app.report.record import Record
from calendar_app.selection import query
from calendar_app.spans import Precision
from calendar_app.texts import Texts
from calendar_app.topics import Confidence

_LONGEST = 80  # characters of a statement that are shown
_WORDS = {
    "no-engagement": N_("Events of which it is not recorded what ITU did, there or in their series as a whole"),
    "no-source": N_("Events without a source"),
    "unverified": N_("Events whose dates are unverified"),
    "unofficial": N_("Events whose dates were read, but in no official source"),
    "no-days": N_("Events whose days are not known"),
    "rival-claims": N_("Events of which another source says otherwise"),
    "no-goal": N_("Events without a Sustainable Development Goal"),
    "side-event-outside": N_("Side events outside the days of their forum"),
    "no-section": N_("Events in no section, which the annex alone tells"),
    "silent-series": N_("Series of the report of which nothing is recorded for the period"),
    "no-statement-source": N_("Statements without a source"),
    "no-statement-section": N_("Statements that no section tells"),
    "off-statement": N_("Statements of what was cancelled or postponed, which the report does not tell"),
    "no-figures": N_("Figures that are missing for the period"),
    "no-header": N_("Fields of the head that are empty"),
}
# The checks whose things share an address.
_ON_ONE_PAGE = frozenset({"no-figures", "no-header"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One sort of thing that a report lacks: its kind ("no-goal"), words, and what it concerns.

    Each of the `subjects` leads to where it is mended at the desk.
    """

    kind: str
    words: str
    subjects: tuple[Run, ...]


def check(facts: Facts, texts: Texts) -> tuple[Check, ...]:
    """What the report of these facts lacks; what it does not lack is left out."""
    record = Record(facts, texts)
    found = {**_of_events(record), **_of_statements(record), "no-figures": _figures(record), "no-header": _head(record)}
    told = {kind: tuple(found[kind]) for kind in _WORDS}
    return tuple(
        Check(kind=kind, words=texts.gettext(_WORDS[kind]), subjects=subjects)
        for kind, subjects in told.items()
        if subjects
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A thing of a check, and why editors have nothing to report of it; `name` is that of the text that says so."""

    kind: str
    subject: Run
    name: str
    reason: str


def settling(kind: str, subject: Run) -> str:
    """The name of the text by which a thing of a check is settled."""
    # All figures, and all fields of the head, are mended at one address.
    key = f"{subject.address}#{subject.text}" if kind in _ON_ONE_PAGE else subject.address
    return f"settled:{kind}:{key}"


def parted(checks: Iterable[Check], written: Mapping[str, str]) -> tuple[tuple[Check, ...], tuple[Settled, ...]]:
    """The checks with what is open of them, and what of them editors settled, by what they wrote for the period."""
    left, done = list[Check](), list[Settled]()
    for each in checks:
        reasons = {subject: written.get(settling(each.kind, subject), "") for subject in each.subjects}
        if still := tuple(subject for subject in each.subjects if not reasons[subject]):
            left.append(replace(each, subjects=still))
        done += [
            Settled(kind=each.kind, subject=subject, name=settling(each.kind, subject), reason=reason)
            for subject, reason in reasons.items()
            if reason
        ]
    return tuple(left), tuple(done)


def open_things(checks: Iterable[Check], written: Mapping[str, str]) -> int:
    """How many things are open by all checks together; what editors settled by what they wrote is not."""
    left, _ = parted(checks, written)
    return sum(len(each.subjects) for each in left)


def _of_events(record: Record) -> dict[str, Iterator[Run]]:
    held = statistics.counted(record.events)

    def those(lacks: Callable[[Event], bool], at: Callable[[str], str] = addresses.desk_event) -> Iterator[Run]:
        return (Run(text=event.title, address=at(event.slug)) for event in held if lacks(event))

    return {
        "no-engagement": those(
            lambda event: not (record.is_told(event) or record.is_told_of_series(event)), addresses.engagement_at
        ),
        "no-source": those(lambda event: not event.sourced),
        "unverified": those(lambda event: event.unverified),
        "unofficial": those(lambda event: event.confidence is Confidence.MEDIUM),
        "no-days": those(lambda event: event.span.precision is not Precision.DAY),
        "rival-claims": those(lambda event: any(_rivals(claim, event) for claim in event.claims)),
        "no-goal": those(lambda event: not event.sdgs),
        "side-event-outside": _outside(record),
        "no-section": (Run(text=each.title, address=_placing(each.slug)) for each in record.unplaced),
    }


def _outside(record: Record) -> Iterator[Run]:
    for event in record.events:
        forum = record.event(event.held_at) if event.held_at and not event.off else None
        if forum and not (forum.span.first <= event.span.first and event.span.last <= forum.span.last):
            yield Run(text=event.title, address=addresses.desk_event(event.slug))


def _placing(slug: str) -> str:
    """Where an event is placed in a section."""
    return addresses.desk_places(query([("event", slug)]))


def _rivals(claim: Claim, event: Event) -> bool:
    """Whether a claim says of an event's days or place what is not adopted; a place that it leaves out says nothing."""
    city = claim.city and places.fold(claim.city) != places.fold(event.city)
    return bool(claim.span != event.span or city or (claim.country and claim.country != event.country))


def _of_statements(record: Record) -> dict[str, Iterator[Run]]:
    done = record.facts.engagements
    named = {place.key: None for place in record.facts.places if place.subject == "series"}
    met = {event.series for event in record.events}
    silent = (record.facts.series[key] for key in named if key in record.facts.series)
    return {
        "silent-series": (_series(each) for each in silent if not record.done_in(each) and each.key not in met),
        "no-statement-source": _statements(record, (each for each in done if not (each.source or each.source_url))),
        "no-statement-section": _statements(record, (each for each in record.statements if not record.home_of(each))),
        "off-statement": _statements(record, (each for each in done if each not in record.statements)),
    }


def _series(series: Series) -> Run:
    return Run(text=naming.series_name(series), address=addresses.engagement_in(series.key))


def _statements(record: Record, found: Iterable[Engagement]) -> Iterator[Run]:
    for each in found:
        words = record.texts.label("activity", each.activity) + (f": {each.detail}" if each.detail else "")
        short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
        yield Run(text=short, address=addresses.desk_engagement(each.uid))


def _figures(record: Record) -> Iterator[Run]:
    """The measures of which there is a figure of another year alone; what the agenda counts is the same each year."""
    figures, years = record.facts.figures, {str(year) for year in record.years}
    measured = dict.fromkeys((each.subject, each.measure) for each in figures if not _lasting(each.subject, each.unit))
    known = {(each.subject, each.measure) for each in figures if each.year in years}
    for subject, measure in measured:
        if (subject, measure) not in known:
            name = figure_words.subject(subject, record.facts.series, record.texts)
            yield Run(text=f"{name}: {measure}", address=addresses.DESK_FIGURES)


def _lasting(subject: str, unit: str) -> bool:
    return unit == figure_words.COUNT and subject in list(SectionKey)


def _head(record: Record) -> Iterator[Run]:
    for name in HeaderField:
        # A report without a title of its own is called as such reports are.
        if name is not HeaderField.TITLE and not record.facts.written.get(name):
            yield Run(text=record.texts.label("report-text", name), address=addresses.desk_report(record.period.query))
