"""The files of a report: each with its address, its name, its media type and what renders it."""

from collections.abc import Callable
from dataclasses import dataclass

from calendar_app import addresses, report
from calendar_app.formats import report_csv, report_docx, report_text
from calendar_app.report.facts import Facts, Period
from calendar_app.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a report: where it is, what it is called after its period, and its bytes."""

    path: str
    ending: str
    media_type: str
    render: Callable[[Facts, Texts, str], bytes]

    def at(self, query: str) -> str:
        """Its address for the query of a period."""
        return addresses.view(self.path, query)

    def name(self, period: Period) -> str:
        """What it is saved as: "itu-council-report-2016.docx"."""
        days = str(period.year or f"{period.first}-to-{period.last}")
        return f"itu-council-report-{days}{self.ending}"


WORD = File(
    path=addresses.report_file("docx"),
    ending=".docx",
    media_type=report_docx.MEDIA_TYPE,
    render=lambda facts, texts, base: report_docx.render(report.write(facts, texts), texts, base=base),
)
TEXT = File(
    path=addresses.report_file("txt"),
    ending=".txt",
    media_type=report_text.MEDIA_TYPE,
    render=lambda facts, texts, base: report_text.render(report.write(facts, texts), texts, base=base),
)
ANNEX = File(
    path=addresses.ANNEX,
    ending="-annex.csv",
    media_type=report_csv.MEDIA_TYPE,
    render=lambda facts, texts, base: report_csv.render(facts, texts, base=base),
)
# By the names of their formats.
FILES = {"docx": WORD, "txt": TEXT, "csv": ANNEX}
