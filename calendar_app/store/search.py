"""What selections are looked up in: facets as rows and words as full text, and the look-up itself."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlite_utils import Database

from calendar_app import places
from calendar_app.events import Event, Series, convener_of
from calendar_app.selection import FACETS, Selection
from calendar_app.store.connection import Store, rows
from calendar_app.topics import THEMES

# What anyone may see; the same predicate as `Event.public`, and `_TOMBSTONES` for feeds, which keep a
# withdrawn event as such.
_PUBLIC = "published = 1 AND status <> 'withdrawn'"
_TOMBSTONES = "published = 1"
# Open vocabularies that are events' own texts, found whatever their case and diacritics.
_FOLDED = ("city", "convener")
_KNOWN = "SELECT value FROM known_values WHERE facet = ? AND folded = ?"
_SEAM = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "THAI", "LAO", "KHMER", "MYANMAR", "HEBREW")


def index(db: Database, number: int, event: Event, series: Series | None) -> None:
    """Makes an event found by its facets and words as it now stands."""
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
    text = words_of(event, series)
    for table in ("words", "pieces"):
        db.conn.execute(f"DELETE FROM {table} WHERE rowid = ?", [number])
        db.conn.execute(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", [number, text])


def _spelled(db: Database, facet: str, value: str) -> str:
    """A value as the vocabulary spells it: "GENEVA" and "Genève" are one city, and one line of the panel."""
    if facet not in _FOLDED:
        return value
    found = db.conn.execute(_KNOWN, [facet, places.fold(value)]).fetchone()
    return str(found[0]) if found else value


def words_of(event: Event, series: Series | None) -> str:
    """The folded text that words are looked up in: names, acronyms and aliases."""
    city = places.find_city(event.city, event.country) if event.city else None
    parts: list[str] = [
        event.title,
        event.city,
        event.venue,
        convener_of(event, series),
        event.slug.replace("-", " "),
    ]
    parts += city.aliases if city else ()
    parts += [series.short_name, series.name] if series else []
    parts += places.country_names(event.country) if event.country else ()
    parts += [THEMES[theme].name for theme in event.themes]
    return _apart(places.fold("\n".join(sorted(set(filter(None, parts))))))


class Version(NamedTuple):
    """Which state of which event: what a rendering of it depends on. `stamp` is as the database holds it."""

    id: int
    uid: str
    sequence: int
    stamp: str


def ids(
    store: Store, selection: Selection, *, most: int | None = None, offset: int = 0, newest_first: bool = False
) -> list[int]:
    """The row ids of the selected public events, in list order or the other way round; a page of `most` at the most."""
    where, values = _where(selection)
    way = "DESC" if newest_first else "ASC"
    sql = f"SELECT id FROM events WHERE {where} ORDER BY sort {way}, title {way}, uid {way} LIMIT ? OFFSET ?"
    return [row[0] for row in store.db.conn.execute(sql, [*values, -1 if most is None else most, offset])]


def ids_after(store: Store, selection: Selection, uid: str, *, most: int) -> list[int] | None:
    """The row ids of the selected public events that come after an event in list order, at most so many.

    None if no event that was ever public has this uid. The event itself need not be selected any more.
    """
    here = f"SELECT sort, title, uid FROM events WHERE uid = ? AND {_TOMBSTONES}"
    if store.db.conn.execute(here, [uid]).fetchone() is None:
        return None
    where, values = _where(selection)
    sql = f"SELECT id FROM events WHERE {where} AND (sort, title, uid) > ({here}) ORDER BY sort, title, uid LIMIT ?"
    return [row[0] for row in store.db.conn.execute(sql, [*values, uid, most])]


def versions(store: Store, selection: Selection) -> list[Version]:
    """The states of the selected events, in list order; withdrawn ones too, since feeds keep them as such."""
    where, values = _where(selection, tombstones=True)
    # Of a period, its few events are sorted; else SQLite reads them all in list order to find them.
    sort = "+sort" if selection.first and selection.last else "sort"
    sql = f"SELECT id, uid, sequence, stamp FROM events WHERE {where} ORDER BY {sort}, title, uid"
    return list(map(Version._make, store.db.conn.execute(sql, values)))


def count(store: Store, selection: Selection, *, undated: bool = False) -> int:
    """How many public events are selected; with `undated`, only those of which not even one month is settled."""
    where, values = _where(selection)
    if undated:
        where += " AND (precision = 'year' OR (precision = 'month' AND starts <> ends))"
    return int(store.db.conn.execute(f"SELECT count(*) FROM events WHERE {where}", values).fetchone()[0])


def count_deadlines(store: Store) -> int:
    """How many deadlines public events have."""
    sql = f"SELECT count(*) FROM deadlines WHERE event IN (SELECT id FROM events WHERE {_PUBLIC})"
    return int(store.db.conn.execute(sql).fetchone()[0])


def counts(store: Store, selection: Selection, facets: Iterable[str]) -> dict[str, dict[str, int]]:
    """For each of these facets, how many public events each value would select beside the other facets chosen."""
    return {facet: _counts(store, selection.without(facet), facet) for facet in facets}


def _counts(store: Store, selection: Selection, facet: str) -> dict[str, int]:
    where, values = _where(selection)
    sql = (
        f"SELECT value, count(*) FROM facets WHERE facet = ? AND event IN (SELECT id FROM events WHERE {where})"
        " GROUP BY value ORDER BY value"
    )
    return dict(store.db.conn.execute(sql, [facet, *values]).fetchall())


def known(store: Store, facet: str, value: str) -> str | None:
    """The vocabulary's own spelling of a value of an open facet, or None if no public event ever had it."""
    if facet == "series":
        found = store.db.conn.execute("SELECT key FROM series WHERE key = ?", [value]).fetchone()
        return str(found[0]) if found else None
    city = places.find_city(value, "") if facet == "city" else None
    found = store.db.conn.execute(_KNOWN, [facet, places.fold(city.name if city else value)]).fetchone()
    if found and (facet in _FOLDED or found[0] == value):
        return str(found[0])
    return city.name if city else None


