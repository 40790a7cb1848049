"""A report as a document: sections of sentences, lists and tables, which page, .docx and text show alike."""

from dataclasses import dataclass

from calendar_app.report.facts import Period, SectionKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something was read: words for people, and an address. One of our own begins with a slash."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of a sentence, with where it leads to: an address of our own (a slash first), or one elsewhere."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence with what is behind it. `written` was typed by an editor, the others come from the record.

    One that is a `gap` says what the record does not hold, which editors may leave out.
    """

    runs: tuple[Run, ...]
    sources: tuple[Source, ...] = ()
    written: bool = False
    gap: bool = False

    @property
    def text(self) -> str:
        """The sentence without its links."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences that stand together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list: what introduces it, and its items."""

    lead: Sentence
    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: a caption, the heads of its columns, rows of cells. Columns from `numeric` on are numbers (-1: none)."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]
    numeric: int = -1
    note: str = ""


Block = Paragraph | Listing | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section by its key; its title, and what stands in it."""

    key: SectionKey
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What stands above a report. What nobody wrote is ""."""

    symbol: str
    agenda_item: str
    date: str
    title: str
    action: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole of it. `sources` are all that its sentences name, each once, in the order in which they first do.

    `annex` are its tables: all events, goals by month, and numbers against the period before.
    """

    period: Period
    header: Header
    sections: tuple[Section, ...]
    annex: tuple[Table, ...]
    sources: tuple[Source, ...]
