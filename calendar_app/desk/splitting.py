"""Splitting: an event is held in parts; it stays the first of them, and each further one is an event of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from calendar_app import places, submissions
from calendar_app.desk.saving import check_seen, mint, mint_slug, save, told_of
from calendar_app.desk.undoing import SPLIT, SPLIT_OFF
from calendar_app.errors import CalendarError, ConflictError, Problem, ProblemsError
from calendar_app.events import Draft, Event
from calendar_app.fields import line
from calendar_app.store import Change, Store, events
from calendar_app.topics import Status

FEWEST, MOST = 2, 4
PART_FIELDS = ("title", "dates", "city", "country", "venue", "mode")
# Of a timed event, what a part on the same day keeps.
_TIMES = ("start_time", "end_time", "timezone")
_TELLS = ("title", "span", "city", "country", "venue", "mode", "source", "source_url")


def split(
    store: Store,
    uid: str,
    parts: Sequence[Mapping[str, str]],
    *,
    given: Mapping[str, str],
    sequence: int,
    actor: str,
    now: datetime,
) -> list[Event]:
    """The parts of an event, in their order: the first is the event itself, with what stood as an earlier plan.

    Each of the `parts` gives PART_FIELDS; one that is empty but for its mode is left out. `given` holds the `reason`,
    the `source` and its `source_url`, `sequence` is the event's when the editor began. What was postponed or cancelled
    is confirmed with it.

    Raises:
        ProblemsError: every problem of the parts, each at its field with the number of its part: "title_2".
        ConflictError: someone changed the event meanwhile, or it can't be split.
    """
    event = _as_seen(store, uid, sequence)
    problems: list[Problem] = []
    why, source, address = told_of(given, problems)
    drafts = _drafts(event, parts, {"source": source, "source_url": address}, problems)
    if problems:
        raise ProblemsError(problems)
    # A link that is given as the source is named by its host.
    source, address = drafts[0].source, drafts[0].source_url
    with store.change(now, actor=actor, reason=why, source=source, source_url=address) as change:
        stands = _as_seen(store, uid, sequence)
        first = stands.revise(drafts[0]).replacing(stands, reason=why)
        saved = save(change, first if first != stands else replace(first, sequence=first.sequence + 1), action=SPLIT)
        return [saved, *(_split_off(change, store, stands, draft) for draft in drafts[1:])]


def check_whole(event: Event) -> None:
    """Refuses what can't be split.

    Raises:
        ConflictError: it is a further part, or withdrawn.
    """
    if event.part_of:
        raise ConflictError("split-part", title=event.title)
    if event.status is Status.WITHDRAWN:
        raise ConflictError("split-unfit", title=event.title)


def _as_seen(store: Store, uid: str, sequence: int) -> Event:
    event = events.by_uid(store, uid)
    check_whole(event)
    check_seen(event, sequence)
    return event


def _split_off(change: Change, store: Store, whole: Event, draft: Draft) -> Event:
    uid = mint()
    # Registration, webcast and what ITU did are of the meeting that they were told of.
    own = replace(draft, registration_url="", webcast_url="", participation="")
    part = Event.from_draft(own, uid=uid, slug=mint_slug(store, own, uid), now=change.now)
    part = replace(part, part_of=whole.uid, held_at=whole.held_at, published=whole.published)
    return save(change, part, action=SPLIT_OFF)


def _drafts(
    event: Event, parts: Sequence[Mapping[str, str]], source: Mapping[str, str], problems: list[Problem]
) -> list[Draft]:
    numbered = [(number, part) for number, part in enumerate(parts, 1) if _told(part)]
    if not FEWEST <= len(numbered) <= MOST:
        problems.append(Problem(field=f"title_{FEWEST}", error=CalendarError("split-few")))
    found: list[Draft] = []
    titles: set[str] = set()
    for number, part in numbered[:MOST]:
        try:
            draft = _draft(event, part, source)
        except ProblemsError as error:
            own = [each for each in error.problems if each.field not in source]
            problems += [replace(each, field=f"{each.field}_{number}") for each in own]
            continue
        if places.fold(draft.title) in titles:
            problems.append(Problem(field=f"title_{number}", error=CalendarError("split-title")))
        titles.add(places.fold(draft.title))
        found.append(draft)
    _check_source(event, found, problems)
    return found


def _told(part: Mapping[str, str]) -> bool:
    return any(line(part.get(name)) for name in PART_FIELDS if name != "mode")


def _draft(event: Event, part: Mapping[str, str], source: Mapping[str, str]) -> Draft:
    """The event's facts with those of a part in their place."""
    wanted: dict[str, Any] = {name: part.get(name, "") for name in PART_FIELDS}
    stands = submissions.fields_of(event)
    if event.span.timed and line(wanted["dates"]) == stands["dates"]:
        wanted |= {name: stands[name] for name in _TIMES}
    # What is wrong with the source is told once, not of each part.
    wanted |= source if source["source"] else {"source": "-"}
    draft = submissions.validate(wanted, {}, editor=True, complete=False)
    same_place = (draft.city, draft.country) == (event.city, event.country)
    return replace(
        event.draft(),
        **{name: getattr(draft, name) for name in _TELLS},
        status=Status.CONFIRMED if event.off else event.status,
        timezone=draft.timezone or (event.timezone if same_place else ""),
        confidence=draft.confidence,
        source_date="",
        notes="",
    )


def _check_source(event: Event, drafts: Sequence[Draft], problems: list[Problem]) -> None:
    """Other dates come from another source than those that stood."""
    source = (event.source, event.source_url)
    if any((draft.source, draft.source_url) == source and draft.span != event.span for draft in drafts):
        problems.append(Problem(field="source", error=CalendarError("source-same")))
