"""The desk as a machine: whatever editors, files and releases do in whatever order, the record stays true."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from calendar_app import catalogue, desk, edition, loading, spans
from calendar_app.catalogue import Catalogue
from calendar_app.desk import batches as undoing
from calendar_app.desk import bulk, importing, series_fields
from calendar_app.desk.importing import applying
from calendar_app.errors import BusyError, CalendarError
from calendar_app.events import Event
from calendar_app.reconcile import CONTENT
from calendar_app.store import Store, batches, facts, history, series, staged_rows, staging
from calendar_app.store import submissions as queue
from calendar_app.submissions import PROPOSED, fields_of
from calendar_app.topics import Confidence, Status
from tests.conftest import NOW, TODAY
from tests.test_importing import dump, reading
from tests.witness import Witness, content, every

EDITOR = "editor@example.org"
CHOSEN = ("unfccc-cop-2019", "ldc-conference-2022", "ldc-conference-2023", "habitat-2016", "ceb-2016-11", "hlpf-2027")
WHICH = st.integers(0, 11)
TITLES = ("Data Forum", "COP 25", "Water; Summit, on", "Labour Week 2027")
DATES = (
    *("30 October - 4 November 2027", "1-2 March 2028", "November 2027", "February-March 2028", "2027", "17 May 2027"),
    "2-13 December 2019",
)
PLACES = (("Geneva", "CH"), ("Genève", "CH"), ("Doha", "QA"), ("", ""))
_FIELDS = st.fixed_dictionaries(
    {"title": st.sampled_from(TITLES), "dates": st.sampled_from(DATES), "source": st.sampled_from(["Note", "Letter"])},
    optional={
        "series": st.sampled_from(["", "unfccc-cop", "ldc-conference", "hlpf"]),
        "place": st.sampled_from(PLACES),
        "venue": st.sampled_from(["", "CICG"]),
        "description": st.sampled_from(["", "Text\nand more"]),
        "themes": st.sampled_from([[], ["cybersecurity"], ["cybersecurity", "data-and-statistics"]]),
        "deadlines": st.sampled_from(["", "registration: 1 May 2027", "input: 1 May 2027\nregistration: 2 May 2027"]),
        "parts": st.sampled_from(["", "17 May 2027: Ministers", "2 March 2028: Youth @ Room 2"]),
        "times": st.sampled_from([("", "", ""), ("09:00", "17:30", "Europe/Zurich")]),
        "status": st.sampled_from(["confirmed", "tentative", "cancelled"]),
        "mode": st.sampled_from(["in-person", "online"]),
    },
)


def _spread(told: dict[str, Any]) -> dict[str, Any]:
    """A form as it is sent, of places and times that go together."""
    told = dict(told)
    place, times = told.pop("place", None), told.pop("times", None)
    told |= dict(zip(("city", "country"), place, strict=True)) if place else {}
    return told | (dict(zip(("start_time", "end_time", "timezone"), times, strict=True)) if times else {})


FIELDS = _FIELDS.map(_spread)
GIVEN = st.fixed_dictionaries({"reason": st.just("Why"), "source": st.sampled_from(["Note", "Letter"])})
T = TypeVar("T")


class Desk(RuleBasedStateMachine):
    """A record that editors, proposers, files and releases of the catalogue change."""

    def __init__(self, database: Path, told: Catalogue) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "events.db"
        shutil.copyfile(database, path)
        self.store, self.now, self.told, self.count = Store(path), NOW, told, 0
        self.witness = Witness(self.store)
        self.before: dict[int, dict[str, Event]] = {}

    def do(self, action: Callable[..., T], *given: Any, **told: Any) -> T | None:
        """What an action gives, all then as it must be; None where it was refused, nothing then written."""
        self.now += timedelta(minutes=1)
        try:
            done = action(self.store, *given, **told, actor=EDITOR, now=self.now)
        except BusyError:
            raise
        except CalendarError:
            self.witness.unmoved()
            return None
        self.witness.look()
        return done

    def chosen(self, which: int) -> Event:
        """An event, those changed last first: what happens twice to one is what may go wrong."""
        found = sorted(every(self.store).values(), key=lambda event: (event.stamp, event.slug), reverse=True)
        return found[which % len(found)]

    @rule(days=st.integers(-400, 400))
    def set_clock(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(told=FIELDS)
    def add(self, told: dict[str, Any]) -> None:
        self.do(desk.add, told)

    @rule(which=WHICH, told=FIELDS, names=st.sets(st.integers(0, 9), min_size=1), moved=st.booleans())
    def edit(self, which: int, told: dict[str, Any], names: set[int], moved: bool) -> None:
        event = self.chosen(which)
        some = {name: value for place, (name, value) in enumerate(told.items()) if place in names}
        given = fields_of(event) | some
        self.do(desk.edit, event.uid, given, sequence=event.sequence, moved=moved, reason="")

    @rule(which=WHICH, told=FIELDS, given=GIVEN)
    def move(self, which: int, told: dict[str, Any], given: dict[str, str]) -> None:
        event = self.chosen(which)
        where = {name: told[name] for name in desk.WHERE_AND_WHEN if name in told}
        self.do(desk.move, event.uid, where | given, sequence=event.sequence)

    @rule(which=WHICH, step=st.sampled_from(list(desk.Step)), given=GIVEN)
    def take(self, which: int, step: desk.Step, given: dict[str, str]) -> None:
        event = self.chosen(which)
        self.do(desk.take, event.uid, step, given=given, sequence=event.sequence)

    @rule(which=WHICH, dates=st.sampled_from(DATES), source=st.sampled_from(["Note", "Letter"]))
    def claim(self, which: int, dates: str, source: str) -> None:
        event = self.chosen(which)
        given = {"dates": dates, "source": source}
        self.do(desk.add_claim, event.uid, given, sequence=event.sequence, reason="Read")

    @rule(which=WHICH, place=st.integers(0, 1))
    def adopt(self, which: int, place: int) -> None:
        event = self.chosen(which)
        self.do(desk.adopt, event.uid, place, sequence=event.sequence, reason="Better")

    @rule(which=WHICH)
    def verify(self, which: int) -> None:
        self.do(desk.verify, self.chosen(which).uid, source="Letter", source_url="")

    @rule(which=WHICH, dates=st.lists(st.sampled_from(DATES), min_size=2, max_size=3), given=GIVEN)
    def split(self, which: int, dates: list[str], given: dict[str, str]) -> None:
        event = self.chosen(which)
        parts = [
            {"title": f"Part {number}", "dates": each, "city": "Doha", "country": "QA", "venue": "", "mode": ""}
            for number, each in enumerate(dates)
        ]
        self.do(desk.split, event.uid, parts, given=given, sequence=event.sequence)

    @rule(which=WHICH, told=FIELDS, change=st.booleans())
    def propose(self, which: int, told: dict[str, Any], change: bool) -> None:
        event, self.count = self.chosen(which), self.count + 1
        secret = f"secret-{self.count}-"
        given = {name: value for name, value in told.items() if name in PROPOSED} | {"description": secret}
        about = {"about": event.uid} if change else {}
        if change:
            given = {name: fields_of(event)[name] for name in PROPOSED} | given
        received = self.do(desk.propose, given, **about)
        if received:
            self.witness.secrets[received.number] = secret
            self.witness.look()

    @rule(which=WHICH, where=WHICH, how=st.sampled_from(["approve", "merge", "reject"]))
    def decide(self, which: int, where: int, how: str) -> None:
        waiting = queue.pending(self.store)
        if not waiting:
            return
        found = waiting[which % len(waiting)]
        secret = self.witness.secrets[found.id] if how == "reject" else self.witness.secrets.pop(found.id)
        if how == "reject":
            self.do(desk.reject, found.id, reason="No")
        elif how == "approve":
            self.do(desk.approve, found.id, found.fields, reason="")
        else:
            event = self.chosen(where)
            self.do(desk.merge, found.id, event.uid, sequence=event.sequence, reason="")
        if queue.by_id(self.store, found.id).state == "pending":
            self.witness.secrets[found.id] = secret

    @rule(which=WHICH, step=st.integers(0, 5))
    def undo(self, which: int, step: int) -> None:
        event = self.chosen(which)
        told = history.of_event(self.store, event.uid)
        found = told[step % len(told)]
        done = self.do(desk.undo, event.uid, found.id, sequence=event.sequence, reason="Wrong")
        if done and found is told[0]:
            assert content(done) == content(found.before)

    @rule(
        rows=st.dictionaries(st.sampled_from("abcd"), FIELDS, min_size=1),
        origin=st.sampled_from(["one", "two"]),
        joins=st.booleans(),
    )
    def bring(self, rows: dict[str, Any], origin: str, joins: bool) -> None:
        """A file is imported, and read once more."""
        if batches.is_being_undone(self.store, f"import:{origin}"):
            return
        read = reading(rows, origin=origin)
        self.write(read, joins=joins)
        once = dump(self.store)
        self.write(read, joins=False)
        assert dump(self.store) == once

    @rule()
    def bring_back_our_own(self) -> None:
        """Our own feed tells nothing new."""
        body = self.witness.publisher.event(self.chosen(0).slug).body if self.chosen(0).published else b""
        if body:
            _, read = importing.read(self.store, "own.ics", body, today=TODAY)
            self.write(read, joins=False, added=0)

    def write(self, read: Any, *, joins: bool, added: int | None = None) -> None:
        before, by = every(self.store), {"actor": EDITOR, "now": self.now}
        number = importing.stage(self.store, read, importing.heading(read, form="ics", name="f.ics"), **by)
        self.on(number, "checking", importing.check_on)
        if joins:
            importing.join_all(self.store, number, **by)
        self.do(importing.apply, number)
        self.on(number, "applying", importing.apply_on)
        assert {row.verdict for row in staged_rows.page(self.store, number, most=-1)} <= {"conflict"}
        batch = staging.by_id(self.store, number).batch
        if batch:
            self.before[batch] = before
        assert added is None or len(every(self.store)) == len(before) + added

    def on(self, number: int, state: str, go_on: Callable[..., None]) -> None:
        while staging.by_id(self.store, number).state == state:
            self.do(go_on, number)

    @rule(which=st.lists(WHICH, min_size=1, max_size=4), what=st.sampled_from(list(bulk.What)), value=st.integers(0, 1))
    def change_many(self, which: list[int], what: bulk.What, value: int) -> None:
        values = {
            "sdg": ("9", "13"), "theme": ("cybersecurity", "data-and-statistics"), "role": ("member", "observer"),
            "series": ("", "hlpf"), "kind": ("forum", "summit"), "convener": ("", "UN DESA"),
        }  # fmt: skip
        edit = bulk.Edit(what=what, value=values[str(what).rpartition("-")[2]][value], reason="All of them")
        before = every(self.store)
        seen = {event.uid: event.sequence for event in map(self.chosen, which)}
        number = self.do(bulk.apply, seen, edit, name="Bulk")
        if number:
            self.before[number] = before

    @rule(which=WHICH, whole=st.booleans())
    def undo_batch(self, which: int, whole: bool) -> None:
        if not self.before:
            return
        number = sorted(self.before)[which % len(self.before)]
        wrote = history.of_batch(self.store, number, most=-1)
        last = {each.after.uid: history.of_event(self.store, each.after.uid)[0] for each in wrote}
        if batches.by_id(self.store, number).undoing is None:
            self.do(desk.undo_batch, number, reason="The wrong one")
        while batches.by_id(self.store, number).undoing is not None and not batches.by_id(self.store, number).undone:
            self.do(desk.undo_batch_on, number)
            if not whole:
                return
        found = batches.by_id(self.store, number)
        if found.undone != self.now:
            return
        now, left = every(self.store), {kept.event for kept in found.kept}
        for uid, newest in last.items():
            old = self.before[number].get(uid)
            if newest.batch == number and newest.action != "undone" and uid not in left:
                wanted = content(old) if old else content(replace(newest.after, status=Status.WITHDRAWN))
                assert content(now[uid]) == wanted

    @rule(key=st.sampled_from(["unfccc-cop", "hlpf"]), name=st.sampled_from(["Forum", "Assembly"]))
    def rename_series(self, key: str, name: str) -> None:
        found = series.find(self.store.db, key)
        seen = series.newest_revision(self.store.db, key)
        self.do(desk.edit_series, key, series_fields.fields_of(found) | {"name": name}, seen=seen, reason="New name")

    @rule(which=WHICH)
    def expect(self, which: int) -> None:
        found = desk.expected(self.store, today=TODAY)
        if found:
            told = found[which % len(found)]
            self.do(desk.add_expected, told.series.key, told.span, today=TODAY)

    @rule(
        changes=st.dictionaries(st.sampled_from(CHOSEN), st.sampled_from([*TITLES, *DATES]), max_size=3),
        name=st.sampled_from(["Conference", "Assembly"]),
        without=st.sampled_from(["", *CHOSEN]),
    )
    def load_release(self, changes: dict[str, str], name: str, without: str) -> None:
        """Another catalogue is loaded, and once more: an editor's word stands."""
        told = self.told
        found = [
            replace(event, title=new) if new in TITLES else replace(event, span=spans.parse(new)) if new else event
            for event in told.events if event.slug != without
            for new in [changes.get(event.slug, "")]
        ]  # fmt: skip
        named = [replace(each, name=name) if each.key == "unfccc-cop" else each for each in told.series]
        mine = {uid: _words_of_editors(self.store, event) for uid, event in every(self.store).items()}
        self.load(replace(told, events=tuple(found), series=tuple(named)))
        for uid, event in every(self.store).items():
            kept = mine.get(uid, {})
            assert {field: getattr(event, field) for field in kept} == kept
        once = dump(self.store)
        self.load(replace(told, events=tuple(found), series=tuple(named)))
        assert dump(self.store) == once

    def load(self, told: Catalogue) -> None:
        self.now += timedelta(minutes=1)
        loading.load(self.store, told, now=self.now)
        self.witness.look()

    @initialize()
    def begin(self) -> None:
        self.load(self.told)

    @rule()
    def publish(self) -> None:
        folder = Path(self.folder.name) / "feeds"
        folder.mkdir(exist_ok=True)
        edition.write(self.witness.publisher, folder, today=TODAY)
        assert edition.check(self.witness.publisher, folder, today=TODAY) == []

    def teardown(self) -> None:
        try:
            self.witness.end()
        finally:
            self.store.close()
            self.folder.cleanup()


