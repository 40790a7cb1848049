"""Home, selections and events as a browser gets them: the facts, their order, and that a page's feed holds the page."""

import re
from dataclasses import replace
from datetime import date, time
from urllib.parse import parse_qsl, urlsplit

import pytest

from calendar_app import spans, texts, titles
from calendar_app.errors import GoneError, NotFoundError, SelectionError
from calendar_app.events import Deadline, Draft, Event, Part
from calendar_app.selection import MOST_QUERY, Selection, parse
from calendar_app.store import events, naming, search
from calendar_app.topics import DeadlineKind, Status
from calendar_app.web.listing import MOST_ROWS
from tests.conftest import BASE, NOW, TODAY
from tests.webapp import Node, filled, in_calendar, page, rows, slug_of, store_of, subscribed, uids

TEXTS = texts.of("en")
UPCOMING = Selection(when="upcoming").at(TODAY)
# A query as it may be given, and how it stands canonically.
SELECTIONS = [
    ("", ""),
    ("when=upcoming", "when=upcoming"),
    ("when=past", "when=past"),
    ("when=all", ""),
    ("sdg=13", "sdg=13"),
    ("theme=climate-change&sdg=13", "sdg=13&theme=climate-change"),
    ("year=2016&sdg=13&sdg=9", "sdg=9&sdg=13&year=2016"),
    ("q=Genève", "q=Gen%C3%A8ve"),
    ("q=climate%20+change", "q=climate%20change"),
    ("city=genève&year=2025", "city=Geneva&year=2025"),
    ("series=hlpf&when=past", "series=hlpf&when=past"),
    ("to=2016-11-30&from=2016-11-01", "from=2016-11-01&to=2016-11-30"),
    ("from=2016-01-01&to=2016-12-31", "from=2016-01-01&to=2016-12-31"),
    ("from=2020-01-01&kind=forum", "from=2020-01-01&kind=forum"),
    ("to=2015-06-30", "to=2015-06-30"),
    ("country=ma", "country=MA"),
    ("role=organizer&country=ch&kind=summit", "country=CH&kind=summit&role=organizer"),
    ("status=cancelled", "status=cancelled"),
    ("event=igf-2016", "event=igf-2016"),
    ("utm_source=mail&sdg=5&fbclid=x", "sdg=5"),
]
# Query, and what is wrong with it: the message and its data.
REFUSED = [
    ("sdg=99", SelectionError("select-value", name="sdg", value="99")),
    ("theme=nope", SelectionError("select-value", name="theme", value="nope")),
    (f"theme={'x' * 500}", SelectionError("select-value", name="theme", value="x" * 59 + "…")),
    ("country=XX", SelectionError("select-value", name="country", value="XX")),
    ("city=Atlantis", SelectionError("select-value", name="city", value="Atlantis")),
    ("status=withdrawn", SelectionError("select-value", name="status", value="withdrawn")),
    ("year=16", SelectionError("select-value", name="year", value="16")),
    ("colour=red", SelectionError("select-name", name="colour")),
    ("<b>=1", SelectionError("select-name", name="<b>")),
    ("from=soon", SelectionError("select-day", name="from", value="soon")),
    ("from=2016-02-30", SelectionError("select-day", name="from", value="2016-02-30")),
    ("to=11/07/2016", SelectionError("select-day", name="to", value="11/07/2016")),
    (
        "from=2016-02-01&to=2016-01-31",
        SelectionError("select-backwards", first=date(2016, 2, 1), last=date(2016, 1, 31)),
    ),
    ("when=soon", SelectionError("select-when", value="soon")),
    ("q=a&q=b", SelectionError("select-twice", name="q")),
    (f"q={'a' * 201}", SelectionError("select-words", most=200, words=30)),
    ("q=a%00b", SelectionError("select-letters")),
    ("&".join(f"year={year}" for year in range(1950, 2011)), SelectionError("select-many", most=60)),
    (f"q={'a' * MOST_QUERY}", SelectionError("query-long", most=4096)),
    *(
        (f"page={number}", SelectionError("select-value", name="page", value=number[:60]))
        for number in ("0", "-1", "x", "2", "10000", "1.5", "0001", "0000000010" * 400)
    ),
]


def lede(found: Node) -> str:
    return found.all("p", class_="lede")[0].text


def facts(found: Node) -> dict[str, str]:
    """The list of facts of an event's page."""
    nodes = [node for node in found.all("dl")[0].children if isinstance(node, Node)]
    return {term.text: told.text for term, told in zip(nodes[::2], nodes[1::2], strict=True)}


def claims(found: Node) -> list[str]:
    return [claim.text for claim in found.all("div", class_="claim")]


