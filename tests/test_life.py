"""The life of an event: each state of docs/states.md in each format under each option, and the way there by polls."""

import csv
import html
import io
import itertools
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from calendar_app import create_app, desk, spans
from calendar_app.events import Deadline, Event, Part
from calendar_app.options import NAMES
from calendar_app.publish import Publisher
from calendar_app.settings import Settings
from calendar_app.store import Store, events, series
from calendar_app.topics import Confidence, DeadlineKind, Kind, Mode, Role, Status
from tests.conftest import BASE, NOW
from tests.merging import RULES, Client, ReplaceAll, text, unfolded
from tests.test_polls import Asked
from tests.webapp import Node, page, store_of

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "states.md"
GOLDEN = ROOT / "tests" / "golden" / "life"
OPTIONS = (
    *("", "cancelled=title", "cancelled=hide", "undated=span", "undated=first-day", "undated=omit"),
    *("alarm=P7D", "busy=1", "deadlines=1", "deadlines=only", "parts=1"),
)


def minted(name: str) -> str:
    return str(uuid.uuid5(uuid.UUID("7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f002"), name))


def event(name: str, **told: object) -> Event:
    """A forum in Geneva, or as told, with an identity of that name."""
    facts = {
        "title": "Data Forum",
        "span": spans.parse("30 October - 4 November 2027"),
        "source": "un.org",
        "source_url": "https://www.un.org/data-forum",
        "source_date": "2026-11",
        "city": "Geneva",
        "country": "CH",
        "venue": "CICG",
        "url": "https://forum.example/",
        "themes": ("data-and-statistics",),
        "sdgs": (17,),
    }
    return Event(uid=minted(name), slug=name, stamp=NOW, **facts | told)


def last_days(name: str) -> tuple[Deadline, ...]:
    return (
        Deadline(uid=minted(f"{name}, inputs"), kind=DeadlineKind.INPUT, day=date(2027, 7, 31)),
        Deadline(uid=minted(f"{name}, registration"), kind=DeadlineKind.REGISTRATION, day=date(2027, 9, 30)),
    )


def pieces(name: str) -> tuple[Part, ...]:
    noon = spans.with_times(spans.parse("3 November 2027"), start=time(12, 30), end=time(14, 0), zone="Europe/Zurich")
    return (
        Part(uid=minted(f"{name}, ministers"), title="Ministerial segment", span=spans.parse("1-2 November 2027")),
        Part(
            uid=minted(f"{name}, side event"),
            title="Side event",
            span=noon,
            venue="Room 2",
            url="https://forum.example/side-event",
        ),
    )


def confirmed() -> Iterator[Event]:
    yield event("confirmed")


def expected() -> Iterator[Event]:
    yield event("expected", status=Status.TENTATIVE)


def unverified() -> Iterator[Event]:
    yield event("unverified", confidence=Confidence.LOW, source="General knowledge", source_url="", source_date="")


def month() -> Iterator[Event]:
    yield event("month", span=spans.parse("November 2027"))


def months() -> Iterator[Event]:
    yield event("months", span=spans.parse("October-November 2027"))


def year() -> Iterator[Event]:
    yield event("year", span=spans.parse("2027"), status=Status.TENTATIVE, city="", country="", venue="")


def settled() -> Iterator[Event]:
    vague = event("settled", span=spans.parse("November 2027"))
    yield vague
    yield revised(vague, span=spans.parse("8-12 November 2027"))


def timed() -> Iterator[Event]:
    span = spans.with_times(spans.parse("17 May 2027"), start=time(18, 0), end=time(20, 30), zone="Africa/Casablanca")
    yield event("timed", span=span, timezone="Africa/Casablanca", city="Rabat", country="MA", venue="")


def online() -> Iterator[Event]:
    yield event(
        *("online",),
        mode=Mode.ONLINE,
        city="",
        country="",
        venue="online",
        timezone="Europe/Zurich",
        registration_url="https://forum.example/register",
        webcast_url="https://forum.example/live",
    )


def hybrid() -> Iterator[Event]:
    yield event("hybrid", mode=Mode.HYBRID, webcast_url="https://forum.example/live")


