"""Home as a whole stays in its bounds, and leads to every view and to each series with something to come."""

from collections import Counter
from dataclasses import replace

from calendar_app import spans
from calendar_app.events import Draft, Event
from calendar_app.selection import Selection
from calendar_app.store import events, search
from tests.conftest import NOW, TODAY
from tests.webapp import page, rows, store_of


def test_home_leads_to_the_calendars_of_now_and_to_every_view(reader):
    found = page(reader.get("/")).one("nav", aria_labelledby="calendars")
    assert [(link.text, link["href"]) for link in found.all("a")] == [
        ("November 2026 month", "/calendar/2026-11"),
        ("December 2026 month", "/calendar/2026-12"),
        ("2026 year planner", "/calendar/2026"),
        ("2027 year planner", "/calendar/2027"),
        ("Where map", "/map?when=upcoming"),
        ("Goals by month table", "/coverage?when=upcoming"),
        ("What overlaps", "/overlaps?when=upcoming"),
        ("What changed lately", "/changes"),
    ]


def test_home_leads_from_its_top_to_the_side_events_and_the_council_report(reader):
    jump = page(reader.get("/")).one("p", class_="jump")
    links = {link.text: link["href"] for link in jump.all("a")}
    assert (links["ITU’s side events"], links["Council report"]) == ("/events?kind=side-event", "/report")


def test_home_names_each_series_with_something_to_come_and_how_much(read_app, reader):
    store = store_of(read_app)
    coming = events.by_ids(store, search.ids(store, Selection(when="upcoming").at(TODAY)))
    links = page(reader.get("/")).one("section", aria_labelledby="bodies").one("ul").all("a")
    found = {link["href"].removeprefix("/series/"): int(link.all("span")[1].text) for link in links}
    assert found == Counter(event.series for event in coming if event.series)
    names = [link.all("span")[0].text for link in links]
    assert names == sorted(names, key=str.casefold)


def test_home_lists_the_next_fifty_and_leads_to_the_rest(app, client):
    with store_of(app).change(NOW, actor="test") as change:
        for number in range(40):
            said = {"title": f"Meeting {number:02}", "series": "igf", "source": "A letter"}
            draft = Draft(span=spans.parse("12 May 2031"), **said)
            uid = f"00000000-0000-4000-8000-{number:012}"
            made = Event.from_draft(draft, uid=uid, slug=f"meeting-{number:02}", now=NOW)
            events.save(change, made, action="added")
    found, count = page(client.get("/")), search.count(store_of(app), Selection(when="upcoming").at(TODAY))
    assert len(rows(found)) == 50 < count
    lede = found.all("p", class_="lede")[0].text
    assert lede.endswith(f"one on now, {count - 1} to come.")
    (rest,) = [link for link in found.all("a") if link.text == f"All {count - 1} to come"]
    assert rest["href"] == "/events?when=upcoming"
    coming = search.count(store_of(app), replace(Selection.of(series="igf"), first=TODAY))
    (igf,) = [link.text for link in found.all("a", href="/series/igf")]
    assert (igf, coming > 40) == (f"IGF {coming}", True)
