"""Side events of ITU's: added at their forum, each as an event of its own together with what ITU did there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from calendar_app import places, spans, submissions
from calendar_app.desk import partner_names
from calendar_app.desk.engagement_fields import LONGEST_DETAIL
from calendar_app.desk.partner_names import Named
from calendar_app.desk.saving import line_of, mint, mint_slug, save
from calendar_app.engagement import Engagement
from calendar_app.errors import CalendarError, ConflictError, GoneError, Problem, ProblemsError
from calendar_app.events import Draft, Event
from calendar_app.pieces import FARTHEST
from calendar_app.store import Store, engagements, events
from calendar_app.store.engagement_records import Kept
from calendar_app.topics import Activity, Kind, Mode, Role, Status

# In the order of the form. Of the forum it has the city and the country.
FIELDS = (
    *("title", "dates", "start_time", "end_time", "timezone", "venue", "partners", "partner_kinds"),
    *("source", "source_url", "url", "webcast_url", "mode", "description", "detail", "themes", "sdgs"),
)
LISTS = ("themes", "sdgs")
_BESIDE = frozenset({"partners", "partner_kinds", "detail"})


def start(forum: Event) -> dict[str, Any]:
    """What the form of a side event begins with: the clock, the themes and the goals of its forum."""
    return {
        "timezone": zone_of(forum),
        "mode": str(Mode.ONLINE if forum.mode is Mode.ONLINE else Mode.IN_PERSON),
        "themes": list(forum.themes),
        "sdgs": [str(number) for number in forum.sdgs],
    }


def zone_of(forum: Event) -> str:
    """The IANA zone of the clock at a forum; "" where it is not known."""
    city = places.find_city(forum.city, forum.country) if forum.city else None
    return forum.span.zone or forum.timezone or (city.zone if city else "")


def outside(store: Store, event: Event) -> list[Event]:
    """The side events held at an event that can't lie within its days; of a side event itself, if it can't either."""
    if event.held_at:
        return [event] if _lies_outside(event, events.by_uid(store, event.held_at)) else []
    held = events.held_at(store, event.uid)
    return [each for each in held if not each.off and _lies_outside(each, event)]


def _lies_outside(held: Event, forum: Event) -> bool:
    return held.status is not Status.WITHDRAWN and not held.span.overlaps(forum.span.first, forum.span.last)


def check_forum(forum: Event) -> None:
    """Refuses an event at which no side event can be held.

    Raises:
        GoneError: it was withdrawn.
        ConflictError: it is a side event itself, or not public yet.
    """
    if forum.status is Status.WITHDRAWN:
        raise GoneError("event-withdrawn", title=forum.title)
    if forum.held_at:
        raise ConflictError("side-event-unfit")
    if not forum.published:
        raise ConflictError("side-event-hidden")


def add(store: Store, uid: str, given: Mapping[str, Any], *, actor: str, now: datetime) -> Event:
    """Publishes a side event that ITU holds at an event, with the statement of what it was and with whom.

    `uid` is the forum's. The kind, the place and ITU's role as its organizer follow from that.

    Raises:
        ProblemsError: every problem of the fields, or the forum has this side event already.
        GoneError: the forum was withdrawn.
        ConflictError: it is a side event itself, or not public yet.
    """
    forum = events.by_uid(store, uid)
    check_forum(forum)
    draft, named, detail = _read(store, forum, given)
    with store.change(now, actor=actor) as change:
        forum = events.by_uid(store, uid)
        check_forum(forum)
        _check_new(store, forum, draft)
        own = mint()
        event = Event.from_draft(draft, uid=own, slug=mint_slug(store, draft, own), now=now)
        saved = save(change, replace(event, held_at=forum.uid), action="added")
        told = Engagement(
            uid=mint(),
            year=saved.span.first.year,
            activity=Activity.SIDE_EVENT,
            detail=detail,
            events=(saved.uid,),
            partners=partner_names.keys(change, named),
            source=draft.source,
            source_url=draft.source_url,
        )
        engagements.save(change, store, Kept(engagement=told), action="added")
        return events.by_uid(store, saved.uid)


def _read(store: Store, forum: Event, given: Mapping[str, Any]) -> tuple[Draft, Named, str]:
    """The side event, its partners by name, and what ITU did in words."""
    problems: list[Problem] = []
    draft = None
    try:
        draft = submissions.validate(_wanted(forum, given), {}, editor=True, complete=False, side_event=True)
        _check_day(draft, forum, problems)
    except ProblemsError as error:
        problems += error.problems
    named = partner_names.read(store, given, problems)
    detail = line_of(given, "detail", problems, most=LONGEST_DETAIL)
    if problems or draft is None:
        order = {field: place for place, field in enumerate(FIELDS)}
        raise ProblemsError(sorted(problems, key=lambda each: (order.get(each.field, len(order)), each.line)))
    return draft, named, detail or draft.title


def _wanted(forum: Event, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an event; where it is held is where its forum is, unless it is online alone."""
    wanted = {name: given[name] for name in FIELDS if name in given and name not in _BESIDE}
    online = given.get("mode") == Mode.ONLINE
    place = {} if online else {"city": forum.city, "country": forum.country}
    return {**wanted, **place, "kind": str(Kind.SIDE_EVENT), "role": [str(Role.ORGANIZER)]}


def _check_day(draft: Draft, forum: Event, problems: list[Problem]) -> None:
    """A side event is on one day, within its forum or near it; of that no more than the month may be known."""
    span = draft.span
    if span.days != 1 and not span.single_month:
        problems.append(Problem(field="dates", error=CalendarError("side-event-day")))
    elif not span.overlaps(forum.span.first - FARTHEST, forum.span.last + FARTHEST):
        told = {"dates": spans.write(span), "days": FARTHEST.days, "forum": spans.write(forum.span)}
        problems.append(Problem(field="dates", error=CalendarError("side-event-far", **told)))


def _check_new(store: Store, forum: Event, draft: Draft) -> None:
    """Refuses one that the forum has already: the form was sent twice."""
    title = places.fold(draft.title)
    if any(
        places.fold(held.title) == title and held.span == draft.span and held.status is not Status.WITHDRAWN
        for held in events.held_at(store, forum.uid)
    ):
        raise ProblemsError([Problem(field="title", error=CalendarError("side-event-twice"))])
