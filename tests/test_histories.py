"""Histories: whatever is edited and whenever a client polls, it ends with what the record says, by any merge rule."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from calendar_app import catalogue, edition, loading, spans
from calendar_app.catalogue import Catalogue
from calendar_app.events import Deadline, Event, Part, Series
from calendar_app.formats import FORMATS
from calendar_app.options import Deadlines, Options, Undated
from calendar_app.publish import Publisher, named, selected
from calendar_app.selection import Selection
from calendar_app.spans import Precision, Span
from calendar_app.store import Store, events, history
from calendar_app.topics import Confidence, DeadlineKind, Kind, Mode, Status
from tests.conftest import BASE, NOW, TODAY
from tests.merging import RULES, Client, Shown, by_uid, entries
from tests.test_polls import Asked

EVERY_ROW = list(range(1, 10_000))
THEMES = ("cybersecurity", "data-and-statistics")
# Two that a person sees by the record alone, and one that tells all there is.
FEEDS = {
    "all": ("/feeds/all.ics", ""),
    "theme": ("/feeds/theme/cybersecurity.ics", ""),
    "layers": ("/feeds/select.ics", "cancelled=title&deadlines=1&parts=1&undated=span"),
}
PLACES = {("Geneva", "CH"): "Geneva, Switzerland", ("Doha", "QA"): "Doha, Qatar", ("", "KI"): "Kiribati", ("", ""): ""}
DATES = (
    *("30 October - 4 November 2027", "1-2 March 2028", "29 February 2028", "31 December 2027 - 2 January 2028"),
    *("November 2027", "February 2028", "February-March 2028", "2027", "2027-2028"),
)
MONTHS = ("November 2027", "February 2028")
TITLES = ("Data Forum", "Forum; on, data", "CANCELLED: no", "Forum")
SERIES = Series(key="forum", short_name="Forum", name="Forum of Forums", kind=Kind.FORUM)


def seen(event: Event) -> Shown | None:
    """What a person sees of an event in a calendar without options, told here in words of this test's own."""
    span = event.span
    vague = "" if span.precision is Precision.DAY else spans.write(span)
    if not event.public or (vague and vague not in MONTHS):
        return None
    off = {Status.CANCELLED: "CANCELLED: ", Status.POSTPONED: "POSTPONED: "}.get(event.status, "")
    maybe = vague or event.confidence is Confidence.LOW or event.status is Status.TENTATIVE
    return Shown(
        title=off + event.title + (f", {vague} (days not given)" if vague else ""),
        first=span.first,
        last=span.last,
        place=PLACES[event.city, event.country],
        status="CANCELLED" if off else "TENTATIVE" if maybe else "CONFIRMED",
    )


