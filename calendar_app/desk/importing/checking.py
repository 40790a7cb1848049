"""Checking: the rows of a file are compared with the record, and an editor ticks those that are to be written."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from calendar_app.desk.importing.examining import Finding, Grounds, examine, grounds, within
from calendar_app.desk.importing.receiving import in_state, rows_of
from calendar_app.desk.saving import hold
from calendar_app.errors import ProblemsError
from calendar_app.imports import Reading
from calendar_app.store import Store, said, staged_rows, staging
from calendar_app.store.staged_rows import Staged
from calendar_app.store.staging import Heading

# Rows that are compared in one request, and the work after which it leaves the rest to the next: a second or two.
CHUNK, MOST_WORK = 250, 50_000_000
_PRIVATE = "import-private"


def compare(rows: Iterable[Staged], on: Grounds) -> Iterator[Staged]:
    """The rows with what each comes to; one that likely repeats an event, or is private in its file, is not ticked."""
    for row in rows:
        finding = _writable(examine(row, on), on)
        new = finding.verdict == "new"
        repeats = new and finding.event is not None and not finding.joined
        private = new and any(note.message == _PRIVATE for note in row.notes)
        yield replace(
            row,
            verdict=finding.verdict,
            problems=finding.problems,
            taken=finding.taken,
            kept=finding.kept,
            event=finding.event.uid if finding.event else "",
            base=finding.event.sequence if finding.event else None,
            joined=finding.joined,
            ticked=not repeats and not private and finding.verdict != "problem",
            done=finding.verdict == "same" and not finding.spoken,
        )


def _writable(finding: Finding, on: Grounds) -> Finding:
    """A finding; a problem if what it would write is nothing that a calendar can hold."""
    try:
        if finding.outcome:
            hold(finding.outcome, on.directory)
    except ProblemsError as error:
        return Finding(verdict="problem", problems=error.problems)
    return finding


def vanished(store: Store, found: Heading, keys: list[str]) -> Iterator[Staged]:
    """A row for each event that the origin named before and does not any more; it stays in the calendar."""
    if not found.complete:
        return
    for number, (key, uid) in enumerate(said.others(store, found.origin, keys), start=len(keys)):
        yield Staged(position=number, key=key, fields={}, verdict="vanished", event=uid, ticked=False)


def preview(store: Store, read: Reading, told: Heading, *, now: datetime) -> list[Staged]:
    """The rows of a file with what each would come to; nothing is written, not even to wait."""
    rows = rows_of(read)
    keys = [row.key for row in rows]
    with store.snapshot():
        found = compare(rows, grounds(store, told, rows, keys, now=now))
        return [*found, *vanished(store, told, keys)]


def check_on(store: Store, number: int, *, actor: str, now: datetime) -> None:
    """Compares the next rows with the record; after the last it is ready for an editor.

    Raises:
        ConflictError: nothing is left to compare.
    """
    found = in_state(store, number, "checking")
    # Compared outside the transaction, so that no writer waits for it; applying looks again.
    with store.snapshot():
        rows, keys = staged_rows.unchecked(store, number, most=CHUNK), staged_rows.keys(store, number)
        on = grounds(store, found, rows, keys, now=now)
        compared = list(within(compare(rows, on), on, MOST_WORK))
        last = len(compared) == len(rows) < CHUNK
        gone = list(vanished(store, found, keys)) if last else []
    with store.change(now, actor=actor) as change:
        in_state(store, number, "checking")
        staged_rows.put(change, number, [*compared, *gone])
        if last:
            staging.update(change, number, state="ready")


def choose(
    store: Store,
    number: int,
    shown: Iterable[int],
    *,
    ticked: Iterable[int],
    joined: Iterable[int],
    actor: str,
    now: datetime,
) -> None:
    """Ticks those of the rows shown that are to be written, and joins those that tell of an event that is there.

    Raises:
        ConflictError: it is not waiting for ticks.
    """
    rows, on, ours = set(shown), set(ticked) | set(joined), set(joined)
    with store.change(now, actor=actor) as change:
        in_state(store, number, "ready")
        staged_rows.tick(change, number, rows & on, on=True)
        staged_rows.tick(change, number, rows - on, on=False)
        staged_rows.join(change, number, rows & ours, on=True)
        staged_rows.join(change, number, rows - ours, on=False)


def choose_all(store: Store, number: int, verdict: str, *, on: bool, actor: str, now: datetime) -> None:
    """Ticks all rows of a verdict, or none of them.

    Raises:
        ConflictError: it is not waiting for ticks.
    """
    with store.change(now, actor=actor) as change:
        in_state(store, number, "ready")
        staged_rows.tick_all(change, number, verdict, on=on)


def join_all(store: Store, number: int, *, actor: str, now: datetime) -> None:
    """Joins all new rows to the events that they may repeat.

    Raises:
        ConflictError: it is not waiting for ticks.
    """
    with store.change(now, actor=actor) as change:
        in_state(store, number, "ready")
        staged_rows.join_all(change, number)


def look_again(store: Store, number: int, *, actor: str, now: datetime) -> None:
    """Has the rows that were in conflict compared again.

    Raises:
        ConflictError: it is not waiting.
    """
    with store.change(now, actor=actor) as change:
        in_state(store, number, "ready")
        staged_rows.reopen(change, number)
        staging.update(change, number, state="checking")
