"""The package of a Word document: a blank one of our own styles, and one packed alike whenever it is packed."""

import io
import zipfile
from datetime import date, datetime
from functools import cache
from importlib import resources

import docx
from docx.document import Document

# The first moment that a zip can tell; when a document was packed is nobody's business.
_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"
_AUTHOR = "UN Forum Calendar"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = f"{_FORMATS}/officeDocument/2006/relationships"
_MAIN = f"{_FORMATS}/wordprocessingml/2006/main"

_TYPES = {
    "/word/document.xml": f"{_WORD}.document.main+xml",
    "/word/styles.xml": f"{_WORD}.styles+xml",
    "/word/numbering.xml": f"{_WORD}.numbering+xml",
    "/word/settings.xml": f"{_WORD}.settings+xml",
    "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
_WHOLE = (
    (f"{_OFFICE}/officeDocument", "word/document.xml"),
    (f"{_FORMATS}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
)
_SHIPPED = ("styles", "numbering", "settings", "fontTable")
_INNER = tuple((f"{_OFFICE}/{name}", f"{name}.xml") for name in _SHIPPED)
_BODY = (
    f'<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"><w:body><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1247" w:right="1247" w:bottom="1247" w:left="1247" w:header="624" w:footer="624" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_FORMATS}/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
)
_APP = (
    f'<Properties xmlns="{_FORMATS}/officeDocument/2006/extended-properties">'
    f"<Application>{_AUTHOR}</Application></Properties>"
)


def blank(language: str) -> Document:
    """An empty A4 document with our styles and lists and none of a template's properties, in a language ("en-GB")."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in _parts().items():
            package.writestr(name, text.replace('"en-GB"', f'"{language}"'))
    out.seek(0)
    return docx.Document(out)


def describe(document: Document, *, title: str, subject: str, language: str, day: date) -> None:
    """Fills the document's properties; `day` stands for when it was made, which the clock must not tell."""
    told, moment = document.core_properties, datetime(day.year, day.month, day.day)  # noqa: DTZ001 - python-docx's UTC
    # 255 characters is what the properties may hold.
    told.title, told.subject, told.language = title[:255], subject[:255], language
    told.author = told.last_modified_by = _AUTHOR
    told.created = told.modified = moment
    told.revision = 1


def packed(document: Document) -> bytes:
    """The document as a file: the same bytes for the same contents."""
    saved, out = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(read.namelist(), key=lambda name: (name != _FIRST, name)):
            told = zipfile.ZipInfo(name, _PACKED_AT)
            told.compress_type = zipfile.ZIP_DEFLATED
            # Not the system that it is packed on.
            told.create_system = 0
            package.writestr(told, read.read(name))
    return out.getvalue()


@cache
def _parts() -> dict[str, str]:
    folder = resources.files("calendar_app.formats.word").joinpath("blank")
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    types = f'<Types xmlns="{_FORMATS}/package/2006/content-types">{defaults}{overrides}</Types>'
    made = {
        _FIRST: types,
        "_rels/.rels": _relationships(_WHOLE),
        "word/_rels/document.xml.rels": _relationships(_INNER),
        "word/document.xml": _BODY,
        "docProps/core.xml": _CORE,
        "docProps/app.xml": _APP,
    }
    shipped = {f"word/{name}.xml": folder.joinpath(f"{name}.xml").read_text("utf-8") for name in _SHIPPED}
    return {name: _HEAD + text for name, text in made.items()} | shipped


def _relationships(targets: tuple[tuple[str, str], ...]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_FORMATS}/package/2006/relationships">{lines}</Relationships>'
