"""What libical, the parser of GNOME, KDE and Cyrus, reads in a calendar."""

import ctypes
import sys
from collections.abc import Sequence

from tests.interop.asking import READERS, Read, ask

# Debian 12 names its package libical3, Debian 13 libical3t64; both hold this file.
LIBRARY = "libical.so.3"
MISSING = "needs libical 3: `apt-get install libical3`, on Debian 13 `libical3t64`"


def available() -> bool:
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        return False
    return True


def parse(ics: bytes) -> list[Read]:
    """The events of a calendar; see `asking`."""
    return parse_all([ics])[0]


def parse_all(calendars: Sequence[bytes]) -> list[list[Read]]:
    """The events of each calendar; see `asking`."""
    # -I and -S: only Python itself, none of the project's packages.
    return ask([sys.executable, "-I", "-S", str(READERS / "libical.py"), LIBRARY], calendars)
