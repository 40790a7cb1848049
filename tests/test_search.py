from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app import places, spans
from calendar_app.events import Deadline, Event
from calendar_app.facets import FACETS
from calendar_app.selection import Selection
from calendar_app.store import Store, events, search, series
from calendar_app.topics import Confidence, DeadlineKind, Role, Status

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 24)
EVENT = Event(
    title="A meeting",
    span=spans.parse("28 December 2031 - 2 January 2032"),
    uid="00000000-0000-4000-8000-000000000000",
    slug="a-meeting",
    stamp=NOW,
    city="Ulaanbaatar",
    country="MN",
    convener="Zebra Commission",
)


@pytest.fixture(scope="module")
def everything(catalogued: Store) -> list[Event]:
    """Every event of the catalogue, in list order."""
    found = events.by_ids(catalogued, list(range(1, 10_000)))
    assert len(found) == catalogued.db.conn.execute("SELECT count(*) FROM events").fetchone()[0]
    return sorted(found, key=lambda event: (spans.sort_key(event.span)[:6], event.title, event.uid))


def save(store: Store, *new: Event) -> None:
    with store.change(NOW, actor="editor@itu.int") as change:
        for event in new:
            events.save(change, event, action="added")


def found(store: Store, selection: Selection) -> list[str]:
    return [event.slug for event in events.by_ids(store, search.ids(store, selection))]


def totals(store: Store, facet: str) -> dict[str, int]:
    return search.counts(store, Selection(), [facet])[facet]


def words(store: Store, text: str) -> list[str]:
    return found(store, Selection(words=text))


# Facets and periods


@pytest.mark.parametrize(
    ("chosen", "slugs"),
    [
        ({"city": "Quito"}, ["habitat-2016"]),
        ({"country": "EC", "year": "2016"}, ["habitat-2016"]),
        ({"country": ["EC", "MA"], "year": "2016"}, ["habitat-2016", "unfccc-cop-2016"]),
        ({"sdg": "13", "country": "MA", "year": "2016"}, ["unfccc-cop-2016"]),
        ({"theme": "climate-change", "city": "Marrakech"}, ["unfccc-cop-2016"]),
        ({"event": ["igf-2016", "hlpf-2016"]}, ["hlpf-2016", "igf-2016"]),
        ({"event": "hlpf-2016", "year": "2017"}, []),
        (
            {"series": "ldc-conference", "status": "confirmed"},
            ["ldc-conference-2022", "ldc-conference-2023"],
        ),
        ({"kind": "office"}, []),
        ({"status": "cancelled"}, ["hlcp-2020-04", "sti-forum-2020", "copuos-2020", "ai-for-good-2020"]),
    ],
)
def test_same_facet_means_or_and_different_facets_mean_and(catalogued: Store, chosen, slugs):
    selection = Selection.of(**chosen)
    assert found(catalogued, selection) == slugs
    assert search.count(catalogued, selection) == len(slugs)


def test_span_over_the_new_year_is_in_both_years(store: Store):
    save(store, EVENT)
    assert found(store, Selection.of(year="2031")) == ["a-meeting"]
    assert found(store, Selection.of(year="2032")) == ["a-meeting"]
    assert found(store, Selection.of(year=["2031", "2032"])) == ["a-meeting"]


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        ("2031-12-01", "2031-12-27", False),
        ("2031-12-01", "2031-12-28", True),
        ("2031-12-30", "2031-12-31", True),
        ("2032-01-02", "2032-02-01", True),
        ("2032-01-03", "2032-02-01", False),
        ("2031-01-01", "2033-01-01", True),
    ],
)
def test_span_matches_a_period_that_it_overlaps(store: Store, first, last, overlaps):
    save(store, EVENT)
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    assert ("a-meeting" in found(store, Selection(first=first, last=last))) is overlaps
    assert ("a-meeting" in found(store, Selection(first=first))) is (first <= EVENT.span.last)
    assert ("a-meeting" in found(store, Selection(last=last))) is (last >= EVENT.span.first)


