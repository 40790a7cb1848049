"""What Mozilla's ical.js, a parser that shares nothing with ours, reads in a calendar."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MISSING = "needs node, and `npm ci` in tests/interop"


def available() -> bool:
    return shutil.which("node") is not None and (HERE / "node_modules" / "ical.js").is_dir()


def parse(ics: bytes) -> list[dict[str, Any]]:
    """The events in the order of the file: uid, summary, start, end (exclusive), allday, categories, status,
    sequence and location; dates as ISO 8601, what is not given as None.

    Raises: AssertionError with the parser's own words, for a stream that it refuses.
    """
    command = ["node", str(HERE / "parse.mjs")]
    done = subprocess.run(command, input=ics, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
