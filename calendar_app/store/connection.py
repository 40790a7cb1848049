"""The database file: opening, one connection a thread, and `change()`, which holds every write."""

import sqlite3
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from calendar_app.errors import BusyError, CalendarError
from calendar_app.store.migrations import migrations

_BUSY_MS = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A transaction that is open: its database, its moment (UTC, whole seconds), who makes it and why.

    `source` is where the reason was read, if it is a change of state. `batch` is the number of the import, or of the
    change of many events at once, that it is a piece of.
    """

    db: Database
    now: datetime
    actor: str
    reason: str = ""
    source: str = ""
    source_url: str = ""
    batch: int | None = None


class Store:
    """A database file and its connections. Close it when the process ends.

    `mails` says that mail is sent: where it is not, nothing is written to the outbox.
    """

    def __init__(self, path: Path | str, *, mails: bool = False) -> None:
        self.path = Path(path)
        self.mails = mails
        # It holds password hashes and e-mails: for its owner alone.
        self.path.touch(mode=0o600)
        self._local = threading.local()
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._open: list[Database] = []
        # Kept for the life of the process: the last connection to close would remove the WAL, and a full
        # disk could then not be read from any more.
        try:
            self._kept = self._connect()
            _enable_wal(self._kept)
        except sqlite3.OperationalError as error:
            self.close()
            raise BusyError("store-busy") from error
        except sqlite3.DatabaseError as error:
            self.close()
            raise CalendarError("store-none", name=str(self.path)) from error

    def migrate(self) -> None:
        """Brings the schema to the newest version; safe when several processes start at once."""
        with _immediate(self.db):
            migrations.apply(self.db)

    @property
    def db(self) -> Database:
        """The connection of the calling thread."""
        db = getattr(self._local, "db", None)
        if db is None:
            db = self._local.db = self._connect()
        return db

    def revision(self) -> int:
        """The data revision: rises with every change that readers can see."""
        row = self.db.conn.execute("SELECT revision FROM state").fetchone()
        return int(row[0])

    @contextmanager
    def change(
        self,
        now: datetime,
        *,
        actor: str,
        reason: str = "",
        source: str = "",
        source_url: str = "",
        batch: int | None = None,
    ) -> Iterator[Change]:
        """One transaction for all writes of a use case: whole, or not at all.

        It begins with BEGIN IMMEDIATE: a deferred one fails at once with "database is locked" when another
        connection has committed since its first read.
        """
        moment = now.astimezone(UTC).replace(microsecond=0)
        with self._in_turn(), _immediate(self.db):
            yield Change(
                db=self.db,
                now=moment,
                actor=actor,
                reason=reason,
                source=source,
                source_url=source_url,
                batch=batch,
            )

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One thread writes, and one that waits is woken when it ends, for as long as its connection is patient.

        SQLite only looks now and then whether it is free, and would seldom find it so while an import is written.
        """
        (patience,) = self.db.conn.execute("PRAGMA busy_timeout").fetchone()
        if not self._turn.acquire(timeout=patience / 1000):
            raise BusyError("store-busy")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads of this thread that all see one revision, whatever is committed meanwhile; they may nest."""
        if self.db.conn.in_transaction:
            yield
            return
        self.db.conn.execute("BEGIN")
        try:
            yield
        finally:
            self.db.conn.rollback()

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._lock:
            for db in self._open:
                db.conn.close()
            self._open.clear()

    def _connect(self) -> Database:
        connection = sqlite3.connect(self.path, timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        # What is deleted, such as an e-mail with a decision, is overwritten once the log is folded in.
        connection.execute("PRAGMA secure_delete = ON")
        db = Database(connection, strict=True)
        with self._lock:
            self._open.append(db)
        return db


def _enable_wal(db: Database) -> None:
    """Turns write-ahead logging on; SQLite does not wait for that lock itself, and two may open a fresh file."""
    for _ in range(_BUSY_MS // 50):
        with suppress(sqlite3.OperationalError):
            db.enable_wal()
            return
        time.sleep(0.05)
    db.enable_wal()


@contextmanager
def _immediate(db: Database) -> Iterator[None]:
    try:
        db.conn.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise BusyError("store-busy") from error
    try:
        yield
        # A commit may be refused too (a deferred foreign key, a full disk), and then leaves the transaction open.
        db.conn.commit()
    except BaseException:
        db.conn.rollback()
        raise


def text_of(moment: datetime) -> str:
    """A moment as the database holds it: `2026-11-23T00:00:00Z`, UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str) -> datetime:
    """The moment (UTC) that the database holds as text."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def bump(db: Database) -> None:
    """Says that readers see something new: what was rendered from the last revision is out of date."""
    db.conn.execute("UPDATE state SET revision = revision + 1")


def insert(db: Database, table: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Adds rows of the same columns; gives the id of the last, or 0.

    sqlite-utils' own insert_all asks for the table's schema at every call; an import of thousands of events
    would spend most of its time there.
    """
    number = 0
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        number = db.conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values())).lastrowid or 0
    return number


def rows(db: Database, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[dict[str, Any]]:
    """The rows of a query by column name (without the savepoint that sqlite-utils' query() opens)."""
    cursor = db.conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
