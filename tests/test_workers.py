"""Workers side by side, a restart, and a database made anew from the catalogue answer alike, byte for byte."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from calendar_app import catalogue, loading
from calendar_app.store import Store
from tests.conftest import NOW

ROOT = Path(__file__).parents[1]
# Every kind of address, each format and option among them; the day is given, not the machine's.
ADDRESSES = [
    *(f"/feeds/all.{extension}" for extension in ("ics", "jcal", "atom", "json", "csv")),
    *("/feeds/theme/climate-change.ics", "/feeds/sdg/13.json", "/feeds/year/2027.atom", "/feeds/deadlines.ics"),
    *("/feeds/select.ics?city=Geneva&when=upcoming", "/feeds/select.ics?q=cop&undated=span&alarm=P7D&busy=1"),
    *("/feeds/select.jcal?kind=summit&cancelled=title", "/feeds/select.csv?country=CH&cancelled=hide&lang=fr"),
    *("/events/unfccc-cop-2019.ics", "/events/unfccc-cop-2019.json", "/feeds/select.ics?country=AQ", "/changes.atom"),
]
WORKER = """
import hashlib, json, sys
from datetime import UTC, datetime
from calendar_app import create_app
from calendar_app.settings import Settings
from pathlib import Path
database, *addresses = sys.argv[1:]
config = Settings(database=Path(database), base="https://calendar.example", secret_key="x")
client = create_app(config, clock=lambda: datetime(2026, 11, 24, 9, 30, tzinfo=UTC)).test_client()
told = {}
for address in addresses:
    for coding in ("identity", "gzip"):
        answer = client.get(address, headers={"Accept-Encoding": coding})
        digest = hashlib.sha256(answer.data).hexdigest()
        told[f"{address} {coding}"] = [answer.status_code, answer.headers.get("ETag"), digest]
print(json.dumps(told))
"""


def start(database: Path, *, seed: str, zone: str = "UTC") -> subprocess.Popen[bytes]:
    environ = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(database), *ADDRESSES], env=environ, cwd=ROOT, stdout=subprocess.PIPE
    )


def told(worker: subprocess.Popen[bytes]) -> dict[str, Any]:
    out, _ = worker.communicate(timeout=120)
    assert worker.returncode == 0
    return json.loads(out)


@pytest.fixture
def databases(loaded_database: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A database that is in use, and one made anew from the catalogue at another time."""
    used, rebuilt = tmp_path / "used.db", tmp_path / "rebuilt.db"
    shutil.copyfile(loaded_database, used)
    store = Store(rebuilt)
    store.migrate()
    loading.load(store, catalogue.parse(), now=NOW.replace(year=2031))
    store.close()
    return used, rebuilt


def test_workers_a_restart_and_a_rebuilt_database_give_the_same_answers(databases):
    used, rebuilt = databases
    first, second = start(used, seed="0"), start(used, seed="1", zone="Pacific/Kiritimati")
    answers = told(first)
    assert told(second) == answers
    assert told(start(used, seed="2", zone="Pacific/Pago_Pago")) == answers
    assert told(start(rebuilt, seed="3")) == answers
    assert {status for status, _, _ in answers.values()} == {200}
    assert len({tag for _, tag, _ in answers.values()}) == len(answers)
