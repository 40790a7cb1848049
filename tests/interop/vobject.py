"""What vobject, the parser of Radicale and of many scripts, reads in a calendar."""

from collections.abc import Sequence
from pathlib import Path

from tests.interop.asking import READERS, Read, ask

# An environment of its own: what it pins would hold back what the project depends on.
PYTHON = Path(__file__).parent / ".venv" / "bin" / "python"
MISSING = (
    "needs vobject: `python3 -m venv .venv && .venv/bin/pip install --require-hashes -r requirements.txt`"
    " in tests/interop"
)


def available() -> bool:
    return PYTHON.exists() and any(PYTHON.parents[1].glob("lib/python3.*/site-packages/vobject"))


def parse(ics: bytes) -> list[Read]:
    """The events of a calendar; see `asking`."""
    return parse_all([ics])[0]


def parse_all(calendars: Sequence[bytes]) -> list[list[Read]]:
    """The events of each calendar; see `asking`."""
    # -I: nothing beside the reader is found by name, so that its `import vobject` means theirs.
    return ask([str(PYTHON), "-I", str(READERS / "vobject.py")], calendars)
