"""What node-ical, the parser of Home Assistant cards, MagicMirror and many bots, reads in a calendar."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.interop.asking import READERS, Read, ask

# package.json keeps to 0.25, the last that runs on the node 18 of Debian 12.
MISSING = "needs node, and `npm ci` in tests/interop"


def available() -> bool:
    return shutil.which("node") is not None and (Path(__file__).parent / "node_modules" / "node-ical").is_dir()


def parse(ics: bytes) -> list[Read]:
    """The events of a calendar; see `asking`."""
    return parse_all([ics])[0]


def parse_all(calendars: Sequence[bytes]) -> list[list[Read]]:
    """The events of each calendar; see `asking`."""
    return ask(["node", str(READERS / "node_ical.mjs")], calendars)
