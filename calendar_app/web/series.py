"""Series: the directory of all of them, and the page of one with its editions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, abort, redirect, render_template, request

from calendar_app import addresses, cadence
from calendar_app.cadence import Expectation
from calendar_app.engagement import Engagement
from calendar_app.errors import NotFoundError
from calendar_app.events import Event, Series
from calendar_app.places import fold
from calendar_app.selection import Selection
from calendar_app.store import engagements, events, news, search, sessions, stated
from calendar_app.store import series as kept
from calendar_app.topics import SDGS, SERIES_KINDS, THEMES, Role
from calendar_app.web import current, query, series_standing, statements, subscribing, views
from calendar_app.web.dates import DateBlock
from calendar_app.web.listing import Row
from calendar_app.web.series_words import rhythm
from calendar_app.web.told import Line, Teller

pages = Blueprint("series", __name__)

# However long a series is, its page costs the same.
_MOST_EDITIONS, _MOST_COMING = 40, 10
_MOST_NEWS = 5
_ASKED = ("kind", "q", "role")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An event as one of its series: its title in three, of which the second is its number, "" if it tells none."""

    row: Row
    title: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A session that the rhythm of a series makes likely, as a date block in brackets."""

    told: Expectation
    date: DateBlock


@pages.get(addresses.SERIES)
def all_series() -> str:
    """Every series by its kind, those without dated events too; of one kind or role, or with some words, if asked."""
    asked, store, today = _asked(), current.store(), current.today()
    directory = list(kept.directory(store).values())
    found = [each for each in directory if _fits(each, asked)]
    kinds = [(kind, [each for each in found if each.kind is kind]) for kind in SERIES_KINDS]
    sizes = Counter[str](each.kind for each in directory)
    held = Counter[str](role for each in directory for role in {part.role for part in each.roles})
    return render_template(
        "series_directory.html",
        asked=asked,
        kinds=[(kind, its) for kind, its in kinds if its],
        choices=[("kind", _in_order(SERIES_KINDS, sizes)), ("role", _in_order(Role, held))],
        link=lambda **more: _link(asked | more),
        found=len(found),
        rhythms={each.key: rhythm(each, current.texts()) for each in found},
        counts=search.counts(store, Selection(), ["series"])["series"],
        next=sessions.next_of_all(store, today=today),
        last=sessions.last_of_all(store, today=today),
        told=stated.of_series(store),
    )


@pages.get(f"{addresses.SERIES}/<key>")
def one_series(key: str) -> str:
    """A series, its editions, when the next may be expected, and ITU's part in it."""
    store, today = current.store(), current.today()
    found = kept.directory(store).get(key)
    if found is None:
        raise NotFoundError("series-none", name=key)
    chosen = Selection.of(series=key)
    coming, editions = _editions(chosen)
    upcoming = replace(chosen, when="upcoming")
    told = statements.of(_told(key, editions))
    return render_template(
        "series.html",
        series=found,
        rhythm=rhythm(found, current.texts()),
        themes=[THEMES[theme] for theme in found.themes],
        sdgs=[SDGS[number] for number in found.sdgs],
        years=statements.by_year(told),
        source=statements.source_of(told),
        told=len(told),
        all_told=stated.of_series(store).get(key, 0),
        standing=series_standing.of(found, told, editions),
        role_at=_role_at,
        event_roles=[] if found.roles else _roles(editions),
        selection=chosen,
        count=search.count(store, chosen),
        ways=views.ways(chosen, chosen),
        coming=current.listing().by_year(coming),
        upcoming=upcoming,
        more_coming=search.count(store, upcoming.at(today)) > len(coming),
        editions=[_edition(event, found) for event in reversed(editions)],
        hosts=_hosts(editions),
        expected=_expected(found, editions),
        changed=_changed(chosen),
        subscription=subscribing.of(current.publisher(), chosen, today=today),
    )


