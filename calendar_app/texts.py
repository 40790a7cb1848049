"""Words, dates, places and errors in a language that callers pass: gettext and Babel."""

import gettext
import io
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from importlib import resources

from babel import Locale
from babel.dates import format_date, format_interval, get_month_names
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from calendar_app import messages, places, spans
from calendar_app.errors import CalendarError, SelectionError, SpanError
from calendar_app.spans import Precision, Span

# The first is what is written here; the others tell feeds (`lang=`), while pages are in the first alone.
LANGUAGES = ("en", "fr")


class Texts:
    """All words of one language (a Babel name: "en"). Nothing here knows what day it is."""

    def __init__(self, language: str) -> None:
        self.language = language
        # British order of day, month and year.
        self._locale = "en_GB" if language == "en" else language
        self.rtl = Locale.parse(self._locale).text_direction == "rtl"
        self.translations = _translations(language)
        self.gettext = self.translations.gettext
        self.ngettext = self.translations.ngettext

    def label(self, vocabulary: str, value: object) -> str:
        """The name of a value of a closed vocabulary: "Co-chair" for "co-chair" among the roles."""
        return self.gettext(messages.LABELS[vocabulary][str(value)])

    def field(self, name: str) -> str:
        """The name of a field of the form; the name itself if it is none of ours."""
        return self.gettext(messages.LABELS["field"].get(name, name))

    def error(self, error: CalendarError) -> str:
        """What an error says: what is so, then what to do."""
        template = self.gettext(messages.ERRORS[error.message])
        data = {name: self._datum(value) for name, value in error.data.items()}
        facets = messages.LABELS["facet"]
        # Of a selection, not of an event or feed that happens to be called "theme".
        if isinstance(error, SelectionError) and data.get("name") in facets:
            data["name"] = self.gettext(facets[str(data["name"])])
        return template.format_map(data)

    def _datum(self, value: object) -> object:
        return self.day(value) if isinstance(value, date) else value

    def day(self, day: date) -> str:
        """A day in full: "11 July 2016"."""
        return format_date(day, "d MMMM y" if self.language == "en" else "long", locale=self._locale)

    def day_name(self, day: date) -> str:
        """The weekday: "Monday"."""
        return format_date(day, "EEEE", locale=self._locale)

    def day_name_short(self, day: date) -> str:
        """The weekday, short: "Mon"."""
        return format_date(day, "EEE", locale=self._locale)

    def month(self, day: date) -> str:
        """The month of a day in full: "November"."""
        return format_date(day, "LLLL", locale=self._locale)

    def month_short(self, day: date) -> str:
        """The month of a day, short: "Nov" (in English of three letters)."""
        name = str(get_month_names("abbreviated", locale=self._locale)[day.month])
        return name[:3] if self.language == "en" else name

    def month_initials(self) -> list[str]:
        """The first letters of the twelve months."""
        names = get_month_names("narrow", context="stand-alone", locale=self._locale)
        return [str(names[number]) for number in range(1, 13)]

    def span(self, span: Span) -> str:
        """A span as people write it: "11–20 July 2016", "November 2016", "2028"; no times."""
        if self.language == "en":
            return self._english(span)
        pattern = {Precision.DAY: "yMMMd", Precision.MONTH: "yMMMM", Precision.YEAR: "y"}[span.precision]
        return str(format_interval(span.first, span.last, pattern, locale=self._locale))

    def span_short(self, span: Span) -> str:
        """A span in little room: "28 Nov – 2 Dec 2022", "Nov 2016", "2027"."""
        if span.precision is Precision.YEAR:
            return self.span(span)
        year = "" if span.first.year == span.last.year else f" {span.first.year}"
        same = (span.first.year, span.first.month) == (span.last.year, span.last.month)
        months = self.month_short(span.first), f"{self.month_short(span.last)} {span.last.year}"
        if span.precision is Precision.MONTH:
            return months[1] if same else f"{months[0]}{year}–{months[1]}"
        if span.first == span.last:
            return f"{span.first.day} {months[1]}"
        if same:
            return f"{span.first.day}–{span.last.day} {months[1]}"
        return f"{span.first.day} {months[0]}{year} – {span.last.day} {months[1]}"

    def span_honest(self, span: Span) -> str:
        """A span, and in words what is not known of it, whatever day it is: "November 2016 (days not given)"."""
        if span.precision is Precision.DAY:
            return self.span(span)
        note = self.gettext("days not given") if span.precision is Precision.MONTH else self.gettext("month not given")
        return f"{self.span(span)} ({note})"

    def times(self, span: Span) -> str:
        """The hours of a timed span by the venue's clock: "10:00–11:30 (America/New_York)"; "" if it has none."""
        if not span.timed or span.start_time is None or span.end_time is None:
            return ""
        return f"{span.start_time:%H:%M}–{span.end_time:%H:%M} ({span.zone})"

    def partial(self, text: str) -> str:
        """A date of which perhaps only the month or year is told: "March 2020" for "2020-03"; other text as it is."""
        precision = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}.get(len(text))
        try:
            return self.span(spans.from_iso(text, text, str(precision)))
        except SpanError:
            return text

    def moment(self, moment: datetime) -> str:
        """A moment in full, with its zone named: "23 November 2026, 14:05 UTC"."""
        return f"{self.day(moment.date())}, {moment:%H:%M} UTC"

    def country(self, code: str, *, on: date | None = None) -> str:
        """A country's name, the one valid on that day if given; "" for no country."""
        return places.country_name(code, on=on, language=self.language) if code else ""

    def place(self, city: str, country: str, *, on: date) -> str:
        """City and country as one text: "Istanbul, Turkey"; "" if neither is known."""
        return ", ".join(part for part in (city, self.country(country, on=on)) if part)

    def one_of(self, names: Iterable[str]) -> str:
        """Names joined by "or"."""
        return format_list(list(names), style="or", locale=self._locale)

    def all_of(self, names: Iterable[str]) -> str:
        """Names joined by "and"."""
        return format_list(list(names), locale=self._locale)

    def _english(self, span: Span) -> str:
        first, last = span.first, span.last
        if span.precision is Precision.YEAR:
            return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
        if span.precision is Precision.MONTH:
            if (first.year, first.month) == (last.year, last.month):
                return f"{self.month(first)} {first.year}"
            if first.year == last.year:
                return f"{self.month(first)}–{self.month(last)} {last.year}"
            return f"{self.month(first)} {first.year} – {self.month(last)} {last.year}"
        if first == last:
            return self.day(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{self.day(last)}"
        if first.year == last.year:
            return f"{first.day} {self.month(first)} – {self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"


def _translations(language: str) -> gettext.NullTranslations:
    """The words of a language, from the text that its translators keep; our own for what they left out."""
    file = resources.files("calendar_app").joinpath("locale", language, "LC_MESSAGES", "messages.po")
    if not file.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(file.read_bytes()), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@cache
def of(language: str) -> Texts:
    """The words of a language.

    Raises:
        KeyError: a language that is not in LANGUAGES.
    """
    if language not in LANGUAGES:
        raise KeyError(language)
    return Texts(language)
