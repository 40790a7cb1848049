"""The month as a page: the grid as a table in words, what has no days above it, the same as rows, and the ways on."""

from dataclasses import replace
from datetime import date, time
from urllib.parse import parse_qsl

import pytest

from calendar_app import spans, texts
from calendar_app.errors import NotFoundError
from calendar_app.events import Draft, Event
from calendar_app.selection import Selection
from calendar_app.store import events, search
from calendar_app.topics import Mode, Status
from calendar_app.web import month
from tests.conftest import BASE, NOW
from tests.webapp import Node, in_calendar, page, rows, store_of, subscribed, uids

TEXTS = texts.of("en")


def keep(app, *made: Event) -> None:
    with store_of(app).change(NOW, actor="test") as change:
        for event in made:
            events.save(change, event, action="added")


def event(number: int, title: str, dates: str, **said: object) -> Event:
    draft = Draft(title=title, span=spans.parse(dates), source="A letter", **said)
    return Event.from_draft(draft, uid=f"00000000-0000-4000-8000-{number:012}", slug=f"made-{number}", now=NOW)


def table(found: Node) -> list[list[list[str]]]:
    """The grid as its weeks, their rows and the text of each cell."""
    bodies = found.one("table", class_="grid").all("tbody")
    return [[[c.text for c in row if c.tag in {"td", "th"}] for row in body.all("tr")] for body in bodies]


def notes(found: Node) -> list[str]:
    return [note.text for note in found.all("p", class_="note")]


def test_november_2016_is_a_table_of_weeks_with_its_runs_in_words(reader):
    found = page(reader.get("/calendar/2016-11"))
    assert (found.one("h1").text, found.one("title").text) == ("November 2016", "November 2016 – UN Forum Calendar")
    heads = [head.text for head in found.one("table", class_="grid").one("thead").all("th")]
    assert heads[:3] + heads[7:] == ["Week", "MonMonday", "TueTuesday", "SunSunday"]
    first, second, third, *_, last = table(found)
    wtsa = "World Telecommunication Standardization Assembly 2016 (WTSA-16), 25 October – 3 November 2016"
    assert first == [
        ["Week 44", "31 Oct", *(f"{day} November" for day in range(1, 7))],
        [f"← WTSA-16, Hammamet: {wtsa}", "", "", ""],
    ]
    cop = "COP 22, Marrakech{}: Climate Change Conference COP 22, 7–18 November 2016"
    assert second[1] == [cop.format(" →")]
    assert second[2][2:3] == [
        "CEB, New York: CEB, second regular session of 2016, 9–10 November 2016, dates unverified"
    ]
    assert third[1] == ["← " + cop.format(""), "", ""]
    assert last == [["Week 48", *(f"{day} November" for day in (28, 29, 30)), "1 Dec", "2 Dec", "3 Dec", "4 Dec"]]


def test_every_lane_has_seven_columns_beside_the_week(reader):
    for body in page(reader.get("/calendar/2016-05")).one("table", class_="grid").all("tbody"):
        head, *lanes = body.all("tr")
        assert (len(head.all("td")), int(head.one("th")["rowspan"])) == (7, 1 + len(lanes))
        assert [sum(int(cell.get("colspan") or 1) for cell in lane.all("td")) for lane in lanes] == [7] * len(lanes)


def test_what_has_no_days_is_said_above_the_grid_and_never_in_a_cell(reader):
    found = page(reader.get("/calendar/2016-11"))
    igf = "11th Annual Internet Governance Forum, Guadalajara. Another source says 6–9 December 2016."
    assert notes(found) == [f"Some time in November, days not given: {igf}"]
    assert "Internet Governance" not in found.one("table", class_="grid").text
    assert "igf-2016" in rows(found)


def test_what_may_be_in_the_month_is_said_with_what_is_known_of_it(app, client):
    made = [
        event(1, "Spring session", "April-June 2031", city="Quito", country="EC", status=Status.TENTATIVE),
        event(2, "Some forum", "2031"),
        event(3, "Other forum", "2031", status=Status.CANCELLED),
        event(4, "May session", "May 2031", status=Status.TENTATIVE),
        *(event(10 + number, f"Meeting {number:02}", "2030-2031") for number in range(14)),
    ]
    keep(app, *made)
    found = page(client.get("/calendar/2031-05"))
    named = "; ".join(f"Meeting {number:02}" for number in range(12))
    assert sorted(notes(found)) == sorted(
        [
            "Perhaps in May (April–June 2031, days not announced), expected: Spring session, Quito.",
            "Some time in May, days not announced, expected: May session.",
            "Perhaps in May (2031, month not announced): Other forum (cancelled); Some forum.",
            f"Perhaps in May (2030–2031, month not announced): {named}; and 2 more.",
        ]
    )
    assert [note["class"] for note in found.all("p", class_="note")].count("note m x") == 2
    assert len(rows(found)) == len(made)


def test_today_is_told_in_words(reader):
    found = page(reader.get("/calendar/2026-11"))
    (today,) = found.all("td", class_="today")
    assert today.text == "24 November today"
    assert page(reader.get("/calendar/2026-12")).all("td", class_="today") == []