def _words_of_editors(store: Store, event: Event) -> dict[str, Any]:
    """The fields of an event that somebody other than the catalogue gave their value, which it does not say too."""
    found: dict[str, Any] = {}
    base = facts.last_said(store, loading.ORIGIN).get(event.slug)
    for each in history.of_event(store, event.uid)[::-1]:
        for field in CONTENT:
            changed = each.before is None or getattr(each.before, field) != getattr(each.after, field)
            if changed and each.actor != loading.ORIGIN:
                found[field] = getattr(each.after, field)
            elif changed:
                found.pop(field, None)
    return {field: value for field, value in found.items() if base is None or getattr(base, field) != value}


@pytest.fixture(scope="module")
def told() -> Catalogue:
    """A few events of the catalogue, and their series."""
    whole = catalogue.parse()
    found = [event for event in whole.events if event.slug in CHOSEN]
    # As the catalogue has one whose days nobody confirmed.
    hidden = {"published": False, "confidence": Confidence.LOW}
    chosen = tuple(replace(event, **hidden) if event.slug == "hlpf-2027" else event for event in found)
    keys = {event.series for event in chosen} | {"unfccc-cop", "ldc-conference", "hlpf"}
    return Catalogue(
        series=tuple(each for each in whole.series if each.key in keys),
        events=chosen, engagements=(), figures=(), report=(),
    )  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory, told) -> Path:
    store = Store(tmp_path_factory.mktemp("machine") / "events.db")
    store.migrate()
    loading.load(store, told, now=NOW)
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return store.path


def test_record_stays_true_whatever_is_done_at_the_desk(database, told, monkeypatch):
    # Small pieces, so that other things happen between them.
    monkeypatch.setattr(applying, "CHUNK", 2)
    monkeypatch.setattr(undoing, "CHUNK", 2)
    run_state_machine_as_test(
        lambda: Desk(database, told),
        settings=settings(
            max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
