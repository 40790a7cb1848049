"""Errors and problems as JSON values: what is kept of them until someone reads it, in whatever language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from calendar_app.errors import CalendarError, Problem

_DAY = "day"


def of_error(error: CalendarError) -> dict[str, Any]:
    """An error as JSON values."""
    return {"message": error.message, "data": {name: _of_datum(value) for name, value in error.data.items()}}


def to_error(record: Mapping[str, Any]) -> CalendarError:
    """The error that a record holds; of what kind it was is not kept."""
    return CalendarError(record["message"], **{name: _to_datum(value) for name, value in record["data"].items()})


def of_problem(problem: Problem) -> dict[str, Any]:
    """A problem as JSON values."""
    return {**of_error(problem.error), "field": problem.field, "line": problem.line}


def to_problem(record: Mapping[str, Any]) -> Problem:
    """The problem that a record holds."""
    return Problem(field=record["field"], error=to_error(record), line=record["line"])


def _of_datum(value: object) -> object:
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    return value if isinstance(value, int) else str(value)


def _to_datum(value: Any) -> object:
    return date.fromisoformat(value[_DAY]) if isinstance(value, dict) else value
