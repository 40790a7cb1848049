"""My events: what a reader picked so far, kept in the address alone, and carried from page to page by it."""

from collections.abc import Iterable
from dataclasses import dataclass

from calendar_app import selection
from calendar_app.selection import MOST_VALUES, Known, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Picks:
    """The slugs of what is ticked. `carried` were picked before; `shown` are themselves the selection on screen."""

    carried: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    most: int = MOST_VALUES

    def __contains__(self, slug: str) -> bool:
        """Whether an event is ticked."""
        return slug in self.carried or slug in self.shown

    def __len__(self) -> int:
        """How many events are ticked."""
        return len(set(self.carried + self.shown))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The names and values that carry what was picked before."""
        return [("pick", slug) for slug in self.carried]

    @property
    def on(self) -> str:
        """The query of a list to pick more from, which carries all that is ticked."""
        slugs = sorted({*self.carried, *self.shown})
        return selection.query([("when", "upcoming"), *(("pick", slug) for slug in slugs)])


NONE = Picks()


def parse(values: Iterable[str], shown: Selection, known: Known) -> Picks:
    """What a query picked before, beside the selection on screen.

    Raises:
        SelectionError: an event that never was, or more of them than a selection takes.
    """
    carried = selection.parse([("event", value) for value in values], known)
    return Picks(carried=carried.chosen("event"), shown=shown.chosen("event"))
