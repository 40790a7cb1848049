"""The builder: its page says what the feed will hold, its address is its state, only POST keeps a short address."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from urllib.parse import parse_qsl, urlencode

import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from jinja2 import FileSystemBytecodeCache

from calendar_app import health, messages, options, selection, web
from calendar_app.events import Deadline, DeadlineKind, Part
from calendar_app.formats import FORMATS
from calendar_app.options import Options
from calendar_app.selection import Selection
from calendar_app.spans import Precision, Span
from calendar_app.store import events, search, selections
from calendar_app.topics import THEMES
from calendar_app.web import preview, subscribing
from tests.conftest import BASE, NOW, TODAY
from tests.webapp import Node, Staffed, applications, filled, page, store_of, subscribed, uids, with_session

LONG = Selection.of(theme=sorted(THEMES)[:14])
QUERIES = [
    "",
    "when=upcoming",
    "sdg=13",
    "cancelled=title&sdg=13",
    "cancelled=hide&when=upcoming",
    "undated=span&when=upcoming",
    "undated=first-day",
    "undated=omit&when=upcoming",
    "deadlines=1&parts=1&year=2027",
    "deadlines=only",
    "alarm=P7D&busy=1&theme=climate-change",
    "from=2027-01-01&lang=fr&to=2027-12-31",
    "q=cop&series=unfccc-cop&when=past",
    "city=Geneva&country=CH&kind=conference&role=participant&status=tentative",
    "event=igf-2016&event=igf-2027",
    "country=KE&country=VA&status=postponed",
    "mode=online&year=2020",
]


@pytest.fixture
def layered(app: Flask) -> Flask:
    """An application on a record in which one event to come has a last day and a part."""
    store = store_of(app)
    event = events.by_slug(store, "un-water-conference-2026")
    last = Deadline(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f003", kind=DeadlineKind.INPUT, day=date(2026, 11, 30))
    span = Span(first=date(2026, 12, 9), last=date(2026, 12, 9), precision=Precision.DAY)
    part = Part(uid="7d1f0f4e-57ad-4a7e-8b5c-0c1a70a9f004", title="Ministerial segment", span=span)
    with store.change(NOW, actor="test") as change:
        events.save(change, replace(event, deadlines=(last,), parts=(part,)), action="edited")
    return app


@pytest.fixture(scope="module")
def sender(staffed: Staffed, compiled: FileSystemBytecodeCache, tmp_path_factory) -> Iterator[FlaskClient]:
    """Someone who sends the form, on an application that these tests share."""
    with applications(staffed, compiled, tmp_path_factory.mktemp("sent")) as make:
        yield make().test_client()


def built(client, query: str) -> Node:
    return page(client.get(f"/subscribe?{query}" if query else "/subscribe"))


def shown(found: Node) -> list[tuple[str, str]]:
    """The titles and dates of what comes next."""
    lists = found.all("ol", class_="soon")
    return [(item.one("b").text, item.one("span").text) for item in lists[0].all("li")] if lists else []


def next_five(body: bytes) -> list[tuple[str, date, date]]:
    """The title, first and last day of the next five entries that a calendar file holds, read by itself."""
    found = []
    for event in Calendar.from_ical(body).walk("VEVENT"):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        last = end.date() if isinstance(end, datetime) else end - timedelta(days=1)
        first = start.date() if isinstance(start, datetime) else start
        found.append((str(event["SUMMARY"]), first, last))
    return sorted((each for each in found if each[2] >= TODAY), key=lambda each: (each[1], each[0]))[:5]


def of(app: Flask, query: str) -> preview.Preview:
    """The preview of a query, as the page makes it."""
    with app.test_request_context(f"/subscribe?{query}"):
        build = preview.Build(**parsed(app, query))
        path = subscribed(built(app.test_client(), query))
        return preview.of(publisher_of(app), build, path, today=TODAY)


def parsed(app: Flask, query: str) -> dict[str, Selection | Options]:
    told, rest = options.parse(parse_qsl(query))
    return {"selection": selection.parse(rest, lambda *pair: search.known(store_of(app), *pair)), "options": told}


def publisher_of(app: Flask):
    return app.extensions["un-forum-calendar"].publisher


@pytest.mark.parametrize("query", QUERIES)
def test_builder_shows_what_the_feed_holds(layered, query):
    client = layered.test_client()
    found, feed = built(client, query), client.get(subscribed(built(client, query)))
    told = of(layered, query)
    assert (told.entries, told.size) == (len(uids(feed.data)), len(feed.data))
    assert told.events == search.count(store_of(layered), parsed(layered, query)["selection"].at(TODAY))
    assert [(entry.title, entry.first, entry.last) for entry in told.soon] == next_five(feed.data)
    assert shown(found) == [(entry.title, " ".join(entry.when.split())) for entry in told.soon]
    panel = found.one("aside", id="subscribe")
    events_said = "One event" if told.events == 1 else f"{told.events} events"
    entries_said = "one entry in the calendar" if told.entries == 1 else f"{told.entries} entries in the calendar"
    assert panel["data-told"] == f"{events_said}, {entries_said}"
    assert panel.one("span", id="count").text == events_said
    assert re.search(rf"(One entry|{told.entries} entries), {told.kilobytes} kB: {told.percent}% of", panel.text)


def test_next_entries_are_told_as_the_calendar_tells_them(layered):
    client = layered.test_client()
    assert shown(built(client, "deadlines=1&parts=1&series=un-water-conference"))[:3] == [
        ("Inputs are due: UN 2026 Water Conference", "30 November 2026"),
        ("UN 2026 Water Conference", "8–10 December 2026"),
        ("Ministerial segment: UN 2026 Water Conference", "9 December 2026"),
    ]
    assert ("COP 32: UN Climate Change Conference 2027, November 2027 (days not given)", "1–30 November 2027") in shown(
        built(client, "event=unfccc-cop-2027")
    )


@pytest.mark.parametrize("query", QUERIES)
def test_address_is_the_state_and_comes_round(reader, query):
    found = built(reader, query)
    form = found.one("form", id="builder")
    sent = urlencode([(name, value) for name, values in filled(form).items() for value in values])
    for answer in (
        reader.get(f"/subscribe?{sent}"),
        reader.post("/subscribe", data=sent, content_type="application/x-www-form-urlencoded"),
    ):
        location = answer.headers["Location"].removesuffix("#subscribe")
        assert (answer.status_code, location) == (303, f"/subscribe?{query}" if query else "/subscribe")
    assert found.one("link", rel="canonical")["href"] == f"{BASE}{location}"
    address = found.one("input", id="subscribe-address")["value"]
    assert f"\r\nSOURCE;VALUE=URI:{address}"[:70].encode() in reader.get(address.removeprefix(BASE)).data


def test_query_is_made_canonical_but_its_order_is_let_be(reader):
    for given_query, canonical in [
        ("theme=&q=&when=&cancelled=status&undated=&lang=en", "/subscribe"),
        ("sdg=13&q=+cop++", "/subscribe?q=cop&sdg=13"),
        ("country=ke&sdg=9&sdg=9&utm_source=mail", "/subscribe?country=KE&sdg=9"),
        ("alarm=P2W", "/subscribe?alarm=P14D"),
        ("alarm=PT36H", "/subscribe?alarm=P1DT12H"),
    ]:
        answer = reader.get(f"/subscribe?{given_query}")
        assert (answer.status_code, answer.headers["Location"]) == (303, canonical)
    assert reader.get("/subscribe?sdg=9&q=cop&sdg=13").status_code == 200


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("colour=red", "There is nothing called “colour” to select by. Take it out of the address."),
        ("sdg=18", "“18” is nothing to select by as “Goal”. Choose from what the calendar has."),
        ("cancelled=maybe", "“maybe” is no value of cancelled. Write one of these: status, title, hide."),
        ("alarm=P90D", "“P90D” is no time before the start. Write P7D, P2W, PT12H or P6DT15H, up to 60 days."),
        ("from=2027-02-02&to=2027-02-01", messages.ERRORS["select-backwards"].format(
            first="2 February 2027", last="1 February 2027")),
        ("page=2", "There is nothing called “page” to select by. Take it out of the address."),
        ("q=" + "x" * 4095, messages.ERRORS["query-long"].format(most=4096)),
    ],
)  # fmt: skip
def test_what_there_is_not_is_refused_in_words(reader, query, words):
    assert page(reader.get(f"/subscribe?{query}"), 400).one("p", class_="lede").text == words
    if len(query) < 4096:
        answer = reader.post("/subscribe", data=query, content_type="application/x-www-form-urlencoded")
        assert page(answer, 400).one("p", class_="lede").text == words


def test_form_shows_what_is_chosen_and_counts_what_there_is(read_app, reader):
    found = built(reader, "alarm=P1DT12H&busy=1&country=KE&country=VA&event=igf-2016&undated=omit&year=2027")
    form = found.one("form", id="builder")
    ticked = [(box["name"], box["value"]) for box in form.all("input", type="checkbox") if "checked" in box.attributes]
    assert sorted(ticked) == [
        *(("busy", "1"), ("country", "KE"), ("country", "VA"), ("event", "igf-2016"), ("year", "2027")),
    ]
    chosen = [(item["value"], item.text) for item in form.all("option") if "selected" in item.attributes]
    assert {("P1DT12H", "36 hours before"), ("omit", "Leave it out until they are"), ("en", "English")} <= set(chosen)
    counts = {
        (label.one("input")["name"], label.one("input")["value"]): int(label.one("span", class_="num").text)
        for label in form.all("label", class_="tick")
        if label.all("span", class_="num")
    }
    store = store_of(read_app)
    for name in ("theme", "sdg", "country", "kind", "series"):
        known = search.counts(store, Selection(), [name])[name]
        assert {value: count for (facet, value), count in counts.items() if facet == name and count} == known
    assert counts["country", "VA"] == 0


def test_reminders_ring_in_the_morning(reader):
    offered = [(item["value"], item.text) for item in built(reader, "").one("select", id="alarm").all("option")]
    assert offered == [
        ("", "Never"),
        ("PT15H", "1 day before, at 9 in the morning"),
        ("P6DT15H", "1 week before, at 9 in the morning"),
        ("P13DT15H", "2 weeks before, at 9 in the morning"),
        ("P27DT15H", "4 weeks before, at 9 in the morning"),
    ]


@pytest.mark.parametrize("query", ["", "undated=omit", "cancelled=hide", "cancelled=hide&undated=omit&when=past"])
def test_what_is_left_out_is_said_with_the_numbers_of_the_feed(layered, query):
    client = layered.test_client()
    found = built(client, query)
    feed = Calendar.from_ical(client.get(subscribed(found)).data)
    why = {"settled month": "undated", "settled days": "omitted", "postponed": "off"}
    in_feed = {
        why[reason]: int(count)
        for count, reason in re.findall(r"(\d+) .*?(settled month|settled days|postponed)", str(feed["DESCRIPTION"]))
    }
    told = of(layered, query)
    assert dict(told.left_out) == in_feed != {}
    words = " ".join(found.one("p", id="left-out").text.split())
    assert words.startswith("Left out: ")
    assert [int(number) for number in re.findall(r"[0-9]+", words)] == [count for _, count in told.left_out]
    assert (words.count(";"), words[-1]) == (len(in_feed) - 1, ".")


def test_what_is_left_out_is_said_of_many_without_reasons(layered, monkeypatch):
    whole = of(layered, "undated=omit")
    monkeypatch.setattr(preview, "MOST_ROWS", 1)
    monkeypatch.setattr(preview, "_once", preview._once.__wrapped__)
    count = sum(number for _, number in whole.left_out)
    assert of(layered, "undated=omit").left_out == (("chosen", count),)
    assert f"Left out: {count} by what you chose." in " ".join(
        built(layered.test_client(), "undated=omit").text.split()
    )


def test_event_that_cannot_be_written_is_left_out_as_such(layered, monkeypatch):
    def refuse(item, context):
        raise ValueError("no words for it")

    monkeypatch.setitem(FORMATS, "ics", replace(FORMATS["ics"], entry=refuse))
    assert of(layered, "event=igf-2016").left_out == (("failed", 1),)


def test_nothing_is_said_to_be_left_out_where_nothing_is(layered):
    for query in ("event=igf-2016", "deadlines=only&undated=omit"):
        assert of(layered, query).left_out == ()
        assert built(layered.test_client(), query).all("p", id="left-out") == []


@pytest.mark.parametrize(
    ("address", "changes"),
    [
        ("/", "/changes.atom?when=upcoming"),
        ("/events", "/changes.atom"),
        ("/series/hlpf", "/changes.atom?series=hlpf"),
        ("/themes/climate-change", "/changes.atom?theme=climate-change"),
        ("/sdgs/13", "/changes.atom?sdg=13"),
        ("/subscribe?busy=1&lang=fr&sdg=13", "/changes.atom?lang=fr&sdg=13"),
    ],
)
def test_what_changed_is_announced_by_its_own_name(reader, address, changes):
    link = page(reader.get(address)).all("link", rel="alternate")[-1]
    answer = reader.get(link["href"])
    assert (link["href"], link["type"]) == (changes, "application/atom+xml")
    assert f"<title>{link['title']}</title>" in answer.get_data(as_text=True)


def test_calendar_in_french_is_announced_in_french(reader):
    found = built(reader, "lang=fr&sdg=13&when=upcoming")
    panel = found.one("aside", id="subscribe")
    assert [node.tag for node in panel if node.get("lang") == "fr"] == ["b", "ol"]
    name = found.all("link", rel="alternate")[0]["title"]
    assert panel.all("b", lang="fr")[0].text == name
    assert f"X-WR-CALNAME:{name}"[:30] in reader.get(subscribed(found)).get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("", "/feeds/all.ics"),
        ("deadlines=only", "/feeds/deadlines.ics"),
        ("sdg=13", "/feeds/sdg/13.ics"),
        ("series=hlpf", "/feeds/series/hlpf.ics"),
        ("busy=1&sdg=13", "/feeds/select.ics?busy=1&sdg=13"),
    ],
)
def test_named_feed_carries_what_it_can(reader, query, path):
    assert subscribed(built(reader, query)) == path


@pytest.mark.parametrize(("entries", "percent"), [(1000, 38), (560, 69), (548, 70), (400, 96), (380, 101)])
def test_size_is_told_and_near_the_limit_is_warned_of(reader, monkeypatch, entries, percent):
    monkeypatch.setattr(health, "GOOGLE_BYTES", 10_000_000)
    monkeypatch.setattr(health, "GOOGLE_ENTRIES", entries)
    found = built(reader, "").one("aside", id="subscribe")
    held = len(uids(reader.get("/feeds/all.ics").data))
    assert round(100 * held / entries) == percent
    assert f" kB: {percent}% of what Google Calendar takes" in found.text
    warned = [words.text.partition(":")[0].partition(",")[0] for words in found.all("p", class_="warn")]
    near, over = "This comes near to what Google Calendar takes", "This is more than Google Calendar takes"
    assert warned == ([] if percent < 70 else [near] if percent <= 100 else [over])


def test_size_counts_as_much_as_number(reader, monkeypatch):
    size = len(reader.get("/feeds/all.ics").data)
    monkeypatch.setattr(health, "GOOGLE_BYTES", size)
    assert "This comes near to what Google Calendar takes" in built(reader, "").one("aside", id="subscribe").text
    monkeypatch.setattr(health, "GOOGLE_BYTES", size - 1)
    assert "This is more than Google Calendar takes" in built(reader, "").one("aside", id="subscribe").text


def test_code_holds_the_webcal_address(reader):
    for query in ("", "alarm=P7D&sdg=9&theme=cybersecurity"):
        found = built(reader, query)
        wanted = segno.make("webcal" + found.one("input", id="subscribe-address")["value"][5:], error="m", micro=False)
        drawing = found.one("svg", class_="qr")
        side = wanted.symbol_size(border=4)[0]
        assert drawing["viewbox"] == f"0 0 {side} {side}"
        squares = [list(map(bool, row)) for row in wanted.matrix_iter(border=4)]
        assert drawn(drawing.all("path")[1]["d"], side) == squares


def drawn(path: str, side: int) -> list[list[bool]]:
    """The squares that lines of one unit's width fill: moves and horizontal strokes, as SVG reads them."""
    grid = [[False] * side for _ in range(side)]
    x = y = 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", path):
        values = [float(number) for number in numbers.split()]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            for column in range(int(x), int(x + values[0])):
                grid[int(y)][column] = True
            x += values[0]
    return grid


