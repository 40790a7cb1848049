"""Examining: what one row of an import would do to the record, and why. Nothing is written here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from calendar_app import overlap, pieces, reconcile, submissions
from calendar_app.desk.saving import mint
from calendar_app.errors import Problem, ProblemsError
from calendar_app.events import Draft, Event, Series
from calendar_app.reconcile import CONTENT
from calendar_app.selection import Selection
from calendar_app.store import Store, events, history, said, search, series
from calendar_app.store.history import Revision
from calendar_app.store.said import Said
from calendar_app.store.staged_rows import Staged
from calendar_app.store.staging import Heading
from calendar_app.topics import Status

_PREVIEW = "preview"
# What a column of a table tells of an event beside the field of its own name.
_TELLS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("dates", "start", "end", "start_time", "end_time"), ("span", "timezone")),
    "location": ("city", "country", "timezone", "venue", "mode"),
    "city": ("city", "country", "timezone"),
    "country": ("country", "timezone"),
    "series": ("series", "kind", "themes", "sdgs"),
    "role": ("roles",),
    "source": ("source", "source_url"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a row comes to. `verdict` is one of `staged_rows.VERDICTS`.

    `event` is the event that it tells of, or (where it is new and not `joined`) one that it may repeat; None if there
    is none. `incoming` is what the source says, `outcome` what would be written, None for nothing. `spoken` says
    whether the origin says something else than last time, which is to be remembered.
    """

    verdict: str
    event: Event | None = None
    incoming: Event | None = None
    outcome: Event | None = None
    problems: tuple[Problem, ...] = ()
    taken: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    joined: bool = False
    spoken: bool = False


@dataclass(slots=True, kw_only=True)
class Grounds:
    """What the rows of one import are compared with: what its origin has `said` and which events it has `named`.

    `undone` and `own` are the uids behind keys of an import that was undone, and behind those that are UIDs of our
    own; `read` holds the events that were looked at. `work` counts the pairs of letters of titles that were compared.
    """

    store: Store
    heading: Heading
    now: datetime
    directory: Mapping[str, Series]
    said: Mapping[str, Said]
    undone: Mapping[str, str]
    own: Mapping[str, str]
    named: set[str]
    read: dict[search.Version, Event] = field(default_factory=dict)
    work: int = 0


def grounds(store: Store, heading: Heading, rows: Iterable[Staged], keys: Iterable[str], *, now: datetime) -> Grounds:
    """What some rows of an import are compared with; `keys` are those of all its rows."""
    wanted = [row.key for row in rows]
    return Grounds(
        store=store,
        heading=heading,
        now=now,
        # Not the remembered directory: what is read inside a transaction may be rolled back.
        directory=series.read(store.db),
        said=said.of_keys(store, heading.origin, wanted),
        undone=said.of_undone(store, heading.origin, wanted),
        own=said.of_uids(store, wanted),
        named=set(said.events_of(store, heading.origin, keys)),
    )


def within(examined: Iterable[Staged], on: Grounds, most: int) -> Iterator[Staged]:
    """The rows as they are examined, until that has taken so much work; always the first.

    A file of many titles at one time is compared with as many events, each with each.
    """
    for row in examined:
        yield row
        if on.work >= most:
            return


def examine(row: Staged, on: Grounds) -> Finding:
    """What a row comes to as the record stands."""
    if row.problems:
        return Finding(verdict="problem", problems=row.problems)
    try:
        return _found(row, given_of(row.fields, on.heading), on)
    except ProblemsError as error:
        return Finding(verdict="problem", problems=error.problems)


def given_of(fields: Mapping[str, Any], heading: Heading) -> dict[str, Any]:
    """The fields of a row, with the import's own source where it names none."""
    if fields.get("source"):
        return dict(fields)
    return {"source": heading.source, "source_url": heading.source_url, **fields}


def _found(row: Staged, given: dict[str, Any], on: Grounds) -> Finding:
    known = on.said.get(row.key)
    uid = known.event.uid if known else on.undone.get(row.key) or on.own.get(row.key)
    held = bool(uid and events.by_uid(on.store, uid).held_at)
    draft = submissions.validate(given, on.directory, editor=True, side_event=held)
    if known and not known.joined:
        return _told_again(events.by_uid(on.store, known.event.uid), known.event, draft, given, on)
    chosen = events.by_uid(on.store, row.event) if row.joined and not uid else None
    event = events.by_uid(on.store, uid) if uid else chosen if chosen and chosen.public else None
    if event is None:
        return _new(draft, given, on)
    first = _imported_and_undone(event, on) if not known else None
    if first is not None:
        return _back(event, first.after, draft, given, on)
    return _joined(event, row, known, draft, on)


