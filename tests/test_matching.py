"""What words find first, on the whole catalogue and on events of a test's own."""

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
TODAY = date(2026, 11, 24)
EVENT = Event(title="A", span=spans.parse("2031"), uid="00000000-0000-4000-8000-000000000000", slug="a", stamp=NOW)


def best(store: Store, words: str, *, most: int | None = None, offset: int = 0, **period: date) -> list[str]:
    selection = Selection(words=words, **period)
    numbers = search.ids(store, selection, most=most, offset=offset, by_relevance=True, today=TODAY)
    return [event.slug for number in numbers for event in events.by_ids(store, [number])]


def save(store: Store, *found: Event) -> None:
    with store.change(NOW, actor="editor@itu.int") as change:
        for place, event in enumerate(found, 1):
            events.save(change, replace(event, uid=f"{place:08}{EVENT.uid[8:]}"), action="added")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("HLPF", ["hlpf-2027", "hlpf-2026", "hlpf-2025"]),
        ("high-level political forum on sustainable development", ["hlpf-2027", "hlpf-2026"]),
        ("igf", ["igf-2027", "igf-2025", "igf-2024"]),
        ("igf 2016", ["igf-2016"]),
        ("quito", ["habitat-2016"]),
        ("marrakesh", ["unfccc-cop-2016"]),
        ("cop 22", ["unfccc-cop-2016"]),
        ("cop30", ["unfccc-cop-2025"]),
        ("cop", ["unfccc-cop-2027", "unfccc-cop-2028", "unfccc-cop-2026"]),
        ("ecosoc", ["ecosoc-2025", "ecosoc-2024"]),
    ],
)
def test_words_find_first_what_a_person_means(catalogued: Store, words, first):
    assert best(catalogued, words)[: len(first)] == first


@pytest.mark.parametrize("words", ["geneve", "Genève", "GENEVA", "日内瓦"])
def test_name_of_a_city_finds_what_comes_there_next(catalogued: Store, words):
    here = Selection.of(city="Geneva")
    coming, past = (
        search.ids(catalogued, replace(here, first=TODAY)),
        search.ids(catalogued, replace(here, before=TODAY)),
    )
    found = search.ids(catalogued, Selection(words=words), by_relevance=True, today=TODAY)
    assert found[: len(coming) + len(past)] == [*coming, *past[::-1]]


def test_what_is_called_so_beats_what_has_the_words_in_its_name_its_series_or_about_it(store: Store):
    titles = {
        "about": replace(EVENT, title="A meeting", venue="Zebra Hall"),
        "named": replace(EVENT, title="Meeting on the Zebra question"),
        "called": replace(EVENT, title="Zebra"),
        "acronym": replace(EVENT, title="World meeting on stripes (ZEBRA)"),
        "headed": replace(EVENT, title="Zebra: a meeting"),
    }
    save(store, *(replace(event, slug=f"e-{name}") for name, event in titles.items()))
    assert best(store, "zebra") == ["e-acronym", "e-called", "e-headed", "e-named", "e-about"]


def test_words_in_the_name_of_its_series_beat_words_about_an_event(store: Store):
    series = {"series": "sti-forum", "title": "Tenth meeting", "slug": "e-series"}
    save(store, replace(EVENT, venue="Multi-stakeholder House", slug="e-about"), replace(EVENT, **series))
    found = [slug for slug in best(store, "multi-stakeholder", first=date(2030, 1, 1)) if slug.startswith("e-")]
    assert found == ["e-series", "e-about"]


def test_what_is_on_or_coming_beats_what_is_past_and_the_nearest_the_rest(store: Store):
    days = {
        "past": "2 March 2020",
        "ended": "23 November 2026",
        "far": "2031",
        "on": "20-24 November 2026",
        "soon": "December 2026",
    }
    save(store, *(replace(EVENT, title="Zebra", slug=f"e-{n}", span=spans.parse(text)) for n, text in days.items()))
    assert best(store, "zebra") == ["e-on", "e-soon", "e-far", "e-ended", "e-past"]
    assert best(store, "zebra", first=date(2026, 1, 1), last=date(2026, 12, 31)) == ["e-on", "e-soon", "e-ended"]
    assert [best(store, "zebra", most=2, offset=at) for at in (0, 2, 4)] == [
        ["e-on", "e-soon"],
        ["e-far", "e-ended"],
        ["e-past"],
    ]


def test_best_first_finds_the_same_as_list_order(catalogued: Store):
    for selection in (Selection(words="forum"), Selection(words="forum", first=date(2016, 1, 1), last=TODAY)):
        ranked = search.ids(catalogued, selection, by_relevance=True, today=TODAY)
        assert sorted(ranked) == sorted(search.ids(catalogued, selection)) != []


def test_selection_without_words_stays_in_list_order(catalogued: Store):
    for words in ("", "–"):
        selection = Selection.of(year="2016") if not words else Selection(words=words)
        assert search.ids(catalogued, selection, by_relevance=True, today=TODAY) == search.ids(catalogued, selection)


def test_hidden_events_are_not_found_by_their_names(store: Store):
    save(
        store,
        replace(EVENT, title="Zebra", slug="e-withdrawn", status=Status.WITHDRAWN),
        replace(EVENT, title="Zebra", slug="e-hidden", published=False),
    )
    assert best(store, "zebra") == []


VOCABULARY = [
    "forum",
    "climate",
    "cop",
    "22",
    "cop-22",
    "geneve",
    "un",
    "itu",
    "日内",
    "瓦",
    "日内瓦",
    "جنيف",
    "high-level",
    "–",
]


@settings(deadline=None, max_examples=60)
@given(words=st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3), year=st.integers(2015, 2028))
def test_words_find_the_same_in_a_period_as_in_the_record(catalogued: Store, words, year):
    sought = Selection(words=" ".join(words))
    within = replace(sought, first=date(year, 1, 1), last=date(year, 12, 31))
    here = set(search.ids(catalogued, Selection(first=within.first, last=within.last)))
    assert search.ids(catalogued, within) == [number for number in search.ids(catalogued, sought) if number in here]
    whole = search.ids(catalogued, sought, by_relevance=True, today=TODAY)
    part = search.ids(catalogued, within, by_relevance=True, today=TODAY)
    assert part == [number for number in whole if number in here]