def offers_google(found: Node) -> bool:
    return "Google Calendar" in found.one("ul", class_="clients").text


def test_short_address_is_kept_by_post_alone_and_then_shown_everywhere(app, client):
    store, before = store_of(app), built(client, LONG.query)
    long = subscribed(before)
    assert long == f"/feeds/select.ics?{LONG.query}"
    panels = [built(client, LONG.query), page(client.get(f"/events?{LONG.query}"))]
    assert [offers_google(found) for found in panels] == [False, False]
    assert selections.count(store) == 0
    (form,) = [form for form in panels[1].all("form", action="/subscribe") if form.get("id") != "builder"]
    assert form.one("button")["formmethod"] == "post"
    answer = client.post("/subscribe", data=filled(form))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/subscribe?{LONG.query}#subscribe")
    assert "Set-Cookie" not in answer.headers
    assert (selections.count(store), selections.query(store, LONG.short)) == (1, LONG.query)
    short = f"/feeds/s/{LONG.short}.ics"
    for found in (built(client, LONG.query), page(client.get(f"/events?{LONG.query}"))):
        assert subscribed(found) == short
        assert offers_google(found)
        assert [link["href"] for link in found.all("link", rel="alternate")] == [
            f"/feeds/s/{LONG.short}.{extension}" for extension in ("ics", "jcal", "atom", "json", "csv")
        ] + [f"/changes.atom?{LONG.query}"]
        assert BASE + long in [link["href"] for link in found.one("aside", id="subscribe").all("a")]
    assert uids(client.get(short).data) == uids(client.get(long).data) != set()
    assert client.post("/subscribe", data=filled(form)).status_code == 303
    assert selections.count(store) == 1