def counted(found: Node) -> int:
    words = found.all("p", class_="lede")
    if not words:
        return 0
    count = words[0].one("strong").text
    return 1 if count == "One event" else int(count.removesuffix(" events"))


def keep(app, event: Event) -> Event:
    with store_of(app).change(NOW, actor="test") as change:
        return events.save(change, event, action="changed")


def slugs(store, selection: Selection) -> list[str]:
    return [event.slug for event in events.by_ids(store, search.ids(store, selection.at(TODAY)))]


def test_home_tells_the_day_and_counts_what_the_record_holds(read_app, reader):
    found, store = page(reader.get("/")), store_of(read_app)
    coming = events.by_ids(store, search.ids(store, UPCOMING))
    later = [event for event in coming if event.slug != "itu-plenipotentiary-2026"]
    dated = sum(event.span.days is not None for event in later)
    assert found.one("h1").text == "Tuesday24 November 2026"
    assert lede(found) == (
        "UN forums, summits and conferences that ITU attends:"
        f" one on now, {len(later)} to come, {dated} of those with days announced."
    )


def test_home_shows_what_is_on_now_with_its_day(reader):
    now = page(reader.get("/")).one("section", class_="onnow")
    assert rows(now) == ["itu-plenipotentiary-2026"]
    assert now.one("strong").text == "Day 16 of 19, until 27 November 2026"
    assert now.one("p", class_="d").text == "9–27 Nov 2026"
    assert len(now.all("path", class_="needle")) == 1


def test_home_lists_everything_to_come_in_order_by_month(read_app, reader):
    found = page(reader.get("/"))
    on_now, later = rows(found)[:1], rows(found)[1:]
    assert on_now + later == [
        "itu-plenipotentiary-2026",
        *(slug for slug in slugs(store_of(read_app), UPCOMING) if slug != "itu-plenipotentiary-2026"),
    ]
    months = [section.one("h2").text for section in found.all("section", class_="span")]
    assert months[:3] == ["On now", "December 2026", "2026, month not announced"]
    assert [months.count(month) for month in months] == [1] * len(months)


def test_home_counts_the_ways_in(read_app, reader):
    found, store = page(reader.get("/")), store_of(read_app)
    more = {link["href"]: int(link.all("span")[1].text) for link in found.one("nav", aria_labelledby="more").all("a")}
    expected = {f"/events?kind={kind}": n for kind, n in search.counts(store, Selection(), ["kind"])["kind"].items()}
    expected["/events"] = search.count(store, Selection())
    expected["/events?when=past"] = search.count(store, Selection(when="past").at(TODAY))
    expected["/report"] = TODAY.year - 1
    assert more == expected
    themes = {
        link["href"].removeprefix("/themes/"): int(link.all("span")[1].text)
        for link in found.one("section", aria_labelledby="themes").one("ul").all("a")
    }
    assert themes == search.counts(store, UPCOMING, ["theme"])["theme"]


def test_home_subscribes_to_what_is_coming(read_app, reader):
    found = page(reader.get("/"))
    feed = subscribed(found)
    assert feed == "/feeds/select.ics?when=upcoming"
    store = store_of(read_app)
    assert uids(reader.get(feed).data) == {
        event.uid for slug in rows(found) if in_calendar(event := events.by_slug(store, slug))
    }


def test_home_search_finds_what_is_typed(reader):
    form = page(reader.get("/")).one("form", role="search")
    assert (form["action"], filled(form)) == ("/events", {"q": [""]})
    assert rows(page(reader.get(form["action"], query_string={"q": "marrakesh cop"}))) == ["unfccc-cop-2016"]


@pytest.mark.parametrize(("query", "canonical"), SELECTIONS)
def test_selection_shows_its_events_and_subscribes_to_exactly_them(read_app, reader, query, canonical):
    found, store, selection = page(reader.get(f"/events?{query}")), store_of(read_app), _selection(canonical)
    selected = events.by_ids(store, search.ids(store, selection.at(TODAY)))
    assert selected
    title = titles.of(selection, TEXTS, naming.names(store))
    assert (found.one("h1").text, found.one("title").text) == (title, f"{title} – UN Forum Calendar")
    assert (counted(found), sorted(rows(found))) == (len(selected), sorted(event.slug for event in selected))
    assert found.one("link", rel="canonical")["href"] == BASE + (f"/events?{canonical}" if canonical else "/events")
    feed = subscribed(found)
    assert found.one("link", rel="alternate", type="text/calendar")["href"] == feed
    assert uids(reader.get(feed).data) == {event.uid for event in selected if in_calendar(event)}


