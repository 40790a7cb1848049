"""Revisions of what is no event (series, partners, statements), each in an append-only table of its own, all alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlite_utils import Database

from calendar_app.store.connection import Change, Store, insert, moment_of, rows, text_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(Generic[T]):
    """One recorded change; `before` is None where it was added. `at` is UTC, `action` "" where the table has none."""

    id: int
    at: datetime
    actor: str
    action: str = ""
    reason: str
    before: T | None
    after: T


class Revisions(Generic[T]):
    """The table `<subject>_revisions`: `written` makes the JSON that it holds, and `read` makes of it what it was."""

    def __init__(self, subject: str, *, read: Callable[[str], T], written: Callable[[T], str]) -> None:
        self._subject, self._read, self._written = subject, read, written
        self._of = f"FROM {subject}_revisions WHERE {subject} = ?"

    def add(self, change: Change, key: str, *, before: T | None, after: T, **more: str) -> None:
        """Records a change; `more` are further columns of the table."""
        row = {
            self._subject: key,
            "at": text_of(change.now),
            "actor": change.actor,
            "reason": change.reason,
            "before": None if before is None else self._written(before),
            "after": self._written(after),
        }
        insert(change.db, f"{self._subject}_revisions", [row | more])

    def of(self, store: Store, key: str, *, most: int | None = None, offset: int = 0) -> list[Revision[T]]:
        """The revisions of a subject, the newest first; a page of `most` at the most, None for all."""
        sql = f"SELECT * {self._of} ORDER BY id DESC LIMIT ? OFFSET ?"
        return [self._revision(row) for row in rows(store.db, sql, [key, -1 if most is None else most, offset])]

    def find(self, store: Store, key: str, number: int) -> Revision[T] | None:
        """The revision of a subject that has this number; None if it has none."""
        found = rows(store.db, f"SELECT * {self._of} AND id = ?", [key, number])
        return self._revision(found[0]) if found else None

    def newest(self, db: Database, key: str) -> int:
        """The number of the last revision of a subject; 0 of one that has none."""
        return int(db.conn.execute(f"SELECT max(id) {self._of}", [key]).fetchone()[0] or 0)

    def _revision(self, row: Mapping[str, Any]) -> Revision[T]:
        return Revision(
            id=row["id"],
            at=moment_of(row["at"]),
            actor=row["actor"],
            action=row.get("action", ""),
            reason=row["reason"],
            before=self._read(row["before"]) if row["before"] else None,
            after=self._read(row["after"]),
        )
