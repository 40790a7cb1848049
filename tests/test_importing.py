"""Importing at the desk: what each row comes to, twice is once, and an editor's word stands."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from calendar_app import desk
from calendar_app.desk import importing
from calendar_app.desk.importing import applying, checking
from calendar_app.errors import CalendarError, ConflictError, NotFoundError, Problem, ProblemsError
from calendar_app.events import Event
from calendar_app.imports import Reading, Row, Table
from calendar_app.publish import Publisher, named
from calendar_app.selection import Selection
from calendar_app.store import Store, batches, events, history, search, staged_rows, staging
from calendar_app.store.staged_rows import Staged
from calendar_app.submissions import fields_of
from calendar_app.topics import Status
from tests.conftest import NOW, TODAY

EDITOR = "editor@example.org"
LATER = NOW + timedelta(hours=1)
GENEVA = {"title": "Spectrum Days", "dates": "7-9 June 2031", "city": "Geneva", "country": "CH"}
QUITO = {"title": "Andean Connectivity Week", "dates": "3-5 May 2032", "city": "Quito", "country": "EC"}
ROWS = {"a": GENEVA, "b": QUITO}


def reading(rows: dict[str, dict[str, Any]], **more: Any) -> Reading:
    """A calendar of these events by their keys."""
    found = tuple(Row(key=key, place=place, fields=fields) for place, (key, fields) in enumerate(rows.items(), start=1))
    return Reading(**{"rows": found, "title": "Partner calendar", "origin": "partner", **more})


def stage(store: Store, read: Reading, *, now=NOW, **told: str) -> int:
    """The number of an import that was compared with the record."""
    heading = importing.heading(read, form="ics", name="partner.ics", **told)
    number = importing.stage(store, read, heading, actor=EDITOR, now=now)
    return check(store, number, now=now)


def check(store: Store, number: int, *, now=NOW) -> int:
    while staging.by_id(store, number).state == "checking":
        importing.check_on(store, number, actor=EDITOR, now=now)
    return number


def apply(store: Store, number: int, *, now=NOW) -> int | None:
    """Writes the ticked rows; gives the number of the batch."""
    importing.apply(store, number, actor=EDITOR, now=now)
    while staging.by_id(store, number).state == "applying":
        importing.apply_on(store, number, actor=EDITOR, now=now)
    return staging.by_id(store, number).batch


def bring(store: Store, rows: dict[str, dict[str, Any]] = ROWS, *, now=NOW, **more: Any) -> int | None:
    """Imports a calendar whole, as it is ticked at first."""
    return apply(store, stage(store, reading(rows, **more), now=now), now=now)


def told(store: Store, number: int) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...], bool]]:
    rows = staged_rows.page(store, number, most=-1)
    return [(row.key, row.verdict, row.taken, row.kept, row.ticked) for row in rows]


def row_of(store: Store, number: int, key: str) -> Staged:
    return next(row for row in staged_rows.page(store, number, most=-1) if row.key == key)


def find(store: Store, title: str) -> Event:
    (found,) = [event for event in every(store) if event.title == title]
    return found


def every(store: Store) -> list[Event]:
    return events.by_ids(store, list(range(1, 10_000)))


def dump(store: Store) -> dict[str, list[str]]:
    """Every table but those of imports that wait and of the journal."""
    names = [row[0] for row in store.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    left_out = ("staged_", "journal")
    return {name: sorted(map(repr, store.db[name].rows)) for name in names if not name.startswith(left_out)}


def everywhere(publisher: Publisher) -> bytes:
    return publisher.feed(named(publisher.store, "all", "ics"), today=TODAY).body


def test_import_publishes_each_event_with_the_file_as_its_source(store: Store):
    number = stage(store, reading(ROWS), source_url="https://partner.example/")
    assert told(store, number) == [("a", "new", (), (), True), ("b", "new", (), (), True)]
    batch = apply(store, number)
    event = find(store, "Spectrum Days")
    assert fields_of(event).items() >= {**GENEVA, "source": "Partner calendar"}.items()
    assert (event.source_url, event.timezone, event.slug) == (
        *("https://partner.example/", "Europe/Zurich", "spectrum-days-2031"),
    )
    (revision,) = history.of_event(store, event.uid)
    assert (revision.action, revision.actor, revision.reason, revision.batch) == (
        *("imported", EDITOR, "Partner calendar", batch),
    )
    assert batches.by_id(store, batch).name == "Partner calendar"
    assert batches.tally(store, batch) == {"added": 2, "changed": 0, "undone": 0}
    assert search.count(store, Selection.of(city="Quito", year="2032")) == 1


def test_row_may_name_a_source_of_its_own(store: Store):
    own = {"source": "Note verbale", "source_url": "https://un.org/note"}
    bring(store, {"a": GENEVA | own, "b": QUITO | {"source": "Letter"}, "c": GENEVA | {"title": "Orbit Days"}})
    sources = {title: (find(store, title).source, find(store, title).source_url) for title in (GENEVA["title"],)}
    assert sources == {"Spectrum Days": ("Note verbale", "https://un.org/note")}
    assert (find(store, QUITO["title"]).source, find(store, QUITO["title"]).source_url) == ("Letter", "")
    assert find(store, "Orbit Days").source == "Partner calendar"


def test_nothing_of_an_import_that_waits_is_public(store: Store, publisher: Publisher):
    before, feed = dump(store), everywhere(publisher)
    number = stage(store, reading(ROWS))
    assert (dump(store), everywhere(publisher)) == (before, feed)
    importing.drop(store, number, actor=EDITOR, now=NOW)
    assert (dump(store), staged_rows.page(store, number, most=-1)) == (before, [])


def test_importing_twice_leaves_the_database_as_once(store: Store):
    bring(store)
    once = dump(store)
    number = stage(store, reading(ROWS), now=LATER)
    assert told(store, number) == [("a", "same", (), (), True), ("b", "same", (), (), True)]
    assert apply(store, number, now=LATER) is None
    assert dump(store) == once


def test_rows_of_an_applied_import_are_thrown_away(store: Store):
    number = stage(store, reading(ROWS))
    apply(store, number)
    assert (staging.by_id(store, number).state, staged_rows.page(store, number, most=-1)) == ("applied", [])
    assert staging.waiting(store) == []


def edit(store: Store, event: Event, **given: Any) -> Event:
    fields = {**fields_of(event), **given}
    return desk.edit(store, event.uid, fields, sequence=event.sequence, actor=EDITOR, reason="x", now=LATER)


def test_edit_of_an_imported_event_outlives_the_next_import(store: Store):
    bring(store)
    edited = edit(store, find(store, "Spectrum Days"), title="Spectrum Days 2031", venue="CICG")
    number = stage(store, reading({"a": GENEVA, "b": QUITO}), now=LATER)
    assert told(store, number) == [("a", "same", (), (), True), ("b", "same", (), (), True)]
    apply(store, number, now=LATER)
    assert find(store, "Spectrum Days 2031") == edited
    # The source's later word is taken where nobody else has spoken, and told where an editor has.
    changed = {
        "a": GENEVA | {"title": "Spectrum Week", "venue": "Palexpo", "url": "https://partner.example/s"},
        "b": QUITO,
    }
    number = stage(store, reading(changed), now=LATER)
    assert told(store, number)[0] == ("a", "changed", ("url",), ("title", "venue"), True)
    apply(store, number, now=LATER)
    after = events.by_uid(store, edited.uid)
    assert (after.title, after.venue, after.url) == ("Spectrum Days 2031", "CICG", "https://partner.example/s")
    assert after.sequence == edited.sequence + 1


def test_changed_row_that_is_not_ticked_is_offered_again(store: Store):
    bring(store)
    moved = {"a": GENEVA | {"dates": "14-16 June 2031"}, "b": QUITO}
    for _ in range(2):
        number = stage(store, reading(moved), now=LATER)
        assert told(store, number)[0] == ("a", "changed", ("span",), (), True)
        importing.choose(store, number, [0], ticked=[], joined=[], actor=EDITOR, now=LATER)
        assert apply(store, number, now=LATER) is None
    assert fields_of(find(store, "Spectrum Days"))["dates"] == "7-9 June 2031"


def test_all_rows_of_a_verdict_are_ticked_at_once(store: Store):
    number = stage(store, reading(ROWS))
    importing.choose_all(store, number, "new", on=False, actor=EDITOR, now=NOW)
    assert [row.ticked for row in staged_rows.page(store, number, most=-1)] == [False, False]
    importing.choose_all(store, number, "changed", on=True, actor=EDITOR, now=NOW)
    assert apply(store, number) is None


def test_event_that_the_file_no_longer_names_is_told_and_stays(store: Store):
    bring(store)
    number = stage(store, reading({"b": QUITO}), now=LATER)
    assert told(store, number) == [("b", "same", (), (), True), ("a", "vanished", (), (), False)]
    event = find(store, "Spectrum Days")
    assert row_of(store, number, "a").event == event.uid
    apply(store, number, now=LATER)
    assert find(store, "Spectrum Days") == event
    # Of a file that says it is not whole, nothing has vanished.
    number = stage(store, reading({"b": QUITO}, complete=False), now=LATER)
    assert told(store, number) == [("b", "same", (), (), True)]


def test_bad_row_is_reported_and_the_good_ones_are_kept(store: Store):
    unread = Row(
        key="c", place=3, fields={"title": "C"}, problems=(Problem(field="dates", error=CalendarError("span-empty")),)
    )
    bad = GENEVA | {"dates": "soon", "country": "XX"}
    rows = (*reading({"a": bad, "b": QUITO}).rows, unread, Row(key="b", place=4, fields=QUITO))
    number = stage(store, replace(reading({}), rows=rows))
    problems = [
        [(each.field, each.error.message) for each in row.problems] for row in staged_rows.page(store, number, most=-1)
    ]
    assert problems == [
        [("dates", "span-unreadable"), ("country", "choice-unknown")],
        [],
        [("dates", "span-empty")],
        [("form", "staged-twice")],
    ]
    assert [row[1] for row in told(store, number)] == ["problem", "new", "problem", "problem"]
    assert batches.tally(store, apply(store, number)) == {"added": 1, "changed": 0, "undone": 0}


def test_event_that_is_private_in_its_file_is_not_ticked(store: Store):
    row = Row(key="a", place=1, fields=GENEVA, notes=(CalendarError("import-private"),))
    number = stage(store, replace(reading({}), rows=(row,)))
    assert told(store, number) == [("a", "new", (), (), False)]
    assert row_of(store, number, "a").notes[0].message == "import-private"


SECOND = {"title": "COP 31", "dates": "9-20 November 2026", "city": "Antalya", "country": "TR"}


def test_likely_duplicate_is_not_ticked_and_can_be_joined(store: Store, publisher: Publisher):
    (cop,) = [each for each in every(store) if each.title.startswith("COP 31") or each.slug == "unfccc-cop-2026"]
    second = SECOND | {"title": cop.title, "dates": fields_of(cop)["dates"], "venue": "Elsewhere"}
    number = stage(store, reading({"x": second}))
    row = row_of(store, number, "x")
    assert (row.verdict, row.ticked, row.event, row.joined) == ("new", False, cop.uid, False)
    before, feed = every(store), everywhere(publisher)
    importing.choose(store, number, [0], ticked=[], joined=[0], actor=EDITOR, now=NOW)
    assert batches.tally(store, apply(store, number)) == {"added": 0, "changed": 0, "undone": 0}
    assert (every(store), everywhere(publisher)) == (before, feed)
    # It is known from now on, and its word never becomes that of the event.
    number = stage(store, reading({"x": second | {"city": "Ankara"}}), now=LATER)
    assert told(store, number) == [("x", "same", (), ("city", "venue"), True)]
    apply(store, number, now=LATER)
    assert every(store) == before
    once = dump(store)
    bring(store, {"x": second | {"city": "Ankara"}}, now=LATER)
    assert dump(store) == once


def test_likely_duplicate_can_be_added_as_an_event_of_its_own(store: Store):
    bring(store)
    twin = {"z": GENEVA}
    number = stage(store, reading(twin, origin="another"))
    assert told(store, number) == [("z", "new", (), (), False)]
    importing.choose(store, number, [0], ticked=[0], joined=[], actor=EDITOR, now=NOW)
    apply(store, number)
    assert len([event for event in every(store) if event.title == "Spectrum Days"]) == 2


def test_events_that_one_file_names_apart_are_no_duplicates_of_each_other(store: Store):
    bring(store)
    number = stage(store, reading(ROWS | {"c": GENEVA}), now=LATER)
    assert told(store, number)[2] == ("c", "new", (), (), True)


def test_events_with_our_own_uids_are_known(store: Store):
    ours = every(store)
    rows = {event.uid: {"title": event.title, "dates": fields_of(event)["dates"]} for event in ours}
    rows |= {event.uid: fields | {"venue": "Another"} for event, fields in zip(ours[:3], rows.values(), strict=False)}
    revision = store.revision()
    number = stage(store, reading(rows))
    assert {row[1] for row in told(store, number)} == {"same"}
    apply(store, number)
    assert (every(store), store.revision()) == (ours, revision)


def withdraw(store: Store, event: Event) -> Event:
    given = {"reason": "Not ours", "source": "Editor"}
    return desk.take(
        store, event.uid, desk.Step.WITHDRAW, given=given, sequence=event.sequence, actor=EDITOR, now=LATER
    )


def test_event_that_an_editor_withdrew_stays_withdrawn(store: Store):
    bring(store)
    gone = withdraw(store, find(store, "Spectrum Days"))
    number = stage(store, reading({"a": GENEVA | {"title": "Spectrum Week"}}), now=LATER)
    assert told(store, number)[0] == ("a", "same", (), ("status",), True)
    apply(store, number, now=LATER)
    assert events.by_uid(store, gone.uid) == gone


def test_event_changed_since_the_preview_is_a_conflict_that_is_told_and_not_written(store: Store):
    bring(store)
    number = stage(store, reading({"a": GENEVA | {"venue": "Palexpo"}, "b": QUITO | {"venue": "Hotel"}}), now=LATER)
    edited = edit(store, find(store, "Spectrum Days"), description="By an editor")
    apply(store, number, now=LATER)
    assert events.by_uid(store, edited.uid) == edited
    assert find(store, QUITO["title"]).venue == "Hotel"
    assert staging.by_id(store, number).state == "ready"
    assert [(row.key, row.verdict, row.done) for row in staged_rows.page(store, number, most=-1)] == [
        *(("a", "conflict", False), ("b", "changed", True)),
    ]
    importing.look_again(store, number, actor=EDITOR, now=LATER)
    check(store, number, now=LATER)
    assert told(store, number)[0] == ("a", "changed", ("venue",), (), True)
    batch = apply(store, number, now=LATER)
    after = events.by_uid(store, edited.uid)
    assert (after.venue, after.description) == ("Palexpo", "By an editor")
    assert batches.tally(store, batch) == {"added": 0, "changed": 2, "undone": 0}
    assert staging.by_id(store, number).state == "applied"


def test_event_that_came_since_the_preview_is_not_added_a_second_time(store: Store):
    first, second = (stage(store, reading(ROWS)) for _ in range(2))
    apply(store, first)
    apply(store, second)
    assert [row.verdict for row in staged_rows.page(store, second, most=-1)] == ["conflict", "conflict"]
    find(store, "Spectrum Days")


def test_interrupted_import_goes_on_as_one_batch(store: Store, monkeypatch: pytest.MonkeyPatch):
    for module in (checking, applying):
        monkeypatch.setattr(module, "CHUNK", 2)
    rows = {f"k{number}": GENEVA | {"title": f"Meeting number {number}"} for number in range(5)}
    heading = importing.heading(reading(rows), form="ics", name="x")
    number = importing.stage(store, reading(rows), heading, actor=EDITOR, now=NOW)
    importing.check_on(store, number, actor=EDITOR, now=NOW)
    assert staged_rows.counts(store, number)[""] == 3
    with pytest.raises(ConflictError, match="staged-state"):
        importing.apply(store, number, actor=EDITOR, now=NOW)
    check(store, number)
    importing.apply(store, number, actor=EDITOR, now=NOW)
    assert (staging.by_id(store, number).state, staged_rows.progress(store, number)) == ("applying", (2, 5))
    importing.apply_on(store, number, actor=EDITOR, now=NOW)
    importing.apply_on(store, number, actor=EDITOR, now=NOW)
    found = staging.by_id(store, number)
    assert (found.state, batches.tally(store, found.batch)["added"]) == ("applied", 5)
    assert store.db.execute("SELECT count(*) FROM batches").fetchone() == (1,)


def test_rows_that_many_events_are_like_are_compared_and_written_few_at_a_time(store: Store, monkeypatch):
    """Each is compared with each: no request, and above all no transaction, may take as long as that."""
    here = {f"k{number}": GENEVA | {"title": f"Meeting on subject {word}"} for number, word in enumerate("abcdef")}
    apply(store, stage(store, reading(here)))
    for module in (checking, applying):
        monkeypatch.setattr(module, "MOST_WORK", 2 * 6 * 19 * 20)
    rows = {f"x{number}": GENEVA | {"title": f"A gathering about {word}"} for number, word in enumerate("uvwxyz")}
    read = reading(rows, origin="another")
    heading = importing.heading(read, form="ics", name="another.ics")
    number = importing.stage(store, read, heading, actor=EDITOR, now=NOW)
    left = []
    while staging.by_id(store, number).state == "checking":
        importing.check_on(store, number, actor=EDITOR, now=NOW)
        left.append(staged_rows.counts(store, number)[""])
    importing.apply(store, number, actor=EDITOR, now=NOW)
    written = [staged_rows.progress(store, number)[0]]
    while staging.by_id(store, number).state == "applying":
        importing.apply_on(store, number, actor=EDITOR, now=NOW)
        written.append(staged_rows.progress(store, number)[0])
    assert (left, written) == ([4, 2, 0], [2, 4, 0])
    assert batches.tally(store, staging.by_id(store, number).batch)["added"] == 6


def test_what_waited_for_a_week_is_thrown_away_with_the_next_file(store: Store):
    old, new = stage(store, reading(ROWS)), stage(store, reading(ROWS), now=NOW + timedelta(days=6))
    last = stage(store, reading(ROWS), now=NOW + timedelta(days=8))
    assert [each.id for each in staging.waiting(store)] == [last, new]
    assert (staging.by_id(store, old).state, staged_rows.page(store, old, most=-1)) == ("dropped", [])


def test_every_step_refuses_an_import_that_is_elsewhere(store: Store):
    number = stage(store, reading(ROWS))
    apply(store, number)
    for step in (importing.check_on, importing.apply, importing.apply_on, importing.drop, importing.look_again):
        with pytest.raises(ConflictError, match="staged-state"):
            step(store, number, actor=EDITOR, now=NOW)
    with pytest.raises(NotFoundError, match="staged-unknown"):
        importing.apply(store, 999, actor=EDITOR, now=NOW)


def test_journal_tells_what_became_of_imports(store: Store):
    apply(store, stage(store, reading(ROWS)))
    importing.drop(store, stage(store, reading(ROWS)), actor=EDITOR, now=NOW)
    found = store.db.execute("SELECT action, subject, detail, actor FROM journal ORDER BY id").fetchall()
    assert found == [
        ("import-started", "/desk/import/1", "Partner calendar", EDITOR),
        ("import-applied", "/desk/import/1", "Partner calendar", EDITOR),
        ("import-dropped", "/desk/import/2", "Partner calendar", EDITOR),
    ]


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"name": ""}, [("source", "source-required")]),
        ({"name": "x", "source": "s" * 201}, [("source", "text-long")]),
        ({"name": "x", "origin": "s" * 201}, [("origin", "text-long")]),
        ({"name": "x", "source_url": "www.un.org"}, [("source_url", "link-scheme")]),
        ({"name": "x", "source_url": "https://un.org/" + "x" * 1000}, [("source_url", "text-long")]),
    ],
)
def test_heading_tells_every_problem(given, problems):
    with pytest.raises(ProblemsError) as caught:
        importing.heading(reading({}, title="", origin=""), form="ics", **given)
    assert [(each.field, each.error.message) for each in caught.value.problems] == problems


def test_origin_is_what_the_file_says_of_itself_else_what_is_given_else_its_name():
    nameless = reading({}, origin="", title="")
    assert [
        importing.heading(read, form="ics", name="may.ics", **more).origin
        for read, more in [(reading({}), {"origin": "x"}), (nameless, {"origin": "x"}), (nameless, {})]
    ] == ["import:partner", "import:x", "import:may.ics"]


def test_cancelled_in_the_source_is_cancelled_here(store: Store):
    bring(store)
    bring(store, {"a": GENEVA | {"status": "cancelled"}, "b": QUITO}, now=LATER)
    assert find(store, "Spectrum Days").status is Status.CANCELLED


def table(*cells: tuple[str, ...]) -> Table:
    columns = ("Name", "When", "Town", "Hall")
    return Table(columns=columns, rows=tuple(enumerate(cells, start=2)))


def bring_table(store: Store, read: Table, mapping: dict[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Imports a table; gives the verdict on each row, and what was taken from it."""
    heading = importing.heading(read, form="table", name="halls.csv")
    number = importing.stage(store, read, heading, actor=EDITOR, now=LATER)
    assert staging.by_id(store, number).state == "mapping"
    importing.map_columns(store, number, mapping, actor=EDITOR, now=LATER)
    check(store, number, now=LATER)
    rows = staged_rows.page(store, number, most=-1)
    apply(store, number, now=LATER)
    return [(row.verdict, row.taken) for row in rows]


