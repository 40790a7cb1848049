"""The files of a report as they are sent."""

from flask import Response

from calendar_app import reporting
from calendar_app.formats.report_files import File
from calendar_app.publish import Document
from calendar_app.report.facts import Period
from calendar_app.web import current

# Some hundred reports: there are more periods than anyone asks for, and a stranger may ask for all.
MOST_BYTES = 16 * 2**20


def sent(file: File, period: Period) -> Response:
    """A file of a report, to be saved under its name; rendered once for as long as the data stand.

    Raises:
        BusyError: as many as may be are being rendered or wait for it.
    """
    key = file.at(period.query), (current.texts().language, current.publisher().base)
    document = current.calendar().reports.once(key, lambda: _rendered(file, period), bounded=True)
    headers = {"Content-Disposition": f'attachment; filename="{document.name}"'}
    return Response(document.body, content_type=document.media_type, headers=headers)


def _rendered(file: File, period: Period) -> Document:
    texts, facts = current.texts(), reporting.gather(current.store(), period)
    return Document(
        body=file.render(facts, texts, current.publisher().base),
        media_type=file.media_type,
        name=file.name(period),
        entries=len(facts.events),
        language=texts.language,
    )