@pytest.mark.parametrize(("query", "canonical"), SELECTIONS)
def test_selection_lists_what_comes_in_order_then_what_is_past_the_newest_first(read_app, reader, query, canonical):
    store, selection = store_of(read_app), _selection(canonical)
    selected = events.by_ids(store, search.ids(store, selection.at(TODAY)))
    coming = [event.slug for event in selected if event.span.last >= TODAY]
    past = [event.slug for event in selected if event.span.last < TODAY]
    by_date = "&sort=date" if selection.words else ""
    assert rows(page(reader.get(f"/events?{query}{by_date}"))) == coming + past[::-1]


@pytest.mark.parametrize(("query", "canonical"), SELECTIONS)
def test_selection_form_and_chips_carry_the_selection(reader, query, canonical):
    found = page(reader.get(f"/events?{query}"))
    pairs = [(name, value) for name, values in filled(found.one("form", id="facets")).items() for value in values]
    wanted = sorted(parse_qsl(canonical))
    assert sorted((name, value) for name, value in pairs if value) == wanted
    taken = [link["href"].partition("?")[2] for link in found.all("a", class_="on")]
    left = [sorted(parse_qsl(query)) for query in taken]
    assert sorted(left) == sorted([[kept for kept in wanted if kept != pair] for pair in wanted])


@pytest.mark.parametrize("query", ["when=upcoming", "year=2016", "sdg=13&when=past", "q=geneva"])
def test_facet_counts_are_what_choosing_them_shows(reader, query):
    found, followed = page(reader.get(f"/events?{query}")), 0
    chosen = parse_qsl(query)
    for box in found.one("form", id="facets").all("fieldset"):
        options = [(tick.one("input"), int(tick.one("span", class_="num").text)) for tick in box.all("label")]
        if any("checked" in tick.attributes for tick, _ in options):
            continue
        for tick, number in {options[0], options[len(options) // 2], options[-1]}:
            shown = page(reader.get("/events", query_string=[*chosen, (tick["name"], tick["value"])]))
            assert (tick["name"], tick["value"], counted(shown)) == (tick["name"], tick["value"], number)
            followed += 1
    assert followed >= 15


def test_facet_that_is_chosen_still_counts_the_others(reader):
    found = page(reader.get("/events?sdg=13&year=2016"))
    boxes = {box.one("legend").text: box for box in found.one("form", id="facets").all("fieldset")}
    numbers = {
        tick.one("input")["value"]: int(tick.one("span", class_="num").text) for tick in boxes["Goal"].all("label")
    }
    assert list(numbers) == [str(number) for number in range(1, 18) if str(number) in numbers]
    for goal in ("9", "11", "13"):
        assert counted(page(reader.get(f"/events?sdg={goal}&year=2016"))) == numbers[goal]


def test_selection_says_how_many_are_off_or_only_expected(reader):
    ledes = {
        query: lede(page(reader.get(f"/events?{query}")))
        for query in ("series=hlpf&year=2016", "series=ai-for-good&year=2020")
    }
    assert ledes == {
        "series=hlpf&year=2016": "One event.",
        "series=ai-for-good&year=2020": "One event, one of them cancelled.",
    }


def test_selection_of_several_pages_says_of_all_of_it_what_is_off_or_expected(app, client):
    states = {Status.CANCELLED: 1, Status.POSTPONED: 2, Status.TENTATIVE: 3, Status.CONFIRMED: MOST_ROWS}
    titles = [(state, f"{state} {number:03}") for state, count in states.items() for number in range(count)]
    store, span = store_of(app), spans.parse("1 March 2031")
    with store.change(NOW, actor="test") as change:
        for number, (state, title) in enumerate(titles):
            draft = Draft(title=title, span=span, status=state, source="A letter")
            uid = f"00000000-0000-4000-8000-{number:012}"
            events.save(change, Event.from_draft(draft, uid=uid, slug=f"made-{number}", now=NOW), action="added")
    said = f"{len(titles)} events, one of them cancelled, 2 of them postponed, 3 expected only."
    assert [lede(page(client.get(f"/events?{which}year=2031"))) for which in ("", "page=2&")] == [said] * 2
    chosen = page(client.get("/events?status=postponed&status=tentative&year=2031"))
    assert lede(chosen) == "5 events, 2 of them postponed, 3 expected only."


def test_selection_without_events_suggests_what_to_loosen(read_app, reader):
    query = "city=Quito&sdg=13&year=2019"
    found, store = page(reader.get(f"/events?{query}")), store_of(read_app)
    assert (counted(found), rows(found)) == (0, [])
    looser = [_selection(query).without(*pair) for pair in _selection(query).pairs()]
    wanted = {f"/events?{each.query}": number for each in looser if (number := search.count(store, each))}
    links = found.one("section", aria_labelledby="nothing").one("ul").all("a")
    assert wanted
    assert {link["href"]: int(link.text.replace("one", "1").split()[-2]) for link in links} == wanted
    assert {address: counted(page(reader.get(address))) for address in wanted} == wanted
    assert subscribed(found) == f"/feeds/select.ics?{query}"
    assert uids(reader.get(subscribed(found)).data) == set()


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("q=marakesh", ["Did you mean ‘marrakesh’? There is one event"]),
        (
            "city=Quito&year=2019",
            ["Without ‘City: Quito’ there are 31 events", "Without ‘Year: 2019’ there is one event"],
        ),
    ],
)
def test_way_out_to_one_event_says_one(reader, query, ways):
    section = page(reader.get(f"/events?{query}")).one("section", aria_labelledby="nothing")
    assert [link.text for link in section.all("a")][: len(ways)] == ways


