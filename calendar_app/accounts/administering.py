"""What administrators change of an account: its role, whether it is open, and the series that it owns."""

from collections.abc import Iterable
from datetime import datetime

from calendar_app.accounts.making import ROLES
from calendar_app.accounts.tokens import scopes_of
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.store import Store, account_links, journal, series, tokens
from calendar_app.store import accounts as kept
from calendar_app.store.accounts import Account


def change_role(store: Store, number: int, *, role: str, by: Account, now: datetime) -> None:
    """Gives an account another role; its sessions end, and the tokens and links that the new role may not make.

    Raises:
        NotFoundError: there is no such account.
        ProblemsError: there is no such role.
        ConflictError: it is the last administrator's.
    """
    if role not in ROLES:
        raise ProblemsError([Problem(field="account_role", error=CalendarError("account-role"))])
    with store.change(now, actor=by.email) as change:
        account = _account(store, number)
        if account.role == role:
            return
        _refuse_last(store, account)
        kept.set_role(change, number, role)
        kept.end_sessions(change, number)
        account_links.remove_made_by(change, account.email)
        for token in tokens.of_account(store, number):
            if token.scope not in scopes_of(role):
                tokens.remove(change, token.id)
        journal.add(change, action="role-changed", subject=account.email, detail=f"{account.role} → {role}")


def close(store: Store, number: int, *, by: Account, now: datetime) -> None:
    """Closes an account: nobody signs in with it, and its sessions, tokens and links end at once.

    So do the links that it made for others, one of which it may have kept to come back by.

    Raises:
        NotFoundError: there is no such account.
        ConflictError: it is one's own, or the last administrator's.
    """
    with store.change(now, actor=by.email) as change:
        account = _account(store, number)
        if account.closed:
            return
        if account.id == by.id:
            raise ConflictError("account-own")
        _refuse_last(store, account)
        kept.set_closed(change, number, closed=True)
        kept.end_sessions(change, number)
        account_links.remove(change, kind="reset", email=account.email)
        account_links.remove_made_by(change, account.email)
        for token in tokens.of_account(store, number):
            tokens.remove(change, token.id)
        journal.add(change, action="account-closed", subject=account.email)


def reopen(store: Store, number: int, *, by: Account, now: datetime) -> None:
    """Opens an account that was closed, with the password that it had.

    Raises:
        NotFoundError: there is no such account.
    """
    with store.change(now, actor=by.email) as change:
        account = _account(store, number)
        if account.closed:
            kept.set_closed(change, number, closed=False)
            journal.add(change, action="account-reopened", subject=account.email)


def give_series(store: Store, number: int, keys: Iterable[str], *, by: Account, now: datetime) -> None:
    """Makes an account own these series and no others.

    Raises:
        NotFoundError: there is no such account.
        ProblemsError: a key that is no series'.
    """
    wanted, known = sorted(set(keys)), series.directory(store)
    if unknown := [key for key in wanted if key not in known]:
        problem = Problem(field="series", error=CalendarError("choice-unknown", value=unknown[0]))
        raise ProblemsError([problem])
    with store.change(now, actor=by.email) as change:
        account = _account(store, number)
        if kept.owned_series(store, number) != frozenset(wanted):
            kept.set_owned_series(change, number, wanted)
            journal.add(change, action="series-given", subject=account.email, detail=", ".join(wanted))


def _account(store: Store, number: int) -> Account:
    account = kept.by_id(store, number)
    if account is None:
        raise NotFoundError("account-unknown")
    return account


def _refuse_last(store: Store, account: Account) -> None:
    others = [each for each in kept.every(store) if each.administers and not each.closed and each.id != account.id]
    if account.administers and not account.closed and not others:
        raise ConflictError("account-last")
