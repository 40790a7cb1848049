"""Events as records of JSON values: the form that rows, revisions and imports share."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any

from calendar_app import spans
from calendar_app.events import Claim, Deadline, Event, Part, Plan
from calendar_app.spans import Span
from calendar_app.store.connection import moment_of, text_of
from calendar_app.topics import Confidence, DeadlineKind, Kind, Mode, Role, Status

Record = dict[str, Any]

# Fields that are more than one text or number, and so have a form of their own in a record.
_OWN_FORM = {
    "span",
    "themes",
    "sdgs",
    "roles",
    "plans",
    "claims",
    "deadlines",
    "parts",
    "stamp",
    "published",
    "partners",
    "forum",
}
PLAIN = tuple(field.name for field in fields(Event) if field.name not in _OWN_FORM)


def of_event(event: Event) -> Record:
    """The whole event as JSON values."""
    record: Record = {name: getattr(event, name) for name in PLAIN}
    record |= of_span(event.span)
    record |= {name: list(getattr(event, name)) for name in ("themes", "sdgs", "roles")}
    record["plans"] = [_of_dated(plan) for plan in event.plans]
    record["claims"] = [_of_dated(claim) for claim in event.claims]
    record["deadlines"] = [
        {"uid": deadline.uid, "kind": deadline.kind, "day": deadline.day.isoformat()} for deadline in event.deadlines
    ]
    record["parts"] = [_of_part(part) for part in event.parts]
    record["stamp"] = text_of(event.stamp)
    record["published"] = event.published
    return record


def to_event(record: Mapping[str, Any]) -> Event:
    """The event that a record holds."""
    # Revisions from before there were side events hold no word of where one is held.
    values: Record = {name: "" if record.get(name) is None else record[name] for name in PLAIN}
    values |= {
        "kind": Kind(values["kind"]),
        "status": Status(values["status"]),
        "mode": Mode(values["mode"]),
        "confidence": Confidence(values["confidence"]),
    }
    return Event(
        **values,
        span=to_span(record),
        themes=tuple(record["themes"]),
        sdgs=tuple(record["sdgs"]),
        roles=tuple(Role(role) for role in record["roles"]),
        plans=tuple(Plan(**_to_dated(plan)) for plan in record["plans"]),
        claims=tuple(Claim(**_to_dated(claim)) for claim in record["claims"]),
        deadlines=tuple(map(_to_deadline, record["deadlines"])),
        # Revisions from before events had parts hold none.
        parts=tuple(map(_to_part, record.get("parts", ()))),
        stamp=moment_of(record["stamp"]),
        published=bool(record["published"]),
        partners=tuple(record.get("partners", ())),
        forum=record.get("forum") or "",
    )


def of_span(span: Span) -> Record:
    """A span as the texts that the database holds: `2016-11`, never padded to a day."""
    starts, ends = spans.to_iso(span)
    return {
        "starts": starts,
        "ends": ends,
        "precision": str(span.precision),
        "start_time": span.start_time.isoformat("minutes") if span.start_time else None,
        "end_time": span.end_time.isoformat("minutes") if span.end_time else None,
        "zone": span.zone,
    }


def to_span(record: Mapping[str, Any]) -> Span:
    """The span that a record holds."""
    span = spans.from_iso(record["starts"], record["ends"], record["precision"])
    if record.get("zone") is None:
        return span
    return spans.with_times(
        span,
        start=time.fromisoformat(record["start_time"]),
        end=time.fromisoformat(record["end_time"]),
        zone=record["zone"],
    )


def _of_dated(part: Plan | Claim) -> Record:
    record: Record = {field.name: getattr(part, field.name) for field in fields(part) if field.name != "span"}
    starts, ends = spans.to_iso(part.span)
    return record | {"starts": starts, "ends": ends, "precision": str(part.span.precision)}


def _to_dated(record: Mapping[str, Any]) -> Record:
    values = {name: value for name, value in record.items() if name not in {"starts", "ends", "precision"}}
    values["confidence"] = Confidence(values["confidence"])
    return values | {"span": spans.from_iso(record["starts"], record["ends"], record["precision"])}


def _to_deadline(record: Mapping[str, Any]) -> Deadline:
    return Deadline(uid=record["uid"], kind=DeadlineKind(record["kind"]), day=date.fromisoformat(record["day"]))


def _of_part(part: Part) -> Record:
    return {"uid": part.uid, "title": part.title, **of_span(part.span), "venue": part.venue, "url": part.url}


def _to_part(record: Mapping[str, Any]) -> Part:
    named = {name: record[name] for name in ("uid", "title", "venue", "url")}
    return Part(**named, span=to_span(record))
