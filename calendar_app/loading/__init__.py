"""Loading the catalogue into the record: twice changes nothing, and an editor's word stands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from calendar_app.catalogue import DATE, Catalogue
from calendar_app.errors import NotFoundError
from calendar_app.events import Event, Series, free_slug
from calendar_app.formats.checking import check
from calendar_app.loading import council, lacking
from calendar_app.loading.council import Telling
from calendar_app.reconcile import Decision, Verdict, decide, follow
from calendar_app.store import Change, Store, events, facts, series, surroundings

ORIGIN = "catalogue"


def load(store: Store, catalogue: Catalogue, *, now: datetime) -> dict[str, Decision]:
    """Brings the record up to the catalogue in one transaction; gives the decision on each event by its key.

    New events carry the catalogue's own date as their stamp, not the moment of loading.
    """
    with store.change(max(now, DATE), actor=ORIGIN) as change:
        base = facts.last_said(store, ORIGIN)
        catalogue = lacking.completed(store, catalogue, base)
        wanted = {event.slug: event for event in catalogue.events}
        decisions = {key: _decide(store, wanted.get(key), base.get(key)) for key in {**wanted, **base}}
        series.put_vocabulary(change)
        _put_series(change, catalogue.series)
        # Not the remembered directory: what is read inside a transaction may be rolled back.
        directory = series.read(change.db)
        for key, decision in decisions.items():
            _save(change, store, decision, directory)
            if key in wanted and base.get(key) != wanted[key]:
                facts.keep_said(change, ORIGIN, key, wanted[key])
        _retell(change, store)
        council.put(change, store, catalogue, {key: event.uid for key, event in wanted.items()})
    return decisions


def statements(store: Store, catalogue: Catalogue) -> dict[str, Telling]:
    """What a load would make of each statement of what ITU did, by its name in the catalogue."""
    return council.tellings(store, lacking.completed(store, catalogue, facts.last_said(store, ORIGIN)))


def told(tellings: Mapping[str, Telling]) -> Iterator[str]:
    """What there is to say of statements, a line each: what is new or changed, what an editor keeps, what is gone."""
    for name, each in tellings.items():
        if each.verdict is Verdict.VANISHED:
            yield f"{name}: no longer told, and stays as it is"
        elif each.kept:
            yield f"{name}: an editor's word stands"
        elif each.verdict is not Verdict.SAME:
            yield f"{name}: {each.verdict}"


def tally(decisions: dict[str, Decision]) -> dict[str, int]:
    """How many events each verdict fell on."""
    counted = Counter(decision.verdict for decision in decisions.values())
    return {verdict: counted[verdict] for verdict in Verdict}


def _decide(store: Store, incoming: Event | None, base: Event | None) -> Decision:
    named = incoming or base
    existing = None
    if named is not None and base is not None:
        try:
            existing = events.by_uid(store, named.uid)
        except NotFoundError:
            existing = None
    return decide(existing, incoming, base)


def _save(change: Change, store: Store, decision: Decision, directory: Mapping[str, Series]) -> None:
    event = decision.event
    if event is None or decision.verdict not in {Verdict.NEW, Verdict.CHANGED}:
        return
    check(event, directory)
    if decision.verdict is Verdict.NEW:
        # The desk may have minted the slug for an event of its own.
        events.save(
            change, replace(event, slug=free_slug(event.slug, events.slugs_like(store, event.slug))), action="added"
        )
    elif decision.verdict is Verdict.CHANGED:
        events.save(change, event, action="changed")


def _put_series(change: Change, told: Iterable[Series]) -> None:
    standing, said = series.read(change.db), series.last_said(change.db, ORIGIN)
    ours = series.before_others(change.db, ORIGIN)
    for incoming in told:
        existing = standing.get(incoming.key)
        if existing is not None:
            # A database from before this was remembered holds the last word of the catalogue, but where the desk wrote.
            base = said.get(incoming.key) or ours.get(incoming.key, existing) or incoming
            series.put(change, [follow(existing, incoming, base)])
        else:
            series.put(change, [incoming])
        if said.get(incoming.key) != incoming:
            series.keep_said(change, ORIGIN, incoming)


def retell(store: Store, *, now: datetime) -> int:
    """Raises the events whose text a new release changed: names, places, or a zone table; gives how many."""
    if surroundings.is_told(store):
        return 0
    with store.change(now, actor=ORIGIN) as change:
        return _retell(change, store)


def _retell(change: Change, store: Store) -> int:
    count = tell_renamed(change, store)
    surroundings.keep_told(change)
    return count


def tell_renamed(change: Change, store: Store, *, of: str | None = None) -> int:
    """Makes a revision of each event, of one series or all, whose names elsewhere have changed; gives how many."""
    outdated = events.outdated(store, of=of)
    for event in outdated:
        events.save(change, replace(event, sequence=event.sequence + 1), action="renamed")
    return len(outdated)
