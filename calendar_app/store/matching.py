"""Matching: words as conditions on the full text, and how well what they find fits them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from calendar_app import words

# The columns of the full text, in the order in which they tell of an event.
COLUMNS = ("own", "series", "around")
_ORDER = ("sort", "title", "uid")
# A condition with `?` for each of its values.
Condition = tuple[str, tuple[str | int, ...]]
_ASKED_FOR = "EXISTS (SELECT 1 FROM names n WHERE n.name = ? AND n.rank = ? AND n.event = e.id)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What has to be so of a row `w` of a text table: as its index is asked ("" if it can’t be), and as a row."""

    table: str
    indexed: str
    query: str
    by_row: str
    parts: tuple[str, ...]

    def held(self, *, one_by_one: bool) -> Condition:
        """The condition on the event `e`, asked of each event by itself or of all of them at once."""
        if one_by_one:
            return f"EXISTS (SELECT 1 FROM {self.table} w WHERE w.rowid = e.id AND {self.by_row})", self.parts
        if self.indexed:
            return f"e.id IN (SELECT w.rowid FROM {self.table} w WHERE {self.indexed})", (self.query,)
        return f"e.id IN (SELECT w.rowid FROM {self.table} w WHERE {self.by_row})", self.parts


def of(sought: Iterable[str], columns: Sequence[str] = COLUMNS) -> list[Match]:
    """What has to be matched for all of these words (as `words.typed` gives them) to stand in these columns."""
    spaced, inside, short = list[str](), list[str](), list[str]()
    for word in map(words.apart, sought):
        (spaced if not words.spaceless(word) else inside if len(word) >= 3 else short).append(word)
    # In its own table a word stands between spaces; no index finds what is shorter than a piece of three letters.
    parted = [f" {' '.join(words.tokens(word))} " for word in spaced]
    found = [_match("words", spaced, parted, columns), _match("pieces", inside, inside, columns)]
    found.append(replace(_match("pieces", short, short, columns), indexed=""))
    return [match for match in found if match.parts]


def _match(table: str, sought: Sequence[str], parts: Sequence[str], columns: Sequence[str]) -> Match:
    # FTS5 raises on raw text in MATCH: a word goes in as a quoted string, in which only `"` is special.
    all_of = " AND ".join('"' + word.replace('"', '""') + '"' for word in sought)
    text = " || char(10) || ".join(f"w.{column}" for column in columns)
    return Match(
        table=table,
        indexed=f"w.{table} MATCH ?",
        query=f"{{{' '.join(columns)}}} : ({all_of})",
        by_row=" AND ".join(f"instr({text}, ?)" for _ in parts),
        parts=tuple(parts),
    )


def best_first(sought: Sequence[str], *, today: date, one_by_one: bool) -> Condition:
    """The terms to sort events by that words found: how well they fit, then what is on or coming, then the nearest.

    What is called so beats what lies there, that what has the words in its name, that what has them in its series'.
    """
    asked = " ".join(token for word in sought for token in words.tokens(word))
    steps: list[Condition] = [(_ASKED_FOR, (asked, rank)) for rank in (0, 1)]
    for columns in (COLUMNS[:1], COLUMNS[:2]):
        parts = [match.held(one_by_one=one_by_one) for match in of(sought, columns)]
        steps.append((" AND ".join(part for part, _ in parts) or "0", tuple(v for _, some in parts for v in some)))
    whens = " ".join(f"WHEN {condition} THEN {place}" for place, (condition, _) in enumerate(steps))
    fit = f"CASE {whens} ELSE {len(steps)} END"
    # What is over comes in list order the other way round.
    coming = ", ".join(f"CASE WHEN e.last_day >= ? THEN e.{column} END" for column in _ORDER)
    over = ", ".join(f"e.{column} DESC" for column in _ORDER)
    values = [value for _, some in steps for value in some]
    days = [today.isoformat()] * (1 + len(_ORDER))
    return f"{fit}, e.last_day < ?, {coming}, {over}", (*values, *days)
