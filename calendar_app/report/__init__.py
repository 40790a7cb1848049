"""The Council report: what ITU did in the UN system in a period, written from the record."""

from calendar_app.report.checks import Check, check, open_things
from calendar_app.report.writing import write

__all__ = ["Check", "check", "open_things", "write"]
