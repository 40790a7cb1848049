"""Foreign readers of every format after each step that the desk takes: one entry, at its new days and place."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from calendar_app import catalogue, desk, loading, places, publish, spans
from calendar_app.publish import Publisher
from calendar_app.selection import Selection
from calendar_app.store import Store
from tests.conftest import BASE, NOW, TODAY
from tests.interop import formats
from tests.interop.formats import needs, only
from tests.interop.parsers import PARSERS, each_parser
from tests.test_desk_histories import EDITOR, STORIES, fields, take

pytestmark = pytest.mark.interop

# A news reader is told what lies ahead, unless it asks for what is over too.
ALWAYS = Selection(first=date(1900, 1, 1))
# What a program shows of each event, in the order of its document: uid, first and last day (inclusive), place.
Seen = list[tuple[str, date, date, str]]
ONE = timedelta(days=1)
COUNTRIES = {code: places.country_name(code) for code in ("CL", "ES", "GB", "IN", "CH", "BW", "TM", "US", "QA")}
day = date.fromisoformat
SPLIT = (
    ("LDC5, first part", "17 March 2022", "New York", "US"),
    ("LDC5, second part", "5-9 March 2023", "Doha", "QA"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the series of the catalogue and no events."""
    store = Store(tmp_path / "events.db")
    store.migrate()
    loading.load(store, replace(catalogue.parse(), events=(), engagements=(), figures=(), report=()), now=NOW)
    yield store
    store.close()


def steps(store: Store, name: str) -> Iterator[Seen]:
    """Takes the steps of a story; gives after each what there is to see."""
    story = STORIES[name]
    (dates, city, country, _), *moves = story.moves
    event = desk.add(store, fields(dates, city, country, title=story.title, series=story.series), actor=EDITOR, now=NOW)
    yield [(event.uid, *story.seen[0])]
    for step, (move, seen) in enumerate(zip(moves, story.seen[1:], strict=True), 1):
        given = fields(*move[:3]) | {"reason": move[3]}
        moment = NOW + step * ONE
        event = desk.move(store, event.uid, given, sequence=event.sequence, actor=EDITOR, now=moment)
        yield [(event.uid, *seen)]


def split(store: Store) -> Seen:
    """LDC5: announced, moved, postponed, and held in two parts; gives what there is to see in the end."""
    event = desk.add(store, fields("1-5 March 2021", "Doha", "QA", title="LDC5"), actor=EDITOR, now=NOW)
    given = fields("23-27 January 2022", "Doha", "QA") | {"reason": "COVID-19"}
    event = desk.move(store, event.uid, given, sequence=event.sequence, actor=EDITOR, now=NOW)
    event = take(store, event, desk.Step.POSTPONE, why="COVID-19")
    parts = [dict(zip(("title", "dates", "city", "country"), part, strict=True)) for part in SPLIT]
    told = {"reason": "Split into two parts", "source": "UN-OHRLLS"}
    first, second = desk.split(store, event.uid, parts, given=told, sequence=event.sequence, actor=EDITOR, now=NOW)
    return [
        (first.uid, date(2022, 3, 17), date(2022, 3, 17), "New York, United States"),
        (second.uid, date(2023, 3, 5), date(2023, 3, 9), "Doha, Qatar"),
    ]


def body(store: Store, extension: str) -> bytes:
    target = publish.selected(ALWAYS if extension == "atom" else Selection(), extension)
    return Publisher(store, base=BASE).feed(target, today=TODAY).body


def in_calendar(found: list[dict]) -> Seen:
    assert {each["status"] for each in found} == {"CONFIRMED"}
    return [(each["uid"], day(each["start"]), day(each["end"]) - ONE, each["location"]) for each in found]


def in_json(found: dict) -> Seen:
    return [
        (each["uid"], day(each["dates"]["first"]), day(each["dates"]["last"]), placed(each["place"]))
        for each in found["events"]
    ]


def placed(place: dict) -> str:
    return f"{place['city']}, {place['country_name']}"


def in_table(found: list[dict]) -> Seen:
    return [
        (each["uid"], day(each["first"]), day(each["last"]), f"{each['city']}, {COUNTRIES[each['country']]}")
        for each in found
    ]


def in_news(found: dict) -> Seen:
    told = [(each["id"].removeprefix("urn:uuid:"), *each["summary"].split(", ", 1)) for each in found["entries"]]
    spans_ = [(uid, spans.parse(dates.replace("–", "-")), place) for uid, dates, place in told]
    return [(uid, span.first, span.last, place) for uid, span, place in spans_]


OTHERS = {
    "jcal": (formats.JCAL, in_calendar),
    "json": (formats.JSON, in_json),
    "csv": (formats.CSV, in_table),
    "atom": (formats.ATOM, in_news),
}
each_other = pytest.mark.parametrize("name", [pytest.param(name, marks=needs(OTHERS[name][0])) for name in OTHERS])


@each_parser
@pytest.mark.parametrize("story", STORIES)
def test_calendar_has_one_entry_after_each_move(store, name, story):
    wanted, calendars = zip(*[(seen, body(store, "ics")) for seen in steps(store, story)], strict=True)
    assert list(map(in_calendar, PARSERS[name].parse_all(calendars))) == list(wanted)


@each_other
@pytest.mark.parametrize("story", STORIES)
def test_every_format_has_one_entry_after_each_move(store, name, story):
    reader, read = OTHERS[name]
    wanted, documents = zip(*[(seen, body(store, name)) for seen in steps(store, story)], strict=True)
    assert list(map(read, reader.read(*documents))) == list(wanted)


@each_parser
def test_calendar_has_one_entry_a_part_after_a_split(store, name):
    wanted = split(store)
    assert in_calendar(PARSERS[name].parse(body(store, "ics"))) == wanted


@each_other
def test_every_format_has_one_entry_a_part_after_a_split(store, name):
    reader, read = OTHERS[name]
    wanted = split(store)
    assert read(only(reader.read(body(store, name)))) == wanted
