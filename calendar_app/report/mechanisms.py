"""Mechanisms: the series that a section names one by one, each with ITU's role, partners and what was done in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from calendar_app.engagement import Engagement
from calendar_app.events import Series
from calendar_app.report import naming, numbers, phrases, sources
from calendar_app.report.facts import SectionKey
from calendar_app.report.model import Block, Listing, Paragraph, Run, Sentence, Source
from calendar_app.report.record import Record, Subject
from calendar_app.report.sentences import Teller, filled, inner, partners, sentence
from calendar_app.topics import Role


def standing(record: Record, series: Series) -> list[Role]:
    """ITU's roles in a series that no year is told of, but those that a statement of the period tells of it."""
    told = {phrases.ROLE_OF.get(each.activity) for each in record.done_in(series)}
    return [held.role for held in series.roles if held.year is None and held.role not in told]


def standing_roles(record: Record, series: Sequence[Series], roles: Iterable[Role]) -> Iterator[Sentence]:
    """ITU's roles in series, as far as no year is told of them, by who says so, each in a sentence."""
    texts, teller = record.texts, Teller(record, "")
    for role in roles:
        held = [each for each in series if role in standing(record, each)]
        for said in dict.fromkeys(sources.standing(each, texts) for each in held):
            its = [each for each in held if sources.standing(each, texts) == said]
            runs = filled(texts.gettext(phrases.STANDING[role]), source=said, where=teller.named(its))
            yield sentence(*runs, sources=(source for each in its for source in sources.of_series(each)))


def _leading(record: Record, series: Sequence[Series]) -> Iterator[Sentence]:
    """The roles in which ITU stood out in the period, each in a sentence."""
    teller = Teller(record, "")
    for role in phrases.LEADING:
        held = [each for each in series if _held(record, each, role)]
        if held:
            template = record.texts.gettext(phrases.SAID[phrases.ACT_OF[role]])
            read = (source for each in held for source in _read(record, each, role))
            yield sentence(*filled(template, where=teller.named(held)), ".", sources=read)


def _held(record: Record, series: Series, role: Role) -> bool:
    """Whether ITU had a role in a series in years of the period, by a statement or by the series itself."""
    stated = any(phrases.ROLE_OF.get(done.activity) is role for done in record.done_in(series))
    return stated or any(each.role is role and each.year in record.years for each in series.roles)


def _read(record: Record, series: Series, role: Role) -> tuple[Source, ...]:
    stated = [done for done in record.done_in(series) if phrases.ROLE_OF.get(done.activity) is role]
    return tuple(source for done in stated for source in sources.of_engagement(done)) or sources.of_series(series)


def is_of_one(subjects: Sequence[Subject], series: Sequence[Series]) -> bool:
    """Whether a statement is about one of these series and nothing else."""
    return len(subjects) == 1 and subjects[0] in series


def blocks(
    record: Record, key: SectionKey, series: Sequence[Series], statements: Sequence[Engagement]
) -> Iterator[Block]:
    """The series of a section one by one, after those that belong to one another."""
    texts = record.texts
    pillars = tuple(_pillars(record, series))
    leading = (*_leading(record, series), *standing_roles(record, series, phrases.LEADING))
    for sentences in filter(None, (pillars, leading)):
        yield Paragraph(sentences=sentences)
    if series:
        said = _said(record, series)
        lead = sentence(texts.gettext(phrases.SERIES[key]).format(source=said))
        yield Listing(lead=lead, items=tuple(_item(record, each, statements, said=said) for each in series))


def _said(record: Record, series: Sequence[Series]) -> str:
    """Who says most of the roles without a year in some series."""
    told = [sources.standing(each, record.texts) for each in series if any(held.year is None for held in each.roles)]
    return Counter(told).most_common(1)[0][0] if told else record.texts.gettext("by the record, which gives no year")


def _pillars(record: Record, series: Sequence[Series]) -> Iterator[Sentence]:
    """Which series of a section belong to others of it."""
    by_key = {each.key: each for each in series}
    teller = Teller(record, "")
    for whole in series:
        parts = [by_key[key] for key in record.facts.pillars.get(whole.key, ()) if key in by_key]
        if parts:
            template = record.texts.ngettext(
                "{parts} belongs to {whole}.", "The pillars of {whole} are {parts}.", len(parts)
            )
            first = {"whole": teller.named([whole]), "parts": teller.named(parts)}
            yield sentence(*filled(template, **first), sources=sources.of_series(whole))


def _item(record: Record, series: Series, statements: Sequence[Engagement], *, said: str) -> Sentence:
    done = [each for each in statements if is_of_one(list(record.subjects_of(each)), [series])]
    name = naming.linked_series(series, naming.series_name(series))
    parts = [*_roles(record, series, said=said), *numbers.counts(record, series.key)]
    told = [[Run(text=part)] for part in parts] + [_told(record, each) for each in done]
    found = [name]
    for number, part in enumerate(told):
        found += [Run(text="; " if number else " – "), *part]
    read = [source for each in done for source in sources.of_engagement(each)]
    return sentence(*found, ".", sources=[*(read or sources.of_series(series))])


def _roles(record: Record, series: Series, *, said: str) -> Iterator[str]:
    """ITU's roles in a series in the period, in words; with who says one without a year, if that is not `said`."""
    texts, source = record.texts, sources.standing(series, record.texts)
    for held in series.roles:
        if held.year is None or held.year in record.years:
            role = texts.label("role", held.role).lower()
            template = texts.gettext("ITU as {role} in {year}") if held.year else texts.gettext("ITU as {role}")
            told = template.format(role=role, year=held.year)
            yield told if held.year or source == said else f"{told} ({source})"


def _told(record: Record, done: Engagement) -> list[Run]:
    words = phrases.telling(done.activity, done.detail) or record.texts.label("activity", done.activity)
    runs = [Run(text=inner(words))]
    if done.year != record.period.year and record.period.year is None:
        runs.insert(0, Run(text=record.texts.gettext("in {year}: ").format(year=done.year)))
    if done.partners:
        runs += filled(record.texts.gettext(" (with {partners})"), partners=partners(done.partners, record))
    return runs
