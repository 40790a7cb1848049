"""What a request is answered with: the store, the publisher, the words, the moment, and who asks."""

import ipaddress
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import current_app, g, request

from calendar_app import accounts
from calendar_app.errors import DeniedError
from calendar_app.publish import Documents, Publisher
from calendar_app.settings import Settings
from calendar_app.store import Store, series
from calendar_app.store.accounts import Account
from calendar_app.texts import Texts
from calendar_app.web.clock import Clock
from calendar_app.web.listing import Listing

EXTENSION = "un-forum-calendar"
COOKIE = "calendar_session"
MOST_BODY = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the application was made with; `reports` keeps the files of reports."""

    settings: Settings
    store: Store
    publisher: Publisher
    reports: Documents
    clock: Clock


def calendar() -> Calendar:
    """What this application was made with."""
    return cast(Calendar, current_app.extensions[EXTENSION])


def store() -> Store:
    """The record."""
    return calendar().store


def publisher() -> Publisher:
    """Who renders documents."""
    return calendar().publisher


def texts() -> Texts:
    """The words of the request's language."""
    return publisher().texts


def now() -> datetime:
    """The moment of the request (UTC); the same however often it is asked for."""
    if "now" not in g:
        g.now = calendar().clock()
    return cast(datetime, g.now)


def today() -> date:
    """The day of the request (UTC)."""
    return now().date()


def listing() -> Listing:
    """How events become rows."""
    return Listing(texts=texts(), series=series.directory(store()), today=today())


def edits() -> bool:
    """Whether an editor is signed in."""
    who = account()
    return who is not None and who.edits


def account() -> Account | None:
    """Who is signed in."""
    token = request.cookies.get(COOKIE, "")
    if "account" not in g:
        g.account = accounts.of_session(store(), token, now=now())
    return cast("Account | None", g.account)


def number(name: str) -> int:
    """A number that a page wrote into its own form; -1, which is none of them, for anything else."""
    text = request.form.get(name, "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1


def network() -> str:
    """Who asks: an IPv4 address, or the /64 of an IPv6 address, all of which one subscriber has."""
    given = request.remote_addr or "127.0.0.1"
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if isinstance(address, ipaddress.IPv4Address) or address.ipv4_mapped:
        return given
    return str(ipaddress.IPv6Network((int(address), 64), strict=False))


class SignInFirst(Exception):  # noqa: N818 - no error: the way to the sign-in page and back
    """Nobody is signed in."""


def signed_in() -> Account:
    """Who is signed in.

    Raises:
        SignInFirst: nobody is.
    """
    who = account()
    if who is None:
        raise SignInFirst
    return who


def editor() -> Account:
    """The editor who is signed in.

    Raises:
        SignInFirst: nobody is.
        DeniedError: someone whose account may not edit.
    """
    who = signed_in()
    if not who.edits:
        raise DeniedError("not-yours")
    return who


def admin() -> Account:
    """The administrator who is signed in.

    Raises:
        SignInFirst: nobody is.
        DeniedError: someone who is none.
    """
    who = signed_in()
    if not who.administers:
        raise DeniedError("not-yours")
    return who