def _told_again(event: Event, base: Event, draft: Draft, given: dict[str, Any], on: Grounds) -> Finding:
    """What comes of a row whose event the origin told before: a field follows it until someone else changes that."""
    incoming = _incoming(base, draft, given, on)
    spoken = _content(incoming) != _content(base)
    if event.status is Status.WITHDRAWN:
        return Finding(verdict="same", event=event, incoming=incoming, kept=("status",), spoken=spoken)
    decision = reconcile.decide(event, incoming, base)
    changed = decision.verdict is reconcile.Verdict.CHANGED
    return Finding(
        verdict=decision.verdict,
        event=event,
        incoming=incoming,
        outcome=decision.event if changed else None,
        taken=decision.taken,
        kept=decision.kept,
        spoken=spoken,
    )


def _new(draft: Draft, given: dict[str, Any], on: Grounds) -> Finding:
    event = pieces.apply(Event.from_draft(draft, uid=mint(), slug=_PREVIEW, now=on.now), given, mint=mint)
    return Finding(verdict="new", event=_repeated(draft, on), incoming=event, outcome=event, spoken=True)


def _back(event: Event, base: Event, draft: Draft, given: dict[str, Any], on: Grounds) -> Finding:
    """What comes of a row whose event was withdrawn because its import was undone: it comes back, as if it were new."""
    incoming = _incoming(base, draft, given, on)
    decision = reconcile.decide(replace(event, status=base.status), incoming, base)
    outcome = replace(decision.event or incoming, status=incoming.status, sequence=event.sequence + 1)
    return Finding(
        verdict="new", event=event, incoming=incoming, outcome=outcome, kept=decision.kept, joined=True, spoken=True
    )


def _joined(event: Event, row: Staged, known: Said | None, draft: Draft, on: Grounds) -> Finding:
    """What comes of a row that tells of an event which was here before it: it is known, and nothing else."""
    incoming = Event.from_draft(draft, uid=event.uid, slug=event.slug, now=on.now)
    told = frozenset(_TELLS.get(field, (field,))[0] for field in row.fields)
    kept = reconcile.decide(event, incoming, None).kept
    return Finding(
        verdict="same",
        event=event,
        incoming=incoming,
        kept=tuple(name for name in kept if name in told),
        joined=True,
        spoken=known is None or _content(incoming) != _content(known.event),
    )


def _incoming(base: Event, draft: Draft, given: dict[str, Any], on: Grounds) -> Event:
    """What the source says now, as the event that it told before; what it has no column for, it says as before."""
    incoming = pieces.apply(base.revise(draft), given, mint=mint)
    if on.heading.form != "table":
        return incoming
    told = {name for field in on.heading.mapping.values() for name in _TELLS.get(field, (field,))}
    told |= {"source", "source_url", "span"}
    return replace(incoming, **{name: getattr(base, name) for name in CONTENT if name not in told})


def _imported_and_undone(event: Event, on: Grounds) -> Revision | None:
    """The revision by which an event came from this origin, if undoing that is the last that happened to it."""
    revisions = history.of_event(on.store, event.uid)
    if event.status is not Status.WITHDRAWN or revisions[0].action != "undone" or revisions[0].batch is None:
        return None
    return next((each for each in revisions[1:] if each.batch == revisions[0].batch), None)


def _repeated(draft: Draft, on: Grounds) -> Event | None:
    """The event that a new one likely repeats: of its series or title, and at its time; none that the origin names."""
    versions = search.versions(on.store, Selection(first=draft.span.first, last=draft.span.last))
    missing = [version for version in versions if version not in on.read]
    found = {event.uid: event for event in events.by_ids(on.store, [version.id for version in missing])}
    # One that can't be read is not among them.
    on.read |= {version: found[version.uid] for version in missing if version.uid in found}
    near = [on.read[version] for version in versions if version in on.read and version.uid not in on.named]
    shown = [event for event in near if event.public]
    on.work += len(draft.title) * sum(len(event.title) for event in shown)
    likely = overlap.likely(draft, shown, on.directory)
    # Many meetings share a city and their days; a file of forty would be full of them.
    return next((like.event for like in likely if like.same_title or like.same_series), None)


def _content(event: Event) -> tuple[object, ...]:
    return tuple(getattr(event, name) for name in CONTENT)
