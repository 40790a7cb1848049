"""Undoing a batch: what an import or a change of many events did is put back, as new revisions."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from calendar_app import addresses
from calendar_app.desk.importing.receiving import let_go
from calendar_app.desk.saving import reason_of, save
from calendar_app.desk.undoing import FIELDS
from calendar_app.errors import ConflictError
from calendar_app.events import Event
from calendar_app.reconcile import STATEMENT
from calendar_app.store import Change, Store, batches, events, history, journal, said, series, staging
from calendar_app.store.batches import Batch, Kept
from calendar_app.store.history import Revision
from calendar_app.topics import Status

# Revisions that are undone in one transaction.
CHUNK = 100
_ACTION = "undone"
# What is one statement is put back as one, or stays as one.
_TOGETHER = (STATEMENT, frozenset({"city", "country", "timezone"}))


def undo_batch(store: Store, number: int, *, reason: str, actor: str, now: datetime) -> None:
    """Begins to undo a batch, and undoes the first of its changes.

    Raises:
        ProblemsError: no reason is given, or one too long.
        ConflictError: it is undone already, or a later import of the same origin still stands on it.
    """
    with store.change(now, actor=actor, reason=reason_of(reason, needed=True)) as change:
        batch = batches.by_id(store, number)
        if batch.undoing is not None:
            raise ConflictError("batch-undone")
        if batches.has_later(store, batch):
            raise ConflictError("batch-later")
        waits = staging.of_batch(store, number)
        if waits and waits.state in staging.WAITING:
            let_go(change, waits)
        batches.begin_undoing(change, number)
    undo_batch_on(store, number, actor=actor, now=now)


def undo_batch_on(store: Store, number: int, *, actor: str, now: datetime) -> None:
    """Undoes the next changes of a batch, the newest first; what was changed again since is left and noted.

    An event that the batch added is withdrawn, unless another import names it too. After the last change, the
    origin of an import is as if it had not been read, so that its file can be imported again.

    Raises:
        ConflictError: undoing it has not begun, or has come to its end.
    """
    why = batches.by_id(store, number).why
    with store.change(now, actor=actor, reason=why, batch=number) as change:
        batch = batches.by_id(store, number)
        if batch.undoing is None or batch.undone:
            raise ConflictError("batch-undone")
        revisions = history.of_batch(store, number, before=batch.undoing, most=CHUNK)
        undoing = _Undoing(change, store, batch)
        kept = [*batch.kept, *filter(None, map(undoing.put_back, revisions))]
        down_to = revisions[-1].id if revisions else batch.undoing
        batches.keep_undoing(change, number, undoing=down_to, kept=kept)
        if len(revisions) < CHUNK:
            said.restore(change, number, batch.origin)
            batches.finish(change, number)
            journal.add(change, action="batch-undone", subject=addresses.batch(number), detail=batch.name)


class _Undoing:
    """One transaction in which changes of a batch are undone."""

    def __init__(self, change: Change, store: Store, batch: Batch) -> None:
        self.change, self.store, self.batch = change, store, batch
        self.directory = series.read(change.db)

    def put_back(self, revision: Revision) -> Kept | None:
        """Undoes one change; gives what it left as it was, None for nothing."""
        event = events.by_uid(self.store, revision.after.uid)
        if revision.before is None:
            return self._withdraw(event, revision)
        back = [name for name in _changed(revision) if getattr(event, name) != getattr(revision.before, name)]
        left = _with_its_like([name for name in back if getattr(event, name) != getattr(revision.after, name)])
        values = {name: getattr(revision.before, name) for name in back if name not in left}
        if values:
            self._save(replace(event, **values))
        fields = tuple(name for name in back if name in left)
        return Kept(event=event.uid, fields=fields) if fields else None

    def _withdraw(self, event: Event, revision: Revision) -> Kept | None:
        if event.status is Status.WITHDRAWN:
            return None
        if said.is_named_elsewhere(self.store, event.uid, self.batch.origin):
            return Kept(event=event.uid)
        self._save(replace(event, status=Status.WITHDRAWN))
        since = tuple(name for name in FIELDS if getattr(event, name) != getattr(revision.after, name))
        return Kept(event=event.uid, fields=since) if since else None

    def _save(self, event: Event) -> None:
        save(self.change, replace(event, sequence=event.sequence + 1), action=_ACTION, directory=self.directory)


def _changed(revision: Revision) -> list[str]:
    """The fields that a revision changed."""
    return [name for name in FIELDS if getattr(revision.before, name) != getattr(revision.after, name)]


def _with_its_like(names: Collection[str]) -> frozenset[str]:
    """Some fields with those that say one thing together with them."""
    found = frozenset(names)
    return found.union(*(group for group in _TOGETHER if found & group))