def test_words_that_nothing_holds_lead_back_to_everything(reader):
    found = page(reader.get("/events?q=zzzz"))
    section = found.one("section", aria_labelledby="nothing")
    assert [link["href"] for link in section.all("a")] == ["/events"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("geneve", "hrc-2027-02"),
        ("Genève", "hrc-2027-02"),
        ("HLPF", "hlpf-2027"),
        ("quito", "habitat-2016"),
        ("marrakesh", "unfccc-cop-2016"),
        ("cop22", "unfccc-cop-2016"),
    ],
)
def test_words_find_first_what_a_person_means(reader, words, first):
    assert rows(page(reader.get("/events", query_string={"q": words})))[0] == first


def test_what_words_found_is_one_list_with_years_and_by_date_a_click_away(read_app, reader):
    found = page(reader.get("/events?q=geneva"))
    assert [section.get("aria-labelledby") for section in found.all("section", class_="span")] == ["found"]
    dates = {item.one("p", class_="d").text for item in found.all("li", class_="ev")}
    assert [date for date in dates if not re.search(r"\b20[0-9]{2}\b", date)] == []
    sorts = {link.text: (link["href"], link.get("aria-current")) for link in found.one("ul", class_="sorts").all("a")}
    assert sorts == {
        "Best match first": ("/events?q=geneva", "true"),
        "By date": ("/events?q=geneva&sort=date", None),
    }
    dated = page(reader.get("/events?q=geneva&sort=date"))
    assert sorted(rows(dated)) == sorted(rows(found)) != rows(found)
    assert [link.get("aria-current") for link in dated.one("ul", class_="sorts").all("a")] == [None, "true"]
    assert page(reader.get("/events?sdg=9")).all("ul", class_="sorts") == []


def test_words_are_marked_where_they_are_and_where_they_were_found(reader):
    marks = {
        query: [mark.text for mark in page(reader.get("/events", query_string={"q": query})).all("mark")]
        for query in ("quito", "marrakesh", "cop 22 marrakesh", "zzzz")
    }
    assert marks == {
        "quito": ["Quito"],
        "marrakesh": ["Marrakesh"],
        "cop 22 marrakesh": ["COP", "22", "Marrakesh"],
        "zzzz": [],
    }


def test_word_that_finds_nothing_is_offered_corrected_and_never_applied(reader):
    found = page(reader.get("/events?q=climat+change&when=past"))
    assert (found.one("h1").text, rows(found)) == ("“climat change”, past", [])
    assert filled(found.one("form", id="facets"))["q"] == ["climat change"]
    offered = found.one("section", aria_labelledby="nothing").all("a")[0]
    there = page(reader.get(offered["href"]))
    assert offered["href"] == "/events?q=climate%20change&when=past"
    assert offered.text == f"Did you mean ‘climate change’? There are {counted(there)} events"
    assert counted(there) == len(rows(there)) > 1


@pytest.mark.parametrize(("query", "error"), REFUSED)
def test_query_that_cannot_be_read_is_refused_in_words(reader, query, error):
    found = page(reader.get(f"/events?{query}"), 400)
    assert (found.one("h1").text, lede(found)) == ("That didn’t work", TEXTS.error(error))
    assert [value for value in error.data.values() if isinstance(value, str) and value not in lede(found)] in (
        [],
        [error.data.get("name")],
    )


def test_hostile_query_is_shown_as_text(reader):
    typed = "\"><script>alert(1)</script><b '"
    found = page(reader.get("/events", query_string={"q": typed}))
    assert found.one("h1").text == f"“{typed}”"
    assert filled(found.one("form", id="facets"))["q"] == [typed]
    assert {script.get("src") is not None for script in found.all("script")} == {True}


