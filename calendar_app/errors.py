"""What can be refused: each error is a message id and its data, put into words by `texts.message`."""

from collections.abc import Sequence
from dataclasses import dataclass


class CalendarError(Exception):
    """A refusal that a person can act on.

    `message` is an id of `texts.MESSAGES`, `data` what its words need. Nothing here is a sentence, so that
    a page, a file and a terminal can each say it in the reader's language.
    """

    def __init__(self, message: str, /, **data: object) -> None:
        super().__init__(message, data)
        self.message = message
        self.data = data


class SpanError(CalendarError):
    """A text that is not a date the calendar reads, or a date that cannot be."""


class SelectionError(CalendarError):
    """A query whose facet, value or period lies outside its vocabulary; answered as 400."""


class NotFoundError(CalendarError):
    """Nothing has this name; answered as 404."""


class GoneError(CalendarError):
    """An event that was withdrawn; answered as 410."""


class ConflictError(CalendarError):
    """The record has moved on since the caller read it, or is in another state; answered as 409."""


class BusyError(CalendarError):
    """Something else holds the record, or its disk is full; answered as 503, to be tried again."""


class DeniedError(CalendarError):
    """The caller may not do this; answered as 403."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to put right: where (a form field, or file, line and field) and what."""

    field: str
    error: CalendarError
    file: str = ""
    line: int = 0


class ProblemsError(CalendarError):
    """Every problem of a form or a file, collected before anything is refused; answered as 422."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("problems", count=len(problems))
        self.problems = tuple(problems)