def _asked() -> dict[str, str]:
    """What the directory is narrowed to, by name; empty fields lead to the address without them (303).

    Raises:
        SelectionError: a kind or role that there is not.
    """
    sent = query.pairs()
    words = " ".join(request.args.get("q", "").split())
    given = {"kind": query.option("kind", [*SERIES_KINDS]), "q": words, "role": query.option("role", [*Role])}
    asked = {name: value for name, value in given.items() if value}
    if any(not value.strip() for name, value in sent if name in _ASKED):
        abort(redirect(_link(asked), code=303))
    return asked


def _link(asked: dict[str, str]) -> str:
    return views.with_pairs(addresses.SERIES, [(name, value) for name, value in sorted(asked.items()) if value])


def _in_order(vocabulary: Iterable[str], counted: Counter[str]) -> list[tuple[str, int]]:
    return [(value, counted[value]) for value in vocabulary if counted[value]]


def _fits(series: Series, asked: dict[str, str]) -> bool:
    if asked.get("kind", series.kind) != series.kind:
        return False
    if "role" in asked and asked["role"] not in {held.role for held in series.roles}:
        return False
    text = fold(" ".join((series.key, series.short_name, series.name, series.convener)))
    return all(word in text for word in fold(asked.get("q", "")).split())


def _editions(chosen: Selection) -> tuple[list[Event], list[Event]]:
    """The next events of a series, and with them the newest past ones: all of it, if it is no longer than that."""
    store, today = current.store(), current.today()
    upcoming, past = (replace(chosen, when=when).at(today) for when in ("upcoming", "past"))
    coming = events.by_ids(store, search.ids(store, upcoming, most=_MOST_COMING))
    numbers = search.ids(store, past, most=_MOST_EDITIONS - len(coming), newest_first=True)
    return coming, events.by_ids(store, numbers) + coming


def _edition(event: Event, series: Series) -> Edition:
    number = cadence.number(event.title, series.short_name, series.name)
    title = event.title.partition(number) if number else (event.title, "", "")
    return Edition(row=current.listing().row(event, year=True), title=title)


def _hosts(editions: Sequence[Event]) -> list[tuple[str, int]]:
    """The cities that hosted these events, or are to, each with their number; none of those that are off."""
    cities = Counter(event.city for event in editions if event.city and not event.off)
    return sorted(cities.items(), key=lambda host: (-host[1], fold(host[0])))


def _expected(series: Series, editions: Sequence[Event]) -> list[Expected]:
    """The sessions that may be expected in the next two years and are not recorded."""
    told, texts = cadence.expected(series, editions, today=current.today()), current.texts()
    found = []
    for each in told:
        first, last = each.span.first, each.span.last
        months = texts.month_short(first)
        if (first.year, first.month) != (last.year, last.month):
            months = f"{months}–{texts.month_short(last)}"
        date = DateBlock(lines=(months,), note=str(last.year), vague=True, dashed=True, gone=False)
        found.append(Expected(told=each, date=date))
    return found


def _changed(chosen: Selection) -> list[Line]:
    """What changed lately: what was recorded since the calendar began, then what was announced before."""
    publisher, asked = current.publisher(), news.Asked(selection=chosen, later=True)
    teller = Teller(publisher=publisher)
    recorded = [teller.recorded(each) for each in publisher.told(asked, most=_MOST_NEWS)]
    return (recorded + [teller.announced(each) for each in publisher.moves(asked)])[:_MOST_NEWS]


def _told(key: str, editions: Sequence[Event]) -> list[Engagement]:
    """What ITU did in a series as a whole, and at those of its editions that the page shows; the newest of it."""
    store = current.store()
    at_editions = engagements.of_period(store, (event.uid for event in editions), ())
    told = {each.uid: each for each in (*engagements.of_series(store, key), *at_editions)}
    return sorted(told.values(), key=lambda each: -each.year)[: engagements.MOST]


def _role_at(role: Role) -> str:
    """Where ITU has a role: its events, or its series if none of them has a dated event."""
    dated = search.counts(current.store(), Selection(), ["role"])["role"]
    return addresses.events(Selection.of(role=role).query) if role in dated else _link({"role": role})


def _roles(its_events: Sequence[Event]) -> list[tuple[Role, int]]:
    """ITU's own roles at the events of a series, each with their number."""
    return Counter(role for event in its_events for role in event.roles).most_common()
