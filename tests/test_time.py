"""The hours of what has times: by the venue's clock and another, each named; days are the same everywhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from calendar_app import desk, spans, texts
from calendar_app.errors import SpanError
from calendar_app.events import Part
from calendar_app.spans import Span
from calendar_app.store import events
from calendar_app.web import hours
from tests.conftest import NOW
from tests.webapp import EDITOR, Node, filled, page, store_of

TEXTS = texts.of("en")
GENEVA = {"city": "Geneva", "country": "CH"}
BRIEFING = {
    "title": "Briefing on AI",
    "dates": "9 November 2027",
    "start_time": "10:00",
    "end_time": "13:00",
    "timezone": "Europe/Zurich",
    "city": "Geneva",
    "country": "CH",
    "source": "A note verbale",
}


def span(day: str, start: str, end: str, zone: str) -> Span:
    return spans.with_times(spans.parse(day), start=time.fromisoformat(start), end=time.fromisoformat(end), zone=zone)


MORNING = span("9 November 2027", "10:00", "13:00", "Europe/Zurich")


def told(found: Span, **asked: str) -> tuple[str, str]:
    said = hours.of(found, TEXTS, **asked)
    assert said is not None
    return said.venue, said.other


@pytest.mark.parametrize(
    ("found", "asked", "venue", "other"),
    [
        (MORNING, GENEVA, "10:00–13:00 in Geneva (CET, UTC+1)", "09:00–12:00 UTC"),
        (MORNING, {}, "10:00–13:00 (Europe/Zurich, CET, UTC+1)", "09:00–12:00 UTC"),
        # A city whose clock says something else than the event's.
        (
            MORNING,
            {"city": "New York", "country": "US"},
            "10:00–13:00 (Europe/Zurich, CET, UTC+1)",
            "09:00–12:00 UTC",
        ),
        # A city that the calendar does not know.
        (MORNING, {"city": "Vevey"}, "10:00–13:00 (Europe/Zurich, CET, UTC+1)", "09:00–12:00 UTC"),
        (
            MORNING,
            {**GENEVA, "zone": "Asia/Tokyo"},
            "10:00–13:00 in Geneva (CET, UTC+1)",
            "18:00–21:00 in Asia/Tokyo (JST, UTC+9)",
        ),
        (
            MORNING,
            {**GENEVA, "zone": "Pacific/Kiritimati"},
            "10:00–13:00 in Geneva (CET, UTC+1)",
            "9 November 2027, 23:00 – 10 November 2027, 02:00 in Pacific/Kiritimati (UTC+14)",
        ),
        (
            span("9 November 2027", "00:30", "02:00", "Asia/Kolkata"),
            {"zone": "America/New_York"},
            "00:30–02:00 (Asia/Kolkata, IST, UTC+5:30)",
            "8 November 2027, 14:00–15:30 in America/New_York (EST, UTC−5)",
        ),
        (span("7 July 2027", "10:00", "13:00", "UTC"), {}, "10:00–13:00 UTC", ""),
        (
            span("7 July 2027", "10:00", "13:00", "UTC"),
            {"zone": "Europe/Zurich"},
            "10:00–13:00 UTC",
            "12:00–15:00 in Europe/Zurich (CEST, UTC+2)",
        ),
        # The clocks go back at 03:00: what ends at 02:30 means the first of the two.
        (
            span("31 October 2027", "01:30", "02:30", "Europe/Zurich"),
            GENEVA,
            "01:30–02:30 in Geneva (CEST, UTC+2)",
            "30 October 2027, 23:30 – 31 October 2027, 00:30 UTC",
        ),
        (
            span("31 October 2027", "01:30", "04:00", "Europe/Zurich"),
            GENEVA,
            "01:30–04:00 in Geneva (CEST, UTC+2, then CET, UTC+1)",
            "30 October 2027, 23:30 – 31 October 2027, 03:00 UTC",
        ),
        # The reader's clocks go back meanwhile, and the hour from 01:00 is there twice.
        (
            span("7 November 2027", "06:30", "07:15", "Europe/Zurich"),
            {**GENEVA, "zone": "America/New_York"},
            "06:30–07:15 in Geneva (CET, UTC+1)",
            "01:30–01:15 in America/New_York (EDT, UTC−4, then EST, UTC−5)",
        ),
    ],
)
def test_hours_are_told_by_two_clocks_both_named(found, asked, venue, other):
    assert told(found, **asked) == (venue, other)


def test_script_is_given_the_moments_and_what_the_venue_says():
    assert hours.of(MORNING, TEXTS, **GENEVA) == hours.Hours(
        venue="10:00–13:00 in Geneva (CET, UTC+1)",
        other="09:00–12:00 UTC",
        local="10:00–13:00",
        start="2027-11-09T09:00Z",
        end="2027-11-09T12:00Z",
        day=date(2027, 11, 9),
        asked=False,
    )


@pytest.mark.parametrize("dates", ["9 November 2027", "9-10 November 2027", "November 2027", "2027"])
def test_what_has_no_times_has_no_hours(dates):
    assert (hours.of(spans.parse(dates), TEXTS, zone="Asia/Tokyo"), hours.short(spans.parse(dates))) == (None, "")


def test_hours_in_little_room_name_their_clock():
    found = [MORNING, span("9 November 2027", "09:00", "10:30", "Africa/Casablanca")]
    assert [hours.short(each) for each in found] == ["10:00–13:00 CET", "09:00–10:30 UTC+0"]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("", ""),
        ("  ", ""),
        ("Asia/Tokyo", "Asia/Tokyo"),
        ("asia/tokyo", "Asia/Tokyo"),
        ("Tokyo", "Asia/Tokyo"),
        (" new  york ", "America/New_York"),
        ("Genève", "Europe/Zurich"),
        ("utc", "UTC"),
        ("CET", "CET"),
        ("Singapore", "Singapore"),
    ],
)
def test_zone_is_read_as_people_write_it(typed, zone):
    assert hours.read_zone(typed) == zone


@pytest.mark.parametrize("typed", ["Nowhere", "Factory", "../Zurich", "Eastern", "x" * 300, "Europe/", "/"])
def test_zone_that_is_none_is_refused(typed):
    with pytest.raises(SpanError) as refused:
        hours.read_zone(typed)
    assert (refused.value.message, refused.value.data) == ("span-zone", {"zone": typed[:60]})


def published(app, **said: str) -> str:
    """The address of an event that an editor published through the desk."""
    return f"/events/{desk.add(store_of(app), {**BRIEFING, **said}, actor=EDITOR, now=NOW).slug}"


def when(found: Node) -> str:
    return found.all("dl")[0].all("dd")[0].text.partition(" Show the time")[0]


def test_event_page_tells_both_clocks_and_takes_another(app, client):
    address = published(app)
    found = page(client.get(address))
    assert found.one("p", class_="big").text == "9 November 2027 10:00–13:00 in Geneva (CET, UTC+1)"
    assert when(found) == "9 November 2027, 10:00–13:00 in Geneva (CET, UTC+1); 09:00–12:00 UTC"
    form = found.one("form", id="clock")
    assert (form["action"], filled(form)) == (address, {"zone": [""]})
    options = [option["value"] for option in form.all("option")]
    assert {"Europe/Zurich", "America/New_York", "UTC"} < set(options)
    assert options == sorted(options)
    found = page(client.get(f"{address}?zone=tokyo"))
    assert when(found).endswith("(CET, UTC+1); 18:00–21:00 in Asia/Tokyo (JST, UTC+9)")
    assert filled(found.one("form", id="clock")) == {"zone": ["tokyo"]}
    assert [node for node in found if node.get("data-start")] == []


@pytest.mark.parametrize("typed", ["Nowhere", '"><script>', "\x00\u202e", "x" * 500])
def test_zone_that_is_none_is_told_at_the_field_where_it_stays(app, client, typed):
    address = published(app)
    found = page(client.get(address, query_string={"zone": typed}), 400)
    field = found.one("input", id="zone")
    shown = typed.replace("\x00", "\ufffd").replace("\u202e", "\ufffd")
    assert (field["value"], field["aria-invalid"]) == (shown[:200], "true")
    words = TEXTS.error(SpanError("span-zone", zone=shown[:60]))
    assert found.one("span", id="zone-e").text == words
    assert "zone-e" in field["aria-describedby"].split()
    assert when(found).endswith("09:00–12:00 UTC")


def test_part_with_hours_tells_them_by_the_clock_that_was_asked_for(app, client):
    event = events.by_slug(store_of(app), "unfccc-cop-2016")
    part = Part(uid="b" * 36, title="ICT", span=span("9 November 2016", "09:00", "10:30", "Africa/Casablanca"))
    with store_of(app).change(NOW, actor="test") as change:
        events.save(change, replace(event, parts=(part,)), action="changed")
    found = page(client.get("/events/unfccc-cop-2016?zone=Europe/Paris"))
    section = found.one("section", aria_labelledby="parts")
    assert section.one("dd").text == "ICT, 09:00–10:30 in Marrakech (UTC+0); 10:00–11:30 in Europe/Paris (CET, UTC+1)"
    assert section.one("form", id="clock")["action"] == "/events/unfccc-cop-2016"
    # The conference itself goes by days, wherever one reads.
    assert found.one("p", class_="big").text == "7–18 November 2016"


def test_days_never_shift_whatever_zone_is_asked_for(reader):
    plain, asked = (reader.get(f"/events/unfccc-cop-2016{query}") for query in ("", "?zone=Pacific/Kiritimati"))
    assert asked.data == plain.data
    assert reader.get("/events/unfccc-cop-2016?zone=nowhere").status_code == 200
    assert page(plain).all("form", id="clock") == []


def test_lists_and_home_tell_the_hours_by_the_clock_of_the_venue(app, client):
    published(app)
    for address in ("/", "/events?year=2027", "/calendar/2027-11"):
        (row,) = [item for item in page(client.get(address)).all("li", class_="ev") if "Briefing" in item.text]
        assert "10:00–13:00 CET Geneva, Switzerland" in row.text


def test_meeting_that_is_today_is_on_now(make_app):
    app = make_app(clock=lambda: datetime(2027, 11, 9, 23, 0, tzinfo=UTC))
    published(app)
    now = page(app.test_client().get("/")).one("section", class_="onnow")
    assert [item.one("strong").text for item in now.all("li", class_="ev") if "Briefing" in item.text] == ["Today"]
