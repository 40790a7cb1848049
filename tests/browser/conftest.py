"""A real server and Debian's Chromium; skips with a reason where there is none."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EMAIL, PASSWORD = "editor@example.org", "a long enough password"


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running site: its address and its folder."""

    base: str
    folder: Path

    def feed(self, path: str) -> bytes:
        """The bytes of a feed, as a calendar program fetches it."""
        with urlopen(self.base + path) as answer:
            return bytes(answer.read())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once a run."""
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM} on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as `calendar-app serve` runs it, on a database of its own with one editor."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = os.environ | {
        "CALENDAR_DB": str(folder / "events.db"),
        "CALENDAR_FEEDS": str(folder / "feeds"),
        "CALENDAR_RATELIMIT": "off",
    }
    command = [sys.executable, "-m", "calendar_app.cli"]
    added = [*command, "user", "add", EMAIL, "--role", "admin", "--password-stdin"]
    subprocess.run(added, input=f"{PASSWORD}\n", text=True, env=environ, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([*command, "serve", "--port", str(port)], env=environ, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        assert server.stdout.readline() == f"The UN Forum Calendar is at http://127.0.0.1:{port}\n"
        yield Site(base=f"http://127.0.0.1:{port}", folder=folder)
    finally:
        server.terminate()
        server.communicate(timeout=10)


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of the site, in a browser of its own; anything its console reports as an error fails the test."""
    context = browser.new_context(base_url=site.base, viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.base)
    context.set_default_timeout(10_000)
    page, errors = context.new_page(), list[str]()
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert [error for error in errors if "422" not in error] == []