def test_month_without_days_is_in_any_week_of_it(catalogued: Store):
    for day in range(1, 31):
        week = Selection(first=date(2016, 11, day), last=date(2016, 11, day) + timedelta(days=6))
        assert "igf-2016" in found(catalogued, week)
    assert "igf-2016" not in found(catalogued, Selection(first=date(2016, 12, 1), last=date(2016, 12, 31)))
    assert "igf-2016" not in found(catalogued, Selection(first=date(2016, 10, 1), last=date(2016, 10, 31)))


def test_what_is_on_now_is_both_to_come_and_of_the_days_before(store: Store):
    days = {"ended": "22-23 November 2026", "on": "23-24 November 2026", "today": "24 November 2026"}
    for place, (slug, text) in enumerate(days.items()):
        save(store, replace(EVENT, uid=f"{place:08}{EVENT.uid[8:]}", slug=slug, span=spans.parse(text)))
    selected = found(store, Selection(last=TODAY - timedelta(days=1), when="upcoming").at(TODAY))
    assert [slug for slug in selected if slug in days] == ["on"]


def test_upcoming_and_past_share_all_events_between_them(store: Store):
    days = {"ended": "23 November 2026", "on": "23-24 November 2026", "today": "24 November 2026", "soon": "2030"}
    for place, (slug, text) in enumerate(days.items()):
        save(store, replace(EVENT, uid=f"{place:08}{EVENT.uid[8:]}", slug=slug, span=spans.parse(text)))
    upcoming, past = (found(store, Selection(when=when).at(TODAY)) for when in ("upcoming", "past"))
    assert [slug for slug in upcoming if slug in days] == ["on", "today", "soon"]
    assert [slug for slug in past if slug in days] == ["ended"]
    assert sorted(upcoming + past) == sorted(found(store, Selection()))


CHOSEN = st.dictionaries(
    st.sampled_from(["theme", "sdg", "series", "kind", "country", "role", "mode", "year", "status", "city"]),
    st.lists(st.integers(0, 1000), min_size=1, max_size=3),
    max_size=3,
)
DAYS = st.none() | st.dates(date(2015, 1, 1), date(2028, 1, 1))


@settings(deadline=None, max_examples=60)
@given(chosen=CHOSEN, first=DAYS, last=DAYS, when=st.sampled_from(["", "past", "upcoming"]))
def test_selection_finds_what_a_reader_would_find_by_hand(
    catalogued: Store, everything: list[Event], chosen, first, last, when
):
    directory = series.directory(catalogued)

    def values(facet: str, event: Event) -> set[str]:
        return set(map(str, FACETS[facet].values(event, directory.get(event.series)))) - {""}

    vocabulary = {facet: sorted({value for event in everything for value in values(facet, event)}) for facet in chosen}
    facets = {facet: [vocabulary[facet][n % len(vocabulary[facet])] for n in picks] for facet, picks in chosen.items()}
    selection = replace(Selection.of(**facets), first=first, last=last, when=when)

    def fits(event: Event, *, beside: str = "") -> bool:
        timely = {"": True, "past": event.span.last < TODAY, "upcoming": event.span.last >= TODAY}[when]
        chosen_of = (values(facet, event) & set(some) for facet, some in facets.items() if facet != beside)
        return timely and event.span.overlaps(first, last) and all(chosen_of)

    absolute = selection.at(TODAY)
    assert found(catalogued, absolute) == [event.slug for event in everything if fits(event)]
    assert search.count(catalogued, absolute) == sum(map(fits, everything))
    assert search.counts(catalogued, absolute, ["country", "theme"]) == {
        facet: dict(
            sorted(
                Counter(v for event in everything if fits(event, beside=facet) for v in values(facet, event)).items()
            )
        )
        for facet in ("country", "theme")
    }