def test_state_of_a_run_is_told_by_its_form_and_in_words(app, client):
    keep(
        app,
        event(1, "Off forum", "5-6 May 2031", status=Status.CANCELLED, city="Quito", country="EC"),
        event(2, "Later forum", "12 May 2031", status=Status.POSTPONED),
        event(3, "Hoped forum", "19 May 2031", status=Status.TENTATIVE, mode=Mode.ONLINE),
        event(4, "Sure forum", "26 May 2031"),
    )
    runs = page(client.get("/calendar/2031-05")).all("td", class_="run")
    assert [(run["class"], len(run.all("s")), run.text) for run in runs] == [
        ("run gone", 1, "Off forum, Quito: Off forum, 5–6 May 2031, cancelled"),
        ("run gone brief", 1, "Later forum, Place not announced: Later forum, 12 May 2031, postponed"),
        ("run x brief", 0, "Hoped forum, Online: Hoped forum, 19 May 2031, expected"),
        ("run brief", 0, "Sure forum, Place not announced: Sure forum, 26 May 2031"),
    ]


def test_day_and_week_lead_to_their_lists(reader):
    found = page(reader.get("/calendar/2016-11?sdg=13"))
    body = found.one("table", class_="grid").all("tbody")[1]
    week, monday, *_ = body.all("tr")[0].all("a")
    assert week["href"] == "/events?from=2016-11-07&sdg=13&to=2016-11-13"
    assert monday["href"] == "/events?from=2016-11-07&sdg=13&to=2016-11-07"
    assert "unfccc-cop-2016" in rows(page(reader.get(monday["href"])))


def test_day_outside_the_period_that_is_selected_leads_nowhere(reader):
    found = page(reader.get("/calendar/2016-11?from=2016-11-10&to=2016-11-15"))
    days = [link.text for link in found.one("table", class_="grid").all("a") if link.text.endswith(" November")]
    assert days == [f"{day} November" for day in range(10, 16)]
    links = [link["href"] for link in found.one("table", class_="grid").all("a")]
    assert {address: reader.get(address).status_code for address in links} == dict.fromkeys(links, 200)


def test_crowded_day_names_as_many_as_fit_and_leads_to_the_rest(app, client):
    keep(app, *(event(number, f"Side meeting {number:02}", "12-13 May 2031") for number in range(20)))
    found = page(client.get("/calendar/2031-05"))
    body = found.one("table", class_="grid").all("tbody")[2]
    more = body.one("tr", class_="more").all("a")
    assert [(link.text, link["href"]) for link in more] == [
        ("+14and 14 more, 12 May 2031", "/events?from=2031-05-12&to=2031-05-12"),
        ("+14and 14 more, 13 May 2031", "/events?from=2031-05-13&to=2031-05-13"),
    ]
    assert (len(body.all("td", class_="run")), len(rows(found))) == (6, 20)
    assert len(rows(page(client.get(more[0]["href"])))) == 20


def test_month_of_very_many_events_says_how_many_it_shows(app, client):
    keep(app, *(event(number, f"Side meeting {number:03}", "12 May 2031") for number in range(month.MOST + 3)))
    found = page(client.get("/calendar/2031-05"))
    assert found.all("p", class_="lede")[0].text == "203 events, the first 200 of them on this page"
    assert len(rows(found)) == month.MOST
    rest = next(link for link in found.all("a") if link.text == "All 203, as a list over pages")
    assert rest["href"] == "/events?from=2031-05-01&to=2031-05-31"


@pytest.mark.parametrize("query", ["", "sdg=13", "theme=climate-change", "from=2016-11-10&to=2017-01-31"])
def test_month_lists_and_subscribes_to_exactly_what_is_on_screen(read_app, reader, query):
    found, store = page(reader.get(f"/calendar/2016-11?{query}")), store_of(read_app)
    given = dict(parse_qsl(query))
    facets = {name: value for name, value in given.items() if name not in {"from", "to"}}
    first = max(date(2016, 11, 1), date.fromisoformat(given.get("from", "2016-11-01")))
    shown = replace(Selection.of(**facets), first=first, last=date(2016, 11, 30))
    selected = events.by_ids(store, search.ids(store, shown))
    assert selected
    assert rows(found) == [event.slug for event in selected]
    assert subscribed(found) == f"/feeds/select.ics?{shown.query}"
    assert uids(reader.get(subscribed(found)).data) == {event.uid for event in selected if in_calendar(event)}
    assert found.one("h2", id="subscribe-h").text == "Subscribe to November 2016"
    (beyond,) = [link["href"] for link in found.all("a") if "beyond this month" in link.text]
    assert beyond == ("/subscribe?" + query if query else "/subscribe")
    assert found.one("link", rel="canonical")["href"] == f"{BASE}/calendar/2016-11" + (f"?{query}" if query else "")


