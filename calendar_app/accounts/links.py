"""Links that are used once: the first account's, an invite's, a new password's."""

from datetime import datetime, timedelta

from calendar_app.accounts import making, sessions
from calendar_app.accounts.hashes import hash_password, hash_token, new_token, unfit
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.fields import is_email
from calendar_app.store import Change, Store, account_links, journal, outbox
from calendar_app.store import accounts as kept
from calendar_app.store.account_links import Link
from calendar_app.store.accounts import Account

SETUP, INVITE, RESET = timedelta(days=7), timedelta(days=7), timedelta(hours=24)


def make_setup_link(store: Store, *, now: datetime) -> str | None:
    """The token of a new set-up link while nobody has an account, else None. Earlier links then no longer hold."""
    if kept.any_there(store):
        return None
    token = new_token()
    with store.change(now, actor="accounts") as change:
        kept.add_setup_link(change, token_hash=hash_token(token), expires=now + SETUP)
    return token


def setup_holds(store: Store, token: str, *, now: datetime) -> bool:
    """Whether a set-up link can still be used."""
    return not kept.any_there(store) and kept.setup_link_holds(store, hash_token(token), now=now)


def set_up(store: Store, *, token: str, email: str, password: str, now: datetime) -> str:
    """Makes the first account, an administrator's, and takes the link out of use; gives a session's token.

    Raises:
        NotFoundError: the link was used or is too old.
        ProblemsError: as `create`.
    """
    if not setup_holds(store, token, now=now):
        raise NotFoundError("link-used")
    making.check(email, password)
    password_hash = hash_password(password)
    with store.change(now, actor="accounts") as change:
        # Asked again inside the transaction: an account may have been made while this password was hashed.
        if kept.any_there(store) or not kept.use_setup_link(change, hash_token(token)):
            raise NotFoundError("link-used")
        account = making.add(change, email=email, role="admin", password_hash=password_hash)
        return sessions.start(change, account)


def invite(store: Store, *, email: str, role: str, by: Account, now: datetime) -> str:
    """The token of a link that makes an account with this e-mail and role; an earlier one no longer holds.

    Raises:
        ProblemsError: an e-mail that is none or has an account, a role that is none.
    """
    email = email.strip()
    problems = [] if is_email(email) else [Problem(field="email", error=CalendarError("email-unreadable"))]
    if role not in making.ROLES:
        problems.append(Problem(field="account_role", error=CalendarError("account-role")))
    if not problems and kept.by_email(store, email):
        problems.append(Problem(field="email", error=CalendarError("account-twice")))
    if problems:
        raise ProblemsError(problems)
    with store.change(now, actor=by.email) as change:
        link = Link(kind="invite", email=email, role=role, account=None, expires=now + INVITE, created_by=by.email)
        journal.add(change, action="account-invited", subject=email, detail=role)
        return _keep(change, store, link)


def withdraw_invite(store: Store, *, email: str, by: Account, now: datetime) -> None:
    """Takes an invite out of use.

    Raises:
        NotFoundError: there is none for this e-mail.
    """
    with store.change(now, actor=by.email) as change:
        if not is_email(email) or not account_links.remove(change, kind="invite", email=email):
            raise NotFoundError("invite-unknown")
        journal.add(change, action="invite-withdrawn", subject=email)


def make_reset_link(store: Store, number: int, *, by: Account, now: datetime) -> str:
    """The token of a link that sets an account's password anew; an earlier one no longer holds.

    Raises:
        NotFoundError: there is no such account.
        ConflictError: it is closed.
    """
    with store.change(now, actor=by.email) as change:
        account = kept.by_id(store, number)
        if account is None:
            raise NotFoundError("account-unknown")
        if account.closed:
            raise ConflictError("account-closed")
        journal.add(change, action="reset-made", subject=account.email)
        link = Link(
            kind="reset",
            email=account.email,
            role=account.role,
            account=account.id,
            expires=now + RESET,
            created_by=by.email,
        )
        return _keep(change, store, link)


def link_of(store: Store, token: str, *, kind: str, now: datetime) -> Link:
    """What an invite or a reset is for.

    Raises:
        NotFoundError: it was used or withdrawn, or is too old.
    """
    link = account_links.find(store, hash_token(token), kind=kind, now=now)
    if link is None or (kind == "invite" and kept.by_email(store, link.email)):
        raise NotFoundError("link-used")
    return link


def accept_invite(store: Store, token: str, *, password: str, now: datetime) -> str:
    """Makes the account that an invite is for, and takes the link out of use; gives a session's token.

    Raises:
        NotFoundError: as `link_of`.
        ProblemsError: a password too short or too long.
    """
    password_hash = _hash_for(store, token, password, kind="invite", now=now)
    with store.change(now, actor=link_of(store, token, kind="invite", now=now).email) as change:
        link = _use(store, change, token, kind="invite")
        account = making.add(change, email=link.email, role=link.role, password_hash=password_hash)
        return sessions.start(change, account)


def reset_password(store: Store, token: str, *, password: str, now: datetime) -> str:
    """Sets an account's password anew, ends all its sessions and the link's use; gives a new session's token.

    Raises:
        NotFoundError: as `link_of`.
        ProblemsError: a password too short or too long.
    """
    password_hash = _hash_for(store, token, password, kind="reset", now=now)
    with store.change(now, actor=link_of(store, token, kind="reset", now=now).email) as change:
        account = _use(store, change, token, kind="reset").account or 0
        kept.set_password(change, account, password_hash)
        kept.end_sessions(change, account)
        journal.add(change, action="password-reset", subject=change.actor)
        return sessions.start(change, account)


def _keep(change: Change, store: Store, link: Link) -> str:
    """The token of a link, which is mailed too where mail is sent."""
    token = new_token()
    account_links.add(change, link, token_hash=hash_token(token))
    if store.mails:
        data = {"token": token, "role": link.role, "by": link.created_by}
        outbox.add(change, kind=link.kind, recipient=link.email, data=data)
    return token


def _hash_for(store: Store, token: str, password: str, *, kind: str, now: datetime) -> str:
    """The slow hash, made outside the transaction and only for a link that holds."""
    link_of(store, token, kind=kind, now=now)
    if problems := unfit(password):
        raise ProblemsError(problems)
    return hash_password(password)


def _use(store: Store, change: Change, token: str, *, kind: str) -> Link:
    # Asked again inside the transaction: another may have used the link while this password was hashed.
    link = link_of(store, token, kind=kind, now=change.now)
    account_links.remove(change, kind=kind, email=link.email)
    return link