def test_column_that_is_not_mapped_says_nothing_and_an_empty_cell_does(store: Store):
    mapping = {"0": "title", "1": "dates", "2": "city", "3": "venue"}
    first = table(("Spectrum Days", "7-9 June 2031", "Geneva", "CICG"))
    assert bring_table(store, first, mapping) == [("new", ())]
    moved = table(("Spectrum Days", "7-9 June 2031", "New York", "CICG"))
    without = {place: field for place, field in mapping.items() if field != "venue"}
    assert bring_table(store, moved, without) == [("changed", ("city", "country", "timezone"))]
    event = find(store, "Spectrum Days")
    assert (event.city, event.country, event.venue) == ("New York", "US", "CICG")
    emptied = table(("Spectrum Days", "7-9 June 2031", "New York", ""))
    assert bring_table(store, emptied, mapping) == [("changed", ("venue",))]


@pytest.mark.parametrize(
    ("mapping", "problems"),
    [
        ({"0": "title"}, ["columns"]),
        ({"0": "title", "1": "dates", "2": "title"}, ["column-0", "column-2"]),
        ({"0": "title", "1": "start", "2": "colour"}, ["column-2"]),
    ],
)
def test_mapping_that_cannot_be_read_is_refused(store: Store, mapping, problems):
    with pytest.raises(ProblemsError) as caught:
        bring_table(store, table(("A", "7 June 2031", "", "")), mapping)
    assert [each.field for each in caught.value.problems] == problems


def test_preview_writes_nothing_and_says_the_same(store: Store):
    bring(store)
    read = reading({"a": GENEVA | {"venue": "Palexpo"}, "c": GENEVA | {"title": "Orbit Days"}})
    before = dump(store), store.db.execute("SELECT count(*) FROM staged_rows").fetchone()
    found = importing.preview(store, read, importing.heading(read, form="ics", name="x"), now=LATER)
    assert (dump(store), store.db.execute("SELECT count(*) FROM staged_rows").fetchone()) == before
    number = stage(store, read, now=LATER)
    assert [replace(row, base=None) for row in found] == [
        replace(row, base=None) for row in staged_rows.page(store, number, most=-1)
    ]
