"""The year planner: months across, series down, a bar an event; on sheets of A3, by daylight or at night."""

from calendar_app.plots.planner.axis import HEIGHT, WIDTH, Axis
from calendar_app.plots.planner.drawing import draw
from calendar_app.plots.planner.entries import Entry
from calendar_app.plots.planner.sheets import MOST_LINES, Sheet, sheets
from calendar_app.plots.planner.words import days, unknown

__all__ = ["HEIGHT", "MOST_LINES", "WIDTH", "Axis", "Entry", "Sheet", "days", "draw", "sheets", "unknown"]
