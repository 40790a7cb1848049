"""Claims: what another source says of an event, adopted or taken up from a proposal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from calendar_app import places, spans, submissions
from calendar_app.desk import notices
from calendar_app.desk.proposals import still_pending
from calendar_app.desk.saving import check_seen, reason_of, save, source_of
from calendar_app.errors import CalendarError, ConflictError, GoneError, NotFoundError, Problem, ProblemsError
from calendar_app.events import Claim, Draft, Event
from calendar_app.fields import line
from calendar_app.spans import Span
from calendar_app.store import Store, events, series
from calendar_app.store import submissions as queue
from calendar_app.topics import Mode, Status

# What a proposal may add to an event that says nothing of it.
_BLANKS = ("series", "venue", "url", "registration_url", "webcast_url", "description", "convener")


def adopt(store: Store, uid: str, place: int, *, sequence: int, reason: str, actor: str, now: datetime) -> Event:
    """Takes the dates and place of another source for the event's own; what was adopted stays beside it as a claim.

    `place` counts the event's claims from 0; `sequence` is the event's when the editor began.

    Raises:
        NotFoundError: the event has no such claim.
        ProblemsError: no reason is given, or one too long.
        ConflictError: someone changed the event meanwhile.
    """
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        event = _as_seen(store, uid, sequence)
        if not 0 <= place < len(event.claims):
            raise NotFoundError("claim-unknown")
        return save(change, adopted(event, place), action="adopted")


def add_claim(
    store: Store, uid: str, given: Mapping[str, str], *, sequence: int, reason: str, actor: str, now: datetime
) -> Event:
    """Puts what another source says of an event's `dates` beside the adopted ones, with its `source` and `source_url`.

    Raises:
        ProblemsError: dates that can't be read, no source, a link that is none, or no reason.
        ConflictError: someone changed the event meanwhile, or has this claim already.
    """
    problems: list[Problem] = []
    source, address = source_of(given, problems)
    try:
        span = spans.parse(line(given.get("dates")))
    except CalendarError as error:
        raise ProblemsError([Problem(field="dates", error=error), *problems]) from None
    if problems:
        raise ProblemsError(problems)
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        event = _as_seen(store, uid, sequence)
        claim = Claim(span=span, source=source, source_url=address, city=event.city, country=event.country)
        if _key(claim) in map(_key, event.claims):
            raise ConflictError("claim-twice")
        told = replace(event, claims=(*event.claims, claim), sequence=event.sequence + 1)
        return save(change, told, action="claimed")


def merge(
    store: Store,
    number: int,
    uid: str,
    *,
    sequence: int,
    version: int | None = None,
    reason: str,
    actor: str,
    now: datetime,
) -> Event:
    """Takes a proposal up into an event that is there, which keeps its uid and all that it says.

    `sequence` is the event's when the editor began, `version` the proposal's.

    Raises:
        ProblemsError: the proposal can't be read any more, or the reason is too long.
        ConflictError: someone decided on the proposal, amended it, or changed the event, meanwhile; or it is a change.
    """
    with store.change(now, actor=actor, reason=reason_of(reason)) as change:
        found = still_pending(store, number, version=version)
        if found.about:
            raise ConflictError("merge-change")
        event = _as_seen(store, uid, sequence)
        draft = submissions.validate(found.fields, series.directory(store), complete=False)
        merged = merged_with(event, draft)
        if merged != event:
            merged = save(change, replace(merged, sequence=event.sequence + 1), action="merged")
        queue.decide(change, number, state="approved", event=uid)
        notices.decided(change, store, found, merged)
        return merged


def adopted(event: Event, place: int) -> Event:
    """The event with one of its claims adopted, one SEQUENCE on."""
    claim = event.claims[place]
    others = (*event.claims[:place], *event.claims[place + 1 :])
    # A claim without a source could not be told from a guess.
    before = (_claim_of(event),) if event.source else ()
    placed = (claim.city, claim.country) if claim.city or claim.country else (event.city, event.country)
    return replace(
        event,
        span=claim.span,
        city=placed[0],
        country=placed[1],
        timezone=event.timezone if placed == (event.city, event.country) else _zone(*placed),
        source=claim.source,
        source_url=claim.source_url,
        source_date=claim.source_date,
        confidence=claim.confidence,
        notes=claim.notes,
        claims=(*before, *others),
        sequence=event.sequence + 1,
    )


def merged_with(event: Event, draft: Draft) -> Event:
    """The event with what a proposal adds: what was empty, further themes and goals, and its source as a claim."""
    # A side event is in no series, whatever a proposal says.
    blanks = [name for name in _BLANKS if not getattr(event, name) and not (name == "series" and event.held_at)]
    filled = {name: getattr(draft, name) for name in blanks}
    themes = (*event.themes, *(theme for theme in draft.themes if theme not in event.themes))
    sdgs = event.sdgs if set(draft.sdgs) <= set(event.sdgs) else tuple(sorted({*event.sdgs, *draft.sdgs}))
    if not event.city and not event.country and event.mode is not Mode.ONLINE:
        filled |= {"city": draft.city, "country": draft.country, "timezone": event.timezone or draft.timezone}
    claim = _claim_of(draft)
    told = _key(claim) in map(_key, (_claim_of(event), *event.claims))
    return replace(event, **filled, themes=themes, sdgs=sdgs, claims=event.claims if told else (*event.claims, claim))


def _as_seen(store: Store, uid: str, sequence: int) -> Event:
    event = events.by_uid(store, uid)
    if event.status is Status.WITHDRAWN:
        raise GoneError("event-withdrawn", title=event.title)
    check_seen(event, sequence)
    return event


def _claim_of(draft: Draft) -> Claim:
    """What a draft's own source says of its days and place. Claims are of days, not of times."""
    return Claim(
        span=_days(draft.span),
        source=draft.source,
        city=draft.city,
        country=draft.country,
        source_url=draft.source_url,
        source_date=draft.source_date,
        confidence=draft.confidence,
        notes=draft.notes,
    )


def _key(claim: Claim) -> tuple[str, str, Span]:
    """What makes two claims the same."""
    return claim.source, claim.source_url, claim.span


def _days(span: Span) -> Span:
    return spans.from_iso(*spans.to_iso(span), span.precision)


def _zone(city: str, country: str) -> str:
    found = places.find_city(city, country) if city else None
    return found.zone if found else ""
