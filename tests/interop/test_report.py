"""mammoth, which shares no code with what writes it, finds in the Word document of a report all that is in it."""

import pytest

from calendar_app import texts
from calendar_app.formats import report_docx
from tests.conftest import BASE
from tests.interop import formats
from tests.interop.formats import needs
from tests.reported import EMPTY, SMALL
from tests.test_ical import GOLDEN

pytestmark = pytest.mark.interop


@needs(formats.DOCX)
def test_word_document_of_a_report_is_read_whole():
    small, empty = (report_docx.render(each, texts.of("en"), base=BASE) for each in (SMALL, EMPTY))
    read = formats.DOCX.read(small, empty)
    assert [each["messages"] for each in read] == [[], []]
    assert [each["html"].replace("><", ">\n<") + "\n" for each in read] == [
        (GOLDEN / name).read_text("utf-8") for name in ("report.html", "report_empty.html")
    ]


@needs(formats.DOCX)
def test_reader_refuses_what_is_no_word_document():
    with pytest.raises(AssertionError, match="zip"):
        formats.DOCX.read(b"nonsense")
