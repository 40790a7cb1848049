"""Cadence: when a series' next session may be expected, where fewer are recorded than it holds, and their numbers."""

from calendar_app.cadence.numbers import number
from calendar_app.cadence.sessions import Expectation, Overdue, expected, overdue
from calendar_app.cadence.text import Cadence, Window, months_of, parse

__all__ = ["Cadence", "Expectation", "Overdue", "Window", "expected", "months_of", "number", "overdue", "parse"]
