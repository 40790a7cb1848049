"""The files of a report: each with its address, its name and what renders it."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response

from calendar_app import addresses, report
from calendar_app.formats import report_csv, report_docx, report_text
from calendar_app.report.facts import Facts, Period
from calendar_app.texts import Texts
from calendar_app.web import current


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


def sent(file: File, facts: Facts) -> Response:
    """A file as it is sent, to be saved under its name."""
    body = file.render(facts, current.texts(), current.publisher().base)
    headers = {"Content-Disposition": f'attachment; filename="{file.name(facts.period)}"'}
    return Response(body, content_type=file.media_type, headers=headers)