def test_months_beside_it_and_the_year_keep_the_selection(reader):
    found = page(reader.get("/calendar/2016-12?sdg=9"))
    assert [(link.text, link["href"]) for link in found.one("nav", aria_label="Months").all("a")] == [
        ("← November", "/calendar/2016-11?sdg=9"),
        ("January 2017 →", "/calendar/2017-01?sdg=9"),
        ("Year 2016", "/calendar/2016?sdg=9"),
        ("Subscribe to this month", "#subscribe"),
    ]
    for address, rel, other in (("/calendar/1900-01", "next", "prev"), ("/calendar/2199-12", "prev", "next")):
        found = page(reader.get(address))
        assert (len(found.all("a", rel=rel)), found.all("a", rel=other)) == (1, [])
        links = [link["href"] for link in found.one("table", class_="grid").all("a")]
        assert {reader.get(link).status_code for link in (links[0], links[-1])} == {200}


def test_month_without_events_says_so_and_where_the_nearest_are(reader):
    found = page(reader.get("/calendar/2018-01?series=igf"))
    assert [lede.text for lede in found.all("p", class_="lede")] == ["IGF", "Nothing in January 2018."]
    near = [item.text for item in found.one("div", id="shown").all("li")]
    assert near == [
        "Last before it: 12th Internet Governance Forum, 18–21 December 2017. December 2017",
        "Next after it: 13th Internet Governance Forum, 12–14 November 2018. November 2018",
    ]
    address = found.one("div", id="shown").all("li")[1].all("a")[1]["href"]
    assert address == "/calendar/2018-11?series=igf"
    assert rows(page(reader.get(address))) == ["igf-2018"]


def test_nearest_event_of_which_only_the_year_is_known_leads_to_its_year(app, client):
    keep(app, event(1, "Some forum", "2150", convener="ABC"))
    found = page(client.get("/calendar/2199-12?convener=ABC")).one("div", id="shown")
    assert [item.text for item in found.all("li")] == ["Last before it: Some forum, 2150 (month not given). 2150"]
    assert found.all("li")[0].all("a")[1]["href"] == "/calendar/2150?convener=ABC"
    found = page(client.get("/calendar/1900-01?convener=ABC")).one("div", id="shown")
    assert [item.text for item in found.all("li")] == ["Next after it: Some forum, 2150 (month not given). 2150"]


def test_nearest_event_is_found_in_the_first_and_the_last_year_of_the_calendar(app, client):
    keep(app, event(1, "First forum", "8 January 1900", convener="ABC"))
    keep(app, event(2, "Last forum", "9 November 2199", convener="ABC"))
    for address, told in (("1900-03", "before it: First forum, 8 January 1900"), ("2199-10", "after it: Last forum")):
        found = page(client.get(f"/calendar/{address}?convener=ABC")).one("div", id="shown")
        assert [told in item.text for item in found.all("li")].count(True) == 1


def test_month_outside_the_selected_period_is_empty_and_subscribes_to_the_selection(reader):
    found = page(reader.get("/calendar/2016-11?from=2016-12-01&series=igf"))
    assert rows(found) == []
    assert subscribed(found) == "/feeds/select.ics?from=2016-12-01&series=igf"
    assert found.one("h2", id="subscribe-h").text == "Subscribe to this selection"
    assert [item.text.split(":")[0] for item in found.one("div", id="shown").all("li")] == ["Next after it"]


@pytest.mark.parametrize("name", ["2026-13", "2026-00", "1899-12", "2200-01"])
def test_month_that_the_calendar_does_not_hold_is_not_there_in_words(reader, name):
    found = page(reader.get(f"/calendar/{name}"), 404)
    assert found.all("p", class_="lede")[0].text == TEXTS.error(NotFoundError("month-unknown", name=name))


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/calendar", "/calendar/2026-11"),
        ("/calendar?pick=igf-2016&sdg=9", "/calendar/2026-11?sdg=9&pick=igf-2016"),
        ("/calendar?sdg=13&sdg=9", "/calendar/2026-11?sdg=9&sdg=13"),
    ],
)
def test_calendar_leads_to_the_month_that_it_is_with_the_selection(reader, address, location):
    answer = reader.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, location)
    assert page(reader.get("/calendar?sdg=99"), 400).one("h1").text == "That didn’t work"


def test_event_with_hours_tells_them_in_the_grid_and_the_rows(app, client):
    span = spans.with_times(spans.parse("12 May 2031"), start=time(9), end=time(10, 30), zone="America/New_York")
    keep(app, replace(event(1, "Briefing", "12 May 2031", city="New York", country="US"), span=span))
    found = page(client.get("/calendar/2031-05"))
    assert found.one("td", class_="run").text == (
        "Briefing, 09:00–10:30 EDT, New York: Briefing, 12 May 2031, 09:00–10:30 EDT"
    )
    assert "09:00–10:30 EDT New York, United States" in found.one("li", class_="ev").text


@pytest.mark.parametrize("address", ["/calendar/٢٠١٦", "/calendar/٢٠١٦-١١", "/calendar/２０１６-11", "/sdgs/９"])
def test_figures_of_other_scripts_name_no_page(reader, address):
    assert reader.get(address).status_code == 404
