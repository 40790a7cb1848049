"""calendar-app report: the Council report of a period as a Word document, as text, or its table of events."""

import argparse
import sys
from contextlib import closing
from pathlib import Path

from calendar_app import open_store, reporting, settings, texts
from calendar_app.errors import CalendarError
from calendar_app.formats.report_files import FILES
from calendar_app.settings import Settings
from calendar_app.store import deployment


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Puts the command beside the others."""
    words = "write the Council report of a period, with its sources, as a file"
    command = commands.add_parser("report", help=words, description=words)
    bound = "a day (2016-01-01), or beside a session of Council, by its address (itu-council-2016)"
    command.add_argument("--from", required=True, dest="since", metavar="F", help=f"where it begins: {bound}")
    command.add_argument("--to", required=True, dest="until", metavar="T", help="where it ends: likewise")
    told = "a Word document, plain text, or the table of all its events"
    command.add_argument("--format", required=True, choices=FILES, help=told)
    command.add_argument("--output", type=Path, metavar="FILE", help="the file to write (default: standard output)")
    command.set_defaults(run=run)


def run(given: argparse.Namespace, config: Settings) -> int:
    """Writes the report; gives the exit status.

    Raises:
        CalendarError: a period that is none, or a Word document that a terminal would have to show.
    """
    if given.output is None and given.format == "docx" and sys.stdout.isatty():
        raise CalendarError("report-terminal")
    with closing(open_store(config)) as store:
        facts = reporting.gather(store, reporting.read(store, given.since, given.until))
        base = config.base or deployment.base(store) or settings.DEFAULT_BASE
    body = FILES[given.format].render(facts, texts.of("en"), base)
    if given.output is not None:
        given.output.write_bytes(body)
        return 0
    sys.stdout.buffer.write(body)
    sys.stdout.flush()
    return 0
