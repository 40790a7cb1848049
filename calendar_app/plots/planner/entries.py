"""What is drawn: an event, the row it stands in, and what other sources say of it."""

from dataclasses import dataclass

from calendar_app.events import Claim, Event
from calendar_app.spans import Precision
from calendar_app.topics import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event of the year. `key` and `name` are of its row: its series, or the event itself where it is in none.

    `marked` is whether the Council report gives dates of that row; `rivals` are the claims that differ from the
    adopted one.
    """

    event: Event
    key: str
    name: str
    kind: Kind
    marked: bool = False
    rivals: tuple[Claim, ...] = ()

    @property
    def drawn(self) -> bool:
        """Whether more than its year is known, so that it has a place on the sheet."""
        return self.event.span.precision is not Precision.YEAR

    @property
    def order(self) -> tuple[str, str, str]:
        """Its place among those that begin and end on the same days."""
        return self.name, self.event.title, self.event.uid