def moved() -> Iterator[Event]:
    planned = event("moved")
    yield planned
    elsewhere = revised(planned, span=spans.parse("6-10 December 2027"), city="Doha", country="QA", venue="")
    yield elsewhere.replacing(planned, reason="The hall is closed")


def split() -> Iterator[Event]:
    whole = event("split")
    yield whole
    first = revised(whole, title="Data Forum, first part", span=spans.parse("30 October 2027"))
    yield first.replacing(whole, reason="Held in two parts")
    yield event(
        *("split-second",),
        title="Data Forum, second part",
        span=spans.parse("5-9 March 2028"),
        city="Doha",
        country="QA",
        venue="",
        part_of=whole.uid,
    )


def postponed() -> Iterator[Event]:
    planned = event("postponed")
    yield planned
    yield revised(planned, status=Status.POSTPONED)


def cancelled() -> Iterator[Event]:
    planned = event("cancelled", deadlines=last_days("cancelled"), parts=pieces("cancelled"))
    yield planned
    yield revised(planned, status=Status.CANCELLED)


def withdrawn() -> Iterator[Event]:
    listed = event("withdrawn", deadlines=last_days("withdrawn"), parts=pieces("withdrawn"))
    yield listed
    yield revised(listed, status=Status.WITHDRAWN)


def merged() -> Iterator[Event]:
    kept, twice = event("merged"), event("merged-twice", title="Forum on Data", city="", country="", venue="")
    yield kept
    yield twice
    yield revised(twice, status=Status.WITHDRAWN)


def reinstated() -> Iterator[Event]:
    (planned, off) = (replace(each, uid=minted("reinstated"), slug="reinstated") for each in postponed())
    yield planned
    yield off
    yield revised(off, status=Status.CONFIRMED)


def untagged() -> Iterator[Event]:
    tagged = event("untagged", themes=("data-and-statistics", "cybersecurity"))
    yield tagged
    yield revised(tagged, themes=("data-and-statistics",))


def deadlines() -> Iterator[Event]:
    yield event("deadlines", deadlines=last_days("deadlines"))


def parts() -> Iterator[Event]:
    yield event("parts", parts=pieces("parts"))


def side_event() -> Iterator[Event]:
    forum = event("side-event-forum")
    yield forum
    noon = spans.with_times(spans.parse("3 November 2027"), start=time(12, 30), end=time(14, 0), zone="Europe/Zurich")
    yield event(
        *("side-event",),
        title="Data for the goals",
        span=noon,
        timezone="Europe/Zurich",
        venue="Room 2",
        kind=Kind.SIDE_EVENT,
        held_at=forum.uid,
        roles=(Role.ORGANIZER,),
    )


# The states of docs/states.md; each a story, the last word of which is the state.
STATES = {
    story.__name__: story
    for story in (
        *(confirmed, expected, unverified, month, months, year, settled, timed, online, hybrid, moved, split),
        *(postponed, cancelled, withdrawn, merged, reinstated, untagged, deadlines, parts, side_event),
    )
}


def revised(before: Event, **told: object) -> Event:
    return before.revise(replace(before.draft(), **told))


def bare(path: Path) -> Store:
    """A store with the schema and the themes, and no events."""
    store = Store(path)
    store.migrate()
    with store.change(NOW, actor="test") as change:
        series.put_vocabulary(change)
    return store


def save(store: Store, event: Event, *, now=NOW) -> Event:
    with store.change(now, actor="test") as change:
        return events.save(change, event, action="edited")


@dataclass(frozen=True, kw_only=True)
class World:
    """Every state at once: the feeds and the pages that tell them."""

    ask: Asked
    client: FlaskClient


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("life")
    store = bare(folder / "events.db")
    for story in STATES.values():
        for step, each in enumerate(story()):
            save(store, each, now=NOW + timedelta(hours=step))
    settings = Settings(
        database=store.path, feeds=folder / "feeds", base=BASE, rate_limit=False, secret_key="known to this test alone"
    )
    app = create_app(settings, clock=lambda: NOW)
    yield World(ask=Asked(Publisher(store, base=BASE)), client=app.test_client())
    store_of(app).close()
    store.close()


