"""The layers of docs/architecture.md hold, and no module stands outside them."""

import ast
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.api import read_configuration

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "calendar_app"
FILES = sorted(PACKAGE.rglob("*.py"))
CONTRACTS = {
    contract["name"]: contract for contract in read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
}

MOST_LINES = 250
# A longer file, its own limit, and why it is not two: {"web/desk.py": (300, "one form, many fields")}.
LONGER: dict[str, tuple[int, str]] = {
    "store/migrations.py": (400, "append-only: what has shipped is never edited, so the file only grows")
}

# Each contract about one library names every module but those that may use it.
USERS = {
    "Flask only in web, cli and the factory": {"cli", "web"},
    "SQL only in store": {"store"},
    "icalendar only in formats.ical and imports.ics": {"formats"},
}

ENVIRONMENT = {"os.environ", "os.getenv", "environ", "getenv"}
CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}


def top_modules() -> set[str]:
    children = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES}
    return children - {"__init__"}


def short(module: str) -> str:
    return module.strip(" ()").removeprefix("calendar_app.")


def test_import_contracts_are_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    command = [str(linter), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_is_in_a_layer():
    layers = CONTRACTS["Imports point down only"]["layers"]
    assert {short(module) for layer in layers for module in re.split("[|:]", layer)} == top_modules()


@pytest.mark.parametrize("contract", USERS)
def test_a_contract_names_every_module_but_the_users(contract):
    named = {short(module) for module in CONTRACTS[contract]["source_modules"]}
    assert {module.partition(".")[0] for module in named} | USERS[contract] == top_modules()
    assert named.isdisjoint(USERS[contract])


def test_the_picture_of_the_layers_is_that_of_the_contract():
    drawn = runpy.run_path(str(ROOT / "docs" / "layers.py"))["drawn"]
    assert (ROOT / "docs" / "architecture.svg").read_text("utf-8") == drawn()


def test_icalendar_is_imported_by_its_one_writer_and_its_one_reader_alone():
    assert users_of(r"^\s*(?:import|from) icalendar\b") == {"formats/ical.py", "imports/ics.py"}


def users_of(pattern: str) -> set[str]:
    expression = re.compile(pattern, re.MULTILINE)
    return {name(path) for path in FILES if expression.search(path.read_text("utf-8"))}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def test_files_stay_short():
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    limits = {file: LONGER.get(file, (MOST_LINES, ""))[0] for file in lengths}
    assert {file: length for file, length in lengths.items() if length > limits[file]} == {}
    assert {file for file in LONGER if lengths.get(file, 0) <= MOST_LINES} == set()


def test_modules_are_named_after_what_they_hold():
    parts = {part for path in FILES for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert parts.isdisjoint({"utils", "helpers", "manager"})


def test_the_environment_is_read_in_settings_alone():
    assert {name(path) for path in FILES if ENVIRONMENT & set(dotted(path))} <= {"settings.py"}


def test_the_clock_is_read_in_web_and_cli_alone():
    readers = {name(path) for path in FILES if CLOCK & set(dotted(path))}
    assert {file for file in readers if not file.startswith(("cli/", "web/"))} == set()


def dotted(path: Path) -> Iterator[str]:
    """The names with a dot in them as the module writes them, and what it imports from `os`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "os":
            yield from (alias.name for alias in node.names)