def test_selection_of_many_events_goes_over_pages_and_one_feed(app, client):
    store = store_of(app)
    span = spans.parse("1 March 2031")
    with store.change(NOW, actor="test") as change:
        for number in range(MOST_ROWS + 30):
            draft = Draft(title=f"Meeting {number:03}", span=span, city="Quito", country="EC", source="A letter")
            uid = f"00000000-0000-4000-8000-{number:012}"
            events.save(change, Event.from_draft(draft, uid=uid, slug=f"meeting-{number:03}", now=NOW), action="added")
    first, second = page(client.get("/events?year=2031")), page(client.get("/events?page=2&year=2031"))
    assert rows(first) + rows(second) == [f"meeting-{number:03}" for number in range(MOST_ROWS + 30)]
    assert [(link["href"], link.get("aria-current")) for link in second.one("nav", aria_label="Pages").all("a")] == [
        ("/events?year=2031&page=1", None),
        ("/events?year=2031&page=2", "page"),
    ]
    assert [counted(first), counted(second)] == [MOST_ROWS + 30] * 2
    assert second.one("link", rel="canonical")["href"] == f"{BASE}/events?year=2031"
    assert subscribed(first) == subscribed(second) == "/feeds/year/2031.ics"
    assert len(uids(client.get("/feeds/year/2031.ics").data)) == MOST_ROWS + 30
    error = SelectionError("select-value", name="page", value="3")
    assert lede(page(client.get("/events?page=3&year=2031"), 400)) == TEXTS.error(error)


def test_event_page_shows_rival_dates_side_by_side(reader):
    found = page(reader.get("/events/igf-2016"))
    assert found.one("h1").text == "11th Annual Internet Governance Forum"
    assert found.one("p", class_="big").text == "November 2016 days not given"
    told = facts(found)
    assert told["When"] == "November 2016 (days not given). Another source gives 6–9 December 2016."
    assert told["Where"] == "Guadalajara, Mexico (all in Mexico), in person"
    assert found.one("h2", id="dates-h").text == "Two sources, two dates"
    assert [claim.split(" IFLA")[0] for claim in claims(found)][1:] == ["6–9 December 2016 Also claimed"]
    assert claims(found)[0].startswith("November 2016 (days not given) Adopted ")
    assert len(found.one("section", id="dates").all("svg")) == 2


def test_event_page_tells_a_move_as_one_event(reader):
    found = page(reader.get("/events/unfccc-cop-2019"))
    told = facts(found)
    assert found.one("p", class_="states").text == "Moved"
    assert told["When"] == "2–15 December 2019"
    assert told["Where"].startswith("IFEMA, Madrid, Spain (all in Spain)")
    assert told["Earlier dates"] == (
        "2–13 December 2019, Santiago, Chile: Chile withdrew; moved to Madrid on the same dates"
        " (announced 30 October 2019) Unverified"
    )
    history = [[cell.text for cell in row.all("td")] for row in found.one("section", aria_labelledby="hist").all("tr")]
    assert [
        "30 October 2019",
        "Plan given up: 2–13 December 2019, Santiago",
        "Chile withdrew; moved to Madrid on the same dates",
    ] in history
    assert rows(page(reader.get("/events?series=unfccc-cop&year=2019"))) == ["unfccc-cop-2019"]


def test_event_page_says_that_it_is_cancelled(reader):
    found = page(reader.get("/events/ai-for-good-2020"))
    assert found.one("h1")["class"] == "struck"
    assert found.one("p", class_="states").text == "Cancelled"
    assert found.one("p", class_="big")["class"] == "d gone big"
    assert facts(found)["Status"] == "Cancelled"
    (row,) = page(reader.get("/events?series=ai-for-good&year=2020")).all("li", class_="ev")
    assert (row["class"], row.one("span", class_="is").text) == ("ev gone", "Cancelled")


def test_event_page_names_the_other_part_of_a_split(reader):
    first, second = page(reader.get("/events/ldc-conference-2022")), page(reader.get("/events/ldc-conference-2023"))
    assert facts(first)["Other part"] == "LDC5, second part, 5–9 March 2023"
    assert facts(second)["Other part"] == "LDC5, first part, 17 March 2022"
    assert "/events/ldc-conference-2023" in [link["href"] for link in first.one("dl").all("a")]
    assert "/events/ldc-conference-2022" in [link["href"] for link in second.one("dl").all("a")]


def test_event_whose_source_nobody_read_says_so_everywhere(read_app, reader):
    found = page(reader.get("/events/ceb-2016-11"))
    assert found.one("p", class_="states").text == "Dates unverified"
    assert facts(found)["When"] == (
        "9–10 November 2016. Dates unverified: no source was read for exactly these. Send a better source"
    )
    listed = page(reader.get("/events?year=2016"))
    marked = {
        slug_of(item)
        for item in listed.all("li", class_="ev")
        if "Dates unverified" in [state.text for state in item.all("span", class_="is")]
    }
    store = store_of(read_app)
    assert marked == {event.slug for event in events.unverified(store) if event.span.first.year == 2016}
    assert marked