def test_pages_of_a_list_are_the_list(catalogued: Store):
    selection = Selection.of(country="CH")
    whole = search.ids(catalogued, selection)
    pages = [search.ids(catalogued, selection, most=10, offset=at) for at in range(0, len(whole), 10)]
    assert [number for page in pages for number in page] == whole
    assert search.ids(catalogued, selection, most=0) == []
    assert search.ids(catalogued, selection, most=5, offset=10_000) == []


def test_counts_stand_beside_the_other_facets_chosen(catalogued: Store, everything: list[Event]):
    chosen = Selection.of(country=["CH", "US"], year="2016")
    told = search.counts(catalogued, chosen, ["country", "year", "theme"])
    in_2016 = [event for event in everything if 2016 in {event.span.first.year, event.span.last.year}]
    assert told["country"] == dict(sorted(Counter(e.country for e in in_2016 if e.country).items()))
    assert set(told["country"]) > {"CH", "EC", "US"}
    assert {"2015", "2016", "2026"} <= set(told["year"])
    here = [event for event in in_2016 if event.country in {"CH", "US"}]
    assert told["theme"] == dict(sorted(Counter(theme for event in here for theme in event.themes).items()))


def test_counts_for_directories_hold_every_public_event(catalogued: Store, everything: list[Event]):
    assert totals(catalogued, "country") == dict(
        sorted(Counter(event.country for event in everything if event.country).items())
    )


def test_count_of_undated_is_of_those_without_a_settled_month(catalogued: Store, everything: list[Event]):
    def undated(event: Event) -> bool:
        return event.span.days is None and not event.span.single_month

    assert search.count(catalogued, Selection(), undated=True) == sum(map(undated, everything)) > 0
    for country in ("CH", "US"):
        wanted = sum(undated(event) for event in everything if event.country == country)
        assert search.count(catalogued, Selection.of(country=country), undated=True) == wanted


@pytest.mark.parametrize(
    ("dates", "undated"),
    [
        ("7 May 2031", 0),
        ("30 October - 4 November 2031", 0),
        ("May 2031", 0),
        ("February-March 2031", 1),
        ("December 2031 - January 2032", 1),
        ("2031", 1),
    ],
)
def test_undated_is_what_a_calendar_can_not_carry(store: Store, dates, undated):
    chosen = Selection.of(event="a-meeting")
    save(store, replace(EVENT, span=spans.parse(dates)))
    assert (search.count(store, chosen), search.count(store, chosen, undated=True)) == (1, undated)
    save(store, replace(EVENT, span=spans.parse(dates), status=Status.WITHDRAWN))
    assert search.count(store, chosen, undated=True) == 0


def test_deadlines_are_counted_of_public_events(store: Store):
    before = search.count_deadlines(store)
    last_days = tuple(
        Deadline(uid=EVENT.uid.replace("4000", f"411{kind}"), kind=DeadlineKind.INPUT, day=date(2031, 10, kind))
        for kind in (1, 2)
    )
    save(store, replace(EVENT, deadlines=last_days, published=False))
    assert search.count_deadlines(store) == before
    save(store, replace(EVENT, deadlines=last_days))
    assert search.count_deadlines(store) == before + 2
    save(store, replace(EVENT, deadlines=last_days, status=Status.CANCELLED))
    assert search.count_deadlines(store) == before + 2
    save(store, replace(EVENT, deadlines=last_days, status=Status.WITHDRAWN))
    assert search.count_deadlines(store) == before


# What nobody may see


