"""The Council report: what ITU did in the UN system in a period, written from the record."""

from calendar_app.report.checks import Check, check
from calendar_app.report.writing import write

__all__ = ["Check", "check", "write"]
