"""Two fillings of the form side by side, field by field, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from calendar_app import pieces, submissions
from calendar_app.desk.changing import Changed
from calendar_app.events import Event, Plan, Series
from calendar_app.texts import Texts
from calendar_app.topics import THEMES

_LABELS = {"kind": "kind", "mode": "mode", "status": "status", "role": "role"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that differs: what the calendar has, and what was given."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One field of a proposed change: what its proposer saw, what they propose, and what the event says now.

    `clash` says that someone changed it meanwhile to something else, `done` that the event says it already.
    """

    field: str
    seen: str
    proposed: str
    now: str
    clash: bool
    done: bool


def between(
    ours: Mapping[str, Any], theirs: Mapping[str, Any], texts: Texts, series: Mapping[str, Series], *, blanks: bool
) -> list[Difference]:
    """The fields that differ, in the order of the form; with `blanks`, those too that were left empty."""
    found = []
    for name in submissions.FIELDS:
        if ours.get(name) == theirs.get(name):
            continue
        old, new = (_shown(name, values.get(name), texts, series) for values in (ours, theirs))
        if name != "submitter_email" and old != new and (new or blanks):
            found.append(Difference(field=texts.field(name), ours=old, theirs=new))
    return found


def proposed(changes: Sequence[Changed], texts: Texts, series: Mapping[str, Series]) -> list[Proposed]:
    """The fields of a proposed change, in the order they come."""
    return [
        Proposed(
            field=texts.field(each.field),
            seen=_shown(each.field, each.seen, texts, series),
            proposed=_shown(each.field, each.proposed, texts, series),
            now=_shown(each.field, each.now, texts, series),
            clash=each.clash,
            done=each.done,
        )
        for each in changes
    ]


def revised(before: Event | None, after: Event, texts: Texts, series: Mapping[str, Series]) -> list[Difference]:
    """What a revision changed: the fields of the form, and what it has no field for; all of them with no `before`."""
    old = submissions.fields_of(before) if before else {}
    found = between(old, submissions.fields_of(after), texts, series, blanks=True)
    for name, words in (("claim", _claims), ("plan", _plans), ("published", _public)):
        told = words(before, texts) if before else "", words(after, texts)
        if told[0] != told[1]:
            found.append(Difference(field=texts.field(name), ours=told[0], theirs=told[1]))
    return found


def _claims(event: Event, texts: Texts) -> str:
    return "; ".join(f"{texts.span_honest(each.span)}: {each.source}" for each in event.claims)


def _plans(event: Event, texts: Texts) -> str:
    return "; ".join(", ".join(filter(None, _planned(each, texts))) for each in event.plans)


def _planned(plan: Plan, texts: Texts) -> tuple[str, str]:
    return texts.span_honest(plan.span), texts.place(plan.city, plan.country, on=plan.span.first)


def _public(event: Event, texts: Texts) -> str:
    return texts.gettext("yes") if event.published else texts.gettext("no")


def _shown(name: str, value: object, texts: Texts, series: Mapping[str, Series]) -> str:
    if name in pieces.FIELDS:
        return "; ".join(pieces.tidy(name, str(value or "")))
    values: Sequence[object] = value if isinstance(value, list | tuple) else [value] if value else []
    return ", ".join(sorted(_word(name, str(each), texts, series) for each in values))


def _word(name: str, value: str, texts: Texts, series: Mapping[str, Series]) -> str:
    if name == "themes" and value in THEMES:
        return THEMES[value].name
    if name == "series" and value in series:
        return series[value].short_name
    if name == "country":
        return texts.country(value)
    return texts.label(_LABELS[name], value) if name in _LABELS else value
