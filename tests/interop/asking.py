"""Puts calendars to a foreign parser, which runs as a program of its own, and gives what it says."""

import base64
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

READERS = Path(__file__).parent / "readers"

# uid, summary, start, end (exclusive), allday, categories, status, sequence, location, description, url, geo
# ([latitude, longitude]) and related_to; dates as ISO 8601, times in UTC with Z, what is not given as None.
Read = dict[str, Any]


def ask(command: Sequence[str], calendars: Sequence[bytes]) -> list[list[Read]]:
    """The events of each calendar in the order of its file, all read by one process.

    Raises: AssertionError with the parser's own words, for a calendar that it refuses.
    """
    asked = json.dumps([base64.b64encode(each).decode() for each in calendars]).encode()
    done = subprocess.run(command, input=asked, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
