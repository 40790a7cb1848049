"""A figure in words: its value with its unit, its year as a number, and what its subject is called."""

from collections.abc import Container, Mapping
from math import ceil

from calendar_app.events import Series
from calendar_app.report.facts import Figure, SectionKey
from calendar_app.texts import Texts

# Units that words of ours stand for; any other one is told as it is.
COUNT, PERCENT = "count", "percent"
_ABOUT = "about"


def value(figure: Figure, texts: Texts) -> str:
    """A value with its unit and what its unit notes: "about 86% (December 2016)"."""
    _, *notes = _units(figure)
    return short(figure, texts) + (f" ({', '.join(notes)})" if notes else "")


def short(figure: Figure, texts: Texts) -> str:
    """A value with its unit, without a note: "about 86%"."""
    unit, *_ = _units(figure)
    told = f"{number(figure.value)}%" if unit == PERCENT else number(figure.value)
    told += "" if unit in {PERCENT, COUNT, ""} else f" {unit}"
    about = _ABOUT in [part.strip() for part in figure.unit.split(",")]
    return texts.gettext("about {value}").format(value=told) if about else told


def number(amount: float) -> str:
    """A value without its unit: "87", "86.5", "1234567"."""
    return f"{amount:.6f}".rstrip("0").rstrip(".")


def is_percent(figure: Figure) -> bool:
    """Whether a figure is a share of a hundred."""
    return _units(figure)[0] == PERCENT


def year(figure: Figure) -> float | None:
    """The year of a figure as a number, the last one of several; None if it names none.

    "before 2016" lies half a year before 2016.
    """
    named = [part for part in figure.year.replace("-", " ").split() if part.isdecimal()]
    if not named:
        return None
    return float(named[-1]) - (0.5 if figure.year.startswith("before ") else 0.0)


def told_in(figure: Figure, years: Container[int]) -> bool:
    """Whether a figure is told where figures of these years are: "before 2016" is with 2016."""
    of = year(figure)
    return of is not None and ceil(of) in years


def subject(key: str, series: Mapping[str, Series], texts: Texts) -> str:
    """What a subject of figures is called: a series by its short name, a section by its short title, else its key."""
    if key in series:
        return series[key].short_name
    return texts.label("report-text", key) if key in set(SectionKey) else key


def _units(figure: Figure) -> list[str]:
    """The unit of a figure, then what is noted with it."""
    parts = [part.strip() for part in figure.unit.split(",")]
    return [part for part in parts if part not in {_ABOUT, ""}] or [""]