@pytest.mark.parametrize(
    "hidden",
    [replace(EVENT, status=Status.WITHDRAWN), replace(EVENT, published=False)],
    ids=["withdrawn", "unpublished"],
)
def test_hidden_events_are_found_by_nothing(store: Store, hidden: Event):
    everything_else = search.count(store, Selection())
    facets = list(FACETS)
    before = search.counts(store, Selection(), facets)
    save(store, hidden)
    selections = [Selection.of(event="a-meeting"), Selection.of(country="MN"), Selection(words="zebra")]
    selections += [Selection.of(city="Ulaanbaatar"), Selection(first=date(2031, 12, 1), last=date(2032, 1, 31))]
    for selection in selections:
        assert (found(store, selection), search.count(store, selection)) == ([], 0)
        assert search.counts(store, selection, ["year"]) == {"year": {}}
    assert search.count(store, Selection()) == everything_else
    assert search.counts(store, Selection(), facets) == before
    assert "MN" not in totals(store, "country")
    for facet, value in (("event", "a-meeting"), ("city", "Ulaanbaatar"), ("convener", "Zebra Commission")):
        # What was published once stays in the vocabulary, so that a feed that selects it lives on.
        assert search.known(store, facet, value) == (value if hidden.published else None)
    # And all of it is there for everyone once it is public.
    save(store, replace(hidden, published=True, status=Status.CONFIRMED))
    for selection in selections:
        assert found(store, selection) == ["a-meeting"]
    assert search.known(store, "event", "a-meeting") == "a-meeting"
    assert search.known(store, "convener", "zebra  commission") == "Zebra Commission"


def test_withdrawn_events_stay_in_feeds_as_tombstones(store: Store):
    hidden = replace(EVENT, uid=EVENT.uid.replace("4000", "4111"), slug="hidden", published=False)
    save(store, replace(EVENT, status=Status.WITHDRAWN), hidden)
    number = store.db.conn.execute("SELECT id FROM events WHERE slug = 'a-meeting'").fetchone()[0]
    version = search.Version(id=number, uid=EVENT.uid, sequence=0, stamp="2026-11-24T09:30:00Z")
    assert search.versions(store, Selection.of(country="MN")) == [version]
    assert search.known(store, "event", "a-meeting") == "a-meeting"
    assert search.known(store, "event", "hidden") is None


def test_unverified_events_are_public(catalogued: Store):
    assert events.by_slug(catalogued, "hlpf-2026").confidence is Confidence.LOW
    assert found(catalogued, Selection.of(event="hlpf-2026")) == ["hlpf-2026"]


def test_versions_follow_each_save(store: Store):
    (before,) = search.versions(store, Selection.of(event="hlpf-2016"))
    save(store, replace(events.by_slug(store, "hlpf-2016"), title="HLPF"))
    (after,) = search.versions(store, Selection.of(event="hlpf-2016"))
    assert after == before._replace(sequence=before.sequence + 1, stamp="2026-11-24T09:30:00Z")
    assert [version.id for version in search.versions(store, Selection())] == search.ids(store, Selection())


def test_facets_follow_each_save(store: Store):
    save(store, replace(events.by_slug(store, "habitat-2016"), city="Lima", country="PE", roles=(Role.HOST,)))
    assert found(store, Selection.of(city="Quito")) == []
    assert found(store, Selection.of(city="Lima", country="PE", role="host")) == ["habitat-2016"]
    assert words(store, "quito") == []
    assert "habitat-2016" in words(store, "lima peru")


# Known values


@pytest.mark.parametrize(
    ("facet", "value", "spelling"),
    [
        ("series", "hlpf", "hlpf"),
        ("series", "HLPF", None),
        ("series", "jiu", "jiu"),
        ("event", "hlpf-2016", "hlpf-2016"),
        ("event", "hlpf-1900", None),
        ("city", "geneva", "Geneva"),
        ("city", "Genève", "Geneva"),
        ("city", "日内瓦", "Geneva"),
        ("city", "MARRAKESH", "Marrakech"),
        ("city", "Atlantis", None),
        ("convener", "ecosoc", "ECOSOC"),
        ("convener", "un  desa", "UN DESA"),
        # Two bodies; each is selected by itself.
        ("convener", "ECOSOC / UN DESA", None),
        ("convener", "Nobody", None),
    ],
)
def test_known_gives_the_vocabularys_own_spelling(catalogued: Store, facet, value, spelling):
    assert search.known(catalogued, facet, value) == spelling


