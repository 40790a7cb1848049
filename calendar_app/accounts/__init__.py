"""Accounts: making them, signing in and out, links that make or reopen one, and tokens of the API."""

from calendar_app.accounts.administering import change_role, close, give_series, reopen
from calendar_app.accounts.hashes import LONGEST_PASSWORD, SHORTEST_PASSWORD, hash_token
from calendar_app.accounts.links import (
    INVITE,
    RESET,
    SETUP,
    accept_invite,
    invite,
    link_of,
    make_reset_link,
    make_setup_link,
    reset_password,
    set_up,
    setup_holds,
    withdraw_invite,
)
from calendar_app.accounts.making import ROLES, create
from calendar_app.accounts.sessions import (
    SESSION,
    change_password,
    of_session,
    sign_in,
    sign_out,
    sign_out_everywhere,
)
from calendar_app.accounts.tokens import LONGEST_DAYS, make_token, of_token, revoke_token, scopes_of

__all__ = [
    "INVITE",
    "LONGEST_DAYS",
    "LONGEST_PASSWORD",
    "RESET",
    "ROLES",
    "SESSION",
    "SETUP",
    "SHORTEST_PASSWORD",
    "accept_invite",
    "change_password",
    "change_role",
    "close",
    "create",
    "give_series",
    "hash_token",
    "invite",
    "link_of",
    "make_reset_link",
    "make_setup_link",
    "make_token",
    "of_session",
    "of_token",
    "reopen",
    "reset_password",
    "revoke_token",
    "scopes_of",
    "set_up",
    "setup_holds",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "withdraw_invite",
]
