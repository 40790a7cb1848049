"""Applying: the ticked rows of an import are written, each compared once more; one batch for all of them."""

from dataclasses import replace
from datetime import datetime

from calendar_app import addresses
from calendar_app.desk.importing.examining import Finding, Grounds, examine, grounds, within
from calendar_app.desk.importing.receiving import in_state
from calendar_app.desk.saving import mint_slug, save
from calendar_app.errors import ConflictError, ProblemsError
from calendar_app.events import Event
from calendar_app.store import Change, Store, batches, journal, said, staged_rows, staging
from calendar_app.store.staged_rows import Staged
from calendar_app.store.staging import Import

# Rows that are written in one transaction, and the work after which it ends; writers wait for each other at most 3 s.
CHUNK, MOST_WORK = 100, 20_000_000
_ACTION = "imported"


def apply(store: Store, number: int, *, actor: str, now: datetime) -> None:
    """Begins to write the ticked rows, and writes the first.

    Raises:
        ConflictError: it is not ready, or an import of the same origin is being undone.
    """
    with store.change(now, actor=actor) as change:
        found = in_state(store, number, "ready")
        if batches.is_being_undone(store, found.origin):
            raise ConflictError("batch-undoing")
        staging.update(change, number, state="applying")
        journal.add(change, action="import-started", subject=addresses.desk_import(number), detail=found.name)
    apply_on(store, number, actor=actor, now=now)


def apply_on(store: Store, number: int, *, actor: str, now: datetime) -> None:
    """Writes the next of the ticked rows; after the last, the import is applied and its rows are thrown away.

    A row whose event was changed since the preview is not written: it is in conflict, and the import is ready again.

    Raises:
        ConflictError: it is not being applied.
    """
    found = in_state(store, number, "applying")
    with store.change(now, actor=actor, reason=found.source, source_url=found.source_url) as change:
        # Another request may have begun its batch meanwhile.
        found = in_state(store, number, "applying")
        rows = staged_rows.unwritten(store, number, most=CHUNK)
        keys = staged_rows.keys(store, number)
        on = grounds(store, found, rows, keys, now=now)
        writing = _Writing(replace(change, batch=found.batch), found)
        written = list(within((writing.write(row, on) for row in rows), on, MOST_WORK))
        staged_rows.put(change, number, written)
        if len(written) == len(rows) < CHUNK:
            _finish(writing.change, store, found)


class _Writing:
    """One transaction of an import. `change` gets the number of its batch once there is something to write."""

    def __init__(self, change: Change, found: Import) -> None:
        self.change = change
        self.found = found

    def write(self, row: Staged, on: Grounds) -> Staged:
        """The row as it is after it was written, or as it is told why it was not."""
        finding = examine(row, on)
        if not _as_seen(row, finding):
            return replace(row, verdict="conflict", ticked=False)
        try:
            self._write(row, finding, on)
        except ProblemsError as error:
            return replace(row, verdict="problem", problems=error.problems, ticked=False)
        return replace(row, done=True)

    def _write(self, row: Staged, finding: Finding, on: Grounds) -> None:
        incoming = finding.incoming
        if incoming is None or not (finding.outcome or finding.spoken):
            return
        if self.change.batch is None:
            self._begin()
        outcome = finding.outcome
        if outcome is not None and (finding.event is None or finding.event.uid != outcome.uid):
            slug = mint_slug(on.store, outcome, outcome.uid)
            outcome = incoming = replace(outcome, slug=slug, stamp=self.change.now)
        if outcome is not None:
            save(self.change, outcome, action=_ACTION, directory=on.directory)
            on.named.add(outcome.uid)
        joined = finding.joined and finding.outcome is None
        said.keep(self.change, self.found.origin, row.key, incoming, joined=joined)

    def _begin(self) -> None:
        number = batches.add(self.change, kind="import", origin=self.found.origin, name=self.found.name)
        self.change = replace(self.change, batch=number)
        staging.update(self.change, self.found.id, batch=number)


def _as_seen(row: Staged, finding: Finding) -> bool:
    """Whether a row comes to what its preview said."""
    uid = finding.event.uid if finding.event else ""
    if row.verdict == "new" and row.joined and finding.verdict == "same":
        return uid == row.event
    same = (finding.verdict, uid, finding.taken) == (row.verdict, row.event, row.taken)
    beside = row.verdict == "new" and not row.joined
    return same and (beside or _sequence(finding.event) == row.base)


def _sequence(event: Event | None) -> int | None:
    return event.sequence if event else None


def _finish(change: Change, store: Store, found: Import) -> None:
    if staged_rows.counts(store, found.id)["conflict"]:
        staging.update(change, found.id, state="ready")
        return
    staged_rows.clear(change, found.id)
    staging.update(change, found.id, state="applied")
    journal.add(change, action="import-applied", subject=addresses.desk_import(found.id), detail=found.name)
