"""Spelling: what a word that finds nothing may have been meant as, among the words that there are."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

# Letters of a word that is corrected: in fewer a slip makes another word, in more it is no word.
FEWEST_LETTERS, MOST_LETTERS = 3, 24
# From so many letters on, two slips still leave a word to be known by.
_LONG = 8
# How many of the words sought may be unknown, and how many ways to write them anew are tried.
MOST_UNKNOWN, MOST_TRIES = 4, 12

Near = Callable[[str], Sequence[str]]


def correctable(word: str) -> bool:
    """Whether a folded word is one that a slip may have happened in: letters alone, not too few or many."""
    return word.isalpha() and FEWEST_LETTERS <= len(word) <= MOST_LETTERS


def cuts(word: str) -> frozenset[str]:
    """The word, and the word without each of its letters: two words one slip apart share one of these."""
    return frozenset({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))})


def slips(first: str, second: str) -> int:
    """How many letters were left out, added, taken for another, or swapped with the next, to make one of the other."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, one in enumerate(first, 1):
        earlier, before = before, row
        row = [i]
        for j, two in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != two))
            if i > 1 and j > 1 and one == second[j - 2] and two == first[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def near(word: str, other: str) -> bool:
    """Whether a word may have been meant as the other."""
    if word == other or not correctable(word) or not correctable(other):
        return False
    if min(len(word), len(other)) <= FEWEST_LETTERS:
        # Among words of three letters nearly any two are one slip apart.
        return sorted(word) == sorted(other) and slips(word, other) == 1
    return slips(word, other) <= (2 if min(len(word), len(other)) >= _LONG else 1)


def corrections(sought: Sequence[str], known: Callable[[str], bool], nearest: Near) -> Iterator[tuple[str, ...]]:
    """The words with those that are not known written anew, the likeliest first; a bounded number of them.

    `nearest` gives the known words that one may be meant as, the likeliest first. Two words may be one, and one two.
    """
    unknown = [place for place, word in enumerate(sought) if not known(word)]
    if unknown and len(unknown) <= MOST_UNKNOWN:
        ways = _ways(tuple(sought), unknown[0], known, nearest)
        yield from islice(dict.fromkeys(ways), MOST_TRIES)


def _ways(words: tuple[str, ...], start: int, known: Callable[[str], bool], nearest: Near) -> Iterator[tuple[str, ...]]:
    place = next((at for at in range(start, len(words)) if not known(words[at])), None)
    if place is None:
        yield words
        return
    word, before, after = words[place], words[:place], words[place + 1 :]
    for one in nearest(word):
        yield from _ways((*before, one, *after), place + 1, known, nearest)
    for parts in _halves(word, known):
        yield from _ways((*before, *parts, *after), place + 2, known, nearest)
    for first, left, right in ((place - 1, before[:-1], after), (place, before, after[1:])):
        if 0 <= first < len(words) - 1:
            joined = words[first] + words[first + 1]
            for one in [joined] if known(joined) else nearest(joined):
                yield from _ways((*left, one, *right), first + 1, known, nearest)


def _halves(word: str, known: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """The two known words that one is made of."""
    if correctable(word):
        for place in range(FEWEST_LETTERS, len(word) - FEWEST_LETTERS + 1):
            if known(word[:place]) and known(word[place:]):
                yield word[:place], word[place:]
