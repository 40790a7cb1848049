from datetime import UTC, date, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import places, spans, topics
from calendar_app.errors import SelectionError
from calendar_app.events import Event, Series
from calendar_app.facets import FACETS
from calendar_app.selection import MOST_LETTERS, MOST_VALUES, MOST_WORDS, Selection, parse, stored

CITIES = {"geneva": "Geneva", "sao paulo": "São Paulo", "são paulo": "São Paulo"}
OPEN = {
    "series": {"hlpf": "hlpf", "unfccc-cop": "unfccc-cop"},
    "city": CITIES,
    "convener": {"ecosoc / un desa": "ECOSOC / UN DESA", "a&b=c": "A&B=C"},
    "partner": {"gsma": "gsma"},
    "event": {"hlpf-2016": "hlpf-2016"},
}


def known(facet: str, value: str) -> str | None:
    return OPEN[facet].get(value.casefold())


def refused(*pairs: tuple[str, str]) -> tuple[str, dict[str, object]]:
    with pytest.raises(SelectionError) as caught:
        parse(pairs, known)
    return caught.value.message, caught.value.data


def test_facets_are_the_words_of_the_design():
    assert list(FACETS) == [
        *("theme", "sdg", "series", "kind", "country", "city", "convener", "role", "mode", "year", "status"),
        *("partner", "event"),
    ]


def test_parse_reads_facets_words_and_period():
    pairs = [("theme", "youth"), ("sdg", "9"), ("theme", "africa"), ("q", "  cop   22 "), ("from", "2016-01-01")]
    assert parse([*pairs, ("to", "2016-12-31"), ("when", "past")], known) == Selection(
        facets=(("sdg", ("9",)), ("theme", ("africa", "youth"))),
        words="cop 22",
        first=date(2016, 1, 1),
        last=date(2016, 12, 31),
        when="past",
    )


def test_query_is_sorted_and_encoded():
    selection = parse([("theme", "youth"), ("q", "日内瓦 & co"), ("country", "ch"), ("convener", "A&b=c")], known)
    assert selection.query == "convener=A%26B%3DC&country=CH&q=%E6%97%A5%E5%86%85%E7%93%A6%20%26%20co&theme=youth"
    assert Selection(words="a+b c%20d").query == "q=a%2Bb%20c%2520d"
    assert Selection().query == ""
    assert Selection().pairs() == []


def test_parse_gives_the_vocabularys_own_spelling():
    assert parse([("city", "GENEVA"), ("country", "ch")], known) == Selection.of(city="Geneva", country="CH")


def test_of_sorts_and_drops_repetitions():
    assert Selection.of(theme=["youth", "africa", "youth"], sdg="9") == parse(
        [("sdg", "9"), ("theme", "africa"), ("theme", "youth")], known
    )
    assert Selection.of(theme=[]) == Selection()


@pytest.mark.parametrize("name", ["theme", "sdg", "country", "q", "from", "to", "when", "colour"])
def test_parse_ignores_empty_values(name):
    assert parse([(name, ""), (name, " \t")], known) == Selection()


@pytest.mark.parametrize("name", ["utm_source", "utm_campaign", "fbclid", "gclid", "mc_cid", "mc_eid", "msclkid"])
def test_parse_ignores_what_others_append_to_a_link(name):
    assert parse([("sdg", "9"), (name, "x" * 1000)], known) == Selection.of(sdg="9")


def test_parse_takes_when_all_for_everything():
    assert parse([("when", "all")], known) == Selection()
    assert parse([("when", "upcoming")], known) == Selection(when="upcoming")