def told(world: World, state: str) -> str:
    """What a state's golden document holds: each format under each option, those that say the same together."""
    slugs = slugs_of(state)
    sections = []
    for form, read in READERS.items():
        found: dict[str, list[str]] = {}
        for option in OPTIONS:
            found.setdefault(read(asked(world, state, form, option)), []).append(option or "default")
        sections += [f"== {form}: {' '.join(names)}\n{text}" for text, names in found.items()]
    sections += [f"== page\n{as_page(world.client.get(f'/events/{slug}'))}" for slug in slugs]
    return "\n".join(sections)


def slugs_of(state: str) -> list[str]:
    return list(dict.fromkeys(each.slug for each in STATES[state]()))


def asked(world: World, state: str, form: str, option: str) -> bytes:
    query = "&".join([*(f"event={slug}" for slug in slugs_of(state)), option])
    status, _, body = world.ask(f"/feeds/select.{form}", query)
    assert status == "200 OK"
    return body


def as_ics(body: bytes) -> str:
    lines = unfolded(body)
    (says,) = (text(line.removeprefix("DESCRIPTION:")) for line in lines if line.startswith("DESCRIPTION:UN forums"))
    at = lines.index("BEGIN:VEVENT") if "BEGIN:VEVENT" in lines else -1
    return written(says, lines[at:-1])


def as_atom(body: bytes) -> str:
    (says,) = re.findall("<subtitle>(.*?)</subtitle>", body.decode(), re.DOTALL)
    entries = re.findall("<entry>.*?</entry>", body.decode(), re.DOTALL)
    return written(html.unescape(says), [entry.replace("><", ">\n<") for entry in entries])


def as_json(body: bytes) -> str:
    told = json.loads(body)
    lines = (
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for each in told["events"] for name, value in each.items()
    )
    return written(told["description"], lines)


def as_csv(body: bytes) -> str:
    head, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return written("", (f"{name}: {cell}" for row in rows for name, cell in zip(head, row, strict=True) if cell))


def as_page(response: TestResponse) -> str:
    found = page(response, response.status_code)
    facts = {term.text: said(found_after(term)) for term in found.all("dt") if term.text in {"When", "Where", "Status"}}
    lines = [f"{response.status_code} {found.one('h1').text}"]
    lines += [f"[{each.text}]" for each in found.all("p", class_="states")]
    return written("", [*lines, *(f"{name}: {fact}" for name, fact in facts.items())])


def said(fact: Node) -> str:
    """The words of a fact less those of a form beside it."""
    pieces = [
        child if isinstance(child, str) else child.raw for child in fact.children if child not in fact.all("form")
    ]
    return " ".join("".join(pieces).split())


def found_after(term: Node) -> Node:
    siblings = [each for each in term.parent.children if isinstance(each, Node)]
    return siblings[siblings.index(term) + 1]


def written(says: str, lines: Iterable[str]) -> str:
    """Lines, after what a feed says beside that it is one."""
    said = says.removeprefix("UN forums, summits and conferences that ITU attends. Every date names its source.")
    return "".join(f"{line}\n" for line in ([f"[{said.strip()}]"] if said else []) + list(lines))


READERS = {"ics": as_ics, "atom": as_atom, "json": as_json, "csv": as_csv}


@pytest.mark.parametrize("state", STATES)
def test_state_is_told_so_in_every_format_under_every_option(world, state):
    assert told(world, state) == (GOLDEN / f"{state}.txt").read_text("utf-8")


@pytest.mark.parametrize("state", STATES)
def test_jcal_says_line_for_line_what_ics_does(world, state):
    for option in OPTIONS:
        calendar = json.loads(asked(world, state, "jcal", option))
        lines = [line.replace(".jcal", ".ics") for line in as_lines(calendar)]
        assert (option, lines) == (option, unfolded(asked(world, state, "ics", option)))


def as_lines(component: list) -> Iterator[str]:
    """A component of jCal as the content lines of iCalendar (RFC 7265 §4)."""
    name, properties, inner = component
    yield f"BEGIN:{name.upper()}"
    for called, parameters, kind, *values in properties:
        named = {"VALUE": kind.upper()} if kind == "date" or called in TYPED else {}
        named |= {key.upper(): value for key, value in parameters.items()}
        written = ";".join([called.upper(), *(f"{key}={value}" for key, value in named.items())])
        yield f"{written}:{','.join(as_value(kind, value) for value in values)}"
    for each in inner:
        yield from as_lines(each)
    yield f"END:{name.upper()}"


