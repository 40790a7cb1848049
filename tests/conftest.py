"""Fixtures: a store with the whole catalogue, copied from one that is loaded once a run."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from calendar_app import catalogue, loading
from calendar_app.publish import Publisher
from calendar_app.store import Store

pytest_plugins = [f"tests.{name}" for name in ("no_skips", "webapp") if (Path(__file__).parent / f"{name}.py").exists()]

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
BASE = "https://calendar.example"


@pytest.fixture(scope="session")
def loaded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that holds the catalogue, and nothing else; copy it, don't change it."""
    path = tmp_path_factory.mktemp("loaded") / "events.db"
    store = Store(path)
    store.migrate()
    loading.load(store, catalogue.parse(), now=NOW)
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return path


@pytest.fixture(scope="module")
def catalogued(loaded_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the whole catalogue, in which nothing is ever changed."""
    path = tmp_path_factory.mktemp("catalogued") / "events.db"
    shutil.copyfile(loaded_database, path)
    store = Store(path)
    yield store
    store.close()


@pytest.fixture
def store(loaded_database: Path, tmp_path: Path) -> Iterator[Store]:
    """A store with the whole catalogue, this test's own."""
    path = tmp_path / "events.db"
    shutil.copyfile(loaded_database, path)
    store = Store(path)
    yield store
    store.close()


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[Store]:
    """A store with the schema and no facts."""
    store = Store(tmp_path / "empty.db")
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def publisher(store: Store) -> Publisher:
    """A publisher of the whole catalogue under a public base address."""
    return Publisher(store, base=BASE)
