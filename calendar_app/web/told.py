"""News as rows: what changed, what was before, when it was recorded or announced, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from calendar_app.changes import Announcement, News, What
from calendar_app.formats import news
from calendar_app.formats.feed import Context
from calendar_app.options import DEFAULT
from calendar_app.publish import Publisher
from calendar_app.store import series
from calendar_app.web.dates import DateBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A change as a row. `address` and `title` are "" of an event that was withdrawn.

    `facts` are the fields that changed: name, what it says now, and what was before, "" if nothing was. `told` says
    when it was recorded or announced; `date` shows that, if it is known.
    """

    kinds: tuple[str, ...]
    slug: str
    title: str
    date: DateBlock | None
    facts: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]
    told: str
    reason: str
    source: str
    source_url: str
    doubted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The changes that were recorded in one month, the newest first."""

    first: date
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Puts news into rows."""

    publisher: Publisher

    def by_month(self, told: Sequence[News]) -> list[Month]:
        """Recorded changes, the newest first, by the month in which they were recorded (UTC)."""
        months = groupby(told, key=lambda each: each.at.date().replace(day=1))
        return [Month(first=first, lines=tuple(map(self.recorded, found))) for first, found in months]

    def recorded(self, told: News) -> Line:
        """A recorded change."""
        texts, day = self.publisher.texts, told.at.date()
        block = DateBlock(lines=(str(day.day),), note=texts.day_name_short(day), vague=False, dashed=False, gone=False)
        words = texts.gettext("Recorded {moment}").format(moment=texts.moment(told.at))
        return self._line(told, block, words, source=told.source, source_url=told.source_url)

    def announced(self, move: Announcement) -> Line:
        """A move that was announced before its event was recorded."""
        gettext, told = self.publisher.texts.gettext, move.announced
        words = gettext("When it was announced is not known")
        if told:
            words = gettext("Announced {when}").format(when=self.publisher.texts.partial(told))
        source = gettext("source of the earlier plan") if move.source_url else ""
        return self._line(
            move.news, self._block(told), words, source=source, source_url=move.source_url, doubted=not move.verified
        )

    def _block(self, told: str) -> DateBlock | None:
        """The date block of a day, month or year as exactly as it is known."""
        if not told:
            return None
        texts, (year, month, day) = self.publisher.texts, (*told.split("-"), "", "")[:3]
        first = date(int(year), int(month or 1), int(day or 1))
        line, note = year, ""
        if month:
            line, note = texts.month_short(first), year
        if day:
            line, note = str(first.day), f"{texts.month_short(first)} {year}"
        return DateBlock(lines=(line,), note=note, vague=not day, dashed=False, gone=False)

    def _line(
        self, told: News, block: DateBlock | None, words: str, *, source: str, source_url: str, doubted: bool = False
    ) -> Line:
        texts, event, gone = self.publisher.texts, told.after, What.WITHDRAWN in told.what
        facts, notes = self._changed(told)
        if What.VERIFIED in told.what:
            source, source_url = event.source, event.source_url
        return Line(
            kinds=tuple(texts.label("what", what) for what in told.what),
            slug="" if gone else event.slug,
            title="" if gone else event.title,
            date=block,
            facts=tuple(facts),
            notes=tuple(notes),
            told=words,
            reason="" if gone else told.reason,
            source="" if gone else source,
            source_url="" if gone else source_url,
            doubted=doubted,
        )

    def _changed(self, told: News) -> tuple[list[tuple[str, str, str]], list[str]]:
        """The fields that a change tells of, and what else there is to say of it."""
        texts, context = self.publisher.texts, self._context()
        if What.WITHDRAWN in told.what:
            return [], news.lines(told, context)
        notes = news.certainty(told, context)
        if told.fields:
            also = texts.all_of(news.names(told, context))
            notes.append(texts.gettext("Also changed: {fields}").format(fields=also))
        if told.before is None:
            return [(field, value, "") for field, value in news.gained(told, context)], notes
        return news.exchanged(told, context), notes

    def _context(self) -> Context:
        publisher = self.publisher
        directory = series.directory(publisher.store)
        return Context(base=publisher.base, texts=publisher.texts, series=directory, options=DEFAULT)