class Histories(RuleBasedStateMachine):
    """A record that editors and releases change while clients poll it, or miss it."""

    def __init__(self, database: bytes) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "events.db"
        path.write_bytes(database)
        self.store = Store(path)
        self.now = NOW
        self.series = SERIES
        self.release: dict[str, Event] = {}
        self.restart()
        self.clients = [(name, merges(self.ask, *address)) for name, address in FEEDS.items() for merges in RULES]

    def ask(self, path: str, query: str = "", **headers: str):
        return self.asked(path, query, **headers)

    def events(self) -> list[Event]:
        return events.by_ids(self.store, list(range(1, 200)))

    def save(self, event: Event, action: str = "edited") -> None:
        with self.store.change(self.now, actor="test") as change:
            events.save(change, event, action=action)

    def chosen(self, which: int) -> Event:
        found = sorted(self.events(), key=lambda event: event.slug)
        return found[which % len(found)]

    def edit(self, which: int, **told: object) -> None:
        event = self.chosen(which)
        revised = event.revise(replace(event.draft(), **told))
        if revised != event:
            self.save(revised)

    @initialize()
    def begin(self) -> None:
        self.add()
        self.load_release(0, TITLES[0], DATES[0])
        self.poll_all()

    @rule()
    def add(self) -> None:
        number = len(self.events())
        self.save(event_of(f"event-{number}", stamp=self.now), action="added")

    @rule(which=st.integers(0, 9), title=st.sampled_from(TITLES))
    def retitle(self, which: int, title: str) -> None:
        self.edit(which, title=title)

    @rule(which=st.integers(0, 9), dates=st.sampled_from(DATES), place=st.sampled_from(list(PLACES)))
    def move(self, which: int, dates: str, place: tuple[str, str]) -> None:
        event = self.chosen(which)
        draft = replace(event.draft(), span=spans.parse(dates), city=place[0], country=place[1])
        revised = event.revise(draft).replacing(event, reason="moved")
        if revised != event:
            self.save(revised, action="moved")

    @rule(which=st.integers(0, 9), dates=st.sampled_from(DATES))
    def sharpen_or_blur(self, which: int, dates: str) -> None:
        self.edit(which, span=spans.parse(dates))

    @rule(which=st.integers(0, 9), place=st.sampled_from(list(PLACES)))
    def site_anew(self, which: int, place: tuple[str, str]) -> None:
        self.edit(which, city=place[0], country=place[1])

    @rule(which=st.integers(0, 9), status=st.sampled_from(list(Status)))
    def set_status(self, which: int, status: Status) -> None:
        """Confirms, postpones, cancels, reinstates, withdraws or restores."""
        self.edit(which, status=status)

    @rule(which=st.integers(0, 9), confidence=st.sampled_from(list(Confidence)))
    def verify(self, which: int, confidence: Confidence) -> None:
        self.edit(which, confidence=confidence)

    @rule(which=st.integers(0, 9), themes=st.lists(st.sampled_from(THEMES), unique=True))
    def tag(self, which: int, themes: list[str]) -> None:
        self.edit(which, themes=tuple(themes))

    @rule(which=st.integers(0, 9), dates=st.sampled_from(DATES))
    def split(self, which: int, dates: str) -> None:
        """The first part keeps the uid; the further one is related to it."""
        first = self.chosen(which)
        number = len(self.events())
        draft = replace(first.draft(), title=f"{first.title}, second part", span=spans.parse(dates))
        second = Event.from_draft(draft, uid=minted(f"part-{number}"), slug=f"part-{number}", now=self.now)
        self.save(replace(second, part_of=first.uid), action="added")
        self.edit(which, title=f"{first.title}, first part")

    @rule(which=st.integers(0, 9), day=st.dates(date(2027, 1, 1), date(2027, 12, 31)) | st.none())
    def set_layers(self, which: int, day: date | None) -> None:
        """A last day and a piece of the event's own, or neither."""
        event = self.chosen(which)
        last, piece = minted(f"{event.uid}, last day"), minted(f"{event.uid}, piece")
        revised = replace(event, deadlines=(), parts=())
        if day is not None:
            span = Span(first=day, last=day, precision=Precision.DAY)
            revised = replace(
                event,
                deadlines=(Deadline(uid=last, kind=DeadlineKind.INPUT, day=day),),
                parts=(Part(uid=piece, title="Piece", span=span),),
            )
        if revised != event:
            self.save(revised)

    @rule(which=st.integers(0, 9), step=st.integers(0, 9))
    def undo(self, which: int, step: int) -> None:
        """Brings an event back to what it was before one of its revisions."""
        event = self.chosen(which)
        befores = [revision.before for revision in history.of_event(self.store, event.uid) if revision.before]
        if befores:
            self.save(befores[step % len(befores)], action="undone")

    @rule(jump=st.timedeltas(timedelta(days=-800), timedelta(days=800)))
    def set_clock(self, jump: timedelta) -> None:
        self.now += jump

    @rule(which=st.integers(0, 2), title=st.sampled_from(TITLES), dates=st.sampled_from(DATES))
    def load_release(self, which: int, title: str, dates: str) -> None:
        """A release of the catalogue adds an event or tells it otherwise."""
        slug = f"row-{which}"
        self.release[slug] = event_of(slug, stamp=NOW, series="forum", title=title, span=spans.parse(dates))
        self.load()

    @rule(name=st.sampled_from(["Forum of Forums", "Forum of All Forums"]))
    def rename_series(self, name: str) -> None:
        """What an event's text takes from elsewhere is renamed."""
        self.series = replace(self.series, name=name)
        self.load()

    def load(self) -> None:
        told = Catalogue(
            series=(self.series,), events=tuple(self.release.values()), engagements=(), figures=(), report=()
        )
        loading.load(self.store, told, now=self.now)
        self.restart()

    @rule()
    def restart(self) -> None:
        """The server begins again with nothing in memory."""
        self.asked = Asked(Publisher(self.store, base=BASE))

    @rule(which=st.integers(0, len(FEEDS) * len(RULES) - 1))
    def poll(self, which: int) -> None:
        name, client = self.clients[which]
        client.poll()
        assert not client.poll()
        self.check(name, client)

    @rule()
    def poll_all(self) -> None:
        for which in range(len(self.clients)):
            self.poll(which)

    def check(self, name: str, client: Client) -> None:
        path, query = FEEDS[name]
        whole = by_uid(self.ask(path, query)[2])
        assert client.held == whole
        if name == "layers":
            return
        wanted = {
            event.uid: shown
            for event in self.events()
            if (name == "all" or "cybersecurity" in event.themes) and (shown := seen(event))
        }
        assert client.shown == wanted

    def teardown(self) -> None:
        try:
            self.poll_all()
        finally:
            self.store.close()
            self.folder.cleanup()


