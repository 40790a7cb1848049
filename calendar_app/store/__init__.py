"""The only SQL: a database file, and one module for each thing that it holds."""

from calendar_app.store.connection import Change, Store

__all__ = ["Change", "Store"]
