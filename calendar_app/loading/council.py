"""Loading what the Council report tells beside events; an editor's word stands here too."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from calendar_app.catalogue import Catalogue
from calendar_app.engagement import Engagement
from calendar_app.report.facts import ReportPlace
from calendar_app.store import Change, Store, engagements, facts, partners
from calendar_app.store.engagement_records import Kept


def put(change: Change, store: Store, catalogue: Catalogue, uids: Mapping[str, str]) -> None:
    """Brings partners, engagements, figures, the report's order and pillars up to the catalogue.

    `uids` are those of the catalogue's events, by their keys.
    """
    _put_partners(change, store, catalogue)
    known = engagements.said(store)
    for name, told in catalogue.engagements:
        _put_engagement(change, store, name, told, known)
    facts.replace_all(change, "figures", [asdict(figure) for figure in catalogue.figures])
    facts.replace_all(change, "report_order", [_order_row(place, uids) for place in catalogue.report])
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


def _put_engagement(
    change: Change, store: Store, name: str, told: Engagement, known: Mapping[str, tuple[str, Kept | None]]
) -> None:
    uid, said = known.get(name, (told.uid, None))
    incoming = Kept(engagement=replace(told, uid=uid))
    if name not in known:
        engagements.save(change, store, incoming, action="added", origin=name)
    # One that nothing is remembered of was moved from a database of before, where nobody could edit it.
    elif said is None or engagements.find(store, uid) == said:
        engagements.save(change, store, incoming, action="changed")
    if said != incoming:
        engagements.keep_said(change, uid, incoming)


def _order_row(place: ReportPlace, uids: Mapping[str, str]) -> dict[str, Any]:
    return {
        "event": uids[place.key] if place.subject == "event" else None,
        "series": place.key if place.subject == "series" else None,
        "section": place.section,
        "position": place.position,
        "name": place.name,
        "place": place.place,
    }
