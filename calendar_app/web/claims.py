"""What each source says of an event, side by side: in words, and drawn on one ruler where that can be read."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from calendar_app import spans
from calendar_app.events import Claim, Event
from calendar_app.formats.telling import rival
from calendar_app.web.dates import Path, Ruler, drawn

_MOST_MONTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One source's word. `rival` where it differs from the adopted one."""

    claim: Claim
    rival: bool
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All sources of an event. `months` are the first days of the ruler's months; none where nothing is drawn."""

    months: tuple[date, ...]
    adopted: tuple[Path, ...]
    others: tuple[Told, ...]

    @property
    def rivals(self) -> tuple[Told, ...]:
        """Those that differ."""
        return tuple(told for told in self.others if told.rival)


def compare(event: Event) -> Comparison:
    """What the sources of an event say, the rivals first; drawn if they differ and lie within three months."""
    claims = sorted(event.claims, key=lambda claim: not rival(event, claim))
    held = [event.span, *(claim.span for claim in claims)]
    first, last = min(span.first for span in held), max(span.last for span in held)
    months = tuple(islice(spans.months(first, last), _MOST_MONTHS + 1))
    drawable = len(set(held)) > 1 and len(months) <= _MOST_MONTHS
    ruler = Ruler.months(first, last) if drawable else None
    return Comparison(
        months=months if drawable else (),
        adopted=tuple(drawn(event.span, ruler)) if ruler else (),
        others=tuple(
            Told(claim=claim, rival=rival(event, claim), paths=tuple(drawn(claim.span, ruler)) if ruler else ())
            for claim in claims
        ),
    )
