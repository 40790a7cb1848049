"""Sentences: what ITU did, in words, with links to what it was done at and the sources behind it."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from calendar_app import addresses, places
from calendar_app.events import Event
from calendar_app.report import naming, phrases
from calendar_app.report.grouping import Deed, Group
from calendar_app.report.model import Block, Listing, Paragraph, Run, Sentence, Source
from calendar_app.report.record import Record, Subject

_OCCASION = re.compile(r" \(([^()]+)\)$")


def sentence(*runs: str | Run, sources: Iterable[Source] = (), gap: bool = False) -> Sentence:
    """A sentence of words and links, with its sources; `gap` marks one of what the record does not hold."""
    told = [Run(text=run) if isinstance(run, str) else run for run in runs]
    told = [run for run in told if run.text]
    if told and not told[0].address:
        told[0] = Run(text=told[0].text[0].upper() + told[0].text[1:])
    return Sentence(runs=tuple(told), sources=tuple(dict.fromkeys(sources)), gap=gap)


def joined(runs: Sequence[Sequence[Run]], record: Record) -> list[Run]:
    """Names one after the other: "A, B and C"; three or more with commas of their own as "A, 1st session; B; and C"."""
    if len(runs) > 2 and any("," in run.text for name in runs for run in name):
        last = record.texts.gettext("; and ")
        marks = ["", *["; "] * (len(runs) - 2), last]
        return [
            run for mark, name in zip(marks, runs, strict=True) for run in (*([Run(text=mark)] if mark else []), *name)
        ]
    # The language's own way is taken from marks in place of the names.
    marks = [f"\0{number}\0" for number in range(len(runs))]
    found: list[Run] = []
    for piece in re.split(r"(\0\d+\0)", record.texts.all_of(marks)):
        found += runs[int(piece.strip("\0"))] if piece.startswith("\0") else [Run(text=piece)] if piece else []
    return found


def filled(template: str, **parts: Sequence[Run] | str) -> list[Run]:
    """A template with runs in place of its names."""
    found: list[Run] = []
    for piece in re.split(r"(\{\w+\})", template):
        part = parts[piece[1:-1]] if piece.startswith("{") and piece.endswith("}") else piece
        found += [Run(text=part)] if isinstance(part, str) else part
    return [run for run in found if run.text]


class Teller:
    """Tells the groups of a section; what it has named once in full it names in short."""

    def __init__(self, record: Record, section: str, *, named: Iterable[Subject] = ()) -> None:
        self._record, self._section, self._texts = record, section, record.texts
        self._named = {_address(subject) for subject in named}

    def blocks(self, groups: Iterable[Group]) -> list[Block]:
        """Groups as sentences, and those of several deeds as lists; sentences that follow each other stand together."""
        blocks: list[Block] = []
        running: list[Sentence] = []
        for group in groups:
            if len(group.deeds) == 1 or group.roles:
                running += [self._roles(group)] if group.roles else self._said(group.deeds[0])
                continue
            blocks += [Paragraph(sentences=tuple(running))] if running else []
            running = []
            blocks.append(self._listing(group))
            running += self._beside(group.deeds)
        return [*blocks, Paragraph(sentences=tuple(running))] if running else blocks

    def named(self, subjects: Sequence[Subject]) -> list[Run]:
        """Subjects by their names, each a link, within a sentence."""
        return joined([self._name(subject) for subject in subjects], self._record)

    def _roles(self, group: Group) -> Sentence:
        """Parts that ITU had, said by the parts alone."""
        read = [source for deed in group.deeds for source in deed.sources]
        if len(group.deeds) == 1:
            runs = self._start(phrases.SAID[group.deeds[0].act], group.subjects, group.year)
            return sentence(*runs, ".", sources=read)
        names = [self._texts.label("role", phrases.ROLES[deed.act]).lower() for deed in group.deeds]
        runs = self._lead(phrases.PARTS, group)
        return sentence(*runs, f" {self._texts.all_of(names)}.", sources=read)

    def _said(self, deed: Deed) -> list[Sentence]:
        if phrases.begins_alike(deed.act, deed.told):
            return [self._in_its_words(deed), *self._beside([deed])]
        runs = self._start(_template(deed), deed.subjects, deed.year)
        if deed.partners:
            runs += filled(self._texts.gettext(", with {partners}"), partners=self._partners(deed))
        about = self._about(deed)
        if about:
            aside = deed.partners and not any(mark in run.text for run in about for mark in "();")
            runs += [Run(text=" ("), *about, Run(text=")")] if aside else [Run(text=": "), *about]
        return [sentence(*runs, ".", sources=deed.sources), *self._beside([deed])]

    def _in_its_words(self, deed: Deed) -> Sentence:
        """What was told with the verb that the sentence would have: "At HLPF, ITU made a policy statement on data"."""
        at_event = isinstance(deed.subjects[0], Event)
        template = (
            self._texts.gettext("at {where}, ITU {what}") if at_event else self._texts.gettext("in {where}, ITU {what}")
        )
        runs = filled(template, where=self.named(deed.subjects), what=inner(deed.told))
        if deed.year is not None:
            runs = filled(self._texts.gettext("In {year}, {what}"), year=str(deed.year), what=runs)
        if deed.partners:
            runs += filled(self._texts.gettext(", with {partners}"), partners=self._partners(deed))
        return sentence(*runs, *self._added(deed), ".", sources=deed.sources)

    def _beside(self, deeds: Iterable[Deed]) -> list[Sentence]:
        """What else the statements cover, outside the period."""
        events = {event.uid: event for deed in deeds for event in deed.beside}
        if not events:
            return []
        template = self._texts.gettext("What is said here covers {events} too, outside the period.")
        named = joined([self._outside(event) for event in events.values()], self._record)
        read = (source for deed in deeds for source in deed.sources)
        return [sentence(*filled(template, events=named), sources=read)]

    def _listing(self, group: Group) -> Listing:
        acts = {deed.act for deed in group.deeds}
        template = phrases.LISTED.get(group.deeds[0].act, phrases.MIXED) if len(acts) == 1 else phrases.MIXED
        occasion = _occasion(group.deeds)
        runs = self._lead(template, group)
        if occasion:
            runs[-1] = Run(text=f"{runs[-1].text.removesuffix(':')} ({occasion}):")
        items = tuple(self._item(deed, occasion) for deed in group.deeds)
        return Listing(lead=sentence(*runs), items=items)

    def _item(self, deed: Deed, occasion: str) -> Sentence:
        told = deed.told.removesuffix(f" ({occasion})") if occasion else deed.told
        runs = [Run(text=told or self._noun(deed))]
        if deed.partners:
            runs += filled(self._texts.gettext(", with {partners}"), partners=self._partners(deed))
        return sentence(*runs, *self._added(deed), ".", sources=deed.sources)

    def _noun(self, deed: Deed) -> str:
        several = deed.several and deed.act in phrases.NOUNS
        return self._texts.gettext(phrases.NOUNS[deed.act]) if several else self._texts.label("activity", deed.act)

    def _start(self, template: str, subjects: Sequence[Subject], year: int | None) -> list[Run]:
        runs = filled(self._texts.gettext(template), where=self.named(subjects))
        if year is None:
            return runs
        return filled(self._texts.gettext("In {year}, {what}"), year=str(year), what=runs)

    def _lead(self, template: str, group: Group) -> list[Run]:
        """What comes before a list, or parts that are named one after the other."""
        where = self.named(group.subjects)
        if group.year is not None:
            where = filled(self._texts.gettext("{where} in {year}"), where=where, year=str(group.year))
        return filled(self._texts.gettext(template), where=where)

    def _about(self, deed: Deed) -> list[Run]:
        told = [Run(text=inner(deed.told))] if deed.told else []
        added = self._added(deed)
        if added and not told:
            added[0] = Run(text=added[0].text.lstrip("; "))
        return [*told, *added]

    def _added(self, deed: Deed) -> list[Run]:
        """The documents that its words don't name, and the outcome."""
        runs: list[Run] = []
        left = [
            [Run(text=each.symbol, address=each.address)] for each in deed.documents if each.symbol not in deed.told
        ]
        if left:
            runs += [Run(text=" ("), *joined(left, self._record), Run(text=")")]
        if deed.outcome:
            runs.append(Run(text=self._texts.gettext("; outcome: {outcome}").format(outcome=inner(deed.outcome))))
        return runs

    def _partners(self, deed: Deed) -> list[Run]:
        return partners(deed.partners, self._record)

    def _name(self, subject: Subject) -> list[Run]:
        known, texts = _address(subject) in self._named, self._texts
        self._named.add(_address(subject))
        if isinstance(subject, Event):
            said = self._record.place(subject, self._section) or self._record.place(subject)
            full = naming.event_name(subject, said)
            series = self._record.series_of(subject) if self._record.is_only(subject) else None
            name = naming.event_in_short(full, series) if known else full
            run = naming.linked(subject, name)
        else:
            name = subject.short_name if known else naming.series_name(subject)
            run = naming.linked_series(subject, name)
        return [Run(text=naming.article(name, texts)), run]

    def _outside(self, event: Event) -> list[Run]:
        name = naming.event_name(event, self._record.place(event))
        return [naming.linked(event, name), Run(text=f" ({self._texts.span(event.span)})")]