def test_first_spelling_of_an_open_value_wins(store: Store):
    save(store, replace(EVENT, city="Erewhon", country=""))
    other = replace(EVENT, uid=EVENT.uid.replace("4000", "4111"), slug="another")
    save(store, replace(other, city="EREWHÓN", country="", convener="zebra  COMMISSION"))
    both = ["a-meeting", "another"]
    for facet, spelling in (("city", "Erewhon"), ("convener", "Zebra Commission")):
        assert search.known(store, facet, spelling.upper()) == spelling
        assert sorted(found(store, Selection.of(**{facet: spelling}))) == both
        told = totals(store, facet)
        assert told[spelling] == 2
        assert [value for value in told if places.fold(value) == places.fold(spelling)] == [spelling]
    # The event itself keeps its own.
    assert events.by_slug(store, "another").city == "EREWHÓN"


def test_spelling_of_what_was_never_published_is_none(store: Store):
    hidden = replace(EVENT, uid=EVENT.uid.replace("4000", "4111"), slug="hidden", published=False)
    save(store, replace(hidden, convener="ZEBRA commission"))
    assert search.known(store, "convener", "Zebra Commission") is None
    save(store, EVENT)
    assert search.known(store, "convener", "zebra commission") == "Zebra Commission"
    save(store, replace(hidden, convener="ZEBRA commission", published=True, sequence=1))
    assert sorted(found(store, Selection.of(convener="Zebra Commission"))) == ["a-meeting", "hidden"]


def test_value_stays_known_when_its_last_event_has_moved(store: Store):
    save(store, EVENT)
    save(store, replace(EVENT, city="Erewhon", country="", convener="ITU"))
    for facet, value in (("city", "Ulaanbaatar"), ("convener", "Zebra Commission")):
        assert search.known(store, facet, value.upper()) == value
        assert found(store, Selection.of(**{facet: value})) == []
        assert value not in totals(store, facet)


def test_event_of_several_conveners_is_found_by_each(store: Store):
    save(store, replace(EVENT, convener="UN Zebra / YAK and OX Office"))
    for body in ("UN Zebra", "YAK", "OX Office"):
        assert search.known(store, "convener", body) == body
        assert found(store, Selection.of(convener=body)) == ["a-meeting"]
    assert found(store, Selection.of(convener=["YAK", "OX Office"])) == ["a-meeting"]


def test_event_of_a_convener_whose_name_holds_an_and_is_found_whole(store: Store):
    save(store, replace(EVENT, convener="Department of Zebras and Yaks"))
    assert search.known(store, "convener", "Department of Zebras and Yaks") == "Department of Zebras and Yaks"
    assert search.known(store, "convener", "Yaks") is None


def test_every_open_value_is_known_as_it_is_spelled(catalogued: Store):
    for facet in (name for name, each in FACETS.items() if each.closed is None):
        for value in totals(catalogued, facet):
            assert search.known(catalogued, facet, value) == value


# Words


def in_geneva(store: Store) -> list[str]:
    return found(store, Selection.of(city="Geneva"))


@pytest.mark.parametrize(
    "text", ["geneve", "Genève", "GENEVE", "genf", "日内瓦", "日内", "内瓦", "瓦", "جنيف", "جن", "Женева"]
)
def test_words_find_a_city_by_its_other_names(catalogued: Store, text):
    assert words(catalogued, text) == in_geneva(catalogued)


