"""The site that is measured, on a generated record."""

from pathlib import Path

from flask import Flask

from benchmarks import generated
from calendar_app import create_app
from calendar_app.settings import Settings
from calendar_app.store import Store

BASE = "https://calendar.example"


def application(folder: Path, size: int) -> Flask:
    """The application on a record of this size, made in the folder unless it is there."""
    path = folder / f"{size}.db"
    if not path.exists():
        generated.store(folder, size).close()
    config = Settings(database=path, feeds=folder / "feeds", base=BASE, rate_limit=False)
    return create_app(config, clock=lambda: generated.NOW)


def store(app: Flask) -> Store:
    """The record of an application."""
    (calendar,) = (value for value in app.extensions.values() if hasattr(value, "store"))
    return calendar.store  # type: ignore[no-any-return]
