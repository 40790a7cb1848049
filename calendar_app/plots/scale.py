"""The ruler that a span is drawn on in a picture: a month by its days, a year by its months, or more by its years."""

from dataclasses import dataclass
from datetime import date

from calendar_app.spans import Precision, Span, months, unit
from calendar_app.texts import Texts

_MOST_MARKS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A stretch of days, last one included, with its marks: where each begins, and what it is called."""

    first: date
    last: date
    name: str
    marks: tuple[tuple[date, str], ...]

    def at(self, day: date) -> float:
        """Where a day begins, from 0 to 1."""
        return (day - self.first).days / ((self.last - self.first).days + 1)

    @property
    def day(self) -> float:
        """How wide one day is."""
        return 1 / ((self.last - self.first).days + 1)


def of(span: Span, texts: Texts) -> Scale:
    """The ruler on which a span can be told from others: what it lies in, whole."""
    first, last = span.first, span.last
    if (first.year, first.month) == (last.year, last.month) and span.precision is Precision.DAY:
        start, end = unit(first, Precision.MONTH)
        marks = tuple((start.replace(day=day), str(day)) for day in (1, 8, 15, 22, 29) if day <= end.day)
        return Scale(first=start, last=end, name=f"{texts.month(start)} {start.year}", marks=marks)
    if first.year == last.year:
        start, end, name = *unit(first, Precision.YEAR), str(first.year)
    else:
        start, end, name = first.replace(day=1), unit(last, Precision.MONTH)[1], f"{first.year}–{last.year}"
    found = list(months(start, end))
    marks = tuple((month, texts.month_short(month)) for month in found)
    if len(marks) > _MOST_MARKS:
        years = [month for month in found if month.month == 1 or month == start]
        marks = tuple((month, str(month.year)) for month in years[:: -(-len(years) // _MOST_MARKS)])
    return Scale(first=start, last=end, name=name, marks=marks)