def minted(name: str) -> str:
    return str(uuid.uuid5(uuid.UUID("7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f002"), name))


def event_of(name: str, **told: object) -> Event:
    facts = {
        "title": "Data Forum",
        "span": spans.parse(DATES[0]),
        "source": "un.org",
        "city": "Geneva",
        "country": "CH",
        "themes": THEMES[:1],
    }
    return Event(uid=minted(name), slug=name, **facts | told)


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> bytes:
    """A database with the schema, the themes and a series, and no events."""
    store = Store(tmp_path_factory.mktemp("histories") / "events.db")
    store.migrate()
    loading.load(store, Catalogue(series=(SERIES,), events=(), engagements=(), figures=(), report=()), now=NOW)
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return store.path.read_bytes()


def test_clients_end_with_what_the_record_says_whatever_happened_to_it(database):
    run_state_machine_as_test(
        lambda: Histories(database),
        settings=settings(
            max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


# What moves.csv records of them: each plan in order, the last as it was held (the venue told where the record has it).
REPLAYED = {
    "unfccc-cop-2019": [
        ("2-13 December 2019", "Santiago, Chile"),
        ("2-15 December 2019", "IFEMA, Madrid, Spain"),
    ],
    "unfccc-cop-2021": [
        ("9-20 November 2020", "Glasgow, United Kingdom"),
        ("1-12 November 2021", "Glasgow, United Kingdom"),
    ],
    "itu-wtsa-2022": [
        ("17-27 November 2020", "Hyderabad, India"),
        ("23 February - 5 March 2021", "Hyderabad, India"),
        ("1-9 March 2022", "CICG, Geneva, Switzerland"),
    ],
    "ldc-conference-2022": [
        ("March 2021", "Doha, Qatar"),
        ("23-27 January 2022", "Doha, Qatar"),
        ("17 March 2022", "United Nations Headquarters, New York, United States"),
    ],
    "lldc-conference-2025": [
        ("10-13 December 2024", "Gaborone, Botswana"),
        ("5-8 August 2025", "Awaza, Turkmenistan"),
    ],
    "wsis-forum-2020": [
        ("6-9 April 2020", "Geneva, Switzerland"),
        ("31 August - 4 September 2020", "Geneva, Switzerland"),
        ("22 June - 10 September 2020", "Online"),
    ],
}
SPLIT = ("ldc-conference-2022", "ldc-conference-2023")


@pytest.fixture(scope="module")
def told() -> Catalogue:
    return catalogue.parse()


@pytest.fixture
def replay(database, told, tmp_path) -> Iterator[Store]:
    """A store with the catalogue's series and no events."""
    path = tmp_path / "events.db"
    path.write_bytes(database)
    store = Store(path)
    loading.load(store, replace(told, events=(), engagements=(), figures=(), report=()), now=NOW)
    yield store
    store.close()


def plans_of(told: Catalogue, slug: str) -> list[Event]:
    """An event as each of its plans had it, and last as the catalogue tells it."""
    (event,) = (event for event in told.events if event.slug == slug)
    planned = [
        replace(event, span=plan.span, city=plan.city, country=plan.country, venue="", mode=Mode.IN_PERSON)
        for plan in event.plans
    ]
    return [replace(each, plans=event.plans[:step], sequence=0) for step, each in enumerate([*planned, event])]


def keep(store: Store, event: Event) -> Event:
    with store.change(NOW, actor="test") as change:
        return events.save(change, event, action="moved")


def told_days(shown: Shown) -> tuple[date, date, str]:
    return shown.first, shown.last, shown.place


@pytest.mark.parametrize("merges", RULES)
@pytest.mark.parametrize("slug", REPLAYED)
def test_recorded_moves_leave_one_entry_at_the_right_place_and_days(replay, told, slug, merges):
    ask = Asked(Publisher(replay, base=BASE))
    diligent, late = merges(ask, "/feeds/all.ics"), merges(ask, "/feeds/all.ics")
    plans = plans_of(told, slug)
    for step, (plan, (dates, place)) in enumerate(zip(plans, REPLAYED[slug], strict=True)):
        kept = keep(replay, plan)
        assert diligent.poll()
        if step == 0:
            late.poll()
        span = spans.parse(dates)
        assert {uid: told_days(shown) for uid, shown in diligent.shown.items()} == {
            plan.uid: (span.first, span.last, place)
        }
        assert kept.sequence == step
    late.poll()
    assert late.held == diligent.held
    (event,) = (event for event in told.events if event.slug == slug)
    assert replace(kept, stamp=event.stamp) == event


@pytest.mark.parametrize("merges", RULES)
def test_recorded_split_leaves_one_entry_a_part(replay, told, merges):
    ask = Asked(Publisher(replay, base=BASE))
    client = merges(ask, "/feeds/series/ldc-conference.ics")
    *plans, first = plans_of(told, SPLIT[0])
    for plan in plans:
        keep(replay, plan)
        client.poll()
    (second,) = plans_of(told, SPLIT[1])
    keep(replay, first)
    keep(replay, second)
    client.poll()
    assert client.shown == {
        first.uid: Shown(
            title="LDC5, first part",
            first=date(2022, 3, 17),
            last=date(2022, 3, 17),
            place="United Nations Headquarters, New York, United States",
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
    assert {uid: entry.values.get("RELATED-TO") for uid, entry in client.held.items()} == {
        first.uid: None,
        second.uid: first.uid,
    }


@pytest.mark.parametrize("merges", RULES)
@pytest.mark.parametrize(
    ("slug", "left", "reached"),
    [
        ("unfccc-cop-2019", "country/CL", "country/ES"),
        ("unfccc-cop-2021", "year/2020", "year/2021"),
        ("itu-wtsa-2022", "country/IN", "country/CH"),
        ("ldc-conference-2022", "country/QA", "country/US"),
        ("lldc-conference-2025", "country/BW", "country/TM"),
        ("wsis-forum-2020", "country/CH", "series/wsis-forum"),
    ],
)
def test_recorded_moves_leave_the_feed_of_the_place_given_up(replay, told, slug, left, reached, merges):
    ask = Asked(Publisher(replay, base=BASE))
    old, new = (merges(ask, f"/feeds/{name}.ics") for name in (left, reached))
    for plan in plans_of(told, slug):
        keep(replay, plan)
        old.poll()
        new.poll()
    assert (list(old.held), list(new.held)) == ([], [plan.uid])


READ_IN_ITS_ZONE = """
import json, sys
from tests.merging import entries
print(json.dumps({
    entry.uid: [day.isoformat() for day in entry.local_days()] for entry in entries(sys.stdin.buffer.read())
}))
"""


CEREMONY = event_of(
    "ceremony",
    stamp=NOW,
    span=spans.with_times(spans.parse("17 May 2027"), start=time(18, 0), end=time(20, 30), zone="UTC"),
    series="",
)


@pytest.mark.parametrize(
    ("zone", "of_ceremony"),
    [
        ("America/New_York", "2027-05-17"),
        ("Asia/Tokyo", "2027-05-18"),
        ("Africa/Casablanca", "2027-05-17"),
        ("Pacific/Kiritimati", "2027-05-18"),
    ],
)
def test_no_day_is_shifted_for_a_reader_in(store, publisher, zone, of_ceremony):
    keep(store, CEREMONY)
    target = selected(Selection(), "ics", options=Options(undated=Undated.SPAN))
    # The package's own table, which a system may lack.
    table = resources.files("tzdata").joinpath("zoneinfo", *zone.split("/"))
    read = subprocess.run(
        [sys.executable, "-c", READ_IN_ITS_ZONE],
        input=publisher.feed(target, today=TODAY).body,
        env={**os.environ, "TZ": f":{table}"},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        check=True,
    )
    wanted = {
        event.uid: [event.span.first.isoformat(), event.span.last.isoformat()]
        for event in events.by_ids(store, EVERY_ROW)
        if event.public
    }
    # An hour is an hour, and may be on another day there.
    assert json.loads(read.stdout) == wanted | {CEREMONY.uid: [of_ceremony, of_ceremony]}


LAYERED = event_of(
    "layered",
    stamp=NOW,
    series="hlpf",
    sdgs=(9,),
    deadlines=(Deadline(uid=minted("layered, last day"), kind=DeadlineKind.INPUT, day=date(2027, 7, 31)),),
    parts=(Part(uid=minted("layered, piece"), title="Piece", span=spans.parse("1 November 2027")),),
)


def uids_of_jcal(body: bytes) -> list[str]:
    _, _, components = json.loads(body)
    return [
        value
        for name, properties, _ in components
        if name == "vevent"
        for called, _, _, value, *_ in properties
        if called == "uid"
    ]


UIDS = {
    "ics": lambda body: [entry.uid for entry in entries(body)],
    "jcal": uids_of_jcal,
    "atom": lambda body: re.findall("<entry><id>urn:uuid:(.*?)</id>", body.decode()),
    "json": lambda body: [event["uid"] for event in json.loads(body)["events"]],
    "csv": lambda body: [row["uid"] for row in csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))],
}


@pytest.mark.parametrize("form", FORMATS)
def test_no_two_entries_of_a_feed_share_a_uid(store, publisher, form):
    keep(store, LAYERED)
    keep(store, replace(LAYERED, status=Status.WITHDRAWN, uid=minted("gone"), slug="gone", deadlines=(), parts=()))
    found = {}
    for name in edition.names(store):
        document = publisher.feed(named(store, name, form), today=TODAY)
        found[name] = UIDS[form](document.body)
        assert len(found[name]) == document.entries
    whole = Options(parts=True, deadlines=Deadlines.WITH, undated=Undated.SPAN)
    found["layers"] = UIDS[form](publisher.feed(selected(Selection(), form, options=whole), today=TODAY).body)
    assert {name for name, uids in found.items() if len(uids) != len(set(uids))} == set()
    own = {LAYERED.uid, LAYERED.deadlines[0].uid, LAYERED.parts[0].uid}
    assert own <= set(found["layers"])
    assert {name for name, uids in found.items() if own & set(uids)} == {
        *("all", "deadlines", "theme/cybersecurity", "sdg/9", "series/hlpf", "kind/conference", "country/CH"),
        *("year/2027", "layers", "role/participant"),
    }
