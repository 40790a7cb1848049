"""A store whose changes join one that is open, so that a use case and what is noted of it are written together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from sqlite_utils import Database

from calendar_app.store.connection import Change, Store


class Joined(Store):
    """What a use case is given in place of the store while a change of that store is open.

    What it writes is written with the open change or not at all; a use case that fails has to end that change too.
    """

    def __init__(self, store: Store, change: Change) -> None:
        # All that the store has, whatever that is: this is the same store, seen from inside a change.
        vars(self).update(vars(store))
        self._change = change

    @property
    def db(self) -> Database:
        """The connection of the open change."""
        return self._change.db

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
        """A part of the open change, with its own actor and reason."""
        moment = now.astimezone(UTC).replace(microsecond=0)
        yield replace(
            self._change,
            now=moment,
            actor=actor,
            reason=reason,
            source=source,
            source_url=source_url,
            batch=batch,
        )

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Reads of the open change, which see one revision anyway."""
        yield