# What is asked for, and the message and data of the refusal.
REFUSED = [
    ([("colour", "red")], "select-name", {"name": "colour"}),
    ([("c" * 100, "red")], "select-name", {"name": "c" * 59 + "…"}),
    ([("utm", "red")], "select-name", {"name": "utm"}),
    ([("sdg", "99")], "select-value", {"name": "sdg", "value": "99"}),
    ([("sdg", "09")], "select-value", {"name": "sdg", "value": "09"}),
    ([("sdg", "９")], "select-value", {"name": "sdg", "value": "９"}),
    ([("theme", "Youth")], "select-value", {"name": "theme", "value": "Youth"}),
    ([("kind", "party")], "select-value", {"name": "kind", "value": "party"}),
    ([("role", "guest")], "select-value", {"name": "role", "value": "guest"}),
    ([("mode", "fax")], "select-value", {"name": "mode", "value": "fax"}),
    ([("status", "withdrawn")], "select-value", {"name": "status", "value": "withdrawn"}),
    ([("country", "UK")], "select-value", {"name": "country", "value": "UK"}),
    ([("country", "Türkiye")], "select-value", {"name": "country", "value": "Türkiye"}),
    ([("year", "1899")], "select-value", {"name": "year", "value": "1899"}),
    ([("year", "2200")], "select-value", {"name": "year", "value": "2200"}),
    ([("series", "none")], "select-value", {"name": "series", "value": "none"}),
    ([("city", "x" * 61)], "select-value", {"name": "city", "value": "x" * 59 + "…"}),
    ([("event", "hlpf-2017")], "select-value", {"name": "event", "value": "hlpf-2017"}),
    ([("from", "11/07/2016")], "select-day", {"name": "from", "value": "11/07/2016"}),
    ([("from", "20160711")], "select-day", {"name": "from", "value": "20160711"}),
    ([("to", "2016-02-30")], "select-day", {"name": "to", "value": "2016-02-30"}),
    ([("to", "2016-W05-1")], "select-day", {"name": "to", "value": "2016-W05-1"}),
    ([("to", "1899-12-31")], "select-day", {"name": "to", "value": "1899-12-31"}),
    ([("from", "2200-01-01")], "select-day", {"name": "from", "value": "2200-01-01"}),
    ([("from", "２０１６-01-01")], "select-day", {"name": "from", "value": "２０１６-01-01"}),
    (
        [("from", "2016-02-01"), ("to", "2016-01-31")],
        "select-backwards",
        {"first": date(2016, 2, 1), "last": date(2016, 1, 31)},
    ),
    ([("when", "soon")], "select-when", {"value": "soon"}),
    ([("when", "past"), ("when", "upcoming")], "select-twice", {"name": "when"}),
    ([("q", "hlpf"), ("q", "cop")], "select-twice", {"name": "q"}),
    ([("q", "x" * (MOST_LETTERS + 1))], "select-words", {"most": 200, "words": 30}),
    ([("q", "x " * (MOST_WORDS + 1))], "select-words", {"most": 200, "words": 30}),
    # Folded, each is four words (and the last of one is the first of the next).
    ([("q", "\ufdfa" * 10)], "select-words", {"most": 200, "words": 30}),
    ([("q", "hl\0pf")], "select-letters", {}),
    ([("q", "hl\ud800pf")], "select-letters", {}),
    ([("q", "hl\x07pf")], "select-letters", {}),
    ([("sdg", "9")] * (MOST_VALUES + 1), "select-many", {"most": MOST_VALUES}),
]


@pytest.mark.parametrize(("pairs", "message", "data"), REFUSED)
def test_parse_refuses_what_is_outside_its_vocabulary(pairs, message, data):
    assert refused(*pairs) == (message, data)


def test_parse_accepts_the_bounds():
    pairs = [
        ("q", "x" * MOST_LETTERS),
        ("from", "1900-01-01"),
        ("to", "2199-12-31"),
        ("year", "1900"),
        ("year", "2199"),
    ]
    assert parse(pairs, known) == Selection(
        facets=(("year", ("1900", "2199")),), words="x" * MOST_LETTERS, first=date(1900, 1, 1), last=date(2199, 12, 31)
    )
    assert (MOST_LETTERS, MOST_WORDS) == (200, 30)
    assert parse([("q", "x " * MOST_WORDS)], known) == Selection(words=" ".join("x" * 30))
    assert parse([("q", "\ufdfa" * 9)], known) == Selection(words="\ufdfa" * 9)
    assert parse([("sdg", "9")] * MOST_VALUES, known) == Selection.of(sdg="9")
    assert parse([("from", "2016-01-31"), ("to", "2016-01-31"), ("q", "a"), ("q", "a")], known) == Selection(
        words="a", first=date(2016, 1, 31), last=date(2016, 1, 31)
    )


TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("selection", "absolute"),
    [
        (Selection(), Selection()),
        (Selection(first=TODAY), Selection(first=TODAY)),
        (Selection(when="upcoming"), Selection(first=TODAY)),
        (Selection(when="upcoming", first=date(2020, 1, 1)), Selection(first=TODAY)),
        (Selection(when="upcoming", first=date(2027, 1, 1)), Selection(first=date(2027, 1, 1))),
        (Selection(when="past"), Selection(before=TODAY)),
        (Selection(when="past", last=date(2020, 1, 1)), Selection(before=TODAY, last=date(2020, 1, 1))),
    ],
)
def test_at_makes_a_relative_period_absolute(selection, absolute):
    assert selection.at(TODAY) == absolute
    assert absolute.at(TODAY) == absolute


def test_without_takes_one_value_or_all_away():
    selection = parse([("sdg", "9"), ("sdg", "13"), ("q", "cop"), ("from", "2016-01-01"), ("when", "past")], known)
    assert selection.without("sdg", "9").query == "from=2016-01-01&q=cop&sdg=13&when=past"
    assert selection.without("sdg").query == "from=2016-01-01&q=cop&when=past"
    assert selection.without("q").query == "from=2016-01-01&sdg=9&sdg=13&when=past"
    assert selection.without("from").query == "q=cop&sdg=9&sdg=13&when=past"
    assert selection.without("when").query == "from=2016-01-01&q=cop&sdg=9&sdg=13"
    assert selection.without("to").without("theme").without("sdg", "1") == selection


def test_chosen_gives_the_values_of_a_facet():
    assert Selection.of(sdg=["13", "9"]).chosen("sdg") == ("9", "13")
    assert Selection().chosen("sdg") == ()


