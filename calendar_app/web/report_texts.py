"""The fields of what editors write for a report: what stands, what was typed, and what was written there before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from flask import request

from calendar_app.desk.report import PARAGRAPHS
from calendar_app.report.facts import GAPS, HeaderField, SectionKey
from calendar_app.store.report import Written
from calendar_app.web import current

NAMES = (*map(str, chain(HeaderField, SectionKey)), GAPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What an editor sent: texts, and the ids of those that they began with, by name.

    `drafts` are texts of another period, offered where nothing is written. `clash` are the names at which someone else
    wrote meanwhile, `problems` the words of what is to be put right.
    """

    texts: Mapping[str, str]
    seen: Mapping[str, int]
    drafts: Mapping[str, str] = field(default_factory=dict)
    clash: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field as the page shows it. `seen` is the id of the text that it begins with, 0 for none.

    `theirs` is what someone else wrote meanwhile; `draft` says that its text is another period's, and kept nowhere yet.
    `history` are the texts that were ever there, the newest first.
    """

    name: str
    label: str
    text: str
    seen: int
    paragraphs: bool
    history: tuple[Written, ...] = ()
    problem: str = ""
    theirs: Written | None = None
    draft: bool = False


def sent() -> Typed:
    """What the form holds."""
    names = [name for name in NAMES if f"text-{name}" in request.form and name != GAPS]
    if f"seen-{GAPS}" in request.form:
        names.append(GAPS)  # a box that is not ticked is not sent
    return Typed(
        texts={name: request.form.get(f"text-{name}", "") for name in names},
        seen={name: current.number(f"seen-{name}") for name in names},
    )


def fields(history: list[Written], typed: Typed | None = None) -> dict[str, Field]:
    """Every field by its name, from all that was written for a period, the newest first."""
    return {each.name: each for each in _fields(history, typed or Typed(texts={}, seen={}))}


def _fields(history: list[Written], typed: Typed) -> Iterator[Field]:
    for name in NAMES:
        texts = tuple(each for each in history if each.name == name)
        stands = texts[0] if texts else None
        text = typed.texts.get(name, stands.text if stands else "")
        draft = "" if text.strip() else typed.drafts.get(name, "")
        clash = name in typed.clash
        number = stands.id if stands else 0
        yield Field(
            name=name,
            label=current.texts().label("report-text", name),
            text=draft or text,
            # What someone else wrote is shown beside it, so that it can be replaced now.
            seen=number if clash else typed.seen.get(name, number),
            paragraphs=name in PARAGRAPHS,
            history=texts,
            problem=typed.problems.get(name, ""),
            theirs=stands if clash else None,
            draft=bool(draft),
        )
