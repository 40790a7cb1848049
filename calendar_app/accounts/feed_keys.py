"""Keys of private feeds: feed readers can't sign in, so the address itself says whose it is and proves it."""

import base64
import hashlib
import hmac
import re

from calendar_app.store import Store
from calendar_app.store import accounts as people
from calendar_app.store.accounts import Account


def key_of(account: Account, secret: str) -> str:
    """The key of an account's feeds, made from the application's `secret`; another password makes another key."""
    told = f"feeds\n{account.id}\n{account.password_hash}"
    digest = hmac.new(secret.encode(), told.encode(), hashlib.sha256).digest()
    return f"{account.id}-{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def editor_of(store: Store, key: str, secret: str) -> Account | None:
    """The editor whose key it is; None for no such key, a closed account, or one that may not edit any more."""
    number = key.partition("-")[0]
    account = people.by_id(store, int(number)) if re.fullmatch("[1-9][0-9]{0,8}", number) else None
    if account is None or account.closed or not account.edits:
        return None
    same = hmac.compare_digest(key_of(account, secret).encode(), key.encode("utf-8", "replace"))
    return account if same else None