def test_event_of_which_only_the_year_is_known_pads_nothing(read_app, reader):
    store = store_of(read_app)
    vague = next(
        event
        for event in events.by_ids(store, search.ids(store, UPCOMING))
        if event.span.precision == "year" and event.span.first.year == event.span.last.year
    )
    found = page(reader.get(f"/events/{vague.slug}"))
    year = str(vague.span.first.year)
    assert found.one("p", class_="big").text == f"{year} month not announced"
    assert facts(found)["When"].startswith(f"{year} (month not given)")
    assert "Its month is not settled" in found.one("aside", aria_labelledby="one").text
    assert uids(reader.get(f"/events/{vague.slug}.ics").data) == set()


LAYERED = {
    "deadlines": (
        Deadline(uid="d" * 36, kind=DeadlineKind.REGISTRATION, day=date(2016, 10, 31)),
        Deadline(uid="e" * 36, kind=DeadlineKind.INPUT, day=date(2016, 9, 1)),
    ),
    "parts": (
        Part(uid="f" * 36, title="High-level <segment>", span=spans.parse("15-16 November 2016"), venue="Plenary & 1"),
        Part(uid="a" * 36, title="Youth", span=spans.parse("November 2016"), url="https://un.org/youth?a=1&b=2"),
        Part(
            uid="b" * 36,
            title="ICT",
            span=spans.with_times(
                spans.parse("9 November 2016"), start=time(9), end=time(10, 30), zone="Africa/Casablanca"
            ),
        ),
    ),
}


def layered(app, **changes: object) -> Event:
    return keep(app, replace(events.by_slug(store_of(app), "unfccc-cop-2016"), **{**LAYERED, **changes}))


def told(section: Node) -> list[tuple[str, str]]:
    nodes = [node for node in section.one("dl") if node.tag in {"dt", "dd"}]
    return [(term.text, words.text) for term, words in zip(nodes[::2], nodes[1::2], strict=True)]


def test_event_page_shows_its_deadlines_and_parts_soonest_first_with_their_feeds(app, client):
    event = layered(app)
    found = page(client.get("/events/unfccc-cop-2016"))
    deadlines, parts = (found.one("section", aria_labelledby=name) for name in ("deadlines", "parts"))
    assert (deadlines.one("h2").text, parts.one("h2").text) == ("Deadlines", "Parts")
    assert told(deadlines) == [
        ("1 September 2016", "Inputs are due"),
        ("31 October 2016", "Registration closes"),
    ]
    assert told(parts) == [
        ("9 Nov 2016", "ICT, 09:00–10:30 in Marrakech (UTC+0); 09:00–10:30 UTC"),
        ("15–16 Nov 2016", "High-level <segment>, Plenary & 1"),
        ("Nov 2016", "Youth, November 2016 (days not given), un.org"),
    ]
    assert [link["href"] for link in parts.one("dl").all("a")] == ["https://un.org/youth?a=1&b=2"]
    feeds = [section.all("a")[-1]["href"] for section in (deadlines, parts)]
    assert feeds == [
        "/feeds/select.ics?deadlines=only&event=unfccc-cop-2016",
        "/feeds/select.ics?event=unfccc-cop-2016&parts=1",
    ]
    assert [uids(client.get(feed).data) for feed in feeds] == [
        {each.uid for each in event.deadlines},
        {event.uid, *(each.uid for each in event.parts)},
    ]


def test_event_page_without_deadlines_and_parts_says_nothing_of_them(reader):
    found = page(reader.get("/events/unfccc-cop-2016"))
    assert [each for name in ("deadlines", "parts") for each in found.all("section", aria_labelledby=name)] == []


def changes(found: Node) -> list[str]:
    rows = found.one("section", aria_labelledby="hist").one("tbody").all("tr")
    return [row.all("td")[1].text for row in rows]


def test_history_tells_changed_deadlines_and_parts_in_words(app, client):
    before = changes(page(client.get("/events/unfccc-cop-2016")))
    event = layered(app)
    registration, _ = event.deadlines
    youth = replace(event.parts[1], venue="Room 2", url="")
    later = replace(registration, day=date(2016, 11, 1))
    layered(app, deadlines=(later,), parts=(event.parts[0], youth))
    layered(app, deadlines=(later,), parts=(event.parts[0], replace(youth, url="https://un.org/")))
    old = "Inputs are due, 1 September 2016; Registration closes, 31 October 2016"
    segment = "High-level <segment>, 15–16 November 2016, Plenary & 1"
    ict, youth_then = "ICT, 9 November 2016, 09:00–10:30 (Africa/Casablanca)", "Youth, November 2016 (days not given)"
    new = f"Registration closes, 1 November 2016; {youth_then}, Room 2"
    assert changes(page(client.get("/events/unfccc-cop-2016")))[: -len(before)] == [
        "Changed (Parts)",
        f"Changed (Deadlines, Parts): {old}; {ict}; {youth_then} {new}",
        f"Changed (Deadlines, Parts): {old}; {ict}; {segment}; {youth_then}",
    ]


