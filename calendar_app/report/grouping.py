"""Grouping: what ITU did, put together where the same is said of several subjects, or several things of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from calendar_app.engagement import Document, Engagement
from calendar_app.events import Event
from calendar_app.report import phrases, sources
from calendar_app.report.model import Source
from calendar_app.report.record import Record, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that ITU did, of all that it was said of. `act` is an Activity, or a Role of an event.

    `told` is what is said beyond the act itself, `several` whether it was told as several things of its sort; `year`
    the year of one that belongs to no event, else None. `beside` are events outside the period that the same
    statement covers.
    """

    act: str
    told: str
    subjects: tuple[Subject, ...]
    partners: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    outcome: str = ""
    year: int | None = None
    beside: tuple[Event, ...] = ()
    sources: tuple[Source, ...] = ()
    several: bool = False

    @property
    def words(self) -> tuple[object, ...]:
        """What is said, without of what: deeds that are alike in this become one."""
        return self.act, self.told, self.several, self.partners, self.documents, self.outcome, self.year

    @property
    def is_role(self) -> bool:
        """Whether it is a part that ITU had, said by that part alone."""
        return self.act in phrases.ROLES and not (
            self.told or self.partners or self.outcome or self.documents or self.beside
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Deeds at the same subjects, in the same year if they belong to no event."""

    subjects: tuple[Subject, ...]
    deeds: tuple[Deed, ...]
    year: int | None = None

    @property
    def roles(self) -> bool:
        """Whether they are parts that ITU had, said by the parts alone."""
        return all(deed.is_role for deed in self.deeds)


def of(
    record: Record, statements: Iterable[Engagement], roles: Sequence[Event], *, order: Sequence[Subject]
) -> list[Group]:
    """What statements tell, and the roles that events have of their own, in the order of their subjects."""
    found = [*_roles(roles), *(_deed(record, each) for each in statements)]
    merged: dict[tuple[object, ...], Deed] = {}
    for deed in found:
        before = merged.get(deed.words)
        merged[deed.words] = _both(before, deed) if before else deed
    places = {_key(subject): number for number, subject in enumerate(order)}
    groups: dict[tuple[object, ...], list[Deed]] = {}
    for deed in merged.values():
        subjects = tuple(sorted(deed.subjects, key=lambda subject: places.get(_key(subject), len(places))))
        name = (tuple(map(_key, subjects)), deed.year, deed.is_role)
        groups.setdefault(name, []).append(replace(deed, subjects=subjects))
    told = [Group(subjects=deeds[0].subjects, deeds=tuple(deeds), year=deeds[0].year) for deeds in groups.values()]
    return sorted(told, key=lambda group: _rank(group, places))


def _roles(events: Iterable[Event]) -> list[Deed]:
    return [
        Deed(act=phrases.ACT_OF[role], told="", subjects=(event,), sources=sources.of_event(event))
        for event in events
        for role in event.roles
    ]


def _deed(record: Record, done: Engagement) -> Deed:
    subjects = tuple(record.subjects_of(done))
    at_event = any(isinstance(subject, Event) for subject in subjects)
    return Deed(
        act=done.activity,
        told=phrases.telling(done.activity, done.detail),
        subjects=subjects,
        partners=done.partners,
        documents=done.documents,
        outcome=done.outcome,
        year=None if at_event or record.period.year == done.year else done.year,
        beside=record.outside(done),
        sources=sources.of_engagement(done),
        several=phrases.several(done.activity, done.detail),
    )


def _both(one: Deed, other: Deed) -> Deed:
    """Two deeds that say the same, as one of the subjects of both."""
    subjects = {_key(subject): subject for subject in (*one.subjects, *other.subjects)}
    beside = dict.fromkeys(event.uid for event in (*one.beside, *other.beside))
    named = {event.uid: event for event in (*one.beside, *other.beside)}
    return replace(
        one,
        subjects=tuple(subjects.values()),
        beside=tuple(named[uid] for uid in beside),
        sources=sources.unique((*one.sources, *other.sources)),
    )


def _key(subject: Subject) -> str:
    return subject.uid if isinstance(subject, Event) else subject.key


def _rank(group: Group, places: dict[str, int]) -> tuple[int, int, int]:
    """Roles before deeds, then in the order of the first subject, then what covers more before what covers less."""
    first = min((places.get(_key(subject), len(places)) for subject in group.subjects), default=len(places))
    return (0 if group.roles else 1, first, -len(group.subjects))
