"""The one place where pages get their headers: security, caching, validators."""

from flask import Flask, Response, request, session

from calendar_app.web import current

# No inline script or style anywhere; forms go here alone; nobody frames a page.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
_STATIC = "/static/"


def install(app: Flask) -> None:
    """Gives every answer of the pages its headers."""
    app.after_request(_secured)
    app.after_request(_validated)


def _secured(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if current.publisher().base.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _validated(response: Response) -> Response:
    """`no-cache` and an ETag for what anyone may see; `no-store` where someone is signed in or a form was given out."""
    if request.path.startswith(_STATIC):
        if response.status_code == 200 and "v" in request.args:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
    private = session.accessed or request.cookies.get(current.COOKIE)
    if private or request.method not in {"GET", "HEAD"} or response.status_code != 200:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
