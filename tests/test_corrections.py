"""What is offered in place of words that find nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app import spans
from calendar_app.events import Event
from calendar_app.selection import Selection
from calendar_app.store import Store, events, search
from calendar_app.topics import Status

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
EVENT = Event(
    title="Zebramorphosis",
    span=spans.parse("7-9 May 2031"),
    uid="00000000-0000-4000-8000-000000000000",
    slug="e",
    stamp=NOW,
)


def save(store: Store, event: Event) -> None:
    with store.change(NOW, actor="editor@itu.int") as change:
        events.save(change, event, action="added")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("climat change", "climate change"),
        ("genva", "geneva"),
        ("hlfp", "hlpf"),
        ("HLFP 2016", "hlpf 2016"),
        ("cyber securty", "cybersecurity"),
        ("artifical inteligence", "artificial intelligence"),
        ("climatechange", "climate change"),
        ("enviroment", "environment"),
        ("sustain", "sustainable"),
        ("Genève climat", "Genève climate"),
        ("climate-chnge", "climate change"),
        ("marakech", "marrakech"),
        ("日内瓦 climat", "日内瓦 climate"),
    ],
)
def test_words_that_find_nothing_are_written_anew(catalogued: Store, typed, offered):
    assert search.corrected(catalogued, typed) == offered
    assert search.count(catalogued, Selection(words=typed)) == 0
    assert search.count(catalogued, Selection(words=offered)) > 0


@pytest.mark.parametrize(
    "typed",
    ["", "–", "climate change", "quito geneva", "xyzzyx", "climat xyzzyx", "%", "'; DROP TABLE events; --", "2199"],
)
def test_nothing_is_offered_where_nothing_is_near_or_every_word_finds_something(catalogued: Store, typed):
    assert search.corrected(catalogued, typed) is None


def test_what_is_offered_finds_something_in_the_selection_if_anything_there_does(store: Store):
    # Two words, as far from what is typed, of which one is in the period.
    for place, (word, day) in enumerate({"zebrafoal": "7 May 2031", "zebrafowl": "7 May 2032"}.items()):
        save(
            store,
            replace(EVENT, uid=f"{place:08}{EVENT.uid[8:]}", slug=f"e-{place}", title=word, span=spans.parse(day)),
        )
    for year, word in ((2031, "zebrafoal"), (2032, "zebrafowl"), (2033, "zebrafoal")):
        within = Selection(first=date(year, 1, 1), last=date(year, 12, 31))
        assert search.corrected(store, "zebrafol", within=within) == word


@pytest.mark.parametrize(
    "hidden",
    [replace(EVENT, published=False), replace(EVENT, status=Status.WITHDRAWN)],
    ids=["unpublished", "withdrawn"],
)
def test_words_of_hidden_events_alone_are_never_offered(store: Store, hidden: Event):
    for typed in ("zebramorphosi", "zebramorp", "zebra morphosis"):
        save(store, hidden)
        assert search.corrected(store, typed) is None
        save(store, replace(hidden, published=True, status=Status.CONFIRMED))
        assert search.corrected(store, typed) == "zebramorphosis"
        # Known to have been public once, and offered no more.
        save(store, hidden)
        assert search.corrected(store, typed) is None


def test_spellings_hold_no_word_that_was_never_public(store: Store):
    save(store, replace(EVENT, published=False))
    sql = "SELECT count(*) FROM spellings WHERE word = 'zebramorphosis'"
    assert store.db.conn.execute(sql).fetchone()[0] == 0
    save(store, EVENT)
    assert store.db.conn.execute(sql).fetchone()[0] == len(set("zebramorphosis")) + 1 + 4 - 1


HOSTILE = st.lists(st.text("abcegilmnt", min_size=1, max_size=7), max_size=30).map(" ".join) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=200
)


@settings(deadline=None, max_examples=100)
@given(typed=HOSTILE)
def test_correction_of_any_text_asks_a_bounded_number_of_questions(catalogued: Store, typed):
    asked: list[str] = []
    catalogued.db.conn.set_trace_callback(asked.append)
    offered = search.corrected(catalogued, typed)
    catalogued.db.conn.set_trace_callback(None)
    assert len(asked) < 3_000
    assert offered is None or search.count(catalogued, Selection(words=offered)) > 0
