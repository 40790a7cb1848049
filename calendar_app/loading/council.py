"""Loading what the Council report tells beside events; an editor's word stands here too."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from calendar_app.catalogue import Catalogue
from calendar_app.engagement import Engagement
from calendar_app.reconcile import Verdict
from calendar_app.report.facts import ReportPlace
from calendar_app.store import Change, Store, engagements, facts, partners
from calendar_app.store.engagement_records import Kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What comes of a statement of the catalogue: what it says now (None: nothing any more), and what it said last.

    `kept` tells that it says something new, and that an editor's word stands instead.
    """

    verdict: Verdict
    incoming: Kept | None
    said: Kept | None = None
    kept: bool = False


def tellings(store: Store, catalogue: Catalogue) -> dict[str, Telling]:
    """What comes of each statement by its name; also of those that it told once, and that nobody has taken out."""
    known, told = engagements.said(store), dict(catalogue.engagements)
    found = {name: _telling(store, each, known.get(name)) for name, each in told.items()}
    for name, (uid, said) in known.items():
        if name not in told and not engagements.find(store, uid).removed:
            found[name] = Telling(verdict=Verdict.VANISHED, incoming=None, said=said)
    return found


def _telling(store: Store, told: Engagement, known: tuple[str, Kept | None] | None) -> Telling:
    if known is None:
        return Telling(verdict=Verdict.NEW, incoming=Kept(engagement=told))
    uid, said = known
    incoming, standing = Kept(engagement=replace(told, uid=uid)), engagements.find(store, uid)
    # One that nothing is remembered of was moved from a database of before, where nobody could edit it.
    ours = said is not None and standing != said
    verdict = Verdict.SAME if ours or standing == incoming else Verdict.CHANGED
    return Telling(verdict=verdict, incoming=incoming, said=said, kept=ours and incoming not in (said, standing))


def put(change: Change, store: Store, catalogue: Catalogue, uids: Mapping[str, str]) -> None:
    """Brings partners, engagements, figures, the report's order and pillars up to the catalogue.

    `uids` are those of the catalogue's events, by their keys.
    """
    _put_partners(change, store, catalogue)
    for name, telling in tellings(store, catalogue).items():
        _put_statement(change, store, name, telling)
    facts.replace_all(change, "figures", [asdict(figure) for figure in catalogue.figures])
    facts.replace_all(change, "report_order", [_order_row(place, uids) for place in catalogue.report])
    if "pillars.csv" not in catalogue.lacking:
        facts.replace_all(change, "pillars", [{"series": key, "pillar_of": whole} for key, whole in catalogue.pillars])


def _put_partners(change: Change, store: Store, catalogue: Catalogue) -> None:
    standing, said = partners.read(change.db), partners.last_said(change.db)
    for told in catalogue.partners:
        before = standing.get(told.key)
        # What a database from before there was a directory holds is a name alone.
        if (before is None or before == said.get(told.key, before)) and partners.put(change, told):
            # They are found by its names too.
            engagements.reindex(change, store, partners.events_of(change.db, told.key))
        if said.get(told.key) != told:
            partners.keep_said(change, told)


def _put_statement(change: Change, store: Store, name: str, telling: Telling) -> None:
    incoming = telling.incoming
    if incoming is None:
        return
    if telling.verdict in {Verdict.NEW, Verdict.CHANGED}:
        new = telling.verdict is Verdict.NEW
        engagements.save(change, store, incoming, action="added" if new else "changed", origin=name if new else "")
    if telling.said != incoming:
        engagements.keep_said(change, incoming.engagement.uid, incoming)


def _order_row(place: ReportPlace, uids: Mapping[str, str]) -> dict[str, Any]:
    return {
        "event": uids[place.key] if place.subject == "event" else None,
        "series": place.key if place.subject == "series" else None,
        "section": place.section,
        "position": place.position,
        "name": place.name,
        "place": place.place,
    }