def test_short_address_keeps_its_options_in_sight(app, client):
    client.post(
        "/subscribe", data={**dict.fromkeys(["q", "from"], ""), "theme": list(LONG.chosen("theme")), "busy": "1"}
    )
    assert selections.query(store_of(app), LONG.short) == LONG.query
    found = built(client, selection.query([("busy", "1"), *LONG.pairs()]))
    assert subscribed(found) == f"/feeds/s/{LONG.short}.ics?busy=1"
    assert b"TRANSP:OPAQUE" in client.get(subscribed(found)).data


def test_address_that_is_short_enough_is_not_kept(app, client):
    answer = client.post("/subscribe", data={"sdg": ["9", "13"], "busy": "1", "when": ""})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/subscribe?busy=1&sdg=9&sdg=13#subscribe")
    assert client.post("/subscribe").headers["Location"] == "/subscribe#subscribe"
    assert selections.count(store_of(app)) == 0


def test_longest_address_that_google_takes_is_not_shortened(make_app):
    for longer, kept in ((0, 0), (1, 1)):
        path = "/feeds/select.ics?sdg=9&sdg=13"
        base = "https://" + "a" * (255 + longer - len("webcal://.example") - len(path)) + ".example"
        app = make_app(base=base)
        app.test_client().post("/subscribe", data={"sdg": ["9", "13"]})
        assert selections.count(store_of(app)) == kept