def test_history_of_very_many_parts_names_the_field_alone(app, client):
    many = tuple(replace(LAYERED["parts"][0], uid=f"{number:036}", title=f"Part {number}") for number in range(40))
    layered(app, deadlines=(), parts=many)
    found = page(client.get("/events/unfccc-cop-2016"))
    assert changes(found)[0] == "Changed (Parts)"
    assert len(told(found.one("section", aria_labelledby="parts"))) == 40


def copies(found: Node) -> dict[str, str]:
    """The ways to add one event, by their words."""
    return {link.text: link["href"] for link in found.one("aside", aria_labelledby="one").all("a")}


def test_event_page_offers_a_copy_for_each_calendar(reader):
    found = copies(page(reader.get("/events/unfccc-cop-2019")))
    assert list(found) == ["Calendar file", "Google Calendar", "Outlook.com", "Microsoft 365"]
    assert found["Calendar file"] == "/events/unfccc-cop-2019.ics"
    google, outlook = urlsplit(found["Google Calendar"]), urlsplit(found["Outlook.com"])
    title, address = "COP 25: UN Climate Change Conference 2019", f"{BASE}/events/unfccc-cop-2019"
    assert dict(parse_qsl(google.query)) == {
        "action": "TEMPLATE",
        "text": title,
        "dates": "20191202/20191216",
        "location": "IFEMA, Madrid, Spain",
        "details": address,
    }
    assert dict(parse_qsl(outlook.query)) == {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": "2019-12-02",
        "enddt": "2019-12-16",
        "allday": "true",
        "location": "IFEMA, Madrid, Spain",
        "body": address,
    }
    assert found["Microsoft 365"] == found["Outlook.com"].replace("outlook.live.com", "outlook.office.com")


def test_copy_says_what_is_not_certain_and_nothing_that_anyone_typed(app, client):
    event = events.by_slug(store_of(app), "ceb-2016-11")
    keep(app, replace(event, status=Status.TENTATIVE, description="<b>typed</b>", notes="<b>typed</b>"))
    google = urlsplit(copies(page(client.get("/events/ceb-2016-11")))["Google Calendar"])
    assert dict(parse_qsl(google.query))["details"] == (
        f"Dates unverified: no source was read for exactly these.\nExpected, not confirmed.\n{BASE}/events/ceb-2016-11"
    )


def test_event_that_is_off_is_offered_as_a_file_alone(reader):
    assert copies(page(reader.get("/events/ai-for-good-2020"))) == {"Calendar file": "/events/ai-for-good-2020.ics"}


def test_no_event_without_days_is_offered_as_a_day(read_app, reader):
    store = store_of(read_app)
    vague = [event for event in events.by_ids(store, search.ids(store, Selection())) if event.span.days is None]
    found = {event: copies(page(reader.get(f"/events/{event.slug}"))) for event in vague[::8]}
    files = {event: {"Calendar file": f"/events/{event.slug}.ics"} for event in found}
    assert found == {event: files[event] if in_calendar(event) else {} for event in found}
    assert set(map(bool, found.values())) == {True, False}


def test_event_outside_any_series_is_subscribed_to_by_itself(app, client):
    event = keep(app, replace(events.by_slug(store_of(app), "unfccc-cop-2016"), series=""))
    found = page(client.get("/events/unfccc-cop-2016"))
    assert found.one("h2", id="subscribe-h").text == "Subscribe to this event"
    assert subscribed(found) == "/feeds/select.ics?event=unfccc-cop-2016"
    assert uids(client.get(subscribed(found)).data) == {event.uid}


def test_event_page_offers_its_file_and_its_series_feed(read_app, reader):
    found = page(reader.get("/events/unfccc-cop-2016"))
    links = [(link["href"], link["type"]) for link in found.all("link", rel="alternate")]
    assert [href for href, _ in links] == [
        f"/events/unfccc-cop-2016.{extension}" for extension in ("ics", "jcal", "atom", "json", "csv")
    ]
    assert [reader.get(href).content_type.partition(";")[0] for href, _ in links] == [media for _, media in links]
    assert found.one("link", rel="canonical")["href"] == f"{BASE}/events/unfccc-cop-2016"
    assert uids(reader.get("/events/unfccc-cop-2016.ics").data) == {
        events.by_slug(store_of(read_app), "unfccc-cop-2016").uid
    }
    assert subscribed(found) == "/feeds/series/unfccc-cop.ics"