# What iCalendar writes VALUE= with, beside dates: RFC 7986 §5.7 and §5.8, RFC 9253 §8.2.
TYPED = {"link", "conference", "refresh-interval", "source"}


def as_value(kind: str, value: object) -> str:
    if kind == "text":
        return re.sub(r"([\\;,])", r"\\\1", value).replace("\n", "\\n")
    if kind in {"date", "date-time"}:
        return re.sub("[-:]", "", value)
    if kind == "utc-offset":
        return value.replace(":", "")
    return ";".join(map(str, value)) if isinstance(value, list) else str(value)


def test_states_of_the_table_are_those_that_are_told():
    assert names_of("State") == list(STATES)
    assert {path.stem for path in GOLDEN.iterdir()} == set(STATES)


def test_options_of_the_table_are_those_that_are_told():
    assert {name.partition("=")[0] for name in names_of("Option")} == {*NAMES} - {"lang"}
    assert set(names_of("Option")) == {option for option in OPTIONS if option}


def names_of(table: str) -> list[str]:
    """What stands in the first column of the table of docs/states.md whose head begins so, without notes."""
    rows = iter(DOCUMENT.read_text("utf-8").splitlines())
    assert any(row.startswith(f"| {table} ") for row in rows)
    assert next(rows).startswith("|--")
    cells = [row.split("|")[1] for row in itertools.takewhile(lambda row: row.startswith("|"), rows)]
    return [name for cell in cells for name in re.findall("`(.+?)`", cell)]


@pytest.fixture
def own(tmp_path):
    """A store without events, and its feeds, for a story of its own."""
    store = bare(tmp_path / "events.db")
    yield store, Asked(Publisher(store, base=BASE))
    store.close()


FORUM = event("forum", themes=("data-and-statistics", "cybersecurity"))
OFF, ON = {"status": Status.CANCELLED}, {"status": Status.CONFIRMED}
ASIDE, GONE = {"status": Status.POSTPONED}, {"status": Status.WITHDRAWN}
BLURRED, SETTLED = ({"span": spans.parse(dates)} for dates in ("December 2027", "13-17 December 2027"))
DECEMBER = {"span": spans.parse("6-10 December 2027"), "city": "Doha", "country": "QA", "venue": ""}
# What is done to the event, and when by the clock; then what a poll shows: title, days, STATUS and stamp.
LIFE = [
    ({}, "24 09:30:00", "Data Forum", "1030-1104", "CONFIRMED", "24 09:30:00"),
    ({"title": "Forum on Data"}, "24 10:00:00", "Forum on Data", "1030-1104", "CONFIRMED", "24 10:00:00"),
    (DECEMBER, "24 11:00:00", "Forum on Data", "1206-1210", "CONFIRMED", "24 11:00:00"),
    (OFF, "24 12:00:00", "CANCELLED: Forum on Data", "1206-1210", "CANCELLED", "24 12:00:00"),
    (ON, "24 13:00:00", "Forum on Data", "1206-1210", "CONFIRMED", "24 13:00:00"),
    (BLURRED, "24 14:00:00", "Forum on Data, December 2027 (days not given)", "1201-1231", "TENTATIVE", "24 14:00:00"),
    (SETTLED, "24 15:00:00", "Forum on Data", "1213-1217", "CONFIRMED", "24 15:00:00"),
    # The title that it had before, within the second.
    ({"title": "Data Forum"}, "24 15:00:00", "Data Forum", "1213-1217", "CONFIRMED", "24 15:00:01"),
    # The clock goes back by a day, and by weeks.
    (ASIDE, "23 15:00:00", "POSTPONED: Data Forum", "1213-1217", "CANCELLED", "24 15:00:02"),
    (GONE, "01 00:00:00", "Withdrawn", "1213-1217", "CANCELLED", "24 15:00:03"),
    (ON, "25 00:00:00", "Data Forum", "1213-1217", "CONFIRMED", "25 00:00:00"),
]


