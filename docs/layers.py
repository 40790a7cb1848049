"""Draws docs/architecture.svg: the layers of the import contract in pyproject.toml, and the ways through them.

python docs/layers.py
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from math import ceil
from pathlib import Path

ROOT = Path(__file__).parents[1]
SVG = ROOT / "docs" / "architecture.svg"
INK, SOFT, PAPER = "#141c19", "#48524d", "#f3f4ef"
LEFT, WIDE, GAP = 40, 760, 10
HIGH, LOW, BETWEEN = 52, 32, 28  # of a box with a note, of one without, and between layers
MOST = 8  # boxes side by side
SIDE = 830  # where the words beside begin
FONT = "Inter, Roboto, Helvetica, Arial, sans-serif"

NOTES = {
    "cli": "calendar-app …",
    "web": "pages; polls.py answers feeds",
    "doctor": "is all as it should be",
    "desk": "every editorial use case",
    "edition": "the files in feeds/",
    "health": "of every feed",
    "mail": "the outbox, sent",
    "accounts": "signing in",
    "loading": "catalogue into record",
    "publish": "documents, rendered once",
    "reporting": "facts of a period",
    "store": "the only SQL",
    "formats": "ical.py: one writer; word/",
    "catalogue": "shipped CSV",
    "plots": "events drawn as SVG",
    "report": "the report to Council, written from facts",
    "titles": "what a selection is called",
    "pieces": "deadlines and parts that belong to an event",
    "facets": "what an event is selected by",
    "events": "frozen; transitions",
    "engagement": "what ITU did",
    "fields": "the form as a model",
    "errors": "message ids and data",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way through the layers: its steps, each from one module to another, in a colour and a stroke of its own."""

    name: str
    colour: str
    stroke: str
    steps: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


