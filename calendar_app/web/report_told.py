"""A report as its page shows it: its numbers, and events in its lists drawn on the months of its period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from calendar_app import addresses
from calendar_app.events import Event
from calendar_app.formats import reported
from calendar_app.report import periods
from calendar_app.report.facts import Facts, Period
from calendar_app.report.model import Block, Listing, Paragraph, Report, Section, Sentence, Table
from calendar_app.web.dates import Path, Ruler, strip


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a list; the events of the period that are named there first, drawn."""

    sentence: Sentence
    strip: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBlock:
    """A part of a section by its kind; `number` is that of its paragraph ("2.1") or table ("1"), "" if it has none."""

    kind: str
    number: str
    block: Block
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSection:
    """A section, its number ("" for summary and introduction) and its parts."""

    number: str
    section: Section
    blocks: tuple[ToldBlock, ...]


class Place(NamedTuple):
    """Where a source is named: the number of a paragraph, or the title of a section without numbers; its anchor."""

    text: str
    anchor: str


def named_in(sections: Sequence[ToldSection], numbers: reported.Numbers) -> dict[int, list[Place]]:
    """Where each source is named, by its number; a list without a number belongs to the paragraph before it."""
    found: dict[int, dict[Place, None]] = {}
    for each in sections:
        place = Place(each.number or each.section.title, each.section.key)
        for told in each.blocks:
            place = Place(told.number, f"p{told.number}") if told.number and told.kind != "table" else place
            for number in (number for sentence in _sentences(told.block) for number in numbers.of(sentence)):
                found.setdefault(number, {})[place] = None
    return {number: list(places) for number, places in found.items()}


def _sentences(block: Block) -> Sequence[Sentence]:
    if isinstance(block, Table):
        return ()
    return block.sentences if isinstance(block, Paragraph) else (block.lead, *block.items)


class Teller:
    """Numbers a report as its files do, and knows what it draws on."""

    def __init__(self, report: Report, facts: Facts, *, today: date) -> None:
        self._report = report
        self._today = today
        self._tables = 0
        self.months = _months(facts.period)
        # Each is drawn where the report first lists it.
        self._left = {addresses.event(event.slug): event for event in facts.events} if self.months else {}
        self.numbers = reported.Numbers(report.sources)

    def sections(self) -> list[ToldSection]:
        """The summary and introduction, then the numbered sections."""
        first = (*reported.summary(self._report), *reported.introduction(self._report))
        told = [self._section(section, "") for section in first]
        numbered = enumerate(reported.numbered(self._report), 1)
        return [*told, *(self._section(section, str(number)) for number, section in numbered)]

    def annex(self) -> list[ToldBlock]:
        """The tables of the annex, numbered on from those of the sections."""
        return [self._table(table) for table in self._report.annex]

    def _section(self, section: Section, number: str) -> ToldSection:
        return ToldSection(number=number, section=section, blocks=tuple(self._blocks(section.blocks, number)))

    def _blocks(self, blocks: Sequence[Block], section: str) -> Iterator[ToldBlock]:
        paragraphs = 0
        for block in blocks:
            if isinstance(block, Table):
                yield self._table(block)
                continue
            counts = bool(section) and (isinstance(block, Paragraph) or bool(block.lead.runs))
            paragraphs += counts
            number = f"{section}.{paragraphs}" if counts else ""
            if isinstance(block, Paragraph):
                yield ToldBlock(kind="paragraph", number=number, block=block)
            else:
                yield ToldBlock(kind="listing", number=number, block=block, items=tuple(self._items(block)))

    def _items(self, listing: Listing) -> Iterator[Item]:
        for sentence in listing.items:
            named = dict.fromkeys(run.address for run in sentence.runs if run.address in self._left)
            found = [self._left.pop(address) for address in named]
            yield Item(sentence=sentence, strip=tuple(path for event in found for path in self._strip(event)))

    def _strip(self, event: Event) -> tuple[Path, ...]:
        period = self._report.period
        return strip(event, Ruler.months(period.first, period.last), today=self._today)

    def _table(self, table: Table) -> ToldBlock:
        self._tables += 1
        return ToldBlock(kind="table", number=str(self._tables), block=table)


def _months(period: Period) -> tuple[tuple[date, int], ...]:
    """The months of a period by their first days, and how many days each has; none where they are too many."""
    found = tuple((month.first, month.last.day) for month in periods.months(period))
    # Of a longer period they would be too narrow to read a meeting of days off them.
    return found if len(found) <= periods.MOST_MONTHS else ()
