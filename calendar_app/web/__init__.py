"""The pages: one blueprint a module, all of them put on an application here."""

import sys
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, request
from flask_compress import Compress
from flask_limiter import Limiter
from flask_wtf.csrf import CSRFProtect, generate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from calendar_app import addresses
from calendar_app.catalogue import DATE
from calendar_app.store import polls as kept
from calendar_app.topics import SDGS
from calendar_app.web import (
    account,
    account_links,
    accounts,
    api,
    batches,
    browse,
    building,
    bulk,
    changed,
    coverage,
    current,
    deciding,
    desk,
    desk_event,
    desk_figures,
    desk_partners,
    desk_places,
    desk_report,
    desk_series,
    directories,
    done,
    embed,
    engagement,
    errors,
    feed_health,
    figures,
    headers,
    import_preview,
    importing,
    log,
    mapped,
    month,
    operation,
    overlaps,
    own_account,
    partners,
    picks,
    pictures,
    planner,
    proposal,
    queue_feed,
    report,
    selected,
    series,
    side_events,
    site_map,
    splitting,
    statement,
    submit,
    subscribe,
    subscribing,
    uploads,
    verify,
)
from calendar_app.web.current import Calendar
from calendar_app.web.polls import Polls
from calendar_app.web.static_files import versions
from calendar_app.web.tally import Tally, write_at_exit

_BLUEPRINTS = (
    *(browse, series, directories, subscribe, submit, desk, verify, desk_event, feed_health, account, operation),
    *(account_links, own_account, accounts, proposal, deciding, desk_series, splitting),
    *(log, queue_feed, importing, import_preview, batches, bulk),
    *(selected, month, planner, mapped, coverage, overlaps, changed),
    *(embed, pictures, site_map),
    *(engagement, statement, side_events),
    *(partners, report, figures, desk_report, desk_places, desk_figures, desk_partners),
)
# A stranger's posts alone; feeds and pages are never limited. What was taken up counts; a preview or a form that
# came back to be put right costs little.
_TAKEN = {"submit.send": "10 per minute; 100 per day", "proposal.amend": "10 per minute; 100 per day"}
_SENT = {
    "submit.send": "120 per minute",
    "proposal.amend": "120 per minute",
    "account.sign_in": "30 per minute",
    "account_links.set_up": "30 per minute",
    "account_links.accept": "30 per minute",
    "account_links.set_anew": "30 per minute",
    "subscribe.keep": "30 per minute; 600 per day",
}
# New short addresses of all strangers together, since each is kept for ever.
_NEW = {"subscribe.keep": "2000 per day"}


def install(app: Flask, calendar: Calendar, *, secret_key: str) -> None:
    """Puts pages, feeds and their limits on an application."""
    secure = calendar.publisher.base.startswith("https://")
    app.config.update(
        SECRET_KEY=secret_key,
        MAX_CONTENT_LENGTH=current.MOST_BODY,
        MAX_FORM_MEMORY_SIZE=current.MOST_BODY,
        SESSION_COOKIE_NAME="calendar_form",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        # It compares the Referer, which some browsers withhold, with a Host that a proxy may have changed.
        WTF_CSRF_SSL_STRICT=False,
        RATELIMIT_STORAGE_URI="memory://",
    )
    app.extensions[current.EXTENSION] = calendar
    app.url_map.converters["int"] = _Figures
    _log()
    Compress(app)
    headers.install(app)
    # Before anything reads the form, and with it the token.
    uploads.install(app)
    csrf = CSRFProtect(app)
    for module in _BLUEPRINTS:
        app.register_blueprint(module.pages)
    api.install(app, csrf)
    if calendar.settings.rate_limit:
        _limit(app)
    errors.install(app)
    _speak(app, calendar)
    tally = Tally(lambda counts: kept.add(calendar.store, counts, now=calendar.clock()))
    write_at_exit(tally)
    app.wsgi_app = Polls(app.wsgi_app, calendar.publisher, lambda: calendar.clock().date(), tally=tally)  # type: ignore[method-assign]
    if calendar.settings.proxies:
        count = calendar.settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0, x_prefix=0)  # type: ignore[method-assign]


class _Figures(IntegerConverter):
    """Numbers in an address: the figures 0 to 9, where its own pattern takes those of every script."""

    regex = "[0-9]+"


def _log() -> None:
    """Logs as lines of JSON on standard error, tracebacks without the values of variables."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        # Standard error as it is when something is logged, not as it was now.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def _limit(app: Flask) -> None:
    # Its decorators hold it weakly.
    app.extensions["limiter-kept"] = limiter = Limiter(current.network, app=app)
    for endpoint, limits in _SENT.items():
        _wrap(app, endpoint, limiter.limit(limits, exempt_when=current.edits))
    for endpoint, limits in _TAKEN.items():
        _wrap(app, endpoint, limiter.limit(limits, exempt_when=current.edits, deduct_when=_taken))
    for endpoint, limits in _NEW.items():
        everyone = limiter.limit(limits, key_func=lambda: "everyone", exempt_when=_nothing_new, deduct_when=_taken)
        _wrap(app, endpoint, everyone)
    for endpoint, limits in api.LIMITS.items():
        _wrap(app, endpoint, limiter.limit(limits, key_func=lambda: api.bearer.who() or current.network()))


def _wrap(app: Flask, endpoint: str, limit: Any) -> None:
    app.view_functions[endpoint] = limit(app.view_functions[endpoint])


def _nothing_new() -> bool:
    """Whether no short address would be kept for what was sent, or an editor sent it."""
    build = building.parse(list(request.form.items(multi=True)), current.store())
    return current.edits() or not subscribing.is_new(current.publisher(), build.selection, build.options)


def _taken(response: Response) -> bool:
    return response.status_code == 303


def _speak(app: Flask, calendar: Calendar) -> None:
    texts = calendar.publisher.texts
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(texts.gettext, texts.ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        at=addresses,
        texts=texts,
        base=calendar.publisher.base,
        facts_date=DATE.date(),
        mails=calendar.store.mails,
        static=versions(app.static_folder or ""),
        sdg_name=lambda number: SDGS[number].name,
        csrf_token=generate_csrf,
    )
    app.jinja_env.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    app.jinja_env.filters["host"] = lambda url: (urlsplit(url).hostname or url).removeprefix("www.")
    app.context_processor(_of_request)


def _of_request() -> dict[str, Any]:
    """What every page may show of who asks for it, and when."""
    told = {"account": current.account(), "today": current.today(), "here": request.path, "just_done": done.take}
    return told | {"desk_counts": desk.counts, "picks": picks.NONE, "mark": str}
