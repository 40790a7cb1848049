"""decide(existing, incoming, base): what a re-import means for an event, and for a series, as one pure object."""

import enum
from dataclasses import dataclass, fields, replace

from calendar_app.events import Draft, Event, Series

# What a source can say of an event; its identity and its state at the desk are ours.
CONTENT = (*(field.name for field in fields(Draft)), "plans", "claims", "part_of", "held_at", "parts")
# Dates and the source they were read in are one statement: a part of it alone would name the wrong source.
STATEMENT = frozenset({"span", "source", "source_url", "source_date", "confidence"})


class Verdict(enum.StrEnum):
    """What comes of one event of an import."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do with one event, and why: the fields taken from the source, and those an editor's word keeps."""

    verdict: Verdict
    event: Event | None
    taken: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def decide(existing: Event | None, incoming: Event | None, base: Event | None) -> Decision:
    """Compares three ways: what stands, what the source says now, and what it said last time (`base`).

    A field follows the source only while nobody else has changed it; an editor's change is never
    overwritten. An event that the source no longer names stays as it is.
    """
    if incoming is None:
        return Decision(verdict=Verdict.VANISHED, event=existing)
    if existing is None:
        return Decision(verdict=Verdict.NEW, event=incoming)
    said = [name for name in CONTENT if base is None or _differs(incoming, base, name)]
    news = [name for name in said if _differs(incoming, existing, name)]
    ours = {name for name in CONTENT if base is None or _differs(existing, base, name)}
    if ours & STATEMENT:
        ours |= STATEMENT
    kept = tuple(name for name in news if name in ours)
    taken = tuple(name for name in news if name not in kept)
    if not taken:
        return Decision(verdict=Verdict.SAME, event=existing, kept=kept)
    values = {name: getattr(incoming, name) for name in taken}
    event = replace(existing, **values, sequence=existing.sequence + 1)
    return Decision(verdict=Verdict.CHANGED, event=event, taken=taken, kept=kept)


def follow(existing: Series, incoming: Series, base: Series) -> Series:
    """A series as it stands; the fields that are as the source said last (`base`) follow it, an editor's stay."""
    names = [field.name for field in fields(Series) if getattr(existing, field.name) == getattr(base, field.name)]
    return replace(existing, **{name: getattr(incoming, name) for name in names})


def _differs(one: Event, other: Event, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))
