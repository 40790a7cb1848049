"""The directory of partners, and the page of one with what was done together."""

from collections import Counter

from flask import Blueprint, abort, redirect, render_template, request

from calendar_app import addresses
from calendar_app.engagement import Partner
from calendar_app.errors import NotFoundError
from calendar_app.places import fold
from calendar_app.selection import Selection
from calendar_app.store import engagements, events, search, stated
from calendar_app.store import partners as kept
from calendar_app.topics import Kind, PartnerKind
from calendar_app.web import current, query, statements, subscribing, views

pages = Blueprint("partners", __name__)

# However much was done together, a page costs the same; the list of events has the rest.
_MOST_SIDE_EVENTS = 40
_ASKED = ("kind", "q")


@pages.get(addresses.PARTNERS)
def all_partners() -> str:
    """Every partner of which it is public what was done together, by kind; of one kind or with some words, if asked."""
    asked, store = _asked(), current.store()
    told = stated.of_partners(store)
    directory = [each for key, each in kept.directory(store).items() if key in told]
    found = [each for each in directory if _fits(each, asked)]
    kinds = [(kind, [each for each in found if each.kind is kind]) for kind in PartnerKind]
    sizes = Counter(each.kind for each in directory)
    return render_template(
        "partners.html",
        asked=asked,
        kinds=[(kind, its) for kind, its in kinds if its],
        choices=[(kind, sizes[kind]) for kind in PartnerKind if sizes[kind]],
        link=lambda **more: _link(asked | more),
        found=len(found),
        told=told,
        counts=search.counts(store, Selection(), ["partner"])["partner"],
    )


@pages.get(f"{addresses.PARTNERS}/<key>")
def one_partner(key: str) -> str:
    """A partner, what was done together by year, and how to subscribe to the events where it was."""
    store, found = current.store(), _shown(key)
    chosen = Selection.of(partner=key)
    told = statements.of(engagements.of_partner(store, key))
    side_events = Selection.of(partner=key, kind=Kind.SIDE_EVENT)
    numbers = search.ids(store, side_events, most=_MOST_SIDE_EVENTS, newest_first=True)
    return render_template(
        "partner.html",
        partner=found,
        told=stated.of_partners(store)[key],
        years=statements.by_year(told),
        shown=len(told),
        source=statements.source_of(told),
        side_events=current.listing().by_year(events.by_ids(store, numbers)),
        side_count=search.count(store, side_events),
        side_selection=side_events,
        most_sides=_MOST_SIDE_EVENTS,
        selection=chosen,
        count=search.count(store, chosen),
        ways=views.ways(chosen, chosen),
        subscription=subscribing.of(current.publisher(), chosen, today=current.today()),
    )


def _shown(key: str) -> Partner:
    """A partner that a public statement names; one that turned out to be another leads to that (301).

    Raises:
        NotFoundError: there is none of that key, or nothing of it is public.
    """
    store = current.store()
    now = kept.led_to(store.db, key)
    found = kept.directory(store).get(now)
    if found is None or now not in stated.of_partners(store):
        raise NotFoundError("partner-none", name=key[:60])
    if now != key:
        abort(redirect(addresses.partner(now), code=301))
    return found


def _asked() -> dict[str, str]:
    """What the directory is narrowed to, by name; empty fields lead to the address without them (303).

    Raises:
        SelectionError: a kind that there is not.
    """
    sent = query.pairs()
    words = " ".join(request.args.get("q", "").split())
    given = {"kind": query.option("kind", [*PartnerKind]), "q": words}
    asked = {name: value for name, value in given.items() if value}
    if any(not value.strip() for name, value in sent if name in _ASKED):
        abort(redirect(_link(asked), code=303))
    return asked


def _link(asked: dict[str, str]) -> str:
    return views.with_pairs(addresses.PARTNERS, [(name, value) for name, value in sorted(asked.items()) if value])


def _fits(partner: Partner, asked: dict[str, str]) -> bool:
    if asked.get("kind", partner.kind) != partner.kind:
        return False
    text = fold(" ".join((partner.key, partner.name, *partner.aliases)))
    return all(word in text for word in fold(asked.get("q", "")).split())