def test_too_many_short_addresses_are_refused_in_words(app, client, monkeypatch):
    form = {"theme": list(LONG.chosen("theme"))}
    client.post("/subscribe", data=form)
    monkeypatch.setattr(subscribing, "MOST_SHORT", 1)
    assert client.post("/subscribe", data=form).status_code == 303
    answer = client.post("/subscribe", data={**form, "when": "past"})
    assert page(answer, 503).one("p", class_="lede").text == (
        "No more short addresses can be made: 1 are kept, each for ever. Choose less, or take a ready-made feed."
    )
    assert selections.count(store_of(app)) == 1


def test_posts_are_limited_and_pages_are_not(make_app: Callable[..., Flask]):
    client = make_app(rate_limit=True).test_client()
    assert [client.post("/subscribe").status_code for _ in range(31)] == [303] * 30 + [429]
    assert [client.get("/subscribe?sdg=1").status_code for _ in range(40)] == [200] * 40


@pytest.mark.parametrize(
    ("sender", "neighbour", "stranger"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"),
        ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.2"),
        ("no address", "no address", "2001:db8::1"),
    ],
)
def test_posts_are_limited_by_address_and_of_ipv6_by_network(make_app, sender, neighbour, stranger):
    client = make_app(rate_limit=True).test_client()

    def sent(address: str) -> int:
        return client.post("/subscribe", environ_base={"REMOTE_ADDR": address}).status_code

    assert [sent(sender) for _ in range(30)] == [303] * 30
    assert (sent(neighbour), sent(stranger)) == (429, 303)