def _template(deed: Deed) -> str:
    """How the act of a deed is said: of one thing at one event, or of several."""
    one = not deed.several and len(deed.subjects) == 1
    return phrases.SAID_OF_ONE.get(deed.act, phrases.SAID[deed.act]) if one else phrases.SAID[deed.act]


def partners(keys: Iterable[str], record: Record) -> list[Run]:
    """Partners by their names, each a link."""
    return joined([[Run(text=record.partner(key), address=addresses.partner(key))] for key in keys], record)


def inner(text: str) -> str:
    """A text as the inside of a sentence: its first letter small, unless it begins a name."""
    first = text.partition(" ")[0].strip(",;:.")
    if not first.isalpha() or not first[1:].islower() or places.fold(first) in _names():
        return text
    return text[0].lower() + text[1:]


@cache
def _names() -> frozenset[str]:
    """The first words of cities and countries, folded."""
    told = [city.name for city in places.cities().values()]
    told += [name for code in places.countries() for name in places.country_names(code)]
    return frozenset(places.fold(name).partition(" ")[0] for name in told)


def _occasion(deeds: Sequence[Deed]) -> str:
    """What all deeds add in brackets at their end, which is then said once."""
    found = {match[1] if (match := _OCCASION.search(deed.told)) else "" for deed in deeds}
    return found.pop() if len(found) == 1 else ""


def _address(subject: Subject) -> str:
    return subject.uid if isinstance(subject, Event) else subject.key
