"""Foreign readers of jCal, Atom, CSV, JSON and Word documents: none shares code with ours, or with another."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.interop import ical_js
from tests.interop.asking import READERS, ask
from tests.interop.vobject import PYTHON

HERE = Path(__file__).parent
SCHEMA = HERE.parents[1] / "calendar_app" / "formats" / "feed.schema.json"
_VENV = (
    "needs {}: `python3 -m venv .venv && .venv/bin/pip install --require-hashes -r requirements.txt` in tests/interop"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A program that reads documents; `missing` says what there is to install, "" if it is there."""

    command: tuple[str, ...]
    missing: str

    def read(self, *documents: bytes) -> list[Any]:
        """What it reads in each document."""
        return ask(self.command, documents)


def _node(script: str, *arguments: str, package: str = "") -> Reader:
    there = shutil.which("node") is not None and (HERE / "node_modules" / package).is_dir()
    return Reader(command=("node", str(READERS / script), *arguments), missing="" if there else ical_js.MISSING)


def _python(script: str, *arguments: str, package: str) -> Reader:
    there = PYTHON.exists() and any(PYTHON.parents[1].glob(f"lib/python3.*/site-packages/{package}"))
    # -I: nothing beside the reader is found by name.
    command = (str(PYTHON), "-I", str(READERS / script), *arguments)
    return Reader(command=command, missing="" if there else _VENV.format(package))


JCAL = _node("ical_js.mjs", "jcal", package="ical.js")
TO_JCAL = _node("ical_js.mjs", "to-jcal", package="ical.js")
ATOM = _python("atom.py", package="feedparser")
CSV = _node("csv_parse.mjs", package="csv-parse")
JSON = _node("json_parse.mjs")
DOCX = _node("mammoth.mjs", package="mammoth")
OPENAPI = _python("openapi.py", package="openapi_spec_validator")
# Run by itself, as a program that asks a server.
SCHEMATHESIS = _python("openapi.py", package="schemathesis")
ERRORS = _python("schema.py", str(SCHEMA), package="jsonschema")
CHANGES_ERRORS = _python("schema.py", str(SCHEMA.with_name("changes.schema.json")), package="jsonschema")


def needs(reader: Reader) -> pytest.MarkDecorator:
    """Skips a test where a reader is not installed, with the reason."""
    return pytest.mark.skipif(bool(reader.missing), reason=reader.missing)


def only(read: Sequence[Any]) -> Any:
    """What was read of the only document."""
    (found,) = read
    return found
