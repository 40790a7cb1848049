"""The accounts at the desk, for administrators: who has one, who is invited, and what each may do."""

import re
from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import accounts, addresses
from calendar_app.errors import ConflictError, NotFoundError, ProblemsError
from calendar_app.store import account_links, series, tokens
from calendar_app.store import accounts as kept
from calendar_app.store.accounts import Account
from calendar_app.web import current, done, once
from calendar_app.web.choices import choices
from calendar_app.web.form import told

pages = Blueprint("accounts", __name__)


@pages.get(addresses.ACCOUNTS)
def directory() -> str:
    """Every account, open invite and token."""
    current.admin()
    return _directory_page()


@pages.post(addresses.ACCOUNTS)
def invite() -> Response | tuple[str, int]:
    """Invites someone, withdraws an invite, or revokes a token."""
    by, email = current.admin(), request.form.get("email", "")
    if request.form.get("revoke"):
        accounts.revoke_token(current.store(), by, current.number("revoke"), now=current.now())
        done.tell("token-revoked")
    elif request.form.get("withdraw"):
        accounts.withdraw_invite(current.store(), email=request.form["withdraw"], by=by, now=current.now())
        done.tell("invite-withdrawn", request.form["withdraw"])
    else:
        role = request.form.get("account_role", "")
        try:
            token = accounts.invite(current.store(), email=email, role=role, by=by, now=current.now())
        except ProblemsError as error:
            return _directory_page(told(error.problems)), 422
        once.keep("invite", token)
    return redirect(addresses.ACCOUNTS, code=303)


@pages.get(f"{addresses.ACCOUNTS}/<number>")
def account(number: str) -> str:
    """One account, and what can be done with it."""
    current.admin()
    return _page(_found(number))


@pages.post(f"{addresses.ACCOUNTS}/<number>")
def change(number: str) -> Response | tuple[str, int]:
    """Changes an account's role or series, closes or reopens it, or makes a link for a new password."""
    by, found = current.admin(), _found(number)
    act = _ACTS.get(request.form.get("do", ""))
    try:
        if act:
            act(found.id, by, current.now())
    except ProblemsError as error:
        return _page(found, problems=told(error.problems)), 422
    except ConflictError as error:
        return _page(_found(number), conflict=current.texts().error(error)), 409
    return redirect(addresses.desk_account(found.id), code=303)


def _role(number: int, by: Account, now: datetime) -> None:
    accounts.change_role(current.store(), number, role=request.form.get("account_role", ""), by=by, now=now)
    done.tell("account-role")


def _series(number: int, by: Account, now: datetime) -> None:
    accounts.give_series(current.store(), number, request.form.getlist("series"), by=by, now=now)
    done.tell("account-series")


def _close(number: int, by: Account, now: datetime) -> None:
    accounts.close(current.store(), number, by=by, now=now)
    done.tell("account-closed")


def _reopen(number: int, by: Account, now: datetime) -> None:
    accounts.reopen(current.store(), number, by=by, now=now)
    done.tell("account-reopened")


def _reset(number: int, by: Account, now: datetime) -> None:
    once.keep(f"reset {number}", accounts.make_reset_link(current.store(), number, by=by, now=now))


_ACTS: dict[str, Callable[[int, Account, datetime], None]] = {
    "role": _role,
    "series": _series,
    "close": _close,
    "reopen": _reopen,
    "reset": _reset,
}


def _found(number: str) -> Account:
    account = kept.by_id(current.store(), int(number)) if re.fullmatch("[0-9]{1,9}", number) else None
    if account is None:
        raise NotFoundError("account-unknown")
    return account


def _owned(account: Account) -> list[str]:
    """The short names of the series that an account owns, in their usual order."""
    keys = kept.owned_series(current.store(), account.id)
    return [each.short_name for key, each in series.directory(current.store()).items() if key in keys]


def _directory_page(problems: dict[str, str] | None = None) -> str:
    store, everyone = current.store(), kept.every(current.store())
    return render_template(
        "accounts.html",
        problems=problems or {},
        given={name: request.form.get(name, "") for name in ("email", "account_role")},
        people=everyone,
        last=kept.last_sign_ins(store),
        owned={each.id: _owned(each) for each in everyone},
        roles=accounts.ROLES,
        invites=account_links.open_invites(store, now=current.now()),
        tokens=tokens.every(store),
        moment=current.now(),
        link=_absolute(addresses.invite, once.take("invite")),
    )


def _page(found: Account, *, problems: dict[str, str] | None = None, conflict: str = "") -> str:
    store = current.store()
    return render_template(
        "desk_account.html",
        found=found,
        given={
            "series": request.form.getlist("series") if problems else sorted(kept.owned_series(store, found.id)),
            "account_role": found.role,
        },
        problems=problems or {},
        conflict=conflict,
        roles=accounts.ROLES,
        choices=choices(),
        last=kept.last_sign_ins(store).get(found.id),
        sessions=kept.count_sessions(store, found.id, now=current.now()),
        link=_absolute(addresses.reset, once.take(f"reset {found.id}")),
    )


def _absolute(address: Callable[[str], str], token: str) -> str:
    return current.publisher().base + address(token) if token else ""
