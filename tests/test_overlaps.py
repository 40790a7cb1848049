"""The overlaps page and section: each pair once under the event that begins first, how sure, and against others."""

from dataclasses import replace

import pytest

from calendar_app import overlap, texts
from calendar_app.errors import SelectionError
from calendar_app.overlap import Finding
from calendar_app.selection import Selection
from calendar_app.spans import parse
from calendar_app.store import events, search, series
from calendar_app.topics import Status
from tests.test_browse import keep, lede
from tests.webapp import Node, filled, page, store_of, subscribed

TEXTS = texts.of("en")
COUNCIL = "itu-council-2016"
FINDINGS = {TEXTS.label("finding", finding): finding for finding in Finding}


def slug(node: Node) -> str:
    return node.all("a")[0]["href"].removeprefix("/events/")


def pairs(found: Node) -> list[tuple[str, str, str, str]]:
    """Head, the other, how sure and in what words, of every pair that a page shows."""
    return [
        (slug(block.one("h3")), slug(item), *how(item))
        for block in found.all("section", class_="meet")
        for item in block.all("li", class_="ev")
    ]


def how(item: Node) -> tuple[str, str]:
    told, label = item.one("span", class_="how"), item.one("span", class_="how").one("span", class_="is")
    return FINDINGS[label.text], told.text.removeprefix(label.text).strip()


def among(read_app, selection: Selection) -> list[tuple[str, str, str]]:
    """The pairs that there are in a selection, but for events of which only the year is known."""
    store = store_of(read_app)
    found = events.by_ids(store, search.ids(store, selection))
    dated = [event for event in found if event.span.precision != "year"]
    clashes = overlap.among(dated, series.directory(store))
    return [(clash.one.slug, clash.other.slug, clash.finding) for clash in clashes]


@pytest.mark.parametrize("year", ["2016", "2027"])
def test_page_tells_every_pair_of_a_year_once(read_app, reader, year):
    found = page(reader.get(f"/overlaps?year={year}"))
    expected = among(read_app, Selection.of(year=year))
    assert [pair[:3] for pair in pairs(found)] == expected
    assert lede(found).startswith(f"{len(expected)} pairs of events meet: ")
    numbers = {finding: sum(pair[2] == finding for pair in expected) for finding in Finding}
    offered = [link.text for link in found.one("nav", aria_label="How sure").all("a")]
    told = [f"{TEXTS.label('finding', finding)} {count}" for finding, count in numbers.items()]
    assert offered == [f"All {len(expected)}", *told]


def test_page_says_in_words_how_they_meet(reader):
    told = {pair[:2]: pair[2:] for pair in pairs(page(reader.get("/overlaps?year=2016")))}
    assert {pair: told[pair] for pair in NAMED} == NAMED


NAMED = {
    (COUNCIL, "ldc-midterm-review-2016"): ("certain", "Wholly inside: 3 days, 27–29 May 2016"),
    ("wsis-forum-2016", "ecosoc-integration-segment-2016"): ("certain", "Wholly inside: 3 days, 2–4 May 2016"),
    ("whs-2016", COUNCIL): ("travel", "No day between Istanbul and Geneva, 1,920 km apart"),
    ("igf-2016", "unfccc-cop-2016"): ("possible", "May meet: of IGF only November 2016 is known"),
    ("copuos-2016-04", "unesco-executive-board-2016-04"): ("certain", "On the same days: 12 days, 4–15 April 2016"),
    ("who-wha-2016", COUNCIL): ("certain", "Shares 4 days, 25–28 May 2016"),
    ("unfccc-cop-2016", "ceb-2016-11"): (
        "possible",
        "May share 2 days, 9–10 November 2016: the dates of CEB are unverified",
    ),
}


@pytest.mark.parametrize("finding", list(Finding))
def test_page_shows_one_way_of_meeting_alone(reader, finding):
    everything = pairs(page(reader.get("/overlaps?year=2016")))
    found = page(reader.get(f"/overlaps?year=2016&show={finding}"))
    assert pairs(found) == [pair for pair in everything if pair[2] == finding]
    assert found.one("a", aria_current="true", class_="on").text.startswith(TEXTS.label("finding", finding))


