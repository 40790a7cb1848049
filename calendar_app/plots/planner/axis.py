"""The year as the sheet's width: where days, months and Mondays stand, in the sheet's units."""

from dataclasses import dataclass
from datetime import date, timedelta

from calendar_app.spans import Span

# A3 on its side, at 4 units a millimetre.
WIDTH, HEIGHT = 1680, 1188
LEFT = 292  # where January begins; before it stand the names of the rows
TOP, BOTTOM = 172, 1096  # of the rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From where to where; `before` and `after` where it runs in from the year before, or on into the next."""

    left: float
    right: float
    before: bool = False
    after: bool = False

    def meets(self, other: "Stretch", *, gap: float = 0) -> bool:
        """Whether they are less than a gap apart."""
        return self.left < other.right + gap and other.left < self.right + gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One year across the sheet."""

    year: int

    @property
    def first(self) -> date:
        """New Year's Day."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """New Year's Eve."""
        return date(self.year, 12, 31)

    def at(self, day: date, *, part: float = 0) -> float:
        """Where a day begins, or a part of it later; within the year."""
        days = (self.last - self.first).days + 1
        passed = max(0.0, min(days, (day - self.first).days + part))
        return round(LEFT + passed * (WIDTH - LEFT) / days, 1)

    def of(self, span: Span) -> Stretch | None:
        """The stretch of a span; None if it lies outside the year."""
        if not span.overlaps(self.first, self.last):
            return None
        return Stretch(
            left=self.at(span.first),
            right=self.at(span.last, part=1),
            before=span.first < self.first,
            after=span.last > self.last,
        )

    def months(self) -> list[tuple[date, Stretch]]:
        """The first day of each month, and its stretch."""
        firsts = [date(self.year, month, 1) for month in range(1, 13)]
        edges = [*map(self.at, firsts), float(WIDTH)]
        return [(day, Stretch(left=edges[n], right=edges[n + 1])) for n, day in enumerate(firsts)]

    def mondays(self) -> list[float]:
        """Where the weeks begin."""
        start = self.first + timedelta(days=-self.first.weekday() % 7)
        return [
            self.at(start + timedelta(weeks=week)) for week in range(53) if start + timedelta(weeks=week) <= self.last
        ]