def test_words_for_geneva_find_more_than_the_city(catalogued: Store):
    # Its own name stands in titles and conveners too.
    assert set(words(catalogued, "geneva")) >= set(in_geneva(catalogued))


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("quito", ["habitat-2016"]),
        ("Habitat III", ["habitat-2016"]),
        ("habitat iii quito ecuador", ["habitat-2016"]),
        ("habitat bonn", []),
        ("marrakesh", ["unfccc-cop-2016"]),
        ("MARRAKECH", ["unfccc-cop-2016"]),
        ("cop 22", ["unfccc-cop-2016"]),
        ("“cop-22”", ["unfccc-cop-2016"]),
        ("turkey", ["whs-2016", "ldc-midterm-review-2016", "unfccc-cop-2026"]),
        ("türkiye", ["whs-2016", "ldc-midterm-review-2016", "unfccc-cop-2026"]),
        ("turkiye", ["whs-2016", "ldc-midterm-review-2016", "unfccc-cop-2026"]),
        ("TÜRKİYE humanitarian", ["whs-2016"]),
        ("İstanbul humanitarian", ["whs-2016"]),
        ("ldc5 – second part", ["ldc-conference-2023"]),
        ("quito & ecuador", ["habitat-2016"]),
        ("quit", []),
    ],
)
def test_words_find_names_acronyms_and_aliases(catalogued: Store, text, slugs):
    assert words(catalogued, text) == slugs


def test_words_find_a_country_by_every_name_it_has(catalogued: Store):
    here = totals(catalogued, "country")
    assert len(here) > 30
    for code in here:
        of_it = set(found(catalogued, Selection.of(country=code)))
        for name in places.country_names(code):
            for typed in (name, name.upper(), places.fold(name)):
                assert (typed, of_it - set(words(catalogued, typed))) == (typed, set())


def test_words_find_a_country_by_its_aliases(store: Store):
    save(store, replace(EVENT, city="", country="CI"))
    for typed in ("ivory coast", "côte d’ivoire", "COTE D'IVOIRE"):
        assert "a-meeting" in words(store, typed)


@pytest.mark.parametrize("typed", ["cop30", "COP 30", "cop-30", "Cop30", "30 cop"])
def test_letters_and_figures_are_found_apart_and_together(catalogued: Store, typed):
    assert words(catalogued, typed) == words(catalogued, "cop 30")
    assert "unfccc-cop-2025" in words(catalogued, typed)


@pytest.mark.parametrize("title", ["Zebra B20 forum", "Zebra B 20 forum", "Zebra b-20 forum"])
def test_letters_and_figures_are_set_apart_in_the_event_too(store: Store, title):
    save(store, replace(EVENT, title=title))
    for typed in ("b20", "B 20", "b-20", "zebra B20", "20"):
        assert "a-meeting" in words(store, typed)
    assert "a-meeting" not in words(store, "b2")
    assert "a-meeting" not in words(store, "b202")


@pytest.mark.parametrize(
    "typed", ["第5", "5届", "第 5", "第5届", "届首", "第5届首脑会议2027", "议2027", "2027年", "年"]
)
def test_figures_in_scripts_without_spaces_are_found(store: Store, typed):
    save(store, replace(EVENT, title="第5届首脑会议2027年"))
    assert words(store, typed) == ["a-meeting"]


def test_words_are_looked_up_once_each(catalogued: Store):
    asked: list[str] = []
    catalogued.db.conn.set_trace_callback(asked.append)
    once, often = (words(catalogued, text) for text in ("quito habitat", "quito Habitat QUITO quitó habitat"))
    catalogued.db.conn.set_trace_callback(None)
    assert often == once == ["habitat-2016"]
    looked_up = [statement for statement in asked if "MATCH" in statement]
    assert [statement.count("MATCH") for statement in looked_up] == [1, 1]
    assert looked_up[0].count("quito") == looked_up[1].count("quito") == 1


def test_words_find_every_session_of_an_acronym(catalogued: Store):
    assert set(words(catalogued, "hlpf")) >= set(found(catalogued, Selection.of(series="hlpf")))
    assert words(catalogued, "hlpf") == words(catalogued, "HLPF") == words(catalogued, " hLpF ")
    assert "unfccc-cop-2016" not in words(catalogued, "hlpf")


