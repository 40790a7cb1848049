"""The identity of a row in its source."""

from collections.abc import Container
from hashlib import sha256

from calendar_app.places import fold

_LONGEST = 200  # characters


def made(series: str, title: str, year: str, taken: Container[str]) -> str:
    """A key of the series, or else the title, and the year, for what its source gives none; none that is taken."""
    return free(short(" ".join(filter(None, (series or fold(title), year))) or "-"), taken)


def free(wanted: str, taken: Container[str]) -> str:
    """The key that is wanted, or with a number after it where another row has it."""
    key, number = wanted, 2
    while key in taken:
        key, number = f"{wanted}#{number}", number + 1
    return key


def short(key: str) -> str:
    """A key that is not too long to be kept: of a longer one, its hash."""
    return key if len(key) <= _LONGEST else sha256(key.encode()).hexdigest()