def test_new_short_addresses_of_a_day_are_limited_for_all_together(make_app, staffed, monkeypatch):
    monkeypatch.setitem(web._NEW, "subscribe.keep", "2 per day")
    app = make_app(rate_limit=True)
    numbers = count(1)

    def sent(when: str, *, client: FlaskClient | None = None, theme: int = 14) -> int:
        form = {"theme": sorted(THEMES)[:theme], "when": when}
        network = {"REMOTE_ADDR": f"192.0.2.{next(numbers)}"}
        return (client or app.test_client()).post("/subscribe", data=form, environ_base=network).status_code

    assert [sent("past") for _ in range(3)] == [303] * 3  # the same one again counts once
    assert [sent("", theme=1) for _ in range(3)] == [303] * 3  # and one that is short by itself never
    assert (sent("upcoming"), sent("")) == (303, 429)
    assert (sent("past"), sent("", theme=1)) == (303, 303)
    assert selections.count(store_of(app)) == 2
    assert sent("", client=with_session(app, staffed)) == 303
    assert selections.count(store_of(app)) == 3


@pytest.mark.parametrize(
    "body",
    [
        *(b"\xff\xfe\x00", b"theme=%ff&q=%00", b"&" * 5000, b"=" * 5000, b"theme", b"q=" + b"%F0" * 3000),
        b"&".join(b"theme=climate-change" for _ in range(10_000)),
        b"&".join(b"a%d=1" % number for number in range(20_000)),
        b"&".join(b"event=igf-%d" % year for year in range(2006, 2016)) * 6,
        b"x" * 300_000,
    ],
    ids=lambda body: str(body[:12]),
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_hostile_body_is_never_our_fault(sender, body, kind):
    assert sender.post("/subscribe", data=body, content_type=kind).status_code < 500


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pairs=st.lists(
        st.tuples(
            st.sampled_from([*options.NAMES, *selection.FACETS, "q", "from", "to", "when", "x"]),
            st.one_of(
                st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
                st.sampled_from(["1", "13", "title", "only", "P7D", "CH", "Geneva", "past", "2027-01-01", "fr"]),
            ),
        ),
        max_size=6,
    )
)
def test_any_query_is_answered_and_comes_to_rest(sender, pairs):
    answer = sender.get("/subscribe", query_string=pairs)
    assert answer.status_code in {200, 303, 400}
    if answer.status_code == 303:
        assert sender.get(answer.headers["Location"]).status_code == 200
        sent = sender.post("/subscribe", data=urlencode(pairs), content_type="application/x-www-form-urlencoded")
        assert sent.headers["Location"] == f"{answer.headers['Location']}#subscribe"


