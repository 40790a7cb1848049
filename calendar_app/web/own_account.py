"""One's own account: its password, its tokens of the API, its sessions."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from calendar_app import accounts, addresses
from calendar_app.errors import DeniedError, ProblemsError
from calendar_app.store import accounts as kept
from calendar_app.store import series, tokens
from calendar_app.store.accounts import Account
from calendar_app.web import current, done, once
from calendar_app.web.account import signed_in, signed_out
from calendar_app.web.form import told

pages = Blueprint("own_account", __name__)

_TOKEN_DAYS = (7, 30, 90, 180, accounts.LONGEST_DAYS)


@pages.get(addresses.ACCOUNT)
def account() -> str:
    """What is on record of who is signed in."""
    return _page(current.signed_in())


@pages.post(addresses.ACCOUNT)
def change() -> Response | tuple[str, int]:
    """Changes the password, makes or revokes a token, or signs out everywhere."""
    who, do = current.signed_in(), request.form.get("do", "")
    try:
        if do == "password":
            return _changed_password(who)
        if do == "token":
            return _made_token(who)
        if do == "everywhere":
            accounts.sign_out_everywhere(current.store(), who, now=current.now())
            return signed_out()
    except ProblemsError as error:
        return _page(who, told(error.problems)), 422
    except DeniedError as error:
        return _page(who, {"current_password": current.texts().error(error)}), 429
    accounts.revoke_token(current.store(), who, current.number("revoke"), now=current.now())
    done.tell("token-revoked")
    return redirect(addresses.ACCOUNT, code=303)


def _changed_password(who: Account) -> Response:
    session = accounts.change_password(
        current.store(),
        who,
        current=request.form.get("current_password", ""),
        password=request.form.get("password", ""),
        address=current.network(),
        now=current.now(),
    )
    done.tell("password")
    return signed_in(session, addresses.ACCOUNT)


def _made_token(who: Account) -> Response:
    token = accounts.make_token(
        current.store(),
        who,
        name=request.form.get("token_name", ""),
        scope=request.form.get("scope", ""),
        days=current.number("days"),
        now=current.now(),
    )
    once.keep("token", token)
    return redirect(addresses.ACCOUNT, code=303)


def _page(who: Account, problems: dict[str, str] | None = None) -> str:
    store = current.store()
    keys = kept.owned_series(store, who.id)
    return render_template(
        "account.html",
        who=who,
        problems=problems or {},
        given={name: request.form.get(name, "") for name in ("token_name", "scope", "days")},
        owned=[each for key, each in series.directory(store).items() if key in keys],
        tokens=tokens.of_account(store, who.id),
        new_token=once.take("token"),
        scopes=accounts.scopes_of(who.role),
        token_days=_TOKEN_DAYS,
        sessions=kept.count_sessions(store, who.id, now=current.now()),
        least=accounts.SHORTEST_PASSWORD,
        moment=current.now(),
    )
