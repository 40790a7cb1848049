"""Numbers: the figures that a section tells, in sentences and as a table by year."""

from collections.abc import Iterator, Sequence

from calendar_app.events import Series
from calendar_app.report import figure_words, sources
from calendar_app.report.facts import Figure, SectionKey
from calendar_app.report.figure_words import COUNT, number, value
from calendar_app.report.model import Block, Paragraph, Run, Sentence, Table
from calendar_app.report.record import Record
from calendar_app.report.sentences import sentence
from calendar_app.texts import Texts

_SECTIONS = frozenset(map(str, SectionKey))


def blocks(record: Record, key: SectionKey, series: Sequence[Series]) -> Iterator[Block]:
    """The figures of a section and of its series: counts in a sentence, rates in sentences and a table."""
    # A section and a series may have the same key.
    for subject in dict.fromkeys((str(key), *(each.key for each in series))):
        name, figures = figure_words.subject(subject, record.facts.series, record.texts), record.figures_of(subject)
        # What a section counts is told of its year alone.
        dated = [each for each in figures if subject not in _SECTIONS or figure_words.year(each) in record.years]
        told = [*_counted(record, name, dated), *_changes(record, figures)]
        if told:
            yield Paragraph(sentences=tuple(told))
        rates = [figure for figure in figures if figure.unit != COUNT]
        if rates:
            yield _table(record, name, rates)


def counts(record: Record, subject: str) -> Iterator[str]:
    """The counts of a subject, the latest of each: "2 sessions a year (2016)"."""
    for figure in _latest(figure for figure in record.figures_of(subject) if figure.unit == COUNT):
        own = record.period.year is not None and figure.year == str(record.period.year)
        yield f"{number(figure.value)} {figure.measure}" + ("" if own else f" ({figure.year})")


def _counted(record: Record, name: str, figures: Sequence[Figure]) -> Iterator[Sentence]:
    found = _latest(figure for figure in figures if figure.unit == COUNT)
    if found:
        told = record.texts.all_of(f"{number(figure.value)} {figure.measure}" for figure in found)
        years = ", ".join(dict.fromkeys(figure.year for figure in found))
        template = record.texts.gettext("{subject} in figures ({years}): {told}.")
        read = (source for figure in found for source in sources.of_figure(figure))
        yield sentence(template.format(subject=name, years=years, told=told), sources=read)


def _changes(record: Record, figures: Sequence[Figure]) -> Iterator[Sentence]:
    """What became of each rate in the period; of one without a figure of it, the latest there is."""
    rates = [figure for figure in figures if figure.unit != COUNT]
    if rates and not any(figure_words.year(figure) in record.years for figure in rates):
        years = "-".join(dict.fromkeys((str(record.years[0]), str(record.years[-1]))))
        yield sentence(record.texts.gettext("The record holds no figures for {years}.").format(years=years), gap=True)
    for measure in dict.fromkeys(figure.measure for figure in rates):
        yield _change(record, [figure for figure in rates if figure.measure == measure])


def _change(record: Record, figures: Sequence[Figure]) -> Sentence:
    last, before, texts = figures[-1], figures[-2] if len(figures) > 1 else None, record.texts
    told = {"measure": _measure(last), "value": _dated(last, texts), "before": _dated(before, texts) if before else ""}
    if figure_words.year(last) not in record.years:
        template = texts.gettext("The latest {measure} on record is {value}.")
        return sentence(template.format(**told), sources=sources.of_figure(last))
    if before is None:
        template = texts.gettext("The {measure} was {value}.")
    elif before.value == last.value:
        template = texts.gettext("The {measure} was {before} and {value}.")
    elif before.value < last.value:
        template = texts.gettext("The {measure} rose from {before} to {value}.")
    else:
        template = texts.gettext("The {measure} fell from {before} to {value}.")
    read = (source for figure in figures[-2:] for source in sources.of_figure(figure))
    return sentence(template.format(**told), sources=read)


def _measure(figure: Figure) -> str:
    """What is measured: "acceptance rate of recommendations (reports of 2006-2014)"."""
    name, _, rest = figure.measure.partition(", ")
    return f"{name} ({rest})" if rest else name


def _dated(figure: Figure, texts: Texts) -> str:
    """A value and its year, if it does not tell it: "87% (2016)"."""
    told = value(figure, texts)
    return told if figure.year in told else f"{told} ({figure.year})"


def _table(record: Record, name: str, rates: Sequence[Figure]) -> Table:
    years = list(dict.fromkeys(figure.year for figure in rates))
    cells = {(figure.measure, figure.year): value(figure, record.texts) for figure in rates}
    rows = [
        tuple(
            Run(text=text)
            for text in (measure[:1].upper() + measure[1:], *(cells.get((measure, year), "–") for year in years))
        )
        for measure in dict.fromkeys(figure.measure for figure in rates)
    ]
    caption = record.texts.gettext("{subject}: figures by year").format(subject=name)
    note = record.texts.gettext("Sources: {words}").format(words="; ".join(_words(rates)))
    return Table(
        caption=caption, head=(record.texts.gettext("Measure"), *years), rows=tuple(rows), numeric=1, note=note
    )


def _words(figures: Sequence[Figure]) -> list[str]:
    return list(dict.fromkeys(source.words for figure in figures for source in sources.of_figure(figure)))


def _latest(figures: Iterator[Figure]) -> list[Figure]:
    """The latest figure of each measure."""
    return list({figure.measure: figure for figure in figures}.values())