def _where(selection: Selection, *, tombstones: bool = False) -> tuple[str, list[Any]]:
    clauses, values = [_TOMBSTONES if tombstones else _PUBLIC], list[Any]()
    if selection.first and selection.last and selection.last < selection.first:
        clauses.append("0")
    if selection.first:
        clauses.append("last_day >= ?")
        values.append(selection.first.isoformat())
    if selection.last:
        clauses.append("first_day <= ?")
        values.append(selection.last.isoformat())
    if selection.before:
        clauses.append("last_day < ?")
        values.append(selection.before.isoformat())
    for facet, chosen in selection.facets:
        marks = ", ".join("?" * len(chosen))
        clauses.append(f"id IN (SELECT event FROM facets WHERE facet = ? AND value IN ({marks}))")
        values += [facet, *chosen]
    # A dash between words, as in a title that was copied, says nothing; nothing but such signs finds nothing.
    words = list(dict.fromkeys(filter(_spoken, places.fold(selection.words).split())))
    if selection.words and not words:
        clauses.append("0")
    for clause, value in map(_word, words):
        clauses.append(clause)
        values.append(value)
    return " AND ".join(clauses), values


def _word(word: str) -> tuple[str, str]:
    word = _apart(word)
    # FTS5 raises on raw text in MATCH: a word goes in as a quoted string, in which only `"` is special.
    quoted = '"' + word.replace('"', '""') + '"'
    if not _spaceless(word):
        return "id IN (SELECT rowid FROM words WHERE words MATCH ?)", quoted
    if len(word) >= 3:
        return "id IN (SELECT rowid FROM pieces WHERE pieces MATCH ?)", quoted
    pattern = "%" + re.sub(r"([%_\\])", r"\\\1", word) + "%"
    return "id IN (SELECT rowid FROM words WHERE text LIKE ? ESCAPE '\\')", pattern


def _apart(text: str) -> str:
    """The text with letters and figures set apart, so that "COP30" and "COP 30" are found alike."""
    return _SEAM.sub(" ", text)


def _spoken(word: str) -> bool:
    """Whether a word holds a letter or a digit, and so can be looked up."""
    return any(map(str.isalnum, word))


def _spaceless(word: str) -> bool:
    """Whether a word is in a script whose words the default tokenizer does not find inside a text."""
    return any(unicodedata.name(letter, "").startswith(_SPACELESS) for letter in word)


def directory_counts(store: Store, facet: str) -> list[dict[str, Any]]:
    """Every value of a facet with the number of its public events, by value."""
    sql = (
        "SELECT value, count(*) AS events FROM facets JOIN events e ON e.id = facets.event"
        f" WHERE facet = ? AND {_PUBLIC} GROUP BY value ORDER BY value"
    )
    return rows(store.db, sql, [facet])
