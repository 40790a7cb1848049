"""A small report by hand, with each sort of block once, for the tests of its files."""

from datetime import date

from calendar_app.report.facts import Period, SectionKey
from calendar_app.report.model import (
    Block,
    Header,
    Listing,
    Paragraph,
    Report,
    Run,
    Section,
    Sentence,
    Source,
    Table,
)

DESA = Source(words="UN DESA, calendar of 2016", address="https://sdgs.example.org/hlpf/2016?a=1&b=2")
COUNCIL = Source(words="Council report, section on the 2030 Agenda")
OWN = Source(words="IGF 2016, in the calendar", address="/events/igf-2016")
HEADER = Header(
    symbol="C17/39",
    agenda_item="PL 1.2",
    date="29 March 2017",
    title="Relations with the United Nations system",
    action="The Council is invited to note this report.",
    period="1 January to 31 December 2016",
)
EMPTY = Report(
    period=Period(first=date(2016, 1, 1), last=date(2016, 12, 31)),
    header=Header(symbol="", agenda_item="", date="", title="", action="", period="2016"),
    sections=(),
    annex=(),
    sources=(),
)


def sentence(*runs: str | Run, sources: tuple[Source, ...] = ()) -> Sentence:
    told = tuple(run if isinstance(run, Run) else Run(text=run) for run in runs)
    return Sentence(runs=told, sources=sources)


def paragraph(*runs: str | Run, sources: tuple[Source, ...] = ()) -> Paragraph:
    return Paragraph(sentences=(sentence(*runs, sources=sources),))


def table(*rows: tuple[str, ...], head: tuple[str, ...], numeric: int = -1, note: str = "") -> Table:
    told = tuple(tuple(Run(text=cell) for cell in row) for row in rows)
    return Table(caption="What was counted", head=head, rows=told, numeric=numeric, note=note)


def of(*blocks: Block, annex: tuple[Table, ...] = (), sources: tuple[Source, ...] = (), **header: str) -> Report:
    """A report of one numbered section with these blocks."""
    section = Section(key=SectionKey.AGENDA, title="2030 Agenda", blocks=blocks)
    return Report(
        period=EMPTY.period,
        header=Header(**{name: header.get(name, getattr(HEADER, name)) for name in Header.__slots__}),
        sections=(section,),
        annex=annex,
        sources=sources,
    )


_SUMMARY = Section(
    key=SectionKey.SUMMARY,
    title="Summary",
    blocks=(paragraph("What ITU did in the UN system in 2016."),),
)
_AGENDA = Section(
    key=SectionKey.AGENDA,
    title="2030 Agenda for Sustainable Development",
    blocks=(
        Paragraph(
            sentences=(
                sentence(
                    "ITU took part in the ",
                    Run(text="High-level Political Forum", address="/events/hlpf-2016"),
                    " (11-20 July, New York) and in the 11th Annual Internet Governance Forum (November, Guadalajara,"
                    " Mexico).",
                    sources=(DESA, COUNCIL),
                ),
                sentence("Editors wrote <b>this</b> & that."),
            )
        ),
        Listing(
            lead=sentence("It worked with partners:", sources=(COUNCIL,)),
            items=(sentence("GeSI;", sources=(OWN,)), sentence("GSMA and many others, whose names go on and on here.")),
        ),
        table(
            ("acceptance rate", "50", "87"),
            ("implementation rate", "46", "86"),
            head=("Measure", "Before 2016", "2016"),
            numeric=1,
        ),
        paragraph("Nothing else is recorded."),
    ),
)
_GOVERNANCE = Section(
    key=SectionKey.GOVERNANCE,
    title="UN governance",
    blocks=(paragraph("ITU is an observer in the ", Run(text="General Assembly", address="/series/unga"), "."),),
)
SMALL = Report(
    period=EMPTY.period,
    header=HEADER,
    sections=(_SUMMARY, _AGENDA, _GOVERNANCE),
    annex=(
        Table(
            caption="All events",
            head=("Dates", "Event", "Place", "Role", "What ITU did there"),
            rows=(
                (
                    Run(text="11–20 July 2016"),
                    Run(text="High-level Political Forum on Sustainable Development", address="/events/hlpf-2016"),
                    Run(text="New York, United States"),
                    Run(text="observer"),
                    Run(text="side events, inputs, issue briefs"),
                ),
                (
                    Run(text="November 2016 (days not given)"),
                    Run(text="11th Annual Internet Governance Forum", address="/events/igf-2016"),
                    Run(text="Guadalajara, Mexico"),
                    Run(text=""),
                    Run(text="took part"),
                ),
            ),
            note="What has no days is told as such.",
        ),
    ),
    sources=(DESA, COUNCIL, OWN),
)
