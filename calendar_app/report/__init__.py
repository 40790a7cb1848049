"""The Council report: what ITU did in the UN system in a period, written from the record."""

from calendar_app.report.checks import Check, Settled, check, open_things, parted, settling
from calendar_app.report.writing import write

__all__ = ["Check", "Settled", "check", "open_things", "parted", "settling", "write"]
