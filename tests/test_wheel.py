"""A wheel built from the tree, installed elsewhere, serves the calendar: it needs nothing of the checkout."""

import http.client
import os
import re
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 60


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment's `bin`, with the wheel in it and this environment's packages behind it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    home = folder / "venv"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python]
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    # Only now, or pip would take the checkout's own installation for this one. The .pth files of a folder that
    # is named in a .pth file are left alone, so the checkout itself doesn't come along.
    here = sysconfig.get_path("purelib")
    (site,) = home.glob("lib/python*/site-packages")
    (site / "behind.pth").write_text(f"{here}\n", "utf-8")
    return home / "bin"


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CALENDAR_", "PYTHON"))}
    return kept | {"PYTHONUNBUFFERED": "1"} | settings


@pytest.fixture
def port(installed: Path, tmp_path: Path) -> Iterator[int]:
    """The port of a server of the installed wheel, up and answering."""
    number = free_port()
    settings = environment(CALENDAR_DB=str(tmp_path / "events.db"), CALENDAR_FEEDS=str(tmp_path / "feeds"))
    command = [str(installed / "calendar-app"), "serve", "--host", "127.0.0.1", "--port", str(number)]
    said = tmp_path / "said.txt"
    with (
        said.open("wb") as output,
        subprocess.Popen(command, cwd=tmp_path, env=settings, stdout=output, stderr=output) as server,
    ):
        try:
            assert answers(number, server), said.read_text("utf-8")
            yield number
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int, server: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            try:
                server.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            return False
        return True
    return False


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8")
    finally:
        connection.close()


def test_the_wheel_is_what_is_imported(installed, tmp_path):
    told = run(installed / "python", "-c", "import calendar_app; print(calendar_app.__file__)", cwd=tmp_path)
    assert Path(told).is_relative_to(installed.parent)


def test_the_wheel_draws_with_its_own_font_and_names_the_licence(installed, tmp_path):
    drawn = "from calendar_app.plots import picture as p; print(p.draw(p.Card(product='A', title='B'))[:4])"
    assert run(installed / "python", "-c", drawn, cwd=tmp_path) == repr(b"\x89PNG")
    (told,) = installed.parent.glob("lib/python*/site-packages/un_forum_calendar-*.dist-info")
    assert "License-Expression: MIT AND OFL-1.1\n" in (told / "METADATA").read_text("utf-8")
    files = {path.relative_to(told / "licenses").as_posix() for path in (told / "licenses").rglob("*.*")}
    assert files == {"calendar_app/plots/fonts/OFL.txt"}
    assert (told / "licenses" / "LICENSE").exists()


def test_the_wheel_serves_its_pages_and_its_facts(port):
    status, page = get(port, "/")
    assert (status, "UN Forum Calendar" in page, "<h1" in page) == (200, True, True)

    status, document = get(port, "/openapi.json")
    assert (status, '"EventWithFields"' in document) == (200, True)

    status, page_of_map = get(port, "/map?year=2016")
    assert (status, page_of_map.count('<path class="land" d="M')) == (200, 2)

    (stylesheet, *_) = re.findall(r'href="([^"]+\.css[^"]*)"', page)
    assert get(port, stylesheet)[0] == 200

    status, feed = get(port, "/feeds/all.ics")
    assert (status, feed.splitlines()[0]) == (200, "BEGIN:VCALENDAR")
    assert feed.count("BEGIN:VEVENT") > 10