def test_each_step_of_a_life_reaches_the_client_once_under_a_higher_number(own):
    store, ask = own
    client = ReplaceAll(ask, "/feeds/theme/cybersecurity.ics")
    for number, (told, at, *wanted) in enumerate(LIFE):
        change_event(store, told, now=datetime.fromisoformat(f"2026-11-{at}Z"))
        assert (client.poll(), client.poll()) == (True, False)
        (entry,) = client.held.values()
        shown = entry.shown
        days = f"{shown.first:%m%d}-{shown.last:%m%d}"
        assert [shown.title, days, shown.status, f"{entry.stamp:%d %H:%M:%S}"] == wanted
        assert (entry.uid, entry.sequence, entry.modified) == (FORUM.uid, number, entry.stamp)


def change_event(store: Store, told: dict[str, object], *, now: datetime = NOW) -> Event:
    """Saves the forum, or a change of it."""
    if not told:
        return save(store, FORUM, now=now)
    return save(store, revised(events.by_uid(store, FORUM.uid), **told), now=now)


def test_poll_is_304_while_nothing_of_the_feed_changes(own):
    store, ask = own
    change_event(store, {})
    clients = {name: ReplaceAll(ask, f"/feeds/{name}.ics") for name in ("all", "theme/cybersecurity", "deadlines")}
    assert polled(clients) == {"all", "theme/cybersecurity", "deadlines"}
    assert polled(clients) == set()
    save(store, event("hidden", published=False))
    desk.propose(store, {"title": "A", "dates": "2027", "source": "B"}, now=NOW)
    assert polled(clients) == set()
    save(store, event("elsewhere", title="Elsewhere"))
    assert polled(clients) == {"all"}
    save(store, event("with-deadline", deadlines=last_days("with-deadline")))
    assert polled(clients) == {"all", "deadlines"}
    change_event(store, {"venue": "CICG, room 2"})
    assert polled(clients) == {"all", "theme/cybersecurity"}


def polled(clients: dict[str, Client]) -> set[str]:
    """The feeds that had something new."""
    return {name for name, client in clients.items() if client.poll()}


@pytest.mark.parametrize("rule", RULES)
def test_event_leaves_the_feed_of_the_tag_that_it_loses_and_stays_in_all(own, rule):
    store, ask = own
    everything, themed = rule(ask, "/feeds/all.ics"), rule(ask, "/feeds/theme/cybersecurity.ics")
    change_event(store, {})
    for themes, there in [
        (("data-and-statistics", "cybersecurity"), True),
        (("data-and-statistics",), False),
        (("cybersecurity",), True),
        ((), False),
    ]:
        change_event(store, {"themes": themes})
        assert themed.poll() or themes == FORUM.themes
        everything.poll()
        assert list(everything.held) == [FORUM.uid]
        assert list(themed.held) == [FORUM.uid] * there
        assert not there or themed.held == everything.held


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("cancelled=hide", OFF),
        ("cancelled=hide", ASIDE),
        ("undated=omit", BLURRED),
        ("", {"span": spans.parse("October-November 2027")}),
        ("", {"span": spans.parse("2027")}),
        ("status=confirmed", {"status": Status.TENTATIVE}),
        ("to=2027-11-30", SETTLED),
    ],
)
def test_what_a_feed_leaves_out_comes_back_as_the_same_entry(own, rule, query, told):
    store, ask = own
    client = rule(ask, "/feeds/select.ics", query)
    change_event(store, {})
    client.poll()
    (before,) = client.held.values()
    change_event(store, told)
    assert (client.poll(), client.held) == (True, {})
    change_event(store, {name: getattr(FORUM, name) for name in told})
    assert client.poll()
    (after,) = client.held.values()
    assert (after.uid, after.shown) == (before.uid, before.shown)
    assert (after.sequence, after.stamp) == (2, NOW + timedelta(seconds=2))


@pytest.mark.parametrize("rule", RULES)
def test_file_of_an_event_follows_it_to_its_end(own, rule):
    store, ask = own
    client = rule(ask, "/events/forum.ics")
    for told in ({}, OFF, GONE):
        change_event(store, told)
        assert client.poll()
    (entry,) = client.held.values()
    assert (client.shown, entry.uid, entry.sequence, entry.tombstone) == ({}, FORUM.uid, 2, True)
