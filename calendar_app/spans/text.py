"""The strict reader of dates as people write them: "18-22 April 2016". What it can't read it refuses."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from calendar_app.errors import SpanError
from calendar_app.spans.span import MONTHS, Precision, Span, check_year, shown, unit, words, write

LONGEST_TEXT = 100  # characters

_MONTH_NUMBERS = {"sept": 9, "sept.": 9}
for _number, _name in enumerate(MONTHS, start=1):
    _short = _name[:3].lower()
    _MONTH_NUMBERS |= {_name.lower(): _number, _short: _number, f"{_short}.": _number}

_SPACES = " \t\r\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SPACE_RUN = re.compile(f"[{_SPACES}]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_TO = re.compile(r"(?<= )to(?= )", re.ASCII | re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\(?\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,)]*", re.ASCII | re.IGNORECASE
)
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?: ?[-/] ?([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?)?")
_NUMERIC = re.compile(
    r"(?:([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2})(?: ?\2 ?([0-9]{4}|[0-9]{2}))? ?- ?)?"
    r"([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\6 ?([0-9]{4}|[0-9]{2})"
)
_TOKEN = re.compile(r"[^ ,-]+|[,-]")
# Over the kinds of the tokens (`_kind`): "18-22 April 2016" is "D-DMY", "April 18-22, 2016" is "MD-D,Y".
_DAY_FIRST = re.compile(r"(?:D-(?=DM)|D?MY?-|Y-)?(?:D?MY?|Y)")
_MONTH_FIRST = re.compile(r"MD(?:(?:,?Y)?-M?D)?(?:,?Y)?")


def parse(text: str) -> Span:
    """The untimed span that a text means for certain, in English words or in ISO 8601.

    Any case and any dash, "to" for a dash, months in full or their usual abbreviations, the day before the
    month. What the last date says of month and year holds for the first where that one does not say it.

    Raises: SpanError for everything else; nothing is guessed, `example` in its data is only a suggestion.
    """
    typed = _SPACE_RUN.sub(" ", text).strip(" ")
    if not typed:
        raise SpanError("span-empty")
    if len(typed) > LONGEST_TEXT:
        raise SpanError("span-too-long", limit=LONGEST_TEXT)
    plain = _TO.sub("-", typed.translate(_DASHES))
    _refuse_weekday(plain, typed=typed)
    _refuse_numeric(plain, typed=typed)
    ends = _iso_ends(plain) or _word_ends(plain, typed=typed)
    if ends is None:
        raise _unreadable(typed)
    return _between(*ends, typed=typed)


class _End(NamedTuple):
    """One end of a span as it was typed; None is what it does not say. The month is 1 to 12."""

    day: int | None
    month: int | None
    year: int | None

    @property
    def precision(self) -> Precision:
        if self.day is not None:
            return Precision.DAY
        return Precision.MONTH if self.month is not None else Precision.YEAR


def _iso_ends(text: str) -> tuple[_End, _End] | None:
    match = _ISO.fullmatch(text)
    if not match:
        return None
    year, month, day, *last = (None if group is None else int(group) for group in match.groups())
    ends = _End(day, month, year), _End(last[2], last[1], last[0])
    if not all(end.month is None or 1 <= end.month <= len(MONTHS) for end in ends):
        return None
    return ends if ends[1].year is not None else (ends[0], ends[0])


def _word_ends(text: str, *, typed: str) -> tuple[_End, _End] | None:
    tokens = _TOKEN.findall(text)
    kinds = "".join(map(_kind, tokens))
    month_first = _MONTH_FIRST.fullmatch(kinds)
    if not month_first and not _DAY_FIRST.fullmatch(kinds):
        return None
    cut = kinds.find("-")
    last = _end(kinds[cut + 1 :], tokens[cut + 1 :])
    first = last if cut < 0 else _end(kinds[:cut], tokens[:cut])
    if not month_first:
        return first, last
    if last.month is None:
        last = last._replace(month=first.month)
    raise SpanError("span-month-first", example=write(_between(first, last, typed=typed)))


def _kind(word: str) -> str:
    if word in "-,":
        return word
    if word.lower() in _MONTH_NUMBERS:
        return "M"
    if re.fullmatch("[0-9]{1,2}", word):
        return "D"
    return "Y" if re.fullmatch("[0-9]{4}", word) else "?"


def _end(kinds: str, tokens: list[str]) -> _End:
    said = dict(zip(kinds, tokens, strict=True))
    return _End(
        day=int(said["D"]) if "D" in said else None,
        month=_MONTH_NUMBERS[said["M"].lower()] if "M" in said else None,
        year=int(said["Y"]) if "Y" in said else None,
    )


def _between(first: _End, last: _End, *, typed: str) -> Span:
    if first.month is None and first.day is not None:
        first = first._replace(month=last.month)
    if first.year is None:
        first = first._replace(year=last.year)
    _check_day(first)
    _check_day(last)
    if first.year is None or last.year is None:
        raise SpanError("span-no-year", text=shown(typed))
    one = date(first.year, first.month or 1, first.day or 1)
    other = date(last.year, last.month or 1, last.day or 1)
    if first.precision is not last.precision:
        said = {"first": words(one, first.precision), "last": words(other, last.precision)}
        raise SpanError("span-mixed", **said)
    return Span(first=unit(one, first.precision)[0], last=unit(other, last.precision)[1], precision=last.precision)


def _check_day(end: _End) -> None:
    if end.year is not None:
        check_year(end.year)
    if end.day is None or end.month is None:
        return
    leap_year = 2000  # without a year, 29 February may be
    if not 1 <= end.day <= monthrange(leap_year if end.year is None else end.year, end.month)[1]:
        raise SpanError("span-no-such-day", day=end.day, month=MONTHS[end.month - 1], year=end.year)


def _refuse_weekday(text: str, *, typed: str) -> None:
    bare = _WEEKDAY.sub(" ", text)
    if bare == text:
        return
    try:
        span = parse(bare.strip(" ,-"))
    except SpanError as error:
        # The first thing to put right is what is wrong besides the weekday.
        raise _unreadable(typed) if error.message in {"span-empty", "span-unreadable"} else error from None
    raise SpanError("span-weekday", example=write(span))


def _refuse_numeric(text: str, *, typed: str) -> None:
    match = _NUMERIC.fullmatch(text)
    if not match:
        return
    pairs = [match.group(*groups) for groups in ((1, 2, 3, 4), (5, 6, 7, 8)) if match[groups[0]]]
    ends = [_End(int(one), int(other), _full_year(year)) for one, _, other, year in pairs]
    swapped = [_End(end.month, end.day, end.year) for end in ends]
    spans = _readings(ends, swapped, typed=typed)
    if len(spans) == 1:
        raise SpanError("span-numeric", example=write(spans[0]))
    one, mark, other, _ = next(pair for pair in pairs if int(pair[0]) != int(pair[2]))
    said = {"one": _day_and_month(one, other), "other": _day_and_month(other, one)}
    raise SpanError("span-ambiguous", text=f"{one}{mark}{other}", **said, example=write(spans[0]))


def _readings(*orders: list[_End], typed: str) -> list[Span]:
    """The different spans of these orders of day and month, or raise what refuses the first."""
    spans, refusals = [], []
    for ends in orders:
        if not all(1 <= (end.month or 0) <= len(MONTHS) for end in ends):
            continue
        try:
            spans.append(_between(ends[0], ends[-1], typed=typed))
        except SpanError as error:
            refusals.append(error)
    if not spans:
        raise refusals[0] if refusals else _unreadable(typed)
    return list(dict.fromkeys(spans))


def _full_year(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _day_and_month(day: str, month: str) -> str:
    return f"{int(day)} {MONTHS[int(month) - 1]}"


def _unreadable(typed: str) -> SpanError:
    return SpanError("span-unreadable", text=shown(typed))
