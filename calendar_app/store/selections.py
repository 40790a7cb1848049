"""Selections with a short address, kept for ever."""

from calendar_app.store.connection import Change, Store


def query(store: Store, key: str) -> str | None:
    """The canonical query of a short address, or None if nobody made that one."""
    found = store.db.conn.execute("SELECT query FROM selections WHERE id = ?", [key]).fetchone()
    return str(found[0]) if found else None


def keep(change: Change, key: str, query: str) -> None:
    """Gives a canonical query its short address; changes nothing if it has it."""
    change.db.conn.execute("INSERT OR IGNORE INTO selections VALUES (?, ?)", [key, query])


def count(store: Store) -> int:
    """How many short addresses there are."""
    return int(store.db.conn.execute("SELECT count(*) FROM selections").fetchone()[0])
