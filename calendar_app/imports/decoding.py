"""The text of a file whose encoding nobody told."""

from calendar_app.errors import CalendarError
from calendar_app.imports.limits import LARGEST

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Workbooks (zip, OLE) and PDF, which people take for tables and texts.
_BINARY = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")


def decode(data: bytes) -> tuple[str, tuple[CalendarError, ...]]:
    """The text with lines that end in a line feed, and a note if it is not in Unicode.

    UTF-8, UTF-16 with its mark, or else Windows-1252, in which Excel writes.

    Raises:
        CalendarError: too large, no text, or in no encoding of these.
    """
    if len(data) > LARGEST:
        raise CalendarError("import-size", most=LARGEST // 1024**2)
    if data.startswith(_BINARY):
        raise CalendarError("import-binary")
    text, notes = _decoded(data)
    return checked(text), notes


def checked(text: str) -> str:
    """A text with its line ends made one.

    Raises:
        CalendarError: too large, or with characters that no text has.
    """
    if len(text) > LARGEST:
        raise CalendarError("import-size", most=LARGEST // 1024**2)
    if "\0" in text or any(0xD800 <= ord(letter) < 0xE000 for letter in set(text)):
        raise CalendarError("import-binary")
    # Some programs write CR CR LF.
    return text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> tuple[str, tuple[CalendarError, ...]]:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    try:
        if encoding:
            return data.decode(encoding), ()
    except UnicodeDecodeError:
        raise CalendarError("import-encoding") from None
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), (CalendarError("import-windows"),)
    except UnicodeDecodeError:
        raise CalendarError("import-encoding") from None
