"""Once: a request with an idempotency key is carried out once, and answered alike each time it comes again."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calendar_app import accounts
from calendar_app.store import Store, idempotency
from calendar_app.store.connection import text_of
from calendar_app.store.idempotency import Kept
from calendar_app.store.joined import Joined
from calendar_app.web.api.problems import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a request is answered with. `secret` is the token at the end of its `link`."""

    status: int
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    secret: str = ""


def carry_out(
    store: Store, act: Callable[[Store], Answer], *, bearer: str, key: str, request: bytes, now: datetime
) -> Answer:
    """The answer of what `act` does, done only if the bearer's key was not answered within the last day.

    What is done and its answer are written together, so that a crash leaves both or neither. Requests that come at
    once wait for one another.

    Raises:
        RefusedError: another request came with the same key.
    """
    owner, digest = accounts.hash_token(bearer), hashlib.sha256(request).hexdigest()
    with store.change(now, actor="api") as change:
        kept = idempotency.find(change, owner=owner, key=key)
        if kept is None:
            answer = act(Joined(store, change))
            pad = _pad(bearer, key, change.now)
            idempotency.keep(change, _to_keep(answer, digest, change.now, pad), owner=owner, key=key)
            return answer
    if kept.request != digest:
        raise RefusedError("key-reused", "key-reused")
    return _again(kept, _pad(bearer, key, kept.at))


def _to_keep(answer: Answer, digest: str, at: datetime, pad: bytes) -> Kept:
    body = dict(answer.body)
    if answer.secret:
        body |= {"link": body["link"].removesuffix(answer.secret), "sealed": _padded(answer.secret, pad)}
    return Kept(request=digest, at=at, status=answer.status, headers=answer.headers, body=body)


def _again(kept: Kept, pad: bytes) -> Answer:
    body = dict(kept.body)
    secret = _bared(body.pop("sealed"), pad) if "sealed" in body else ""
    if secret:
        body["link"] += secret
    return Answer(status=kept.status, headers=kept.headers, body=body, secret=secret)


def _pad(bearer: str, key: str, at: datetime) -> bytes:
    """What hides a private link in the record, which holds no token: it comes of the bearer's, and is used once."""
    return hmac.digest(bearer.encode(), f"{text_of(at)} {key}".encode(), "sha512")


def _padded(secret: str, pad: bytes) -> str:
    """A token of 64 characters at most with a pad laid over it, in hexadecimal digits."""
    return _over(secret.encode(), pad).hex()


def _bared(sealed: str, pad: bytes) -> str:
    return _over(bytes.fromhex(sealed), pad).decode()


def _over(text: bytes, pad: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(text, pad[: len(text)], strict=True))
