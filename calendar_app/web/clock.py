"""The only clock."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system() -> datetime:
    """Now, UTC."""
    return datetime.now(UTC)
