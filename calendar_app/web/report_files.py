"""The files of a report as they are sent."""

from flask import Response

from calendar_app.formats.report_files import File
from calendar_app.report.facts import Facts
from calendar_app.web import current


def sent(file: File, facts: Facts) -> Response:
    """A file of a report, to be saved under its name."""
    body = file.render(facts, current.texts(), current.publisher().base)
    headers = {"Content-Disposition": f'attachment; filename="{file.name(facts.period)}"'}
    return Response(body, content_type=file.media_type, headers=headers)
