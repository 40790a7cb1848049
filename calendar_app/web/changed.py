"""What changed in a selection, with before and after."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request

from calendar_app import addresses, publish, selection
from calendar_app.changes import What
from calendar_app.errors import SelectionError
from calendar_app.events import Event
from calendar_app.publish import Narrowed
from calendar_app.selection import Selection
from calendar_app.store import events, news, search
from calendar_app.store.connection import moment_of
from calendar_app.topics import Kind
from calendar_app.web import current, query, views
from calendar_app.web.told import Line, Teller

pages = Blueprint("changes", __name__)

_MOST_ROWS = 50
_MOST_PAGES = 40
_MOST_MEANT = 8
# Whose sessions are offered to look back to.
_OURS = Selection.of(kind=Kind.GOVERNING_BODY, convener="ITU")
_MOST_SESSIONS = 3


@pages.get(addresses.CHANGES)
def changes() -> str | tuple[str, int]:
    """What changed, the newest first, since a day or an event if one is given."""
    wanted = views.asked(*publish.NAMES)
    narrowed, _ = publish.narrowed(request.args.items(multi=True))
    try:
        since = narrowed.first(current.store())
    except SelectionError as error:
        problem = current.texts().error(error)
        return _page(wanted, narrowed, problem=problem, meant=_meant(narrowed.since)), 400
    number, absolute = query.page(_MOST_PAGES), wanted.at(current.today())
    asked = news.Asked(selection=absolute, since=since, what=narrowed.what, later=not narrowed.what)
    told = current.publisher().told(asked, most=_MOST_ROWS + 1, offset=(number - 1) * _MOST_ROWS)
    more, begun = len(told) > _MOST_ROWS, _began()
    last = not more or number == _MOST_PAGES
    return _page(
        wanted,
        narrowed,
        since=since,
        groups=Teller(publisher=current.publisher()).by_month(told[:_MOST_ROWS]),
        earlier=_earlier(asked) if last else [],
        began=begun if last and not narrowed.what and begun and (since is None or since <= begun) else None,
        pages=[each for each in (number - 1, number + 1 if more and not last else 0) if each],
        number=number,
        capped=more and last,
    )


def _page(wanted: Selection, narrowed: Narrowed, *, since: date | None = None, problem: str = "", **more: Any) -> str:
    chosen = narrowed if not problem else replace(narrowed, since="")

    def at(other: Selection, *, kept: Narrowed = chosen, path: str = addresses.CHANGES) -> str:
        pairs = sorted([*other.pairs(), *kept.pairs()], key=selection.order)
        return addresses.view(path, selection.query(pairs))

    framed = views.frame("changes", wanted, wanted, at=at)
    texts = current.texts()
    told = {
        "problem": problem,
        "narrowed": narrowed,
        "since": since,
        "since_event": _named(narrowed, since),
        "kinds": [(what, texts.label("what", what)) for what in What],
        "whens": [(words, at(wanted, kept=replace(chosen, since=when)), when) for words, when in _whens()],
        "added": at(wanted, kept=replace(chosen, what=What.ADDED)),
        "whole": at(wanted, kept=publish.ALL),
        "paged": lambda page: views.with_pairs(at(wanted), [("page", str(page))] if page > 1 else []),
        "follow": {"address": current.publisher().base + at(wanted, path=addresses.CHANGES_FEED), "long": ""},
        "feed": at(wanted, path=addresses.CHANGES_FEED),
        "file": at(wanted, path=addresses.CHANGES_FILE),
        "groups": [],
        "earlier": [],
        "pages": [],
        "meant": [],
    }
    held = [*framed["held"], *chosen.pairs()]
    return render_template("changes.html", **{**framed, **told, **more, "held": held})


def _earlier(asked: news.Asked) -> list[tuple[bool, list[Line]]]:
    """The moves that were announced before their event was recorded: those of a known day, and the others."""
    moves, teller = current.publisher().moves(asked), Teller(publisher=current.publisher())
    parted = [
        (dated, [teller.announced(each) for each in moves if bool(each.announced) == dated]) for dated in (True, False)
    ]
    return [(dated, found) for dated, found in parted if found]


def _began() -> date | None:
    """The day on which the record begins."""
    moment = news.began(current.store())
    return moment_of(moment).date() if moment else None


def _named(narrowed: Narrowed, since: date | None) -> Event | None:
    """The event since which changes are told, if they are since one."""
    if since is None or narrowed.since == since.isoformat():
        return None
    return events.by_slug(current.store(), narrowed.since)


def _whens() -> list[tuple[str, str]]:
    """What changes may be looked back to with one click: words, and the value of `since`."""
    texts, today = current.texts(), current.today()
    numbers = search.ids(current.store(), replace(_OURS, before=today), most=_MOST_SESSIONS, newest_first=True)
    sessions = events.by_ids(current.store(), numbers)[::-1]
    named = [(texts.gettext("Since {event}").format(event=each.title), each.slug) for each in sessions]
    thirty = (today - timedelta(days=30)).isoformat()
    this_year = today.replace(month=1, day=1).isoformat()
    return [(texts.gettext("Last 30 days"), thirty), (texts.gettext("Since 1 January"), this_year), *named]


def _meant(text: str) -> list[Event]:
    """The events that someone may have meant who named one in their own words, the best first."""
    store, today = current.store(), current.today()
    try:
        words = selection.parse([("q", text)], views.known())
    except SelectionError:
        return []
    until = replace(words, before=today + timedelta(days=1))
    numbers = search.ids(store, until, most=_MOST_MEANT, by_relevance=True, today=today)
    return [event for number in numbers for event in events.by_ids(store, [number])]
