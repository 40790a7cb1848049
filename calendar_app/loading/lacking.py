"""What a folder of facts from elsewhere does not tell, since it lacks a file that it need not have: it stays."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from calendar_app import places
from calendar_app.catalogue import Catalogue
from calendar_app.engagement import Engagement, Partner
from calendar_app.events import Event, free_slug
from calendar_app.store import Store, partners


def completed(store: Store, catalogue: Catalogue, base: Mapping[str, Event]) -> Catalogue:
    """The catalogue with the parts and partners that stand where it has no file of them; `base` is its last word."""
    if "parts.csv" in catalogue.lacking:
        catalogue = replace(catalogue, events=tuple(_with_parts(each, base) for each in catalogue.events))
    return _with_partners(store, catalogue) if "partners.csv" in catalogue.lacking else catalogue


def _with_parts(event: Event, base: Mapping[str, Event]) -> Event:
    return replace(event, parts=base[event.slug].parts) if event.slug in base else event


def _with_partners(store: Store, catalogue: Catalogue) -> Catalogue:
    """With no directory of its own it names partners by any of the names that they have here."""
    keys, new = _standing(store, catalogue.partners), list[Partner]()
    taken = {*partners.read(store.db)}
    for told in catalogue.partners:
        if told.key not in keys:
            keys[told.key] = free_slug(told.key, taken)
            new.append(replace(told, key=keys[told.key]))
            taken.add(keys[told.key])
    engagements = tuple((name, _renamed(each, keys)) for name, each in catalogue.engagements)
    return replace(catalogue, partners=tuple(new), engagements=engagements)


def _standing(store: Store, told: Iterable[Partner]) -> dict[str, str]:
    """The keys here of the partners that are told of by name, by the keys there."""
    said, known = partners.last_said(store.db), dict[str, str]()
    standing = sorted(partners.read(store.db).values(), key=lambda each: bool(each.same_as))
    # What the catalogue called one holds first: an editor may have given the name to another since.
    for each in (*said.values(), *standing):
        for name in (each.name, *each.aliases):
            known.setdefault(places.fold(name), each.key)
    return {each.key: known[places.fold(each.name)] for each in told if places.fold(each.name) in known}


def _renamed(engagement: Engagement, keys: Mapping[str, str]) -> Engagement:
    return replace(engagement, partners=tuple(dict.fromkeys(keys[key] for key in engagement.partners)))
