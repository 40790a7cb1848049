"""calendar-app mail: sends what waits in the outbox; `serve` does so too, in a thread of its own."""

import argparse
import time
from contextlib import closing

import structlog

from calendar_app import mail, open_store, settings, texts
from calendar_app.mail import Delivered
from calendar_app.settings import Settings, Smtp
from calendar_app.store import Store, deployment, outbox
from calendar_app.web.clock import system

_SECONDS = 10.0


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Puts the command beside the others."""
    words = "send the mail that waits; 1 if some could not be sent"
    command = commands.add_parser("mail", help=words, description=words)
    command.add_argument("--watch", action="store_true", help="go on, and send what comes")
    command.set_defaults(run=run)


def run(given: argparse.Namespace, config: Settings) -> int:
    """Sends what is due; gives the exit status.

    Raises:
        ValueError: no mail server is set.
    """
    if config.smtp is None:
        raise ValueError("CALENDAR_SMTP is not set, so no mail is sent")
    with closing(open_store(config)) as store:
        base = config.base or deployment.base(store) or settings.DEFAULT_BASE
        if given.watch:
            watch(store, config.smtp, base)
        done = _deliver(store, config.smtp, base)
        print(
            f"sent: {done.sent}, failed: {done.failed}, given up: {done.lost}, waiting: {outbox.state(store).waiting}"
        )
        return int(bool(done.failed or done.lost))


def watch(store: Store, smtp: Smtp, base: str) -> None:
    """Sends what is due every few seconds; never stops, whatever a mail server or database does meanwhile."""
    while True:
        try:
            done = _deliver(store, smtp, base)
            if done.failed or done.lost:
                told = {"failed": done.failed, "lost": done.lost, "problem": outbox.state(store).problem}
                structlog.get_logger().warning("mail was not sent", **told)
        except Exception as error:
            structlog.get_logger().error("mail was not sent", exc_info=error)
        time.sleep(_SECONDS)


def _deliver(store: Store, smtp: Smtp, base: str) -> Delivered:
    return mail.deliver(store, smtp, base=base, texts=texts.of("en"), now=system())
