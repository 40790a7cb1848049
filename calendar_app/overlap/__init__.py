"""Overlap: which events meet in time, and which are likely the same meeting."""

from calendar_app.overlap.likeness import Likeness, likely

__all__ = ["Likeness", "likely"]
