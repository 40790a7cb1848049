"""Naming: what the record calls the values of facets whose vocabulary it holds itself."""

from functools import lru_cache

from calendar_app.engagement import Partner
from calendar_app.store import partners, series, stated
from calendar_app.store.connection import Store
from calendar_app.titles import Names


def names(store: Store) -> Names:
    """The names of series, and of the partners of which something is public; others are told by their keys alone."""
    return Names(series=series.directory(store), partners=_partners(store, store.revision()))


# Once after each change, however many addresses name one.
@lru_cache(maxsize=4)
def _partners(store: Store, _revision: int) -> dict[str, Partner]:
    shown = stated.of_partners(store)
    return {key: each for key, each in partners.directory(store).items() if key in shown}
