"""Histories made at the desk: the record's own moves and split, step by step, and what a subscriber ends with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from calendar_app import catalogue, desk, loading
from calendar_app.desk import Step
from calendar_app.events import Event
from calendar_app.publish import Publisher
from calendar_app.store import Store, events, history
from calendar_app.topics import Status
from tests.conftest import BASE, NOW
from tests.merging import RULES, Client, Shown
from tests.test_polls import Asked
from tests.webapp import Node, page, store_of

EDITOR = "editor@example.org"
Days = tuple[date, date, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An event as it was first announced, each of its moves with its reason, and what a subscriber sees after each."""

    series: str
    title: str
    moves: tuple[tuple[str, str, str, str], ...]
    seen: tuple[Days, ...]


def days(first: str, last: str, place: str) -> Days:
    return date.fromisoformat(first), date.fromisoformat(last), place


# As moves.csv and events.csv record them: dates, city, country, and why.
STORIES = {
    "cop-25": Story(
        series="unfccc-cop",
        title="COP 25",
        moves=(
            ("2-13 December 2019", "Santiago", "CL", ""),
            ("2-15 December 2019", "Madrid", "ES", "Chile withdrew; moved to Madrid on the same dates"),
        ),
        seen=(
            days("2019-12-02", "2019-12-13", "Santiago, Chile"),
            days("2019-12-02", "2019-12-15", "Madrid, Spain"),
        ),
    ),
    "cop-26": Story(
        series="unfccc-cop",
        title="COP 26",
        moves=(("9-20 November 2020", "Glasgow", "GB", ""), ("1-12 November 2021", "Glasgow", "GB", "COVID-19")),
        seen=(
            days("2020-11-09", "2020-11-20", "Glasgow, United Kingdom"),
            days("2021-11-01", "2021-11-12", "Glasgow, United Kingdom"),
        ),
    ),
    "wtsa-20": Story(
        series="itu-wtsa",
        title="WTSA-20",
        moves=(
            ("17-27 November 2020", "Hyderabad", "IN", ""),
            ("23 February - 5 March 2021", "Hyderabad", "IN", "COVID-19"),
            ("1-9 March 2022", "Geneva", "CH", "COVID-19; moved to Geneva"),
        ),
        seen=(
            days("2020-11-17", "2020-11-27", "Hyderabad, India"),
            days("2021-02-23", "2021-03-05", "Hyderabad, India"),
            days("2022-03-01", "2022-03-09", "Geneva, Switzerland"),
        ),
    ),
    "lldc3": Story(
        series="lldc-conference",
        title="LLDC3",
        moves=(
            ("10-13 December 2024", "Gaborone", "BW", ""),
            ("5-8 August 2025", "Awaza", "TM", "Postponed and moved to Awaza"),
        ),
        seen=(
            days("2024-12-10", "2024-12-13", "Gaborone, Botswana"),
            days("2025-08-05", "2025-08-08", "Awaza, Turkmenistan"),
        ),
    ),
}


@pytest.fixture(scope="module")
def announced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the series of the catalogue and no events."""
    store = Store(tmp_path_factory.mktemp("announced") / "events.db")
    store.migrate()
    loading.load(store, replace(catalogue.parse(), events=(), engagements=(), figures=(), report=()), now=NOW)
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return store.path


@pytest.fixture
def app(make_app: Callable[..., Flask], announced: Path) -> Flask:
    return make_app(announced)


@pytest.fixture
def store(app: Flask) -> Store:
    return store_of(app)


@pytest.fixture
def clients(store: Store) -> list[Client]:
    """A program of each kind that subscribes to everything."""
    ask = Asked(Publisher(store, base=BASE))
    return [merges(ask, "/feeds/all.ics") for merges in RULES]


def fields(dates: str, city: str, country: str, **told: str) -> dict[str, str]:
    return {"dates": dates, "city": city, "country": country, "source": f"Announcement of {dates}", **told}


def shown(clients: list[Client]) -> Iterator[dict[str, Shown]]:
    """What each client shows after one more poll, which brought something."""
    for client in clients:
        assert client.poll()
        yield client.shown


def earlier(found: Node) -> list[str]:
    """The dates and places that an event's page strikes out among its facts."""
    terms = found.one("dl", class_="facts")
    return [node.text for node in terms.all("s")]


@pytest.mark.parametrize("name", STORIES)
def test_moved_event_ends_as_one_entry_at_its_last_days_and_place(app: Flask, store: Store, clients, name: str):
    story = STORIES[name]
    (dates, city, country, _), *moves = story.moves
    given = fields(dates, city, country, title=story.title, series=story.series)
    event = desk.add(store, given, actor=EDITOR, now=NOW)
    for step, ((first, last, place), move) in enumerate(zip(story.seen, [None, *moves], strict=True)):
        if move is not None:
            event = moved(store, event, given | fields(*move[:3]), why=move[3], step=step)
        for held in shown(clients):
            assert {uid: (each.first, each.last, each.place) for uid, each in held.items()} == {
                event.uid: (first, last, place)
            }
    assert (event.sequence, event.status) == (len(moves), Status.CONFIRMED)
    told = page(app.test_client().get(f"/events/{event.slug}"))
    assert earlier(told) == [
        f"{as_told(dates)}, {place}" for (dates, *_), (_, _, place) in zip(story.moves[:-1], story.seen, strict=False)
    ]
    assert [why for *_, why in moves if why not in told.text] == []


def moved(store: Store, event: Event, given: dict[str, str], *, why: str, step: int) -> Event:
    return desk.edit(
        store,
        event.uid,
        given,
        sequence=event.sequence,
        moved=True,
        actor=EDITOR,
        reason=why,
        now=NOW + timedelta(days=step),
    )