def test_words_and_facets_are_anded(catalogued: Store):
    chosen = Selection.of(year="2016")
    assert found(catalogued, replace(chosen, words="hlpf")) == ["hlpf-2016"]
    assert found(catalogued, replace(chosen, words="hlpf geneva")) == []


def test_words_find_every_event_by_its_title(catalogued: Store, everything: list[Event]):
    assert [event.slug for event in everything if event.slug not in words(catalogued, event.title)] == []


def test_words_find_titles_in_other_scripts_and_signs(store: Store):
    titles = [
        "القمة العالمية",
        "世界首脑会议 2027",
        "Sommet – l’eau & l’énergie",
        'It\'s "the" 100% C++ (AI)',
        "สหประชาชาติ",
    ]
    for place, title in enumerate(titles):
        save(store, replace(EVENT, uid=f"{place:08}{EVENT.uid[8:]}", slug=f"e-{place}", title=title))
    for place, title in enumerate(titles):
        assert words(store, title) == [f"e-{place}"]
    assert words(store, "首脑") == words(store, "首脑会") == words(store, "世") == ["e-1"]
    assert words(store, "العالم") == ["e-0"]
    assert words(store, "SOMMET ENERGIE") == ["e-2"]
    assert words(store, "100") == ["e-3"]


HOSTILE = [
    *(
        '"',
        "'",
        '""',
        "*",
        "NEAR(",
        "NEAR(a b, 3)",
        "a OR b",
        "a AND",
        "NOT",
        "text:quito",
        "quito*",
        "^quito",
        "-quito",
    ),
    *(
        "%",
        "_",
        "%%%",
        "\\",
        "日%",
        "日_",
        "_内",
        "日\\",
        "(",
        ")",
        "{}",
        "a + b",
        "...",
        "–",
        "؟",
        "。",
        "🌍",
        "\u200d",
    ),
    *("'; DROP TABLE events; --", "x" * 200, "\u0301", "a\u0301\u0301\u0301", "ﷺ", "\ufdfa" * 60, "日" * 200),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_only_words(catalogued: Store, text):
    assert search.count(catalogued, Selection(words=text)) < search.count(catalogued, Selection())
    assert len(words(catalogued, text)) == search.count(catalogued, Selection(words=text))


def test_hostile_words_mean_nothing_special(catalogued: Store):
    assert words(catalogued, "quito OR geneva") == []
    assert words(catalogued, "quit*") == []
    assert words(catalogued, "text:quito") == []
    assert words(catalogued, "日_瓦") == []
    assert words(catalogued, "日%") == []
    assert words(catalogued, "NOT quito") == []
    # Signs about a word are no part of it.
    assert (
        words(catalogued, '"quito"') == words(catalogued, "(quito)") == words(catalogued, "-quito!") == ["habitat-2016"]
    )


@pytest.mark.parametrize("text", ['"', "*", "%", "_", "...", "- –", "&", "\u0301", "ِ", "🌍", "%%", "\\"])
def test_signs_alone_find_nothing(catalogued: Store, text):
    assert words(catalogued, text) == []


@settings(deadline=None, max_examples=300)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_can_be_looked_up(catalogued: Store, text):
    assert search.count(catalogued, Selection(words=text)) == len(search.ids(catalogued, Selection(words=text)))


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_case_diacritics_and_order_of_words_never_show(catalogued: Store, everything: list[Event], data):
    event = data.draw(st.sampled_from(everything))
    typed = data.draw(st.permutations(event.title.split()))
    as_typed = words(catalogued, " ".join(typed))
    assert event.slug in as_typed
    assert words(catalogued, " ".join(typed).upper()) == as_typed
    assert words(catalogued, places.fold(" ".join(typed))) == as_typed