@pytest.mark.parametrize(
    "address",
    ["/", "/events", "/events?q=cop&sdg=13", "/series/hlpf", "/themes/climate-change", "/sdgs/13", "/subscribe"],
)
def test_page_names_its_selection_in_every_format(reader, address):
    found = page(reader.get(address))
    links = found.all("link", rel="alternate")
    assert [link["type"] for link in links] == [
        *("text/calendar", "application/calendar+json", "application/atom+xml", "application/json", "text/csv"),
        "application/atom+xml",
    ]
    assert links[0]["href"] == subscribed(found)
    (shown_links,) = [words.all("a") for words in found.one("aside", id="subscribe").all("p", class_="formats")]
    assert [(link["href"], link["type"]) for link in shown_links] == [(link["href"], link["type"]) for link in links]
    assert [link.text for link in shown_links] == ["iCalendar", "jCal", "Atom", "JSON", "CSV", "What changed (Atom)"]
    for link in links:
        answer = reader.get(link["href"])
        assert (answer.status_code, answer.content_type.partition(";")[0]) == (200, link["type"])


def test_panel_leads_to_the_builder_with_the_same_selection(reader):
    found = page(reader.get("/events?q=cop&sdg=13"))
    links = [link for link in found.one("aside", id="subscribe").all("a") if link.get("rel") == "nofollow"]
    assert [link["href"] for link in links] == ["/subscribe?q=cop&sdg=13", "/subscribe?q=cop&sdg=13#embed"]
    link = links[0]
    assert subscribed(page(reader.get(link["href"]))) == subscribed(found)