def test_page_without_a_period_is_of_the_coming_year(read_app, reader):
    found = page(reader.get("/overlaps"))
    (first, last) = parse("24 November 2026").first, parse("23 November 2027").first
    assert [pair[:3] for pair in pairs(found)] == among(read_app, Selection(first=first, last=last))
    assert "The twelve months from today are shown, 24 November 2026 to 23 November 2027." in found.text
    assert subscribed(found) == "/feeds/select.ics?from=2026-11-24&to=2027-11-23"
    ways = {link["rel"]: link["href"] for link in found.one("nav", aria_label="Years").all("a") if link.get("rel")}
    assert ways == {
        "prev": "/overlaps?from=2025-11-24&to=2026-11-23",
        "next": "/overlaps?from=2027-11-24&to=2028-11-23",
    }


@pytest.mark.parametrize(
    ("query", "said", "feed", "ways"),
    [
        ("year=2016", "", "year/2016.ics", ("year=2015", "year=2017")),
        ("sdg=9&year=2016", "", "select.ics?sdg=9&year=2016", ("sdg=9&year=2015", "sdg=9&year=2017")),
        (
            "from=2016-01-01&to=2016-12-31",
            "",
            "select.ics?from=2016-01-01&to=2016-12-31",
            ("from=2015-01-01&to=2015-12-31", "from=2017-01-01&to=2017-12-31"),
        ),
        (
            "from=2016-03-01",
            "1 March 2016 to 28 February 2017",
            "select.ics?from=2016-03-01&to=2017-02-28",
            ("from=2015-03-01&to=2016-02-29", "from=2017-03-01&to=2018-02-28"),
        ),
        (
            "year=2016&year=2027",
            "1 January 2016 to 31 December 2016",
            "select.ics?from=2016-01-01&to=2016-12-31&year=2016&year=2027",
            ("year=2015", "year=2017"),
        ),
        (
            "when=past",
            "24 November 2025 to 23 November 2026",
            "select.ics?from=2025-11-24&to=2026-11-23&when=past",
            ("from=2024-11-24&to=2025-11-23", "from=2026-11-24&to=2027-11-23"),
        ),
        (
            "to=1900-01-31",
            "1 January 1900 to 31 January 1900",
            "select.ics?from=1900-01-01&to=1900-01-31",
            (None, "from=1900-02-01&to=1901-01-31"),
        ),
        (
            "from=2199-12-01",
            "1 December 2199 to 31 December 2199",
            "select.ics?from=2199-12-01&to=2199-12-31",
            ("from=2198-12-01&to=2199-11-30", None),
        ),
        ("year=2016&from=2020-01-01", "", "select.ics?from=2020-01-01&year=2016", (None, None)),
    ],
)
def test_page_is_of_a_year_at_the_most_and_says_so(reader, query, said, feed, ways):
    found = page(reader.get(f"/overlaps?{query}"))
    assert ("A year is shown at a time" in found.text) is bool(said)
    assert said in found.text
    assert subscribed(found) == f"/feeds/{feed}"
    links = {link["rel"]: link["href"] for link in found.one("nav", aria_label="Years").all("a") if link.get("rel")}
    expected = {rel: f"/overlaps?{way}" for rel, way in zip(("prev", "next"), ways, strict=True) if way}
    assert links == expected


def test_picked_events_are_compared_with_one_another_alone(reader):
    found = page(reader.get(f"/overlaps?event={COUNCIL}&event=whs-2016&event=hlpf-2016"))
    assert [pair[:3] for pair in pairs(found)] == [("whs-2016", COUNCIL, "travel")]


def test_one_event_against_all_others_is_the_head_of_all(reader):
    found = page(reader.get(f"/overlaps?event={COUNCIL}&against-when=all"))
    assert found.one("h1").text == "Overlaps: ITU Council 2016 against all events"
    others = ["unfccc-sb-2016", "who-wha-2016", "unea-2016", "whs-2016", "ldc-midterm-review-2016"]
    assert [pair[:2] for pair in pairs(found)] == [(COUNCIL, other) for other in others]


