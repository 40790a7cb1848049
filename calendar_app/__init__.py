"""The UN Forum Calendar: `create_app` wires it, and does nothing else."""

from pathlib import Path

from flask import Flask

from calendar_app import catalogue, loading, settings, web
from calendar_app.publish import Documents, Publisher
from calendar_app.settings import Settings
from calendar_app.store import Store, news, reindexing
from calendar_app.web import report_files
from calendar_app.web.clock import Clock, system
from calendar_app.web.current import Calendar

_PACKAGE = Path(__file__).parent


def create_app(config: Settings | None = None, *, clock: Clock = system) -> Flask:
    """The application on a database, which is brought up to date and, if empty, filled with the catalogue.

    `config` is the environment's by default; `clock` gives the moment (UTC).
    """
    config = config or settings.read()
    store = open_store(config, clock)
    publisher = Publisher(store, base=config.base or settings.DEFAULT_BASE)
    # In a wheel the templates lie inside the package, in a checkout beside it.
    inside = _PACKAGE / "templates"
    folder = inside if inside.is_dir() else _PACKAGE.parent / "templates"
    app = Flask(__name__, template_folder=str(folder), static_folder=str(_PACKAGE / "web" / "static"))
    reports = Documents(store, most=report_files.MOST_BYTES, busy="report-busy")
    calendar = Calendar(settings=config, store=store, publisher=publisher, reports=reports, clock=clock)
    web.install(app, calendar, secret_key=settings.secret_key(config))
    return app


def open_store(config: Settings, clock: Clock = system) -> Store:
    """The store of a deployment, migrated; an empty one is filled with the catalogue."""
    config.database.parent.mkdir(parents=True, exist_ok=True)
    store = Store(config.database, mails=config.smtp is not None)
    store.migrate()
    if store.revision() == 0:
        loading.load(store, catalogue.parse(), now=clock())
    reindexing.renew(store, now=clock())
    news.renew(store, now=clock())
    loading.retell(store, now=clock())
    return store