def as_told(dates: str) -> str:
    first, dash, last = dates.partition(" - ")
    return f"{first} – {last}" if dash else dates.replace("-", "–")


def test_lldc3_that_was_postponed_and_then_moved_is_one_entry_throughout(store: Store, clients):
    story = STORIES["lldc3"]
    given = fields("10-13 December 2024", "Gaborone", "BW", title=story.title, series=story.series)
    event = desk.add(store, given, actor=EDITOR, now=NOW)
    assert list(shown(clients))
    event = take(store, event, Step.POSTPONE, why="The host needs more time")
    for held in shown(clients):
        assert {uid: (each.title, each.status) for uid, each in held.items()} == {
            event.uid: ("POSTPONED: LLDC3", "CANCELLED")
        }
    given |= fields("5-8 August 2025", "Awaza", "TM", status="confirmed")
    event = moved(store, event, given, why="Moved to Awaza", step=1)
    for held in shown(clients):
        assert held == {
            event.uid: Shown(
                title="LLDC3",
                first=date(2025, 8, 5),
                last=date(2025, 8, 8),
                place="Awaza, Turkmenistan",
                status="CONFIRMED",
            )
        }


def take(store: Store, event: Event, step: Step, *, why: str) -> Event:
    given = {"reason": why, "source": "Note", "source_url": ""}
    return desk.take(store, event.uid, step, given=given, sequence=event.sequence, actor=EDITOR, now=NOW)


def ldc5(store: Store, clients: list[Client]) -> list[Event]:
    """LDC5 as it came about: announced, moved by COVID-19, postponed, and held in two parts; polled after each step."""
    given = fields("March 2021", "Doha", "QA", title="LDC5", series="ldc-conference")
    event = desk.add(store, given, actor=EDITOR, now=NOW)
    list(shown(clients))
    event = moved(store, event, given | fields("23-27 January 2022", "Doha", "QA"), why="COVID-19", step=1)
    list(shown(clients))
    event = take(store, event, Step.POSTPONE, why="COVID-19")
    assert [each.title for held in shown(clients) for each in held.values()] == ["POSTPONED: LDC5"] * len(clients)
    parts = (
        {"title": "LDC5, first part", "dates": "17 March 2022", "city": "New York", "country": "US"},
        {"title": "LDC5, second part", "dates": "5-9 March 2023", "city": "Doha", "country": "QA"},
    )
    told = {"reason": "Split into two parts", "source": "UN-OHRLLS", "source_url": "https://www.un.org/ldc5/"}
    return desk.split(store, event.uid, parts, given=told, sequence=event.sequence, actor=EDITOR, now=NOW)


def test_ldc5_ends_as_one_entry_a_part_each_at_its_place(app: Flask, store: Store, clients):
    first, second = ldc5(store, clients)
    wanted = {
        first.uid: Shown(
            title="LDC5, first part",
            first=date(2022, 3, 17),
            last=date(2022, 3, 17),
            place="New York, United States",
            status="CONFIRMED",
        ),
        second.uid: Shown(
            title="LDC5, second part",
            first=date(2023, 3, 5),
            last=date(2023, 3, 9),
            place="Doha, Qatar",
            status="CONFIRMED",
        ),
    }
    for client, held in zip(clients, shown(clients), strict=True):
        assert held == wanted
        assert {uid: entry.values.get("RELATED-TO") for uid, entry in client.held.items()} == {
            first.uid: None,
            second.uid: first.uid,
        }
        assert not client.poll()
    reader = app.test_client()
    told, other = (page(reader.get(f"/events/{part.slug}")) for part in (first, second))
    assert earlier(told) == ["March 2021 (days not given), Doha, Qatar", "23–27 January 2022, Doha, Qatar"]
    assert ("Split into parts" in told.text, "Postponed" in told.text) == (True, True)
    links = [[node["href"] for node in found.one("dl", class_="facts").all("a")] for found in (told, other)]
    assert (f"/events/{second.slug}" in links[0], f"/events/{first.slug}" in links[1]) == (True, True)


def test_ldc5_put_together_again_is_the_one_entry_that_was_subscribed_to(store: Store, clients):
    first, second = ldc5(store, clients)
    list(shown(clients))
    revision = history.of_event(store, first.uid)[0]
    back = desk.undo(store, first.uid, revision.id, sequence=first.sequence, reason="Too early", actor=EDITOR, now=NOW)
    for client, held in zip(clients, shown(clients), strict=True):
        assert {uid: each.title for uid, each in held.items()} == {back.uid: "POSTPONED: LDC5"}
        assert client.held[second.uid].tombstone
    assert events.by_uid(store, first.uid).slug == first.slug


def test_feed_of_one_event_follows_it_through_its_split(store: Store):
    event = desk.add(store, fields("March 2021", "Doha", "QA", title="LDC5"), actor=EDITOR, now=NOW)
    clients = [
        merges(Asked(Publisher(store, base=BASE)), "/feeds/select.ics", f"event={event.slug}") for merges in RULES
    ]
    list(shown(clients))
    parts = (
        {"title": "LDC5, first part", "dates": "17 March 2022", "city": "New York", "country": "US"},
        {"title": "LDC5, second part", "dates": "5-9 March 2023", "city": "Doha", "country": "QA"},
    )
    told = {"reason": "COVID-19", "source": "UN-OHRLLS", "source_url": ""}
    first, _ = desk.split(store, event.uid, parts, given=told, sequence=0, actor=EDITOR, now=NOW)
    assert [list(held) for held in shown(clients)] == [[first.uid]] * len(clients)
    assert [each.title for client in clients for each in client.shown.values()] == ["LDC5, first part"] * len(clients)
