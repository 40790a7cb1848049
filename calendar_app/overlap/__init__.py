"""Overlap: which events meet in time, and which are likely the same meeting."""

from calendar_app.overlap.clashes import Clash, Doubt, Finding, Why, across, among, meet
from calendar_app.overlap.journeys import MOST_FREE_DAYS, NO_DAY, ONE_DAY, Journey
from calendar_app.overlap.likeness import Likeness, likely

__all__ = [
    "MOST_FREE_DAYS",
    "NO_DAY",
    "ONE_DAY",
    "Clash",
    "Doubt",
    "Finding",
    "Journey",
    "Likeness",
    "Why",
    "across",
    "among",
    "likely",
    "meet",
]
