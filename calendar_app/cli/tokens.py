"""calendar-app token create: a token of the API, printed once."""

import argparse
from contextlib import closing

from calendar_app import accounts, open_store
from calendar_app.errors import NotFoundError
from calendar_app.settings import Settings
from calendar_app.store import accounts as kept
from calendar_app.store.tokens import SCOPES
from calendar_app.web.clock import system


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Puts the command beside the others."""
    words = "make a token of the API for an account, and print it once"
    command = commands.add_parser("token", help=words, description=words)
    command.add_argument("action", choices=["create"])
    command.add_argument("email", help="whose token it is")
    command.add_argument("--name", default="command line", help="what will use it")
    command.add_argument("--scope", choices=SCOPES, default="read", help="what it may do (default: read)")
    command.add_argument("--days", type=int, default=90, help="how long it holds, 1 to 366 (default: 90)")
    command.set_defaults(run=run)


def run(given: argparse.Namespace, config: Settings) -> int:
    """Makes the token; gives the exit status."""
    with closing(open_store(config)) as store:
        account = kept.by_email(store, given.email)
        if account is None:
            raise NotFoundError("account-unknown")
        print(accounts.make_token(store, account, name=given.name, scope=given.scope, days=given.days, now=system()))
    return 0
