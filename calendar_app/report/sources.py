"""Sources: where what a sentence says was read, and all of a report in the order in which they are first named."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from calendar_app.engagement import Engagement
from calendar_app.events import Event, Series
from calendar_app.report.facts import Figure
from calendar_app.report.model import Block, Listing, Paragraph, Section, Sentence, Source
from calendar_app.texts import Texts

_COUNCIL_REPORT = re.compile(r"^ITU report to Council ([0-9]{4})\b")
_WEB = ("http://", "https://")


def of_event(event: Event) -> tuple[Source, ...]:
    """Where an event's dates were read."""
    return _source(event.source, event.source_url)


def of_series(series: Series) -> tuple[Source, ...]:
    """Where what is told of a series was read: words and addresses, parted by semicolons."""
    parts = [part.strip() for part in series.source.split(";") if part.strip()]
    return tuple(
        Source(words=_host(part), address=part) if part.startswith(_WEB) else Source(words=part) for part in parts
    )


def council_year(series: Series) -> int | None:
    """The year of the session of Council whose report what is told of a series was read in; None for another source."""
    found = _COUNCIL_REPORT.search(series.source)
    return int(found[1]) if found else None


def standing(series: Series, texts: Texts) -> str:
    """By whom something is told of a series without a year: "as of ITU’s report to Council 2017"."""
    year = council_year(series)
    if year is None:
        return texts.gettext("by the record, which gives no year")
    return texts.gettext("as of ITU’s report to Council {year}").format(year=year)


def of_engagement(done: Engagement) -> tuple[Source, ...]:
    """Where it was read what ITU did, and the documents of it."""
    documents = (
        Source(words=", ".join(filter(None, (each.symbol, each.title))), address=each.address)
        for each in done.documents
    )
    return (*_source(done.source, done.source_url), *documents)


def of_figure(figure: Figure) -> tuple[Source, ...]:
    """Where a figure was read."""
    return _source(figure.source, "")


def unique(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources, each once, in their order."""
    return tuple(dict.fromkeys(sources))


def of_sections(sections: Iterable[Section]) -> tuple[Source, ...]:
    """All sources of all sentences, each once, in the order in which they are first named."""
    blocks = (block for section in sections for block in section.blocks)
    return unique(source for block in blocks for sentence in _sentences(block) for source in sentence.sources)


def _sentences(block: Block) -> Iterator[Sentence]:
    if isinstance(block, Paragraph):
        yield from block.sentences
    elif isinstance(block, Listing):
        yield block.lead
        yield from block.items


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        # What an editor typed as a source may only look like an address.
        return address


def _source(words: str, address: str) -> tuple[Source, ...]:
    return (Source(words=words or address, address=address),) if words or address else ()
