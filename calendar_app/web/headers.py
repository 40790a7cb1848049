"""The one place where pages get their headers: security, caching, validators."""

from typing import cast
from urllib.parse import urlsplit, urlunsplit

from flask import Flask, Response, current_app, g, redirect, request
from werkzeug.wrappers import Response as ResponseBase

from calendar_app import addresses
from calendar_app.web import current
from calendar_app.web.static_files import versions

# No inline script or style anywhere; forms go here alone; nobody frames a page but the one that is made for it.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
_FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
_STATIC = "/static/"
# Whoever has one of these addresses may use it, so it is told to nobody.
_LINKS = (addresses.SETUP, addresses.INVITE, addresses.RESET, "/submissions")
_SECRET = (*(f"{path}/" for path in _LINKS), addresses.QUEUE_FEED)


def secret() -> bool:
    """Whether the address of the request is a secret."""
    return request.path.startswith(_SECRET)


def keep(seconds: int) -> None:
    """Lets anyone keep the answer for so long, since it is the same whoever asks."""
    g.kept, g.account = seconds, None


def install(app: Flask) -> None:
    """Gives every answer of the pages its headers."""
    app.extensions[_STATIC] = frozenset(versions(app.static_folder or "").values())
    app.after_request(_secured)
    app.after_request(_validated)
    app.after_request(_here)


def _kept_for_ever() -> frozenset[str]:
    """The addresses of the static files as they are now; what a page of an older release names is not kept."""
    return cast("frozenset[str]", current_app.extensions[_STATIC])


def _here(response: Response) -> ResponseBase:
    """A redirect within the site. Flask's own, from `/events//x` or no path at all, names the request's Host."""
    parts = urlsplit(response.location or "")
    if not parts.netloc:
        return response
    return redirect(urlunsplit(("", "", f"/{parts.path.lstrip('/')}", parts.query, "")), code=response.status_code)


def _secured(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _FRAMED if request.path == addresses.EMBED else POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer" if secret() else "strict-origin-when-cross-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if current.publisher().base.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _validated(response: Response) -> Response:
    """`no-cache` and an ETag for what anyone may see; `no-store` where someone is signed in or a form was given out."""
    if request.path.startswith(_STATIC) and response.status_code < 400:
        if response.status_code == 200 and request.full_path in _kept_for_ever():
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    # Flask-WTF keeps the token that it gave to a form here; asking the session would count as using it.
    signed_in = not {"cookieless", "kept"} & set(g) and request.cookies.get(current.COOKIE)
    private = "private" in g or "csrf_token" in g or signed_in
    if private or request.method not in {"GET", "HEAD"} or response.status_code != 200:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = f"public, max-age={g.kept}" if "kept" in g else "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
