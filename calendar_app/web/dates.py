"""How a span is drawn: the date block in words and brackets, and the strip on the ruler of its month or year."""

from dataclasses import dataclass
from datetime import date

from calendar_app.events import Draft, Event
from calendar_app.spans import Precision, Span, unit
from calendar_app.texts import Texts

WIDTH = 310
_DAY = 10
_YEAR_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class DateBlock:
    """The date of a row: `lines` large, `note` small. `vague` draws brackets, `dashed` an unconfirmed date."""

    lines: tuple[str, ...]
    note: str
    vague: bool
    dashed: bool
    gone: bool

    @property
    def classes(self) -> str:
        """The classes of the block's element."""
        named = {"m": self.vague, "x": self.dashed, "gone": self.gone}
        return " ".join(["d", *(name for name, holds in named.items() if holds)])


def block(event: Draft, texts: Texts, *, today: date, year: bool = False) -> DateBlock:
    """The date block of an event; with `year`, where no heading tells the year."""
    lines, note = _words(event.span, texts, today=today, year=year)
    status = event.status
    return DateBlock(
        lines=lines,
        note=note,
        vague=event.span.precision is not Precision.DAY,
        dashed=status == "tentative" or event.confidence == "low",
        gone=status in {"cancelled", "postponed"},
    )


def _words(span: Span, texts: Texts, *, today: date, year: bool) -> tuple[tuple[str, ...], str]:
    first, last = span.first, span.last
    suffix = f" {last.year}" if year else ""
    if span.precision is Precision.YEAR:
        note = texts.gettext("month not given") if last < today else texts.gettext("month not announced")
        return (texts.span(span),), note
    if span.precision is Precision.MONTH:
        note = texts.gettext("days not given") if last < today else texts.gettext("days not announced")
        months = texts.month_short(first)
        if (first.year, first.month) != (last.year, last.month):
            months = f"{months}–{texts.month_short(last)}"
        return (f"{months}{suffix}",), note
    if first == last:
        return (str(first.day),), f"{texts.day_name_short(first)}, {texts.month_short(first)}{suffix}"
    if (first.year, first.month) == (last.year, last.month):
        return (f"{first.day}–{last.day}",), f"{texts.month_short(first)}{suffix}"
    starting = f" {first.year}" if year and first.year != last.year else ""
    return (f"{first.day} {texts.month_short(first)}{starting} –", f"{last.day} {texts.month_short(last)}{suffix}"), ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """A stretch of days that strips hang on: a month of 31 columns, or a year."""

    first: date
    last: date
    unit: float

    @classmethod
    def month(cls, day: date) -> "Ruler":
        """The ruler of the month of a day."""
        first, last = unit(day, Precision.MONTH)
        return cls(first=first, last=last, unit=_DAY)

    @classmethod
    def year(cls, year: int) -> "Ruler":
        """The ruler of a year."""
        return cls(first=date(year, 1, 1), last=date(year, 12, 31), unit=WIDTH / _YEAR_DAYS)

    @classmethod
    def months(cls, first: date, last: date) -> "Ruler":
        """The ruler of all the months from one day's to another's."""
        start, end = cls.month(first).first, cls.month(last).last
        return cls(first=start, last=end, unit=WIDTH / ((end - start).days + 1))

    def at(self, day: date) -> int:
        """Where a day begins, in units from the start; within the ruler."""
        return max(0, min(WIDTH, round((day - self.first).days * self.unit)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A path of a strip: its class in the stylesheet and its drawing commands."""

    name: str
    d: str


def strip(event: Event, ruler: Ruler, *, today: date) -> tuple[Path, ...]:
    """The drawing of an event's span on a ruler: solid if its days are known, brackets if not, dashed if expected."""
    span = event.span
    left, right, _ = _extent(span, ruler)
    dashed = event.expected or event.unverified
    if event.off and span.precision is Precision.DAY:
        paths = [Path(name="off", d=f"M{left + 1} 4H{right - 1}V12H{left + 1}ZM{left} 8H{right}")]
    else:
        paths = drawn(span, ruler, dashed=dashed)
    if ruler.first <= today <= ruler.last and span.first <= today <= span.last:
        needle = round(ruler.at(today) + ruler.unit / 2)
        paths.append(Path(name="needle", d=f"M{needle} -4V20"))
    return tuple(paths)


def drawn(span: Span, ruler: Ruler, *, dashed: bool = False) -> list[Path]:
    """A span on a ruler: a bar where its days are known, brackets where they are not."""
    left, right, on = _extent(span, ruler)
    if span.precision is not Precision.DAY:
        return _brackets(left, right, on=on, dashed=dashed)
    return [Path(name="open dash" if dashed else "fill", d=_bar(left, right, on=on, hollow=dashed))]


def _extent(span: Span, ruler: Ruler) -> tuple[int, int, bool]:
    """Left, right, and whether it runs on past the ruler."""
    left, on = ruler.at(span.first), span.last > ruler.last
    return left, WIDTH if on else max(ruler.at(date.fromordinal(span.last.toordinal() + 1)), left + 3), on


def _bar(left: int, right: int, *, on: bool, hollow: bool) -> str:
    inset = int(hollow)
    left, right = left + inset, right - inset
    if on:
        return f"M{left} 3H{right - 8}L{right} 8L{right - 8} 13H{left}Z"
    return f"M{left} 3H{right}V13H{left}Z"


def _brackets(left: int, right: int, *, on: bool, dashed: bool) -> list[Path]:
    name = "open dash" if dashed else "open"
    closing = f"M{right - 7} 3L{right} 8L{right - 7} 13" if on else f"M{right - 7} 2H{right - 1}V14H{right - 7}"
    paths = [Path(name=name, d=f"M{left + 7} 2H{left + 1}V14H{left + 7}{closing}")]
    return [Path(name="dots", d=f"M{left + 12} 8H{right - 12}"), *paths] if right - left > 40 else paths
