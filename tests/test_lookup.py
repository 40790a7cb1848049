"""From which end selections are looked up, as SQLite tells its plans: what a period costs is what lies in it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from calendar_app import spans
from calendar_app.events import Event
from calendar_app.facets import FACETS
from calendar_app.selection import Selection
from calendar_app.store import Store, events, search

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
YEAR = Selection(first=date(2016, 1, 1), last=date(2016, 12, 31))
CHOSEN = Selection.of(theme="climate-change", sdg=["9", "13"])
EVENT = Event(
    title="A meeting",
    span=spans.parse("28 December 2031 - 2 January 2032"),
    uid="00000000-0000-4000-8000-000000000000",
    slug="a-meeting",
    stamp=NOW,
    country="MN",
)
HLPF = "2fd7ad9a-a90c-5b32-93dd-84f93ad0b240"
BOUNDED = {
    "month": Selection(first=date(2016, 11, 1), last=date(2016, 11, 30)),
    "period": YEAR,
    "period, facets": replace(YEAR, facets=CHOSEN.facets),
    "period, words": replace(YEAR, words="climate change 日内瓦 日内"),
    "period, facets, words": replace(YEAR, facets=CHOSEN.facets, words="cop"),
    "period until today": Selection(first=date(2026, 11, 1), before=TODAY),
    "year": Selection.of(year="2016"),
    "year, facets, words": replace(Selection.of(year="2016", theme="climate-change"), words="cop"),
    "events": replace(Selection.of(event=["hlpf-2016", "igf-2016"]), words="forum", first=TODAY),
}


def plans(store: Store, look_up: Callable[[], object]) -> list[str]:
    """The steps of the plans of all that is asked of the database, each as SQLite tells it."""
    asked: list[str] = []
    store.db.conn.set_trace_callback(asked.append)
    look_up()
    store.db.conn.set_trace_callback(None)
    # What full text asks of its own tables is told as a comment.
    statements = [sql for sql in asked if not sql.startswith("--") and "FROM state" not in sql]
    assert statements
    return [row[3] for sql in statements for row in store.db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]


def whole(steps: list[str]) -> list[str]:
    """The steps that read a table or an index of the record from end to end."""
    return [step for step in steps if re.match(r"SCAN (?:e|events|facets|names|spellings)\b", step)]


LOOK_UPS: dict[str, Callable[[Store, Selection], object]] = {
    "ids": search.ids,
    "a page": lambda store, selection: search.ids(store, selection, most=10, offset=10),
    "newest first": lambda store, selection: search.ids(store, selection, most=10, newest_first=True),
    "best first": lambda store, selection: search.ids(store, selection, by_relevance=True, today=TODAY),
    "count": search.count,
    "undated": lambda store, selection: search.count(store, selection, undated=True),
    "versions": search.versions,
    "counts": lambda store, selection: search.counts(store, selection, set(FACETS) - {"year", "event"}),
}


@pytest.mark.parametrize("name", LOOK_UPS)
def test_bounded_selection_reads_no_table_whole(catalogued: Store, name):
    for selection in BOUNDED.values():
        steps = plans(catalogued, lambda: LOOK_UPS[name](catalogued, selection))  # noqa: B023
        assert (selection, whole(steps)) == (selection, [])


def test_period_is_looked_up_from_both_its_ends(catalogued: Store):
    steps = plans(catalogued, lambda: search.ids(catalogued, YEAR))
    assert steps == [
        "SEARCH e USING COVERING INDEX events_sort (sort>? AND sort<?)",
        "SCALAR SUBQUERY 1",
        "SEARCH events USING INDEX events_length",
    ]


@pytest.mark.parametrize("selection", [Selection(), Selection(first=TODAY), Selection(before=TODAY), CHOSEN])
def test_page_of_a_list_is_read_in_the_order_of_the_list(catalogued: Store, selection):
    for newest_first in (False, True):
        steps = plans(catalogued, lambda: search.ids(catalogued, selection, most=10, newest_first=newest_first))  # noqa: B023
        if selection != CHOSEN:
            assert [step for step in steps if "TEMP B-TREE" in step] == []
        else:
            assert whole(steps) == []


def test_page_after_an_event_begins_at_its_place(catalogued: Store):
    for selection in (Selection(), Selection(first=TODAY), YEAR):
        steps = plans(catalogued, lambda: search.ids_after(catalogued, selection, HLPF, most=10))  # noqa: B023
        assert (selection, whole(steps)) == (selection, [])
        assert [step for step in steps if "TEMP B-TREE" in step] == []


def test_events_and_their_words_are_read_by_number(catalogued: Store):
    numbers = search.ids(catalogued, YEAR)
    assert whole(plans(catalogued, lambda: events.by_ids(catalogued, numbers))) == []
    assert whole(plans(catalogued, lambda: events.by_slug(catalogued, "hlpf-2016"))) == []
    assert whole(plans(catalogued, lambda: events.parts_of(catalogued, HLPF))) == []


def test_event_that_lasts_long_is_found_from_the_end_of_its_span(store: Store):
    with store.change(NOW, actor="editor@itu.int") as change:
        events.save(change, replace(EVENT, span=spans.parse("2019-2031")), action="added")
    for first in (date(2018, 12, 31), date(2025, 6, 1), date(2031, 12, 31), date(2032, 1, 1)):
        found = events.by_ids(store, search.ids(store, Selection(first=first, last=first)))
        assert ("a-meeting" in {event.slug for event in found}) is (2019 <= first.year <= 2031)


def test_counts_are_told_of_the_record_as_it_is(store: Store):
    chosen, upcoming = Selection.of(country="MN"), Selection(when="upcoming").at(TODAY)

    def told() -> list[object]:
        counted = search.counts(store, chosen, ["country", "year"])
        return [
            search.count(store, chosen),
            search.count(store, upcoming),
            counted["country"].get("MN"),
            counted["year"],
        ]

    before = told()
    assert told() == before == [0, before[1], None, {}]
    with store.change(NOW, actor="editor@itu.int") as change:
        events.save(change, EVENT, action="added")
    assert told() == [1, before[1] + 1, 1, {"2031": 1, "2032": 1}]


def test_counts_inside_a_change_that_fails_are_forgotten_with_it(store: Store):
    before = search.count(store, Selection())

    def fail() -> None:
        with store.change(NOW, actor="editor@itu.int") as change:
            events.save(change, EVENT, action="added")
            assert search.count(store, Selection()) == before + 1
            assert search.counts(store, Selection(), ["country"])["country"]["MN"] == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    # Of the same revision, as it comes after the change that failed.
    with store.change(NOW, actor="editor@itu.int") as change:
        events.save(change, replace(EVENT, published=False), action="added")
    assert search.count(store, Selection()) == before
    assert "MN" not in search.counts(store, Selection(), ["country"])["country"]


def test_counts_that_a_caller_changes_stay_as_they_were(catalogued: Store):
    told = search.counts(catalogued, Selection(), ["mode"])
    expected = dict(told["mode"])
    told["mode"].clear()
    assert search.counts(catalogued, Selection(), ["mode"]) == {"mode": expected}