@pytest.mark.parametrize(
    ("values", "ordered"),
    [
        (["17", "2", "10", "1"], ["1", "2", "10", "17"]),
        (["2016", "1999", "2027"], ["1999", "2016", "2027"]),
        # Words stand behind numbers; what only looks like one is a word.
        (["b", "9", "a", "10", "10th", "a9", "a10"], ["9", "10", "10th", "a", "a10", "a9", "b"]),
        (["00010", "9"], ["9", "00010"]),
        # Of one size and two spellings: always in the same order.
        (["9", "009", "0009", "09"], ["0009", "009", "09", "9"]),
    ],
)
def test_numbers_are_sorted_by_size(values, ordered):
    assert list(Selection.of(city=values).chosen("city")) == ordered
    assert [value for _, value in Selection.of(city=values).pairs()] == ordered


@pytest.mark.parametrize(
    ("convener", "bodies"),
    [
        ("ECOSOC / UN DESA", ["ECOSOC", "UN DESA"]),
        ("ITU, UNESCO, UNCTAD, UNDP", ["ITU", "UNESCO", "UNCTAD", "UNDP"]),
        ("ITU and UNESCO", ["ITU", "UNESCO"]),
        ("UN Secretary-General / OCHA and UNDP, WFP", ["UN Secretary-General", "OCHA", "UNDP", "WFP"]),
        ("AI/ML Forum", ["AI/ML Forum"]),
        ("UNESCO (with ITU, UNDP and UN Women)", ["UNESCO (with ITU, UNDP and UN Women)"]),
        ("Rolland", ["Rolland"]),
    ],
)
def test_convener_is_each_of_its_bodies(convener, bodies):
    event = Event(
        title="A meeting", span=spans.parse("2027"), uid="u", slug="s", stamp=datetime(2026, 1, 1, tzinfo=UTC)
    )
    series = Series(key="x", short_name="X", name="X", kind=topics.Kind.FORUM, convener=convener)
    assert list(FACETS["convener"].values(event, series)) == bodies


WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
VALUES = {
    "theme": st.sampled_from(sorted(topics.THEMES)),
    "sdg": st.sampled_from([str(sdg) for sdg in topics.SDGS]),
    "series": st.sampled_from(sorted(OPEN["series"])),
    "kind": st.sampled_from([str(kind) for kind in topics.Kind]),
    "country": st.sampled_from(sorted(places.countries())),
    "city": st.sampled_from(["Geneva", "geneva", "sao paulo"]),
    "convener": st.sampled_from(sorted(OPEN["convener"])),
    "role": st.sampled_from([str(role) for role in topics.Role]),
    "year": st.integers(1900, 2199).map(str),
    "status": st.sampled_from(["confirmed", "tentative", "cancelled", "postponed"]),
    "event": st.just("hlpf-2016"),
    "utm_source": st.just("mail"),
}
FACET_PAIRS = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(lambda name: st.tuples(st.just(name), VALUES[name])), max_size=12
)


@st.composite
def queries(draw) -> list[tuple[str, str]]:
    pairs = draw(FACET_PAIRS)
    first, last = sorted(draw(st.tuples(*[st.dates(date(1900, 1, 1), date(2199, 12, 31))] * 2)))
    plain = [
        ("q", draw(st.lists(WORDS, max_size=3).map(" ".join))),
        ("from", first.isoformat()),
        ("to", last.isoformat()),
        ("when", draw(st.sampled_from(["", "all", "upcoming", "past"]))),
    ]
    return pairs + draw(st.lists(st.sampled_from(plain), unique=True))


@given(queries())
def test_parse_of_the_query_is_the_selection(pairs):
    selection = parse(pairs, known)
    assert parse(parse_qsl(selection.query, strict_parsing=bool(selection.query), errors="strict"), known) == selection
    assert stored(selection.query) == selection
    assert selection.query.isascii()


@given(queries(), st.data())
def test_order_and_repetition_never_show(pairs, data):
    repeated = data.draw(st.lists(st.sampled_from(pairs), max_size=10)) if pairs else []
    shuffled = data.draw(st.permutations([*pairs, *repeated]))
    assert parse(shuffled, known) == parse(pairs, known)
    assert parse(shuffled, known).query == parse(pairs, known).query


@given(st.lists(st.tuples(st.text(max_size=8) | st.sampled_from([*FACETS, "q", "from", "to"]), st.text(max_size=80))))
def test_parse_answers_anything_with_a_selection_or_a_refusal(pairs):
    try:
        selection = parse(pairs, known)
    except SelectionError:
        return
    assert parse(parse_qsl(selection.query), known) == selection


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("\u200fجنيف\u202e", "جنيف"),
        ("ge\u00adne\u200bva \ufeff\u2066cop\u2069", "geneva cop"),
        ("a \u200d b", "a b"),
        ("\u200e\u200f", ""),
        ("Ge\u0300ne\u200b\u0300ve", "G\u00e8n\u00e8ve"),
        # Not counted either.
        ("\u200d" * 300 + "x" * 200, "x" * 200),
    ],
)
def test_words_lose_the_marks_that_show_nothing(typed, words):
    assert parse([("q", typed)], known) == Selection(words=words)
