"""An event's deadlines and parts on its page: soonest first, each layer with its feed; and what a revision changed."""

from dataclasses import dataclass

from calendar_app import publish
from calendar_app.events import Deadline, Event, Part
from calendar_app.options import Deadlines, Options
from calendar_app.selection import Selection
from calendar_app.spans import sort_key
from calendar_app.store.history import Revision
from calendar_app.texts import Texts
from calendar_app.web import hours
from calendar_app.web.hours import Hours

_MOST_TOLD = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """The deadlines and parts of an event, the soonest first, and the paths of the feeds that carry them.

    `hours` are those of each part, None where it has no times.
    """

    deadlines: tuple[Deadline, ...]
    parts: tuple[Part, ...]
    hours: tuple[Hours | None, ...]
    deadlines_feed: str = ""
    parts_feed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The deadlines and parts that a revision took out and those that it brought, in words."""

    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()


def of(event: Event, texts: Texts, *, zone: str = "") -> Layers:
    """The layers of an event that has a page, their hours also by the clock of `zone` if one is asked for."""
    chosen = Selection.of(event=event.slug)
    parts = tuple(sorted(event.parts, key=lambda each: (sort_key(each.span), each.title)))
    at = {"city": event.city, "country": event.country, "zone": zone}
    return Layers(
        deadlines=tuple(sorted(event.deadlines, key=lambda each: (each.day, each.kind))),
        parts=parts,
        hours=tuple(hours.of(part.span, texts, **at) for part in parts),
        deadlines_feed=publish.shortest(chosen, options=Options(deadlines=Deadlines.ONLY)),
        parts_feed=publish.shortest(chosen, options=Options(parts=True)),
    )


def exchanged(revision: Revision, texts: Texts) -> Exchange:
    """What a revision changed of deadlines and parts; nothing where it is too much for a line."""
    if revision.before is None:
        return Exchange()
    old, new = (_words(event, texts) for event in (revision.before, revision.after))
    lost = tuple(words for words in old if words not in new)
    gained = tuple(words for words in new if words not in old)
    return Exchange(lost=lost, gained=gained) if len(lost + gained) <= _MOST_TOLD else Exchange()


def _words(event: Event, texts: Texts) -> list[str]:
    layers = of(event, texts)
    deadlines = [f"{texts.label('deadline', each.kind)}, {texts.day(each.day)}" for each in layers.deadlines]
    return deadlines + [", ".join(filter(None, _part(each, texts))) for each in layers.parts]


def _part(part: Part, texts: Texts) -> tuple[str, ...]:
    return part.title, texts.span_honest(part.span), texts.times(part.span), part.venue
