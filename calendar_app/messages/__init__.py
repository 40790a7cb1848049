"""The words for what can be refused and for the closed vocabularies, marked for translation."""

from calendar_app.messages.errors import ERRORS
from calendar_app.messages.labels import LABELS

__all__ = ["ERRORS", "LABELS"]
