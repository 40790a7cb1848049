"""Whether the database file is whole, by SQLite's own checks."""

import sqlite3

from calendar_app.store.connection import Store


def problems(store: Store) -> list[str]:
    """What is wrong with the file, in SQLite's words; reads all of it."""
    try:
        told = [str(row[0]) for row in store.db.conn.execute("PRAGMA integrity_check")]
        broken = store.db.conn.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    # Of a table without row ids SQLite gives no number.
    dangling = [f"{table}, row {row or '?'}: names nothing in {parent}" for table, row, parent, _ in broken]
    return [line for line in told if line != "ok"] + dangling
