"""Corrections: what words that find nothing may have been meant as, by words that find something."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from calendar_app import spelling, words
from calendar_app.selection import Selection
from calendar_app.store import lookup
from calendar_app.store.connection import Store

# How many words that are one slip apart are compared, how many of them tried, and how often a word is looked for
# to tell common ones from rare ones.
_MOST_COMPARED, _MOST_NEAR, _OFTEN = 100, 4, 50
# From so many letters on, the beginning of a word may be meant as the word.
_BEGINNING = 4
_SPELLED = "SELECT DISTINCT word FROM spellings WHERE cut IN (SELECT value FROM json_each(?)) LIMIT ?"
_BEGUN = "SELECT DISTINCT word FROM spellings WHERE cut > ? AND cut < ? AND word = cut LIMIT ?"


def corrected(store: Store, sought: str, *, within: Selection | None = None) -> str | None:
    """The words of a search with those that find nothing written anew, or None if nothing is near.

    What is offered finds something: in the selection `within` (less its words, its period absolute) if anything there
    does, else in the record.
    """
    parts = list(dict.fromkeys(words.tokens(sought)))

    @cache
    def often(word: str) -> int:
        return _often(store, word)

    @cache
    def nearest(word: str) -> tuple[str, ...]:
        return _nearest(store, word, often)

    ways = list(spelling.corrections(parts, lambda word: often(word) > 0, nearest))
    for chosen in [within, Selection()] if within else [Selection()]:
        for way in ways:
            if _finds(store, replace(chosen, words=" ".join(way))):
                return _as_typed(way, sought)
    return None


def _often(store: Store, word: str) -> int:
    """How many public events a word finds, counted no further than is of use."""
    found = lookup.of(store, Selection(words=word))
    sql = f"SELECT count(*) FROM ({found.sql('1', f'LIMIT {_OFTEN}')})"
    return int(store.db.conn.execute(sql, found.values).fetchone()[0])


def _finds(store: Store, selection: Selection) -> bool:
    found = lookup.of(store, selection)
    return store.db.conn.execute(found.sql("1", "LIMIT 1"), found.values).fetchone() is not None


def _nearest(store: Store, word: str, often: Callable[[str], int]) -> tuple[str, ...]:
    """The words that one may be meant as: first those spelled most like it, then those that begin so."""
    if not spelling.correctable(word):
        return ()
    cuts = json.dumps(sorted(spelling.cuts(word)))
    like = [other for other in _column(store, _SPELLED, cuts) if spelling.near(word, other)]
    begun = _column(store, _BEGUN, word, word + "\U0010ffff") if len(word) >= _BEGINNING else []
    like.sort(key=lambda other: (spelling.slips(word, other), other[0] != word[0], -often(other), other))
    begun.sort(key=lambda other: (-often(other), other))
    # What was public once may be so no more.
    return tuple(islice((other for other in dict.fromkeys([*like, *begun]) if often(other)), _MOST_NEAR))


def _column(store: Store, sql: str, *values: str) -> list[str]:
    return [row[0] for row in store.db.conn.execute(sql, [*values, _MOST_COMPARED])]


def _as_typed(way: Sequence[str], sought: str) -> str:
    """The words in one line, those that stay as they were written."""
    written = {found[0]: word for word in sought.split() if len(found := words.tokens(word)) == 1}
    return " ".join(written.get(word, word) for word in way)