def test_selection_against_another_tells_only_pairs_of_one_with_the_other(read_app, reader):
    store = store_of(read_app)
    mine, theirs = (
        {event.slug for event in events.by_ids(store, search.ids(store, selection))}
        for selection in (Selection.of(kind="summit", year="2016"), Selection.of(series="itu-council"))
    )
    found = pairs(page(reader.get("/overlaps?kind=summit&year=2016&against-series=itu-council")))
    assert found == [("whs-2016", COUNCIL, "travel", "No day between Istanbul and Geneva, 1,920 km apart")]
    assert {found[0][0]} <= mine
    assert {found[0][1]} <= theirs


def test_form_sends_both_selections_and_chips_take_the_other_apart(reader):
    address = "/overlaps?year=2016&against-sdg=9&against-sdg=17&against-series=itu-council&show=certain"
    found = page(reader.get(address))
    form = found.one("form", aria_label="Check against other events")
    sent = {name: values for name, values in filled(form).items() if any(values)}
    assert sent == {
        "year": ["2016"],
        "show": ["certain"],
        "against-sdg": ["17", "9"],
        "against-series": ["itu-council"],
    }
    chips = [link["href"] for link in found.one("details", class_="against").all("a", class_="on")]
    assert chips == [
        "/overlaps?year=2016&show=certain&against-sdg=17&against-series=itu-council",
        "/overlaps?year=2016&show=certain&against-sdg=9&against-series=itu-council",
        "/overlaps?year=2016&show=certain&against-sdg=9&against-sdg=17",
    ]
    # Choosing other facets keeps what it is checked against.
    kept = [(name, value) for name, values in filled(found.one("form", id="facets")).items() for value in values]
    assert {("against-sdg", "9"), ("against-sdg", "17"), ("against-series", "itu-council"), ("show", "certain")} <= {
        *kept
    }


def test_presets_lead_to_itus_governing_bodies(reader):
    found = page(reader.get("/overlaps?year=2016")).one("details", class_="against")
    presets = {link.text: link["href"] for link in found.all("a")}
    own = "/overlaps?year=2016&against-convener=ITU&against-kind="
    assert presets == {
        "ITU’s governing bodies": f"{own}governing-body",
        "ITU’s governing bodies and conferences": f"{own}conference&against-kind=governing-body",
        "All events": "/overlaps?year=2016&against-when=all",
    }
    told = pairs(page(reader.get(presets["ITU’s governing bodies"])))
    assert {COUNCIL} == {one if one == COUNCIL else other for one, other, *_ in told}
    assert len(told) == 5


def test_empty_fields_of_the_form_lead_to_the_address_without_them(reader):
    answer = reader.get("/overlaps?year=2016&against-series=&against-kind=&against-sdg=9&show=")
    assert (answer.status_code, answer.location) == (303, "/overlaps?year=2016&against-sdg=9")


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("against-foo=1", SelectionError("select-name", name="against-foo")),
        ("against-sdg=18", SelectionError("select-value", name="sdg", value="18")),
        ("against-series=nope", SelectionError("select-value", name="series", value="nope")),
        ("against-when=x", SelectionError("select-when", value="x")),
        ("against-from=x", SelectionError("select-day", name="from", value="x")),
        (
            "against-" + "&against-".join(f"q={'x' * 201}" for _ in range(1)),
            SelectionError("select-words", most=200, words=30),
        ),
        ("show=x", SelectionError("option-value", name="show", value="x", allowed="certain, possible, travel")),
    ],
)
def test_what_can_not_be_checked_is_refused_in_words(reader, query, error):
    assert lede(page(reader.get(f"/overlaps?{query}"), 400)) == TEXTS.error(error)


def test_events_of_which_only_the_year_is_known_are_told_apart(reader):
    found = page(reader.get("/overlaps?year=2027"))
    listed = [slug(item) for item in found.one("section", aria_labelledby="vague").all("li")]
    assert listed[:2] == ["ai-summit-2027", "cstd-2027"]
    assert {pair[0] for pair in pairs(found)} & {*listed} == set()
    assert page(reader.get("/overlaps?year=2027&show=certain")).all("section", aria_labelledby="vague") == []


