"""The fields of a statement of what ITU did: what a form tells, or every problem by its field; one as a form has it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from calendar_app import fields
from calendar_app.desk import event_lines, partner_names
from calendar_app.desk.partner_names import Named
from calendar_app.desk.saving import line_of, lines_of, source_of
from calendar_app.engagement import Document, Engagement, Partner
from calendar_app.errors import CalendarError, Problem, ProblemsError
from calendar_app.fields import LONGEST_LINK, LONGEST_NAME
from calendar_app.spans import FIRST_YEAR, LAST_YEAR
from calendar_app.store import Store, events, partners, series
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Activity

# In the order of the form.
FIELDS = (
    *("activity", "detail", "partners", "partner_kinds", "source", "source_url"),
    *("documents", "outcome", "events", "series", "year", "internal", "note"),
)
LONGEST_DETAIL, LONGEST_NOTE = 1000, 2000
_LONGEST_SYMBOL = 60
# A symbol has a figure in it: A/RES/70/1, C17/49.
_SYMBOL = re.compile(r"(?=\S*[0-9])[A-Za-z][A-Za-z0-9/().:_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a form tells of a statement. Partners are still names."""

    engagement: Engagement
    note: str
    partners: Named


def read(store: Store, given: Mapping[str, str]) -> Told:
    """The statement that a form tells, without a uid and with its partners as names.

    `events` are slugs or titles, `series` keys, `documents` symbols with a title and a link, one a line; `partners`
    names, one a line or separated by semicolons. The year is that of the first event's first day; it is given where
    there is none.

    Raises:
        ProblemsError: every problem, each at its field.
    """
    problems: list[Problem] = []
    source, source_url = _source(given, problems)
    covered = lines_of(given, "events", problems, lambda text: _event(store, text))
    keys = lines_of(given, "series", problems, lambda text: _series(store, text))
    named = partner_names.read(store, given, problems)
    told = Engagement(
        uid="",
        year=covered[0][1] if covered else _year(given, problems),
        activity=_activity(given, problems),
        detail=line_of(given, "detail", problems, most=LONGEST_DETAIL, needed=True),
        events=tuple(uid for uid, _ in covered),
        series=keys,
        documents=lines_of(given, "documents", problems, read_document),
        outcome=line_of(given, "outcome", problems, most=LONGEST_DETAIL),
        source=source,
        source_url=source_url,
        public=not given.get("internal"),
    )
    note = _note(given, problems)
    if not told.events and not told.series and not {"events", "series"} & {each.field for each in problems}:
        problems.append(Problem(field="events", error=CalendarError("engagement-subject")))
    if problems:
        raise ProblemsError(sorted(problems, key=lambda each: (FIELDS.index(each.field), each.line)))
    return Told(engagement=told, note=note, partners=named)


def read_document(text: str) -> Document:
    """The document that a cleaned line tells: `A/RES/70/1 Transforming our world https://...`.

    Raises:
        CalendarError: no symbol first, a link that is none, or one that is not last.
    """
    symbol, *words = text.split()
    if len(symbol) > _LONGEST_SYMBOL or not _SYMBOL.fullmatch(symbol):
        raise CalendarError("document-symbol")
    url = _link(words.pop()) if words and "://" in words[-1] else ""
    if any("://" in word for word in words):
        raise CalendarError("document-link")
    return Document(symbol=symbol, title=_short(" ".join(words), LONGEST_NAME), url=url)


def fields_of(store: Store, kept: Kept) -> dict[str, str]:
    """The form's fields as a statement would have filled them."""
    return fields_of_all(store, [kept])[0]


def fields_of_all(store: Store, kept: Sequence[Kept]) -> list[dict[str, str]]:
    """The form's fields as each of these statements would have filled them, what they name looked up once."""
    slugs = events.slugs_of(store, {uid for each in kept for uid in each.engagement.events})
    known = partners.directory(store)
    return [_filled(each, known, slugs) for each in kept]


def _filled(kept: Kept, known: Mapping[str, Partner], slugs: Mapping[str, str]) -> dict[str, str]:
    told = kept.engagement
    return {
        "activity": str(told.activity),
        "detail": told.detail,
        "partners": "\n".join(known[key].name for key in told.partners),
        "partner_kinds": "",
        "source": told.source,
        "source_url": told.source_url,
        "documents": "\n".join(" ".join(filter(None, (each.symbol, each.title, each.url))) for each in told.documents),
        "outcome": told.outcome,
        "events": "\n".join(slugs[uid] for uid in told.events),
        "series": "\n".join(told.series),
        "year": str(told.year),
        "internal": "" if told.public else "1",
        "note": kept.note,
    }


def _activity(given: Mapping[str, str], problems: list[Problem]) -> Activity:
    value = given.get("activity", "")
    if value in set(Activity):
        return Activity(value)
    error = CalendarError("choice-unknown", value=value[:60]) if value else CalendarError("required")
    problems.append(Problem(field="activity", error=error))
    return Activity.PARTICIPATION


def _year(given: Mapping[str, str], problems: list[Problem]) -> int:
    text = fields.line(given.get("year"))
    if re.fullmatch("[0-9]{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    # Of events that were named and could not be read, the year is not known yet.
    if text or (given.get("series") and not given.get("events")):
        problems.append(Problem(field="year", error=CalendarError("engagement-year")))
    return FIRST_YEAR


def _source(given: Mapping[str, str], problems: list[Problem]) -> tuple[str, str]:
    """The source and its link; a link that is given as the source is named by its host."""
    source, address = source_of(given, problems)
    if not source or address:
        return source, address
    try:
        address = fields.link(source)
    except PydanticCustomError:
        return source, ""
    return str(urlsplit(address).hostname).removeprefix("www."), address


def _event(store: Store, text: str) -> tuple[str, int]:
    """The uid of the event that a line names, and the year of its first day."""
    found = event_lines.read(store, text)
    return found.uid, found.span.first.year


def _series(store: Store, text: str) -> str:
    if text not in series.directory(store):
        raise CalendarError("choice-unknown", value=text[:60])
    return text


def _note(given: Mapping[str, str], problems: list[Problem]) -> str:
    try:
        return _short(fields.lines(given.get("note", "")), LONGEST_NOTE)
    except CalendarError as error:
        problems.append(Problem(field="note", error=error))
        return ""


def _link(word: str) -> str:
    try:
        return fields.link(_short(word, LONGEST_LINK))
    except PydanticCustomError as error:
        raise CalendarError(error.type, **(error.context or {})) from None


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise CalendarError("text-long", most=most, count=len(text))
    return text
