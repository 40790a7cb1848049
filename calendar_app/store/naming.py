"""Naming: what the record calls the values of facets whose vocabulary it holds itself."""

from calendar_app.store import partners, series
from calendar_app.store.connection import Store
from calendar_app.titles import Names


def names(store: Store) -> Names:
    """The names of series and partners, as they stand."""
    return Names(series=series.directory(store), partners=partners.directory(store))
