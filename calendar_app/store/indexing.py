"""What events are found by: facets as rows, words as full text, names as they are asked for, and spellings."""

import json
import re
from collections.abc import Sequence

from sqlite_utils import Database

from calendar_app import places, spelling, words
from calendar_app.events import Event, Series, convener_of
from calendar_app.facets import FACETS
from calendar_app.topics import THEMES

# Open vocabularies that are events' own texts, found whatever their case and diacritics.
FOLDED = ("city", "convener")
KNOWN = "SELECT value FROM known_values WHERE facet = ? AND folded = ?"
_NEW = "SELECT value FROM json_each(?) j WHERE NOT EXISTS (SELECT 1 FROM spellings WHERE cut = j.value AND word = cut)"
# What `index` writes; a release that writes something else raises the number, and all is indexed anew.
FORM = 2


def index(db: Database, number: int, event: Event, series: Series | None) -> None:
    """Makes an event found by its facets and words as it now stands."""
    _index_facets(db, number, event, series)
    texts = [
        "\n".join(sorted(filter(None, part)))
        for part in (_own(event, series), _of_series(series), _around(event, series) | _partners(db, event))
    ]
    _index_text(db, "words", number, [f" {' '.join(words.tokens(text))} " for text in texts])
    _index_text(db, "pieces", number, [words.apart(places.fold(text)) for text in texts])
    db.conn.execute("DELETE FROM names WHERE event = ?", [number])
    names = [(name, rank, number) for rank, found in enumerate(_names(event, series)) for name in sorted(found)]
    db.conn.executemany("INSERT INTO names VALUES (?, ?, ?)", names)
    # Nothing that was never public may be offered as a correction.
    if event.public:
        _keep_spellings(db, "\n".join(texts))


def _index_text(db: Database, table: str, number: int, texts: Sequence[str]) -> None:
    db.conn.execute(f"DELETE FROM {table} WHERE rowid = ?", [number])
    db.conn.execute(f"INSERT INTO {table} (rowid, own, series, around) VALUES (?, ?, ?, ?)", [number, *texts])


def _index_facets(db: Database, number: int, event: Event, series: Series | None) -> None:
    db.conn.execute("DELETE FROM facets WHERE event = ?", [number])
    values = {
        (name, _spelled(db, name, value), number)
        for name, facet in FACETS.items()
        for value in map(str, facet.values(event, series))
        if value
    }
    db.conn.executemany("INSERT INTO facets VALUES (?, ?, ?)", sorted(values))
    if event.published:
        known_now = [(name, places.fold(value), value) for name, value, _ in sorted(values) if not FACETS[name].closed]
        db.conn.executemany("INSERT OR IGNORE INTO known_values VALUES (?, ?, ?)", known_now)


def _spelled(db: Database, facet: str, value: str) -> str:
    """A value as the vocabulary spells it: "GENEVA" and "Genève" are one city, and one line of the panel."""
    if facet not in FOLDED:
        return value
    found = db.conn.execute(KNOWN, [facet, places.fold(value)]).fetchone()
    return str(found[0]) if found else value


def _own(event: Event, series: Series | None) -> set[str]:
    """What an event is called: its title, its slug, which holds its year, and the acronym of its series."""
    return {event.title, event.slug.replace("-", " "), series.short_name if series else ""}


def _of_series(series: Series | None) -> set[str]:
    return {series.name} if series else set()


def _around(event: Event, series: Series | None) -> set[str]:
    """What is about an event: where it is, under every name of the place, who convenes it, and what it is about."""
    themes = {THEMES[theme].name for theme in event.themes}
    return {event.venue, convener_of(event, series)} | _place(event) | themes


def _partners(db: Database, event: Event) -> set[str]:
    """With whom ITU worked there, under every name of theirs."""
    sql = "SELECT name, aliases FROM partners WHERE key IN (SELECT value FROM json_each(?))"
    found = db.conn.execute(sql, [json.dumps(event.partners)]).fetchall() if event.partners else []
    return {told for name, aliases in found for told in (name, *json.loads(aliases))}


def _place(event: Event) -> set[str]:
    city = places.find_city(event.city, event.country) if event.city else None
    countries = places.country_names(event.country) if event.country else frozenset()
    return {event.city, *(city.aliases if city else ()), *countries}


def _names(event: Event, series: Series | None) -> tuple[set[str], set[str]]:
    """What an event may be asked for by and nothing else: its own names and its series', and those of its place."""
    told = {event.title, event.title.partition(":")[0], *re.findall(r"\(([^()]+)\)", event.title)}
    told |= {series.short_name, series.name} if series else set()
    found = [{" ".join(words.tokens(name)) for name in names} - {""} for names in (told, _place(event))]
    return found[0], found[1]


def _keep_spellings(db: Database, text: str) -> None:
    told = sorted(set(filter(spelling.correctable, words.tokens(text))))
    new = [row[0] for row in db.conn.execute(_NEW, [json.dumps(told)])]
    rows = [(cut, word) for word in new if not words.spaceless(word) for cut in sorted(spelling.cuts(word))]
    db.conn.executemany("INSERT OR IGNORE INTO spellings VALUES (?, ?)", rows)
