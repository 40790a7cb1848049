"""calendar-app: serve, load, import, publish, report, user, token, doctor."""

import argparse
import contextlib
import getpass
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import structlog

from calendar_app import (
    accounts,
    addresses,
    catalogue,
    create_app,
    doctor,
    edition,
    loading,
    open_store,
    settings,
    texts,
)
from calendar_app.cli import importing, mail, reporting, tokens
from calendar_app.errors import CalendarError, ProblemsError
from calendar_app.publish import Publisher
from calendar_app.settings import Settings
from calendar_app.store import deployment
from calendar_app.web import clients
from calendar_app.web.clock import system
from calendar_app.web.current import EXTENSION

_WATCH_SECONDS = 1.0
_THREADS = 8
_MOST_BODY = 4 * 2**20


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="calendar-app", description="The UN Forum Calendar.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = _command(commands, "serve", _serve, "run the site, and keep feeds/ published")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", default=8000, type=_port, help="port to listen on (default: 8000)")
    load = _command(commands, "load", _load, "bring the record up to the catalogue; twice changes nothing")
    load.add_argument("folder", nargs="?", type=Path, help="a folder of CSV files (default: the shipped ones)")
    importing.add_command(commands)
    edition = _command(commands, "publish", _publish, "write the edition into feeds/")
    edition.add_argument("--check", action="store_true", help="only compare the files with their addresses")
    edition.add_argument("--watch", action="store_true", help="go on, and publish every change")
    reporting.add_command(commands)
    user = _command(commands, "user", _user, "add an account")
    user.add_argument("action", choices=["add"])
    user.add_argument("email")
    user.add_argument("--role", choices=accounts.ROLES, default="editor")
    user.add_argument("--password-stdin", action="store_true", help="read the password as one line of standard input")
    tokens.add_command(commands)
    mail.add_command(commands)
    checked = _command(commands, "doctor", _doctor, "check every feed and the database; 1 if something is wrong")
    checked.add_argument("--all", action="store_true", help="print every feed and every finding")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; gives the exit status."""
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given, settings.read()))
    except ProblemsError as error:
        for problem in error.problems:
            where = f"{problem.file}:{problem.line}: {problem.field}" if problem.file else problem.field
            print(f"{where}: {_words(problem.error)}", file=sys.stderr)
    except CalendarError as error:
        print(_words(error), file=sys.stderr)
    except (OSError, ValueError) as error:
        print(f"calendar-app: {error}", file=sys.stderr)
    return 1


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise ValueError(text)
    return port


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace, Settings], int],
    words: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=words, description=words)
    command.set_defaults(run=run)
    return command


def _serve(given: argparse.Namespace, config: Settings) -> int:
    import waitress  # noqa: PLC0415 - the other commands don't need a server

    host = f"[{given.host}]" if ":" in given.host else given.host
    config = replace(config, base=config.base or f"http://{host}:{given.port}")
    app = create_app(config)
    calendar = app.extensions[EXTENSION]
    server = waitress.create_server(
        app,
        host=given.host,
        port=given.port,
        threads=_THREADS,
        ident=None,
        # A body up to here gets our own words of refusal; one beyond is refused unread.
        max_request_body_size=_MOST_BODY,
        channel_timeout=30,
        connection_limit=500,
        # What a trusted proxy says of who asks is read by the application (CALENDAR_TRUSTED_PROXIES).
        clear_untrusted_proxy_headers=not config.proxies,
    )
    deployment.keep_base(calendar.store, calendar.publisher.base, now=system())
    threading.Thread(target=_watch, args=(calendar.publisher, config.feeds), daemon=True).start()
    if config.smtp:
        told = (calendar.store, config.smtp, calendar.publisher.base)
        threading.Thread(target=mail.watch, args=told, daemon=True).start()
    print(f"The UN Forum Calendar is at {config.base}")
    if token := accounts.make_setup_link(calendar.store, now=system()):
        print(f"Nobody has an account yet. Make yours, once: {config.base}{addresses.setup(token)}")
    sys.stdout.flush()
    try:
        server.run()
    except KeyboardInterrupt:
        print("Stopped.")
    return 0


def _load(given: argparse.Namespace, config: Settings) -> int:
    store = open_store(config)
    told = catalogue.parse(given.folder)
    statements = loading.statements(store, told)
    decisions = loading.load(store, told, now=system())
    for verdict, count in loading.tally(decisions).items():
        print(f"{count:6} {verdict}")
    for key, decision in decisions.items():
        if decision.kept:
            print(f"{key}: an editor's word stands in {', '.join(decision.kept)}")
    for line in loading.told(statements):
        print(line)
    store.close()
    return 0


def _publish(given: argparse.Namespace, config: Settings) -> int:
    publisher = _publisher(config)
    today = system().date()
    if given.check:
        differing = edition.check(publisher, config.feeds, today=today)
        for path in differing:
            print(f"{path}: the file is not what its address gives")
        print(f"{len(differing)} of the edition's files differ")
        return int(bool(differing))
    print(f"{edition.write(publisher, config.feeds, today=today)} files written to {config.feeds}")
    if given.watch:
        _watch(publisher, config.feeds)
    return 0


def _publisher(config: Settings) -> Publisher:
    """Who renders under the address that is set, else the one that the database was last served under."""
    store = open_store(config)
    return Publisher(store, base=config.base or deployment.base(store) or settings.DEFAULT_BASE)


def _watch(publisher: Publisher, folder: Path) -> None:
    """Publishes whenever the data revision has moved on; never stops, whatever a disk or database does meanwhile."""
    published = -1
    while True:
        try:
            revision = publisher.store.revision()
            if revision != published:
                edition.write(publisher, folder, today=system().date())
                published = revision
        except Exception as error:
            structlog.get_logger().error("the edition was not published", folder=str(folder), exc_info=error)
        time.sleep(_WATCH_SECONDS)


def _user(given: argparse.Namespace, config: Settings) -> int:
    password = sys.stdin.readline().rstrip("\r\n") if given.password_stdin else _ask()
    store = open_store(config)
    accounts.create(store, email=given.email, password=password, role=given.role, now=system())
    store.close()
    print(f"{given.email} may sign in as {given.role}.")
    return 0


def _doctor(given: argparse.Namespace, config: Settings) -> int:
    if not config.database.is_file():
        raise CalendarError("store-none", name=str(config.database))
    # Before it is brought up to date, which may not be possible.
    if damaged := doctor.damage(config.database):
        for line in damaged:
            print(f"database: {line}")
        print("The database is damaged, and nothing else was checked. Restore a backup.")
        return 1
    publisher = _publisher(config)
    # What is logged meanwhile stays apart from the report.
    with contextlib.redirect_stdout(sys.stderr):
        report = doctor.report(publisher, config, today=system().date(), families=clients.NAMES, everything=given.all)
    publisher.store.close()
    for line in report.lines:
        print(line)
    return int(report.wrong)


def _ask() -> str:
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Once more: "):
        raise ValueError("the two passwords differ")
    return password


def _words(error: CalendarError) -> str:
    return texts.of("en").error(error)
