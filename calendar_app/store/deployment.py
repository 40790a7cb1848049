"""What the last server on this database told its readers, so that other commands say the same."""

from datetime import datetime

from calendar_app.store.connection import Store


def base(store: Store) -> str:
    """The base address that the database was last served under; "" if it never was."""
    return str(store.db.conn.execute("SELECT base FROM state").fetchone()[0])


def keep_base(store: Store, base: str, *, now: datetime) -> None:
    """Notes the base address that the database is served under."""
    with store.change(now, actor="serve") as change:
        change.db.conn.execute("UPDATE state SET base = ? WHERE base <> ?", [base, base])