WAYS = (
    Way(
        name="A poll",
        colour="#b8141b",
        stroke="",
        steps=(("web", "publish"), ("publish", "store"), ("publish", "formats")),
        words=(
            "polls.py parses the address into a",
            "Selection; publish compares the data",
            "revision and gives the kept document,",
            "or asks store for the events and formats",
            "for the entries that changed.",
        ),
    ),
    Way(
        name="A submission",
        colour="#0a5f9c",
        stroke="10 5",
        steps=(("web", "desk"), ("desk", "submissions"), ("desk", "store")),
        words=(
            "A view hands the form to desk; the one",
            "validator makes a Draft or lists every",
            "problem; one transaction writes queue,",
            "event, revision and what it is found by.",
            "The revision rises, so the next poll and",
            "the watch on feeds/ see it.",
        ),
    ),
    Way(
        name="A report",
        colour="#6d3b9e",
        stroke="12 4 3 4",
        steps=(("web", "reporting"), ("reporting", "store"), ("reporting", "report")),
        words=(
            "reporting gathers what the record holds",
            "of a period; report writes sentences of",
            "it, each with its sources; page, Word",
            "file and text render the same Report.",
        ),
    ),
    Way(
        name="A reload",
        colour=INK,
        stroke="3 5",
        steps=(("cli", "loading"), ("loading", "catalogue"), ("loading", "reconcile"), ("loading", "store")),
        words=(
            "loading reads the catalogue’s rows,",
            "reconcile decides on each against what",
            "stands and what was said last, and one",
            "transaction writes the decisions.",
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A module and where it stands."""

    name: str
    x: float
    y: float
    width: float
    height: float


def layers() -> list[list[str]]:
    """The modules of each layer, the uppermost first, as the contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (told,) = [each["layers"] for each in contracts if each["type"] == "layers"]
    return [[name.strip().removeprefix("calendar_app.") for name in re.split("[|:]", layer)] for layer in told]


def boxes() -> list[Box]:
    """The modules of all layers, laid out from top to bottom."""
    found, y = list[Box](), 30
    for layer in layers():
        noted = any(name in NOTES for name in layer)
        height = HIGH if noted else LOW
        per_row = ceil(len(layer) / ceil(len(layer) / MOST))
        rows = [layer[i : i + per_row] for i in range(0, len(layer), per_row)]
        for row in rows:
            width = (WIDE - GAP * (len(row) - 1)) / len(row)
            found += [
                Box(name=name, x=LEFT + i * (width + GAP), y=y, width=width, height=height)
                for i, name in enumerate(row)
            ]
            y += height + GAP
        y += BETWEEN - GAP
    return found


def drawn() -> str:
    """The whole picture."""
    placed = {box.name: box for box in boxes()}
    bottom = int(max(box.y + box.height for box in placed.values())) + 38
    names = ", ".join(each.name[0].lower() + each.name[1:] for each in WAYS)
    title = f"The layers from cli and web at the top down to errors, and the ways through them: {names}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1120 {bottom}" font-family="{FONT}" role="img"'
        f' aria-labelledby="t"><title id="t">{escape(title)}</title>'
    )
    down = f'<path d="M{SIDE} {bottom - 160}v120" stroke="{INK}" stroke-width="2" marker-end="url(#m{INK[1:]})"/>'
    lines = [
        head,
        f'<path fill="#ffffff" d="M0 0h1120v{bottom}H0z"/>',
        f"<defs>{''.join(_marker(each.colour) for each in WAYS)}</defs>",
        *map(_rect, placed.values()),
        *(line for number, way in enumerate(WAYS) for line in _steps(way, number, placed)),
        *(line for box in placed.values() for line in _names(box)),
        *_told(),
        down + _text(SIDE + 14, bottom - 100, 13, "imports point down only"),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _rect(box: Box) -> str:
    return (
        f'<rect x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" height="{box.height}" fill="{PAPER}"'
        f' stroke="{INK}"/>'
    )


def _names(box: Box) -> Iterator[str]:
    yield _text(box.x + 8, box.y + 20, 12.5 if box.height == LOW else 15, box.name, bold=True, over=True)
    if box.name in NOTES:
        yield _text(box.x + 8, box.y + 40, 12, NOTES[box.name], over=True)


def _text(x: float, y: float, size: float, words: str, *, bold: bool = False, over: bool = False) -> str:
    """Words; those that stand `over` arrows have a rim that parts them from these."""
    weight = ' font-weight="700"' if bold else ""
    rim = f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"' if over else ""
    fill = INK if bold else SOFT
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}"{weight} fill="{fill}"{rim}>{escape(words)}</text>'


def _marker(colour: str) -> str:
    return (
        f'<marker id="m{colour[1:]}" viewBox="0 0 10 10" refX="7" refY="5" markerWidth="4" markerHeight="4"'
        f' orient="auto"><path d="M0 0L10 5L0 10z" fill="{colour}"/></marker>'
    )


def _steps(way: Way, number: int, placed: dict[str, Box]) -> Iterator[str]:
    """Arrows from the foot of a box to the head of another, each way a little beside the others."""
    for step in way.steps:
        start, end = (placed[name] for name in step)
        x, to = (box.x + box.width - 20 - number * 16 for box in (start, end))
        yield f'<path d="M{x:.0f} {start.y + start.height}L{to:.0f} {end.y - 2}" {_stroke(way)}/>'


def _stroke(way: Way) -> str:
    dashes = f' stroke-dasharray="{way.stroke}"' if way.stroke else ""
    return f'fill="none" stroke="{way.colour}" stroke-width="4"{dashes} marker-end="url(#m{way.colour[1:]})"'


def _told(ways: Iterable[Way] = WAYS) -> Iterator[str]:
    y = 60
    for way in ways:
        dashes = f' stroke-dasharray="{way.stroke}"' if way.stroke else ""
        yield f'<path d="M{SIDE} {y}h44" stroke="{way.colour}" stroke-width="4"{dashes}/>' + _text(
            SIDE + 56, y + 5, 16, way.name, bold=True
        )
        for i, words in enumerate(way.words):
            yield _text(SIDE, y + 28 + 18 * i, 13, words)
        y += 28 + 18 * len(way.words) + 40


if __name__ == "__main__":
    SVG.write_text(drawn(), "utf-8")