def test_page_says_where_nothing_meets(reader):
    assert lede(page(reader.get("/overlaps?event=hlpf-2016"))) == "Nothing meets here."
    assert lede(page(reader.get("/overlaps?year=1950"))) == "Nothing is in this selection and period."


def test_other_event_is_drawn_over_the_days_of_the_first(reader):
    found = page(reader.get("/overlaps?event=itu-council-2016&event=ldc-midterm-review-2016"))
    (block,) = found.all("section", class_="meet")
    head, other = (svg.all("path") for svg in block.all("svg", class_="strip"))
    # 61 days of May and June on 310 units: 25 May begins at 122, 3 June at 168.
    assert [(path["class"], path["d"]) for path in head] == [("seam", "M158 -6V22"), ("fill", "M122 3H168V13H122Z")]
    assert [(path["class"], path["d"]) for path in other] == [
        ("shade", "M122 -6H168V22H122Z"),
        ("seam", "M158 -6V22"),
        ("fill", "M132 3H147V13H132Z"),
    ]
    scale = [(item.text, item["class"]) for item in block.one("ol", class_="months-of").all("li")]
    assert scale == [("May", "days-31"), ("Jun", "days-30")]


def beside(client, name: str) -> list[tuple[str, str, str]]:
    section = page(client.get(f"/events/{name}")).one("section", aria_labelledby="meets")
    return [(slug(item), *how(item)) for item in section.all("li")]


def test_event_page_tells_what_meets_it_the_certain_first(reader):
    assert beside(reader, COUNCIL) == [
        ("unfccc-sb-2016", "certain", "Shares 2 days, 25–26 May 2016"),
        ("who-wha-2016", "certain", "Shares 4 days, 25–28 May 2016"),
        ("unea-2016", "certain", "Shares 3 days, 25–27 May 2016"),
        ("ldc-midterm-review-2016", "certain", "Wholly inside: 3 days, 27–29 May 2016"),
        ("whs-2016", "travel", "No day between Istanbul and Geneva, 1,920 km apart"),
    ]
    assert beside(reader, "ldc-midterm-review-2016")[-1] == (
        COUNCIL,
        "certain",
        "Covers all of it: 3 days, 27–29 May 2016",
    )


def test_event_page_finds_what_another_source_dates_there(app, client):
    event = events.by_slug(store_of(app), "hlpf-2016")
    more = {
        "uid": "00000000-0000-4000-8000-000000000000",
        "slug": "a-meeting",
        "series": "",
        "sequence": 0,
        "claims": (),
    }
    keep(app, replace(event, **more, title="A meeting", span=parse("9 December 2016"), parts=()))
    words = "May share one day, 9 December 2016: IFLA dates IGF 6–9 December 2016"
    assert ("igf-2016", "possible", words) in beside(client, "a-meeting")
    assert ("a-meeting", "possible", words) in beside(client, "igf-2016")


def test_nothing_unpublished_or_cancelled_meets(app, client):
    event = events.by_slug(store_of(app), "ldc-midterm-review-2016")
    keep(app, replace(event, status=Status.CANCELLED))
    hidden = {"uid": "00000000-0000-4000-8000-000000000000", "slug": "kept-back", "title": "Kept back", "sequence": 0}
    keep(app, replace(event, **hidden, published=False))
    assert {slug for slug, *_ in beside(client, COUNCIL)} & {event.slug, "kept-back"} == set()
    told = pairs(page(client.get("/overlaps?year=2016")))
    assert {slug for pair in told for slug in pair[:2]} & {event.slug, "kept-back"} == set()
    assert page(client.get(f"/events/{event.slug}")).all("section", aria_labelledby="meets") == []


def test_event_of_which_only_the_year_is_known_says_so(reader):
    section = page(reader.get("/events/igf-2027")).one("section", aria_labelledby="meets")
    assert section.one("p").text == "Of this event only 2027 is known, so it may meet anything in it."
