"""If-Match: a change is made only to what its sender saw (RFC 9110 §13.1.1, RFC 6585 §3)."""

import re

from flask import request

from calendar_app.web.api.problems import RefusedError

# A tag that was sent with a compressed answer carries the name of the coding after its own.
_TAG = re.compile(r'(W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_CODING = re.compile(r':(gzip|br|zstd|deflate)(?="$)')


def check(etag: str) -> None:
    """Refuses a change of what has the tag now, unless the request names it.

    Raises:
        RefusedError: 428 for no If-Match, 412 for another tag, a weak one or what is none.
    """
    given = request.headers.get("If-Match")
    if given is None:
        raise RefusedError("unconditional", "match-none")
    if given.strip() == "*":
        return
    between = _TAG.sub("", given).strip(", \t")
    strong = {_CODING.sub("", tag) for weak, tag in _TAG.findall(given) if not weak}
    if between or etag not in strong:
        raise stale()


def stale() -> RefusedError:
    """What is said where the event is not as the request has it."""
    return RefusedError("changed", "match-stale")
