"""Uploads: how much a request may hold, and that what it holds is never written to the disk."""

from io import BytesIO
from typing import IO

from flask import Flask, Request, request

from calendar_app import addresses
from calendar_app.errors import CalendarError
from calendar_app.imports import LARGEST
from calendar_app.web import current

# What a form has beside its file.
_BESIDE = 64 * 1024


class InMemory(Request):
    """A request whose files are held in memory: the default writes larger ones to a temporary file."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def install(app: Flask) -> None:
    """Lets editors send a file where one is imported; before anything reads the form."""
    app.request_class = InMemory
    app.before_request(_allow)


def too_large() -> CalendarError:
    """What is said of a request that holds more than it may."""
    if _taken():
        return CalendarError("import-size", most=LARGEST // 1024**2)
    return CalendarError("body-long", most=current.MOST_BODY)


def _allow() -> None:
    if _taken():
        request.max_content_length = request.max_form_memory_size = LARGEST + _BESIDE


def _taken() -> bool:
    return request.method == "POST" and request.path == addresses.IMPORT and current.edits()
