"""The fields of a statement of what ITU did: what a form tells, or every problem by its field; one as a form has it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from calendar_app import fields, places
from calendar_app.desk.saving import line_of, source_of
from calendar_app.engagement import Document, Engagement, Partner, named
from calendar_app.errors import CalendarError, NotFoundError, Problem, ProblemsError
from calendar_app.fields import LONGEST_LINK, LONGEST_NAME
from calendar_app.spans import FIRST_YEAR, LAST_YEAR
from calendar_app.store import Store, events, partners, series
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Activity, PartnerKind

# In the order of the form.
FIELDS = (
    *("activity", "detail", "partners", "partner_kind", "source", "source_url"),
    *("documents", "outcome", "events", "series", "year", "internal", "note"),
)
LONGEST_DETAIL, LONGEST_NOTE, MOST_LINES = 1000, 2000, 40
_LONGEST_SYMBOL = 60
# A symbol has a figure in it: A/RES/70/1, C17/49.
_SYMBOL = re.compile(r"(?=\S*[0-9])[A-Za-z][A-Za-z0-9/().:_-]*")
_SLUG = re.compile(r"(?:\S*/events/)?([a-z0-9-]{1,120})/?")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a form tells of a statement. Partners are still names; `kind` is what those that are new are."""

    engagement: Engagement
    note: str
    partners: tuple[str, ...]
    kind: PartnerKind | None


def read(store: Store, given: Mapping[str, str]) -> Told:
    """The statement that a form tells, without a uid and with its partners as names.

    `events` are slugs, `series` keys, `documents` symbols with a title and a link, one a line; `partners` names, one a
    line or parted by semicolons. The year is that of the first event's first day; it is given where there is none.

    Raises:
        ProblemsError: every problem, each at its field.
    """
    problems: list[Problem] = []
    source, source_url = _source(given, problems)
    covered = _lines(given, "events", problems, lambda text: _event(store, text))
    keys = _lines(given, "series", problems, lambda text: _series(store, text))
    names, kind = read_partners(store, given, problems)
    told = Engagement(
        uid="",
        year=covered[0][1] if covered else _year(given, problems),
        activity=_activity(given, problems),
        detail=line_of(given, "detail", problems, most=LONGEST_DETAIL, needed=True),
        events=tuple(uid for uid, _ in covered),
        series=keys,
        documents=_lines(given, "documents", problems, read_document),
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
    return Told(engagement=told, note=note, partners=names, kind=kind)


def read_partners(
    store: Store, given: Mapping[str, str], problems: list[Problem]
) -> tuple[tuple[str, ...], PartnerKind | None]:
    """The names of partners, and of which kind those are that are new; what is wrong is added to the problems.

    A name that is in no directory is a problem unless a kind is given.
    """
    kind = given.get("partner_kind", "")
    if kind and kind not in set(PartnerKind):
        problems.append(Problem(field="partner_kind", error=CalendarError("choice-unknown", value=kind[:60])))
    known = partners.directory(store)
    names = _lines(given, "partners", problems, lambda text: _name(text, known, new=bool(kind)), parted=";")
    return names, PartnerKind(kind) if kind in set(PartnerKind) else None


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
        "partner_kind": "",
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


def _lines(
    given: Mapping[str, str], field: str, problems: list[Problem], read_line: Callable[[str], T], *, parted: str = "\n"
) -> tuple[T, ...]:
    """What the lines of a field say, each once, in their order; what is wrong with them is added to the problems."""
    try:
        typed = [line.split(parted) for line in fields.lines(given.get(field, "")).split("\n")]
    except CalendarError as error:
        problems.append(Problem(field=field, error=error))
        return ()
    told = [(number, text) for number, texts in enumerate(typed, 1) for each in texts if (text := fields.line(each))]
    if len(told) > MOST_LINES:
        problems.append(Problem(field=field, error=CalendarError("lines-long", most=MOST_LINES, count=len(told))))
        return ()
    found: dict[T, None] = {}
    for number, text in told:
        try:
            found.setdefault(read_line(text))
        except CalendarError as error:
            problems.append(Problem(field=field, error=error, line=number))
    return tuple(found)


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
    """The uid of the event that a slug names, or the address of its page, and the year of its first day."""
    slug = _SLUG.fullmatch(text)
    try:
        found = events.by_slug(store, slug[1] if slug else "")
    except NotFoundError:
        raise CalendarError("event-slug", value=text[:60]) from None
    return found.uid, found.span.first.year


def _series(store: Store, text: str) -> str:
    if text not in series.directory(store):
        raise CalendarError("choice-unknown", value=text[:60])
    return text


def _name(text: str, known: Mapping[str, Partner], *, new: bool) -> str:
    found = named(known, text)
    if found is not None:
        return found.name
    name = _short(text, LONGEST_NAME)
    if new and any(map(str.isalnum, name)):
        return name
    if near := _nearest(name, known):
        raise CalendarError("partner-near", name=name[:60], suggestion=near)
    raise CalendarError("partner-unknown", name=name[:60])


def _nearest(name: str, known: Mapping[str, Partner]) -> str:
    """The name of the partner that is nearly called so; "" if none is."""
    names = {places.fold(each): one.name for one in known.values() for each in (one.name, *one.aliases)}
    near = get_close_matches(places.fold(name), names, n=1, cutoff=0.8)
    return names[near[0]] if near else ""


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
