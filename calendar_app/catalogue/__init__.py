"""The shipped facts (CSV) as the record's own things, every row checked."""

from importlib import resources
from importlib.resources.abc import Traversable

from calendar_app.catalogue.model import DATE, Catalogue
from calendar_app.catalogue.reading import Reading
from calendar_app.errors import ProblemsError

__all__ = ["DATE", "Catalogue", "parse"]


def parse(folder: Traversable | None = None) -> Catalogue:
    """The catalogue of a folder, by default the one that the project ships.

    Raises:
        ProblemsError: every bad row, by file, line and field.
    """
    reading = Reading(folder=folder or resources.files("calendar_app").joinpath("catalogue"))
    catalogue = reading.catalogue()
    if reading.problems.found:
        raise ProblemsError(reading.problems.found)
    return catalogue
