"""The API as its document has it, asked by schemathesis: many requests, every check on, nothing found."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from calendar_app import accounts
from calendar_app.store import Store
from calendar_app.store import accounts as people
from calendar_app.web.api import document
from tests.conftest import BASE
from tests.interop import formats
from tests.interop.formats import needs, only
from tests.interop.vobject import PYTHON
from tests.webapp import EDITOR, Staffed

pytestmark = pytest.mark.interop

HERE = Path(__file__).parent
RULES = HERE / "api"
SCHEMATHESIS = PYTHON.with_name("schemathesis")
EXAMPLES = 80
# The server alone, without what `serve` does beside answering: it would write the feeds anew after each of the changes.
SERVER = """
import sys
from pathlib import Path
import waitress
from calendar_app import create_app
from calendar_app.settings import Settings
database, port = Path(sys.argv[1]), int(sys.argv[2])
settings = Settings(database=database, base=f"http://127.0.0.1:{port}", secret_key="x", rate_limit=False)
waitress.serve(create_app(settings), host="127.0.0.1", port=port)
"""


class Site(NamedTuple):
    """A running site on a copy of the catalogue, and a token of each scope."""

    base: str
    tokens: dict[str, str]


@pytest.fixture
def site(staffed: Staffed, tmp_path: Path) -> Iterator[Site]:
    database = tmp_path / "events.db"
    shutil.copyfile(staffed.path, database)
    tokens = made(database)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(database), str(port)], cwd=HERE.parents[1])
    try:
        wait(port)
        yield Site(f"http://127.0.0.1:{port}", tokens)
    finally:
        server.terminate()
        server.wait(timeout=20)


def made(database: Path) -> dict[str, str]:
    store, now = Store(database), datetime.now(UTC)
    account = people.by_email(store, EDITOR)
    assert account is not None
    found = {
        scope: accounts.make_token(store, account, name=scope, scope=scope, days=9, now=now)
        for scope in ("edit", "propose")
    }
    store.close()
    return found


def wait(port: int) -> None:
    for _ in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def run(site: Site, folder: Path, *options: str, scope: str = "") -> dict[str, Any]:
    """What schemathesis tells after a run of one worker, which with a seed asks the same each time."""
    report = folder / "report.json"
    command = [str(SCHEMATHESIS), "--config-file", str(RULES / "schemathesis.toml"), "run", f"{site.base}/openapi.json"]
    command += ["--checks", "all", "--max-examples", str(EXAMPLES), "--seed", "1", "--workers", "1", "--no-color"]
    command += ["--report", "json", "--report-json-path", str(report), *options]
    command += ["-H", f"Authorization: Bearer {site.tokens[scope]}"] if scope else []
    environ = {**os.environ, "PYTHONPATH": str(RULES), "SCHEMATHESIS_HOOKS": "rules"}
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(report.read_text("utf-8"))


def found(told: dict[str, Any]) -> list[object]:
    return [told["failures"], told["errors"], told["test_cases"]["with_failures"], told["operations"]["errored"]]


@needs(formats.OPENAPI)
def test_document_is_what_openapi_says_it_has_to_be():
    text = json.dumps(document.of(BASE)).encode()
    assert only(formats.OPENAPI.read(text)) == []


@needs(formats.OPENAPI)
def test_document_that_is_none_is_told():
    wrong = document.of(BASE) | {"paths": {"events": {}}}
    assert only(formats.OPENAPI.read(json.dumps(wrong).encode())) != []


@needs(formats.SCHEMATHESIS)
def test_nothing_is_found_by_an_editor_in_any_operation(site, tmp_path):
    told = run(site, tmp_path, scope="edit")
    assert found(told) == [[], [], 0, 0]
    assert (told["operations"]["tested"], told["complete"]) == (6, True)
    assert {phase["status"] for phase in told["phases"].values()} == {"success"}
    assert told["test_cases"]["generated"] > 5 * EXAMPLES
    # What was meant to be taken was taken: else a schema that nothing fits would pass too.
    rates = {name: rate["fuzzing"] for name, rate in told["valid_rates"].items()}
    for name in ("POST /api/v1/events", "PATCH /api/v1/events/{uid}"):
        assert rates[name]["accepted"] > EXAMPLES / 3
        assert rates[name]["rejected"] == 0


@needs(formats.SCHEMATHESIS)
def test_nothing_is_found_without_a_token(site, tmp_path):
    # Nothing follows from what can't be made, so the phase that follows links is left out.
    told = run(site, tmp_path, "--phases", "examples,coverage,fuzzing")
    assert found(told) == [[], [], 0, 0]
    assert (told["operations"]["tested"], told["complete"]) == (6, True)
    assert told["test_cases"]["generated"] > 5 * EXAMPLES


@needs(formats.SCHEMATHESIS)
def test_nothing_is_found_by_one_who_proposes(site, tmp_path):
    told = run(site, tmp_path, "--phases", "examples,fuzzing", "--include-operation-id", "createEvent", scope="propose")
    assert found(told) == [[], [], 0, 0]
    assert told["test_cases"]["generated"] >= EXAMPLES
