"""The published edition in `feeds/`: every named feed as a file, under the path and with the bytes of its address."""

import contextlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from calendar_app import addresses, publish
from calendar_app.errors import NotFoundError
from calendar_app.publish import Document, Publisher
from calendar_app.selection import Selection
from calendar_app.store import Store, search


def names(store: Store) -> Iterator[str]:
    """The name of every feed of the edition: all named ones, and of the years those that have events."""
    yield from ("all", "deadlines")
    for facet in addresses.NAMED:
        values = _years(store) if facet == "year" else sorted(publish.vocabulary(store, facet))
        yield from (f"{facet}/{value}" for value in values)


def _years(store: Store) -> list[str]:
    return list(search.counts(store, Selection(), ["year"])["year"])


def files(publisher: Publisher, *, today: date) -> Iterator[tuple[str, Document]]:
    """Every file of the edition by its path below the folder, each as it now stands."""
    for name in names(publisher.store):
        yield f"{name}.ics", publisher.feed(publish.named(publisher.store, name, "ics"), today=today)


def write(publisher: Publisher, folder: Path, *, today: date) -> int:
    """Brings the edition in a folder up to date; gives how many files changed.

    Each file is replaced whole, so that no reader sees half of one.
    """
    changed = 0
    for path, document in _wanted(publisher, folder, today=today).items():
        file = folder / path
        if file.exists() and file.read_bytes() == document.body:
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        draft.write_bytes(document.body)
        draft.replace(file)
        changed += 1
    return changed


def check(publisher: Publisher, folder: Path, *, today: date) -> list[str]:
    """The paths whose file is missing, differs from its address, or has no address, compared at one revision."""
    while True:
        revision = publisher.store.revision()
        wanted = {path: document.body for path, document in _wanted(publisher, folder, today=today).items()}
        found = {path: (folder / path).read_bytes() for path in _found(folder)}
        if publisher.store.revision() == revision:
            return sorted(path for path in {**wanted, **found} if wanted.get(path) != found.get(path))


def _wanted(publisher: Publisher, folder: Path, *, today: date) -> dict[str, Document]:
    """The edition, and what is left of earlier ones whose address still answers: a year that lost its only event."""
    wanted = dict(files(publisher, today=today))
    for path in sorted(_found(folder) - wanted.keys()):
        with contextlib.suppress(NotFoundError):
            target = publish.named(publisher.store, path.removesuffix(".ics"), "ics")
            wanted[path] = publisher.feed(target, today=today)
    return wanted


def _found(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*.ics")}