def test_every_event_has_a_page_whose_links_lead_somewhere(read_app, reader):
    store, seen = store_of(read_app), set()
    found = events.by_ids(store, search.ids(store, Selection()))
    for event in found[::6]:
        shown = page(reader.get(f"/events/{event.slug}"))
        assert shown.one("h1").text == " ".join(event.title.split())
        seen |= {link["href"].partition("#")[0] for link in shown.all("a") if link["href"].startswith("/")}
    unread = sorted(address for address in seen if not address.startswith("/events/"))
    answers = {address: reader.get(address, follow_redirects=True).status_code for address in unread}
    assert answers == dict.fromkeys(unread, 200)


def test_outside_links_are_http_alone_and_name_no_opener(read_app, reader):
    for address in ("/events/unfccc-cop-2019", "/series/hlpf", "/about", "/subscribe"):
        outside = [link for link in page(reader.get(address)).all("a") if not link["href"].startswith(("/", "#"))]
        assert outside
        schemes = {link["href"].partition(":")[0] for link in outside}
        assert schemes <= {"http", "https", "webcal"}
        assert [link["href"] for link in outside if "webcal" not in link["href"][:6] and not link.get("rel")] == []


def test_withdrawn_event_is_gone_from_pages_and_stays_a_tombstone(app, client):
    event = events.by_slug(store_of(app), "unfccc-cop-2016")
    keep(app, replace(event, status=Status.WITHDRAWN, sequence=event.sequence + 1))
    found = page(client.get("/events/unfccc-cop-2016"), 410)
    assert (found.one("h1").text, lede(found)) == (
        "Withdrawn",
        TEXTS.error(GoneError("event-withdrawn", title=event.title)),
    )
    assert rows(page(client.get("/events?series=unfccc-cop&year=2016"))) == []
    assert event.title not in client.get("/events?q=marrakesh").get_data(as_text=True)
    assert uids(client.get("/events/unfccc-cop-2016.ics").data) == {event.uid}
    assert "COP 22" not in client.get("/feeds/series/unfccc-cop.ics").get_data(as_text=True)


def test_unpublished_event_is_nowhere(app, client):
    event = events.by_slug(store_of(app), "unfccc-cop-2016")
    uid = "00000000-0000-4000-8000-000000000000"
    event = keep(app, replace(event, uid=uid, slug="kept-back", title="Kept back", published=False, sequence=0))
    found = page(client.get("/events/kept-back"), 404)
    words = TEXTS.error(NotFoundError("event-unknown", name="kept-back"))
    assert (found.one("h1").text, lede(found)) == ("Not here", words)
    everywhere = ("/events?series=unfccc-cop", "/series/unfccc-cop", "/sdgs/13", "/events?year=2016", "/feeds/all.ics")
    answers = [client.get(address).get_data(as_text=True) for address in everywhere]
    assert [word for word in (uid, event.slug, event.title) for answer in answers if word in answer] == []
    assert client.get("/events/kept-back.ics").status_code == 404


def test_history_begins_where_the_event_became_public(app, client):
    event = replace(events.by_slug(store_of(app), "unfccc-cop-2016"), slug="kept-back", published=False, sequence=0)
    event = replace(event, uid="00000000-0000-4000-8000-000000000000")
    keep(app, replace(event, title="Not for strangers", venue="A secret venue"))
    keep(app, replace(event, venue="Another venue"))
    keep(app, replace(event, venue="A hall", published=True))
    table = page(client.get("/events/kept-back")).one("section", aria_labelledby="hist").one("tbody")
    assert len(table.all("tr")) == 1 + len(event.plans)
    assert [word for word in ("venue", "strangers") if word in table.text.casefold()] == []


def test_unknown_event_is_answered_like_an_unpublished_one(reader):
    found = page(reader.get("/events/no-such-thing"), 404)
    assert lede(found) == TEXTS.error(NotFoundError("event-unknown", name="no-such-thing"))


def test_pages_say_nothing_of_none(reader):
    for address in ("/", "/events", "/series", "/series/hlpf", "/themes", "/sdgs/5", "/subscribe", "/about"):
        assert re.findall(r"\b(?:True|False|Undefined|None(?! of))\b", page(reader.get(address)).raw) == []


def _selection(canonical: str) -> Selection:
    selection = parse(parse_qsl(canonical), lambda _, value: value)
    assert selection.query == canonical
    return selection
