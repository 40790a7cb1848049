"""The documents say what is so, and nothing of the machine that they were written on."""

import argparse
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from calendar_app import cli
from calendar_app.formats.lint import RULES

ROOT = Path(__file__).parents[1]
OPERATING = ROOT / "docs" / "operating.md"
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])

FIRST_SCREEN = 40
SERVE = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/calendar-app serve"
TEST = (
    "python3 -m venv .venv && .venv/bin/pip install -r requirements-dev.txt"
    " && .venv/bin/pip install --no-deps -e . && .venv/bin/pytest"
)

FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"""\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*(\S+)|(?:src|href)=["']([^"']+)""", re.MULTILINE)

# Paths and package sources of the machine something was made on; "itu.int/.../work/" is none.
WORKPLACE = re.compile(
    r"(?<!\w)/(?:work|root)/|/opt/pypi|file:///|\bpypi\.org|registry\.npmjs\.org|files\.pythonhosted\.org"
)
NOT_OURS = {"vendor", "vendored", "node_modules"}
WALK_SKIPS = re.compile(r"^\.(?!ci$)|^(?:__pycache__|node_modules|build|dist)$|\.egg-info$")


def test_readme_gives_the_two_commands_in_its_first_screen():
    top = "\n".join((ROOT / "README.md").read_text("utf-8").splitlines()[:FIRST_SCREEN])
    fenced = [line for block in FENCE.findall(top) for line in block.splitlines()]
    assert [line for line in fenced if line in {SERVE, TEST}] == [SERVE, TEST]


def test_readme_holds_one_line_for_ci_to_run():
    blocks = FENCE.findall((ROOT / "README.md").read_text("utf-8"))
    assert [line for block in blocks for line in block.splitlines() if line.endswith("pytest")] == [TEST]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_of_a_document_lead_to_files(document):
    assert [link for link in relative_links(document) if not target(document, link).exists()] == []


def relative_links(document: Path) -> Iterator[str]:
    prose = INLINE_CODE.sub("", FENCE.sub("", document.read_text("utf-8")))
    for found in LINK.finditer(prose):
        link = next(filter(None, found.groups()))
        if not re.match(r"[a-z][a-z0-9+.-]*:|//|#", link):
            yield link


def target(document: Path, link: str) -> Path:
    path = link.partition("#")[0].partition("?")[0]
    return ROOT / path[1:] if path.startswith("/") else document.parent / path


def test_files_tell_nothing_of_the_workplace():
    assert [finding for path in texts() for finding in findings(path)] == []


def findings(path: Path) -> Iterator[str]:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return  # a picture or the like
    for number, line in enumerate(text.splitlines(), 1):
        if found := WORKPLACE.search(line):
            yield f"{path.relative_to(ROOT)}:{number}: {found[0]}"


def texts() -> list[Path]:
    """Every file of the project but this one, data tables and vendored code."""
    return [
        path
        for path in sorted(ROOT / name for name in in_git() or walked(ROOT))
        if path.is_file()
        and path != Path(__file__)
        and path.suffix != ".csv"
        and NOT_OURS.isdisjoint(path.relative_to(ROOT).parts)
    ]


def in_git() -> list[str]:
    """What git tracks or would add; nothing where there is no git or no checkout."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return []
    return [name for name in listed.decode().split("\0") if name]


def walked(folder: Path) -> Iterator[str]:
    for path in folder.iterdir():
        if path.is_file():
            yield str(path.relative_to(ROOT))
        elif not WALK_SKIPS.search(path.name):
            yield from walked(path)


def test_every_command_is_in_the_operating_guide():
    guide = OPERATING.read_text("utf-8")
    assert [command for command in commands(cli.parser(), "calendar-app") if command not in guide] == []


def commands(parser: argparse.ArgumentParser, name: str) -> Iterator[str]:
    """The commands that can be typed: "calendar-app user add", not the bare "calendar-app user"."""
    choices = [action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not choices:
        yield name
    for choice in choices:
        for word, child in choice.items():
            yield from commands(child, f"{name} {word}")


def test_every_setting_is_in_the_operating_guide():
    guide = OPERATING.read_text("utf-8")
    settings = re.findall(r"CALENDAR_[A-Z_]+", (ROOT / "calendar_app" / "settings.py").read_text("utf-8"))
    assert settings
    assert sorted({name for name in settings if name not in guide}) == []


CHECKLIST = ROOT / "docs" / "rfc-checklist.md"
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def clauses() -> Iterator[tuple[str, list[str]]]:
    """The standard and the five cells of every clause in the checklist."""
    standard = ""
    for line in CHECKLIST.read_text("utf-8").splitlines():
        if line.startswith("## "):
            standard = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith("| clause |"):
            yield standard, [cell.strip() for cell in line.strip("|").split("|")]


def test_every_clause_of_the_checklist_is_answered_and_names_its_test():
    rows = [cells for _, cells in clauses()]
    assert len(rows) > 100
    assert [cells for cells in rows if len(cells) != 5 or not (cells[0] and cells[1])] == []
    assert {cells[2] for cells in rows} == {"yes", "part", "no"}
    assert [cells for cells in rows if cells[2] != "yes" and not cells[3]] == []
    assert [cells for cells in rows if not NAMED_TEST.fullmatch(cells[4])] == []


def test_every_test_that_the_checklist_names_exists():
    named = set(NAMED_TEST.findall(CHECKLIST.read_text("utf-8")))
    held = {file: set(re.findall(r"^def (test_\w+)\(", read(file), re.MULTILINE)) for file, _ in named}
    assert sorted(f"{file}::{name}" for file, name in named if name not in held[file]) == []


def read(file: str) -> str:
    path = ROOT / file
    return path.read_text("utf-8") if path.exists() else ""


@pytest.mark.parametrize("name", RULES)
def test_rule_of_the_linter_is_in_the_checklist_at_its_clause(name):
    clause = RULES[name].clause
    places = {
        f"{standard.partition(':')[0]} {number}"
        for standard, cells in clauses()
        if f"`{name}`" in cells[0] + cells[3]
        for number in cells[0].split(", ")
    }
    wanted = [f"House rules `{name}`"] if clause == "house rule" else clause.split(", ")
    assert [each for each in wanted if each not in places] == []
