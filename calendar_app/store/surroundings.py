"""What the text of an event takes from elsewhere: names of series, themes, goals, place and forum, and UTC times."""

import hashlib
import json
from importlib.metadata import version

from calendar_app import places
from calendar_app.events import TELLING, Event, Series
from calendar_app.store.connection import Change, Store
from calendar_app.topics import SDGS, THEMES, facts

# What fingerprints are made of; a change to `fingerprint` itself raises the number.
_FORM = 1


def fingerprint(event: Event, series: Series | None) -> str:
    """A hash that differs once one of these is renamed, moved, or timed by another zone table.

    An event whose fingerprint differs from the one it was saved with reads otherwise than its subscribers
    were told, and has to be found by other words.
    """
    city = places.find_city(event.city, event.country) if event.city else None
    told = [
        [series.short_name, series.name, series.convener, list(map(repr, series.roles))] if series else None,
        [[THEMES[theme].name, THEMES[theme].category] for theme in event.themes],
        [SDGS[number].name for number in event.sdgs],
        [places.country_name(event.country, on=event.span.first), *sorted(places.country_names(event.country))]
        if event.country
        else None,
        [city.latitude, city.longitude, *city.aliases] if city else None,
        [[str(span.start_utc), str(span.end_utc)] for span in (event.span, *(part.span for part in event.parts))],
        TELLING,
        *([event.forum] if event.held_at else ()),
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:32]


def release() -> str:
    """A hash of all that a release brings to fingerprints: names, places, zones."""
    names = [facts(name) for name in ("country_names.csv", "aliases.csv")]
    vocabularies = [list(places.cities().values()), list(THEMES.values()), list(SDGS.values())]
    told = repr([_FORM, TELLING, version("tzdata"), version("babel"), names, vocabularies])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def is_told(store: Store) -> bool:
    """Whether every event was compared with this release."""
    return bool(store.db.conn.execute("SELECT told FROM state").fetchone()[0] == release())


def keep_told(change: Change) -> None:
    """Notes that every event was compared with this release."""
    change.db.conn.execute("UPDATE state SET told = ?", [release()])
